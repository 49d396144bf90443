//! What waits on a branch: an appraisal whose residents have answered, and a contract that soon ends.

use domain::{clock::Instant, permission::Deed, place::Level, property::AppraisalState};
use platform::{act::Op, error::Stop};

use super::{store, urls};
use crate::desk::{Todo, Todos};

/// How many days before its end a contract is told of.
const ENDS_SOON: i64 = 60;

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let place = &op.actor.officer()?.office.place;
        if place.level() != Level::Branch || !op.can(Deed::SupervisePropertyService, place) {
            return Ok(Vec::new());
        }
        waiting(op).await
    })
}

async fn waiting(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place, now) = (op.reader(), &op.actor.officer()?.office.place, op.now());
    let todo = |title: String, due: Option<Instant>| Todo {
        title,
        place: String::new(),
        due,
        href: urls::of_place(urls::PLACE, place),
    };
    let mut todos = Vec::new();
    let contracts = store::contracts_of(db, place).await?;
    // Where the next one is entered already, nobody is asked for it.
    let last = contracts.iter().map(|contract| contract.ends_on.0).max();
    if let Some(ends) = last.filter(|ends| *ends <= now.plus_days(ENDS_SOON).date()) {
        let what = if ends < now.date() {
            "物业服务合同已到期，请登记新的合同"
        } else {
            "物业服务合同快到期，请安排续签或者重新选聘"
        };
        todos.push(todo(what.to_owned(), Some(Instant::end_of(ends))));
    }
    for row in store::appraisals_under(db, place).await? {
        if row.state.0 == AppraisalState::Open && !row.rule().hears(now) {
            todos.push(todo(format!("公布{}年物业服务考评结果", row.year), None));
        }
    }
    Ok(todos)
}
