//! What the pages of the money read.

use std::collections::BTreeMap;

use domain::{
    ids::{ApplicationId, CommitmentId, SeasonId},
    money::Fen,
    permission::Deed,
    place::{Level, PlaceCode},
    selection::{
        application::Stage,
        funds::{CommitmentState, PayeeAccount},
        parameters::Parameters,
    },
};
use platform::{act::Op, error::Stop};

use super::{
    plan::{Plan, plan_of},
    store::{self, row},
};
use crate::selection::{self, Season};

/// Names of places, by code.
type Names = BTreeMap<PlaceCode, String>;

/// A commitment with the names beside it.
#[derive(Debug, Clone)]
pub struct Line {
    /// The commitment.
    pub row: row::Model,
    /// Name of the street.
    pub street: String,
    /// Name of the community.
    pub community: String,
    /// Name of the branch.
    pub branch: String,
    /// Whose account it goes to, by name.
    pub payee: String,
}

/// A winner that has no money promised yet.
#[derive(Debug, Clone)]
pub struct Winner {
    /// Its application.
    pub application: ApplicationId,
    /// Name of the branch.
    pub branch: String,
    /// Name of the community.
    pub community: String,
}

/// What one community's or street's account holds for branches (专账, R-FUND-04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubLedger {
    /// Who keeps the account.
    pub keeper: String,
    /// For how many branches.
    pub branches: usize,
    /// Promised.
    pub committed: Fen,
    /// Paid into it so far.
    pub paid: Fen,
}

/// The money of a season, as far as an office may see it.
#[derive(Debug, Clone)]
pub struct FundsOfSeason {
    /// The season.
    pub season: Season,
    /// What it is run by.
    pub parameters: Parameters,
    /// Commitments within reach, by branch.
    pub lines: Vec<Line>,
    /// Winners without one.
    pub winners: Vec<Winner>,
    /// What else the line pays for.
    pub plan: Plan,
}

impl FundsOfSeason {
    /// Commitments that stand at one of `states`.
    pub fn at<'a>(&'a self, states: &'a [CommitmentState]) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(|line| states.contains(&line.row.state.0))
    }

    /// Promised so far.
    #[must_use]
    pub fn committed(&self) -> Fen {
        self.lines.iter().filter(|line| line.row.state.0.takes_budget()).map(|line| line.row.amount.0).sum()
    }

    /// What is left of the budget line (R-FUND-02).
    #[must_use]
    pub fn left(&self) -> Fen {
        Fen(self.parameters.budget.0.saturating_sub((self.committed() + self.plan.total()).0))
    }

    /// Paid and not come back.
    #[must_use]
    pub fn paid(&self) -> Fen {
        self.at(PAID).map(|line| line.row.amount.0).sum()
    }

    /// Money in the accounts of communities and streets, by keeper.
    #[must_use]
    pub fn sub_ledgers(&self) -> Vec<SubLedger> {
        let mut keepers: BTreeMap<&str, SubLedger> = BTreeMap::new();
        let kept = self.lines.iter().filter(|line| line.row.payee.0 != PayeeAccount::Branch);
        for line in kept.filter(|line| line.row.state.0.takes_budget()) {
            let ledger = keepers.entry(&line.payee).or_insert_with(|| SubLedger {
                keeper: line.payee.clone(),
                branches: 0,
                committed: Fen(0),
                paid: Fen(0),
            });
            ledger.branches += 1;
            ledger.committed = ledger.committed + line.row.amount.0;
            if PAID.contains(&line.row.state.0) {
                ledger.paid = ledger.paid + line.row.amount.0;
            }
        }
        keepers.into_values().collect()
    }
}

/// The money has left the county's hands.
const PAID: &[CommitmentState] = &[CommitmentState::Paid, CommitmentState::Receipted, CommitmentState::Recovering];

/// The money of `season` at or under the place of the office in use.
///
/// # Errors
/// [`Stop::Missing`] when there is no such season in the office's county, or no business of this office.
pub async fn funds_of_season(op: &Op, season: SeasonId) -> Result<FundsOfSeason, Stop> {
    let place = &op.actor.officer()?.office.place;
    op.permit(Deed::ViewFunds, place)?;
    let db = op.reader();
    let (season, parameters) = selection::season_with_parameters(db, season).await?;
    if !place.is_within(&season.county.0) {
        return Err(Stop::Missing);
    }
    let names = selection::place_names(db, place).await?;
    let rows = store::commitments_under(db, season.id.0, place).await?;
    let awarded = selection::applications_under(db, season.id.0, place, &[Stage::Confirmed, Stage::Awarded]).await?;
    let is_promised = |branch: &PlaceCode| rows.iter().any(|row| row.branch.0 == *branch && row.state.0.takes_budget());
    let winner = |it: &selection::Application| Winner {
        application: it.id.0,
        branch: name(&names, &it.branch.0, Level::Branch),
        community: name(&names, &it.branch.0, Level::Community),
    };
    let winners = awarded.iter().filter(|it| !is_promised(&it.branch.0)).map(winner).collect();
    let lines = rows.into_iter().map(|row| line(row, &names)).collect();
    let plan = plan_of(db, season.id.0).await?;
    Ok(FundsOfSeason { season, parameters, lines, winners, plan })
}

fn name(names: &Names, branch: &PlaceCode, level: Level) -> String {
    branch.at(level).and_then(|code| names.get(&code)).cloned().unwrap_or_default()
}

fn line(row: row::Model, names: &Names) -> Line {
    let of = |level| name(names, &row.branch.0, level);
    Line {
        street: of(Level::Street),
        community: of(Level::Community),
        branch: of(Level::Branch),
        payee: of(row.payee.0.level()),
        row,
    }
}

/// One commitment with its season and the stage of the application it rewards.
#[derive(Debug, Clone)]
pub struct OneCommitment {
    /// The commitment.
    pub line: Line,
    /// Its season.
    pub season: Season,
    /// Where the application stands now.
    pub stage: Stage,
}

/// The commitment `id`.
///
/// # Errors
/// [`Stop::Missing`] when there is none, or no business of this office.
pub async fn one_commitment(op: &Op, id: CommitmentId) -> Result<OneCommitment, Stop> {
    let db = op.reader();
    let row = store::commitment(db, id).await?.ok_or(Stop::Missing)?;
    op.permit(Deed::ViewFunds, &row.branch.0)?;
    let inside = selection::in_season(db, row.application_id.0).await?;
    let names = selection::place_names(db, &row.branch.0).await?;
    Ok(OneCommitment { line: line(row, &names), season: inside.season, stage: inside.row.stage.0 })
}
