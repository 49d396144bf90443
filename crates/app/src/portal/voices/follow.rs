//! Following one's own voice with its code: how it stands, adding to it, rating it, having it worked on again.
//!
//! The code is sent in the form and never stands in an address, where histories and logs would keep it. So the page is
//! drawn in answer to the form; every deed bears being sent twice.

use askama::Template;
use axum::response::Response;
use domain::{
    selection::query_code::QueryCode,
    voice::{Answer, Satisfaction, Solved},
};
use platform::{
    error::{Problem, Stop},
    forms::Form,
    pages::{page, refused, too_often},
    pictures::{numbered, pictures},
    shell::{PortalShell, Problems},
    throttle::ClientAddress,
};

use crate::{
    branches::options,
    portal::frame::Reader,
    voices::{
        Followed, PHOTOS, add_to_voice, part_own_voice, rate_voice, reopen_voice, until_words, urls, voice_by_code,
    },
};

/// Characters of an addition, a remark or a reason.
const WORDS: usize = 2_000;
/// Characters of what is typed as a code.
const CODE: usize = 60;

#[derive(Template)]
#[template(path = "portal/voices/follow.html")]
struct FollowPage {
    shell: PortalShell,
    problems: Problems,
    form: Form,
    code: String,
    voice: Option<Followed>,
}

impl FollowPage {
    fn due(&self, voice: &Followed) -> String {
        voice.due.filter(|_| voice.state.is_open()).map(until_words).unwrap_or_default()
    }

    fn shown(&self, voice: &Followed) -> Vec<(String, String)> {
        numbered(voice.photos.iter().map(|photo| urls::public_photo(*photo)))
    }

    fn ask(&self) -> &'static str {
        urls::FOLLOW
    }

    fn add(&self) -> &'static str {
        urls::ADD
    }

    fn rate(&self) -> &'static str {
        urls::RATE
    }

    fn reopen(&self) -> &'static str {
        urls::REOPEN
    }

    fn part(&self) -> &'static str {
        urls::PART_OWN
    }

    fn solved(&self) -> Vec<(String, String)> {
        options!(Solved)
    }

    fn satisfactions(&self) -> Vec<(String, String)> {
        options!(Satisfaction)
    }
}

fn follow_page(reader: &Reader, form: Form, voice: Option<Followed>, problems: Vec<Problem>) -> FollowPage {
    let code = form.value("code").trim().chars().take(CODE).collect();
    // The deeds' own addresses cannot be opened; whoever changes the letters' size comes back to the form.
    let shell = PortalShell { here: urls::FOLLOW.to_owned(), ..reader.shell("看办理进度") };
    FollowPage { shell, problems: Problems(problems), form, code, voice }
}

/// The form for a code.
pub async fn show(reader: Reader) -> Result<Response, Stop> {
    page(&follow_page(&reader, Form::default(), None, Vec::new()))
}

/// The code, or the page that says what is wrong with it. A wrong code and an unknown one are told alike.
async fn known(reader: &Reader, client: ClientAddress, form: &Form) -> Result<Result<QueryCode, Response>, Stop> {
    let drawn = |problem| follow_page(reader, form.clone(), None, vec![problem]);
    if let Err(wait) = reader.op.floor.throttles.queries.take(client) {
        return too_often(&drawn(Problem::at("code", format!("{wait}。"))), wait).map(Err);
    }
    if let Ok(code) = form.value("code").parse::<QueryCode>()
        && voice_by_code(&reader.op, &code).await?.is_some()
    {
        return Ok(Ok(code));
    }
    let words = "没有查到这个查询码，请核对后再试；查询码共 16 位，不分大小写。";
    refused(&drawn(Problem::at("code", words))).map(Err)
}

/// How the voice with this code stands.
pub async fn follow(reader: Reader, client: ClientAddress, form: Form) -> Result<Response, Stop> {
    match known(&reader, client, &form).await? {
        Ok(code) => {
            let voice = voice_by_code(&reader.op, &code).await?;
            page(&follow_page(&reader, form, voice, Vec::new()))
        }
        Err(answer) => Ok(answer),
    }
}

/// The page after a deed: with a sentence where it went well, with what was typed where it did not.
async fn answered(
    reader: &Reader,
    code: &QueryCode,
    form: Form,
    ended: Result<(), Stop>,
    words: &str,
) -> Result<Response, Stop> {
    match ended {
        Ok(()) => {
            let voice = voice_by_code(&reader.op, code).await?;
            let blank = Form::of([("code", form.value("code"))]);
            let mut drawn = follow_page(reader, blank, voice, Vec::new());
            drawn.shell.flash = Some(words.to_owned());
            page(&drawn)
        }
        Err(Stop::Refused(problems)) => {
            let voice = voice_by_code(&reader.op, code).await?;
            refused(&follow_page(reader, form, voice, problems))
        }
        Err(stop) => Err(stop),
    }
}

/// Adds to it, or answers what was asked.
pub async fn add(reader: Reader, client: ClientAddress, form: Form) -> Result<Response, Stop> {
    let code = match known(&reader, client, &form).await? {
        Ok(code) => code,
        Err(answer) => return Ok(answer),
    };
    let mut reading = form.read();
    let words = reading.required("text", "补充的情况", WORDS);
    let ended = match reading.finish() {
        Ok(()) => match pictures(&form, "photos", PHOTOS).await {
            Ok(photos) => add_to_voice(&reader.op, &code, &words, &photos).await,
            Err(stop) => Err(stop),
        },
        Err(stop) => Err(stop),
    };
    answered(&reader, &code, form, ended, "已补充，办理单位会看到。").await
}

/// Says how it went.
pub async fn rate(reader: Reader, client: ClientAddress, form: Form) -> Result<Response, Stop> {
    let code = match known(&reader, client, &form).await? {
        Ok(code) => code,
        Err(answer) => return Ok(answer),
    };
    let mut reading = form.read();
    let solved = reading.choice::<Solved>("solved", "解决了没有");
    let satisfaction = reading.choice::<Satisfaction>("satisfaction", "满意不满意");
    let note = reading.text("note", "您的话", WORDS);
    let ended = match reading.finish_with(solved.zip(satisfaction)) {
        Ok((solved, satisfaction)) => rate_voice(&reader.op, &code, Answer { solved, satisfaction }, &note).await,
        Err(stop) => Err(stop),
    };
    answered(&reader, &code, form, ended, "谢谢您的评价。").await
}

/// Has it worked on again.
pub async fn reopen(reader: Reader, client: ClientAddress, form: Form) -> Result<Response, Stop> {
    let code = match known(&reader, client, &form).await? {
        Ok(code) => code,
        Err(answer) => return Ok(answer),
    };
    let mut reading = form.read();
    let reason = reading.required("reason", "还差什么", WORDS);
    let ended = match reading.finish() {
        Ok(()) => reopen_voice(&reader.op, &code, &reason).await,
        Err(stop) => Err(stop),
    };
    answered(&reader, &code, form, ended, "已要求重新办理，交上一级。").await
}

/// Has it worked on by itself, when it was merged with another.
pub async fn part(reader: Reader, client: ClientAddress, form: Form) -> Result<Response, Stop> {
    let code = match known(&reader, client, &form).await? {
        Ok(code) => code,
        Err(answer) => return Ok(answer),
    };
    let mut reading = form.read();
    let reason = reading.required("reason", "为什么要单独办理", WORDS);
    let ended = match reading.finish() {
        Ok(()) => part_own_voice(&reader.op, &code, &reason).await,
        Err(stop) => Err(stop),
    };
    answered(&reader, &code, form, ended, "已恢复单独办理，办理单位会安排。").await
}
