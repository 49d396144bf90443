//! The deeds of the roll: a member reports, is confirmed, corrected, looked at, moves on, ends (双报到).

use domain::{
    clock::chinese_date,
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
};
use serde_json::json;

use crate::{
    people::{
        queries, stays,
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
    /// 居住小区, one of the branch's.
    pub compound: String,
    /// 可服务时间.
    pub available_time: String,
    /// 留党察看.
    pub is_without_vote: bool,
    /// 报到日期; when none is told, the day of the deed, or as it is.
    pub registered_on: Option<Date>,
}

impl MemberParticulars {
    /// The line with what is told; who was without a vote stays so, which another deed changes.
    pub(super) fn onto(self, row: membership::Model) -> membership::Model {
        membership::Model {
            kind: Text(self.kind),
            affiliation: Text(self.affiliation),
            service: Text(self.service),
            unit: self.unit.map(Text),
            building: self.building,
            speciality: self.speciality,
            compound: self.compound,
            available_time: self.available_time,
            registered_on: self.registered_on.map(Text).or(row.registered_on),
            ..row
        }
    }

    /// What a line says.
    #[must_use]
    pub fn of(row: &membership::Model) -> Self {
        Self {
            kind: row.kind.0,
            affiliation: row.affiliation.0,
            service: row.service.0,
            unit: row.unit.clone().map(|unit| unit.0),
            building: row.building.clone(),
            speciality: row.speciality.clone(),
            compound: row.compound.clone(),
            available_time: row.available_time.clone(),
            is_without_vote: row.is_without_vote,
            registered_on: row.registered_on.map(|Text(day)| day),
        }
    }
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
    check_particulars(&act, branch, &new.particulars).await?;
    let person = meet(&act, branch, &new).await?;
    let lines = queries::memberships_of_persons(act.db(), &[person]).await?;
    let is_here = lines.iter().any(|line| line.branch.0 == *branch && line.state.0.is_living());
    let is_anywhere = lines.iter().any(|line| line.state.0.is_living());
    let is_without_vote = new.particulars.is_without_vote || was_without_vote(&lines, branch);
    let is_visitor = matches!(op.actor, Actor::Visitor);
    match (is_here, is_visitor) {
        (true, true) => {}
        (true, false) => return Err(MemberRefusal::Twice).or_refuse(),
        (false, false) if is_anywhere => return Err(MemberRefusal::Elsewhere).or_refuse(),
        (false, _) => {
            let state = if is_of_branch(&act) { MemberState::Confirmed } else { MemberState::Reported };
            let known = lines.into_iter().find(|line| line.branch.0 == *branch);
            let told = MemberParticulars { is_without_vote, ..new.particulars };
            let on = told.registered_on.unwrap_or_else(|| act.now().date());
            check_reported_on(&act, &person_of(&act, person).await?, on).await?;
            let line = enter(&act, branch, person, known, &told, (state, on)).await?;
            let subject = Subject::new("membership", line, branch);
            act.record(Deed::RegisterMember, &subject, json!({ "step": state })).await?;
        }
    }
    act.record(Deed::RegisterMember, &Subject::new("branch", branch, branch), json!({ "person": person })).await?;
    act.commit().await
}

/// Nobody reports before they last left any roll, whichever line the day is told of; and nobody tells their own.
pub(super) async fn check_reported_on(act: &Act<'_>, person: &person::Model, on: Date) -> Result<(), Stop> {
    if act.officer().is_ok_and(|officer| person.is(officer)) && on != act.now().date() {
        return Err(Stop::refused_at("registered_on", "本人的报到日期请由支部另一名同志登记。"));
    }
    let lines = queries::memberships_of_persons(act.db(), &[person.id.0]).await?;
    let ids: Vec<MembershipId> = lines.iter().map(|line| line.id.0).collect();
    let stays = stays::stays_of(act.db(), &ids).await?;
    let ended = lines.iter().filter_map(|line| line.ended_on).chain(stays.iter().filter_map(|stay| stay.ended_on));
    match ended.map(|Text(day)| day).max() {
        Some(left) if on < left => {
            let left = chinese_date(left);
            Err(Stop::refused_at("registered_on", format!("报到日期不能早于上次离开支部的日期（{left}）。")))
        }
        _ => Ok(()),
    }
}

/// Whether the member stood without a vote when they were last in this roll, or else in any: coming back does not give it back.
pub(super) fn was_without_vote(lines: &[membership::Model], branch: &PlaceCode) -> bool {
    let here = lines.iter().find(|line| line.branch.0 == *branch);
    here.or(lines.last()).is_some_and(|line| line.is_without_vote)
}

fn is_of_branch(act: &Act<'_>) -> bool {
    let kind = act.officer().map(|officer| officer.office.kind);
    matches!(kind, Ok(OfficeKind::BranchSecretary | OfficeKind::BranchCommittee))
}

/// Whoever else adds people of the county, an import too, waits here, so that nobody is added twice.
pub(super) async fn lock_county(act: &Act<'_>, branch: &PlaceCode) -> Result<(), Stop> {
    match branch.at(Level::County) {
        Some(county) => places::lock(act.db(), &county).await,
        None => Ok(()),
    }
}

/// The unit is one of the county's, the compound one of the branch's, and the report not to come.
pub(super) async fn check_particulars(act: &Act<'_>, branch: &PlaceCode, told: &MemberParticulars) -> Result<(), Stop> {
    if told.registered_on.is_some_and(|day| day > act.now().date()) {
        return Err(Stop::refused_at("registered_on", "报到日期不能晚于今天。"));
    }
    if !told.compound.is_empty() {
        let compounds = places::compounds_of(act.db(), std::slice::from_ref(branch)).await?;
        if compounds.iter().all(|compound| compound.name != told.compound) {
            return Err(Stop::refused_at("compound", "请从列表里选择居住小区。"));
        }
    }
    let Some(unit) = &told.unit else { return Ok(()) };
    let is_here = unit.at(Level::County) == branch.at(Level::County) && unit.level() == Level::UnitBranch;
    if is_here && places::place(act.db(), unit).await?.is_some() {
        return Ok(());
    }
    Err(Stop::refused_at("unit", "请从列表里选择单位党支部。"))
}

/// The person meant, entered if nobody fits. A visitor's word is never laid beside what is known: that is the branch's to do.
pub(super) async fn meet(act: &Act<'_>, branch: &PlaceCode, new: &NewMember) -> Result<PersonId, Stop> {
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

pub(super) async fn person_of(act: &Act<'_>, id: PersonId) -> Result<person::Model, Stop> {
    queries::persons(act.db(), &[id]).await?.pop().ok_or(Stop::Missing)
}

/// A new line, or the person's old one in this branch begun anew, which keeps when it was there before.
pub(super) async fn enter(
    act: &Act<'_>,
    branch: &PlaceCode,
    person: PersonId,
    known: Option<membership::Model>,
    told: &MemberParticulars,
    (state, on): (MemberState, Date),
) -> Result<MembershipId, Stop> {
    // What a branch has confirmed begins anew by its own deed alone.
    if known.as_ref().is_some_and(|line| line.state.0 == MemberState::Confirmed) {
        return Err(Stop::Conflict);
    }
    let is_new = known.is_none();
    let (id, version, claimed_post) = match known {
        Some(old) => {
            let stay = stays::earlier_stay(act.new_id(), &old);
            insert_all(act.db(), stay.into_iter().collect()).await?;
            (old.id, old.version, old.claimed_post)
        }
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
        verified_on: (state == MemberState::Confirmed).then(|| Text(act.now().date())),
        ended_on: None,
        ended_reason: String::new(),
        compound: told.compound.clone(),
        available_time: told.available_time.clone(),
        // Coming back, the branch says anew which group they meet in.
        party_group: None,
        version,
    };
    if is_new {
        insert_all(act.db(), vec![row]).await?;
    } else {
        store::save_membership(act.db(), row).await?;
    }
    Ok(id.0)
}

pub(super) fn rule(row: &membership::Model) -> Registration {
    Registration { state: row.state.0, registered_on: row.registered_on.map(|date| date.0) }
}

/// The line with its person, once the deed is permitted at its branch.
pub(super) async fn permitted(
    act: &Act<'_>,
    deed: Deed,
    id: MembershipId,
) -> Result<(membership::Model, person::Model), Stop> {
    let found = queries::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(deed, &found.0.branch.0)?;
    Ok(found)
}

pub(super) async fn record(act: &mut Act<'_>, deed: Deed, row: &membership::Model, step: &str) -> Result<(), Stop> {
    let subject = Subject::new("membership", row.id.0, &row.branch.0);
    act.record(deed, &subject, json!({ "step": step })).await
}

/// A line becomes another person's, in the deed that finds the two to be one.
///
/// # Errors
/// A refusal when the person has a line in that branch already.
pub async fn become_of(act: &Act<'_>, id: MembershipId, person: PersonId) -> Result<(), Stop> {
    let (row, _) = queries::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
    let lines = queries::memberships_of_persons(act.db(), &[person]).await?;
    if lines.iter().any(|line| line.branch == row.branch) {
        return Err(Stop::refused("保留的那名同志在这个支部还有一条旧登记，不能合并，请先核对旧登记。"));
    }
    store::save_membership(act.db(), membership::Model { person_id: Text(person), ..row }).await
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
