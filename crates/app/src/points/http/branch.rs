//! A branch's points of a year: what waits, its members alphabetically, their distribution.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::{MembershipId, PointsEntryId},
    permission::Deed,
    place::PlaceCode,
    points::{Annual, Points, YearState},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, letter, page, refused, workbook},
    shell::{Chart, Chip, Problems, Shell},
};

use super::{distribution, parse, parse_place, parse_year, this_year, year_chips};
use crate::{
    desk::Desk,
    people::{self, Person},
    places,
    points::{
        actions::{approve_entries, reject_entries},
        free::Owned,
        letters, queries,
        queries::MemberYear,
        sheets,
        store::entry,
        urls,
    },
};

/// How many waiting entries one page lists; the next come when these are decided.
const WAITING: u8 = 200;

#[derive(Template)]
#[template(path = "points/branch.html")]
struct BranchPage {
    shell: Shell,
    problems: Problems,
    place: PlaceCode,
    name: String,
    year: i32,
    state: YearState,
    years: Vec<Chip>,
    has_catalogue: bool,
    waiting: Vec<WaitingLine>,
    /// Whether more wait than are listed.
    has_more: bool,
    members: Vec<MemberYear>,
    can_propose: bool,
    can_approve: bool,
    reason: String,
}

struct WaitingLine {
    row: entry::row::Model,
    name: String,
    title: String,
    /// Whether the officer in use may decide it: neither proposed by them nor for them.
    is_mine_to_decide: bool,
}

impl WaitingLine {
    fn quantity(&self) -> String {
        Points(self.row.quantity).short()
    }

    fn on(&self) -> String {
        chinese_date(self.row.occurred_on.0)
    }
}

impl BranchPage {
    fn at(&self, path: &str) -> String {
        urls::of_place(path, &self.place, self.year)
    }

    fn chart(&self) -> Chart {
        distribution(self.members.iter().map(MemberYear::result))
    }

    fn pending(&self) -> usize {
        self.members.iter().filter(|member| member.result() == Annual::PendingUnit).count()
    }

    fn href(&self, member: &MemberYear) -> String {
        urls::of_member(urls::MEMBER, member.membership.id.0, self.year)
    }

    /// That there may be more than are listed.
    fn waiting_note(&self) -> String {
        if self.has_more { format!("只列出前 {WAITING} 笔，审核后再列出其余的") } else { String::new() }
    }

    fn can_decide(&self) -> bool {
        self.can_approve && self.waiting.iter().any(|line| line.is_mine_to_decide)
    }
}

/// The page.
pub async fn show(desk: Desk, place: PlaceCode, year: i32) -> Result<Response, Stop> {
    page(&branch_page(&desk, place, year, Problems::default(), &Form::default()).await?)
}

async fn branch_page(
    desk: &Desk,
    place: PlaceCode,
    year: i32,
    problems: Problems,
    typed: &Form,
) -> Result<BranchPage, Stop> {
    let db = desk.op.reader();
    desk.op.permit(Deed::ViewPoints, &place)?;
    let here = places::place(db, &place).await?.ok_or(Stop::Missing)?;
    let members = queries::members_in_year(db, &place, year).await?;
    let catalogues = queries::Catalogues::of_branch(db, &place).await?;
    let mut rows = entry::waiting_of(db, &place, u64::from(WAITING) + 1).await?;
    let has_more = rows.len() > usize::from(WAITING);
    rows.truncate(usize::from(WAITING));
    let persons = people::persons_of(db, rows.iter().map(|row| row.membership_id.0)).await?;
    Ok(BranchPage {
        shell: desk.shell(format!("{}{year}年度积分", here.name)).await?,
        problems,
        year,
        state: queries::state_of(db, &place, year).await?,
        years: year_chips(desk, year, |year| urls::branch(&place, year)),
        has_catalogue: catalogues.on(desk.op.now().date()).is_some(),
        has_more,
        waiting: rows.into_iter().map(|row| waiting_line(desk, &catalogues, &persons, row)).collect(),
        members,
        can_propose: desk.op.can(Deed::ProposePoints, &place),
        can_approve: desk.op.can(Deed::ApprovePoints, &place),
        reason: typed.value("reason").to_owned(),
        name: here.name,
        place,
    })
}

fn waiting_line(
    desk: &Desk,
    catalogues: &queries::Catalogues,
    persons: &BTreeMap<MembershipId, Person>,
    row: entry::row::Model,
) -> WaitingLine {
    let person = persons.get(&row.membership_id.0);
    WaitingLine {
        name: person.map(|person| person.name.clone()).unwrap_or_default(),
        title: catalogues
            .item_on(row.occurred_on.0, &row.item.0)
            .map_or_else(|| row.item.0.to_string(), |item| item.title.clone()),
        is_mine_to_decide: Owned { entry: &row, person }.is_free(&desk.officer),
        row,
    }
}

/// Approves what is ticked.
pub async fn approve(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let place = parse_place(&place)?;
    desk.op.permit(Deed::ApprovePoints, &place)?;
    let chosen = chosen(&form)?;
    let outcome = approve_entries(&desk.op, &place, &chosen).await;
    answer(&desk, place, outcome, &form, &format!("已审核通过 {} 笔计分。", chosen.len())).await
}

/// Rejects what is ticked.
pub async fn reject(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let place = parse_place(&place)?;
    desk.op.permit(Deed::ApprovePoints, &place)?;
    let chosen = chosen(&form)?;
    let outcome = reject_entries(&desk.op, &place, &chosen, form.value("reason")).await;
    answer(&desk, place, outcome, &form, &format!("已退回 {} 笔计分，原因已记录。", chosen.len())).await
}

fn chosen(form: &Form) -> Result<Vec<PointsEntryId>, Stop> {
    form.values("entry").map(parse).collect()
}

async fn answer(
    desk: &Desk,
    place: PlaceCode,
    outcome: Result<(), Stop>,
    form: &Form,
    words: &str,
) -> Result<Response, Stop> {
    let year = form.value("year").parse().unwrap_or_else(|_| this_year(desk));
    match outcome {
        Ok(()) => Ok(done(&urls::branch(&place, year), words)),
        Err(Stop::Refused(problems)) => refused(&branch_page(desk, place, year, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

/// The year as an Excel table, for the branch itself by name.
pub async fn export(desk: &Desk, place: &PlaceCode, year: i32) -> Result<Response, Stop> {
    let here = places::place(desk.op.reader(), place).await?.ok_or(Stop::Missing)?;
    let members = queries::members_in_year(desk.op.reader(), place, year).await?;
    let name = format!("{}{year}年度党员积分", here.name);
    workbook(&name, &[sheets::branch_sheet(&name, &members)])
}

/// The year as a Word document.
pub async fn report(desk: Desk, Path((year, place)): Path<(String, String)>) -> Result<Response, Stop> {
    let (place, year) = (parse_place(&place)?, parse_year(&year, &desk)?);
    desk.op.permit(Deed::ViewPoints, &place)?;
    let here = places::place(desk.op.reader(), &place).await?.ok_or(Stop::Missing)?;
    let members = queries::members_in_year(desk.op.reader(), &place, year).await?;
    let name = format!("{}{year}年度党员积分报告", here.name);
    letter(&name, &letters::branch_report(&here.name, year, &members, desk.op.now().date()))
}
