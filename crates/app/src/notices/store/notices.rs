//! Notices and the names in them.

use domain::{
    clock::Instant,
    ids::{ApplicationId, NoticeId, OfficeId, SeasonId},
    place::PlaceCode,
    selection::notice::{NoticeContent, NoticeKind, Period},
};
use jiff::civil::Date;
use platform::{
    db::save_read,
    db::{
        column::{Document, Int, Text},
        follow_place, within,
    },
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};

/// A period made longer because the notice could not be read (R-NOT-06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// When it could be read no more.
    pub from: Instant,
    /// When it could be read again.
    pub until: Instant,
    /// What happened.
    pub reason: String,
    /// The last day before.
    pub ended_on: Date,
    /// The last day now.
    pub ends_on: Date,
    /// When it was extended.
    pub at: Instant,
}

/// Notices.
pub mod notice {
    use super::{
        Date, Document, Extension, Instant, Int, NoticeContent, NoticeId, NoticeKind, OfficeId, PlaceCode, SeasonId,
        Text,
    };
    use sea_orm::entity::prelude::*;

    /// One version of a notice (公示); a draft until it is published.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notices")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<NoticeId>,
        pub season_id: Text<SeasonId>,
        /// The county, which is where it is published.
        pub place: Text<PlaceCode>,
        pub kind: Text<NoticeKind>,
        /// What the versions of one notice have in common: the season, or the application whose award is taken back.
        pub chain: String,
        /// 1 for the first version.
        pub number: i32,
        /// The version that this one corrects (R-NOT-07).
        pub supersedes: Option<Text<NoticeId>>,
        pub title: String,
        pub content: Document<NoticeContent>,
        /// Working days of its period (R-NOT-02).
        pub working_days: i32,
        pub published_at: Option<Int<Instant>>,
        /// The day the period is counted from; a correction that leaves the list alone keeps the day of the first.
        pub published_on: Option<Text<Date>>,
        /// Last day of the period, until 24:00.
        pub ends_on: Option<Text<Date>>,
        pub superseded_at: Option<Int<Instant>>,
        /// Why it was corrected; empty for a first version.
        pub correction_reason: String,
        pub extensions: Document<Vec<Extension>>,
        pub office_id: Text<OfficeId>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// Its period, once it is published.
        #[must_use]
        pub fn period(&self) -> Option<super::Period> {
            let (published_on, ends_on) = (self.published_on?.0, self.ends_on?.0);
            Some(super::Period { published_on, ends_on })
        }

        /// Whether people are to read this version now: published, and not replaced by another.
        #[must_use]
        pub const fn is_current(&self) -> bool {
            self.published_at.is_some() && self.superseded_at.is_none()
        }
    }
}

/// The names in a notice.
pub mod entry {
    use super::{ApplicationId, NoticeId, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// One line of a notice's list, with the names as they were published (R-NOT-08).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notice_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub notice_id: Text<NoticeId>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub application_id: Text<ApplicationId>,
        /// 1 for the first line.
        pub position: i32,
        /// The branch.
        pub place: Text<PlaceCode>,
        pub street: String,
        pub community: String,
        pub branch: String,
        /// Names of its compounds, `、` between them.
        pub compounds: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The notice `id`.
pub async fn notice(db: &impl ConnectionTrait, id: NoticeId) -> Result<Option<notice::Model>, Stop> {
    Ok(notice::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Every version of the notice `chain`, the latest first.
pub async fn versions(db: &impl ConnectionTrait, chain: &str) -> Result<Vec<notice::Model>, Stop> {
    let found = notice::Entity::find().filter(notice::Column::Chain.eq(chain));
    Ok(found.order_by_desc(notice::Column::Number).all(db).await?)
}

/// The latest version of the notice `chain`, a draft included.
pub async fn latest(db: &impl ConnectionTrait, chain: &str) -> Result<Option<notice::Model>, Stop> {
    let found = notice::Entity::find().filter(notice::Column::Chain.eq(chain));
    Ok(found.order_by_desc(notice::Column::Number).one(db).await?)
}

/// Published notices at or under `place` that no later version replaced, newest first.
pub async fn published(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    offset: u64,
    most: u64,
) -> Result<Vec<notice::Model>, Stop> {
    let found = notice::Entity::find()
        .filter(within(notice::Column::Place, place))
        .filter(notice::Column::PublishedAt.is_not_null())
        .filter(notice::Column::SupersededAt.is_null())
        .order_by_desc(notice::Column::PublishedAt)
        .order_by_desc(notice::Column::Id)
        .offset(offset)
        .limit(most);
    Ok(found.all(db).await?)
}

/// Published notices of every county that no later version replaced and that ended on `day` or later.
pub async fn current_until(db: &impl ConnectionTrait, day: Date) -> Result<Vec<notice::Model>, Stop> {
    let found = notice::Entity::find()
        .filter(notice::Column::PublishedAt.is_not_null())
        .filter(notice::Column::SupersededAt.is_null())
        .filter(notice::Column::EndsOn.gte(Text(day)));
    Ok(found.order_by_asc(notice::Column::Id).all(db).await?)
}

/// Lets the names in notices follow a branch to its new code; what was published of it stays as it was.
pub async fn follow_move(db: &impl ConnectionTrait, from: &PlaceCode, to: &PlaceCode) -> Result<(), Stop> {
    Ok(follow_place::<entry::Entity>(db, entry::Column::Place, from, to).await?)
}

/// Keeps a new notice.
pub async fn insert(db: &impl ConnectionTrait, row: notice::Model) -> Result<(), Stop> {
    let insert = notice::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(db).await?;
    Ok(())
}

/// Saves a changed notice by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: notice::Model) -> Result<(), Stop> {
    save_read(db, notice::Column::Version, row).await
}

/// The list of a notice, in its order.
pub async fn entries(db: &impl ConnectionTrait, notice: NoticeId) -> Result<Vec<entry::Model>, Stop> {
    let found = entry::Entity::find().filter(entry::Column::NoticeId.eq(Text(notice)));
    Ok(found.order_by_asc(entry::Column::Position).order_by_asc(entry::Column::ApplicationId).all(db).await?)
}

/// The lists of these notices, by notice and in their order.
pub async fn entries_of(
    db: &impl ConnectionTrait,
    notices: impl IntoIterator<Item = NoticeId>,
) -> Result<Vec<entry::Model>, Stop> {
    let found = entry::Entity::find().filter(entry::Column::NoticeId.is_in(notices.into_iter().map(Text)));
    let ordered = found.order_by_asc(entry::Column::NoticeId).order_by_asc(entry::Column::Position);
    Ok(ordered.order_by_asc(entry::Column::ApplicationId).all(db).await?)
}

/// The line of `application` in `notice`, if it is named there.
pub async fn entry(
    db: &impl ConnectionTrait,
    notice: NoticeId,
    application: ApplicationId,
) -> Result<Option<entry::Model>, Stop> {
    Ok(entry::Entity::find_by_id((Text(notice), Text(application))).one(db).await?)
}

/// Keeps the list of a notice that is being published.
pub async fn insert_entries(db: &impl ConnectionTrait, rows: Vec<entry::Model>) -> Result<(), Stop> {
    Ok(platform::db::insert_all(db, rows).await?)
}
