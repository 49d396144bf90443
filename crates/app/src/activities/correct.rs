//! Setting right who came to an activity that was summed up, and for how long, with the points that follow.

use domain::{
    activity::{ActivityRefusal, ActivityState, Stretch, TakingPart, check_hours},
    ids::{ActivityId, MembershipId, SignUpId},
    permission::Deed,
    place::Level,
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Problem, Stop},
};

use serde_json::json;

use super::{
    actions::permitted,
    hours,
    records::store as records,
    store::{self, activity, person},
    sum_up::{Came, branches_of, propose, source},
};
use crate::{
    people::{self, Person},
    places,
    points::{self, Followed},
};

/// What is to be set right.
#[derive(Debug, Clone)]
pub struct Correction {
    /// Whose attendance.
    pub member: MembershipId,
    /// Hundredths of an hour; `None` for who was not there.
    pub hours: Option<i64>,
    /// Why.
    pub reason: String,
}

/// Corrects one member's attendance: what the wrong one gave is taken back, what the right one gives is proposed, and both wait for
/// somebody else.
///
/// # Errors
/// Refusals before the activity is summed up, without a reason, for one's own attendance, when it stands so already, or at hours
/// that cannot be; [`Stop::Missing`] for members of other places.
pub async fn correct_attendance(op: &Op, id: ActivityId, told: Correction) -> Result<Followed, Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    if let Some(county) = row.place.0.at(Level::County) {
        places::lock(act.db(), &county).await?;
    }
    if row.state.0 != ActivityState::SummedUp {
        return Err(ActivityRefusal::WrongState(row.state.0)).or_refuse();
    }
    if told.reason.trim().is_empty() {
        return Err(Stop::refused_at("correction", "请写明更正的原因，本人会看到。"));
    }
    let (_, person) = people::membership(act.db(), told.member).await?.ok_or(Stop::Missing)?;
    must_be_anothers(&act, id, told.member, &person).await?;
    let branches = branches_of(&act, &row, &[told.member]).await?;
    let branch = branches.into_keys().next().ok_or(Stop::Missing)?;
    let before = note(&act, &row, &told, &person.name).await?;
    let reason = format!("更正到场情况：{}", told.reason.trim());
    let of = (told.member, row.starts_at.0.date());
    let is_open = points::take_back_for(&mut act, &branch, &source(&row), of, &reason).await?;
    let mut followed = if is_open { Followed::Whole } else { Followed::Closed };
    if let Some(hours) = told.hours.filter(|_| is_open) {
        let came: Came = [(told.member, hours)].into();
        if propose(&mut act, &row, &branch, &[told.member], &came).await? == 0 {
            followed = Followed::Nothing;
        }
    }
    let body = json!({ "step": "corrected", "member": told.member, "before": before, "hours": told.hours });
    act.record(Deed::EditActivity, &Subject::new("activity", id, &row.place.0), body).await?;
    act.commit().await?;
    Ok(followed)
}

/// Nobody corrects their own; the hours of who summed up are in a record that somebody else decides on.
async fn must_be_anothers(act: &Act<'_>, id: ActivityId, member: MembershipId, person: &Person) -> Result<(), Stop> {
    if person.is(act.officer()?) {
        return Err(Stop::refused_at(
            "member",
            "不能更正本人的到场情况，请由支部另一名同志办理；支部没有别人的，由社区办理。",
        ));
    }
    if records::is_of_activity(act.db(), id, member).await? {
        let words = "这名同志总结了活动，本人的时长在“服务时长”里由另一名同志确认，不在这里更正。";
        return Err(Stop::refused_at("member", words));
    }
    Ok(())
}

/// Notes the attendance as it is told; answers with the hours that stood before.
async fn note(act: &Act<'_>, row: &activity::Model, told: &Correction, name: &str) -> Result<Option<i64>, Stop> {
    let known = store::people_of(act.db(), row.id.0).await?.into_iter().find(|it| it.membership_id.0 == told.member);
    let before = known.as_ref().filter(|it| it.state.0 == TakingPart::Came).and_then(|it| it.hours);
    if before == told.hours {
        return Err(Stop::refused_at("member", "登记的就是这样，没有要更正的。"));
    }
    // First without what is wrong, so that the hours are not compared with themselves.
    let absent = absent(act, row, told.member, known).await?;
    let Some(hours) = told.hours else { return Ok(before) };
    let recorded = hours::stretches_of(act.db(), &[told.member], row.starts_at.0.date()).await?;
    let others = recorded.get(&told.member).map_or(&[][..], Vec::as_slice);
    let new = Stretch { from: row.starts_at.0, hours, title: row.title.clone() };
    check_hours(name, &new, others)
        .map_err(|refusal| Stop::Refused(vec![Problem::at("corrected_hours", format!("{refusal}。"))]))?;
    let came = person::Model { state: Text(TakingPart::Came), hours: Some(hours), ..absent };
    store::save_person(act.db(), came).await?;
    Ok(before)
}

/// The member as one who was not there.
async fn absent(
    act: &Act<'_>,
    row: &activity::Model,
    member: MembershipId,
    known: Option<person::Model>,
) -> Result<person::Model, Stop> {
    let state = Text(TakingPart::Absent);
    if let Some(known) = known {
        let absent = person::Model { state, hours: None, ..known };
        store::save_person(act.db(), absent.clone()).await?;
        return Ok(absent);
    }
    let absent = person::Model {
        id: Text(act.new_id::<SignUpId>()),
        activity_id: row.id,
        membership_id: Text(member),
        state,
        hours: None,
        signed_at: Int(act.now()),
        promoted_at: None,
    };
    store::insert_people(act.db(), vec![absent.clone()]).await?;
    Ok(absent)
}
