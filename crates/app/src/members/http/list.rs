//! The roll of a branch, or of all branches under a place, numbers masked.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    ids::MembershipId,
    members::{MemberState, is_fresh},
    organisation::{Affiliation, MemberKind, PartyGroup, Service},
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{done, page, refused, workbook},
    shell::{Crumb, Pager, Problems, Shell},
};

use super::{
    care::{Care, care},
    find_branch, parse_place,
    sheet::sheet,
};
use crate::{
    branches::{crumbs, masked, options},
    desk::Desk,
    members::urls,
    people::{self, MemberFilter, Membership, Person, confirm_members, group_members, verify_members},
    places::{self, Place},
};

/// Rows on a page.
const PAGE: u64 = 50;
/// Rows of an export.
const EXPORT: u64 = 50_000;

#[derive(Template)]
#[template(path = "members/list.html")]
struct MembersPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    here: Place,
    asked: MemberFilter,
    rows: Vec<Row>,
    pager: Pager,
    export: String,
    care: Care,
    can_edit: bool,
    /// The first row, when it is not the very first.
    from: String,
    /// Those that were ticked in what was refused.
    ticked: Vec<String>,
    /// The group that was typed in it.
    group: String,
    /// The groups to be asked for, and who is in none; empty where there are no groups.
    groups: Vec<(String, String)>,
}

/// A line of the roll.
pub(super) struct Row {
    pub membership: Membership,
    pub person: Person,
    pub branch: String,
    pub unit: String,
    pub phone: String,
    pub is_fresh: bool,
}

impl Row {
    fn group(&self) -> String {
        self.membership.party_group.map(|group| group.0.label()).unwrap_or_default()
    }

    /// Compound and building.
    fn home(&self) -> String {
        [self.membership.compound.as_str(), self.membership.building.as_str()].join(" ").trim().to_owned()
    }
}

impl MembersPage {
    fn is_branch(&self) -> bool {
        self.here.level.0 == Level::Branch
    }

    fn has_groups(&self) -> bool {
        self.rows.iter().any(|row| row.membership.party_group.is_some())
    }

    fn kinds(&self) -> Vec<(String, String)> {
        options!(MemberKind)
    }

    fn affiliations(&self) -> Vec<(String, String)> {
        options!(Affiliation)
    }

    fn services(&self) -> Vec<(String, String)> {
        options!(Service)
    }

    fn kind(&self) -> &'static str {
        self.asked.kind.map_or("", MemberKind::code)
    }

    fn affiliation(&self) -> &'static str {
        self.asked.affiliation.map_or("", Affiliation::code)
    }

    fn service(&self) -> &'static str {
        self.asked.service.map_or("", Service::code)
    }

    fn in_group(&self) -> String {
        group_code(self.asked.group)
    }

    fn states(&self) -> Vec<(String, String)> {
        [MemberState::Reported, MemberState::Confirmed].map(|it| (it.code().to_owned(), it.label().to_owned())).into()
    }

    fn state(&self) -> &'static str {
        self.asked.state.map_or("", MemberState::code)
    }

    /// What was asked, for the form of the ticks to bring along.
    fn kept(&self) -> Vec<(&'static str, String)> {
        let in_group = self.in_group();
        let fields = [
            ("in_group", in_group.as_str()),
            ("q", self.asked.name.as_str()),
            ("kind", self.kind()),
            ("affiliation", self.affiliation()),
            ("service", self.service()),
            ("state", self.state()),
            ("from", self.from.as_str()),
        ];
        fields
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name, value.to_owned()))
            .collect()
    }

    fn is_ticked(&self, row: &Row) -> bool {
        self.ticked.contains(&row.membership.id.0.to_string())
    }

    fn at(&self, path: &str) -> String {
        urls::of_place(path, &self.here.code.0)
    }

    fn member(&self, row: &Row) -> String {
        people::urls::member(row.membership.id.0)
    }

    fn tone(&self, row: &Row) -> &'static str {
        match (row.membership.state.0, row.is_fresh) {
            (MemberState::Reported, _) => "warn",
            (_, true) => "good",
            (_, false) => "calm",
        }
    }

    fn standing(&self, row: &Row) -> &'static str {
        match (row.membership.state.0, row.is_fresh) {
            (MemberState::Reported, _) => "待确认",
            (_, true) => "已核对",
            (_, false) => "待核对",
        }
    }

    fn reveal(&self, row: &Row) -> String {
        people::urls::reveal_member(row.membership.id.0)
    }
}

/// How a group, or being in none, is asked for.
fn group_code(group: Option<Option<PartyGroup>>) -> String {
    match group {
        Some(Some(group)) => group.number().to_string(),
        Some(None) => NO_GROUP.to_owned(),
        None => String::new(),
    }
}

/// Those who are in no group.
const NO_GROUP: &str = "none";

fn asked(query: &Form) -> MemberFilter {
    let group = query.value("in_group");
    let number = group.parse::<i64>().ok().and_then(|number| PartyGroup::try_from(number).ok());
    MemberFilter {
        group: if group == NO_GROUP { Some(None) } else { number.map(Some) },
        name: query.value("q").trim().chars().take(30).collect(),
        kind: query.value("kind").parse().ok(),
        affiliation: query.value("affiliation").parse().ok(),
        service: query.value("service").parse().ok(),
        state: query.value("state").parse().ok(),
    }
}

fn address(base: &str, asked: &MemberFilter, row: u64) -> String {
    Query::at(base)
        .with("q", &asked.name)
        .with("kind", asked.kind.map_or("", MemberKind::code))
        .with("affiliation", asked.affiliation.map_or("", Affiliation::code))
        .with("service", asked.service.map_or("", Service::code))
        .with("state", asked.state.map_or("", MemberState::code))
        .with("in_group", &group_code(asked.group))
        .with("from", &if row == 0 { String::new() } else { row.to_string() })
        .address()
}

async fn read(
    desk: &Desk,
    here: &PlaceCode,
    asked: &MemberFilter,
    offset: u64,
    most: u64,
) -> Result<(Vec<Row>, u64), Stop> {
    let db = desk.op.reader();
    let (members, total) = people::members(db, here, asked, offset, most).await?;
    let branches: BTreeMap<PlaceCode, String> =
        places::places_under(db, here).await?.into_iter().map(|place| (place.code.0, place.name)).collect();
    let county = here.at(Level::County).ok_or(Stop::Missing)?;
    let units: BTreeMap<PlaceCode, String> =
        places::units_under(db, &county).await?.into_iter().map(|place| (place.code.0, place.name)).collect();
    let today = desk.op.now().date();
    let row = |(membership, person): (Membership, Person)| Row {
        is_fresh: is_fresh(membership.verified_on.map(|date| date.0), today),
        unit: membership.unit.as_ref().and_then(|unit| units.get(&unit.0)).cloned().unwrap_or_default(),
        branch: branches.get(&membership.branch.0).cloned().unwrap_or_default(),
        phone: masked(&desk.op, person.phone_sealed.as_deref()),
        membership,
        person,
    };
    Ok((members.into_iter().map(row).collect(), total))
}

async fn find(desk: &Desk, place: &str) -> Result<(Vec<Place>, Place), Stop> {
    let code = parse_place(place)?;
    desk.op.permit(Deed::ViewMembers, &code)?;
    let line = places::ancestors(desk.op.reader(), &code).await?;
    let here = line.last().filter(|place| place.code.0 == code).cloned().ok_or(Stop::Missing)?;
    Ok((line, here))
}

/// On to the roll of one's own place.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::ViewMembers, place)?;
    Ok(Redirect::to(&urls::of_place(urls::OF_PLACE, place)).into_response())
}

/// The list.
pub async fn list(desk: Desk, Path(place): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    page(&list_page(&desk, &place, &query, Problems::default()).await?)
}

async fn list_page(desk: &Desk, place: &str, query: &Form, problems: Problems) -> Result<MembersPage, Stop> {
    let (line, here) = find(desk, place).await?;
    let asked = asked(query);
    let offset = query.value("from").parse().unwrap_or(0);
    let code = &here.code.0;
    let (rows, total) = read(desk, code, &asked, offset, PAGE).await?;
    let pager = Pager::of(offset, PAGE, total, |row| address(&people::urls::members(code), &asked, row));
    let export = address(&people::urls::members_export(code), &asked, 0);
    let care = care(desk, &here).await?;
    let can_edit = here.level.0 == Level::Branch && desk.op.can(Deed::EditMembers, code);
    let shell = desk.shell(format!("{}党员名册", here.name)).await?;
    let crumbs = crumbs(&line, desk);
    let from = if offset == 0 { String::new() } else { offset.to_string() };
    let ticked = query.values("member").map(str::to_owned).collect();
    let group = query.value("party_group").to_owned();
    let groups = groups(desk, code).await?;
    Ok(MembersPage {
        shell,
        crumbs,
        problems,
        here,
        asked,
        rows,
        pager,
        export,
        care,
        can_edit,
        from,
        ticked,
        group,
        groups,
    })
}

/// The groups of a branch, to be asked for.
async fn groups(desk: &Desk, code: &PlaceCode) -> Result<Vec<(String, String)>, Stop> {
    if code.level() != Level::Branch {
        return Ok(Vec::new());
    }
    let groups = people::groups_of(desk.op.reader(), code).await?;
    let mut choices: Vec<_> = groups.into_iter().map(|group| (group.number().to_string(), group.label())).collect();
    if !choices.is_empty() {
        choices.push((NO_GROUP.to_owned(), "还没有编组".to_owned()));
    }
    Ok(choices)
}

fn chosen(form: &Form) -> Result<Vec<MembershipId>, Stop> {
    form.values("member").map(|id| id.parse().map_err(|_| Stop::Missing)).collect()
}

/// Confirms those who reported.
pub async fn confirm(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let branch = find_branch(&desk, Deed::ConfirmRegistration, &place).await?.place.code.0;
    let ids = chosen(&form)?;
    let outcome = confirm_members(&desk.op, &branch, &ids).await;
    answer(&desk, &branch, outcome, &form, format!("已确认 {} 名党员报到。", ids.len())).await
}

/// Somebody has looked at lines.
pub async fn verify(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let branch = find_branch(&desk, Deed::EditMembers, &place).await?.place.code.0;
    let ids = chosen(&form)?;
    let outcome = verify_members(&desk.op, &branch, &ids).await;
    answer(&desk, &branch, outcome, &form, format!("已记下：{} 名党员的情况核对无误。", ids.len())).await
}

/// Says which group the ticked members meet in.
pub async fn group(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let branch = find_branch(&desk, Deed::EditMembers, &place).await?.place.code.0;
    let ids = chosen(&form)?;
    let mut reading = form.read();
    let number = reading.count_if_any("party_group", "党小组", 1..=PartyGroup::MOST);
    let group = number.and_then(|number| PartyGroup::try_from(number).ok());
    let outcome = match reading.finish() {
        Ok(()) => group_members(&desk.op, &branch, &ids, group).await,
        Err(stop) => Err(stop),
    };
    let words = match group {
        Some(group) => format!("已把 {} 名党员编入{}。", ids.len(), group.label()),
        None => format!("{} 名党员不再编入党小组。", ids.len()),
    };
    answer(&desk, &branch, outcome, &form, words).await
}

/// What was asked and ticked stays; the form brings both along.
async fn answer(
    desk: &Desk,
    branch: &PlaceCode,
    outcome: Result<(), Stop>,
    form: &Form,
    words: String,
) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(&people::urls::members(branch), &words)),
        Err(Stop::Refused(problems)) => refused(&list_page(desk, branch.as_str(), form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// The same as an Excel table, numbers masked.
pub async fn export(desk: Desk, Path(place): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let (_, here) = find(&desk, &place).await?;
    let (rows, _) = read(&desk, &here.code.0, &asked(&query), 0, EXPORT).await?;
    let title = format!("{}党员名册", here.name);
    workbook(&title, &[sheet(&title, rows)])
}
