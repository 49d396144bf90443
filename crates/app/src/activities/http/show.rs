//! One activity, and the sheet that is signed at it.

use std::collections::BTreeMap;

use axum::{extract::Path, response::Response};
use domain::{
    activity::{ActivityState, TakingPart},
    ids::{ActivityId, MembershipId},
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{
    error::Stop,
    forms::{Form, QueryForm},
    pages::{letter, page},
    shell::{Crumb, Problems, Step, StepState},
};

use super::{find, parse, plan::when_and_where_of};
use crate::{
    activities::{
        actions::is_secretary,
        letters,
        pages::{ActivityPage, Line},
        store::{self, activity, person},
        urls,
    },
    audit_log,
    desk::Desk,
    people::{self, Membership},
    places,
};

/// How many members a search by name shows.
const FOUND: u64 = 20;

/// One activity.
pub async fn show(desk: Desk, Path(id): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let name: String = query.value("name").trim().chars().take(20).collect();
    page(&activity_page(&desk, parse(&id)?, Problems::default(), Form::default(), &name).await?)
}

pub(super) async fn activity_page(
    desk: &Desk,
    id: ActivityId,
    problems: Problems,
    typed: Form,
    wanted: &str,
) -> Result<ActivityPage, Stop> {
    let db = desk.op.reader();
    let row = find(desk, Deed::ViewActivity, id).await?;
    let can_edit = desk.op.can(Deed::EditActivity, &row.place.0);
    if row.state.0 == ActivityState::Planned && !can_edit {
        return Err(Stop::Missing);
    }
    let here = places::place(db, &row.place.0).await?.ok_or(Stop::Missing)?;
    let parts = store::people_of(db, id).await?;
    let own = &desk.officer.office.place;
    let can_sign = desk.op.can(Deed::SignUpForActivity, &row.place.0);
    let mut counts: BTreeMap<TakingPart, usize> = BTreeMap::new();
    for part in &parts {
        *counts.entry(part.state.0).or_default() += 1;
    }
    // Names are for those who keep the activity, and of one's own place for others.
    let scope = if can_edit { &row.place.0 } else { own };
    let is_keeper = can_edit || desk.op.can(Deed::ViewMembers, own);
    let (people, roll) =
        if is_keeper { lines(desk, &row, scope, parts.clone()).await? } else { (Vec::new(), Vec::new()) };
    let is_free = |line: &&Line| line.part.as_ref().is_none_or(|part| part.state.0 == TakingPart::Left);
    let found = if can_edit { found(desk, &row, wanted, &parts).await? } else { Vec::new() };
    Ok(ActivityPage {
        shell: desk.shell(row.title.clone()).await?,
        problems,
        crumbs: vec![Crumb {
            label: format!("{}的活动", here.name), href: urls::of_place(urls::PLACE, &row.place.0)
        }],
        steps: steps(&row),
        open: roll.iter().filter(is_free).map(|line| (line.id.to_string(), line.name.clone())).collect(),
        is_whole_roll: holds_whole_roll(scope),
        people,
        roll,
        counts,
        // Who did what is for those who keep the activity: it names who signed up.
        history: if can_edit { audit_log::history(db, &id.to_string()).await? } else { Vec::new() },
        can_edit,
        can_sign: can_sign && is_keeper,
        own: if can_sign && !is_keeper { own_part(desk, &row, &parts).await? } else { None },
        has_begun: row.starts_at.0 <= desk.op.now(),
        moving: if typed.has("date") { typed.clone() } else { Form::of(when_and_where_of(&row)) },
        wanted: wanted.to_owned(),
        found,
        row,
        typed,
    })
}

/// Members whose name holds `wanted` and who are not noted yet, for an activity whose roll is too long for a tick list.
async fn found(
    desk: &Desk,
    row: &activity::Model,
    wanted: &str,
    parts: &[person::Model],
) -> Result<Vec<(String, String, String)>, Stop> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let db = desk.op.reader();
    let members = people::find_members(db, &row.place.0, wanted, FOUND).await?;
    let names = places::names(db, members.iter().map(|(member, _)| member.branch.0.clone()).collect()).await?;
    let is_noted = |member: &Membership| {
        parts.iter().any(|part| part.membership_id == member.id && part.state.0 == TakingPart::Signed)
    };
    let line = |(member, person): (Membership, people::Person)| {
        let branch = names.get(member.branch.0.as_str()).cloned().unwrap_or_default();
        (member.id.0.to_string(), person.name, branch)
    };
    Ok(members.into_iter().filter(|(member, _)| !is_noted(member)).map(line).collect())
}

/// The member who looks, and how they take part.
async fn own_part(
    desk: &Desk,
    row: &activity::Model,
    parts: &[person::Model],
) -> Result<Option<(String, Option<TakingPart>)>, Stop> {
    let lines = people::lines_of_account(desk.op.reader(), desk.officer.account).await?;
    let own = lines.into_iter().find(|(line, _)| line.state.0.is_living() && line.branch.0.is_within(&row.place.0));
    let own = match own {
        Some((line, person)) => {
            let is_secretary = is_secretary(desk.op.reader(), &line).await?;
            let is_meant = domain::activity::must_be_meant(&row.audiences.0, "", is_secretary).is_ok();
            let has_part = parts.iter().any(|part| part.membership_id == line.id);
            (is_meant || has_part).then_some((line, person))
        }
        None => None,
    };
    let part = |id: MembershipId| parts.iter().find(|part| part.membership_id.0 == id).map(|part| part.state.0);
    Ok(own.map(|(line, _)| (line.id.0.to_string(), part(line.id.0))))
}

/// Whether the tick list holds everybody of `scope`: some hundreds in a community. That of a street or county would be thousands; it
/// holds those who signed up and those who were looked up by name.
fn holds_whole_roll(scope: &PlaceCode) -> bool {
    matches!(scope.level(), Level::Branch | Level::Community)
}

/// Those within `scope` who take part, and those who may have come.
async fn lines(
    desk: &Desk,
    row: &activity::Model,
    scope: &PlaceCode,
    parts: Vec<person::Model>,
) -> Result<(Vec<Line>, Vec<Line>), Stop> {
    let db = desk.op.reader();
    let is_whole = holds_whole_roll(scope);
    let part_of: BTreeMap<MembershipId, person::Model> =
        parts.iter().map(|part| (part.membership_id.0, part.clone())).collect();
    let mut members: Vec<Membership> = people::memberships_under(db, scope).await?;
    members.retain(|member| {
        let is_here = member.branch.0.is_within(&row.place.0) || row.place.0.is_within(&member.branch.0);
        let is_of = part_of.contains_key(&member.id.0);
        is_of || (is_whole && is_here && member.is_in_roll_on(row.starts_at.0.date()))
    });
    let persons = people::persons_of(db, members.iter().map(|member| member.id.0)).await?;
    let names = places::names(db, members.iter().map(|member| member.branch.0.clone()).collect()).await?;
    let name = |member: &Membership| persons.get(&member.id.0).map_or("", |person| person.name.as_str());
    let called = people::names_apart(members.iter().map(|member| (member, name(member))));
    let line = |member: &Membership| Line {
        id: member.id.0,
        name: called.get(&member.id.0).cloned().unwrap_or_default(),
        branch: names.get(member.branch.0.as_str()).cloned().unwrap_or_default(),
        part: part_of.get(&member.id.0).cloned(),
    };
    let mut roll: Vec<Line> = members.iter().map(line).collect();
    roll.sort_by_cached_key(|line| (line.branch.clone(), people::by_sound(&line.name), line.id));
    let people =
        parts.iter().filter_map(|part| members.iter().find(|member| member.id == part.membership_id).map(line));
    Ok((people.collect(), roll))
}

/// The sheet to be signed by hand.
pub async fn sheet(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditActivity, parse(&id)?).await?;
    let parts = store::people_of(desk.op.reader(), row.id.0).await?;
    // Who withdrew is not asked to sign.
    let parts = parts.into_iter().filter(|part| part.state.0 != TakingPart::Left).collect();
    let (people, roll) = lines(&desk, &row, &row.place.0, parts).await?;
    let names: Vec<String> = if people.is_empty() { roll } else { people }.into_iter().map(|line| line.name).collect();
    let here = places::place(desk.op.reader(), &row.place.0).await?.ok_or(Stop::Missing)?;
    letter(&format!("{}签到表", row.title), &letters::sign_in_sheet(&here.name, &row, &names))
}

fn steps(row: &activity::Model) -> Vec<Step> {
    let reached = match row.state.0 {
        ActivityState::Planned => 0,
        ActivityState::Published => 1,
        ActivityState::SummedUp => 3,
        ActivityState::Cancelled => 9,
    };
    let step = |(index, label): (usize, &str)| Step {
        label: label.to_owned(),
        state: match index {
            _ if reached == 9 => StepState::Ended,
            _ if index < reached => StepState::Done,
            _ if index == reached => StepState::Now,
            _ => StepState::Ahead,
        },
        note: String::new(),
    };
    ["策划", "发布和报名", "总结、登记参加人员"].into_iter().enumerate().map(step).collect()
}
