//! The tables of the county's review. Nobody else touches them.

use domain::{
    clock::Instant,
    ids::{ApplicationId, ConsultationId, DecisionId, OfficeId, PanelReplyId, SeasonId, SubmissionId, VetoFindingId},
    place::PlaceCode,
    selection::review::{ConsultationReply, Verdict},
};
use jiff::civil::Date;
use platform::{
    act::one_row,
    db::column::{Int, Text},
    db::save_read,
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _,
};

/// Panel units' answers.
pub mod panel_reply {
    use super::{ApplicationId, Instant, Int, OfficeId, PanelReplyId, SeasonId, SubmissionId, Text, Verdict};
    use sea_orm::entity::prelude::*;

    /// One unit's answer on one application (评选组成员单位意见).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "panel_replies")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PanelReplyId>,
        pub season_id: Text<SeasonId>,
        pub application_id: Text<ApplicationId>,
        /// The version that was looked at (R-SEL-04).
        pub submission_id: Text<SubmissionId>,
        /// Name of the unit, as the season's parameters write it.
        pub unit: String,
        pub verdict: Text<Verdict>,
        /// Empty unless something was said.
        pub reason: String,
        pub office_id: Text<OfficeId>,
        pub replied_at: Int<Instant>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Veto findings.
pub mod veto_finding {
    use super::{ApplicationId, Instant, Int, OfficeId, SeasonId, Text, VetoFindingId};
    use sea_orm::entity::prelude::*;

    /// What the check of one veto item found on one application (一票否决核查, R-SEL-15).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "veto_findings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<VetoFindingId>,
        pub season_id: Text<SeasonId>,
        pub application_id: Text<ApplicationId>,
        /// `V1` … of the season's parameters.
        pub code: String,
        pub is_upheld: bool,
        pub note: String,
        /// The document that upholds it; a mere complaint is none.
        pub source_document: String,
        pub office_id: Text<OfficeId>,
        pub found_at: Int<Instant>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Consultations.
pub mod consultation {
    use super::{ConsultationId, ConsultationReply, Date, Instant, Int, OfficeId, PlaceCode, SeasonId, Text};
    use sea_orm::entity::prelude::*;

    /// One opinion asked for (征求意见, R-SEL-13).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "consultations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<ConsultationId>,
        pub season_id: Text<SeasonId>,
        /// The county.
        pub place: Text<PlaceCode>,
        /// Order in which the season's parameters name them.
        pub position: i32,
        /// The post of whoever is asked.
        pub consultee: String,
        /// Their department; empty when none is named.
        pub department: String,
        pub sent_at: Int<Instant>,
        /// Last day for the answer.
        pub due_on: Text<Date>,
        pub reply: Option<Text<ConsultationReply>>,
        pub reply_text: String,
        pub replied_on: Option<Text<Date>>,
        /// Who sent it, then who kept the answer.
        pub office_id: Text<OfficeId>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Decisions of the standing committee.
pub mod decision {
    use super::{Date, DecisionId, Instant, Int, OfficeId, PlaceCode, SeasonId, Text};
    use sea_orm::entity::prelude::*;

    /// The standing committee's decision of a season (审定).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "decisions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<DecisionId>,
        pub season_id: Text<SeasonId>,
        /// The county.
        pub place: Text<PlaceCode>,
        pub meeting_on: Text<Date>,
        /// Number of the minutes (会议纪要文号).
        pub minutes_number: String,
        /// How many were approved.
        pub approved: i32,
        pub office_id: Text<OfficeId>,
        pub decided_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who came in for whom.
pub mod substitution {
    use super::{ApplicationId, Instant, Int, OfficeId, SeasonId, Text};
    use sea_orm::entity::prelude::*;

    /// An application that its street recommended in the place of one that the panel rejected (递补, R-SEL-16).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "substitutions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub application_id: Text<ApplicationId>,
        pub replaced_id: Text<ApplicationId>,
        pub season_id: Text<SeasonId>,
        pub office_id: Text<OfficeId>,
        pub substituted_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The substitutions of a season, oldest first.
pub async fn substitutions(db: &impl ConnectionTrait, season: SeasonId) -> Result<Vec<substitution::Model>, Stop> {
    let found = substitution::Entity::find().filter(substitution::Column::SeasonId.eq(Text(season)));
    Ok(found.order_by_asc(substitution::Column::ApplicationId).all(db).await?)
}

/// Keeps a substitution.
pub async fn insert_substitution(db: &impl ConnectionTrait, row: substitution::Model) -> Result<(), Stop> {
    let insert = substitution::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(db).await?;
    Ok(())
}

/// Every answer of the panel in a season, by application and unit.
pub async fn replies(db: &impl ConnectionTrait, season: SeasonId) -> Result<Vec<panel_reply::Model>, Stop> {
    let found = panel_reply::Entity::find().filter(panel_reply::Column::SeasonId.eq(Text(season)));
    let found = found.order_by_asc(panel_reply::Column::ApplicationId).order_by_asc(panel_reply::Column::Unit);
    Ok(found.all(db).await?)
}

/// Keeps a new answer, or one that was changed since version `read`.
pub async fn put_reply(
    db: &impl ConnectionTrait,
    mut reply: panel_reply::Model,
    read: Option<i32>,
) -> Result<(), Stop> {
    let Some(read) = read else {
        let insert = panel_reply::Entity::insert(reply.into_active_model().reset_all());
        insert.exec_without_returning(db).await?;
        return Ok(());
    };
    reply.version = read + 1;
    let id = reply.id;
    let saved = panel_reply::Entity::update_many()
        .set(reply.into_active_model().reset_all())
        .filter(panel_reply::Column::Id.eq(id))
        .filter(panel_reply::Column::Version.eq(read))
        .exec(db)
        .await?;
    one_row(saved.rows_affected)
}

/// Every finding of a season, by application and code.
pub async fn findings(db: &impl ConnectionTrait, season: SeasonId) -> Result<Vec<veto_finding::Model>, Stop> {
    let found = veto_finding::Entity::find().filter(veto_finding::Column::SeasonId.eq(Text(season)));
    let found = found.order_by_asc(veto_finding::Column::ApplicationId).order_by_asc(veto_finding::Column::Code);
    Ok(found.all(db).await?)
}

/// The findings on one application, by code.
pub async fn findings_on(
    db: &impl ConnectionTrait,
    application: ApplicationId,
) -> Result<Vec<veto_finding::Model>, Stop> {
    let found = veto_finding::Entity::find().filter(veto_finding::Column::ApplicationId.eq(Text(application)));
    Ok(found.order_by_asc(veto_finding::Column::Code).all(db).await?)
}

/// Keeps a new finding, or one that was changed since version `read`.
pub async fn put_finding(
    db: &impl ConnectionTrait,
    mut finding: veto_finding::Model,
    read: Option<i32>,
) -> Result<(), Stop> {
    let Some(read) = read else {
        let insert = veto_finding::Entity::insert(finding.into_active_model().reset_all());
        insert.exec_without_returning(db).await?;
        return Ok(());
    };
    finding.version = read + 1;
    let id = finding.id;
    let saved = veto_finding::Entity::update_many()
        .set(finding.into_active_model().reset_all())
        .filter(veto_finding::Column::Id.eq(id))
        .filter(veto_finding::Column::Version.eq(read))
        .exec(db)
        .await?;
    one_row(saved.rows_affected)
}

/// The consultations of a season, in the order of its parameters.
pub async fn consultations(db: &impl ConnectionTrait, season: SeasonId) -> Result<Vec<consultation::Model>, Stop> {
    let found = consultation::Entity::find().filter(consultation::Column::SeasonId.eq(Text(season)));
    Ok(found.order_by_asc(consultation::Column::Position).order_by_asc(consultation::Column::Id).all(db).await?)
}

/// The consultation `id`.
pub async fn consultation(db: &impl ConnectionTrait, id: ConsultationId) -> Result<Option<consultation::Model>, Stop> {
    Ok(consultation::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Keeps the consultations that were sent together; those of a season are sent once.
pub async fn insert_consultations(db: &impl ConnectionTrait, rows: Vec<consultation::Model>) -> Result<(), Stop> {
    Ok(platform::db::insert_all(db, rows).await?)
}

/// Saves a consultation by the version that was read.
pub async fn save_consultation(db: &impl ConnectionTrait, row: consultation::Model) -> Result<(), Stop> {
    save_read(db, consultation::Column::Version, row).await
}

/// The decision of a season, once there is one.
pub async fn decision(db: &impl ConnectionTrait, season: SeasonId) -> Result<Option<decision::Model>, Stop> {
    Ok(decision::Entity::find().filter(decision::Column::SeasonId.eq(Text(season))).one(db).await?)
}

/// Keeps the decision of a season.
pub async fn insert_decision(db: &impl ConnectionTrait, row: decision::Model) -> Result<(), Stop> {
    let insert = decision::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(db).await?;
    Ok(())
}
