//! The table of resolutions. Nobody else touches it.

use domain::{
    ids::{MeetingId, ResolutionId},
    meeting::{Matter, MeetingKind, VoteKind, VoteResult},
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    act::Act,
    db::{column::Text, insert_all},
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Resolutions.
pub mod row {
    use super::{Date, Matter, MeetingId, MeetingKind, PlaceCode, ResolutionId, Text, VoteKind, VoteResult};
    use sea_orm::entity::prelude::*;

    /// What a meeting decided by a vote (决议). Never changed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resolutions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<ResolutionId>,
        pub branch: Text<PlaceCode>,
        pub meeting_id: Text<MeetingId>,
        pub title: String,
        pub text: String,
        pub kind: Text<VoteKind>,
        /// What it is about; older ones may not tell.
        pub matter: Option<Text<Matter>>,
        /// What kind of meeting passed it; older ones may not tell.
        pub meeting_kind: Option<Text<MeetingKind>>,
        /// 应到会有表决权的党员.
        pub eligible: i32,
        pub present: i32,
        /// 赞成.
        pub yes: i32,
        pub result: Text<VoteResult>,
        pub decided_on: Text<Date>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// Whether it was passed.
        #[must_use]
        pub fn has_passed(&self) -> bool {
            self.result.0 == VoteResult::Passed
        }

        /// Whether a general meeting (支部党员大会) passed it on `matter`; anything else does not stand for it.
        #[must_use]
        pub fn is_passed_by_all_on(&self, matter: Matter) -> bool {
            self.has_passed()
                && self.matter == Some(Text(matter))
                && self.meeting_kind == Some(Text(MeetingKind::General))
        }

        /// The numbers in words: `应到会有表决权 20 人，实到 16 人，赞成 12 票，通过`; of an election without a single count of votes.
        #[must_use]
        pub fn words(&self) -> String {
            if self.kind.0 == VoteKind::Election && self.text.starts_with("应选") {
                let result = match self.result.0 {
                    VoteResult::Passed => "选举完成",
                    VoteResult::Failed => "没有选出全部名额",
                    VoteResult::Invalid => "到会人数不足，选举无效",
                };
                return format!("应到会有选举权 {} 人，实到 {} 人，{result}", self.eligible, self.present);
            }
            let Self { eligible, present, yes, result, .. } = self;
            format!("应到会有表决权 {eligible} 人，实到 {present} 人，赞成 {yes} 票，{}", result.0.label())
        }
    }
}

/// The resolution `id`.
///
/// # Errors
/// When the database cannot be read.
pub async fn resolution(db: &impl ConnectionTrait, id: ResolutionId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// What a meeting resolved, in the order of its topics.
///
/// # Errors
/// When the database cannot be read.
pub async fn resolutions_of(db: &impl ConnectionTrait, meeting: MeetingId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::MeetingId.eq(Text(meeting)));
    Ok(found.order_by_asc(row::Column::Id).all(db).await?)
}

/// What a branch has passed, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn passed_resolutions(db: &impl ConnectionTrait, branch: &PlaceCode) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::Branch.eq(Text(branch.clone())))
        .filter(row::Column::Result.eq(Text(VoteResult::Passed)))
        .order_by_desc(row::Column::DecidedOn)
        .order_by_desc(row::Column::Id);
    Ok(found.all(db).await?)
}

/// What general meetings of a branch have passed on `matter`, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn passed_on(db: &impl ConnectionTrait, branch: &PlaceCode, matter: Matter) -> Result<Vec<row::Model>, Stop> {
    let mut passed = passed_resolutions(db, branch).await?;
    passed.retain(|row| row.is_passed_by_all_on(matter));
    Ok(passed)
}

/// Keeps a new resolution, in the deed that closes its meeting.
///
/// # Errors
/// When the database refuses.
pub async fn keep_resolution(act: &Act<'_>, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(act.db(), vec![row]).await?)
}
