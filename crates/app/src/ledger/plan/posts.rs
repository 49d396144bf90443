//! 支部班子: posts in branch committees.

use domain::{
    ids::{CommitteePostId, PersonId},
    organisation::USUAL_TERM_YEARS,
    place::PlaceCode,
};
use platform::db::column::Text;

use super::{
    Planner,
    branches::KnownBranches,
    members::{Row, match_rows, note_absent},
    persons::{Authority, PersonBook},
    shown_date,
};
use crate::{
    ledger::{
        columns::LedgerSheet,
        preview::differences,
        read::{PostRow, RowPlace},
    },
    people::CommitteePost,
};

/// How many rows a warning names.
const LISTED: usize = 5;

/// Plans 支部班子.
pub(super) fn plan_posts(planner: &mut Planner<'_>, known: &KnownBranches<'_>, book: &mut PersonBook<'_>) {
    let (present, ledger) = (planner.grounds.present, planner.grounds.ledger);
    let rows: Vec<Row<'_>> = ledger
        .posts
        .iter()
        .map(|row| Row { at: &row.at, branch: &row.branch, community: &row.community, person: &row.person })
        .collect();
    let lines: Vec<(PlaceCode, PersonId)> =
        present.posts.iter().map(|line| (line.branch.0.clone(), line.person_id.0)).collect();
    let (keys, matches) = match_rows(planner, known, &rows, &lines);
    let mut contradicted: Vec<&RowPlace> = Vec::new();
    for ((row, key), matched) in ledger.posts.iter().zip(&keys).zip(&matches) {
        let Some(key) = key else {
            continue;
        };
        planner.warn_of_future(&row.at, "since", row.since);
        let line = matched.and_then(|index| present.posts.get(index));
        if plan_post(planner, book, row, &key.branch, line) {
            contradicted.push(&row.at);
        }
    }
    warn_of_contradictions(planner, &contradicted);
    note_absent(planner, known, LedgerSheet::Committee, &keys, &matches, &lines);
}

/// Plans one post; answers whether the roll says something else about the person.
fn plan_post(
    planner: &mut Planner<'_>,
    book: &mut PersonBook<'_>,
    row: &PostRow,
    branch: &PlaceCode,
    line: Option<&CommitteePost>,
) -> bool {
    if !row.is_sound {
        return false;
    }
    planner.check_birth(&row.at, &row.person);
    let label = format!("{} · {}", row.branch, row.person.name);
    let Some(old) = line else {
        let (person, is_contradicted) = match book.find(planner, branch, &row.person, Authority::Committee) {
            Some(person) => (person, book.hear(planner, person, &row.person, Authority::Committee).is_contradicted),
            None => (book.add(planner, branch, &row.person, Authority::Committee), false),
        };
        let id: CommitteePostId = planner.id();
        let blank = CommitteePost {
            id: Text(id),
            branch: Text(branch.clone()),
            person_id: Text(person),
            post: Text(row.post),
            service: Text(row.service),
            work_unit: String::new(),
            since: None,
            until: None,
            term_years: USUAL_TERM_YEARS.into(),
            version: 0,
        };
        planner.plan.people.added_posts.push(told(row, &blank));
        planner.added(LedgerSheet::Committee, &row.at, branch, label);
        return is_contradicted;
    };
    let heard = book.hear(planner, old.person_id.0, &row.person, Authority::Committee);
    let new = told(row, old);
    let own = differences(described(old), described(&new));
    let is_changed = !own.is_empty();
    let fields = heard.fields.into_iter().chain(own).collect();
    planner.compared(LedgerSheet::Committee, &row.at, branch, label, fields);
    if is_changed {
        planner.plan.people.changed_posts.push(new);
    }
    heard.is_contradicted
}

/// The post as the row tells it; columns that are not there leave things as they are.
fn told(row: &PostRow, old: &CommitteePost) -> CommitteePost {
    CommitteePost {
        post: Text(row.post),
        service: Text(row.service),
        work_unit: row.work_unit.clone().unwrap_or_else(|| old.work_unit.clone()),
        since: row.since.map_or(old.since, |date| date.map(Text)),
        ..old.clone()
    }
}

fn described(post: &CommitteePost) -> Vec<(&'static str, String)> {
    vec![
        ("党内职务", post.post.0.label().to_owned()),
        ("身份", post.service.0.label().to_owned()),
        ("工作单位", post.work_unit.clone()),
        ("任职时间", shown_date(&post.since)),
    ]
}

/// One warning for all of them: in a ledger grown over years there may be hundreds.
fn warn_of_contradictions(planner: &mut Planner<'_>, rows: &[&RowPlace]) {
    let Some(first) = rows.first() else {
        return;
    };
    let listed: Vec<String> = rows.iter().take(LISTED).map(|at| at.number.to_string()).collect();
    let more = if rows.len() > LISTED { "等" } else { "" };
    let message = format!(
        "有 {} 人的性别、出生年月或电话与“党员名册”不一致（第 {} 行{more}），以“党员名册”为准。请核对后改成一致。",
        rows.len(),
        listed.join("、")
    );
    planner.warn(first.problem("name", message));
}
