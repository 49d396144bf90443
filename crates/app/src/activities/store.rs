//! The tables of the activities. Nobody else touches them.

use domain::{
    activity::{ActivityKind, ActivityState, Audience, TakingPart},
    clock::Instant,
    ids::{ActivityId, MembershipId, SignUpId},
    place::PlaceCode,
};
use platform::{
    act::one_row,
    db::save_read,
    db::{
        column::{Document, Int, Text},
        insert_all, within,
    },
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

/// Activities.
pub mod activity {
    use super::{ActivityId, ActivityKind, ActivityState, Audience, Document, Instant, Int, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// An activity (活动).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "activities")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<ActivityId>,
        /// Who holds it: a branch, a community, a street or the county.
        pub place: Text<PlaceCode>,
        pub kind: Text<ActivityKind>,
        pub title: String,
        pub text: String,
        pub starts_at: Int<Instant>,
        /// How long it takes, in hundredths of an hour.
        pub hours: i64,
        pub venue: String,
        /// How many may come.
        pub capacity: Option<i32>,
        pub sign_up_until: Int<Instant>,
        /// For whom it is, in words besides [`Self::audiences`].
        pub audience: String,
        pub state: Text<ActivityState>,
        pub summary: String,
        /// How many residents were served.
        pub residents: Option<i32>,
        /// For whom it is.
        pub audiences: Document<Vec<Audience>>,
        /// How many of owners' committees came, members or not.
        pub owners: Option<i32>,
        /// How many building stewards came, members or not.
        pub stewards: Option<i32>,
        /// Whether the hours spent are hours of service (R-DUTY-02).
        pub counts_hours: bool,
        /// Why it was called off.
        pub reason: String,
        /// Who summed it up.
        pub signed: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The activity as the rules know it.
        #[must_use]
        pub fn rule(&self) -> domain::activity::Activity {
            domain::activity::Activity {
                state: self.state.0,
                starts_at: self.starts_at.0,
                ends_at: self.starts_at.0.plus_hundredths(self.hours),
                sign_up_until: self.sign_up_until.0,
                capacity: self.capacity.and_then(|capacity| u32::try_from(capacity).ok()),
            }
        }

        /// For whom it is, in words: `支部书记、楼栋长；社区民警`.
        #[must_use]
        pub fn audience_words(&self) -> String {
            let labels: Vec<&str> = self.audiences.0.iter().map(|audience| audience.label()).collect();
            let told = [labels.join("、"), self.audience.clone()];
            told.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("；")
        }
    }
}

/// Those who take part.
pub mod person {
    use super::{ActivityId, Instant, Int, MembershipId, SignUpId, TakingPart, Text};
    use sea_orm::entity::prelude::*;

    /// A member who takes part in an activity (报名和参加).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "activity_people")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<SignUpId>,
        pub activity_id: Text<ActivityId>,
        pub membership_id: Text<MembershipId>,
        pub state: Text<TakingPart>,
        /// Hundredths of an hour, for those who came.
        pub hours: Option<i64>,
        pub signed_at: Int<Instant>,
        /// When a place became free for who was waiting.
        pub promoted_at: Option<Int<Instant>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::activity::Entity",
            from = "Column::ActivityId",
            to = "super::activity::Column::Id"
        )]
        Activity,
    }

    impl Related<super::activity::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Activity.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The activity `id`.
pub async fn activity(db: &impl ConnectionTrait, id: ActivityId) -> Result<Option<activity::Model>, Stop> {
    Ok(activity::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The same, held until the transaction ends, so that its places are given one after the other.
pub async fn hold(db: &impl ConnectionTrait, id: ActivityId) -> Result<Option<activity::Model>, Stop> {
    Ok(activity::Entity::find_by_id(Text(id)).lock_exclusive().one(db).await?)
}

/// The activities at or under `place`, and those held by `above`, that begin within `[from, until)`; the earliest first.
pub async fn activities(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    above: Vec<PlaceCode>,
    from: Instant,
    until: Instant,
) -> Result<Vec<activity::Model>, Stop> {
    let under = within(activity::Column::Place, place);
    let found = activity::Entity::find()
        .filter(under.or(activity::Column::Place.is_in(above.into_iter().map(Text))))
        .filter(activity::Column::StartsAt.gte(Int(from)))
        .filter(activity::Column::StartsAt.lt(Int(until)))
        .order_by_asc(activity::Column::StartsAt)
        .order_by_asc(activity::Column::Id);
    Ok(found.all(db).await?)
}

/// Those who take part in an activity, in the order they signed up.
pub async fn people_of(db: &impl ConnectionTrait, id: ActivityId) -> Result<Vec<person::Model>, Stop> {
    let found = person::Entity::find().filter(person::Column::ActivityId.eq(Text(id)));
    Ok(found.order_by_asc(person::Column::SignedAt).order_by_asc(person::Column::Id).all(db).await?)
}

/// Every activity that a member signed up for or came to, the newest first.
pub async fn taken_part(
    db: &impl ConnectionTrait,
    member: MembershipId,
) -> Result<Vec<(activity::Model, person::Model)>, Stop> {
    let found = person::Entity::find()
        .find_also_related(activity::Entity)
        .filter(person::Column::MembershipId.eq(Text(member)))
        .order_by_desc(activity::Column::StartsAt)
        .order_by_desc(person::Column::Id)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|(person, activity)| activity.map(|activity| (activity, person))).collect())
}

/// The activities that these places held and summed up within `[from, until)`.
pub async fn held_above(
    db: &impl ConnectionTrait,
    places: Vec<PlaceCode>,
    from: Instant,
    until: Instant,
) -> Result<Vec<ActivityId>, Stop> {
    let found = activity::Entity::find()
        .filter(activity::Column::Place.is_in(places.into_iter().map(Text)))
        .filter(activity::Column::StartsAt.gte(Int(from)))
        .filter(activity::Column::StartsAt.lt(Int(until)))
        .filter(activity::Column::State.eq(Text(ActivityState::SummedUp)));
    Ok(found.all(db).await?.into_iter().map(|row| row.id.0).collect())
}

/// How many of these activities members of the branch came to.
pub async fn came_of(db: &impl ConnectionTrait, branch: &PlaceCode, activities: &[ActivityId]) -> Result<usize, Stop> {
    let came: Vec<Text<ActivityId>> = person::Entity::find()
        .select_only()
        .column(person::Column::ActivityId)
        .distinct()
        .filter(person::Column::ActivityId.is_in(activities.iter().copied().map(Text)))
        .filter(person::Column::State.eq(Text(TakingPart::Came)))
        .filter(crate::people::is_member_under(branch, person::Column::MembershipId))
        .into_tuple()
        .all(db)
        .await?;
    Ok(came.len())
}

/// How a member takes part in activities that begin within `[from, until)`, the earliest first.
pub async fn parts_of_member(
    db: &impl ConnectionTrait,
    member: MembershipId,
    from: Instant,
    until: Instant,
) -> Result<Vec<(activity::Model, person::Model)>, Stop> {
    let found = person::Entity::find()
        .find_also_related(activity::Entity)
        .filter(person::Column::MembershipId.eq(Text(member)))
        .filter(activity::Column::StartsAt.gte(Int(from)))
        .filter(activity::Column::StartsAt.lt(Int(until)))
        .order_by_asc(activity::Column::StartsAt)
        .order_by_asc(activity::Column::Id)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|(part, activity)| activity.map(|activity| (activity, part))).collect())
}

/// Keeps a new activity.
pub async fn insert(db: &impl ConnectionTrait, row: activity::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves a changed activity by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: activity::Model) -> Result<(), Stop> {
    save_read(db, activity::Column::Version, row).await
}

/// Keeps new participants.
pub async fn insert_people(db: &impl ConnectionTrait, rows: Vec<person::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, rows).await?)
}

/// Saves how somebody takes part; the activity is held meanwhile.
pub async fn save_person(db: &impl ConnectionTrait, row: person::Model) -> Result<(), Stop> {
    let id = row.id;
    let saved = person::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(person::Column::Id.eq(id))
        .exec(db)
        .await?;
    one_row(saved.rows_affected)
}
