//! Applications and their submitted versions.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    ids::{ApplicationId, OfficeId, SeasonId, SubmissionId},
    place::PlaceCode,
    selection::application::{Application, Hand, Stage, Submitted},
};
use platform::{
    act::one_row,
    db::{
        column::{Document, Int, Text},
        follow_place, within,
    },
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel as _, QueryFilter, QueryOrder,
    QuerySelect as _, sea_query::Expr,
};

use crate::selection::content::Content;

/// Applications.
pub mod row {
    use super::{ApplicationId, Content, Document, Hand, Instant, Int, PlaceCode, SeasonId, Stage, SubmissionId, Text};
    use sea_orm::entity::prelude::*;

    /// A branch's application (申报), with its draft and the figures that lists show.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "applications")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<ApplicationId>,
        pub season_id: Text<SeasonId>,
        pub branch: Text<PlaceCode>,
        pub stage: Text<Stage>,
        pub stage_since: Int<Instant>,
        pub submission_id: Option<Text<SubmissionId>>,
        pub submission_number: i32,
        pub hands: Document<Vec<Hand>>,
        pub draft: Document<Content>,
        /// How often the draft was saved: two people may write at it, and neither may lose what the other has written.
        pub draft_version: i32,
        /// Total of the last submitted self-score, in hundredths.
        pub self_total: i32,
        /// Average of the site assessments, in hundredths; 0 before.
        pub street_average: i32,
        /// Rank in the street's recommendation; 0 before.
        pub street_rank: i32,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// How it stands in words.
        #[must_use]
        pub const fn words(&self) -> &'static str {
            super::stage_words(self.stage.0, self.submission_number)
        }

        /// The application as the rules know it.
        #[must_use]
        pub fn to_application(&self) -> super::Application {
            super::Application {
                id: self.id.0,
                season: self.season_id.0,
                branch: self.branch.0.clone(),
                stage: self.stage.0,
                stage_since: self.stage_since.0,
                submission: self.submission_id.map(|id| super::Submitted { id: id.0, number: self.submission_number }),
                hands: self.hands.0.clone(),
                version: self.version,
            }
        }
    }
}

/// How an application stands in words: what came back to the branch, or was withdrawn and taken up again, is no first draft.
#[must_use]
pub const fn stage_words(stage: Stage, submissions: i32) -> &'static str {
    match stage {
        Stage::Draft if submissions > 0 => "待支部修改后重新提交",
        stage => stage.label(),
    }
}

/// Submitted versions.
pub mod submission {
    use super::{ApplicationId, Content, Document, Instant, Int, OfficeId, SubmissionId, Text};
    use sea_orm::entity::prelude::*;

    /// A submitted version (申报版本); never changed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "submissions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<SubmissionId>,
        pub application_id: Text<ApplicationId>,
        pub number: i32,
        pub content: Document<Content>,
        pub self_total: i32,
        pub submitted_at: Int<Instant>,
        pub office_id: Option<Text<OfficeId>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The application `id`.
pub async fn application(db: &impl ConnectionTrait, id: ApplicationId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The application of `branch` in a season.
pub async fn application_of(
    db: &impl ConnectionTrait,
    season: SeasonId,
    branch: &PlaceCode,
) -> Result<Option<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::SeasonId.eq(Text(season)))
        .filter(row::Column::Branch.eq(Text(branch.clone())));
    Ok(found.one(db).await?)
}

/// The applications of a season at or under `place`, by branch; all stages when `stages` is empty.
pub async fn applications_under(
    db: &impl ConnectionTrait,
    season: SeasonId,
    place: &PlaceCode,
    stages: &[Stage],
) -> Result<Vec<row::Model>, Stop> {
    let mut found =
        row::Entity::find().filter(row::Column::SeasonId.eq(Text(season))).filter(within(row::Column::Branch, place));
    if !stages.is_empty() {
        found = found.filter(row::Column::Stage.is_in(stages.iter().map(|stage| Text(*stage))));
    }
    Ok(found.order_by_asc(row::Column::Branch).order_by_asc(row::Column::Id).all(db).await?)
}

/// How many applications of a season at or under `place` stand at each stage.
pub async fn stages(
    db: &impl ConnectionTrait,
    season: SeasonId,
    place: &PlaceCode,
) -> Result<BTreeMap<Stage, u64>, Stop> {
    let counted: Vec<(Text<Stage>, i64)> = row::Entity::find()
        .filter(row::Column::SeasonId.eq(Text(season)))
        .filter(within(row::Column::Branch, place))
        .select_only()
        .column(row::Column::Stage)
        .column_as(row::Column::Id.count(), "count")
        .group_by(row::Column::Stage)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counted.into_iter().map(|(stage, count)| (stage.0, u64::try_from(count).unwrap_or(0))).collect())
}

/// The applications at or under `place` that stand at one of `stages`, whatever their season.
pub async fn applications_at(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    stages: &[Stage],
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(within(row::Column::Branch, place))
        .filter(row::Column::Stage.is_in(stages.iter().map(|stage| Text(*stage))));
    Ok(found.order_by_asc(row::Column::Branch).order_by_asc(row::Column::Id).all(db).await?)
}

/// The applications `ids`, whatever their season.
pub async fn applications_by_id(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ApplicationId>,
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::Id.is_in(ids.into_iter().map(Text)));
    Ok(found.order_by_asc(row::Column::Id).all(db).await?)
}

/// At most `most` applications of these branches, whatever their season, the newest first; for search.
pub async fn applications_of_branches(
    db: &impl ConnectionTrait,
    branches: &[PlaceCode],
    most: u64,
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::Branch.is_in(branches.iter().cloned().map(Text)));
    Ok(found.order_by_desc(row::Column::Id).limit(most).all(db).await?)
}

/// Lets the applications of a branch follow it to its new code.
pub async fn follow_move(db: &impl ConnectionTrait, from: &PlaceCode, to: &PlaceCode) -> Result<(), Stop> {
    Ok(follow_place::<row::Entity>(db, row::Column::Branch, from, to).await?)
}

/// Keeps a new application.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    row::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Saves what a step changed, by the version that was read.
pub async fn save(db: &impl ConnectionTrait, application: &Application) -> Result<(), Stop> {
    let saved = row::Entity::update_many()
        .col_expr(row::Column::Stage, Expr::value(application.stage.code()))
        .col_expr(row::Column::StageSince, Expr::value(application.stage_since.as_micros()))
        .col_expr(row::Column::SubmissionId, Expr::value(application.submission.map(|it| it.id.to_string())))
        .col_expr(row::Column::SubmissionNumber, Expr::value(application.submission.map_or(0, |it| it.number)))
        .col_expr(row::Column::Hands, Expr::value(Document(application.hands.clone())))
        .col_expr(row::Column::Version, Expr::value(application.version + 1))
        .filter(row::Column::Id.eq(Text(application.id)))
        .filter(row::Column::Version.eq(application.version))
        .exec(db)
        .await?;
    one_row(saved.rows_affected)
}

/// Saves a draft by the version of the draft that was read. The application's own version is left alone: a draft is no step.
pub async fn save_draft(db: &impl ConnectionTrait, id: ApplicationId, draft: &Content, read: i32) -> Result<(), Stop> {
    let saved = row::Entity::update_many()
        .col_expr(row::Column::Draft, Expr::value(Document(draft.clone())))
        .col_expr(row::Column::DraftVersion, Expr::value(read + 1))
        .filter(row::Column::Id.eq(Text(id)))
        .filter(row::Column::DraftVersion.eq(read))
        .filter(row::Column::Stage.eq(Text(Stage::Draft)))
        .exec(db)
        .await?;
    one_row(saved.rows_affected)
}

/// Saves a figure that lists show.
pub async fn save_figure(
    db: &impl ConnectionTrait,
    id: ApplicationId,
    column: row::Column,
    value: i64,
) -> Result<(), Stop> {
    let saved = row::Entity::update_many()
        .col_expr(column, Expr::value(value))
        .filter(row::Column::Id.eq(Text(id)))
        .exec(db)
        .await?;
    one_row(saved.rows_affected)
}

/// Saves the rank of an application that its street recommended after the others (递补).
pub async fn save_rank(db: &impl ConnectionTrait, id: ApplicationId, rank: i32) -> Result<(), Stop> {
    save_figure(db, id, row::Column::StreetRank, rank.into()).await
}

/// Keeps a submitted version.
pub async fn insert_submission(db: &impl ConnectionTrait, submission: submission::Model) -> Result<(), Stop> {
    submission::Entity::insert(submission.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// The submitted version `id`.
pub async fn submission(db: &impl ConnectionTrait, id: SubmissionId) -> Result<Option<submission::Model>, Stop> {
    Ok(submission::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Every submitted version of an application, the newest first.
pub async fn submissions_of(db: &impl ConnectionTrait, id: ApplicationId) -> Result<Vec<submission::Model>, Stop> {
    let versions = submission::Entity::find().filter(submission::Column::ApplicationId.eq(Text(id)));
    Ok(versions.order_by_desc(submission::Column::Number).all(db).await?)
}

/// The submitted versions `ids`, for ranking by time of submission.
pub async fn submissions_by_id(
    db: &impl ConnectionTrait,
    ids: Vec<SubmissionId>,
) -> Result<Vec<submission::Model>, Stop> {
    let ids = ids.into_iter().map(Text);
    Ok(submission::Entity::find().filter(submission::Column::Id.is_in(ids)).all(db).await?)
}
