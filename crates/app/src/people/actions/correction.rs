//! Correcting a member: who they are, and what their line says.

use domain::{
    ids::MembershipId,
    members::{MemberRefusal, MemberState},
    organisation::Gender,
    permission::Deed,
    place::PlaceCode,
};
use platform::{
    act::{Act, Op},
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::{
    must_be_born,
    registration::{MemberParticulars, check_particulars, check_reported_on, permitted, record},
};
use crate::{
    identity,
    people::{
        queries,
        store::{self, membership, person},
    },
};

/// What is corrected of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// 姓名.
    pub name: String,
    /// 性别; as it is when nothing is told.
    pub gender: Option<Gender>,
    /// 出生年月, `1966-11`.
    pub birth_month: Option<String>,
    /// 联系电话; as it is when nothing is told.
    pub phone: Option<String>,
    /// The rest.
    pub particulars: MemberParticulars,
}

/// Corrects a member and the line, which also counts as looked at.
///
/// # Errors
/// Refusals for who has left the roll, and for who is in another one, which alone says who they are; [`Stop::Conflict`] when
/// somebody else changed it since the form was shown.
pub async fn edit_member(op: &Op, id: MembershipId, told: Correction, version: i32) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (row, person) = permitted(&act, Deed::EditMembers, id).await?;
    if !row.state.0.is_living() {
        return Err(Stop::refused("这条登记已经结束或转出，不能再更正；资料有误的，由现在所在的支部更正。"));
    }
    if queries::is_of_another(act.db(), person.id.0, &row.branch.0).await? {
        return Err(MemberRefusal::Elsewhere).or_refuse();
    }
    check_particulars(&act, &row.branch.0, &told.particulars).await?;
    must_be_born(told.birth_month.as_ref(), act.now().date())?;
    if let Some(on) = told.particulars.registered_on.filter(|on| row.registered_on != Some(Text(*on))) {
        check_reported_on(&act, &person, on).await?;
    }
    correct_person(&act, &row.branch.0, person, &told).await?;
    record(&mut act, Deed::EditMembers, &row, "corrected").await?;
    let is_confirmed = row.state.0 == MemberState::Confirmed;
    let changed = membership::Model {
        is_without_vote: told.particulars.is_without_vote,
        verified_on: if is_confirmed { Some(Text(act.now().date())) } else { row.verified_on },
        version,
        ..told.particulars.onto(row)
    };
    store::save_membership(act.db(), changed).await?;
    act.commit().await
}

/// What is told of the person is written when it differs.
async fn correct_person(
    act: &Act<'_>,
    branch: &PlaceCode,
    person: person::Model,
    told: &Correction,
) -> Result<(), Stop> {
    let keys = &act.floor().keys;
    let mut changed = person::Model {
        name: told.name.clone(),
        gender: told.gender.map(Text).or(person.gender),
        birth_month: told.birth_month.clone(),
        ..person.clone()
    };
    if let Some(phone) = &told.phone {
        changed.phone_sealed = Some(keys.seal(phone)?);
        changed.phone_index = Some(keys.index(phone));
    }
    if changed == person { Ok(()) } else { save_corrected(act, branch, person, changed).await }
}

/// Saves who somebody is after all: nobody else in the county, and whoever signed in by the old name or number does so anew.
pub(super) async fn save_corrected(
    act: &Act<'_>,
    branch: &PlaceCode,
    person: person::Model,
    changed: person::Model,
) -> Result<(), Stop> {
    let is_someone_else = changed.name != person.name || changed.phone_index != person.phone_index;
    if is_someone_else {
        must_be_nobody_else(act, branch, &changed).await?;
        if let Some(Text(account)) = person.account_id {
            identity::end_sessions(act, account).await?;
        }
    }
    store::save_person(act.db(), changed).await
}

/// Name and number together make out who somebody is, and are what they sign in by.
async fn must_be_nobody_else(act: &Act<'_>, branch: &PlaceCode, changed: &person::Model) -> Result<(), Stop> {
    let Some(index) = &changed.phone_index else { return Ok(()) };
    let known = queries::known_person(act.db(), branch, &changed.name, Some(index)).await?;
    if known.is_some_and(|known| known.id != changed.id) {
        let words = "名册里已经另有一名同志是这个姓名和电话，请核对；是同一人的，请社区在“疑似重复”里核对。";
        return Err(Stop::refused_at("phone", words));
    }
    Ok(())
}
