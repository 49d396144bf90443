//! Registers: the units as they are typed in, and the owners as they were frozen. Names and telephones are sealed.

use domain::{
    ids::{BallotId, PollId, PollOwnerId, PollUnitId},
    owners::{OwnerKind, UnitUse},
};
use jiff::civil::Date;
use platform::{
    db::{column::Text, insert_all, save_read},
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, SelectStatement},
};

/// Units.
pub mod unit {
    use super::{Date, OwnerKind, PollId, PollOwnerId, PollUnitId, Text, UnitUse};
    use sea_orm::entity::prelude::*;

    /// A unit in a register (名册房屋).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "poll_units")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PollUnitId>,
        pub poll_id: Text<PollId>,
        /// Whose it is; known once the register is frozen.
        pub owner_id: Option<Text<PollOwnerId>>,
        /// Its place in the register.
        pub position: i32,
        pub building: String,
        pub room: String,
        pub usage: Text<UnitUse>,
        pub area: i64,
        pub kind: Text<OwnerKind>,
        pub names_sealed: String,
        pub phone_sealed: Option<String>,
        /// 业主编号 as typed; may be empty.
        pub key: String,
        /// When it was sold after the register was frozen.
        pub sold_on: Option<Text<Date>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl unit::Model {
    /// `3栋 502`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{} {}", self.building, self.room).trim().to_owned()
    }
}

/// Owners.
pub mod owner {
    use super::{BallotId, OwnerKind, PollId, PollOwnerId, Text};
    use sea_orm::entity::prelude::*;

    /// An owner of a frozen register (表决名册业主).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "poll_owners")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PollOwnerId>,
        pub poll_id: Text<PollId>,
        /// The number in the register, from 1.
        pub number: i32,
        pub kind: Text<OwnerKind>,
        pub names_sealed: String,
        pub phone_sealed: Option<String>,
        /// The counted areas together; 0 where nothing counts.
        pub area: i64,
        /// Whether all that counts was sold since.
        pub is_sold: bool,
        /// The ballot that counts.
        pub ballot_id: Option<Text<BallotId>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The units of a poll, in the order of the register.
pub async fn units(db: &impl ConnectionTrait, poll: PollId) -> Result<Vec<unit::Model>, Stop> {
    let found = unit::Entity::find()
        .filter(unit::Column::PollId.eq(Text(poll)))
        .order_by_asc(unit::Column::Position)
        .order_by_asc(unit::Column::Id);
    Ok(found.all(db).await?)
}

/// The units of one owner.
pub async fn units_of(db: &impl ConnectionTrait, owner: PollOwnerId) -> Result<Vec<unit::Model>, Stop> {
    let found = unit::Entity::find()
        .filter(unit::Column::OwnerId.eq(Text(owner)))
        .order_by_asc(unit::Column::Position)
        .order_by_asc(unit::Column::Id);
    Ok(found.all(db).await?)
}

/// The unit `id`.
pub async fn unit(db: &impl ConnectionTrait, id: PollUnitId) -> Result<Option<unit::Model>, Stop> {
    Ok(unit::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Keeps new units.
pub async fn insert_units(db: &impl ConnectionTrait, rows: Vec<unit::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, rows).await?)
}

/// Takes a unit out of a register that is not frozen.
pub async fn drop_unit(db: &impl ConnectionTrait, id: PollUnitId) -> Result<(), Stop> {
    unit::Entity::delete_by_id(Text(id)).exec(db).await?;
    Ok(())
}

/// Takes all units out of a register that is not frozen.
pub async fn clear_units(db: &impl ConnectionTrait, poll: PollId) -> Result<(), Stop> {
    unit::Entity::delete_many().filter(unit::Column::PollId.eq(Text(poll))).exec(db).await?;
    Ok(())
}

/// Notes whose some units are.
pub async fn give_units(
    db: &impl ConnectionTrait,
    owner: PollOwnerId,
    units: impl IntoIterator<Item = PollUnitId>,
) -> Result<(), Stop> {
    let these = unit::Column::Id.is_in(units.into_iter().map(Text));
    let given = unit::Entity::update_many().col_expr(unit::Column::OwnerId, Expr::value(owner.to_string()));
    given.filter(these).exec(db).await?;
    Ok(())
}

/// Notes that a unit was sold.
pub async fn note_sale(db: &impl ConnectionTrait, id: PollUnitId, day: Date) -> Result<(), Stop> {
    let sold = unit::ActiveModel { id: Set(Text(id)), sold_on: Set(Some(Text(day))), ..Default::default() };
    sold.update(db).await?;
    Ok(())
}

/// The owners of a poll, by their numbers.
pub async fn owners(db: &impl ConnectionTrait, poll: PollId) -> Result<Vec<owner::Model>, Stop> {
    let found = owner::Entity::find().filter(owner::Column::PollId.eq(Text(poll)));
    Ok(found.order_by_asc(owner::Column::Number).all(db).await?)
}

/// The owner `id`.
pub async fn owner(db: &impl ConnectionTrait, id: PollOwnerId) -> Result<Option<owner::Model>, Stop> {
    Ok(owner::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Keeps the owners of a register that is being frozen.
pub async fn insert_owners(db: &impl ConnectionTrait, rows: Vec<owner::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, rows).await?)
}

/// Forgets the owners of a register that is given back; they are put together anew.
pub async fn clear_owners(db: &impl ConnectionTrait, poll: PollId) -> Result<(), Stop> {
    let nobody = unit::Entity::update_many().col_expr(unit::Column::OwnerId, Expr::null());
    nobody.filter(unit::Column::PollId.eq(Text(poll))).exec(db).await?;
    owner::Entity::delete_many().filter(owner::Column::PollId.eq(Text(poll))).exec(db).await?;
    Ok(())
}

/// The polls of whose units a telephone is known.
pub(super) fn with_phones() -> SelectStatement {
    let known = unit::Entity::find().filter(unit::Column::PhoneSealed.is_not_null());
    known.select_only().column(unit::Column::PollId).into_query()
}

/// Forgets the telephones of a register.
pub async fn forget_phones(db: &impl ConnectionTrait, poll: PollId) -> Result<(), Stop> {
    let units = unit::Entity::update_many().col_expr(unit::Column::PhoneSealed, Expr::null());
    units.filter(unit::Column::PollId.eq(Text(poll))).exec(db).await?;
    let owners = owner::Entity::update_many().col_expr(owner::Column::PhoneSealed, Expr::null());
    owners.filter(owner::Column::PollId.eq(Text(poll))).exec(db).await?;
    Ok(())
}

/// Saves an owner by the version that was read.
pub async fn save_owner(db: &impl ConnectionTrait, row: owner::Model) -> Result<(), Stop> {
    save_read(db, owner::Column::Version, row).await
}
