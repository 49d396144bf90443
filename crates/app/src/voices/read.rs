//! Reading a voice from a form, for the portal and for the officer who enters one.

use domain::place::PlaceCode;
use platform::{error::Stop, forms::Form};

use super::actions::NewVoice;

/// Characters of what is said.
pub const TEXT: usize = 2_000;
/// Characters of where it is.
pub const SPOT: usize = 60;
/// Characters of a name and of a telephone number.
pub const NAME: usize = 30;
/// What says that a voice is about nothing that is worked on already.
pub const NEW: &str = "new";
/// Photos sent at a time.
pub const PHOTOS: usize = 6;

/// Reads what somebody has to say about a compound of `branch`: fields `kind`, `topic`, `text`, `compound`, `spot`, `name`,
/// `phone` and `same`; the last five may be empty. The photos are read apart, because they take their time.
///
/// # Errors
/// Refusals at the fields.
pub fn read_voice(form: &Form, branch: PlaceCode) -> Result<NewVoice, Stop> {
    let mut reading = form.read();
    let kind = reading.choice("kind", "类型");
    let topic = reading.choice("topic", "事项");
    let text = reading.required("text", "反映的内容", TEXT);
    let spot = reading.text("spot", "位置", SPOT);
    let name = reading.text("name", "称呼", NAME);
    let phone = reading.text("phone", "联系电话", NAME);
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '+' | '０'..='９');
    if !phone.chars().all(is_number) {
        reading.note("phone", "“联系电话”只填数字，例如 13900000000；不方便留电话可以不填。");
    }
    let chosen = form.value("compound").trim();
    let compound = chosen.parse().ok();
    if !chosen.is_empty() && compound.is_none() {
        reading.note("compound", "请从列表中选择小区。");
    }
    let same = Some(form.value("same")).filter(|chosen| !matches!(*chosen, "" | NEW)).map(str::parse);
    if let Some(Err(_)) = same {
        reading.note("same", "请从列表中选择，或者选“都不是”。");
    }
    let (kind, topic) = reading.finish_with(kind.zip(topic))?;
    Ok(NewVoice {
        branch,
        compound,
        spot,
        kind,
        topic,
        text,
        name,
        phone,
        same: same.and_then(Result::ok),
        photos: Vec::new(),
        once: form.sent_once(),
    })
}
