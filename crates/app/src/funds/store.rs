//! The table of the money. Nobody else touches it.

use domain::{
    clock::Instant,
    ids::{AccountId, ApplicationId, CommitmentId, SeasonId},
    money::Fen,
    place::PlaceCode,
    selection::funds::{Commitment, CommitmentState, PayeeAccount},
};
use jiff::civil::Date;
use platform::{
    db::save_read,
    db::{
        column::{Int, Text},
        insert_all, within,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Commitments.
pub mod row {
    use super::{
        AccountId, ApplicationId, CommitmentId, CommitmentState, Date, Fen, Instant, Int, PayeeAccount, PlaceCode,
        SeasonId, Text,
    };
    use sea_orm::entity::prelude::*;

    /// A commitment as it is kept (补助资金), with who did what under which office.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "commitments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<CommitmentId>,
        pub season_id: Text<SeasonId>,
        pub application_id: Text<ApplicationId>,
        pub branch: Text<PlaceCode>,
        /// 1 for the first; one that was cancelled may be prepared once more.
        pub attempt: i32,
        pub amount: Int<Fen>,
        pub payee: Text<PayeeAccount>,
        pub state: Text<CommitmentState>,
        pub state_since: Int<Instant>,
        pub preparer: Text<AccountId>,
        /// Office and name, as they were then.
        pub prepared_by: String,
        pub prepared_at: Int<Instant>,
        pub approver: Option<Text<AccountId>>,
        pub approved_by: String,
        pub approved_at: Option<Int<Instant>>,
        /// Number of the minutes of the collective decision.
        pub minutes: String,
        pub payer: Option<Text<AccountId>>,
        pub paid_by: String,
        pub payment_recorded_at: Option<Int<Instant>>,
        /// Number of the payment voucher.
        pub voucher: String,
        pub paid_on: Option<Text<Date>>,
        pub receipt_voucher: String,
        pub received_on: Option<Text<Date>>,
        pub recovery_voucher: String,
        /// Why it was returned, cancelled or demanded back last.
        pub reason: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The commitment as the rules know it.
        #[must_use]
        pub fn commitment(&self) -> super::Commitment {
            super::Commitment {
                id: self.id.0,
                season: self.season_id.0,
                branch: self.branch.0.clone(),
                amount: self.amount.0,
                state: self.state.0,
                state_since: self.state_since.0,
                preparer: self.preparer.0,
                approver: self.approver.map(|Text(approver)| approver),
                payer: self.payer.map(|Text(payer)| payer),
                version: self.version,
            }
        }

        /// Takes over where the rules say it stands now.
        #[must_use]
        pub fn moved(self, commitment: &super::Commitment) -> Self {
            Self {
                state: Text(commitment.state),
                state_since: Int(commitment.state_since),
                approver: commitment.approver.map(Text),
                payer: commitment.payer.map(Text),
                ..self
            }
        }
    }
}

/// The commitment `id`.
pub async fn commitment(db: &impl ConnectionTrait, id: CommitmentId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The commitments of a season at or under `place`, by branch, the first attempt first.
pub async fn commitments_under(
    db: &impl ConnectionTrait,
    season: SeasonId,
    place: &PlaceCode,
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::SeasonId.eq(Text(season)))
        .filter(within(row::Column::Branch, place))
        .order_by_asc(row::Column::Branch)
        .order_by_asc(row::Column::Attempt);
    Ok(found.all(db).await?)
}

/// The commitments of every season at or under `place` that stand at one of `states`, by branch, the oldest first.
pub async fn commitments_at(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    states: &[CommitmentState],
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(within(row::Column::Branch, place))
        .filter(row::Column::State.is_in(states.iter().map(|state| Text(*state))))
        .order_by_asc(row::Column::Branch)
        .order_by_asc(row::Column::Id);
    Ok(found.all(db).await?)
}

/// What the season's commitments take of the budget line (R-FUND-02).
#[must_use]
pub fn committed(rows: &[row::Model]) -> Fen {
    rows.iter().filter(|row| row.state.0.takes_budget()).map(|row| row.amount.0).sum()
}

/// Keeps new commitments.
pub async fn insert(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, rows).await?)
}

/// Saves a changed commitment by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
