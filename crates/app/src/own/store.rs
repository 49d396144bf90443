//! The tables of the members' own pages. Nobody else touches them.

use domain::{
    clock::Instant,
    coded_enum,
    ids::{CorrectionId, MembershipId, PersonId, SignInLinkId},
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

coded_enum! {
    /// How somebody comes in.
    pub enum LinkKind {
        /// 验证码.
        Code = "code" => "验证码",
        /// 一次性链接.
        Link = "link" => "一次性链接",
    }
}

coded_enum! {
    /// Where a wish for correction stands.
    pub enum CorrectionState {
        /// 待处理.
        Asked = "asked" => "待处理",
        /// 已更正.
        Done = "done" => "已更正",
        /// 未更正.
        Refused = "refused" => "未更正",
    }
}

/// Codes and links.
pub mod link {
    use super::{Instant, Int, LinkKind, MembershipId, PersonId, SignInLinkId, Text};
    use sea_orm::entity::prelude::*;

    /// A one-time code or link for a person (验证码、一次性链接); only its hash is kept.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<SignInLinkId>,
        pub kind: Text<LinkKind>,
        pub person_id: Text<PersonId>,
        /// The line of the roll that it was made for, with which it ends; older ones do not tell, and end with their time.
        pub membership_id: Option<Text<MembershipId>>,
        pub hash: String,
        pub made_at: Int<Instant>,
        pub expires_at: Int<Instant>,
        /// Wrong guesses.
        pub tries: i32,
        pub used_at: Option<Int<Instant>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Corrections.
pub mod correction {
    use super::{CorrectionId, CorrectionState, Instant, Int, MembershipId, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// A member's wish that something be corrected (更正申请).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "corrections")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<CorrectionId>,
        pub branch: Text<PlaceCode>,
        pub membership_id: Text<MembershipId>,
        pub body: String,
        pub state: Text<CorrectionState>,
        pub asked_at: Int<Instant>,
        pub answer: String,
        pub answered_by: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The codes and links made for a person at or after `from`, the newest first.
pub async fn links_since(db: &impl ConnectionTrait, person: PersonId, from: Instant) -> Result<Vec<link::Model>, Stop> {
    let found = link::Entity::find()
        .filter(link::Column::PersonId.eq(Text(person)))
        .filter(link::Column::MadeAt.gte(Int(from)))
        .order_by_desc(link::Column::MadeAt)
        .order_by_desc(link::Column::Id);
    Ok(found.all(db).await?)
}

/// The link with this hash.
pub async fn link_by_hash(db: &impl ConnectionTrait, hash: &str) -> Result<Option<link::Model>, Stop> {
    let found = link::Entity::find().filter(link::Column::Hash.eq(hash)).filter(link::Column::Kind.eq("link"));
    Ok(found.one(db).await?)
}

/// Keeps a new code or link.
pub async fn insert_link(db: &impl ConnectionTrait, row: link::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves a try or the use, unless it was used meanwhile.
pub async fn save_link(db: &impl ConnectionTrait, row: link::Model) -> Result<(), Stop> {
    let id = row.id;
    let saved = link::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(link::Column::Id.eq(id))
        .filter(link::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    one_row(saved.rows_affected)
}

/// The correction `id`.
pub async fn correction(db: &impl ConnectionTrait, id: CorrectionId) -> Result<Option<correction::Model>, Stop> {
    Ok(correction::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The corrections that wait at or under `place`, the oldest first.
pub async fn waiting_under(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Vec<correction::Model>, Stop> {
    let found = correction::Entity::find()
        .filter(within(correction::Column::Branch, place))
        .filter(correction::Column::State.eq(Text(CorrectionState::Asked)))
        .order_by_asc(correction::Column::AskedAt)
        .order_by_asc(correction::Column::Id);
    Ok(found.all(db).await?)
}

/// A member's corrections, the newest first.
pub async fn corrections_of(db: &impl ConnectionTrait, member: MembershipId) -> Result<Vec<correction::Model>, Stop> {
    let found = correction::Entity::find().filter(correction::Column::MembershipId.eq(Text(member)));
    Ok(found.order_by_desc(correction::Column::Id).all(db).await?)
}

/// Keeps a new correction.
pub async fn insert_correction(db: &impl ConnectionTrait, row: correction::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves the answer by the version that was read.
pub async fn save_correction(db: &impl ConnectionTrait, row: correction::Model) -> Result<(), Stop> {
    save_read(db, correction::Column::Version, row).await
}
