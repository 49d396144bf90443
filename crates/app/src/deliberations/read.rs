//! Reading the forms of deliberation.

use domain::{
    deliberation::{DeliberationOrigin, Party, ViewChannel},
    ids::{PollId, ResolutionId},
};
use platform::{
    error::Stop,
    forms::{Form, Reading},
};

use super::actions::{Acceptance, Announcement, NewMatter, NewMilestone, NewRating, NewSeat, NewSession, NewView};

/// Characters of a longer text.
pub const TEXT: usize = 2_000;
/// Characters of a title, or of the names of a party.
pub const TITLE: usize = 200;
/// Characters of a name or a place.
pub const NAME: usize = 60;
/// What is chosen where a matter is not the owners' to decide by law.
pub const NO_VOTE: &str = "none";

/// Reads a matter.
///
/// # Errors
/// Refusals at the fields.
pub fn read_matter(form: &Form) -> Result<NewMatter, Stop> {
    let mut reading = form.read();
    let title = reading.required("title", "议题", NAME);
    let text = reading.required("text", "内容", TEXT);
    let compound = reading.choice("compound", "小区");
    let topic = reading.choice("topic", "类别");
    let vote = if form.value("vote") == NO_VOTE { None } else { reading.choice("vote", "是否要业主表决") };
    let (voice, origin) = match form.value("voice") {
        "" => (None, reading.choice("origin", "提出方")),
        typed => (Some(typed.parse().map_err(|_| Stop::Missing)?), Some(DeliberationOrigin::Voice)),
    };
    let (compound, (topic, origin)) = reading.finish_with(compound.zip(topic.zip(origin)))?;
    Ok(NewMatter { compound, topic, origin, vote, voice, title, text })
}

/// Reads what somebody thinks.
///
/// # Errors
/// Refusals at the fields.
pub fn read_view(form: &Form) -> Result<NewView, Stop> {
    let mut reading = form.read();
    let view = view_in(&mut reading);
    reading.finish().map(|()| view)
}

/// Reads what a resident told the branch, and how it came.
///
/// # Errors
/// Refusals at the fields.
pub fn read_told_view(form: &Form) -> Result<(NewView, ViewChannel), Stop> {
    let mut reading = form.read();
    let channel = reading.choice("channel", "意见来源");
    let view = view_in(&mut reading);
    reading.finish_with(channel).map(|channel| (view, channel))
}

fn view_in(reading: &mut Reading<'_>) -> NewView {
    NewView { words: reading.required("words", "您的意见", TEXT), name: reading.text("name", "称呼", NAME) }
}

/// Reads a topic's day, time and place.
///
/// # Errors
/// Refusals at the fields.
pub fn read_announcement(form: &Form) -> Result<Announcement, Stop> {
    let mut reading = form.read();
    let on = reading.date("session_on", "议事日期");
    let time = reading.required("session_time", "时间", NAME);
    let venue = reading.required("venue", "地点", NAME);
    let on = reading.finish_with(on)?;
    Ok(Announcement { on, time, venue })
}

/// Reads the minutes of a session: nothing of R-DEL-03 may be missing.
///
/// # Errors
/// Refusals at the fields.
pub fn read_session(form: &Form) -> Result<NewSession, Stop> {
    let mut reading = form.read();
    let chair = reading.required("chair", "主持人", NAME);
    let seats: Vec<Option<NewSeat>> = Party::ALL.iter().map(|party| read_seat(&mut reading, *party)).collect();
    let is_agreed = reading.choice("agreed", "议事结果");
    let result = reading.required("result", "商定的内容或分歧", TEXT);
    let dissent = reading.required("dissent", "不同意见", TEXT);
    let next_owner = reading.required("next_owner", "下一步由谁办", NAME);
    let seats: Option<Vec<NewSeat>> = seats.into_iter().collect();
    let (seats, is_agreed) = reading.finish_with(seats.zip(is_agreed))?;
    Ok(NewSession { chair, seats, is_agreed, result, dissent, next_owner })
}

/// A party: who came, what it says, and its words.
fn read_seat(reading: &mut Reading<'_>, party: Party) -> Option<NewSeat> {
    let names = reading.text(&field(party, "names"), &format!("{}到会人员", party.label()), TITLE);
    let stance = reading.choice(&field(party, "stance"), &format!("{}的意见", party.label()));
    let words = reading.required(&field(party, "words"), &format!("{}意见的内容", party.label()), TEXT);
    Some(NewSeat { party, names, stance: stance?, words })
}

/// The field `name` of a party.
#[must_use]
pub fn field(party: Party, name: &str) -> String {
    format!("{}.{name}", party.code())
}

/// Reads which resolution was chosen.
///
/// # Errors
/// A refusal at the field.
pub fn read_resolution(form: &Form) -> Result<ResolutionId, Stop> {
    form.value("resolution").parse().map_err(|_| Stop::refused_at("resolution", "请选择“支部党员大会决议”。"))
}

/// Reads which poll was chosen.
///
/// # Errors
/// A refusal at the field.
pub fn read_poll(form: &Form) -> Result<PollId, Stop> {
    form.value("poll").parse().map_err(|_| Stop::refused_at("poll", "请选择“业主表决”。"))
}

/// Reads how the carrying out goes. The photos are read apart, because they take their time.
///
/// # Errors
/// Refusals at the fields.
pub fn read_milestone(form: &Form) -> Result<NewMilestone, Stop> {
    let mut reading = form.read();
    let on = reading.date("reached_on", "日期");
    let words = reading.required("progress", "做了什么", TEXT);
    let amount = if form.value("amount").trim().is_empty() { None } else { reading.money("amount", "金额") };
    let on = reading.finish_with(on)?;
    Ok(NewMilestone { on, words, amount, photos: Vec::new() })
}

/// Reads who accepted what was done, and until when residents rate it.
///
/// # Errors
/// Refusals at the fields.
pub fn read_acceptance(form: &Form) -> Result<Acceptance, Stop> {
    let mut reading = form.read();
    let on = reading.date("accepted_on", "验收日期");
    let by = reading.required("accepted_by", "由谁验收", NAME);
    let words = reading.required("acceptance", "验收意见", TEXT);
    let rates_until = reading.date("rates_until", "居民评价截止日期");
    let (on, rates_until) = reading.finish_with(on.zip(rates_until))?;
    Ok(Acceptance { on, by, words, rates_until })
}

/// Reads what a decision says, and where the account of the money can be read.
///
/// # Errors
/// Refusals at the fields.
pub fn read_decision(form: &Form) -> Result<(String, String), Stop> {
    let mut reading = form.read();
    let decision = reading.required("decision", "决定内容", TEXT);
    let accounts = reading.text("accounts", "账目在哪里查", TITLE);
    reading.finish().map(|()| (decision, accounts))
}

/// Reads what somebody says of what was done.
///
/// # Errors
/// Refusals at the fields.
pub fn read_rating(form: &Form) -> Result<NewRating, Stop> {
    let mut reading = form.read();
    let rating = rating_in(&mut reading);
    reading.finish_with(rating)
}

/// Reads what a resident told the branch of it, and how it came.
///
/// # Errors
/// Refusals at the fields.
pub fn read_told_rating(form: &Form) -> Result<(NewRating, ViewChannel), Stop> {
    let mut reading = form.read();
    let channel = reading.choice("rated_by", "评价来源");
    let rating = rating_in(&mut reading);
    reading.finish_with(rating.zip(channel))
}

fn rating_in(reading: &mut Reading<'_>) -> Option<NewRating> {
    let said = reading.choice("rating", "满意不满意");
    let words = reading.text("remark", "还想说的话", TITLE);
    said.map(|said| NewRating { said, words })
}
