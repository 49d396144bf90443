//! Published notices with their countdown (公示公告).

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::{Instant, chinese_date},
    ids::NoticeId,
    selection::notice::NoticeContent,
};
use platform::{
    error::Stop,
    shell::{Crumb, PortalShell},
};

use super::{
    frame::{Reader, Scope, Whose, public_page},
    urls,
};
use crate::notices::{self, Notice, NoticeEntry};

/// How a notice's period stands, in words.
pub fn countdown(notice: &Notice, now: Instant) -> String {
    match notice.period() {
        Some(period) if period.is_over(now) => format!("公示已于{} 24:00 结束", chinese_date(period.ends_on)),
        Some(period) => {
            let days = period.days_left(now);
            format!("公示中，{} 24:00 结束，还有 {days} 天（含今天）", chinese_date(period.ends_on))
        }
        None => "还没有发布".to_owned(),
    }
}

/// One notice of the list.
pub struct Line {
    pub title: String,
    pub href: String,
    pub published: String,
    pub countdown: String,
    pub is_running: bool,
}

/// A notice as a line of a list.
pub fn line(notice: &Notice, scope: &Scope, now: Instant) -> Line {
    Line {
        title: notice.title.clone(),
        href: scope.at(&urls::notice(notice.id.0)),
        published: notice.published_on.map(|date| chinese_date(date.0)).unwrap_or_default(),
        countdown: countdown(notice, now),
        is_running: notice.period().is_some_and(|period| !period.is_over(now)),
    }
}

#[derive(Template)]
#[template(path = "portal/notices.html")]
struct NoticesPage {
    shell: PortalShell,
    lines: Vec<Line>,
}

/// Every notice that was published.
pub async fn list(reader: Reader) -> Result<Response, Stop> {
    let county = match reader.whose().await? {
        Whose::County(county) => county,
        Whose::Choice(page) => return Ok(page),
    };
    let found = notices::current_notices(reader.op.reader(), &county.code.0).await?;
    let lines = found.iter().map(|notice| line(notice, &reader.scope, reader.op.now())).collect();
    public_page(&NoticesPage { shell: reader.shell("公示公告"), lines })
}

#[derive(Template)]
#[template(path = "portal/notice.html")]
struct NoticePage {
    shell: PortalShell,
    scope: Scope,
    crumbs: Vec<Crumb>,
    notice: Notice,
    content: NoticeContent,
    entries: Vec<NoticeEntry>,
    versions: Vec<Notice>,
    /// Why the award was taken back, in a revocation notice.
    revocation_reason: String,
    countdown: String,
    is_running: bool,
}

impl NoticePage {
    fn object(&self) -> String {
        self.scope.at(&urls::object(self.notice.id.0))
    }

    fn query(&self) -> String {
        self.scope.at(urls::QUERY)
    }

    /// The version to be read in place of this one, which was corrected.
    fn corrected_by(&self) -> Option<&Notice> {
        self.versions.iter().find(|version| version.is_current()).filter(|_| !self.notice.is_current())
    }

    fn branch(&self, entry: &NoticeEntry) -> String {
        self.scope.at(&urls::branch(&entry.place.0))
    }

    fn href(&self, notice: &Notice) -> String {
        self.scope.at(&urls::notice(notice.id.0))
    }

    fn opening(&self) -> String {
        notices::opening(&self.notice, self.entries.len())
    }

    fn period_words(&self) -> String {
        notices::period_words(&self.notice).unwrap_or_default()
    }

    fn extensions(&self) -> Vec<String> {
        notices::extension_words(&self.notice)
    }

    fn signed_on(&self) -> String {
        self.notice.published_on.map(|date| chinese_date(date.0)).unwrap_or_default()
    }

    fn postcode(&self) -> &str {
        self.content.postcode.as_deref().unwrap_or_default()
    }
}

/// One notice, in the version of the address.
pub async fn show(reader: Reader, Path(id): Path<String>) -> Result<Response, Stop> {
    let (db, now) = (reader.op.reader(), reader.op.now());
    let notice = published(&reader, &id).await?;
    let entries = notices::notice_entries(db, notice.id.0).await?;
    let versions = notices::notice_versions(db, &notice).await?;
    let revocation_reason = notices::revocation_reason(db, &notice).await?;
    let crumbs = vec![Crumb { label: "公示公告".to_owned(), href: reader.scope.at(urls::NOTICES) }];
    let is_running = notice.is_current() && notice.period().is_some_and(|period| !period.is_over(now));
    public_page(&NoticePage {
        shell: reader.shell(notice.title.clone()),
        crumbs,
        content: notice.content.0.clone(),
        countdown: countdown(&notice, now),
        is_running,
        scope: reader.scope,
        notice,
        entries,
        versions,
        revocation_reason,
    })
}

/// The published notice of an address.
pub async fn published(reader: &Reader, id: &str) -> Result<Notice, Stop> {
    let id: NoticeId = id.parse().map_err(|_| Stop::Missing)?;
    notices::published_notice(reader.op.reader(), id).await?.ok_or(Stop::Missing)
}
