//! Corrections that wait for the branch, and what waits on a member: wishes that were not done, the year's report.

use domain::{
    clock::Instant,
    permission::{Deed, OfficeKind},
    service::WishState,
};
use jiff::civil::{Date, date};
use platform::{act::Op, error::Stop};

use super::{store, urls};
use crate::{
    desk::{Todo, Todos},
    people::Membership,
    service,
};

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

/// The year whose report is asked for on `today`: this one at its end, the last one in the first month after it.
fn report_year(today: Date) -> Option<i16> {
    match today.month() {
        REPORT_MONTH => Some(today.year()),
        1 => Some(today.year() - 1),
        _ => None,
    }
}

async fn of_member(op: &Op) -> Result<Vec<Todo>, Stop> {
    let officer = op.actor.officer()?;
    let lines = crate::people::lines_of_account(op.reader(), officer.account).await?;
    let own = lines.into_iter().find(|(line, _)| line.branch.0 == officer.office.place && line.state.0.is_living());
    let Some((line, _)) = own else { return Ok(Vec::new()) };
    let mut todos: Vec<Todo> = undone_wishes(op, &line).await?;
    todos.extend(report(op, &line).await?);
    Ok(todos)
}

/// Wishes that were not done after all.
async fn undone_wishes(op: &Op, line: &Membership) -> Result<Vec<Todo>, Stop> {
    let claimed = service::wishes_of(op.reader(), &line.branch.0, &[WishState::Claimed]).await?;
    let is_ones = |wish: &service::MicroWish| wish.membership_id == Some(line.id) && !wish.undone.is_empty();
    let todo = |wish: service::MicroWish| Todo {
        title: format!("微心愿“{}”还没有办好", wish.title),
        place: String::new(),
        due: None,
        href: urls::SERVICE.to_owned(),
    };
    Ok(claimed.into_iter().filter(is_ones).map(todo).collect())
}

async fn report(op: &Op, line: &Membership) -> Result<Option<Todo>, Stop> {
    let Some(year) = report_year(op.now().date()).filter(|_| line.unit.is_some()) else { return Ok(None) };
    let report = service::report_of_member(op.reader(), &line.branch.0, line.id.0, year).await?;
    if report.is_some_and(|row| row.sent_on.is_some()) {
        return Ok(None);
    }
    let due = Some(Instant::end_of(date(year, 12, 31)));
    let title = format!("报送{year}年度双报告");
    Ok(Some(Todo { title, place: String::new(), due, href: urls::report_of(year) }))
}
