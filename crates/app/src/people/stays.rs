//! Earlier times of a member in a roll: a line that begins anew keeps from when to when it was there before, and why it ended.
//!
//! Holds the table `membership_stays`. Nobody else touches it.

use domain::{
    ids::{MembershipId, StayId},
    members::MemberState,
};
use platform::{db::column::Text, error::Stop};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::store::membership;

pub use stay::Model as Stay;

/// Stays.
pub mod stay {
    use super::{MemberState, MembershipId, StayId, Text};
    use jiff::civil::Date;
    use sea_orm::entity::prelude::*;

    /// An earlier time in a roll (以前的报到).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "membership_stays")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<StayId>,
        pub membership_id: Text<MembershipId>,
        pub registered_on: Option<Text<Date>>,
        pub ended_on: Option<Text<Date>>,
        /// How it ended: 已转出 or 已结束.
        pub state: Text<MemberState>,
        /// Why.
        pub reason: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What is kept of a line that ended, before it begins anew; nothing of one that lives.
#[must_use]
pub fn earlier_stay(id: StayId, line: &membership::Model) -> Option<Stay> {
    (!line.state.0.is_living()).then(|| Stay {
        id: Text(id),
        membership_id: line.id,
        registered_on: line.registered_on,
        ended_on: line.ended_on,
        state: line.state,
        reason: line.ended_reason.clone(),
    })
}

/// The earlier times of these lines, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn stays_of(db: &impl ConnectionTrait, ids: &[MembershipId]) -> Result<Vec<Stay>, Stop> {
    let found = stay::Entity::find().filter(stay::Column::MembershipId.is_in(ids.iter().copied().map(Text)));
    Ok(found.order_by_desc(stay::Column::Id).all(db).await?)
}
