//! Lines that may be one member, and settling it.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, ids::MembershipId, permission::Deed};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page},
    shell::Shell,
};

use crate::{
    desk::Desk,
    members::{
        duplicates::{
            Pair, Settled, Settlement, possible_duplicates, reopen_duplicate, settle_duplicate, settled_duplicates,
        },
        urls,
    },
    people::{self, Membership, Person},
    places::{self, Names},
};

/// Pairs on the page; settling some brings the next.
const SHOWN: usize = 50;
/// Settled pairs on the page, the latest.
const SETTLED: u64 = 30;

#[derive(Template)]
#[template(path = "members/duplicates.html")]
struct DuplicatesPage {
    shell: Shell,
    pairs: Vec<Pair>,
    total: usize,
    settled: Vec<Settled>,
    names: Names,
}

impl DuplicatesPage {
    fn branch(&self, line: &Membership) -> &str {
        self.names.at(&line.branch.0, domain::place::Level::Branch)
    }

    fn words(&self, (line, person): &(Membership, Person)) -> String {
        // Who only waits here may be somebody else's member, of whom no more is told.
        let is_known = line.state.0 != domain::members::MemberState::Reported;
        let month = person
            .birth_month
            .as_deref()
            .filter(|_| is_known)
            .map(|month| format!("{month}出生，"))
            .unwrap_or_default();
        let on = line.registered_on.map(|date| format!("，{}报到", chinese_date(date.0))).unwrap_or_default();
        format!("{month}{}，{}{on}", line.kind.0.label(), line.affiliation.0.label())
    }

    fn found(&self, settled: &Settled) -> String {
        let what = if settled.row.is_same { "是同一人" } else { "不是同一人" };
        format!("{what}（{}由{}核对）", chinese_date(settled.row.settled_at.0.date()), settled.row.signed)
    }

    fn reopen(&self, settled: &Settled) -> String {
        urls::reopen(settled.row.first_id.0, settled.row.second_id.0)
    }

    fn settle(&self, pair: &Pair) -> String {
        urls::settle(pair.first.0.id.0, pair.second.0.id.0)
    }

    fn member(&self, line: &Membership) -> String {
        people::urls::member(line.id.0)
    }
}

/// The pairs that wait for somebody to look.
pub async fn list(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::SettleDuplicate, place)?;
    let mut pairs = possible_duplicates(&desk.op, place).await?;
    let total = pairs.len();
    pairs.truncate(SHOWN);
    let names = places::Names::under(desk.op.reader(), place).await?;
    let settled = settled_duplicates(&desk.op, place, SETTLED).await?;
    page(&DuplicatesPage { shell: desk.shell("疑似重复的党员").await?, pairs, total, settled, names })
}

/// Settles one pair.
pub async fn settle(desk: Desk, Path((first, second)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let parse = |id: &str| id.parse::<MembershipId>().map_err(|_| Stop::Missing);
    let settlement = match form.value("keep") {
        "" => Settlement::Different,
        id => Settlement::Keep(parse(id)?),
    };
    settle_duplicate(&desk.op, parse(&first)?, parse(&second)?, settlement).await?;
    let words = match settlement {
        Settlement::Different => "已记下：不是同一人。",
        Settlement::Keep(_) => "已记下：是同一人，另一条登记已结束。",
    };
    Ok(done(urls::DUPLICATES, words))
}

/// Takes back that two lines are two people.
pub async fn reopen(desk: Desk, Path((first, second)): Path<(String, String)>) -> Result<Response, Stop> {
    let parse = |id: &str| id.parse::<MembershipId>().map_err(|_| Stop::Missing);
    reopen_duplicate(&desk.op, parse(&first)?, parse(&second)?).await?;
    Ok(done(urls::DUPLICATES, "已撤销，请重新核对。"))
}
