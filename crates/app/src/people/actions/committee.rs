//! The deeds of people: the committee of a branch, and numbers shown in full.

use domain::{
    ids::{CommitteePostId, MembershipId, PersonId},
    organisation::{Gender, PartyPost, Service},
    permission::Deed,
    place::{Level, PlaceCode},
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    db::{column::Text, insert_all},
    error::Stop,
};
use serde_json::json;

use super::must_be_born;
use crate::people::{
    committees, queries,
    store::{self, person, post},
};
use crate::places;

/// Somebody who takes on a post, as a form tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCommitteeMember {
    /// 姓名.
    pub name: String,
    /// 性别.
    pub gender: Option<Gender>,
    /// 出生年月, `1966-11`.
    pub birth_month: Option<String>,
    /// 联系电话.
    pub phone: Option<String>,
    /// What is held.
    pub post: PostParticulars,
}

/// A post, as a form tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostParticulars {
    /// 党内职务.
    pub post: PartyPost,
    /// 身份.
    pub service: Service,
    /// 工作单位; empty when there is none.
    pub work_unit: String,
    /// 任职时间.
    pub since: Option<Date>,
    /// 任期, in years (R-ORG-05).
    pub term_years: i16,
    /// The version of the post that the form showed.
    pub version: i32,
}

/// Who holds a post, as a form corrects it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderParticulars {
    /// 姓名.
    pub name: String,
    /// 性别.
    pub gender: Option<Gender>,
    /// 出生年月, `1966-11`.
    pub birth_month: Option<String>,
    /// 联系电话; the number stays when none is told.
    pub phone: Option<String>,
    /// The version of the person that the form showed.
    pub version: i32,
}

/// Enters somebody into the committee of a branch. One who is known by telephone and name, or by name in the roll, is the same
/// person.
///
/// # Errors
/// A refusal at `name` when the person holds a post there already.
pub async fn appoint_committee_member(op: &Op, branch: &PlaceCode, new: NewCommitteeMember) -> Result<(), Stop> {
    let mut act = op.act().await?;
    places::branch(act.db(), branch).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditCommittee, branch)?;
    must_be_born(new.birth_month.as_ref(), act.now().date())?;
    must_have_begun(new.post.since, act.now().date())?;
    // Whoever else adds people of the county, an import too, waits here, so that nobody is added twice.
    if let Some(county) = branch.at(Level::County) {
        places::lock(act.db(), &county).await?;
    }
    let person = meet(&act, branch, &new).await?;
    let committee = committees::committee_of(act.db(), branch).await?;
    if committee.iter().any(|(_, member)| member.id.0 == person) {
        return Err(Stop::refused_at("name", "这名同志已经在班子里。要改职务，请点他的“修改”。"));
    }
    let id: CommitteePostId = act.new_id();
    let row = post::Model {
        id: Text(id),
        branch: Text(branch.clone()),
        person_id: Text(person),
        post: Text(new.post.post),
        service: Text(new.post.service),
        work_unit: new.post.work_unit,
        since: new.post.since.map(Text),
        until: None,
        term_years: new.post.term_years.into(),
        version: 0,
    };
    insert_all(act.db(), vec![row]).await?;
    record(&mut act, branch, id, "appointed").await?;
    act.commit().await
}

/// Who is to take office later is entered then.
fn must_have_begun(since: Option<Date>, today: Date) -> Result<(), Stop> {
    if since.is_some_and(|since| since > today) {
        return Err(Stop::refused_at("since", "“任职时间”不能晚于今天，到任以后再登记。"));
    }
    Ok(())
}

/// The person meant, entered if nobody fits.
async fn meet(act: &Act<'_>, branch: &PlaceCode, new: &NewCommitteeMember) -> Result<PersonId, Stop> {
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
        birth_month: new.birth_month.clone(),
        phone_sealed: new.phone.as_deref().map(|phone| keys.seal(phone)).transpose()?,
        phone_index: index,
        account_id: None,
        version: 0,
    };
    insert_all(act.db(), vec![row]).await?;
    Ok(id)
}

/// Changes a post, and corrects who holds it.
///
/// # Errors
/// A refusal at `name` when the corrected person is known as another one already; [`Stop::Conflict`] when somebody else changed
/// the post or the person since the form was shown.
pub async fn change_committee_post(
    op: &Op,
    id: CommitteePostId,
    told: PostParticulars,
    holder: HolderParticulars,
) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let (old, person) = committees::post_in_office(act.db(), id).await?.ok_or(Stop::Missing)?;
    let branch = old.branch.0.clone();
    act.permit(Deed::EditCommittee, &branch)?;
    must_be_born(holder.birth_month.as_ref(), act.now().date())?;
    must_have_begun(told.since, act.now().date())?;
    let is_corrected = correct_holder(&act, &branch, person, holder).await?;
    let row = post::Model {
        post: Text(told.post),
        service: Text(told.service),
        work_unit: told.work_unit,
        since: told.since.map(Text),
        term_years: told.term_years.into(),
        version: told.version,
        ..old
    };
    store::save_post(act.db(), row).await?;
    record(&mut act, &branch, id, if is_corrected { "corrected" } else { "changed" }).await?;
    act.commit().await?;
    Ok(branch)
}

/// Corrects a person; answers whether there was anything to correct.
async fn correct_holder(
    act: &Act<'_>,
    branch: &PlaceCode,
    old: person::Model,
    told: HolderParticulars,
) -> Result<bool, Stop> {
    let keys = &act.floor().keys;
    let sealed = told.phone.as_deref().map(|phone| keys.seal(phone)).transpose()?;
    let index = told.phone.as_deref().map(|phone| keys.index(phone)).or_else(|| old.phone_index.clone());
    let is_someone_else = told.name != old.name || index != old.phone_index;
    if queries::is_of_another(act.db(), old.id.0, branch).await? {
        if !is_someone_else {
            return Ok(false);
        }
        let words = "这名同志在另一个小区党支部的名册里，姓名、性别、出生年月和电话由那个支部更正；这里只改职务。";
        return Err(Stop::refused_at("name", words));
    }
    let same = (&told.name, told.gender, &told.birth_month) == (&old.name, old.gender.map(|it| it.0), &old.birth_month);
    if same && !is_someone_else {
        return Ok(false);
    }
    if let Some(county) = branch.at(Level::County) {
        places::lock(act.db(), &county).await?;
    }
    // Name and number together make out who somebody is.
    if is_someone_else && let Some(index) = &index {
        let known = queries::known_person(act.db(), branch, &told.name, Some(index)).await?;
        if known.is_some_and(|known| known.id != old.id) {
            return Err(Stop::refused_at(
                "name",
                "台账里已经另有一名同志是这个姓名和电话。请核对；换了人的，请登记离任，再添加新的同志。",
            ));
        }
    }
    let corrected = person::Model {
        name: told.name,
        gender: told.gender.map(Text),
        birth_month: told.birth_month,
        phone_sealed: sealed.or_else(|| old.phone_sealed.clone()),
        phone_index: index,
        version: told.version,
        ..old
    };
    store::save_person(act.db(), corrected).await?;
    Ok(true)
}

/// Ends a post on a day.
///
/// # Errors
/// A refusal at `until` when the day lies before the post began; [`Stop::Conflict`] when somebody else changed it meanwhile.
pub async fn end_committee_post(op: &Op, id: CommitteePostId, until: Date, version: i32) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let (old, _) = committees::post_in_office(act.db(), id).await?.ok_or(Stop::Missing)?;
    let branch = old.branch.0.clone();
    act.permit(Deed::EditCommittee, &branch)?;
    if until > act.now().date() {
        return Err(Stop::refused_at("until", "离任日期不能晚于今天，离任以后再登记。"));
    }
    if old.since.is_some_and(|since| until < since.0) {
        return Err(Stop::refused_at("until", "离任日期不能早于任职时间，请核对。"));
    }
    store::save_post(act.db(), post::Model { until: Some(Text(until)), version, ..old }).await?;
    record(&mut act, &branch, id, "ended").await?;
    act.commit().await?;
    Ok(branch)
}

/// Shows a committee member's number in full, and records that it was shown.
///
/// # Errors
/// [`Stop::Missing`] when there is none.
pub async fn reveal_committee_phone(op: &Op, id: CommitteePostId) -> Result<RevealedPhone, Stop> {
    let act = op.act().await?;
    let (post, person) = committees::post_in_office(act.db(), id).await?.ok_or(Stop::Missing)?;
    must_be_own(&act, &person, &post.branch.0).await?;
    reveal(act, post.branch.0, person).await
}

/// Shows a member's number in full, and records that it was shown.
///
/// # Errors
/// [`Stop::Missing`] when there is none, or the member is in another branch's roll by now.
pub async fn reveal_member_phone(op: &Op, id: MembershipId) -> Result<RevealedPhone, Stop> {
    let act = op.act().await?;
    let (membership, person) = queries::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
    must_be_own(&act, &person, &membership.branch.0).await?;
    if !membership.state.0.is_living() {
        return Err(Stop::Missing);
    }
    reveal(act, membership.branch.0, person).await
}

/// Who is in another branch's roll is that one's to call.
async fn must_be_own(act: &Act<'_>, person: &person::Model, branch: &PlaceCode) -> Result<(), Stop> {
    act.permit(Deed::RevealPhone, branch)?;
    if queries::is_of_another(act.db(), person.id.0, branch).await? { Err(Stop::Missing) } else { Ok(()) }
}

/// One number in full, to be shown once.
#[derive(Clone)]
pub struct RevealedPhone {
    /// Whose it is.
    pub name: String,
    /// The number.
    pub phone: String,
    /// The branch in whose papers it stands.
    pub branch: PlaceCode,
}

async fn reveal(mut act: Act<'_>, branch: PlaceCode, person: person::Model) -> Result<RevealedPhone, Stop> {
    act.permit(Deed::RevealPhone, &branch)?;
    let phone = act.floor().keys.open(person.phone_sealed.as_deref().ok_or(Stop::Missing)?)?;
    let body = json!({ "person": person.id.0 });
    act.record(Deed::RevealPhone, &Subject::new("branch", &branch, &branch), body).await?;
    act.commit().await?;
    Ok(RevealedPhone { name: person.name, phone, branch })
}

/// A post's deeds stand in the history of its branch.
async fn record(act: &mut Act<'_>, branch: &PlaceCode, id: CommitteePostId, step: &str) -> Result<(), Stop> {
    let body = json!({ "post": id, "step": step });
    act.record(Deed::EditCommittee, &Subject::new("branch", branch, branch), body).await
}
