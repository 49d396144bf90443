//! The table of the duplicates. Nobody else touches it.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    ids::{DuplicateId, MembershipId},
    place::PlaceCode,
};
use platform::{
    act::one_row,
    db::{
        column::{Int, Text},
        insert_all,
    },
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use crate::people;

/// What a person settled.
pub mod duplicate {
    use super::{DuplicateId, Instant, Int, MembershipId, Text};
    use sea_orm::entity::prelude::*;

    /// Whether two lines of rolls are one member (疑似重复), the smaller identifier first.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "duplicates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<DuplicateId>,
        pub first_id: Text<MembershipId>,
        pub second_id: Text<MembershipId>,
        pub is_same: bool,
        /// Who settled it, in words.
        pub signed: String,
        pub settled_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The pairs that were settled, of those that begin with one of `firsts`.
pub async fn settled(db: &impl ConnectionTrait, firsts: &[MembershipId]) -> Result<Pairs, Stop> {
    let mut pairs = BTreeMap::new();
    for chunk in firsts.chunks(500) {
        let these = duplicate::Column::FirstId.is_in(chunk.iter().copied().map(Text));
        let found = duplicate::Entity::find().filter(these).all(db).await?;
        pairs.extend(found.into_iter().map(|row| ((row.first_id.0, row.second_id.0), row)));
    }
    Ok(pairs)
}

/// What was settled, by the two lines.
pub type Pairs = BTreeMap<(MembershipId, MembershipId), duplicate::Model>;

/// The latest pairs of which both lines lie at or under `place`.
pub async fn latest_under(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    most: u64,
) -> Result<Vec<duplicate::Model>, Stop> {
    let found = duplicate::Entity::find()
        .filter(people::is_member_under(place, duplicate::Column::FirstId))
        .filter(people::is_member_under(place, duplicate::Column::SecondId))
        .order_by_desc(duplicate::Column::SettledAt)
        .order_by_desc(duplicate::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// Keeps what was settled.
pub async fn insert(db: &impl ConnectionTrait, row: duplicate::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Keeps what was settled when a pair came up again.
pub async fn save(db: &impl ConnectionTrait, row: duplicate::Model) -> Result<(), Stop> {
    let id = row.id;
    let saved = duplicate::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(duplicate::Column::Id.eq(id))
        .exec(db)
        .await?;
    one_row(saved.rows_affected)
}

/// A pair waits again.
pub async fn remove(db: &impl ConnectionTrait, id: DuplicateId) -> Result<(), Stop> {
    let gone = duplicate::Entity::delete_by_id(Text(id)).exec(db).await?;
    one_row(gone.rows_affected)
}
