//! What waits on the offices that hold the money, derived from where each commitment stands.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{ApplicationId, SeasonId},
    permission::OfficeKind,
    place::{Level, PlaceCode},
    selection::{application::Stage, funds::CommitmentState},
};
use platform::{act::Op, error::Stop};

use super::{
    store::{self, row},
    urls,
};
use crate::{
    desk::{Todo, Todos},
    selection,
};

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    use CommitmentState::{Approved, Paid, Prepared, Returned};
    Box::pin(async move {
        match op.actor.officer()?.office.kind {
            OfficeKind::CountyOrgDept => county(op).await,
            OfficeKind::CountyLeader => by_season(op, &[Prepared], "审批补助资金").await,
            OfficeKind::FinanceOfficer => by_season(op, &[Approved, Returned], "支付补助资金并登记凭证").await,
            OfficeKind::BranchSecretary | OfficeKind::BranchCommittee => {
                let mut own = store::commitments_at(op.reader(), &op.actor.officer()?.office.place, &[Paid]).await?;
                // Money of an award that was lost is not confirmed but demanded back.
                let lost = lost(op, &own).await?;
                own.retain(|row| !lost.contains(&row.application_id.0));
                Ok(own.iter().map(|row| of_commitment(row, "核对并确认补助资金到账")).collect())
            }
            _ => Ok(Vec::new()),
        }
    })
}

fn todo(title: String, href: String) -> Todo {
    Todo { title, place: String::new(), due: None, href }
}

fn of_commitment(row: &row::Model, title: &str) -> Todo {
    todo(title.to_owned(), urls::of_commitment(urls::COMMITMENT, row.id.0))
}

/// One to-do for each season with commitments at `states`, with its year.
async fn by_season(op: &Op, states: &[CommitmentState], title: &str) -> Result<Vec<Todo>, Stop> {
    let rows = store::commitments_at(op.reader(), &op.actor.officer()?.office.place, states).await?;
    let mut seasons: Vec<SeasonId> = rows.iter().map(|row| row.season_id.0).collect();
    seasons.sort_unstable();
    seasons.dedup();
    if seasons.is_empty() {
        return Ok(Vec::new());
    }
    let county = op.actor.officer()?.office.place.at(Level::County).ok_or(Stop::Missing)?;
    let of_county = selection::seasons_of(op.reader(), &county).await?;
    let one = |season: SeasonId| {
        let count = rows.iter().filter(|row| row.season_id.0 == season).count();
        let year = of_county.iter().find(|it| it.id.0 == season).map_or(0, |it| it.year);
        todo(format!("{title}（{year}年度，{count} 笔）"), urls::of_season(urls::SEASON, season))
    };
    Ok(seasons.into_iter().map(one).collect())
}

/// Winners to be prepared for, and money of awards that were lost.
async fn county(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place) = (op.reader(), &op.actor.officer()?.office.place);
    let live: Vec<CommitmentState> = CommitmentState::ALL.iter().copied().filter(|it| it.takes_budget()).collect();
    let rows = store::commitments_at(db, place, &live).await?;
    let mut todos = to_prepare(op, place, &rows).await?;
    let lost = lost(op, &rows).await?;
    for row in rows.iter().filter(|row| lost.contains(&row.application_id.0)) {
        todos.push(of_commitment(row, lost_words(row.state.0)));
    }
    Ok(todos)
}

/// The applications of `rows` that were awarded no longer.
async fn lost(op: &Op, rows: &[row::Model]) -> Result<BTreeSet<ApplicationId>, Stop> {
    let rewarded = selection::applications_by_id(op.reader(), rows.iter().map(|row| row.application_id.0)).await?;
    Ok(rewarded.iter().filter(|it| !it.stage.0.is_award()).map(|it| it.id.0).collect())
}

/// One to-do for each season with winners that nothing is promised to yet: last year's are not forgotten when this
/// year's season opens.
async fn to_prepare(op: &Op, county: &PlaceCode, promised: &[row::Model]) -> Result<Vec<Todo>, Stop> {
    let winners = selection::applications_at(op.reader(), county, &[Stage::Confirmed, Stage::Awarded]).await?;
    let is_open = |it: &&selection::Application| !promised.iter().any(|row| row.application_id == it.id);
    let mut open: BTreeMap<SeasonId, usize> = BTreeMap::new();
    for winner in winners.iter().filter(is_open) {
        *open.entry(winner.season_id.0).or_default() += 1;
    }
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let seasons = selection::seasons_of(op.reader(), county).await?;
    let one = |season: &selection::Season| {
        let count = open.get(&season.id.0)?;
        let title = format!("编制{}年度红旗小区的补助资金（{count} 个小区党支部）", season.year);
        Some(todo(title, urls::of_season(urls::SEASON, season.id.0)))
    };
    Ok(seasons.iter().filter_map(one).collect())
}

const fn lost_words(state: CommitmentState) -> &'static str {
    match state {
        CommitmentState::Prepared | CommitmentState::Approved | CommitmentState::Returned => {
            "取消已撤销认定的小区的补助资金"
        }
        CommitmentState::Recovering => "登记追回的补助资金",
        CommitmentState::Paid
        | CommitmentState::Receipted
        | CommitmentState::Cancelled
        | CommitmentState::Recovered => "追回已撤销认定的小区的补助资金",
    }
}
