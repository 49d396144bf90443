//! The tables of posts, wishes and reports. Nobody else touches them.

use domain::{
    clock::Instant,
    ids::{DutyReportId, MembershipId, PostClaimId, ServicePostId, WishId},
    place::PlaceCode,
    service::{ClaimState, Figures, PostKind, PostState, ReportKind, ReportState, WishState},
};
use jiff::civil::Date;
use platform::{
    db::save_read,
    db::{
        column::{Document, Int, Text},
        insert_all, within,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

/// Posts and teams.
pub mod post {
    use super::{PlaceCode, PostKind, PostState, ServicePostId, Text};
    use sea_orm::entity::prelude::*;

    /// Something that members of a branch take on (岗位、党员服务队).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "service_posts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<ServicePostId>,
        pub branch: Text<PlaceCode>,
        pub kind: Text<PostKind>,
        pub title: String,
        pub duty: String,
        /// How many may hold it.
        pub places: Option<i32>,
        pub state: Text<PostState>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The post as the rules know it.
        #[must_use]
        pub fn rule(&self) -> domain::service::Post {
            let places = self.places.and_then(|places| u32::try_from(places).ok());
            domain::service::Post { state: self.state.0, places }
        }
    }
}

/// Claims of posts.
pub mod claim {
    use super::{ClaimState, Date, MembershipId, PlaceCode, PostClaimId, ServicePostId, Text};
    use sea_orm::entity::prelude::*;

    /// A member who took a post on (岗位认领).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "post_claims")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PostClaimId>,
        pub post_id: Text<ServicePostId>,
        pub branch: Text<PlaceCode>,
        pub membership_id: Text<MembershipId>,
        pub state: Text<ClaimState>,
        pub claimed_on: Text<Date>,
        /// Half-years that the branch counted.
        pub halves: i32,
        pub left_on: Option<Text<Date>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::post::Entity", from = "Column::PostId", to = "super::post::Column::Id")]
        Post,
    }

    impl Related<super::post::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Post.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Wishes.
pub mod wish {
    use super::{Date, Instant, Int, MembershipId, PlaceCode, Text, WishId, WishState};
    use sea_orm::entity::prelude::*;

    /// A wish of a resident (微心愿).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "wishes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<WishId>,
        pub branch: Text<PlaceCode>,
        pub title: String,
        pub body: String,
        /// Who asked and how to reach them, sealed; for who takes the wish on.
        pub asker_sealed: Option<String>,
        /// By which who asked is known: the code itself is not kept.
        pub code_hash: String,
        pub state: Text<WishState>,
        pub published_at: Int<Instant>,
        /// Who took it on.
        pub membership_id: Option<Text<MembershipId>>,
        pub done_on: Option<Text<Date>>,
        /// How it was done.
        pub note: String,
        pub confirmed_by: String,
        pub confirmed_on: Option<Text<Date>>,
        /// Why it was taken down.
        pub reason: String,
        /// Why it was not done although it was told to be.
        pub undone: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The wish as the rules know it.
        #[must_use]
        pub fn rule(&self) -> domain::service::Wish {
            domain::service::Wish { state: self.state.0 }
        }
    }
}

/// Reports.
pub mod report {
    use super::{Date, Document, DutyReportId, Figures, PlaceCode, ReportKind, ReportState, Text};
    use sea_orm::entity::prelude::*;

    /// A yearly report (双报告).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "duty_reports")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<DutyReportId>,
        pub kind: Text<ReportKind>,
        pub year: i32,
        /// The branch of the member, or the community that gives feedback.
        pub place: Text<PlaceCode>,
        /// The membership, or the unit.
        pub subject: String,
        pub state: Text<ReportState>,
        /// What was done.
        pub body: String,
        /// What comes next.
        pub plan: String,
        /// What the records said when it was sent.
        pub figures: Document<Figures>,
        pub signed: String,
        pub sent_on: Option<Text<Date>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The post `id`, held until the transaction ends so that its places are given one after the other.
pub async fn hold_post(db: &impl ConnectionTrait, id: ServicePostId) -> Result<Option<post::Model>, Stop> {
    Ok(post::Entity::find_by_id(Text(id)).lock_exclusive().one(db).await?)
}

/// The post `id`.
pub async fn post(db: &impl ConnectionTrait, id: ServicePostId) -> Result<Option<post::Model>, Stop> {
    Ok(post::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Where a post is.
///
/// # Errors
/// When the database cannot be read.
pub async fn place_of_post(db: &impl ConnectionTrait, id: ServicePostId) -> Result<Option<PlaceCode>, Stop> {
    Ok(post(db, id).await?.map(|row| row.branch.0))
}

/// Where a claim is.
///
/// # Errors
/// When the database cannot be read.
pub async fn place_of_claim(db: &impl ConnectionTrait, id: PostClaimId) -> Result<Option<PlaceCode>, Stop> {
    Ok(claim(db, id).await?.map(|(row, _)| row.branch.0))
}

/// Where a wish is.
///
/// # Errors
/// When the database cannot be read.
pub async fn place_of_wish(db: &impl ConnectionTrait, id: WishId) -> Result<Option<PlaceCode>, Stop> {
    Ok(wish(db, id).await?.map(|row| row.branch.0))
}

/// The posts at or under `place`, by branch and in the order they were set up.
pub async fn posts_under(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Vec<post::Model>, Stop> {
    let found = post::Entity::find()
        .filter(within(post::Column::Branch, place))
        .order_by_asc(post::Column::Branch)
        .order_by_asc(post::Column::Id);
    Ok(found.all(db).await?)
}

/// The claim `id` with its post.
pub async fn claim(db: &impl ConnectionTrait, id: PostClaimId) -> Result<Option<(claim::Model, post::Model)>, Stop> {
    let found = claim::Entity::find_by_id(Text(id)).find_also_related(post::Entity).one(db).await?;
    Ok(found.and_then(|(claim, post)| post.map(|post| (claim, post))))
}

/// The claims in force at or under `place`, in the order they were made.
pub async fn active_claims_under(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Vec<claim::Model>, Stop> {
    let found = claim::Entity::find()
        .filter(within(claim::Column::Branch, place))
        .filter(claim::Column::State.eq(Text(ClaimState::Active)))
        .order_by_asc(claim::Column::Id);
    Ok(found.all(db).await?)
}

/// The claims at or under `place` that were in force at some time within `[from, until]`.
pub async fn claims_within(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    from: Date,
    until: Date,
) -> Result<Vec<claim::Model>, Stop> {
    let is_not_over = claim::Column::LeftOn.is_null().or(claim::Column::LeftOn.gte(Text(from)));
    let found = claim::Entity::find()
        .filter(within(claim::Column::Branch, place))
        .filter(claim::Column::ClaimedOn.lte(Text(until)))
        .filter(is_not_over)
        .order_by_asc(claim::Column::Id);
    Ok(found.all(db).await?)
}

/// A member's claims with their posts, the newest first.
pub async fn claims_of(
    db: &impl ConnectionTrait,
    member: MembershipId,
) -> Result<Vec<(claim::Model, post::Model)>, Stop> {
    let found = claim::Entity::find()
        .find_also_related(post::Entity)
        .filter(claim::Column::MembershipId.eq(Text(member)))
        .order_by_desc(claim::Column::Id)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|(claim, post)| post.map(|post| (claim, post))).collect())
}

/// The wish `id`.
pub async fn wish(db: &impl ConnectionTrait, id: WishId) -> Result<Option<wish::Model>, Stop> {
    Ok(wish::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The wish whose code has this hash.
pub async fn wish_by_hash(db: &impl ConnectionTrait, hash: &str) -> Result<Option<wish::Model>, Stop> {
    Ok(wish::Entity::find().filter(wish::Column::CodeHash.eq(hash)).one(db).await?)
}

/// The wishes at or under `place` in one of `states`, the newest first.
pub async fn wishes_under(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    states: &[WishState],
) -> Result<Vec<wish::Model>, Stop> {
    let found = wish::Entity::find()
        .filter(within(wish::Column::Branch, place))
        .filter(wish::Column::State.is_in(states.iter().map(|state| state.code())))
        .order_by_desc(wish::Column::PublishedAt)
        .order_by_desc(wish::Column::Id);
    Ok(found.all(db).await?)
}

/// The wishes that a member took on and has not done.
pub async fn claimed_wishes_of(db: &impl ConnectionTrait, member: MembershipId) -> Result<Vec<wish::Model>, Stop> {
    let found = wish::Entity::find()
        .filter(wish::Column::MembershipId.eq(Text(member)))
        .filter(wish::Column::State.eq(Text(WishState::Claimed)))
        .order_by_asc(wish::Column::Id);
    Ok(found.all(db).await?)
}

/// Every wish that a member took on, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn wishes_of_member(db: &impl ConnectionTrait, member: MembershipId) -> Result<Vec<wish::Model>, Stop> {
    let found = wish::Entity::find().filter(wish::Column::MembershipId.eq(Text(member)));
    Ok(found.order_by_desc(wish::Column::Id).all(db).await?)
}

/// A member's reports of all years, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn reports_of_member(db: &impl ConnectionTrait, member: MembershipId) -> Result<Vec<report::Model>, Stop> {
    let found = report::Entity::find()
        .filter(report::Column::Kind.eq(Text(ReportKind::Member)))
        .filter(report::Column::Subject.eq(member.to_string()))
        .order_by_desc(report::Column::Year)
        .order_by_desc(report::Column::Id);
    Ok(found.all(db).await?)
}

/// The report of a kind, year, place and subject.
pub async fn report(
    db: &impl ConnectionTrait,
    kind: ReportKind,
    year: i16,
    place: &PlaceCode,
    subject: &str,
) -> Result<Option<report::Model>, Stop> {
    let found = report::Entity::find()
        .filter(report::Column::Kind.eq(Text(kind)))
        .filter(report::Column::Year.eq(i32::from(year)))
        .filter(report::Column::Place.eq(Text(place.clone())))
        .filter(report::Column::Subject.eq(subject));
    Ok(found.one(db).await?)
}

/// The reports of a year at or under `place`, by subject.
pub async fn reports_under(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: i16,
) -> Result<Vec<report::Model>, Stop> {
    let found = report::Entity::find()
        .filter(report::Column::Year.eq(i32::from(year)))
        .filter(within(report::Column::Place, place))
        .order_by_asc(report::Column::Subject);
    Ok(found.all(db).await?)
}

/// Keeps a new row of any of the tables, and saves changed ones by the version that was read.
macro_rules! keeping {
    ($($insert:ident $save:ident $module:ident $what:literal;)+) => {
        $(
            #[doc = concat!("Keeps a new ", $what, ".")]
            pub async fn $insert(db: &impl ConnectionTrait, row: $module::Model) -> Result<(), Stop> {
                Ok(insert_all(db, vec![row]).await?)
            }

            #[doc = concat!("Saves a changed ", $what, " by the version that was read.")]
            pub async fn $save(db: &impl ConnectionTrait, row: $module::Model) -> Result<(), Stop> {
                save_read(db, $module::Column::Version, row).await
            }
        )+
    };
}

keeping! {
    insert_post save_post post "post";
    insert_claim save_claim claim "claim";
    insert_wish save_wish wish "wish";
    insert_report save_report report "report";
}
