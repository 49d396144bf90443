//! The deeds before an activity, and signing up for it.

use domain::{
    activity::{ActivityKind, ActivityRefusal, ActivityState, Audience, TakingPart},
    clock::Instant,
    ids::{ActivityId, MembershipId, SignUpId},
    members::MemberState,
    organisation::PartyPost,
    permission::{Deed, OfficeKind},
    place::PlaceCode,
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Document, Int, Text},
    error::{OrRefuse as _, Stop},
};
use sea_orm::ConnectionTrait;

use super::{
    store::{self, activity, person},
    telling::{tell_concerned, tell_people, tell_published},
};
use crate::{
    people::{self, Membership},
    places,
};

/// An activity as a form tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewActivity {
    /// The kind.
    pub kind: ActivityKind,
    /// 活动名称.
    pub title: String,
    /// What it is about.
    pub text: String,
    /// When and where.
    pub at: WhenAndWhere,
    /// For whom it is.
    pub audiences: Vec<Audience>,
    /// The same in words, for others than these.
    pub audience: String,
    /// Whether members serve at a cultural activity, so that its hours count.
    pub is_with_service: bool,
}

/// When and where an activity is, and for how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhenAndWhere {
    /// When it begins.
    pub starts_at: Instant,
    /// How long, in hundredths of an hour.
    pub hours: i64,
    /// Where.
    pub venue: String,
    /// How many may come.
    pub capacity: Option<i32>,
}

impl WhenAndWhere {
    /// The activity at that time and place; signing up ends when it begins.
    pub(super) fn onto(self, row: activity::Model) -> activity::Model {
        activity::Model {
            starts_at: Int(self.starts_at),
            sign_up_until: Int(self.starts_at),
            hours: self.hours,
            venue: self.venue,
            capacity: self.capacity,
            ..row
        }
    }
}

/// Plans an activity of a place. Signing up ends when it begins.
///
/// # Errors
/// [`Stop::Missing`] where there is no such place.
pub async fn plan_activity(op: &Op, place: &PlaceCode, new: NewActivity) -> Result<ActivityId, Stop> {
    let mut act = op.act().await?;
    places::place(act.db(), place).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditActivity, place)?;
    let row = activity::Model {
        id: Text(act.new_id()),
        place: Text(place.clone()),
        kind: Text(new.kind),
        title: new.title,
        text: new.text,
        starts_at: Int(new.at.starts_at),
        hours: new.at.hours,
        venue: new.at.venue,
        capacity: new.at.capacity,
        sign_up_until: Int(new.at.starts_at),
        audience: new.audience,
        state: Text(ActivityState::Planned),
        summary: String::new(),
        residents: None,
        audiences: Document(new.audiences),
        owners: None,
        stewards: None,
        counts_hours: new.kind.counts_hours(new.is_with_service),
        reason: String::new(),
        signed: String::new(),
        version: 0,
    };
    let id = row.id.0;
    record(&mut act, Deed::EditActivity, &row).await?;
    store::insert(act.db(), row).await?;
    act.commit().await?;
    Ok(id)
}

/// Changes what is planned, while nobody knows of it.
///
/// # Errors
/// A refusal once it is published; [`Stop::Conflict`] when somebody else changed it meanwhile.
pub async fn change_activity(op: &Op, id: ActivityId, version: i32, new: NewActivity) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let old = permitted(&act, id).await?;
    old.rule().must_be_planned().or_refuse()?;
    let row = activity::Model {
        kind: Text(new.kind),
        title: new.title,
        text: new.text,
        audience: new.audience,
        audiences: Document(new.audiences),
        counts_hours: new.kind.counts_hours(new.is_with_service),
        version,
        ..old
    };
    keep(&mut act, new.at.onto(row)).await?;
    act.commit().await
}

/// The activity `id`, once editing it is permitted.
pub(super) async fn permitted(act: &Act<'_>, id: ActivityId) -> Result<activity::Model, Stop> {
    let row = store::hold(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditActivity, &row.place.0)?;
    Ok(row)
}

/// Tells the members.
///
/// # Errors
/// Refusals when it has begun, or they know already.
pub async fn publish_activity(op: &Op, id: ActivityId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    let state = row.rule().publish(act.now()).or_refuse()?;
    tell_published(&act, &row).await?;
    keep(&mut act, activity::Model { state: Text(state), ..row }).await?;
    act.commit().await
}

/// Calls it off.
///
/// # Errors
/// Refusals when it took place, or without a reason.
pub async fn cancel_activity(op: &Op, id: ActivityId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    let state = row.rule().cancel(reason).or_refuse()?;
    if row.state.0 == ActivityState::Published {
        let words = format!("“{}”（{}）已取消：{}。", row.title, row.starts_at.0, reason.trim());
        tell_concerned(&act, &row, &words).await?;
    }
    keep(&mut act, activity::Model { state: Text(state), reason: reason.trim().to_owned(), ..row }).await?;
    act.commit().await
}

/// Notes somebody who came without having signed up, such as on a spare line of the sheet; they are ticked when it is summed up.
///
/// # Errors
/// Refusals before it begins and once it is summed up, and for who is noted already; [`Stop::Missing`] for members of other
/// places.
pub async fn note_attendee(op: &Op, id: ActivityId, membership: MembershipId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    row.rule().take_attendance(act.now()).or_refuse()?;
    let (member, _) = people::membership(act.db(), membership).await?.ok_or(Stop::Missing)?;
    if !member.branch.0.is_within(&row.place.0) || !member.is_in_roll_on(row.starts_at.0.date()) {
        return Err(Stop::Missing);
    }
    match store::people_of(act.db(), id).await?.into_iter().find(|it| it.membership_id.0 == membership) {
        Some(old) if old.state.0 == TakingPart::Signed => return Err(ActivityRefusal::Twice).or_refuse(),
        Some(old) => store::save_person(act.db(), person::Model { state: Text(TakingPart::Signed), ..old }).await?,
        None => store::insert_people(act.db(), vec![participant(&act, id, membership, TakingPart::Signed)]).await?,
    }
    record(&mut act, Deed::EditActivity, &row).await?;
    act.commit().await
}

fn participant(act: &Act<'_>, id: ActivityId, membership: MembershipId, state: TakingPart) -> person::Model {
    person::Model {
        id: Text(act.new_id::<SignUpId>()),
        activity_id: Text(id),
        membership_id: Text(membership),
        state: Text(state),
        hours: None,
        signed_at: Int(act.now()),
        promoted_at: None,
    }
}

/// Signs a member up: in while there is a place, waiting otherwise. A member signs up for themselves only.
///
/// # Errors
/// Refusals when it is not published, too late, or twice; [`Stop::Missing`] for a member who is not of the activity's place.
pub async fn sign_up(op: &Op, id: ActivityId, membership: MembershipId) -> Result<TakingPart, Stop> {
    let mut act = op.act().await?;
    let row = store::hold(act.db(), id).await?.ok_or(Stop::Missing)?;
    let member = must_be_ones_to_sign(&act, &row, membership).await?;
    if member.state.0 != MemberState::Confirmed {
        return Err(Stop::Missing);
    }
    must_be_meant(&act, &row, &member).await?;
    let people = store::people_of(act.db(), id).await?;
    let signed = people.iter().filter(|it| it.state.0 == TakingPart::Signed).count();
    let state = row.rule().sign_up(u32::try_from(signed).unwrap_or(u32::MAX), act.now()).or_refuse()?;
    match people.into_iter().find(|it| it.membership_id.0 == membership) {
        Some(old) if old.state.0 == TakingPart::Left => {
            let again = person::Model { state: Text(state), signed_at: Int(act.now()), promoted_at: None, ..old };
            store::save_person(act.db(), again).await?;
        }
        Some(_) => return Err(ActivityRefusal::Twice).or_refuse(),
        None => {
            store::insert_people(act.db(), vec![participant(&act, id, membership, state)]).await?;
        }
    }
    record(&mut act, Deed::SignUpForActivity, &row).await?;
    act.commit().await?;
    Ok(state)
}

/// Takes a sign-up back, that of a member who has left the branch too; who has waited longest gets the place.
///
/// # Errors
/// Refusals when the member is not signed up, or it has begun.
pub async fn sign_off(op: &Op, id: ActivityId, membership: MembershipId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = store::hold(act.db(), id).await?.ok_or(Stop::Missing)?;
    must_be_ones_to_sign(&act, &row, membership).await?;
    // The same moments as for signing up.
    row.rule().sign_up(0, act.now()).or_refuse()?;
    if !give_up(&mut act, &row, membership).await? {
        return Err(ActivityRefusal::NotSigned).or_refuse();
    }
    act.commit().await
}

/// Takes a sign-up back, and gives the place to who has waited longest. Answers whether there was one.
async fn give_up(act: &mut Act<'_>, row: &activity::Model, membership: MembershipId) -> Result<bool, Stop> {
    let people = store::people_of(act.db(), row.id.0).await?;
    let own = people.iter().find(|it| it.membership_id.0 == membership && it.state.0.is_in());
    let Some(own) = own.cloned() else { return Ok(false) };
    let mut waiting = people.into_iter().filter(|it| it.state.0 == TakingPart::Waiting);
    if own.state.0 == TakingPart::Signed
        && let Some(next) = waiting.next()
    {
        promote(act, row, next).await?;
    }
    store::save_person(act.db(), person::Model { state: Text(TakingPart::Left), ..own }).await?;
    record(act, Deed::SignUpForActivity, row).await?;
    Ok(true)
}

/// Gives who waits a place, and tells them.
pub(super) async fn promote(act: &Act<'_>, row: &activity::Model, next: person::Model) -> Result<(), Stop> {
    let (member, promoted_at) = (next.membership_id.0, Some(Int(act.now())));
    store::save_person(act.db(), person::Model { state: Text(TakingPart::Signed), promoted_at, ..next }).await?;
    let words = format!("“{}”有了名额，您已由候补转为报名：{}，{}。", row.title, row.starts_at.0, row.venue);
    tell_people(act, row, &[member], &words).await
}

/// Who leaves the roll comes to nothing that is still ahead, in the deed that ends the line: their places are for who waits.
///
/// # Errors
/// When the database fails.
pub async fn release(act: &mut Act<'_>, membership: MembershipId) -> Result<(), Stop> {
    let now = act.now();
    for (ahead, _) in store::taken_part(act.db(), membership).await? {
        let is_open = ahead.state.0 == ActivityState::Published && ahead.starts_at.0 > now;
        if is_open && let Some(row) = store::hold(act.db(), ahead.id.0).await? {
            give_up(act, &row, membership).await?;
        }
    }
    Ok(())
}

/// The member is of the activity's place, and is the one who acts or of the branch of the one who does.
async fn must_be_ones_to_sign(
    act: &Act<'_>,
    row: &activity::Model,
    membership: MembershipId,
) -> Result<Membership, Stop> {
    act.permit(Deed::SignUpForActivity, &row.place.0)?;
    let (member, person) = people::membership(act.db(), membership).await?.ok_or(Stop::Missing)?;
    let officer = act.officer()?;
    let is_own = match officer.office.kind {
        OfficeKind::Member => person.account_id == Some(Text(officer.account)),
        _ => member.branch.0.is_within(&officer.office.place),
    };
    if !is_own || !member.branch.0.is_within(&row.place.0) {
        return Err(Stop::Missing);
    }
    Ok(member)
}

/// A member signs up for what is meant for them; the branch, which knows who they are, enters anybody.
async fn must_be_meant(act: &Act<'_>, row: &activity::Model, member: &Membership) -> Result<(), Stop> {
    if act.officer()?.office.kind != OfficeKind::Member {
        return Ok(());
    }
    let is_secretary = is_secretary(act.db(), member).await?;
    domain::activity::must_be_meant(&row.audiences.0, &row.audience_words(), is_secretary).or_refuse()
}

/// Whether the member is some branch's secretary now.
pub(super) async fn is_secretary(db: &impl ConnectionTrait, member: &Membership) -> Result<bool, Stop> {
    let posts = people::posts_of_person(db, member.person_id.0).await?;
    Ok(posts.iter().any(|post| post.until.is_none() && post.post.0 == PartyPost::Secretary))
}

/// Saves a step and records it.
pub(super) async fn keep(act: &mut Act<'_>, row: activity::Model) -> Result<(), Stop> {
    record(act, Deed::EditActivity, &row).await?;
    store::save(act.db(), row).await
}

/// Saves it at another time or place, and records that it was moved.
pub(super) async fn keep_moved(act: &mut Act<'_>, row: activity::Model) -> Result<(), Stop> {
    let body = serde_json::json!({ "kind": row.kind.0, "state": row.state.0, "step": "moved" });
    act.record(Deed::EditActivity, &Subject::new("activity", row.id.0, &row.place.0), body).await?;
    store::save(act.db(), row).await
}

async fn record(act: &mut Act<'_>, deed: Deed, row: &activity::Model) -> Result<(), Stop> {
    let body = serde_json::json!({ "kind": row.kind.0, "state": row.state.0 });
    act.record(deed, &Subject::new("activity", row.id.0, &row.place.0), body).await
}
