//! Asking the members of the standing committee and their departments for their opinion (R-SEL-13).

use domain::{
    ids::{ConsultationId, SeasonId},
    permission::{Deed, OfficeKind},
    selection::{
        application::{Application, Stage},
        parameters::Parameters,
        review::{ConsultationDays, ConsultationReply, Consultee, check_consultations_closed},
    },
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use crate::{
    calendar, messages,
    review::{
        queries::applications_of,
        store::{self, consultation},
        urls,
    },
    selection::{self, Season, SeasonStreet},
};

/// Sends the list for consultation, to everyone whom the season's parameters name, once the panel is through.
///
/// # Errors
/// Refusals when the panel is still at work, nothing has passed it, it was sent before, or a year has no table of holidays.
pub async fn send_consultation(op: &Op, season: SeasonId) -> Result<usize, Stop> {
    let mut act = op.act().await?;
    let season = selection::season(act.db(), season).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::SendConsultation, &season.county.0)?;
    let parameters = selection::parameters_of(act.db(), &season).await?;
    let applications = applications_of(act.db(), &season).await?;
    must_be_through(&applications)?;
    must_be_reported(&act, &season, &parameters).await?;
    if !store::consultations(act.db(), season.id.0).await?.is_empty() {
        return Err(Stop::refused("征求意见已经发出，请刷新页面查看，并登记各方回复。"));
    }
    let calendar = calendar::load(act.db()).await?;
    let due_on = calendar.add_working_days(act.now().date(), parameters.consultation_days).or_refuse()?;
    let office = act.officer()?.office.id;
    let row = |(position, name): (i32, &String)| {
        let Consultee { post, department } = Consultee::parse(name);
        consultation::Model {
            id: Text(act.new_id()),
            season_id: Text(season.id.0),
            place: Text(season.county.0.clone()),
            position,
            consultee: post,
            department,
            sent_at: Int(act.now()),
            due_on: Text(due_on),
            reply: None,
            reply_text: String::new(),
            replied_on: None,
            office_id: Text(office),
            version: 0,
        }
    };
    let rows: Vec<_> = (1..).zip(&parameters.consulted).map(row).collect();
    let sent = rows.len();
    store::insert_consultations(act.db(), rows).await?;
    let body = serde_json::json!({ "sent": sent, "due_on": due_on });
    act.record(Deed::SendConsultation, &Subject::new("season", season.id.0, &season.county.0), body).await?;
    act.commit().await?;
    Ok(sent)
}

/// Whether the panel has said its opinion on everything that was recommended, late or not.
fn must_be_through(applications: &[Application]) -> Result<(), Stop> {
    let count = |stage| applications.iter().filter(|application| application.stage == stage).count();
    let waiting = count(Stage::Recommended);
    if waiting > 0 {
        return Err(Stop::refused(format!(
            "还有 {waiting} 份申报没有提出初步意见，全部提出后才能征求意见；已过期限的写明逾期原因也可以提出。"
        )));
    }
    if count(Stage::PanelPassed) == 0 {
        return Err(Stop::refused("没有初步意见通过的申报，不需要征求意见。"));
    }
    Ok(())
}

/// Nothing is decided that was not consulted on (R-SEL-02): until the streets' deadline, a street may still report.
async fn must_be_reported(act: &Act<'_>, season: &Season, parameters: &Parameters) -> Result<(), Stop> {
    if parameters.recommend_deadline().is_some_and(|deadline| act.now() >= deadline) {
        return Ok(());
    }
    let reported = selection::recommendations_of(act.db(), season.id.0).await?;
    let streets = selection::streets_of(act.db(), season.id.0).await?;
    let at_work = |street: &&SeasonStreet| !reported.iter().any(|it| it.street == street.street);
    let Some(street) = streets.iter().find(at_work) else { return Ok(()) };
    let name = selection::place_name(act.db(), &street.street.0).await?;
    Err(Stop::refused(format!(
        "{name}还没有上报推荐名单（没有推荐的也要上报一次）；全部街道上报或推荐截止后才能征求意见。"
    )))
}

/// How a consultation ended.
#[derive(Debug, Clone)]
pub struct ConsultationResult {
    /// What was answered, or that nothing was.
    pub reply: ConsultationReply,
    /// The opinion, in the words of whoever gave it.
    pub text: String,
    /// The day of the answer.
    pub replied_on: Option<Date>,
}

/// Keeps how a consultation ended; a late answer may still replace the note of silence until the committee has decided.
///
/// # Errors
/// Refusals at the fields; in words once the committee has decided.
pub async fn record_consultation(op: &Op, id: ConsultationId, result: ConsultationResult) -> Result<SeasonId, Stop> {
    let mut act = op.act().await?;
    let row = store::consultation(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::RecordConsultation, &row.place.0)?;
    let season = row.season_id.0;
    if store::decision(act.db(), season).await?.is_some() {
        return Err(Stop::refused("县委常委会已经审定，征求意见的结果不能再改。"));
    }
    let days = ConsultationDays { sent_on: row.sent_at.0.date(), due_on: row.due_on.0 };
    let replied_on = days.check_reply(act.now(), result.reply, &result.text, result.replied_on).or_refuse()?;
    let place = row.place.0.clone();
    let row = consultation::Model {
        reply: Some(Text(result.reply)),
        reply_text: result.text,
        replied_on: replied_on.map(Text),
        office_id: Text(act.officer()?.office.id),
        ..row
    };
    store::save_consultation(act.db(), row).await?;
    let all = store::consultations(act.db(), season).await?;
    if closed(&all).is_ok() {
        let words = "评选征求意见已全部收回，可以提交县委常委会审定";
        messages::tell(&act, OfficeKind::StandingCommittee, &place, words, &urls::decision(season)).await?;
    }
    let body = serde_json::json!({ "reply": result.reply, "replied_on": replied_on });
    act.record(Deed::RecordConsultation, &Subject::new("consultation", id, &place), body).await?;
    act.commit().await?;
    Ok(season)
}

/// Whether every consultation is closed.
pub(in crate::review) fn closed(
    rows: &[consultation::Model],
) -> Result<(), domain::selection::application::StepRefusal> {
    check_consultations_closed(rows.iter().map(|row| (row.consultee.as_str(), row.reply.map(|Text(reply)| reply))))
}
