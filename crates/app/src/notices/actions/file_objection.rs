//! Taking in an objection: from anyone over the net, or by an officer for somebody who came, called or wrote.

use domain::{
    clock::Instant,
    ids::{ApplicationId, NoticeId, ObjectionId},
    permission::{Deed, OfficeKind},
    place::PlaceCode,
    selection::{
        notice::Period,
        objection::{Arrival, Channel, Objection},
        query_code::QueryCode,
    },
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use crate::{
    messages,
    notices::{
        store::{self, notice, row},
        urls,
    },
};

/// Who objects, when they give a name.
#[derive(Clone)]
pub struct Reporter {
    /// Name, or name of the unit.
    pub name: String,
    /// Telephone or address for the answer.
    pub contact: String,
}

/// What somebody has to say against a notice.
#[derive(Clone)]
pub struct NewObjection {
    /// The notice, in any of its versions.
    pub notice: NoticeId,
    /// Against whom; `None` when it is about the list as a whole.
    pub application: Option<ApplicationId>,
    /// Who says it; `None` for an anonymous one, which is as welcome (R-NOT-04).
    pub reporter: Option<Reporter>,
    /// What is said.
    pub text: String,
}

/// What the objector takes home. The code is shown once and kept nowhere.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The objection.
    pub id: ObjectionId,
    /// With this code the objector asks how it stands.
    pub code: QueryCode,
    /// When it was taken in.
    pub received_at: Instant,
}

/// Takes in an objection over the net. Whoever happens to be signed in, it is filed as by anyone: the record must not
/// tell who objected.
///
/// # Errors
/// Refusals in words when the period is over or has not begun; [`Stop::Missing`] when there is no such notice.
pub async fn file_objection(op: &Op, new: NewObjection) -> Result<Receipt, Stop> {
    let visitor = op.as_visitor();
    take_in(&visitor, Deed::FileObjection, new, Channel::Web, op.now()).await
}

/// Enters an objection for somebody who came, called or wrote.
///
/// # Errors
/// As [`file_objection`]; a refusal at `received_at` for a time to come.
pub async fn enter_objection(
    op: &Op,
    new: NewObjection,
    channel: Channel,
    received_at: Instant,
) -> Result<Receipt, Stop> {
    if received_at > op.now() {
        return Err(Stop::refused_at("received_at", "收到时间不能晚于现在，请核对后重新填写。"));
    }
    take_in(op, Deed::EnterObjection, new, channel, received_at).await
}

async fn take_in(
    op: &Op,
    deed: Deed,
    new: NewObjection,
    channel: Channel,
    received_at: Instant,
) -> Result<Receipt, Stop> {
    let mut act = op.act().await?;
    let (notice, period) = current(&act, new.notice).await?;
    let place = &notice.place.0;
    act.permit(deed, place)?;
    let against = named_in(&act, &notice, new.application).await?;
    let arrival = Arrival {
        id: act.new_id(),
        notice: notice.id.0,
        against,
        channel,
        is_named: new.reporter.is_some(),
        received_at,
    };
    let objection = Objection::receive(arrival, period).or_refuse()?;
    let code = QueryCode::from_random(act.random());
    store::insert_objection(act.db(), kept(&act, &objection, &notice, &new, &code)?).await?;
    let words = "收到一件新的异议，请按期受理";
    messages::tell(&act, OfficeKind::Verifier, place, words, &urls::objection(objection.id)).await?;
    // Neither who objects nor what is said belongs into the record, only that it came.
    let body = serde_json::json!({ "notice": objection.notice, "application": new.application, "channel": channel, "is_named": objection.is_named });
    act.record(deed, &Subject::new("objection", objection.id, place), body).await?;
    act.commit().await?;
    Ok(Receipt { id: objection.id, code, received_at })
}

/// The version of the notice that people are to read now, and its period.
async fn current(act: &Act<'_>, id: NoticeId) -> Result<(notice::Model, Period), Stop> {
    let asked = store::notice(act.db(), id).await?.ok_or(Stop::Missing)?;
    let notice = if asked.superseded_at.is_some() {
        store::latest(act.db(), &asked.chain).await?.ok_or(Stop::Missing)?
    } else {
        asked
    };
    let period = notice.period().ok_or(Stop::Missing)?;
    Ok((notice, period))
}

async fn named_in(
    act: &Act<'_>,
    notice: &notice::Model,
    application: Option<ApplicationId>,
) -> Result<Option<PlaceCode>, Stop> {
    let Some(application) = application else { return Ok(None) };
    match store::entry(act.db(), notice.id.0, application).await? {
        Some(entry) => Ok(Some(entry.place.0)),
        None => Err(Stop::refused_at("application", "公示名单里没有这个小区，请刷新页面后重新选择。")),
    }
}

fn kept(
    act: &Act<'_>,
    objection: &Objection,
    notice: &notice::Model,
    new: &NewObjection,
    code: &QueryCode,
) -> Result<row::Model, Stop> {
    let keys = &act.floor().keys;
    let sealed = |text: fn(&Reporter) -> &str| new.reporter.as_ref().map(|reporter| keys.seal(text(reporter)));
    Ok(row::Model {
        id: Text(objection.id),
        notice_id: Text(objection.notice),
        chain: notice.chain.clone(),
        place: notice.place.clone(),
        application_id: new.application.map(Text),
        against: objection.against.clone().map(Text),
        channel: Text(objection.channel),
        is_named: objection.is_named,
        reporter_name_sealed: sealed(|reporter| &reporter.name).transpose()?,
        reporter_contact_sealed: sealed(|reporter| &reporter.contact).transpose()?,
        text_sealed: keys.seal(&new.text)?,
        code_index: keys.index(code.letters()),
        received_at: Int(objection.received_at),
        entered_by: act.office_id().map(Text),
        state: Text(objection.state),
        state_since: Int(objection.state_since),
        acknowledged_at: None,
        verifier: None,
        finding: None,
        grounds_sealed: None,
        answer_sealed: None,
        replied_at: None,
        version: 0,
    })
}
