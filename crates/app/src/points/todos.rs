//! What waits on the offices that keep the points.

use domain::{
    clock::Instant,
    permission::{Deed, OfficeKind},
    points::{APPEAL_DAYS, CatalogueState, YearState, closes_by},
};
use platform::{act::Op, db::column::Text, error::Stop};

use super::{
    queries,
    store::{appeal, catalogue, entry, unit_score},
    urls,
};
use crate::{
    calendar,
    desk::{Todo, Todos},
    people,
};

/// Entries counted at most; more are told as `200 笔以上`.
const COUNTED: u64 = 200;

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        match op.actor.officer()?.office.kind {
            OfficeKind::BranchSecretary | OfficeKind::BranchCommittee => branch(op).await,
            OfficeKind::CommunityOfficer => community(op).await,
            OfficeKind::UnitContact => unit(op).await,
            OfficeKind::CountyOrgDept => county(op).await,
            _ => Ok(Vec::new()),
        }
    })
}

/// Entries that this officer may decide, and a catalogue that waits for its meeting.
async fn branch(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, officer) = (op.reader(), op.actor.officer()?);
    let place = &officer.office.place;
    let mut todos = Vec::new();
    let waiting = entry::waiting_of(db, place, COUNTED).await?;
    let mine = waiting.iter().filter(|row| row.proposer != Some(Text(officer.account))).count();
    if mine > 0 {
        let more = if waiting.len() as u64 == COUNTED { "以上" } else { "" };
        let title = format!("审核党员计分（{mine} 笔{more}）");
        let year = op.now().date().year().into();
        todos.push(Todo { title, place: String::new(), due: None, href: urls::branch(place, year) });
    }
    let newest = catalogue::versions_of(db, place).await?.into_iter().next();
    if let Some(row) = newest.filter(|row| row.state.0 == CatalogueState::Checked) {
        let title = "召开支部党员大会表决积分明细".to_owned();
        todos.push(Todo { title, place: String::new(), due: None, href: urls::catalogue(row.id.0) });
    }
    Ok(todos)
}

/// Catalogues to check, and appeals to decide within ten working days (R-PTS-09).
async fn community(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place) = (op.reader(), &op.actor.officer()?.office.place);
    let mut todos = Vec::new();
    for row in catalogue::versions_at(db, place, CatalogueState::Submitted).await? {
        let title = "审核支部的积分明细".to_owned();
        todos.push(Todo { title, place: row.place.0.to_string(), due: None, href: urls::catalogue(row.id.0) });
    }
    let appeals = appeal::waiting_under(db, place).await?;
    if appeals.is_empty() {
        return Ok(todos);
    }
    let calendar = calendar::load(db).await?;
    for row in appeals {
        let due = calendar.add_working_days(row.filed_at.0.date(), APPEAL_DAYS).ok().map(Instant::end_of);
        todos.push(Todo {
            title: "处理积分申诉".to_owned(), place: String::new(), due, href: urls::appeal(row.id.0)
        });
    }
    Ok(todos)
}

/// Last year's scores that the unit has not given (R-PTS-03).
async fn unit(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place) = (op.reader(), &op.actor.officer()?.office.place);
    let year = i32::from(op.now().date().year()) - 1;
    let due = closes_by(i16::try_from(year).unwrap_or(i16::MAX));
    let is_over = op.now().date() > due && queries::state_of(db, place, year).await?.is_settled();
    if is_over || !queries::has_any(db, place, year).await? {
        return Ok(Vec::new());
    }
    let members = people::members_of_unit(db, place).await?;
    let given = unit_score::scores_under(db, place, year).await?;
    let missing = members.iter().filter(|(member, _)| !given.contains_key(&member.person_id.0)).count();
    if missing == 0 {
        return Ok(Vec::new());
    }
    let title = format!("报送{year}年度单位积分（{missing} 人）");
    Ok(vec![Todo {
        title,
        place: String::new(),
        due: Some(Instant::end_of(due)),
        href: urls::unit_scores(place, year),
    }])
}

/// Last year, until its reports are out.
async fn county(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place) = (op.reader(), &op.actor.officer()?.office.place);
    if !op.can(Deed::ClosePointsYear, place) {
        return Ok(Vec::new());
    }
    let year = i32::from(op.now().date().year()) - 1;
    let title = match queries::state_of(db, place, year).await? {
        YearState::Open if queries::has_any(db, place, year).await? => format!("截止{year}年度积分并开始结算"),
        YearState::Closing => format!("结算{year}年度积分"),
        YearState::Settled => format!("反馈{year}年度积分结果"),
        YearState::Open | YearState::Reported => return Ok(Vec::new()),
    };
    let due = closes_by(i16::try_from(year).unwrap_or(i16::MAX));
    Ok(vec![Todo { title, place: String::new(), due: Some(Instant::end_of(due)), href: urls::year(year) }])
}
