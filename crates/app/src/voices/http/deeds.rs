//! The deeds of a desk on a voice, as its page sends them.

use axum::{extract::Path, response::Response};
use domain::{
    ids::VoiceId,
    permission::Deed,
    voice::{Answer, Desk, Elsewhere, Satisfaction, Solved, Term, VoiceTopic},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, refused},
    pictures::pictures,
    shell::Problems,
};

use super::{show::voice_page, voice_id};
use crate::{
    desk,
    voices::{
        actions::{
            Hands, NewPiece, Parking, accept_voice, acknowledge_voice, ask_voicer, assign_voice, call_back_voice,
            decline_voice, extend_voice, finish_voice, merge_voice, note_voice, park_voice, part_voice, reply_voice,
            resume_voice, return_voice, split_voice,
        },
        queries,
        read::PHOTOS,
        urls,
    },
};

/// Characters of what is said with a deed.
const WORDS: usize = 2_000;
/// Pieces that the page offers at a time.
pub const PIECES: usize = 3;
/// Characters of a name.
const NAME: usize = 30;

/// On to the voice, or its page again with what was refused.
pub async fn answered(
    desk: &desk::Desk,
    id: VoiceId,
    form: Form,
    ended: Result<(), Stop>,
    words: &str,
) -> Result<Response, Stop> {
    match ended {
        Ok(()) => Ok(done(&urls::voice(id), words)),
        Err(Stop::Refused(problems)) => refused(&voice_page(desk, id, form, Problems(problems), None).await?),
        Err(stop) => Err(stop),
    }
}

/// The rules speak of a reason; each form of the page has its own field for it.
fn at(field: &str, ended: Result<(), Stop>) -> Result<(), Stop> {
    ended.map_err(|stop| stop.moved("reason", field))
}

/// What is not this office's business is told before what was typed wrongly.
pub async fn permitted(desk: &desk::Desk, id: &str, deed: Deed) -> Result<VoiceId, Stop> {
    let id = voice_id(id)?;
    let file = queries::voice(&desk.op, id).await?;
    desk.op.permit(deed, &file.line.row.place.0).map(|()| id)
}

/// Acknowledges it.
pub async fn acknowledge(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::AcknowledgeVoice).await?;
    let mut reading = form.read();
    let term = reading.choice::<Term>("term", "办理时限");
    let hands = match form.value("hands") {
        "own" => Some(Hands::Own),
        _ => reading.choice::<Desk>("hands", "由谁办理").map(Hands::Of),
    };
    let ended = match reading.finish_with(term.zip(hands)) {
        Ok((term, hands)) => acknowledge_voice(&desk.op, id, term, hands).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已受理，反映人可以看到。").await
}

/// Tells that it belongs elsewhere.
pub async fn decline(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::DeclineVoice).await?;
    let mut reading = form.read();
    let matter = reading.choice::<Elsewhere>("matter", "属于哪一类");
    let note = reading.text("decline", "补充说明", WORDS);
    let ended = match reading.finish_with(matter) {
        Ok(matter) => decline_voice(&desk.op, id, matter, &note).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已告知反映人去处。").await
}

/// Hands it to another desk.
pub async fn assign(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::AssignVoice).await?;
    let mut reading = form.read();
    let to = reading.choice::<Desk>("desk", "转给谁");
    let note = reading.text("assign", "说明", WORDS);
    let ended = match reading.finish_with(to) {
        Ok(to) => assign_voice(&desk.op, id, to, &note).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已转办，对方会收到消息。").await
}

/// Signs for it.
pub async fn accept(desk: desk::Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = voice_id(&id)?;
    let ended = accept_voice(&desk.op, id).await;
    answered(&desk, id, Form::default(), ended, "已签收，请在期限内办理。").await
}

/// Lets it follow another about the same.
pub async fn merge(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::MergeVoice).await?;
    let ended = match form.value("same").parse::<VoiceId>() {
        Ok(same) => merge_voice(&desk.op, id, same).await,
        Err(_) => Err(Stop::refused_at("same", "请选择并入哪一件。")),
    };
    answered(&desk, id, form, ended, "已合并办理，反映人可以看到。").await
}

/// Parts it from that again.
pub async fn part(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::MergeVoice).await?;
    let ended = match words(&form, "part", "单独办理的原因") {
        Ok(reason) => at("part", part_voice(&desk.op, id, &reason).await),
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已恢复单独办理，期限重新计算。").await
}

/// Splits pieces off it.
pub async fn split(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::SplitVoice).await?;
    let mut reading = form.read();
    let mut pieces = Vec::new();
    for number in 0..PIECES {
        let field = |name: &str| format!("piece.{number}.{name}");
        if ["topic", "words", "desk"].iter().all(|name| form.value(&field(name)).trim().is_empty()) {
            continue;
        }
        let topic = reading.choice::<VoiceTopic>(&field("topic"), "事项");
        let words = reading.required(&field("words"), "要办什么", WORDS);
        let to = reading.choice::<Desk>(&field("desk"), "由谁办理");
        let (Some(topic), Some(desk)) = (topic, to) else { continue };
        pieces.push(NewPiece { topic, words, desk });
    }
    let ended = match reading.finish() {
        Ok(()) => split_voice(&desk.op, id, pieces).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已分开办理，各部分办结后再办结这件诉求。").await
}

/// What is said with a deed, which may not be empty.
fn words(form: &Form, field: &str, label: &str) -> Result<String, Stop> {
    let mut reading = form.read();
    let words = reading.required(field, label, WORDS);
    reading.finish().map(|()| words)
}

/// Sends it back.
pub async fn give_back(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::ReturnVoice).await?;
    let ended = match words(&form, "return", "退回原因") {
        Ok(reason) => at("return", return_voice(&desk.op, id, &reason).await),
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已退回。").await
}

/// Asks the resident.
pub async fn ask(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::AskVoicer).await?;
    let ended = match words(&form, "ask", "要问的") {
        Ok(words) => ask_voicer(&desk.op, id, &words).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已发出，反映人凭查询码可以看到并回答。").await
}

/// Notes something for officers.
pub async fn note(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::NoteVoice).await?;
    let ended = match words(&form, "note", "备注") {
        Ok(words) => note_voice(&desk.op, id, &words).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "备注已保存，反映人看不到。").await
}

/// Tells the resident how it goes.
pub async fn reply(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::ReplyVoice).await?;
    let ended = match words(&form, "reply", "答复") {
        Ok(words) => reply_voice(&desk.op, id, &words).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已答复，反映人凭查询码可以看到。").await
}

/// Takes more time.
pub async fn extend(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::ExtendVoice).await?;
    let mut reading = form.read();
    let more = reading.count("more", "延长多久", 0..=999).and_then(|more| u16::try_from(more).ok());
    let reason = reading.required("extend", "延期原因", WORDS);
    let ended = match reading.finish_with(more) {
        Ok(more) => at("extend", extend_voice(&desk.op, id, more, &reason).await),
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已延期，反映人可以看到原因。").await
}

/// Puts it aside.
pub async fn park(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::ParkVoice).await?;
    let mut reading = form.read();
    let reason = reading.required("park", "挂账原因", WORDS);
    let owner = reading.required("owner", "由谁负责", NAME);
    let review_on = reading.date("review_on", "复查日期");
    let ended = match reading.finish_with(review_on) {
        Ok(review_on) => {
            let parking = Parking { reason, owner, review_on };
            at("park", park_voice(&desk.op, id, &parking).await)
        }
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已挂账，到复查日期前会提醒。").await
}

/// Goes on with it.
pub async fn resume(desk: desk::Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = voice_id(&id)?;
    let ended = resume_voice(&desk.op, id).await;
    answered(&desk, id, Form::default(), ended, "已恢复办理，期限重新计算。").await
}

/// Tells that it is done.
pub async fn finish(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::FinishVoice).await?;
    let ended = match (words(&form, "proof", "办理结果"), pictures(&form, "photos", PHOTOS).await) {
        (Ok(proof), Ok(photos)) => finish_voice(&desk.op, id, &proof, &photos).await,
        (Err(stop), _) | (_, Err(stop)) => Err(stop),
    };
    answered(&desk, id, form, ended, "已办结，请回访反映人；反映人也可以凭查询码评价。").await
}

/// Enters what the resident says of it.
pub async fn call_back(desk: desk::Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id, Deed::CallBackVoice).await?;
    let mut reading = form.read();
    let solved = reading.choice::<Solved>("solved", "解决了没有");
    let satisfaction = reading.choice::<Satisfaction>("satisfaction", "满意不满意");
    let note = reading.text("call_back", "居民的话", WORDS);
    let again = form.is_ticked("again");
    if again && note.is_empty() {
        reading.note("call_back", "要求重办的，请写明居民说还差什么。");
    }
    let ended = match reading.finish_with(solved.zip(satisfaction)) {
        Ok((solved, satisfaction)) => {
            let (answer, again) = (Answer { solved, satisfaction }, again.then_some(note.as_str()));
            at(
                "call_back",
                call_back_voice(&desk.op, id, answer, if again.is_some() { "" } else { &note }, again).await,
            )
        }
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "回访结果已登记。").await
}
