//! The deeds on a poll, as its page sends them.

use axum::{extract::Path, response::Response};
use domain::{ids::PollId, permission::Deed};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, refused},
    shell::Problems,
};

use super::{at, parse, show::poll_page};
use crate::{
    desk::Desk,
    owner_votes::{
        actions::{
            announce_poll, cancel_poll, file_poll, freeze_poll, publish_poll, repeat_poll, return_poll, tally_poll,
        },
        queries::line_for,
        read::{REASON, TITLE},
        urls,
    },
};

/// On to the poll, or its page again with what was refused.
async fn answered(desk: &Desk, id: PollId, form: Form, ended: Result<(), Stop>, words: &str) -> Result<Response, Stop> {
    match ended {
        Ok(()) => Ok(done(&urls::of_poll(urls::POLL, id), words)),
        Err(Stop::Refused(problems)) => refused(&poll_page(desk, id, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// What is not this office's business is told before what was typed wrongly.
async fn permitted(desk: &Desk, id: &str, deed: Deed) -> Result<PollId, Stop> {
    Ok(line_for(&desk.op, parse(id)?, deed).await?.row.id.0)
}

fn reason(form: &Form, field: &str, label: &str) -> Result<String, Stop> {
    let mut reading = form.read();
    let words = reading.required(field, label, REASON);
    reading.finish().map(|()| words)
}

/// Freezes the register.
pub async fn freeze(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = parse(&id)?;
    let ended = freeze_poll(&desk.op, id).await;
    answered(&desk, id, Form::default(), ended, "名册已冻结，已提交社区核对。").await
}

/// Sends it back.
pub async fn give_back(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::CheckPoll).await?;
    let ended = match reason(&form, "back", "退回原因") {
        Ok(words) => at("back", return_poll(&desk.op, id, &words).await),
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已退回小区党支部。").await
}

/// Announces it.
pub async fn announce(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = parse(&id)?;
    let ended = announce_poll(&desk.op, id).await;
    answered(&desk, id, Form::default(), ended, "已公告，居民可以看到；请在小区内张贴公告。").await
}

/// Calls it off.
pub async fn cancel(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::CancelPoll).await?;
    let ended = match reason(&form, "reason", "终止原因") {
        Ok(words) => cancel_poll(&desk.op, id, &words).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "表决已终止。").await
}

/// Counts it.
pub async fn tally(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = parse(&id)?;
    let ended = tally_poll(&desk.op, id).await.map(drop);
    answered(&desk, id, Form::default(), ended, "已计票，请核对后公布结果。").await
}

/// Publishes it.
pub async fn publish(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = parse(&id)?;
    let ended = publish_poll(&desk.op, id).await;
    answered(&desk, id, Form::default(), ended, "结果已公布，请张贴结果公告，30 天内备案。").await
}

/// Files it.
pub async fn file(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::FilePoll).await?;
    let mut reading = form.read();
    let day = reading.date("filed_on", "备案日期");
    let with = reading.required("filed_with", "备案单位", TITLE);
    let ended = match reading.finish_with(day) {
        Ok(day) => file_poll(&desk.op, id, day, &with).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已登记备案。").await
}

/// Votes again on what did not pass.
pub async fn repeat(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let former = parse(&id)?;
    match repeat_poll(&desk.op, former).await {
        Ok(id) => Ok(done(&urls::of_poll(urls::POLL, id), "已沿用上次的内容和名册，请核对日期和业主变动。")),
        Err(stop) => answered(&desk, former, Form::default(), Err(stop), "").await,
    }
}
