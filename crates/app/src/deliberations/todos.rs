//! What waits on a branch, and what it is reminded of.

use domain::{
    clock::Instant,
    deliberation::DeliberationState,
    permission::{Deed, OfficeKind},
    place::PlaceCode,
};
use platform::{act::Op, error::Stop};

use super::{
    queries::lines,
    store::thread::{self, ThreadFilter, row, states},
    urls,
};
use crate::{
    desk::{Todo, Todos},
    messages::Due,
    owner_votes::poll_fact,
};

/// To-dos and reminders of one office at most.
const MOST: u64 = 200;
/// Working days before the last day on which the branch is reminded.
const AHEAD: u16 = 1;

/// What waits on the office in use: what is carried out, and what residents are asked, waits for nobody.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let place = &op.actor.officer()?.office.place;
        if !op.can(Deed::ScreenDeliberation, place) {
            return Ok(Vec::new());
        }
        let filter = ThreadFilter { states: states(DeliberationState::is_open), year: None };
        let rows = thread::page_of(op.reader(), place, &filter, 0, MOST).await?;
        let mut todos = Vec::new();
        for line in lines(op.reader(), rows).await? {
            if let Some(what) = waiting(op, &line.row).await? {
                let due = line.row.thread().due().filter(|_| line.row.state.0 == DeliberationState::Announced);
                let title = format!("{what}：{}", line.row.title);
                todos.push(Todo { title, place: line.place, due, href: urls::thread(line.row.id.0) });
            }
        }
        Ok(todos)
    })
}

/// What the branch can do now, in words.
async fn waiting(op: &Op, row: &row::Model) -> Result<Option<&'static str>, Stop> {
    Ok(match row.state.0 {
        DeliberationState::Collecting if row.thread().hears(op.now()) => None,
        DeliberationState::Executing => None,
        DeliberationState::Accepted if row.thread().is_rated(op.now()) => None,
        DeliberationState::Voting => match row.poll_id {
            None => Some("关联业主表决"),
            Some(poll) => {
                let poll = poll_fact(op.reader(), poll.0, op.now()).await?;
                poll.and_then(|poll| poll.outcome).map(|_| "按业主表决结果办理")
            }
        },
        state => Some(state.next()),
    })
}

/// What the branches of a county are reminded of: sessions near their day.
///
/// # Errors
/// When the database cannot be read.
pub async fn dues(op: &Op, county: &PlaceCode) -> Result<Vec<Due>, Stop> {
    let filter = ThreadFilter { states: vec![DeliberationState::Announced], year: None };
    let rows = thread::page_of(op.reader(), county, &filter, 0, MOST).await?;
    let due = |row: row::Model| {
        let until: Instant = row.thread().due()?;
        Some(Due {
            of: format!("deliberation {} {}", row.id.0, until.as_micros()),
            kind: OfficeKind::BranchSecretary,
            place: row.place.0.clone(),
            until,
            ahead: AHEAD,
            words: format!("议题{}的议事会快到了", row.called()),
            late: "请登记议事记录，没有开成的请改期",
            link: urls::thread(row.id.0),
        })
    };
    Ok(rows.into_iter().filter_map(due).collect())
}
