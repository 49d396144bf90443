//! Issues, and which voices belong to them.

use domain::{
    clock::Instant,
    ids::{CompoundId, VoiceId, VoiceIssueId},
    place::PlaceCode,
    voice::{IssueState, VoiceKind, VoiceState, VoiceTopic},
};
use platform::{
    db::{
        column::{Int, Text},
        insert_all, save_read, within,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::Expr,
};

use crate::voices::store::voice::row as voice;

/// Issues.
pub mod row {
    use super::{CompoundId, Instant, Int, IssueState, PlaceCode, Text, VoiceIssueId, VoiceTopic};
    use sea_orm::entity::prelude::*;

    /// What came again and again at one place (共性问题).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "voice_issues")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<VoiceIssueId>,
        /// The branch.
        pub place: Text<PlaceCode>,
        pub compound_id: Option<Text<CompoundId>>,
        pub topic: Text<VoiceTopic>,
        pub state: Text<IssueState>,
        /// Who answers for it; empty at first.
        pub owner: String,
        /// What is planned, and in the end how it was settled.
        pub outcome: String,
        pub opened_at: Int<Instant>,
        pub state_since: Int<Instant>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where and about what: what makes voices one issue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct About {
    /// The branch.
    pub place: PlaceCode,
    /// The compound, where it is known.
    pub compound: Option<CompoundId>,
    /// About what.
    pub topic: VoiceTopic,
}

impl row::Model {
    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> About {
        let compound = self.compound_id.map(|Text(compound)| compound);
        About { place: self.place.0.clone(), compound, topic: self.topic.0 }
    }
}

/// A voice that belongs to no issue yet, as it is selected.
type Loose = (Text<PlaceCode>, Option<Text<CompoundId>>, Text<VoiceTopic>, Text<VoiceId>, Int<Instant>);

/// The voices received since a moment that belong to no issue; reports and what belongs elsewhere never do.
pub async fn loose_since(
    db: &impl ConnectionTrait,
    since: Instant,
    most: u64,
) -> Result<Vec<(About, VoiceId, Instant)>, Stop> {
    let found: Vec<Loose> = voice::Entity::find()
        .filter(voice::Column::ReceivedAt.gte(Int(since)))
        .filter(voice::Column::IssueId.is_null())
        .filter(voice::Column::SplitFrom.is_null())
        .filter(voice::Column::Kind.ne(Text(VoiceKind::Report)))
        .filter(voice::Column::State.ne(Text(VoiceState::OutOfScope)))
        .order_by_desc(voice::Column::ReceivedAt)
        .limit(most)
        .select_only()
        .columns([voice::Column::Place, voice::Column::CompoundId, voice::Column::Topic])
        .columns([voice::Column::Id, voice::Column::ReceivedAt])
        .into_tuple()
        .all(db)
        .await?;
    let loose = |(place, compound, topic, id, at): Loose| {
        (About { place: place.0, compound: compound.map(|it| it.0), topic: topic.0 }, id.0, at.0)
    };
    Ok(found.into_iter().map(loose).collect())
}

/// Notes that these voices belong to an issue. Their versions go up, so that whoever works on one of them reads it anew.
pub async fn gather(db: &impl ConnectionTrait, issue: VoiceIssueId, voices: &[VoiceId]) -> Result<(), Stop> {
    voice::Entity::update_many()
        .col_expr(voice::Column::IssueId, Expr::value(Text(issue)))
        .col_expr(voice::Column::Version, Expr::col(voice::Column::Version).add(1))
        .filter(voice::Column::Id.is_in(voices.iter().copied().map(Text)))
        .exec(db)
        .await?;
    Ok(())
}

/// The voices of an issue, the newest first.
pub async fn voices_of(db: &impl ConnectionTrait, issue: VoiceIssueId, most: u64) -> Result<Vec<voice::Model>, Stop> {
    let found = voice::Entity::find()
        .filter(voice::Column::IssueId.eq(Text(issue)))
        .order_by_desc(voice::Column::ReceivedAt)
        .order_by_desc(voice::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// How many voices each of these issues has.
pub async fn sizes(
    db: &impl ConnectionTrait,
    issues: impl Iterator<Item = VoiceIssueId>,
) -> Result<Vec<(VoiceIssueId, i64)>, Stop> {
    let found: Vec<(Text<VoiceIssueId>, i64)> = voice::Entity::find()
        .filter(voice::Column::IssueId.is_in(issues.map(Text)))
        .select_only()
        .column(voice::Column::IssueId)
        .column_as(voice::Column::Id.count(), "count")
        .group_by(voice::Column::IssueId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|(issue, count)| (issue.0, count)).collect())
}

/// The issue `id`.
pub async fn issue(db: &impl ConnectionTrait, id: VoiceIssueId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// All open issues.
pub async fn open_issues(db: &impl ConnectionTrait) -> Result<Vec<row::Model>, Stop> {
    Ok(row::Entity::find().filter(row::Column::State.eq(Text(IssueState::Open))).all(db).await?)
}

/// The issues at or under `place` in a state, the newest first.
pub async fn issues(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    state: IssueState,
    most: u64,
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(within(row::Column::Place, place))
        .filter(row::Column::State.eq(Text(state)))
        .order_by_desc(row::Column::OpenedAt)
        .order_by_desc(row::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// Keeps a new one.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves one by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
