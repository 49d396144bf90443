//! The tables of the meetings. Nobody else touches them.

use domain::{
    clock::Instant,
    ids::{CandidateId, MeetingId, MembershipId, PersonId, ResolutionId, TopicId},
    meeting::{ElectionResult, Gathering, Matter, MeetingKind, MeetingState, Presence},
    organisation::PartyGroup,
    place::PlaceCode,
};
use platform::{
    act::one_row,
    db::save_read,
    db::{
        column::{Int, Text},
        insert_all, within,
    },
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _,
};

mod presence;

pub use presence::*;

/// Meetings.
pub mod meeting {
    use super::{Gathering, Instant, Int, MeetingId, MeetingKind, MeetingState, PartyGroup, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// A meeting of a branch (支部会议).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "meetings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<MeetingId>,
        pub branch: Text<PlaceCode>,
        pub kind: Text<MeetingKind>,
        /// Which group of the branch meets.
        pub party_group: Option<Int<PartyGroup>>,
        pub title: String,
        pub starts_at: Int<Instant>,
        pub venue: String,
        pub state: Text<MeetingState>,
        pub published_at: Option<Int<Instant>>,
        pub closed_at: Option<Int<Instant>>,
        pub closed_by: String,
        pub summary: String,
        /// What was added to the minutes after they were closed, each with who and when.
        pub addenda: String,
        /// Why it was called off.
        pub reason: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The meeting as the rules know it.
        #[must_use]
        pub const fn rule(&self) -> domain::meeting::Meeting {
            domain::meeting::Meeting { state: self.state.0, starts_at: self.starts_at.0 }
        }

        /// Who meets.
        #[must_use]
        pub fn gathering(&self) -> Gathering {
            Gathering { kind: self.kind.0, group: self.party_group.map(|group| group.0) }
        }
    }
}

/// Topics.
pub mod topic {
    use super::{ElectionResult, Matter, MeetingId, ResolutionId, Text, TopicId};
    use sea_orm::entity::prelude::*;

    /// A topic of a meeting (议题).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "meeting_topics")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<TopicId>,
        pub meeting_id: Text<MeetingId>,
        pub position: i32,
        pub title: String,
        pub text: String,
        pub matter: Text<Matter>,
        /// 赞成; `None` until it is voted on.
        pub yes: Option<i32>,
        pub no: Option<i32>,
        pub abstained: Option<i32>,
        pub resolution_id: Option<Text<ResolutionId>>,
        /// 应选名额 of an election with candidates.
        pub seats: Option<i32>,
        /// What such an election came to.
        pub outcome: Option<Text<ElectionResult>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Candidates.
pub mod candidate {
    use super::{CandidateId, MeetingId, Text, TopicId};
    use sea_orm::entity::prelude::*;

    /// A candidate of an election (候选人), in the order of the ballot.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "meeting_candidates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<CandidateId>,
        pub meeting_id: Text<MeetingId>,
        pub topic_id: Text<TopicId>,
        pub position: i32,
        pub name: String,
        /// 得票; `None` until it is voted on.
        pub votes: Option<i32>,
        pub is_elected: bool,
        /// Whether equal votes at the edge are voted on again.
        pub is_tied: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Attendance.
pub mod attendance {
    use super::{MeetingId, MembershipId, Presence, Text};
    use sea_orm::entity::prelude::*;

    /// Whether a member came (到会情况).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "meeting_attendance")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub meeting_id: Text<MeetingId>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub membership_id: Text<MembershipId>,
        pub presence: Text<Presence>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::meeting::Entity", from = "Column::MeetingId", to = "super::meeting::Column::Id")]
        Meeting,
    }

    impl Related<super::meeting::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Meeting.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Attendance of those who have no line in the branch's roll.
pub mod other {
    use super::{MeetingId, PersonId, Presence, Text};
    use sea_orm::entity::prelude::*;

    /// Whether a committee member from outside the roll came (到会情况).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "meeting_others")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub meeting_id: Text<MeetingId>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Text<PersonId>,
        pub presence: Text<Presence>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::meeting::Entity", from = "Column::MeetingId", to = "super::meeting::Column::Id")]
        Meeting,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where a meeting is held.
///
/// # Errors
/// When the database cannot be read.
pub async fn place_of_meeting(db: &impl ConnectionTrait, id: MeetingId) -> Result<Option<PlaceCode>, Stop> {
    Ok(meeting(db, id).await?.map(|row| row.branch.0))
}

/// The meeting `id`.
pub async fn meeting(db: &impl ConnectionTrait, id: MeetingId) -> Result<Option<meeting::Model>, Stop> {
    Ok(meeting::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The meetings at or under `place` that begin within `[from, until)`, the latest first.
pub async fn meetings_under(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    from: Instant,
    until: Instant,
) -> Result<Vec<meeting::Model>, Stop> {
    let found = meeting::Entity::find()
        .filter(within(meeting::Column::Branch, place))
        .filter(meeting::Column::StartsAt.gte(Int(from)))
        .filter(meeting::Column::StartsAt.lt(Int(until)))
        .order_by_desc(meeting::Column::StartsAt)
        .order_by_desc(meeting::Column::Id);
    Ok(found.all(db).await?)
}

/// The topics of a meeting, in their order.
///
/// # Errors
/// When the database cannot be read.
pub async fn topics_of(db: &impl ConnectionTrait, id: MeetingId) -> Result<Vec<topic::Model>, Stop> {
    let found = topic::Entity::find().filter(topic::Column::MeetingId.eq(Text(id)));
    Ok(found.order_by_asc(topic::Column::Position).all(db).await?)
}

/// The candidates of a meeting's elections, in the order of the ballots.
pub async fn candidates_of(db: &impl ConnectionTrait, id: MeetingId) -> Result<Vec<candidate::Model>, Stop> {
    let found = candidate::Entity::find().filter(candidate::Column::MeetingId.eq(Text(id)));
    Ok(found.order_by_asc(candidate::Column::TopicId).order_by_asc(candidate::Column::Position).all(db).await?)
}

/// Keeps how the candidates of an election did.
pub async fn save_candidates(db: &impl ConnectionTrait, rows: Vec<candidate::Model>) -> Result<(), Stop> {
    for row in rows {
        let id = row.id;
        let saved = candidate::Entity::update_many()
            .set(row.into_active_model().reset_all())
            .filter(candidate::Column::Id.eq(id))
            .exec(db)
            .await?;
        one_row(saved.rows_affected)?;
    }
    Ok(())
}

/// The agenda of a meeting: topics, and the candidates of its elections.
#[derive(Debug, Default)]
pub struct Agenda {
    /// 议题.
    pub topics: Vec<topic::Model>,
    /// 候选人.
    pub candidates: Vec<candidate::Model>,
}

/// Keeps a new meeting with its agenda.
pub async fn insert(db: &impl ConnectionTrait, row: meeting::Model, agenda: Agenda) -> Result<(), Stop> {
    insert_all(db, vec![row]).await?;
    insert_agenda(db, agenda).await
}

async fn insert_agenda(db: &impl ConnectionTrait, agenda: Agenda) -> Result<(), Stop> {
    insert_all(db, agenda.topics).await?;
    Ok(insert_all(db, agenda.candidates).await?)
}

/// Puts another agenda in the place of one that nobody was told of.
pub async fn replace_agenda(db: &impl ConnectionTrait, id: MeetingId, agenda: Agenda) -> Result<(), Stop> {
    candidate::Entity::delete_many().filter(candidate::Column::MeetingId.eq(Text(id))).exec(db).await?;
    topic::Entity::delete_many().filter(topic::Column::MeetingId.eq(Text(id))).exec(db).await?;
    insert_agenda(db, agenda).await
}

/// Saves a changed meeting by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: meeting::Model) -> Result<(), Stop> {
    save_read(db, meeting::Column::Version, row).await
}

/// Keeps how a topic was voted on, in the deed that closes its meeting.
pub async fn save_topic(db: &impl ConnectionTrait, row: topic::Model) -> Result<(), Stop> {
    let id = row.id;
    let saved = topic::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(topic::Column::Id.eq(id))
        .exec(db)
        .await?;
    one_row(saved.rows_affected)
}
