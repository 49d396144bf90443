//! Reading an objection from a form, and entering one for somebody who came, called or wrote.

use askama::Template;
use axum::response::Response;
use domain::{clock::Instant, ids::NoticeId, permission::Deed, place::Level, selection::objection::Channel};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{page, refused},
    shell::{Chip, Problems, Shell},
};

use super::{
    Notice, NoticeEntry,
    actions::{NewObjection, Receipt, Reporter, enter_objection},
    queries::{current_notices, notice_entries},
    show::read_moment,
    store, urls,
};
use crate::desk::Desk;

/// Characters of a name and a contact.
const NAME: usize = 60;
/// Characters of what is said.
const TEXT: usize = 2_000;

/// Reads what somebody has to say against `notice`: fields `application`, `is_named` (`yes` or `no`), `reporter_name`,
/// `reporter_contact` and `text`. Served to the portal's form and to the officer's.
///
/// # Errors
/// Refusals at the fields.
pub fn read_objection(form: &Form, notice: NoticeId) -> Result<NewObjection, Stop> {
    let mut reading = form.read();
    let chosen = form.value("application").trim();
    let application = chosen.parse().ok();
    if !chosen.is_empty() && application.is_none() {
        reading.note("application", "请从公示名单中选择反映的小区。");
    }
    let is_named = form.value("is_named") == "yes";
    let reporter = is_named.then(|| Reporter {
        name: reading.required("reporter_name", "姓名或单位名称", NAME),
        contact: reading.required("reporter_contact", "联系方式", NAME),
    });
    let text = reading.required("text", "反映的情况", TEXT);
    reading.finish()?;
    Ok(NewObjection { notice, application, reporter, text })
}

#[derive(Template)]
#[template(path = "notices/enter.html")]
struct EnterPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    notice: Option<Notice>,
    chips: Vec<Chip>,
    entries: Vec<NoticeEntry>,
}

impl EnterPage {
    fn action(&self) -> &'static str {
        urls::ENTER
    }

    fn applications(&self) -> Vec<(String, String)> {
        let option = |entry: &NoticeEntry| {
            (entry.application_id.0.to_string(), format!("{}（{}）", entry.branch, entry.compounds))
        };
        self.entries.iter().map(option).collect()
    }

    fn channels(&self) -> Vec<(String, String)> {
        let by_hand = Channel::ALL.iter().filter(|channel| **channel != Channel::Web);
        by_hand.map(|channel| (channel.code().to_owned(), channel.label().to_owned())).collect()
    }

    fn names(&self) -> Vec<(String, String)> {
        [("no", "匿名"), ("yes", "实名")].map(|(code, label)| (code.to_owned(), label.to_owned())).into()
    }
}

async fn enter_page(desk: &Desk, notice: &str, form: Form, problems: Problems) -> Result<EnterPage, Stop> {
    let place = &desk.officer.office.place;
    let county = place.at(Level::County).ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EnterObjection, &county)?;
    let db = desk.op.reader();
    let mut running = current_notices(db, &county).await?;
    running.retain(|notice| notice.period().is_some_and(|period| !period.is_over(desk.op.now())));
    let chosen = running.iter().position(|known| known.id.0.to_string() == notice).unwrap_or(0);
    let chip = |(index, notice): (usize, &Notice)| Chip {
        label: notice.title.clone(),
        href: Query::at(urls::ENTER).with("notice", &notice.id.0.to_string()).address(),
        is_on: index == chosen,
    };
    let chips = running.iter().enumerate().map(chip).collect();
    let notice = running.into_iter().nth(chosen);
    let entries = match &notice {
        Some(notice) => notice_entries(db, notice.id.0).await?,
        None => Vec::new(),
    };
    Ok(EnterPage { shell: desk.shell("代录异议").await?, problems, form, notice, chips, entries })
}

/// The form.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    page(&enter_page(&desk, query.value("notice"), Form::default(), Problems::default()).await?)
}

#[derive(Template)]
#[template(path = "notices/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    receipt: Receipt,
    can_see: bool,
}

impl ReceiptPage {
    fn list(&self) -> &'static str {
        urls::OBJECTIONS
    }

    fn again(&self) -> &'static str {
        urls::ENTER
    }
}

/// Enters one, and shows the query code, which is kept nowhere.
pub async fn enter(desk: Desk, form: Form) -> Result<Response, Stop> {
    let id: NoticeId = form.value("notice").parse().map_err(|_| Stop::Missing)?;
    let notice = store::notice(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EnterObjection, &notice.place.0)?;
    let entered = match read_entered(&form, id) {
        Ok((new, channel, received_at)) => enter_objection(&desk.op, new, channel, received_at).await,
        Err(stop) => Err(stop),
    };
    match entered {
        Ok(receipt) => {
            let can_see = desk.op.can(Deed::ViewObjection, &notice.place.0);
            page(&ReceiptPage { shell: desk.shell("异议回执").await?, receipt, can_see })
        }
        Err(Stop::Refused(problems)) => refused(&enter_page(&desk, &id.to_string(), form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// All problems at once: what was said, how it came and when.
fn read_entered(form: &Form, notice: NoticeId) -> Result<(NewObjection, Channel, Instant), Stop> {
    let mut reading = form.read();
    let channel = reading.choice::<Channel>("channel", "渠道").filter(|channel| *channel != Channel::Web);
    let received_at = read_moment(&mut reading, form, "received_at", "收到时间");
    match (read_objection(form, notice), reading.finish(), channel, received_at) {
        (Ok(new), Ok(()), Some(channel), Some(received_at)) => Ok((new, channel, received_at)),
        (Err(Stop::Refused(mut problems)), Err(Stop::Refused(others)), ..) => {
            problems.extend(others);
            Err(Stop::Refused(problems))
        }
        (Err(stop), ..) | (_, Err(stop), ..) => Err(stop),
        _ => Err(Stop::refused_at("channel", "请选择“渠道”。")),
    }
}
