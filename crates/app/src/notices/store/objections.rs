//! Objections. What people wrote, and who they are, is sealed.

use domain::{
    clock::Instant,
    ids::{ApplicationId, NoticeId, ObjectionId, OfficeId},
    place::PlaceCode,
    selection::objection::{Channel, Finding, Objection, ObjectionState},
};
use platform::{
    db::save_read,
    db::{
        column::{Int, Text},
        follow_place, within,
    },
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

/// Objections.
pub mod row {
    use super::{
        ApplicationId, Channel, Finding, Instant, Int, NoticeId, ObjectionId, ObjectionState, OfficeId, PlaceCode, Text,
    };
    use sea_orm::entity::prelude::*;

    /// An objection as it is kept (异议).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "objections")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<ObjectionId>,
        /// The version of the notice that was read.
        pub notice_id: Text<NoticeId>,
        /// The notice whatever its version, so that a correction does not lose what was said before it.
        pub chain: String,
        /// The county.
        pub place: Text<PlaceCode>,
        /// The application it is against; `None` when it is about the list as a whole.
        pub application_id: Option<Text<ApplicationId>>,
        /// The branch it is against.
        pub against: Option<Text<PlaceCode>>,
        pub channel: Text<Channel>,
        pub is_named: bool,
        pub reporter_name_sealed: Option<String>,
        pub reporter_contact_sealed: Option<String>,
        pub text_sealed: String,
        /// Keyed hash of the query code; the code itself is kept nowhere.
        pub code_index: String,
        pub received_at: Int<Instant>,
        /// The office that entered it for somebody who came, called or wrote.
        pub entered_by: Option<Text<OfficeId>>,
        pub state: Text<ObjectionState>,
        pub state_since: Int<Instant>,
        pub acknowledged_at: Option<Int<Instant>>,
        pub verifier: Option<Text<OfficeId>>,
        pub finding: Option<Text<Finding>>,
        pub grounds_sealed: Option<String>,
        pub answer_sealed: Option<String>,
        pub replied_at: Option<Int<Instant>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The objection as the rules know it.
        #[must_use]
        pub fn objection(&self) -> super::Objection {
            super::Objection {
                id: self.id.0,
                notice: self.notice_id.0,
                against: self.against.clone().map(|Text(place)| place),
                channel: self.channel.0,
                is_named: self.is_named,
                received_at: self.received_at.0,
                state: self.state.0,
                state_since: self.state_since.0,
                acknowledged_at: self.acknowledged_at.map(|Int(at)| at),
                finding: self.finding.map(|Text(finding)| finding),
                version: self.version,
            }
        }

        /// Takes over where the rules say it stands now.
        #[must_use]
        pub fn moved(self, objection: &super::Objection) -> Self {
            Self {
                state: Text(objection.state),
                state_since: Int(objection.state_since),
                acknowledged_at: objection.acknowledged_at.map(Int),
                finding: objection.finding.map(Text),
                ..self
            }
        }
    }
}

/// The objection `id`.
pub async fn objection(db: &impl ConnectionTrait, id: ObjectionId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The objection whose query code has this keyed hash.
pub async fn objection_by_index(db: &impl ConnectionTrait, code_index: &str) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find().filter(row::Column::CodeIndex.eq(code_index)).one(db).await?)
}

fn under(place: &PlaceCode, states: &[ObjectionState]) -> Select<row::Entity> {
    let states = states.iter().map(|state| Text(*state));
    row::Entity::find().filter(within(row::Column::Place, place)).filter(row::Column::State.is_in(states))
}

/// Objections at or under `place` in one of `states`, newest first, with their number in all.
pub async fn objections_under(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    states: &[ObjectionState],
    offset: u64,
    most: u64,
) -> Result<(Vec<row::Model>, u64), Stop> {
    let total = under(place, states).count(db).await?;
    let found = under(place, states)
        .order_by_desc(row::Column::ReceivedAt)
        .order_by_desc(row::Column::Id)
        .offset(offset)
        .limit(most);
    Ok((found.all(db).await?, total))
}

/// For the notice `chain`: the applications with objections that are not answered; `None` stands for the list as a whole.
pub async fn open_by_application(db: &impl ConnectionTrait, chain: &str) -> Result<Vec<Option<ApplicationId>>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::Chain.eq(chain))
        .filter(
            row::Column::State
                .is_in(ObjectionState::ALL.iter().filter(|state| state.is_open()).map(|state| Text(*state))),
        )
        .order_by_asc(row::Column::Id);
    let open = found.all(db).await?;
    Ok(open.into_iter().map(|row| row.application_id.map(|Text(application)| application)).collect())
}

/// Lets the objections against a branch follow it to its new code.
pub async fn follow_move(db: &impl ConnectionTrait, from: &PlaceCode, to: &PlaceCode) -> Result<(), Stop> {
    Ok(follow_place::<row::Entity>(db, row::Column::Against, from, to).await?)
}

/// Keeps a new objection.
pub async fn insert_objection(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    let insert = row::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(db).await?;
    Ok(())
}

/// Saves a changed objection by the version that was read.
pub async fn save_objection(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
