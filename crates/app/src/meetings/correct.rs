//! Setting right who came to a meeting whose outcome was written down, with the points that follow.

use domain::{
    clock::chinese_date,
    ids::MeetingId,
    meeting::{MeetingKind, MeetingRefusal, MeetingState, Presence},
};
use platform::{
    act::{Act, Op},
    error::{OrRefuse as _, Stop},
};

use super::{
    actions::{keep, permitted},
    close::propose,
    roll::{self, Attendee, Line},
    store::{self, meeting},
};
use crate::points::{self, Followed, Source};

/// What is to be set right.
#[derive(Debug, Clone)]
pub struct PresenceCorrection {
    /// Who.
    pub attendee: Attendee,
    /// Whether they came.
    pub presence: Presence,
    /// Why.
    pub reason: String,
}

/// Corrects whether one person came, and says so in the minutes. Points for coming are taken back or proposed, and wait for somebody
/// else. Who came decided what was voted on, so that a meeting with a resolution stays as it is.
///
/// # Errors
/// Refusals before the outcome is written down, once something was resolved, without a reason, for one's own presence, and where it
/// stands so already; [`Stop::Missing`] for who was not called.
pub async fn correct_presence(op: &Op, id: MeetingId, told: PresenceCorrection) -> Result<Followed, Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    if row.state.0 != MeetingState::Closed {
        return Err(MeetingRefusal::WrongState(row.state.0)).or_refuse();
    }
    if store::topics_of(act.db(), id).await?.iter().any(|topic| topic.resolution_id.is_some()) {
        return Err(MeetingRefusal::Resolved).or_refuse();
    }
    if told.reason.trim().is_empty() {
        return Err(Stop::refused_at("correction", "请写明更正的原因，会附在会议记录后面。"));
    }
    let lines = roll::roll(act.db(), &row).await?;
    let line = lines.into_iter().find(|line| line.attendee() == told.attendee).ok_or(Stop::Missing)?;
    if line.person.is(act.officer()?) {
        return Err(Stop::refused_at("attendee", "不能更正本人的到会情况，请由支部另一名同志办理，或者补记说明。"));
    }
    let before = roll::presence_of(act.db(), id).await?.get(&told.attendee).copied();
    if before == Some(told.presence) {
        return Err(Stop::refused_at("attendee", "登记的就是这样，没有要更正的。"));
    }
    store::save_presence(act.db(), id, told.attendee, told.presence).await?;
    let followed = match row.kind.0 {
        MeetingKind::General | MeetingKind::ThemeDay => follow(&mut act, &row, &line, &told).await?,
        MeetingKind::Committee | MeetingKind::Group => Followed::Nothing,
    };
    let words = format!(
        "{}（{}更正）：{}的到会情况由“{}”改为“{}”，{}\n",
        chinese_date(act.now().date()),
        act.signature(),
        line.called,
        before.map_or("没有登记", Presence::label),
        told.presence.label(),
        told.reason.trim()
    );
    keep(&mut act, meeting::Model { addenda: row.addenda.clone() + &words, ..row }).await?;
    act.commit().await?;
    Ok(followed)
}

/// The points for coming: taken back from who did not, proposed for who did.
async fn follow(
    act: &mut Act<'_>,
    row: &meeting::Model,
    line: &Line,
    told: &PresenceCorrection,
) -> Result<Followed, Stop> {
    let Some(member) = &line.member else { return Ok(Followed::Nothing) };
    let of_open = |is_open| if is_open { Followed::Whole } else { Followed::Closed };
    if told.presence == Presence::Present {
        let came = [(told.attendee, Presence::Present)].into();
        let proposed = propose(act, row, std::slice::from_ref(line), &came).await?;
        return Ok(of_open(proposed > 0));
    }
    let source = Source { kind: "meeting", id: row.id.0.to_string() };
    let of = (member.id.0, row.starts_at.0.date());
    let reason = format!("更正到会情况：{}", told.reason.trim());
    points::take_back_for(act, &row.branch.0, &source, of, &reason).await.map(of_open)
}
