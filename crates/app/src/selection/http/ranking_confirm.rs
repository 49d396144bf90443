//! What a street's list comes to, before it goes: it cannot be changed afterwards.

use askama::Template;
use axum::response::Response;
use domain::{clock::chinese_date, ids::SeasonId, place::PlaceCode};
use platform::{
    error::{OrRefuse as _, Stop},
    forms::Form,
    pages::page,
    shell::Shell,
};

use super::ranking::candidates;
use crate::{
    desk::Desk,
    selection::{
        self,
        actions::{NewList, behind, known, must_not_stand_back_from_any, not_listed, unsubmitted},
        queries,
    },
};

/// A line of the list, or one that is not on it.
struct Line {
    rank: u32,
    name: String,
    average: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "selection/ranking_confirm.html")]
struct ConfirmPage {
    shell: Shell,
    street: String,
    year: i32,
    quota: u32,
    listed: Vec<Line>,
    left_out: Vec<Line>,
    /// What is told where no other reason is given.
    usual: String,
    /// Whether what is left out waits for a place that may be freed.
    may_substitute: bool,
    /// What has not come so far: name, and where it lies.
    behind: Vec<(String, &'static str)>,
    /// Branches that have not submitted theirs.
    drafts: Vec<String>,
    met_on: String,
    record: String,
    /// Everything that it decides on or ends, as shown; who confirms sends it back.
    known: String,
    /// What was typed, sent again with the answer.
    typed: Vec<(String, String)>,
}

/// The list as it would go.
pub(super) async fn confirm_page(
    desk: &Desk,
    season: SeasonId,
    street: &PlaceCode,
    list: &NewList,
    form: &Form,
) -> Result<Response, Stop> {
    let db = desk.op.reader();
    let (season, parameters) = selection::season_with_parameters(db, season).await?;
    let quota = queries::seats_of(db, season.id.0, street).await?;
    let screened = candidates(desk, season.id.0, street, &parameters, form).await?;
    queries::window_at(db, season.id.0, &parameters, street).await?.check(desk.op.now()).or_refuse()?;
    must_not_stand_back_from_any(db, season.id.0, street, desk.officer.account).await?;
    list.check(screened.len(), quota, season.opened_at.0.date(), desk.op.now().date())?;
    let (mut listed, mut left_out) = (Vec::new(), Vec::new());
    for it in screened {
        let ranked = list.ranked.iter().find(|ranked| ranked.application == it.row.id.0);
        let rank = ranked.map_or(0, |ranked| ranked.rank);
        let line = Line { rank, average: it.average(), name: it.name, reason: it.reason };
        if ranked.is_some() { listed.push(line) } else { left_out.push(line) }
    }
    listed.sort_by_key(|line| line.rank);
    let names = selection::place_names(db, street).await?;
    let behind = behind(db, season.id.0, street).await?;
    let name = |row: &selection::Application| names.get(&row.branch.0).cloned().unwrap_or_default();
    let behind = behind.into_iter().map(|row| (name(&row), row.words()));
    let drafts = unsubmitted(db, season.id.0, street).await?;
    page(&ConfirmPage {
        shell: desk.shell("核对推荐名单").await?,
        street: selection::place_name(db, street).await?,
        year: season.year,
        quota,
        listed,
        left_out,
        usual: not_listed(quota),
        may_substitute: parameters.substitution_before_decision,
        behind: behind.collect(),
        drafts: drafts.iter().map(name).collect(),
        met_on: chinese_date(list.met_on),
        record: list.record.clone(),
        known: known(db, season.id.0, street).await?,
        typed: form.with_prefix("").map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    })
}
