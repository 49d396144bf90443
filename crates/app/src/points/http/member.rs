//! One member's year, line by line, with the rule behind each.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::{MembershipId, PointsEntryId},
    permission::Deed,
    place::PlaceCode,
    points::{Category, EntryState, ItemCode, Points, YearState},
};
use jiff::civil::date;
use platform::{
    act::Op,
    db::column::Int,
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Crumb, Problems, Shell},
};

use super::{parse, parse_year};
use crate::{
    desk::Desk,
    people::{self, Membership},
    places,
    points::{
        actions::{NewAppeal, NewCorrection, appeal_points, correct_points_year, reverse_entry},
        queries::{self, MemberLine, MemberYear},
        store::{appeal, correction, entry, settlement},
        urls,
    },
};

#[derive(Template)]
#[template(path = "points/member.html")]
struct MemberPage {
    shell: Shell,
    problems: Problems,
    crumbs: Vec<Crumb>,
    year: i32,
    state: YearState,
    name: String,
    member: Option<MemberYear>,
    lines: Vec<MemberLine>,
    /// What the year counts from branches before, by their names; kept and decided on there.
    elsewhere: Vec<(String, Vec<MemberLine>)>,
    appeals: BTreeMap<PointsEntryId, appeal::row::Model>,
    /// What may still be appealed against.
    open: BTreeSet<PointsEntryId>,
    revisions: Vec<settlement::row::Model>,
    corrections: Vec<correction::row::Model>,
    can_propose: bool,
    can_appeal: bool,
    sees_corrections: bool,
    correct: Option<String>,
    items: Vec<(String, String)>,
    typed: Form,
}

impl MemberPage {
    fn on(&self, line: &MemberLine) -> String {
        chinese_date(line.row.occurred_on.0)
    }

    fn tone(&self, line: &MemberLine) -> &'static str {
        match (line.row.state.0, line.row.is_reversed) {
            (_, true) => "calm",
            (EntryState::Approved, _) => "good",
            (EntryState::Proposed, _) => "info",
            (EntryState::Rejected, _) => "warn",
        }
    }

    fn state_words(&self, line: &MemberLine) -> &'static str {
        if line.row.is_reversed { "已冲正" } else { line.row.state.0.label() }
    }

    fn appeal(&self, line: &MemberLine) -> Option<&appeal::row::Model> {
        self.appeals.get(&line.row.id.0)
    }

    fn appeal_href(&self, appeal: &appeal::row::Model) -> String {
        urls::appeal(appeal.id.0)
    }

    fn stands(&self, line: &MemberLine) -> bool {
        line.row.state.0 == EntryState::Approved && !line.row.is_reversed
    }

    fn reverse(&self, line: &MemberLine) -> Option<String> {
        let may = self.can_propose && self.stands(line) && line.row.reverses.is_none() && !self.state.is_settled();
        may.then(|| urls::of_entry(urls::REVERSE, line.row.id.0))
    }

    fn appeal_form(&self, line: &MemberLine) -> Option<String> {
        let may = self.can_appeal && self.open.contains(&line.row.id.0) && self.appeal(line).is_none();
        may.then(|| urls::of_entry(urls::APPEAL_ENTRY, line.row.id.0))
    }

    fn correction_href(&self, row: &correction::row::Model) -> Option<String> {
        self.sees_corrections.then(|| urls::correction(row.id.0))
    }

    fn settled_at(&self, row: &settlement::row::Model) -> String {
        chinese_date(row.settled_at.0.date())
    }

    fn result(&self, row: &settlement::row::Model) -> String {
        row.result.map_or_else(|| "待单位报送".to_owned(), |Int(points)| points.to_string())
    }
}

/// The page.
pub async fn show(desk: Desk, Path((year, membership)): Path<(String, String)>) -> Result<Response, Stop> {
    let (membership, year) = (parse(&membership)?, parse_year(&year, &desk)?);
    page(&member_page(&desk, membership, year, Problems::default(), Form::default()).await?)
}

async fn member_page(
    desk: &Desk,
    id: MembershipId,
    year: i32,
    problems: Problems,
    typed: Form,
) -> Result<MemberPage, Stop> {
    let db = desk.op.reader();
    let (membership, person) = people::membership(db, id).await?.ok_or(Stop::Missing)?;
    let branch = membership.branch.0.clone();
    desk.op.permit(Deed::ViewPoints, &branch)?;
    let lines = queries::lines_of_member(db, &branch, id, year).await?;
    let elsewhere = elsewhere(&desk.op, &membership, year).await?;
    let appeals = appeal::appeals_against(db, lines.iter().map(|line| line.row.id.0)).await?;
    let open = queries::open_to_appeal(db, &lines, desk.op.now().date()).await?;
    let state = queries::state_of(db, &branch, year).await?;
    let of_year = i16::try_from(year).unwrap_or(i16::MAX);
    let mut items = queries::Catalogues::of_branch(db, &branch).await?.of_year(of_year);
    items.retain(|item| item.code.category() != Category::Base);
    items.sort_by_key(|item| (item.code.category(), item.code.clone()));
    // Where no catalogue held in the year, there is nothing to correct it by.
    let can_correct = state.is_settled() && !items.is_empty() && desk.op.can(Deed::CorrectPointsYear, &branch);
    Ok(MemberPage {
        shell: desk.shell(format!("{}{year}年度积分", person.name)).await?,
        problems,
        crumbs: vec![Crumb { label: format!("{year}年度党员积分"), href: urls::branch(&branch, year) }],
        member: queries::members_in_year(db, &branch, year).await?.into_iter().find(|it| it.membership.id.0 == id),
        revisions: settlement::of_member(db, id, year).await?,
        corrections: correction::of_member(db, id, year).await?,
        open,
        appeals: appeals.into_iter().map(|row| (row.entry_id.0, row)).collect(),
        can_propose: desk.op.can(Deed::ProposePoints, &branch),
        can_appeal: desk.op.can(Deed::AppealPoints, &branch),
        sees_corrections: desk.op.can(Deed::DecideCorrection, &branch),
        correct: can_correct.then(|| urls::of_member(urls::CORRECT, id, year)),
        items: items.into_iter().map(|item| (item.code.to_string(), format!("{} {}", item.code, item.title))).collect(),
        name: person.name,
        year,
        state,
        lines,
        elsewhere,
        typed,
    })
}

/// What the year counts from the member's earlier branches, newest branch first. Only on the line that the year is settled on: what
/// was earned later is no business of a branch that the member has left.
async fn elsewhere(op: &Op, line: &Membership, year: i32) -> Result<Vec<(String, Vec<MemberLine>)>, Stop> {
    let db = op.reader();
    let last = date(i16::try_from(year).unwrap_or(i16::MAX), 12, 31);
    if !line.is_in_roll_on(last) {
        return Ok(Vec::new());
    }
    let mut elsewhere = Vec::new();
    let mut others = people::memberships_of_persons(db, &[line.person_id.0]).await?;
    others.retain(|other| other.id != line.id && other.was_confirmed() && !other.is_in_roll_on(last));
    for other in others.into_iter().rev() {
        let mut lines = queries::lines_of_member(db, &other.branch.0, other.id.0, year).await?;
        lines.retain(|line| line.row.state.0 == EntryState::Approved);
        if !lines.is_empty() {
            elsewhere.push((other.branch.0, lines));
        }
    }
    let names = places::names(db, elsewhere.iter().map(|(branch, _)| branch.clone()).collect()).await?;
    let named = |(branch, lines): (PlaceCode, Vec<MemberLine>)| {
        (names.get(branch.as_str()).cloned().unwrap_or_else(|| branch.to_string()), lines)
    };
    Ok(elsewhere.into_iter().map(named).collect())
}

/// Takes an entry back, once somebody else approves.
pub async fn reverse(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = permitted(&desk, Deed::ProposePoints, &id).await?;
    let outcome = reverse_entry(&desk.op, row.id.0, form.value("reason")).await;
    answer(&desk, row, outcome, form, "已提出冲正，由支部另一名同志审核后生效。").await
}

/// Appeals from paper.
pub async fn appeal(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = permitted(&desk, Deed::ViewPoints, &id).await?;
    let mut reading = form.read();
    let new = NewAppeal { entry: row.id.0, text: reading.text("text", "申诉理由", 1000) };
    let outcome = match reading.finish() {
        Ok(()) => appeal_points(&desk.op, &new).await.map(drop),
        Err(stop) => Err(stop),
    };
    answer(&desk, row, outcome, form, "申诉已登记，将在 10 个工作日内处理。").await
}

async fn permitted(desk: &Desk, deed: Deed, id: &str) -> Result<entry::row::Model, Stop> {
    let row = entry::entry(desk.op.reader(), parse(id)?).await?.ok_or(Stop::Missing)?;
    desk.op.permit(deed, &row.branch.0)?;
    Ok(row)
}

async fn answer(
    desk: &Desk,
    row: entry::row::Model,
    outcome: Result<(), Stop>,
    form: Form,
    words: &str,
) -> Result<Response, Stop> {
    let (membership, year) = (row.membership_id.0, row.year);
    match outcome {
        Ok(()) => Ok(done(&urls::of_member(urls::MEMBER, membership, year), words)),
        Err(Stop::Refused(problems)) => refused(&member_page(desk, membership, year, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

/// Corrects a settled year.
pub async fn correct(
    desk: Desk,
    Path((year, membership)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Stop> {
    let (membership, year): (MembershipId, i32) = (parse(&membership)?, parse_year(&year, &desk)?);
    let (row, _) = people::membership(desk.op.reader(), membership).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::CorrectPointsYear, &row.branch.0)?;
    let mut reading = form.read();
    let item = reading.choice::<ItemCode>("item", "项目");
    let points = reading.parsed::<Points>("points", "分值");
    let occurred_on = reading.date("occurred_on", "发生日期");
    let document = reading.required("document", "依据文书", 80);
    let notified_on = reading.date_if_any("notified_on", "告知本人日期");
    let reason = reading.required("reason", "更正原因", 300);
    let outcome = match (reading.finish(), item, points, occurred_on) {
        (Ok(()), Some(item), Some(points), Some(occurred_on)) => {
            let told = NewCorrection { membership, item, points, occurred_on, document, notified_on, reason };
            correct_points_year(&desk.op, year, told).await
        }
        (Ok(()), ..) => Err(Stop::fault("a form without a problem is complete")),
        (Err(stop), ..) => Err(stop),
    };
    match outcome {
        Ok(_) => {
            let words = "更正已提出，由社区另一名同志或街道党工委审核；同意以后重新结算。";
            Ok(done(&urls::of_member(urls::MEMBER, membership, year), words))
        }
        Err(Stop::Refused(problems)) => refused(&member_page(&desk, membership, year, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}
