//! The tables of places. Nobody else touches them.

use domain::{
    ids::{BuildingId, CompoundId},
    organisation::{BranchKind, OwnersCommittee},
    place::{Level, PlaceCode},
};
use jiff::civil::Date;
use platform::{db::column::Text, db::save_read, error::Stop};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

/// Places.
pub mod place {
    use super::{Level, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// A county, street, community or branch (地点).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "places")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: Text<PlaceCode>,
        /// The name people use, such as `五桂社区`.
        pub name: String,
        pub level: Text<Level>,
        /// A branch that was dissolved stays in the tree and is active no more.
        pub is_active: bool,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Branches.
pub mod branch {
    use super::{BranchKind, Date, OwnersCommittee, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// The particulars of a branch (小区党支部); its name is the place's.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "branches")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: Text<PlaceCode>,
        pub kind: Text<BranchKind>,
        pub founded_on: Option<Text<Date>>,
        /// Buildings as the branch tells them; the buildings entered one by one may still be fewer.
        pub buildings: i32,
        pub stairwells: i32,
        pub households: i32,
        pub residents: i32,
        pub owners_committee: Text<OwnersCommittee>,
        /// Empty when there is none.
        pub property_company: String,
        pub grids: i32,
        /// Area of the venue for activities, in hundredths of a square metre.
        pub venue_area: Option<i64>,
        /// The service brand (服务品牌); empty when there is none.
        pub brand: String,
        /// Whether the duties of stewards and hub households are posted up in the compound (职责上墙).
        pub has_posted_duties: bool,
        /// The term of the owners' committee in words (届期).
        pub owners_term: String,
        /// How many it has, and of them Party members.
        pub owners_members: i32,
        pub owners_party: i32,
        /// Qualification of the property company and the term of its contract, in words (资质、合同期).
        pub company_terms: String,
        /// Names of the grid workers (网格员).
        pub grid_workers: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::place::Entity", from = "Column::Place", to = "super::place::Column::Code")]
        Place,
    }

    impl Related<super::place::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Place.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The owners' committee in words: its term, how many it has and how many of them are Party members; empty when none of it
        /// is known.
        #[must_use]
        pub fn owners_words(&self) -> String {
            let members = match (self.owners_members, self.owners_party) {
                (0, _) => String::new(),
                (members, party) => format!("成员 {members} 名，其中党员 {party} 名"),
            };
            let parts = [self.owners_term.as_str(), members.as_str()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，")
        }
    }
}

/// Compounds.
pub mod compound {
    use super::{CompoundId, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// A residential compound (小区) that a branch covers (R-ORG-03).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "compounds")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<CompoundId>,
        pub branch: Text<PlaceCode>,
        pub name: String,
        /// Order in which the branch names its compounds.
        pub position: i32,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Buildings.
pub mod building {
    use super::{BuildingId, CompoundId, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// A building (楼栋) with its steward (楼栋长) and Party hub household (党员中心户).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "buildings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<BuildingId>,
        pub branch: Text<PlaceCode>,
        pub compound_id: Text<CompoundId>,
        pub name: String,
        pub stairwells: i32,
        pub households: i32,
        /// All owners' private areas together, in hundredths of a square metre.
        pub exclusive_area: i64,
        /// Empty when there is none.
        pub steward: String,
        pub steward_phone_sealed: Option<String>,
        pub steward_phone_index: Option<String>,
        /// The member whose household it is; empty when there is none.
        pub hub_household: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Saves a changed place by the version that was read.
pub async fn save_place(db: &impl ConnectionTrait, row: place::Model) -> Result<(), Stop> {
    save_read(db, place::Column::Version, row).await
}

/// Saves a changed branch by the version that was read.
pub async fn save_branch(db: &impl ConnectionTrait, row: branch::Model) -> Result<(), Stop> {
    save_read(db, branch::Column::Version, row).await
}

/// Saves a changed compound by the version that was read.
pub async fn save_compound(db: &impl ConnectionTrait, row: compound::Model) -> Result<(), Stop> {
    save_read(db, compound::Column::Version, row).await
}

/// Saves a changed building by the version that was read.
pub async fn save_building(db: &impl ConnectionTrait, row: building::Model) -> Result<(), Stop> {
    save_read(db, building::Column::Version, row).await
}

/// Takes a building away by the version that was read.
pub async fn drop_building(db: &impl ConnectionTrait, id: BuildingId, read: i32) -> Result<(), Stop> {
    let dropped = building::Entity::delete_many()
        .filter(building::Column::Id.eq(Text(id)))
        .filter(building::Column::Version.eq(read))
        .exec(db)
        .await?;
    platform::act::one_row(dropped.rows_affected)
}
