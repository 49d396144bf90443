//! Requests around calls.

use axum::{extract::Path, response::Response};
use domain::{
    ids::{VoiceCallId, VoiceId},
    permission::Deed,
    voice::{Callee, Solved},
};
use platform::{error::Stop, forms::Form, pages::letter};

use super::{
    actions::{CallAnswer, NewCall, answer_call, call_others, withdraw_call},
    letters,
    store::{self, row},
};
use crate::{
    desk::Desk,
    voices::{
        http::{answered, permitted},
        queries::{VoiceFile, voice},
    },
};

/// Characters of who is called.
const NAME: usize = 60;
/// Characters of what is asked and answered.
const WORDS: usize = 1_000;

/// Calls somebody in.
pub async fn call(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::CallOthers).await?;
    let mut reading = form.read();
    let callee = reading.choice::<Callee>("callee", "请谁协办");
    let called = reading.required("called", "单位名称", NAME);
    let words = reading.required("call", "请对方做什么", WORDS);
    let ended = match reading.finish_with(callee) {
        Ok(callee) => call_others(&desk.op, id, NewCall { callee, called, words }).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已登记，请把协办单交给对方，并在期限内登记回应。").await
}

/// Notes the answer.
pub async fn answer(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let (file, call) = of_call(&desk, &id, Deed::CallOthers).await?;
    let mut reading = form.read();
    let is_theirs = match form.value("theirs") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            reading.note("theirs", "请选择“是不是对方的职责”。");
            None
        }
    };
    let solved = reading.choice::<Solved>("call_solved", "办得怎样");
    let words = reading.required("answer", "对方的回应", WORDS);
    let ended = match reading.finish_with(is_theirs.zip(solved)) {
        Ok((is_theirs, solved)) => answer_call(&desk.op, call.id.0, CallAnswer { words, is_theirs, solved }).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id_of(&file), form, ended, "已登记对方的回应。").await
}

/// Takes it back.
pub async fn withdraw(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let (file, call) = of_call(&desk, &id, Deed::CallOthers).await?;
    let mut reading = form.read();
    let reason = reading.required("withdraw", "收回原因", WORDS);
    let ended = match reading.finish() {
        Ok(()) => withdraw_call(&desk.op, call.id.0, &reason).await.map_err(|stop| stop.moved("answer", "withdraw")),
        Err(stop) => Err(stop),
    };
    answered(&desk, id_of(&file), form, ended, "已收回。").await
}

/// The slip for whoever is called in.
pub async fn slip(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let (file, call) = of_call(&desk, &id, Deed::ViewVoice).await?;
    letter(&letters::name(&call), &letters::slip(&file, &call))
}

fn id_of(file: &VoiceFile) -> VoiceId {
    file.line.row.id.0
}

/// The call with its voice, if `deed` may be done to it.
async fn of_call(desk: &Desk, id: &str, deed: Deed) -> Result<(VoiceFile, row::Model), Stop> {
    let id: VoiceCallId = id.parse().map_err(|_| Stop::Missing)?;
    let call = store::call(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    let file = voice(&desk.op, call.voice_id.0).await?;
    desk.op.permit(deed, &file.line.row.place.0)?;
    Ok((file, call))
}
