//! Reading the forms of mediation.

use domain::{
    dispute::{AgreementForm, MOST_ITEMS, MOST_PARTIES},
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    error::Stop,
    forms::{Form, Reading},
};

use super::{
    actions::{NewAgreement, NewDispute, Party, Terms, Told},
    queries::ItemTold,
};

/// Characters of a longer text.
pub const TEXT: usize = 2_000;
/// Characters of a name, a telephone number, a place.
pub const NAME: usize = 60;
/// Characters of an item of an agreement.
pub const ITEM: usize = 200;

/// Reads a dispute at `place`.
///
/// # Errors
/// Refusals at the fields.
pub fn read_dispute(form: &Form, place: PlaceCode) -> Result<NewDispute, Stop> {
    let mut reading = form.read();
    let kind = reading.choice("kind", "纠纷类别");
    let origin = if form.value("voice").is_empty() {
        reading.choice("origin", "来源")
    } else {
        Some(domain::dispute::DisputeOrigin::Voice)
    };
    let voice = match form.value("voice") {
        "" => None,
        typed => Some(typed.parse().map_err(|_| Stop::Missing)?),
    };
    let parties = read_parties(&mut reading, form);
    let matter = reading.required("matter", "纠纷情况", TEXT);
    let (kind, origin) = reading.finish_with(kind.zip(origin))?;
    let is_confidential = !form.is_ticked("is_open");
    Ok(NewDispute { place, kind, origin, voice, is_confidential, parties, matter })
}

/// Reads who the parties are and what it is about, put right.
///
/// # Errors
/// Refusals at the fields.
pub fn read_correction(form: &Form) -> Result<(Vec<Party>, String), Stop> {
    let mut reading = form.read();
    let parties = read_parties(&mut reading, form);
    let matter = reading.required("matter", "纠纷情况", TEXT);
    reading.finish().map(|()| (parties, matter))
}

/// What a form of parties begins with.
pub fn typed_parties(parties: &[Party], matter: &str) -> Form {
    let fields = (0..).zip(parties).flat_map(|(index, party)| {
        let field = |name: &str, value: &str| (format!("party.{index}.{name}"), value.to_owned());
        [field("name", &party.name), field("phone", &party.phone), field("home", &party.home)]
    });
    Form::of(fields.chain([("matter".to_owned(), matter.to_owned())]))
}

/// What the form of an agreement begins with when it is put right.
pub fn typed_agreement(agreed_on: Date, form: AgreementForm, terms: &Terms, items: &[ItemTold]) -> Form {
    let mut fields = vec![
        ("agreed_on".to_owned(), agreed_on.to_string()),
        ("form".to_owned(), form.code().to_owned()),
        ("facts".to_owned(), terms.facts.clone()),
        ("terms".to_owned(), terms.terms.clone()),
    ];
    for (index, item) in items.iter().enumerate() {
        fields.push((format!("item.{index}.text"), item.text.clone()));
        fields.push((format!("item.{index}.due_on"), item.row.due_on.0.to_string()));
    }
    if items.is_empty() {
        fields.push(("at_once".to_owned(), "yes".to_owned()));
    }
    Form::of(fields)
}

/// The rows that somebody wrote in; the first two must be.
fn read_parties(reading: &mut Reading<'_>, form: &Form) -> Vec<Party> {
    let mut parties = Vec::new();
    for index in 0..MOST_PARTIES {
        let field = |name: &str| format!("party.{index}.{name}");
        let is_empty = ["name", "phone", "home"].iter().all(|name| form.value(&field(name)).trim().is_empty());
        if is_empty && index >= 2 {
            continue;
        }
        let name = reading.required(&field("name"), &format!("当事人{}的姓名", index + 1), NAME);
        let phone = reading.text(&field("phone"), "联系电话", NAME);
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '+' | '０'..='９');
        if !phone.chars().all(is_number) {
            reading.note(&field("phone"), "“联系电话”只填数字，例如 13900000000；没有电话可以不填。");
        }
        let home = reading.text(&field("home"), "住址", NAME);
        parties.push(Party { name, phone, home });
    }
    parties
}

/// Reads a session: the day and what it came to.
///
/// # Errors
/// Refusals at the fields.
pub fn read_session(form: &Form) -> Result<(Date, Told), Stop> {
    let mut reading = form.read();
    let held_on = reading.date("held_on", "调解日期");
    let venue = reading.required("venue", "地点", NAME);
    let present = reading.required("present", "参加人", ITEM);
    let course = reading.required("course", "调解经过", TEXT);
    let result = reading.required("result", "结果", TEXT);
    let held_on = reading.finish_with(held_on)?;
    Ok((held_on, Told { venue, present, course, result }))
}

/// Reads an agreement.
///
/// # Errors
/// Refusals at the fields.
pub fn read_agreement(form: &Form) -> Result<NewAgreement, Stop> {
    let mut reading = form.read();
    let agreed_on = reading.date("agreed_on", "达成协议的日期");
    let kind = reading.choice("form", "协议形式");
    let facts = reading.required("facts", "主要事实和争议事项", TEXT);
    let terms = reading.required("terms", "协议内容", TEXT);
    let mut items = Vec::new();
    for index in 0..MOST_ITEMS {
        let (text, due) = (format!("item.{index}.text"), format!("item.{index}.due_on"));
        if form.value(&text).trim().is_empty() && form.value(&due).trim().is_empty() {
            continue;
        }
        let words = reading.required(&text, &format!("履行事项{}", index + 1), ITEM);
        let due_on = reading.date(&due, &format!("履行事项{}的期限", index + 1));
        items.extend(due_on.map(|due_on| (words, due_on)));
    }
    let (agreed_on, kind) = reading.finish_with(agreed_on.zip(kind))?;
    let was_done_at_once = form.is_ticked("at_once");
    Ok(NewAgreement { agreed_on, form: kind, terms: Terms { facts, terms }, items, was_done_at_once })
}
