//! What waits around polls, and what offices are reminded of.

use domain::{
    clock::Instant,
    owners::PollState,
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
};
use platform::{act::Op, error::Stop};

use super::{
    queries::{PollLine, calls_of, lines},
    store::poll::{self, Shown, row},
    urls,
};
use crate::{
    desk::{Todo, Todos},
    messages::Due,
};

/// Polls of one office at most.
const MOST: u64 = 200;

/// Days in which what is closed is to be counted, and what is counted to be published.
const SOON: i64 = 7;

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let place = &op.actor.officer()?.office.place;
        if !op.can(Deed::PreparePoll, place) && !op.can(Deed::CheckPoll, place) {
            return Ok(Vec::new());
        }
        let rows = poll::page_of(op.reader(), place, Shown::Alive, 0, MOST).await?;
        let mut todos = Vec::new();
        for line in lines(op.reader(), rows, op.now()).await? {
            if let Some((what, due, path)) = waiting(op, &line).await? {
                let href = urls::of_poll(path, line.row.id.0);
                todos.push(Todo { title: format!("{what}：{}", line.row.title), place: line.place, due, href });
            }
        }
        Ok(todos)
    })
}

/// What waits for the office in use at a poll: the deed, until when, and where.
async fn waiting(op: &Op, line: &PollLine) -> Result<Option<(&'static str, Option<Instant>, &'static str)>, Stop> {
    let (row, place) = (&line.row, &line.row.place.0);
    let (is_branch, is_community) = (op.can(Deed::PreparePoll, place), op.can(Deed::CheckPoll, place));
    let end = Instant::end_of(row.closes_on.0);
    Ok(match line.state {
        PollState::Prepared if is_branch => Some(("录入名册并提交社区", None, urls::POLL)),
        PollState::RegisterFrozen if is_community => Some(("核对业主表决", Some(announce_until(row)), urls::POLL)),
        PollState::Open if is_branch => Some(("收票登记", Some(end), urls::OWNERS)),
        PollState::Closed => {
            let calls = if is_branch || is_community { calls_of(op, row.id.0).await?.1 } else { Vec::new() };
            let is_called = calls.iter().all(|call| call.row.result.is_some());
            let is_drawn = row.seed.is_some();
            match (is_community, is_branch) {
                (true, _) if !(is_drawn && is_called) => Some(("随机回访业主", Some(end.plus_days(SOON)), urls::CALLS)),
                (_, true) if is_drawn && is_called => Some(("业主表决计票", Some(end.plus_days(SOON)), urls::POLL)),
                _ => None,
            }
        }
        PollState::Tallied if is_branch => Some(("公布表决结果", Some(end.plus_days(2 * SOON)), urls::POLL)),
        PollState::ResultPublished if is_branch => Some(("表决结果备案", row.poll().file_until(), urls::POLL)),
        _ => None,
    })
}

/// 24:00 of the last day on which it may be announced as it is.
fn announce_until(row: &row::Model) -> Instant {
    Instant::start_of(row.opens_on.0).plus_days(-domain::owners::NOTICE_DAYS)
}

/// What the offices of a county are reminded of: the announcement that must not be late, and the file.
///
/// # Errors
/// When the database cannot be read.
pub async fn dues(op: &Op, county: &PlaceCode) -> Result<Vec<Due>, Stop> {
    let rows = poll::page_of(op.reader(), county, Shown::Alive, 0, MOST).await?;
    let due = |row: row::Model| {
        let link = urls::of_poll(urls::POLL, row.id.0);
        let (kind, place, until, words, late) = match row.state.0 {
            PollState::RegisterFrozen => (
                OfficeKind::CommunityOfficer,
                row.place.0.at(Level::Community)?,
                announce_until(&row),
                "有一次业主表决待核对公告",
                "再公告就不足 15 天，请退回小区党支部推迟表决日期",
            ),
            PollState::ResultPublished => (
                OfficeKind::BranchSecretary,
                row.place.0.clone(),
                row.poll().file_until()?,
                "有一次业主表决的结果待备案",
                "请尽快备案",
            ),
            _ => return None,
        };
        let of = format!("owner_poll {} {}", row.id.0, row.state.0);
        Some(Due { of, kind, place, until, ahead: 3, words: words.to_owned(), late, link })
    };
    Ok(rows.into_iter().filter_map(due).collect())
}
