//! Files attached to applications.

use domain::{
    clock::Instant,
    ids::{ApplicationId, AttachmentId},
};
use platform::{
    act::one_row,
    db::column::{Int, Text},
    error::Stop,
    files::FileKind,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel as _, QueryFilter,
    QueryOrder, sea_query::Expr,
};

/// Attachments.
pub mod row {
    use super::{ApplicationId, AttachmentId, FileKind, Instant, Int, Text};
    use sea_orm::entity::prelude::*;

    /// A file attached to an application (附件).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<AttachmentId>,
        pub application_id: Text<ApplicationId>,
        /// The item of the score sheet it shows; empty for the whole.
        pub item: String,
        pub blob_hash: String,
        pub file_name: String,
        pub kind: Text<FileKind>,
        pub size: i64,
        pub attached_at: Int<Instant>,
        /// Title of the office and name of the person, as they were then; empty for files from before it was kept.
        pub signed: String,
        pub detached_at: Option<Int<Instant>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Keeps an attachment.
pub async fn insert(db: &impl ConnectionTrait, attachment: row::Model) -> Result<(), Stop> {
    row::Entity::insert(attachment.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// The attachment `id`.
pub async fn attachment(db: &impl ConnectionTrait, id: AttachmentId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The files attached to an application at present, the oldest first.
pub async fn attachments_of(db: &impl ConnectionTrait, id: ApplicationId) -> Result<Vec<row::Model>, Stop> {
    let found =
        row::Entity::find().filter(row::Column::ApplicationId.eq(Text(id))).filter(row::Column::DetachedAt.is_null());
    Ok(found.order_by_asc(row::Column::Id).all(db).await?)
}

/// The files an application had at a moment: those of the version submitted then.
pub async fn attachments_at(
    db: &impl ConnectionTrait,
    id: ApplicationId,
    at: Instant,
) -> Result<Vec<row::Model>, Stop> {
    let there = Condition::any().add(row::Column::DetachedAt.is_null()).add(row::Column::DetachedAt.gt(at.as_micros()));
    let found = row::Entity::find()
        .filter(row::Column::ApplicationId.eq(Text(id)))
        .filter(row::Column::AttachedAt.lte(at.as_micros()))
        .filter(there);
    Ok(found.order_by_asc(row::Column::Id).all(db).await?)
}

/// Takes a file off; what was seen before stays in the storage.
pub async fn detach(db: &impl ConnectionTrait, id: AttachmentId, now: Instant) -> Result<(), Stop> {
    let detached = row::Entity::update_many()
        .col_expr(row::Column::DetachedAt, Expr::value(now.as_micros()))
        .filter(row::Column::Id.eq(Text(id)))
        .filter(row::Column::DetachedAt.is_null())
        .exec(db)
        .await?;
    one_row(detached.rows_affected)
}
