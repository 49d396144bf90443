//! The table of the duplicates. Nobody else touches it.

use std::collections::BTreeSet;

use domain::{
    clock::Instant,
    ids::{DuplicateId, MembershipId},
};
use platform::{
    db::{
        column::{Int, Text},
        insert_all,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

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
pub async fn settled(
    db: &impl ConnectionTrait,
    firsts: &[MembershipId],
) -> Result<BTreeSet<(MembershipId, MembershipId)>, Stop> {
    let mut pairs = BTreeSet::new();
    for chunk in firsts.chunks(500) {
        let these = duplicate::Column::FirstId.is_in(chunk.iter().copied().map(Text));
        let found = duplicate::Entity::find().filter(these).all(db).await?;
        pairs.extend(found.into_iter().map(|row| (row.first_id.0, row.second_id.0)));
    }
    Ok(pairs)
}

/// Keeps what was settled.
pub async fn insert(db: &impl ConnectionTrait, row: duplicate::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}
