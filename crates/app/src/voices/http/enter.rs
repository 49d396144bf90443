//! Entering a voice for somebody who came, called or wrote.

use askama::Template;
use axum::response::Response;
use domain::{
    permission::Deed,
    place::{Level, PlaceCode},
    voice::{VoiceChannel, VoiceKind, VoiceTopic},
};
use platform::{
    error::Stop,
    forms::{Form, QueryForm},
    pages::{page, page_for_one, refused},
    pictures::pictures,
    shell::{Problems, Shell},
};

use crate::{
    branches::options,
    desk::Desk,
    places,
    voices::{
        actions::{NewVoice, Receipt, enter_voice},
        pages::{chosen_same, in_short, or_none_of_them},
        queries::worked_on,
        read::{PHOTOS, read_voice},
        store::voice::row,
        urls,
    },
};

#[derive(Template)]
#[template(path = "voices/enter.html")]
struct EnterPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    branches: Vec<(String, String)>,
    channels: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    topics: Vec<(String, String)>,
    /// What the chosen branch works on already, the newest first.
    open: Vec<row::Model>,
}

impl EnterPage {
    fn same(&self) -> Vec<(String, String)> {
        or_none_of_them(self.open.iter().map(|row| (row.id.0.to_string(), in_short(row))))
    }

    fn chosen_same(&self) -> &str {
        chosen_same(&self.form)
    }

    fn action(&self) -> &'static str {
        urls::ENTER
    }

    fn back(&self) -> &'static str {
        urls::VOICES
    }
}

async fn enter_page(desk: &Desk, form: Form, problems: Problems) -> Result<EnterPage, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::EnterVoice, place)?;
    let branches = places::branches_under(desk.op.reader(), place).await?;
    let active = branches.into_iter().filter(|branch| branch.place.is_active);
    let by_hand = VoiceChannel::ALL.iter().filter(|channel| **channel != VoiceChannel::Web);
    let open = match form.value("branch").parse::<PlaceCode>() {
        Ok(branch) if desk.op.can(Deed::ViewVoice, &branch) => worked_on(&desk.op, &branch).await?,
        _ => Vec::new(),
    };
    Ok(EnterPage {
        open,
        shell: desk.shell("代录诉求").await?,
        problems,
        form,
        branches: active.map(|branch| (branch.place.code.0.to_string(), branch.place.name)).collect(),
        channels: by_hand.map(|channel| (channel.code().to_owned(), channel.label().to_owned())).collect(),
        kinds: options!(VoiceKind),
        topics: options!(VoiceTopic),
    })
}

/// The form; the branch's own office has nothing to choose.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    let branch = if place.level() == Level::Branch { place.as_str() } else { query.value("branch") };
    let form = Form::of([("branch", branch)]);
    page_for_one(&enter_page(&desk, form, Problems::default()).await?)
}

#[derive(Template)]
#[template(path = "voices/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    receipt: Receipt,
    /// The voice itself, where the office may see it.
    page: Option<String>,
}

impl ReceiptPage {
    fn list(&self) -> &'static str {
        urls::VOICES
    }

    fn again(&self) -> &'static str {
        urls::ENTER
    }
}

/// Enters one, and shows the code, which is kept nowhere.
pub async fn enter(desk: Desk, form: Form) -> Result<Response, Stop> {
    // What the chosen branch works on is looked at first; nothing is entered, and what was typed stays.
    if form.value("look") == "yes" {
        return page(&enter_page(&desk, form, Problems::default()).await?);
    }
    let branch = form.value("branch").trim();
    let entered = match branch.parse::<PlaceCode>() {
        Ok(branch) => {
            desk.op.permit(Deed::EnterVoice, &branch)?;
            match read_entered(&form, branch) {
                Ok((new, channel)) => match pictures(&form, "photos", PHOTOS).await {
                    Ok(photos) => enter_voice(&desk.op, NewVoice { photos, ..new }, channel).await,
                    Err(stop) => Err(stop),
                },
                Err(stop) => Err(stop),
            }
        }
        Err(_) => Err(Stop::refused_at("branch", "请选择“小区党支部”。")),
    };
    match entered {
        Ok(receipt) => {
            let can_see = desk.op.can(Deed::ViewVoice, &receipt.place);
            let voice = can_see.then(|| urls::voice(receipt.id));
            page(&ReceiptPage { shell: desk.shell("诉求回执").await?, receipt, page: voice })
        }
        Err(Stop::Refused(problems)) => refused(&enter_page(&desk, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// All problems at once: how it came, and what was said.
fn read_entered(form: &Form, branch: PlaceCode) -> Result<(NewVoice, VoiceChannel), Stop> {
    let channel = form.value("channel").parse().ok().filter(|channel| *channel != VoiceChannel::Web);
    match (read_voice(form, branch), channel) {
        (Ok(new), Some(channel)) => Ok((new, channel)),
        (Err(Stop::Refused(mut problems)), None) => {
            problems.insert(0, platform::error::Problem::at("channel", "请选择“渠道”。"));
            Err(Stop::Refused(problems))
        }
        (Err(stop), _) => Err(stop),
        (Ok(_), None) => Err(Stop::refused_at("channel", "请选择“渠道”。")),
    }
}
