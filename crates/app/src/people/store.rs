//! The tables of people. Nobody else touches them.

use domain::{
    ids::{AccountId, CommitteePostId, MembershipId, PersonId},
    members::MemberState,
    organisation::{Affiliation, Gender, MemberKind, PartyGroup, PartyPost, Service},
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    actor::Officer,
    db::column::{Int, Text},
    db::save_read,
    error::Stop,
};
use sea_orm::ConnectionTrait;

/// Persons.
pub mod person {
    use super::{AccountId, Gender, PersonId, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// A person of whom the ledger tells (人员). Two persons may share a telephone, so that name and telephone together
    /// make out who somebody is.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "persons")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PersonId>,
        /// The branch in whose papers the person was first met, which says who may look.
        pub home: Text<PlaceCode>,
        pub name: String,
        pub gender: Option<Text<Gender>>,
        /// `1966-11`: the day is not needed, and so not kept.
        pub birth_month: Option<String>,
        pub phone_sealed: Option<String>,
        pub phone_index: Option<String>,
        /// The account the person signs in with, once they have: whoever acts for themselves is known by it.
        pub account_id: Option<Text<AccountId>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// Whether the officer is this person: by the account, and where they sign in as an officer with another one, by name.
        /// It is asked where nobody may decide on what is their own, so that a namesake has to leave it to another.
        #[must_use]
        pub fn is(&self, officer: &super::Officer) -> bool {
            self.is_called(officer.account, &officer.name)
        }

        /// The same for somebody who is not at work now.
        #[must_use]
        pub fn is_called(&self, account: AccountId, name: &str) -> bool {
            self.account_id == Some(Text(account)) || self.name == name
        }
    }
}

/// Posts in committees.
pub mod post {
    use super::{CommitteePostId, Date, PartyPost, PersonId, PlaceCode, Service, Text};
    use sea_orm::entity::prelude::*;

    /// A person's post in a branch committee (支部班子任职).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "committee_posts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<CommitteePostId>,
        pub branch: Text<PlaceCode>,
        pub person_id: Text<PersonId>,
        pub post: Text<PartyPost>,
        pub service: Text<Service>,
        /// Empty for those who are not in service.
        pub work_unit: String,
        pub since: Option<Text<Date>>,
        /// The day the post was left; `None` while it is held.
        pub until: Option<Text<Date>>,
        /// Years of the term (R-ORG-05).
        pub term_years: i32,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id")]
        Person,
    }

    impl Related<super::person::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Person.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Memberships.
pub mod membership {
    use super::{
        Affiliation, Date, Int, MemberKind, MemberState, MembershipId, PartyGroup, PersonId, PlaceCode, Service, Text,
    };
    use sea_orm::entity::prelude::*;

    /// A person's line in the roll of a branch (党员名册一行), formal, reported or mobile.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "memberships")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<MembershipId>,
        pub branch: Text<PlaceCode>,
        pub person_id: Text<PersonId>,
        pub kind: Text<MemberKind>,
        pub affiliation: Text<Affiliation>,
        pub service: Text<Service>,
        /// The branch of the work unit, for those in service.
        pub unit: Option<Text<PlaceCode>>,
        /// The building as the member tells it; nobody is asked for more (R-DUTY-01).
        pub building: String,
        pub speciality: String,
        /// The post the member has taken on (认领岗位).
        pub claimed_post: String,
        pub registered_on: Option<Text<Date>>,
        pub state: Text<MemberState>,
        /// 留党察看: in the roll, without a vote (R-MTG-06).
        pub is_without_vote: bool,
        /// When somebody last looked at the line and found it right.
        pub verified_on: Option<Text<Date>>,
        pub ended_on: Option<Text<Date>>,
        /// Why it ended.
        pub ended_reason: String,
        /// The compound the member lives in, as the branch names it; empty where nobody said (R-DUTY-01).
        pub compound: String,
        /// When the member has time to serve (可服务时间).
        pub available_time: String,
        /// Which of the branch's groups the member meets in; `None` where the branch has none or has not said.
        pub party_group: Option<Int<PartyGroup>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id")]
        Person,
    }

    impl Related<super::person::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Person.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// Which of the branch's groups the member meets in.
        #[must_use]
        pub fn group(&self) -> Option<PartyGroup> {
            self.party_group.map(|group| group.0)
        }

        /// By which people tell the lines of namesakes apart in a table (名册编号).
        #[must_use]
        pub fn number(&self) -> String {
            let id = self.id.0.to_string();
            id.get(id.len().saturating_sub(8)..).unwrap_or_default().to_uppercase()
        }

        /// Whether the branch has ever confirmed the line. Confirming notes when it was looked at, so that whoever was refused
        /// is told from who has left.
        #[must_use]
        pub fn was_confirmed(&self) -> bool {
            match self.state.0 {
                MemberState::Confirmed => true,
                MemberState::Reported => false,
                MemberState::Moved | MemberState::Ended => self.verified_on.is_some(),
            }
        }

        /// Whether the member is in the roll on `day`: confirmed, reported by then and not yet gone. Who moves is in one roll
        /// on each day, for the new line begins when the old one ends.
        #[must_use]
        pub fn is_in_roll_on(&self, day: Date) -> bool {
            self.was_confirmed()
                && self.registered_on.is_none_or(|Text(registered)| registered <= day)
                && self.ended_on.is_none_or(|Text(ended)| ended > day)
        }
    }
}

/// Saves a changed person by the version that was read.
pub async fn save_person(db: &impl ConnectionTrait, row: person::Model) -> Result<(), Stop> {
    save_read(db, person::Column::Version, row).await
}

/// Saves a changed post by the version that was read.
pub async fn save_post(db: &impl ConnectionTrait, row: post::Model) -> Result<(), Stop> {
    save_read(db, post::Column::Version, row).await
}

/// Saves a changed membership by the version that was read.
pub async fn save_membership(db: &impl ConnectionTrait, row: membership::Model) -> Result<(), Stop> {
    save_read(db, membership::Column::Version, row).await
}
