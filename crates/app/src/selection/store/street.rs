//! Site assessments, recusals and recommendations.

use domain::{
    clock::Instant,
    ids::{AccountId, ApplicationId, AssessmentId, RecommendationId, SeasonId, SubmissionId},
    place::PlaceCode,
    selection::score::Scores,
};
use jiff::civil::Date;
use platform::{
    db::column::{Document, Int, Text},
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel as _, QueryFilter, QueryOrder,
};

/// Site assessments.
pub mod assessment {
    use super::{AccountId, ApplicationId, AssessmentId, Document, Instant, Int, Scores, SubmissionId, Text};
    use sea_orm::entity::prelude::*;

    /// One assessor's scores on one submitted version (实地评估).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "assessments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<AssessmentId>,
        pub application_id: Text<ApplicationId>,
        pub submission_id: Text<SubmissionId>,
        pub account_id: Text<AccountId>,
        pub signed: String,
        pub scores: Document<Scores>,
        pub total: i32,
        pub notes: String,
        pub given_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Recusals.
pub mod recusal {
    use super::{AccountId, ApplicationId, Instant, Int, Text};
    use sea_orm::entity::prelude::*;

    /// An assessor who declared a relation and stands back (回避).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recusals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub application_id: Text<ApplicationId>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: Text<AccountId>,
        pub signed: String,
        pub relation: String,
        pub declared_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Recommendations.
pub mod recommendation {
    use super::{Date, Instant, Int, PlaceCode, RecommendationId, SeasonId, Text};
    use sea_orm::entity::prelude::*;

    /// A street's recommendation, submitted together (推荐上报).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recommendations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<RecommendationId>,
        pub season_id: Text<SeasonId>,
        pub street: Text<PlaceCode>,
        pub met_on: Text<Date>,
        pub record: String,
        pub submitted_at: Int<Instant>,
        pub signed: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Keeps an assessment; an earlier one of the same assessor on the same version is replaced.
pub async fn put_assessment(db: &impl ConnectionTrait, assessment: assessment::Model) -> Result<(), Stop> {
    assessment::Entity::delete_many()
        .filter(assessment::Column::ApplicationId.eq(assessment.application_id))
        .filter(assessment::Column::SubmissionId.eq(assessment.submission_id))
        .filter(assessment::Column::AccountId.eq(assessment.account_id))
        .exec(db)
        .await?;
    assessment::Entity::insert(assessment.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// The assessments of one submitted version, the oldest first.
pub async fn assessments_of(db: &impl ConnectionTrait, id: SubmissionId) -> Result<Vec<assessment::Model>, Stop> {
    let found = assessment::Entity::find().filter(assessment::Column::SubmissionId.eq(Text(id)));
    Ok(found.order_by_asc(assessment::Column::Id).all(db).await?)
}

/// The assessments of many submitted versions, the oldest first.
pub async fn assessments_of_many(
    db: &impl ConnectionTrait,
    ids: Vec<SubmissionId>,
) -> Result<Vec<assessment::Model>, Stop> {
    let found = assessment::Entity::find().filter(assessment::Column::SubmissionId.is_in(ids.into_iter().map(Text)));
    Ok(found.order_by_asc(assessment::Column::Id).all(db).await?)
}

/// Leaves only the sheets that count: whoever stands back from an application has not assessed it.
pub fn drop_recused(sheets: &mut Vec<assessment::Model>, recusals: &[recusal::Model]) {
    let stands_back = |sheet: &assessment::Model| {
        recusals.iter().any(|it| it.application_id == sheet.application_id && it.account_id == sheet.account_id)
    };
    sheets.retain(|sheet| !stands_back(sheet));
}

/// Keeps a recusal.
pub async fn insert_recusal(db: &impl ConnectionTrait, recusal: recusal::Model) -> Result<(), Stop> {
    recusal::Entity::insert(recusal.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Who stands back from an application.
pub async fn recusals_of(db: &impl ConnectionTrait, id: ApplicationId) -> Result<Vec<recusal::Model>, Stop> {
    let found = recusal::Entity::find().filter(recusal::Column::ApplicationId.eq(Text(id)));
    Ok(found.order_by_asc(recusal::Column::AccountId).all(db).await?)
}

/// Who stands back from these applications.
pub async fn recusals_of_many(db: &impl ConnectionTrait, ids: Vec<ApplicationId>) -> Result<Vec<recusal::Model>, Stop> {
    let found = recusal::Entity::find().filter(recusal::Column::ApplicationId.is_in(ids.into_iter().map(Text)));
    let sorted = found.order_by_asc(recusal::Column::ApplicationId).order_by_asc(recusal::Column::AccountId);
    Ok(sorted.all(db).await?)
}

/// Keeps a recommendation.
pub async fn insert_recommendation(
    db: &impl ConnectionTrait,
    recommendation: recommendation::Model,
) -> Result<(), Stop> {
    recommendation::Entity::insert(recommendation.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// What a street reported in a season.
pub async fn recommendation_of(
    db: &impl ConnectionTrait,
    season: SeasonId,
    street: &PlaceCode,
) -> Result<Option<recommendation::Model>, Stop> {
    let found = recommendation::Entity::find().filter(recommendation::Column::SeasonId.eq(Text(season)));
    Ok(found.filter(recommendation::Column::Street.eq(Text(street.clone()))).one(db).await?)
}

/// The recommendations of a season, by street.
pub async fn recommendations_of(
    db: &impl ConnectionTrait,
    season: SeasonId,
) -> Result<Vec<recommendation::Model>, Stop> {
    let found = recommendation::Entity::find().filter(recommendation::Column::SeasonId.eq(Text(season)));
    Ok(found.order_by_asc(recommendation::Column::Street).all(db).await?)
}
