//! Reading forms of polls: the words and dates, a unit of the register, a ballot.

use domain::owners::{BallotChannel, Choice, NewBallot};
use office::table::parse_phone;
use platform::{error::Stop, forms::Form};

use super::{actions::PollDraft, sealed::TypedUnit, store::poll::natural};

/// Characters of a title and of names.
pub const TITLE: usize = 60;
/// Characters of what is voted on.
pub const TEXT: usize = 2_000;
/// Characters of a name.
pub const NAME: usize = 30;
/// Characters of a reason.
pub const REASON: usize = 500;

/// A poll's words, rules and dates.
///
/// # Errors
/// Refusals at the fields.
pub fn read_poll(form: &Form) -> Result<PollDraft, Stop> {
    let mut reading = form.read();
    let compound = reading.choice("compound", "小区");
    let title = reading.required("title", "表决名称", TITLE);
    let matter = reading.choice("matter", "表决事项");
    let text = reading.required("text", "表决内容", TEXT);
    let convener = reading.required("convener", "召集人", TITLE);
    let nature = reading.choice("nature", "表决方式");
    let parking = reading.choice("parking", "车位、车库");
    let area = reading.hundredths_if_any("declared_area", "应有的总面积");
    if form.value("declared_area").trim().is_empty() {
        reading.note("declared_area", "请填写“应有的总面积”。");
    }
    let opens_on = reading.date("opens_on", "表决开始日期");
    let closes_on = reading.date("closes_on", "表决截止日期");
    let draft = || {
        Some(PollDraft {
            compound: compound?,
            title,
            matter: matter?,
            text,
            convener,
            nature: nature?,
            parking: parking?,
            declared_area: area?,
            opens_on: opens_on?,
            closes_on: closes_on?,
        })
    };
    let draft = draft();
    reading.finish_with(draft)
}

/// A unit of the register.
///
/// # Errors
/// Refusals at the fields.
pub fn read_unit(form: &Form) -> Result<TypedUnit, Stop> {
    let mut reading = form.read();
    let building = reading.required("building", "楼栋", NAME);
    let room = reading.required("room", "房号", NAME);
    let usage = reading.choice("usage", "用途");
    let area = reading.hundredths_if_any("area", "面积");
    if form.value("area").trim().is_empty() || area == Some(0) {
        reading.note("area", "请填写大于 0 的“面积”。");
    }
    let kind = reading.choice("kind", "业主是");
    let names = reading.required("names", "业主姓名", TEXT);
    let phone = reading.text("phone", "联系电话", NAME);
    let phone = parse_phone("联系电话", &phone).map_err(|words| reading.note("phone", words)).ok();
    let phone = phone.map(Option::unwrap_or_default);
    let key = reading.text("key", "业主编号", NAME);
    let unit = || {
        Some(TypedUnit { building, room, usage: usage?, area: natural(area?), kind: kind?, names, phone: phone?, key })
    };
    let unit = unit();
    reading.finish_with(unit)
}

/// A ballot.
///
/// # Errors
/// Refusals at the fields.
pub fn read_ballot(form: &Form) -> Result<NewBallot, Stop> {
    let mut reading = form.read();
    let choice = reading.choice::<Choice>("choice", "意见");
    let channel = reading.choice::<BallotChannel>("channel", "投票方式");
    let cast_on = reading.date("cast_on", "投票日期");
    let signed_name = reading.required("signed_name", "选票上的签名", NAME);
    let collector = reading.required("collector", "收票人", NAME);
    let witness = reading.text("witness", "见证人", NAME);
    let ballot =
        || Some(NewBallot { choice: choice?, channel: channel?, cast_on: cast_on?, signed_name, collector, witness });
    let ballot = ballot();
    reading.finish_with(ballot)
}
