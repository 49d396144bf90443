//! The page of messages.

use askama::Template;
use axum::response::Response;
use domain::{ids::MessageId, permission::Deed};
use platform::{
    act::Op,
    error::Stop,
    forms::Form,
    pages::{done, page},
    shell::Shell,
};

use super::urls;
use crate::{
    desk::Desk,
    messages::{self, Message},
};

/// How many messages the page shows.
const SHOWN: u64 = 100;

#[derive(Template)]
#[template(path = "workbench/messages.html")]
struct MessagesPage {
    shell: Shell,
    messages: Vec<Message>,
    seen: &'static str,
}

/// The latest messages to the office in use.
pub async fn list(desk: Desk) -> Result<Response, Stop> {
    desk.op.permit(Deed::UseDesk, &desk.officer.office.place)?;
    let messages = messages::latest(&desk.op, SHOWN).await?;
    page(&MessagesPage { shell: desk.shell("消息").await?, messages, seen: urls::SEEN })
}

/// Marks everything up to the newest message shown as seen.
pub async fn mark_seen(op: Op, form: Form) -> Result<Response, Stop> {
    let seen: MessageId = form.value("until").parse().map_err(|_| Stop::Missing)?;
    messages::mark_seen(&op, seen).await?;
    Ok(done(urls::MESSAGES, "已全部标为已读。"))
}
