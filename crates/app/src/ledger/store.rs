//! The table of imports. Nobody else touches it.

use domain::{clock::Instant, ids::ImportId, place::PlaceCode};
use platform::{
    db::column::{Document, Int, Text},
    db::save_read,
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};

/// What an import did, for the result page that stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// One line a sheet; empty while nothing was imported.
    pub sheets: Vec<OutcomeOfSheet>,
    /// How many places were pointed out to be looked at.
    pub warnings: usize,
    /// What was pointed out, the first of it; none for imports from before it was kept.
    #[serde(default)]
    pub told: Vec<Told>,
}

/// Something to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The name on the tab.
    pub sheet: String,
    /// The cell, such as `B7`.
    pub cell: String,
    /// What about it.
    pub message: String,
}

/// What an import did with one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeOfSheet {
    /// The name on the tab.
    pub name: String,
    /// Rows that were added.
    pub added: usize,
    /// Rows that changed something.
    pub changed: usize,
    /// Rows that said what was known already.
    pub unchanged: usize,
}

/// Imports.
pub mod import {
    use super::{Document, ImportId, Instant, Int, Outcome, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// One workbook that was sent, previewed, and perhaps imported (导入批次).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "imports")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<ImportId>,
        pub place: Text<PlaceCode>,
        pub file_name: String,
        /// The file, as it was sent.
        pub hash: String,
        /// The office's title, or `命令行` for a command on the machine.
        pub uploaded_by: String,
        pub uploaded_at: Int<Instant>,
        pub done_at: Option<Int<Instant>>,
        pub outcome: Document<Outcome>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The import `id`.
pub async fn import(db: &impl ConnectionTrait, id: ImportId) -> Result<Option<import::Model>, Stop> {
    Ok(import::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The latest imports of `place`, newest first.
pub async fn imports_of(db: &impl ConnectionTrait, place: &PlaceCode, most: u64) -> Result<Vec<import::Model>, Stop> {
    let found = import::Entity::find().filter(import::Column::Place.eq(Text(place.clone())));
    Ok(found.order_by_desc(import::Column::Id).limit(most).all(db).await?)
}

/// Keeps a new import.
pub async fn insert_import(db: &impl ConnectionTrait, row: import::Model) -> Result<(), Stop> {
    import::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Saves a changed import by the version that was read.
pub async fn save_import(db: &impl ConnectionTrait, row: import::Model) -> Result<(), Stop> {
    save_read(db, import::Column::Version, row).await
}
