//! Wishes that are done and wait to be confirmed, and half-years that were kept.

use std::collections::BTreeSet;

use domain::{
    clock::Instant,
    permission::{Deed, OfficeKind},
    place::Level,
    service::{ReportState, WishState, check_kept},
};
use jiff::civil::date;
use platform::{act::Op, error::Stop};

use super::{store, urls};
use crate::{
    desk::{Todo, Todos},
    people,
};

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let office = &op.actor.officer()?.office;
        if office.kind == OfficeKind::CommunityOfficer {
            return of_community(op).await;
        }
        let is_of_branch = matches!(office.kind, OfficeKind::BranchSecretary | OfficeKind::BranchCommittee);
        if is_of_branch && op.can(Deed::EditWishes, &office.place) { of_branch(op).await } else { Ok(Vec::new()) }
    })
}

/// Units that wait for the community's feedback on the year (R-DUTY-03): from December on for the year that runs, until the end
/// of March for the one before.
async fn of_community(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place, today) = (op.reader(), &op.actor.officer()?.office.place, op.now().date());
    let year = match today.month() {
        12 => today.year(),
        1..=3 => today.year() - 1,
        _ => return Ok(Vec::new()),
    };
    let living = people::living_under(db, place).await?;
    let mut units: BTreeSet<String> =
        living.iter().filter_map(|(line, _)| Some(line.unit.as_ref()?.0.at(Level::Unit)?.to_string())).collect();
    for report in store::reports_under(db, place, year).await? {
        if report.state.0 == ReportState::Sent {
            units.remove(&report.subject);
        }
    }
    if units.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Todo {
        title: format!("向单位反馈党员{year}年表现（{} 个单位）", units.len()),
        place: String::new(),
        due: Some(Instant::end_of(date(year.saturating_add(1), 1, 31))),
        href: urls::of_year(urls::REPORTS_OF, place, year),
    }])
}

async fn of_branch(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place) = (op.reader(), &op.actor.officer()?.office.place);
    let mut todos = Vec::new();
    let done = store::wishes_under(db, place, &[WishState::Done]).await?.len();
    if done > 0 {
        let href = urls::of_place(urls::WISHES_OF, place);
        todos.push(Todo {
            title: format!("确认办好的微心愿（{done} 个）"), place: String::new(), due: None, href
        });
    }
    let today = op.now().date();
    let claims = store::active_claims_under(db, place).await?;
    let kept = claims.iter().filter(|claim| check_kept(claim.claimed_on.0, claim.halves, today).is_ok()).count();
    if kept > 0 {
        let href = urls::of_place(urls::POSTS_OF, place);
        todos.push(Todo {
            title: format!("登记岗位履职满半年（{kept} 人）"), place: String::new(), due: None, href
        });
    }
    Ok(todos)
}
