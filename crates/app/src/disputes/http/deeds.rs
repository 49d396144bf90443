//! The deeds of a desk on a file, as its page sends them.

use std::collections::BTreeMap;

use axum::{extract::Path, response::Response};
use domain::{
    dispute::{EndCause, ItemOutcome, NotAccepted, UpwardCause, VisitResult},
    ids::{AgreementItemId, DisputeId},
    permission::Deed,
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, refused},
    shell::Problems,
};

use super::{dispute_id, show::dispute_page};
use crate::{
    desk::Desk,
    disputes::{
        actions::{
            accept_dispute, check_performance, correct_dispute, decline_dispute, end_mediation, hand_up_dispute,
            record_agreement, record_mediation, stand_back_from_dispute, visit_parties,
        },
        queries,
        read::{TEXT, read_agreement, read_correction, read_session},
        urls,
    },
};

/// On to the file, or its page again with what was refused.
pub async fn answered(
    desk: &Desk,
    id: DisputeId,
    form: Form,
    ended: Result<(), Stop>,
    words: &str,
) -> Result<Response, Stop> {
    match ended {
        Ok(()) => Ok(done(&urls::dispute(id), words)),
        Err(Stop::Refused(problems)) => refused(&dispute_page(desk, id, form, Problems(problems), None).await?),
        Err(stop) => Err(stop),
    }
}

/// The rules speak of a day; each form of the page has its own field for it.
fn at(field: &str, ended: Result<(), Stop>) -> Result<(), Stop> {
    ended.map_err(|stop| stop.moved("on", field))
}

/// What is not this office's business is told before what was typed wrongly.
async fn permitted(desk: &Desk, id: &str, deed: Deed) -> Result<DisputeId, Stop> {
    let id = dispute_id(id)?;
    let file = queries::dispute(&desk.op, id).await?;
    desk.op.permit(deed, &file.line.row.place.0).map(|()| id)
}

/// Takes it on.
pub async fn accept(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::AcceptDispute).await?;
    let ended = accept_dispute(&desk.op, id, form.is_ticked("consent")).await;
    answered(&desk, id, form, ended, "已受理，一般在 30 天内调解结束。").await
}

/// Puts right who the parties are or what it is about.
pub async fn correct(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::CorrectDispute).await?;
    let ended = match read_correction(&form) {
        Ok((parties, matter)) => correct_dispute(&desk.op, id, &parties, &matter).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已更正。").await
}

/// Tells where else to go.
pub async fn decline(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::DeclineDispute).await?;
    let mut reading = form.read();
    let reason = reading.choice::<NotAccepted>("decline", "不予受理的原因");
    let note = reading.text("decline_note", "补充说明", TEXT);
    let ended = match reading.finish_with(reason) {
        Ok(reason) => decline_dispute(&desk.op, id, reason, &note).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已登记不予受理，请把去处当面告诉当事人。").await
}

/// Declares a relation.
pub async fn stand_back(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::StandBackFromDispute).await?;
    let mut reading = form.read();
    let relation = reading.required("relation", "与当事人的关系", TEXT);
    let ended = match reading.finish() {
        Ok(()) => stand_back_from_dispute(&desk.op, id, &relation).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已登记回避。请由其他同志调解；没有其他同志的，请移交上一级。").await
}

/// Keeps a session.
pub async fn session(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::RecordMediation).await?;
    let ended = match read_session(&form) {
        Ok((day, told)) => at("held_on", record_mediation(&desk.op, id, day, told).await),
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "调解已登记。").await
}

/// Keeps what was agreed on.
pub async fn agreement(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::RecordAgreement).await?;
    let ended = match read_agreement(&form) {
        Ok(new) => at("agreed_on", record_agreement(&desk.op, id, new).await),
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "协议已登记，可以下载打印，请各方签名。").await
}

/// Ends without an agreement.
pub async fn end(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::EndMediation).await?;
    let mut reading = form.read();
    let cause = reading.choice::<EndCause>("cause", "终止原因");
    let note = reading.text("end", "情况说明", TEXT);
    let ended = match reading.finish_with(cause) {
        Ok(cause) => end_mediation(&desk.op, id, cause, &note).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已终止调解。请告诉当事人可以依法通过仲裁、行政、司法等途径解决。").await
}

/// Hands it up.
pub async fn hand_up(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::HandUpDispute).await?;
    let mut reading = form.read();
    let cause = reading.choice::<UpwardCause>("upward", "移交原因");
    let reason = reading.required("hand_up", "情况说明", TEXT);
    let ended = match reading.finish_with(cause) {
        Ok(cause) => hand_up_dispute(&desk.op, id, cause, &reason).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已移交上一级，对方会收到消息。").await
}

/// Keeps what was performed: a field `outcome.` with the item's number for each that was looked at.
pub async fn check(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::CheckPerformance).await?;
    let checked: BTreeMap<AgreementItemId, ItemOutcome> = form
        .with_prefix("outcome.")
        .filter_map(|(item, outcome)| Some((item.parse().ok()?, outcome.parse().ok()?)))
        .collect();
    let mut reading = form.read();
    let note = reading.text("check", "情况说明", TEXT);
    let ended = match reading.finish() {
        Ok(()) => check_performance(&desk.op, id, &checked, &note).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "履行情况已登记。").await
}

/// Keeps what the visit found.
pub async fn visit(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::VisitParties).await?;
    let mut reading = form.read();
    let result = reading.choice::<VisitResult>("result_of_visit", "回访结果");
    let note = reading.required("visit", "回访情况", TEXT);
    let ended = match reading.finish_with(result) {
        Ok(result) => visit_parties(&desk.op, id, result, &note).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "回访已登记。").await
}
