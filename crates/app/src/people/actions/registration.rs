//! The deeds of the roll: a member reports, is confirmed, corrected, looked at, moves on, ends (双报到).

use bytes::Bytes;
use domain::{
    ids::{AccountId, MembershipId, PersonId},
    members::{MemberRefusal, MemberState, Registration},
    organisation::{Affiliation, Gender, MemberKind, Service},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    actor::Actor,
    db::{column::Text, insert_all},
    error::{OrRefuse as _, Stop},
    files,
};
use serde_json::json;

use crate::{
    people::{
        queries,
        store::{self, membership, person},
    },
    places,
};

/// What a line of the roll says of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberParticulars {
    /// 党员类型.
    pub kind: MemberKind,
    /// 组织关系.
    pub affiliation: Affiliation,
    /// 身份.
    pub service: Service,
    /// 单位党支部.
    pub unit: Option<PlaceCode>,
    /// 居住楼栋.
    pub building: String,
    /// 特长.
    pub speciality: String,
    /// 留党察看.
    pub is_without_vote: bool,
}

/// A member who reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMember {
    /// 姓名.
    pub name: String,
    /// 性别.
    pub gender: Option<Gender>,
    /// 联系电话.
    pub phone: Option<String>,
    /// The rest.
    pub particulars: MemberParticulars,
}

/// How a member leaves a roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The last day.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// Reports a member to a branch. What the branch itself enters is confirmed with it; what the member or the community tells
/// waits for the branch.
///
/// # Errors
/// [`MemberRefusal`] at `name` for who is in a roll already. A visitor is not told whether somebody is: the branch sees it.
pub async fn register_member(op: &Op, branch: &PlaceCode, new: NewMember) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let found = places::branch(act.db(), branch).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::RegisterMember, branch)?;
    if !found.place.is_active {
        return Err(Stop::refused("这个支部已经撤销，不能再报到。"));
    }
    lock_county(&act, branch).await?;
    check_unit(&act, branch, new.particulars.unit.as_ref()).await?;
    let person = meet(&act, branch, &new).await?;
    let lines = queries::memberships_of_persons(act.db(), &[person]).await?;
    let living = lines.iter().find(|line| line.state.0.is_living());
    let is_visitor = matches!(op.actor, Actor::Visitor);
    match living {
        Some(line) if is_visitor && line.branch.0 == *branch => {}
        Some(line) if line.branch.0 == *branch => return Err(MemberRefusal::Twice).or_refuse(),
        Some(_) if !is_visitor => return Err(MemberRefusal::Elsewhere).or_refuse(),
        _ => {
            let state = if is_of_branch(&act) { MemberState::Confirmed } else { MemberState::Reported };
            let known = lines.into_iter().find(|line| line.branch.0 == *branch);
            let today = act.now().date();
            enter(&act, branch, person, known, &new.particulars, (state, today)).await?;
        }
    }
    act.record(Deed::RegisterMember, &Subject::new("branch", branch, branch), json!({ "person": person })).await?;
    act.commit().await
}

fn is_of_branch(act: &Act<'_>) -> bool {
    let kind = act.officer().map(|officer| officer.office.kind);
    matches!(kind, Ok(OfficeKind::BranchSecretary | OfficeKind::BranchCommittee))
}

/// Whoever else adds people of the county, an import too, waits here, so that nobody is added twice.
async fn lock_county(act: &Act<'_>, branch: &PlaceCode) -> Result<(), Stop> {
    match branch.at(Level::County) {
        Some(county) => places::lock(act.db(), &county).await,
        None => Ok(()),
    }
}

/// The unit is one of the county's.
async fn check_unit(act: &Act<'_>, branch: &PlaceCode, unit: Option<&PlaceCode>) -> Result<(), Stop> {
    let Some(unit) = unit else { return Ok(()) };
    let is_here = unit.at(Level::County) == branch.at(Level::County) && unit.level() == Level::UnitBranch;
    if is_here && places::place(act.db(), unit).await?.is_some() {
        return Ok(());
    }
    Err(Stop::refused_at("unit", "请从列表里选择单位党支部。"))
}

/// The person meant, entered if nobody fits. A visitor's word is never laid beside what is known: that is the branch's to do.
async fn meet(act: &Act<'_>, branch: &PlaceCode, new: &NewMember) -> Result<PersonId, Stop> {
    let keys = &act.floor().keys;
    let index = new.phone.as_deref().map(|phone| keys.index(phone));
    if let Some(person) = queries::known_person(act.db(), branch, &new.name, index.as_deref()).await? {
        return Ok(person.id.0);
    }
    let id: PersonId = act.new_id();
    let row = person::Model {
        id: Text(id),
        home: Text(branch.clone()),
        name: new.name.clone(),
        gender: new.gender.map(Text),
        birth_month: None,
        phone_sealed: new.phone.as_deref().map(|phone| keys.seal(phone)).transpose()?,
        phone_index: index,
        account_id: None,
        version: 0,
    };
    insert_all(act.db(), vec![row]).await?;
    Ok(id)
}

/// A new line, or the person's old one in this branch begun anew.
async fn enter(
    act: &Act<'_>,
    branch: &PlaceCode,
    person: PersonId,
    known: Option<membership::Model>,
    told: &MemberParticulars,
    (state, on): (MemberState, Date),
) -> Result<(), Stop> {
    let is_new = known.is_none();
    let (id, version, claimed_post) = match known {
        Some(old) => (old.id, old.version, old.claimed_post),
        None => (Text(act.new_id::<MembershipId>()), 0, String::new()),
    };
    let row = membership::Model {
        id,
        branch: Text(branch.clone()),
        person_id: Text(person),
        kind: Text(told.kind),
        affiliation: Text(told.affiliation),
        service: Text(told.service),
        unit: told.unit.clone().map(Text),
        building: told.building.clone(),
        speciality: told.speciality.clone(),
        claimed_post,
        registered_on: Some(Text(on)),
        state: Text(state),
        is_without_vote: told.is_without_vote,
        verified_on: (state == MemberState::Confirmed).then_some(Text(on)),
        ended_on: None,
        ended_reason: String::new(),
        version,
    };
    if is_new { Ok(insert_all(act.db(), vec![row]).await?) } else { store::save_membership(act.db(), row).await }
}

/// The lines `ids`, all of `branch`.
async fn lines(act: &Act<'_>, branch: &PlaceCode, ids: &[MembershipId]) -> Result<Vec<membership::Model>, Stop> {
    if ids.is_empty() {
        return Err(Stop::refused_at("member", "请勾选党员。"));
    }
    let mut rows = queries::memberships_under(act.db(), branch).await?;
    rows.retain(|row| row.branch.0 == *branch && ids.contains(&row.id.0));
    if rows.len() == ids.len() { Ok(rows) } else { Err(Stop::Missing) }
}

fn rule(row: &membership::Model) -> Registration {
    Registration { state: row.state.0, registered_on: row.registered_on.map(|date| date.0) }
}

/// Confirms those who reported (支部确认).
///
/// # Errors
/// Refusals for who does not wait for it, or is in another roll.
pub async fn confirm_members(op: &Op, branch: &PlaceCode, ids: &[MembershipId]) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::ConfirmRegistration, branch)?;
    lock_county(&act, branch).await?;
    let today = act.now().date();
    for row in lines(&act, branch, ids).await? {
        let next = rule(&row).confirm().or_refuse()?;
        let others = queries::memberships_of_persons(act.db(), &[row.person_id.0]).await?;
        if others.iter().any(|line| line.id != row.id && line.state.0 == MemberState::Confirmed) {
            return Err(MemberRefusal::Elsewhere).or_refuse();
        }
        record(&mut act, Deed::ConfirmRegistration, &row, "confirmed").await?;
        let confirmed = membership::Model { state: Text(next.state), verified_on: Some(Text(today)), ..row };
        store::save_membership(act.db(), confirmed).await?;
    }
    act.commit().await
}

/// Somebody has looked at these lines today and found them right (党员底数核对).
///
/// # Errors
/// Refusals when nobody is chosen, or one of them is not in the roll.
pub async fn verify_members(op: &Op, branch: &PlaceCode, ids: &[MembershipId]) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::EditMembers, branch)?;
    let today = act.now().date();
    for row in lines(&act, branch, ids).await? {
        if row.state.0 != MemberState::Confirmed {
            return Err(MemberRefusal::WrongState(row.state.0)).or_refuse();
        }
        store::save_membership(act.db(), membership::Model { verified_on: Some(Text(today)), ..row }).await?;
    }
    let body = json!({ "verified": ids.len() });
    act.record(Deed::EditMembers, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await
}

/// Corrects a line, which also counts as looked at; the number stays when none is told.
///
/// # Errors
/// [`Stop::Conflict`] when somebody else changed it since the form was shown.
pub async fn edit_member(
    op: &Op,
    id: MembershipId,
    told: MemberParticulars,
    phone: Option<String>,
    version: i32,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (row, person) = permitted(&act, Deed::EditMembers, id).await?;
    check_unit(&act, &row.branch.0, told.unit.as_ref()).await?;
    if let Some(phone) = phone {
        let keys = &act.floor().keys;
        let (sealed, index) = (Some(keys.seal(&phone)?), Some(keys.index(&phone)));
        store::save_person(act.db(), person::Model { phone_sealed: sealed, phone_index: index, ..person }).await?;
    }
    record(&mut act, Deed::EditMembers, &row, "corrected").await?;
    let is_confirmed = row.state.0 == MemberState::Confirmed;
    let changed = membership::Model {
        kind: Text(told.kind),
        affiliation: Text(told.affiliation),
        service: Text(told.service),
        unit: told.unit.map(Text),
        building: told.building,
        speciality: told.speciality,
        is_without_vote: told.is_without_vote,
        verified_on: if is_confirmed { Some(Text(act.now().date())) } else { row.verified_on },
        version,
        ..row
    };
    store::save_membership(act.db(), changed).await?;
    act.commit().await
}

/// Ends a line of the roll.
///
/// # Errors
/// [`MemberRefusal`] in words.
pub async fn end_registration(op: &Op, id: MembershipId, departure: Departure) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let (row, _) = permitted(&act, Deed::ConfirmRegistration, id).await?;
    let branch = row.branch.0.clone();
    leave(&mut act, row, MemberState::Ended, departure).await?;
    act.commit().await?;
    Ok(branch)
}

/// Moves a member on to another branch of the county, which confirms in its turn. The old line stays with its history.
///
/// # Errors
/// [`MemberRefusal`] in words.
pub async fn move_member(op: &Op, id: MembershipId, to: &PlaceCode, departure: Departure) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let (row, person) = permitted(&act, Deed::ConfirmRegistration, id).await?;
    let from = row.branch.0.clone();
    lock_county(&act, &from).await?;
    let target = places::branch(act.db(), to).await?.filter(|found| found.place.is_active);
    if target.is_none() || *to == from || to.at(Level::County) != from.at(Level::County) {
        return Err(MemberRefusal::BadBranch).or_refuse();
    }
    let told = MemberParticulars {
        kind: row.kind.0,
        affiliation: row.affiliation.0,
        service: row.service.0,
        unit: row.unit.clone().map(|unit| unit.0),
        building: String::new(),
        speciality: row.speciality.clone(),
        is_without_vote: row.is_without_vote,
    };
    let on = departure.on;
    leave(&mut act, row, MemberState::Moved, departure).await?;
    let lines = queries::memberships_of_persons(act.db(), &[person.id.0]).await?;
    let known = lines.into_iter().find(|line| line.branch.0 == *to);
    enter(&act, to, person.id.0, known, &told, (MemberState::Reported, on)).await?;
    act.commit().await?;
    Ok(from)
}

async fn leave(
    act: &mut Act<'_>,
    row: membership::Model,
    to: MemberState,
    Departure { on, reason }: Departure,
) -> Result<(), Stop> {
    let next = rule(&row).end(to, on, act.now().date(), &reason).or_refuse()?;
    record(act, Deed::ConfirmRegistration, &row, next.state.code()).await?;
    let reason = reason.trim().to_owned();
    let ended = membership::Model { state: Text(next.state), ended_on: Some(Text(on)), ended_reason: reason, ..row };
    store::save_membership(act.db(), ended).await
}

async fn permitted(act: &Act<'_>, deed: Deed, id: MembershipId) -> Result<(membership::Model, person::Model), Stop> {
    let found = queries::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(deed, &found.0.branch.0)?;
    Ok(found)
}

async fn record(act: &mut Act<'_>, deed: Deed, row: &membership::Model, step: &str) -> Result<(), Stop> {
    let subject = Subject::new("membership", row.id.0, &row.branch.0);
    act.record(deed, &subject, json!({ "step": step })).await
}

/// Keeps a branch's own list between preview and import, and answers with its hash.
///
/// # Errors
/// Refusals for files that are none of ours.
pub async fn keep_list(op: &Op, branch: &PlaceCode, bytes: Bytes) -> Result<String, Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::ImportMembers, branch)?;
    let blob = files::store(act.floor(), act.db(), act.now(), "file", bytes).await?;
    let body = json!({ "list": blob.hash });
    act.record(Deed::ImportMembers, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await?;
    Ok(blob.hash)
}

/// What the import of a branch's own list does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollChanges {
    /// Those who are new.
    pub added: Vec<NewMember>,
    /// Lines that change: which, to what, and the number if the list has one.
    pub changed: Vec<(MembershipId, MemberParticulars, Option<String>)>,
}

/// Writes a branch's own list: all of it, or nothing.
///
/// # Errors
/// [`MemberRefusal`] for who has come into another roll since the preview.
pub async fn write_roll(op: &Op, branch: &PlaceCode, changes: RollChanges) -> Result<(), Stop> {
    let mut act = op.act().await?;
    places::branch(act.db(), branch).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::ImportMembers, branch)?;
    lock_county(&act, branch).await?;
    let today = act.now().date();
    let body = json!({ "added": changes.added.len(), "changed": changes.changed.len() });
    for new in &changes.added {
        let person = meet(&act, branch, new).await?;
        let lines = queries::memberships_of_persons(act.db(), &[person]).await?;
        if lines.iter().any(|line| line.state.0.is_living()) {
            let words = format!("“{}”已在一个支部的名册里，预览以后有了变化，请重新上传。", new.name);
            return Err(Stop::refused_at("file", words));
        }
        let known = lines.into_iter().find(|line| line.branch.0 == *branch);
        enter(&act, branch, person, known, &new.particulars, (MemberState::Confirmed, today)).await?;
    }
    for (id, told, phone) in changes.changed {
        let (row, person) = queries::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
        if row.branch.0 != *branch || !row.state.0.is_living() {
            return Err(Stop::Conflict);
        }
        if let Some(phone) = phone {
            let keys = &act.floor().keys;
            let (sealed, index) = (Some(keys.seal(&phone)?), Some(keys.index(&phone)));
            store::save_person(act.db(), person::Model { phone_sealed: sealed, phone_index: index, ..person }).await?;
        }
        let registered_on = row.registered_on.or(Some(Text(today)));
        let changed = membership::Model {
            kind: Text(told.kind),
            affiliation: Text(told.affiliation),
            service: Text(told.service),
            unit: told.unit.map(Text),
            building: told.building,
            speciality: told.speciality,
            state: Text(MemberState::Confirmed),
            verified_on: Some(Text(today)),
            registered_on,
            ..row
        };
        store::save_membership(act.db(), changed).await?;
    }
    act.record(Deed::ImportMembers, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await
}

/// Notes which posts a member holds, in the deed of the one who gives or takes them.
///
/// # Errors
/// [`Stop::Missing`] when there is no such line.
pub async fn note_claimed_posts(act: &Act<'_>, id: MembershipId, titles: String) -> Result<(), Stop> {
    let (row, _) = queries::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
    store::save_membership(act.db(), membership::Model { claimed_post: titles, ..row }).await
}

/// Notes which account a person signs in with, in the deed that lets them in.
///
/// # Errors
/// [`Stop::Conflict`] when the person was changed since it was read.
pub async fn note_account(act: &Act<'_>, person: person::Model, account: AccountId) -> Result<(), Stop> {
    store::save_person(act.db(), person::Model { account_id: Some(Text(account)), ..person }).await
}
