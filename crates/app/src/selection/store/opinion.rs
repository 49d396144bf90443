//! Opinions of every level.

use domain::{
    clock::Instant,
    ids::{ApplicationId, OfficeId, OpinionId, SubmissionId},
};
use platform::{
    db::column::{Document, Int, Text},
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel as _, QueryFilter, QueryOrder,
};

use crate::selection::content::OpinionStep;

/// Opinions.
pub mod row {
    use super::{ApplicationId, Document, Instant, Int, OfficeId, OpinionId, OpinionStep, SubmissionId, Text};
    use sea_orm::entity::prelude::*;

    /// One level's opinion on one submitted version (意见), signed with the office; never changed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "opinions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<OpinionId>,
        pub application_id: Text<ApplicationId>,
        pub submission_id: Text<SubmissionId>,
        pub step: Text<OpinionStep>,
        pub is_favourable: bool,
        pub words: String,
        /// What was ticked.
        pub details: Document<Vec<String>>,
        pub office_id: Option<Text<OfficeId>>,
        /// Title of the office and name of the person, as they were then.
        pub signed: String,
        pub given_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Keeps an opinion.
pub async fn insert(db: &impl ConnectionTrait, opinion: row::Model) -> Result<(), Stop> {
    row::Entity::insert(opinion.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Every opinion on an application, the oldest first.
pub async fn opinions_of(db: &impl ConnectionTrait, id: ApplicationId) -> Result<Vec<row::Model>, Stop> {
    let opinions = row::Entity::find().filter(row::Column::ApplicationId.eq(Text(id)));
    Ok(opinions.order_by_asc(row::Column::Id).all(db).await?)
}

/// The opinions of one step on many applications, the oldest first; for lists.
pub async fn opinions_at(
    db: &impl ConnectionTrait,
    step: OpinionStep,
    ids: Vec<ApplicationId>,
) -> Result<Vec<row::Model>, Stop> {
    let opinions = row::Entity::find()
        .filter(row::Column::ApplicationId.is_in(ids.into_iter().map(Text)))
        .filter(row::Column::Step.eq(Text(step)));
    Ok(opinions.order_by_asc(row::Column::Id).all(db).await?)
}
