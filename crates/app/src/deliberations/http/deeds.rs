//! The deeds on a thread, as its page sends them.

use axum::{extract::Path, response::Response};
use domain::{ids::DeliberationId, permission::Deed};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, refused},
    pictures::{self, pictures},
    shell::Problems,
};

use super::{show::thread_page, thread_id};
use crate::{
    deliberations::{
        actions::{
            NewMilestone, PHOTOS, accept_work, announce_session, close_deliberation, decline_deliberation,
            end_deliberation, enter_rating, enter_view, keep_branch_opinion, keep_signed_minutes, link_poll,
            publish_decision, record_progress, record_session, return_deliberation, step_back_deliberation,
            take_up_deliberation, take_vote,
        },
        queries,
        read::{
            TEXT, read_acceptance, read_announcement, read_decision, read_milestone, read_poll, read_resolution,
            read_session, read_told_rating, read_told_view,
        },
        urls,
    },
    desk::Desk,
};

/// On to the thread, or its page again with what was refused.
pub async fn answered(
    desk: &Desk,
    id: DeliberationId,
    form: Form,
    ended: Result<(), Stop>,
    words: &str,
) -> Result<Response, Stop> {
    match ended {
        Ok(()) => Ok(done(&urls::thread(id), words)),
        Err(Stop::Refused(problems)) => refused(&thread_page(desk, id, form, Problems(problems), None).await?),
        Err(stop) => Err(stop),
    }
}

/// The rules speak of a day; each form of the page has its own field for it.
fn at(field: &str, ended: Result<(), Stop>) -> Result<(), Stop> {
    ended.map_err(|stop| stop.moved("on", field))
}

/// What is not this office's business is told before what was typed wrongly.
async fn permitted(desk: &Desk, id: &str, deed: Deed) -> Result<DeliberationId, Stop> {
    let id = thread_id(id)?;
    let file = queries::thread_file(&desk.op, id).await?;
    desk.op.permit(deed, &file.line.row.place.0).map(|()| id)
}

/// One text that may not be empty.
fn said(form: &Form, field: &str, label: &str) -> Result<String, Stop> {
    let mut reading = form.read();
    let words = reading.required(field, label, TEXT);
    reading.finish().map(|()| words)
}

/// Takes a matter up.
pub async fn take_up(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::ScreenDeliberation).await?;
    let mut reading = form.read();
    let until = reading.date("until", "征集意见截止日期");
    let ended = match reading.finish_with(until) {
        Ok(until) => take_up_deliberation(&desk.op, id, until).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已受理，居民现在可以在公开页面上提意见。").await
}

/// Says why it is not taken up.
pub async fn decline(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::ScreenDeliberation).await?;
    let ended = match said(&form, "decline", "不予受理的原因") {
        Ok(reason) => decline_deliberation(&desk.op, id, &reason).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已登记不予受理，请把原因告诉提出人。").await
}

/// Enters a view for a resident.
pub async fn view(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::EnterView).await?;
    let ended = match read_told_view(&form) {
        Ok((new, channel)) => enter_view(&desk.op, id, new, channel).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "意见已登记。").await
}

/// Takes over the branch's opinion.
pub async fn opinion(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::KeepBranchOpinion).await?;
    let ended = match read_resolution(&form) {
        Ok(resolution) => keep_branch_opinion(&desk.op, id, resolution).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "支部意见已登记，请公示议题和议事时间。").await
}

/// Publishes the topic, or puts its session off.
pub async fn announce(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::AnnounceSession).await?;
    let ended = match read_announcement(&form) {
        Ok(new) => announce_session(&desk.op, id, new).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "议题已公示，请通知业委会、物业和居民代表。").await
}

/// Keeps the minutes of a session.
pub async fn session(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::RecordSession).await?;
    let ended = match read_session(&form) {
        Ok(new) => record_session(&desk.op, id, new).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "议事记录已登记，可以下载打印，请各方签名。").await
}

/// Links the owners' vote.
pub async fn poll(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::LinkPoll).await?;
    let ended = match read_poll(&form) {
        Ok(poll) => link_poll(&desk.op, id, poll).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已关联业主表决，结果公布后按结果办理。").await
}

/// Goes on with what the owners decided.
pub async fn vote(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::LinkPoll).await?;
    let ended = take_vote(&desk.op, id).await;
    answered(&desk, id, form, ended, "业主表决已通过，请公布决定。").await
}

/// Publishes the decision.
pub async fn publish(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::PublishDecision).await?;
    let ended = match read_decision(&form) {
        Ok((decision, accounts)) => publish_decision(&desk.op, id, &decision, &accounts).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "决定已公布，居民可以看到。").await
}

/// Keeps the minutes of a session as the parties signed them.
pub async fn signed(desk: Desk, Path(id): Path<String>, mut form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::RecordSession).await?;
    let number = form.value("number").parse().unwrap_or(0);
    let scan = form.take_file("scan");
    let ended = match scan {
        Some(scan) => match pictures::scan(scan, "scan").await {
            Ok(scan) => keep_signed_minutes(&desk.op, id, number, scan).await,
            Err(stop) => Err(stop),
        },
        None => Err(Stop::refused_at("scan", "请选择签名的议事记录，可以拍照或扫描。")),
    };
    answered(&desk, id, form, ended, "签名的议事记录已保存。").await
}

/// Keeps how it is carried out.
pub async fn progress(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::CarryOutDecision).await?;
    let ended = match (read_milestone(&form), pictures(&form, "photos", PHOTOS).await) {
        (Ok(new), Ok(photos)) => at("reached_on", record_progress(&desk.op, id, NewMilestone { photos, ..new }).await),
        (Err(stop), _) | (_, Err(stop)) => Err(stop),
    };
    answered(&desk, id, form, ended, "进展已登记，居民可以看到。").await
}

/// Keeps that it was accepted.
pub async fn accept(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::CarryOutDecision).await?;
    let ended = match read_acceptance(&form) {
        Ok(told) => at("accepted_on", accept_work(&desk.op, id, told).await),
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "验收已登记，居民现在可以在公开页面上评价。").await
}

/// Enters what a resident says of what was done.
pub async fn rating(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::EnterView).await?;
    let ended = match read_told_rating(&form) {
        Ok((new, channel)) => enter_rating(&desk.op, id, new, channel).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "评价已登记。").await
}

/// Closes it.
pub async fn close(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::CarryOutDecision).await?;
    let ended = match said(&form, "closing", "办结说明") {
        Ok(words) => close_deliberation(&desk.op, id, &words).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已办结。").await
}

/// Goes one step back.
pub async fn back(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::StepBackDeliberation).await?;
    let mut reading = form.read();
    let reason = reading.required("back", "退回的原因", TEXT);
    let until = reading.date_if_any("until", "征集意见截止日期");
    let ended = match reading.finish() {
        Ok(()) => step_back_deliberation(&desk.op, id, until, &reason).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已退回上一步。").await
}

/// Gives it up.
pub async fn end(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::EndDeliberation).await?;
    let ended = match said(&form, "end", "终止的原因") {
        Ok(reason) => end_deliberation(&desk.op, id, &reason).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "议题已终止。").await
}

/// The community sends it back.
pub async fn give_back(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::ReturnDeliberation).await?;
    let ended = match said(&form, "return", "退回的原因") {
        Ok(reason) => return_deliberation(&desk.op, id, &reason).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已退回支部，支部会收到消息。").await
}
