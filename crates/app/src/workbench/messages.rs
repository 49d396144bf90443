//! The page of messages.

use askama::Template;
use axum::response::Response;
use domain::{ids::MessageId, permission::Deed};
use platform::{
    act::Op,
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{done, page},
    shell::{Pager, Shell},
};

use super::urls;
use crate::{
    desk::Desk,
    messages::{self, Message, Messages},
};

/// Messages on a page.
const PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "workbench/messages.html")]
struct MessagesPage {
    shell: Shell,
    messages: Vec<Message>,
    /// The newest that was marked as seen.
    seen_until: Option<MessageId>,
    pager: Pager,
    seen: &'static str,
}

impl MessagesPage {
    fn is_unread(&self, message: &Message) -> bool {
        self.seen_until.is_none_or(|seen| message.id.0 > seen)
    }

    /// Where the mark may be moved to: the newest message of all, which stands on the first page.
    fn newest(&self) -> Option<&Message> {
        self.messages.first().filter(|newest| self.pager.previous.is_none() && self.is_unread(newest))
    }
}

/// The messages to the office in use, the newest first.
pub async fn list(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    desk.op.permit(Deed::UseDesk, &desk.officer.office.place)?;
    let offset = query.value("from").parse().unwrap_or(0);
    let Messages { rows, total, seen_until } = messages::page_of(&desk.op, offset, PAGE).await?;
    let pager =
        Pager::of(offset, PAGE, total, |row| Query::at(urls::MESSAGES).with("from", &row.to_string()).address());
    let shell = desk.shell("消息").await?;
    page(&MessagesPage { shell, messages: rows, seen_until, pager, seen: urls::SEEN })
}

/// Marks everything up to the newest message shown as seen.
pub async fn mark_seen(op: Op, form: Form) -> Result<Response, Stop> {
    let seen: MessageId = form.value("until").parse().map_err(|_| Stop::Missing)?;
    messages::mark_seen(&op, seen).await?;
    Ok(done(urls::MESSAGES, "已全部标为已读。"))
}
