//! Settled years of members, each revision with all it was computed from.

use domain::{
    clock::Instant,
    ids::{MembershipId, SettlementId},
    place::PlaceCode,
    points::{Capped, Points, PointsKind, Tally, UnitScore},
};
use platform::{
    db::{
        column::{Document, Int, Text},
        insert_all, within,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, sea_query::Expr,
};

use crate::points::settle::Working;

/// Settlements.
pub mod row {
    use super::{
        Capped, Document, Instant, Int, MembershipId, PlaceCode, Points, PointsKind, SettlementId, Tally, Text,
        UnitScore, Working,
    };
    use sea_orm::entity::prelude::*;

    /// A member's settled year (年度积分), with its working.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "points_settlements")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<SettlementId>,
        pub branch: Text<PlaceCode>,
        pub membership_id: Text<MembershipId>,
        pub year: i32,
        /// 1 for the closing itself; each correction makes a further one.
        pub revision: i32,
        pub is_current: bool,
        pub kind: Text<PointsKind>,
        pub base: Int<Points>,
        pub bonus: Int<Points>,
        pub deduction: Int<Points>,
        pub ceiling: Option<Int<Points>>,
        /// Where caps took something away; empty for what was settled before this was kept.
        pub capped: Document<Vec<Capped>>,
        pub compound: Int<Points>,
        pub unit_score: Option<Int<Points>>,
        pub unit_max: Option<Int<Points>>,
        /// `None` while the unit's score is missing, which is not zero (R-PTS-03).
        pub result: Option<Int<Points>>,
        /// Why it was settled again.
        pub reason: String,
        pub settled_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// What the year was computed from.
        #[must_use]
        pub fn working(&self) -> Working {
            let unit = self.unit_score.zip(self.unit_max).map(|(Int(score), Int(max))| UnitScore { score, max });
            let tally = Tally {
                base: self.base.0,
                bonus: self.bonus.0,
                deduction: self.deduction.0,
                ceiling: self.ceiling.map(|Int(ceiling)| ceiling),
                capped: self.capped.0.clone(),
            };
            Working { kind: self.kind.0, tally, unit }
        }
    }
}

/// The settlements of a year at or under `place` that hold, by branch and member.
pub async fn current_under(db: &impl ConnectionTrait, place: &PlaceCode, year: i32) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::Year.eq(year))
        .filter(within(row::Column::Branch, place))
        .filter(row::Column::IsCurrent.eq(true))
        .order_by_asc(row::Column::Branch)
        .order_by_asc(row::Column::MembershipId);
    Ok(found.all(db).await?)
}

/// Every settlement of a member's year, the newest first.
pub async fn of_member(
    db: &impl ConnectionTrait,
    membership: MembershipId,
    year: i32,
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::MembershipId.eq(Text(membership)))
        .filter(row::Column::Year.eq(year))
        .order_by_desc(row::Column::Revision);
    Ok(found.all(db).await?)
}

/// Every settlement of a member, of all years, the latest first.
pub async fn all_of_member(db: &impl ConnectionTrait, membership: MembershipId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::MembershipId.eq(Text(membership)));
    Ok(found.order_by_desc(row::Column::Year).order_by_desc(row::Column::Revision).all(db).await?)
}

/// Keeps first settlements.
pub async fn insert(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, rows).await?)
}

/// Keeps new settlements in place of those that held for the same members; nothing else ever changes one.
pub async fn replace(db: &impl ConnectionTrait, year: i32, rows: Vec<row::Model>) -> Result<(), Stop> {
    for chunk in rows.chunks(500) {
        row::Entity::update_many()
            .col_expr(row::Column::IsCurrent, Expr::value(false))
            .filter(row::Column::Year.eq(year))
            .filter(row::Column::MembershipId.is_in(chunk.iter().map(|row| row.membership_id)))
            .filter(row::Column::IsCurrent.eq(true))
            .exec(db)
            .await?;
    }
    Ok(insert_all(db, rows).await?)
}

/// Forgets what a closing that was not finished has settled, so that it may be repeated.
pub async fn forget(db: &impl ConnectionTrait, place: &PlaceCode, year: i32) -> Result<(), Stop> {
    row::Entity::delete_many()
        .filter(row::Column::Year.eq(year))
        .filter(within(row::Column::Branch, place))
        .exec(db)
        .await?;
    Ok(())
}
