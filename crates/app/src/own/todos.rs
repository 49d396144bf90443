//! Corrections that wait for the branch, and a member's report at the end of the year.

use domain::{
    clock::Instant,
    permission::{Deed, OfficeKind},
};
use jiff::civil::date;
use platform::{act::Op, error::Stop};

use super::{store, urls};
use crate::desk::{Todo, Todos};

/// The month from which the year's report is asked for.
const REPORT_MONTH: i8 = 12;

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        match op.actor.officer()?.office.kind {
            OfficeKind::BranchSecretary | OfficeKind::BranchCommittee => of_branch(op).await,
            OfficeKind::Member => of_member(op).await,
            _ => Ok(Vec::new()),
        }
    })
}

async fn of_branch(op: &Op) -> Result<Vec<Todo>, Stop> {
    let place = &op.actor.officer()?.office.place;
    if !op.can(Deed::EditMembers, place) {
        return Ok(Vec::new());
    }
    let waiting = store::waiting_under(op.reader(), place).await?.len();
    if waiting == 0 {
        return Ok(Vec::new());
    }
    let title = format!("处理党员的更正申请（{waiting} 件）");
    Ok(vec![Todo { title, place: String::new(), due: None, href: urls::CORRECTIONS.to_owned() }])
}

async fn of_member(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (officer, today) = (op.actor.officer()?, op.now().date());
    if today.month() < REPORT_MONTH {
        return Ok(Vec::new());
    }
    let lines = crate::people::lines_of_account(op.reader(), officer.account).await?;
    let own = lines.into_iter().find(|(line, _)| line.branch.0 == officer.office.place && line.state.0.is_living());
    let Some((line, _)) = own.filter(|(line, _)| line.unit.is_some()) else { return Ok(Vec::new()) };
    let year = today.year();
    let report = crate::service::report_of_member(op.reader(), &line.branch.0, line.id.0, year).await?;
    if report.is_some_and(|row| row.sent_on.is_some()) {
        return Ok(Vec::new());
    }
    let due = Some(Instant::end_of(date(year, 12, 31)));
    Ok(vec![Todo {
        title: format!("报送{year}年度双报告"), place: String::new(), due, href: urls::REPORT.to_owned()
    }])
}
