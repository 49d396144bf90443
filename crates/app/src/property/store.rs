//! The tables of the supervision. Nobody else touches them.

use domain::{
    clock::Instant,
    deliberation::ViewChannel,
    ids::{PropertyAppraisalId, PropertyCheckId, PropertyContractId, PropertySayingId},
    place::PlaceCode,
    property::{self, Appraisal, AppraisalState, DutyResult, Grade, Saying, Sayings},
};
use jiff::civil::Date;
use platform::{
    db::{
        column::{Document, Int, Text},
        insert_all, save_read, within,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde::{Deserialize, Serialize};

/// What an appraisal stood on when it was published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// What residents said.
    pub sayings: Sayings,
    /// How complaints were answered.
    pub answered: Answered,
}

/// How complaints about the company were answered in a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Voices about property service that are done, or past their time.
    pub due: u64,
    /// Of those, done in time.
    pub timely: u64,
    /// How often the company was called in, and should have answered by now.
    pub called: u64,
    /// Of those, answered in time.
    pub answered: u64,
}

/// Contracts.
pub mod contract {
    use super::{Date, Document, Instant, Int, PlaceCode, PropertyContractId, Text};
    use sea_orm::entity::prelude::*;

    /// A property service contract with its duties (物业服务合同); the latest is in force.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "property_contracts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PropertyContractId>,
        pub branch: Text<PlaceCode>,
        pub company: String,
        pub starts_on: Text<Date>,
        pub ends_on: Text<Date>,
        pub duties: Document<Vec<String>>,
        pub signed: String,
        pub recorded_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Checks.
pub mod check {
    use super::{Date, DutyResult, PropertyCheckId, PropertyContractId, Text};
    use sea_orm::entity::prelude::*;

    /// What a check of a duty found (履约检查).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "property_checks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PropertyCheckId>,
        pub contract_id: Text<PropertyContractId>,
        /// Which of the contract's duties, from zero.
        pub duty: i32,
        pub checked_on: Text<Date>,
        pub result: Text<DutyResult>,
        pub words: String,
        pub signed: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Appraisals.
pub mod appraisal {
    use super::{AppraisalState, Date, Document, Figures, Grade, Instant, Int, PlaceCode, PropertyAppraisalId, Text};
    use sea_orm::entity::prelude::*;

    /// The appraisal of a year (年度考评).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "property_appraisals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PropertyAppraisalId>,
        pub branch: Text<PlaceCode>,
        pub year: i32,
        /// Whom it is about.
        pub company: String,
        pub state: Text<AppraisalState>,
        pub rates_until: Text<Date>,
        pub branch_grade: Option<Text<Grade>>,
        pub branch_words: String,
        /// `None` with words where there is no owners' committee.
        pub committee_grade: Option<Text<Grade>>,
        pub committee_words: String,
        /// What it stood on when it was published; nothing before.
        pub figures: Document<Figures>,
        pub signed: String,
        pub published_at: Option<Int<Instant>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Sayings.
pub mod saying {
    use super::{Instant, Int, PropertyAppraisalId, PropertySayingId, Saying, Text, ViewChannel};
    use sea_orm::entity::prelude::*;

    /// What a resident says of the company (居民评价); nobody is asked who they are.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "property_sayings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PropertySayingId>,
        pub appraisal_id: Text<PropertyAppraisalId>,
        pub at: Int<Instant>,
        pub channel: Text<ViewChannel>,
        pub said: Text<Saying>,
        pub words: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl appraisal::Model {
    /// As the rules know it.
    #[must_use]
    pub fn rule(&self) -> Appraisal {
        Appraisal {
            state: self.state.0,
            rates_until: self.rates_until.0,
            is_graded_by_branch: self.branch_grade.is_some(),
            is_heard_of_committee: self.committee_grade.is_some() || !self.committee_words.is_empty(),
        }
    }
}

/// The contracts of a branch, the latest first.
pub async fn contracts_of(db: &impl ConnectionTrait, branch: &PlaceCode) -> Result<Vec<contract::Model>, Stop> {
    let found = contract::Entity::find().filter(contract::Column::Branch.eq(branch.as_str()));
    Ok(found.order_by_desc(contract::Column::Id).all(db).await?)
}

/// The contract in force on `today`, of one branch's contracts, the last entered first.
#[must_use]
pub fn in_force(contracts: &[contract::Model], today: Date) -> Option<&contract::Model> {
    let starts: Vec<Date> = contracts.iter().map(|contract| contract.starts_on.0).collect();
    property::in_force(&starts, today).and_then(|at| contracts.get(at))
}

/// The contracts at or under `place`, the latest first.
pub async fn contracts_under(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Vec<contract::Model>, Stop> {
    let found = contract::Entity::find().filter(within(contract::Column::Branch, place));
    Ok(found.order_by_desc(contract::Column::Id).all(db).await?)
}

/// The checks of these contracts, the latest first.
pub async fn checks_of(
    db: &impl ConnectionTrait,
    contracts: impl Iterator<Item = PropertyContractId>,
) -> Result<Vec<check::Model>, Stop> {
    let found = check::Entity::find()
        .filter(check::Column::ContractId.is_in(contracts.map(Text)))
        .order_by_desc(check::Column::CheckedOn)
        .order_by_desc(check::Column::Id);
    Ok(found.all(db).await?)
}

/// The appraisals at or under `place`, the latest year first.
pub async fn appraisals_under(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Vec<appraisal::Model>, Stop> {
    let found = appraisal::Entity::find().filter(within(appraisal::Column::Branch, place));
    Ok(found.order_by_desc(appraisal::Column::Year).order_by_desc(appraisal::Column::Id).all(db).await?)
}

/// The appraisal of a branch and year.
pub async fn appraisal(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    year: i32,
) -> Result<Option<appraisal::Model>, Stop> {
    let found = appraisal::Entity::find()
        .filter(appraisal::Column::Branch.eq(branch.as_str()))
        .filter(appraisal::Column::Year.eq(year));
    Ok(found.one(db).await?)
}

/// What residents said in these appraisals, the first first.
pub async fn sayings_of(
    db: &impl ConnectionTrait,
    appraisals: impl Iterator<Item = PropertyAppraisalId>,
) -> Result<Vec<saying::Model>, Stop> {
    let found = saying::Entity::find().filter(saying::Column::AppraisalId.is_in(appraisals.map(Text)));
    Ok(found.order_by_asc(saying::Column::Id).all(db).await?)
}

/// Keeps a contract.
pub async fn insert_contract(db: &impl ConnectionTrait, row: contract::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Keeps a check.
pub async fn insert_check(db: &impl ConnectionTrait, row: check::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Keeps a new appraisal. Of two at once for one year the second is told of a conflict.
pub async fn insert_appraisal(db: &impl ConnectionTrait, row: appraisal::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Keeps what a resident says.
pub async fn insert_saying(db: &impl ConnectionTrait, row: saying::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves an appraisal by the version that was read.
pub async fn save_appraisal(db: &impl ConnectionTrait, row: appraisal::Model) -> Result<(), Stop> {
    save_read(db, appraisal::Column::Version, row).await
}
