//! One version of a notice: its text and period, how it stands, and what may still be done to it.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::Instant,
    ids::NoticeId,
    permission::Deed,
    selection::notice::{NoticeKind, Period},
};
use jiff::civil::{DateTime, Time};
use platform::{
    act::Op,
    error::Stop,
    forms::{Form, Reading},
    pages::{done, letter, page, refused},
    shell::{Problems, Shell},
};

use super::{
    Notice, NoticeEntry,
    actions::{NoticeDraft, Outage, correct_notice, extend_notice},
    letters::{self, notice_letter},
    queries::{OpenObjections, notice_entries, notice_versions, revocation_reason},
    store, urls,
    wording::{as_form, read_draft},
};
use crate::{desk::Desk, review::applications_of, selection};

/// Characters of a reason.
const REASON: usize = 500;

#[derive(Template)]
#[template(path = "notices/show.html")]
struct NoticePage {
    shell: Shell,
    problems: Problems,
    /// The deed whose form was refused: `correct`, `extend` or nothing.
    refused: &'static str,
    form: Form,
    notice: Notice,
    period: Period,
    now: Instant,
    entries: Vec<NoticeEntry>,
    stages: Vec<(domain::ids::ApplicationId, &'static str)>,
    open: OpenObjections,
    versions: Vec<Notice>,
    /// Why the award was taken back, in a revocation notice.
    revocation_reason: String,
    can_correct: bool,
    can_extend: bool,
    can_see_objections: bool,
    can_confirm: bool,
}

impl NoticePage {
    fn is_revocation(&self) -> bool {
        self.notice.kind.0 == NoticeKind::Revocation
    }

    fn days(&self) -> String {
        letters::period_words(&self.notice).unwrap_or_default()
    }

    fn left(&self) -> u32 {
        self.period.days_left(self.now)
    }

    fn stage(&self, entry: &NoticeEntry) -> &'static str {
        self.stages.iter().find(|(id, _)| *id == entry.application_id.0).map_or("", |(_, label)| label)
    }

    fn open_against(&self, entry: &NoticeEntry) -> usize {
        self.open.against(entry.application_id.0)
    }

    fn extensions(&self) -> Vec<String> {
        letters::extension_words(&self.notice)
    }

    fn version_page(&self, version: &Notice) -> String {
        urls::notice(version.id.0)
    }

    fn published_at(&self, version: &Notice) -> String {
        version.published_at.map(|at| at.0.to_string()).unwrap_or_default()
    }

    fn correct(&self) -> String {
        urls::correct(self.notice.id.0)
    }

    fn extend(&self) -> String {
        urls::extend(self.notice.id.0)
    }

    fn letter(&self) -> String {
        urls::notice_letter(self.notice.id.0)
    }

    fn objections(&self) -> &'static str {
        urls::OBJECTIONS
    }

    fn awards(&self) -> String {
        urls::awards(self.notice.season_id.0)
    }

    /// The problems of the form of `deed` alone; two forms stand on this page.
    fn problems_of(&self, deed: &str) -> Problems {
        if self.refused == deed { self.problems.clone() } else { Problems::default() }
    }

    fn form_of(&self, deed: &str) -> Form {
        if self.refused == deed {
            return self.form.clone();
        }
        let (title, content) = (self.notice.title.clone(), self.notice.content.0.clone());
        if deed == "correct" { as_form(&NoticeDraft { title, content }) } else { Form::default() }
    }
}

async fn published(op: &Op, id: &str, deed: Deed) -> Result<(Notice, Period), Stop> {
    let id: NoticeId = id.parse().map_err(|_| Stop::Missing)?;
    let notice = store::notice(op.reader(), id).await?.ok_or(Stop::Missing)?;
    op.permit(deed, &notice.place.0)?;
    let period = notice.period().ok_or(Stop::Missing)?;
    Ok((notice, period))
}

async fn notice_page(
    desk: &Desk,
    (notice, period): (Notice, Period),
    form: Form,
    problems: Problems,
    refused: &'static str,
) -> Result<NoticePage, Stop> {
    let db = desk.op.reader();
    let can = |deed| notice.is_current() && desk.op.can(deed, &notice.place.0);
    let season = selection::season(db, notice.season_id.0).await?.ok_or(Stop::Missing)?;
    let applications = applications_of(db, &season).await?;
    let (has_award, is_over) =
        (applications.iter().any(|application| application.stage.is_award()), period.is_over(desk.op.now()));
    let is_winners = notice.kind.0 == NoticeKind::Winners;
    Ok(NoticePage {
        shell: desk.shell(notice.title.clone()).await?,
        problems,
        refused,
        form,
        period,
        now: desk.op.now(),
        entries: notice_entries(db, notice.id.0).await?,
        stages: applications.iter().map(|application| (application.id, application.stage.label())).collect(),
        open: OpenObjections::of(db, &notice.chain).await?,
        versions: notice_versions(db, &notice).await?,
        revocation_reason: revocation_reason(db, &notice).await?,
        can_correct: can(Deed::CorrectNotice) && !(is_winners && has_award),
        can_extend: can(Deed::ExtendNotice) && !(is_winners && has_award),
        can_see_objections: desk.op.can(Deed::ViewObjection, &notice.place.0),
        can_confirm: is_winners && is_over && can(Deed::ConfirmAward),
        notice,
    })
}

/// One published version.
pub async fn show(desk: Desk, Path(notice): Path<String>) -> Result<Response, Stop> {
    let found = published(&desk.op, &notice, Deed::ViewSeason).await?;
    page(&notice_page(&desk, found, Form::default(), Problems::default(), "").await?)
}

/// Corrects it.
pub async fn correct(desk: Desk, Path(notice): Path<String>, form: Form) -> Result<Response, Stop> {
    let found = published(&desk.op, &notice, Deed::CorrectNotice).await?;
    let mut reading = form.read();
    let (draft, reason) = (read_draft(&mut reading), reading.text("reason", "更正原因", REASON));
    let corrected = match reading.finish() {
        Ok(()) => correct_notice(&desk.op, found.0.id.0, draft, &reason).await,
        Err(stop) => Err(stop),
    };
    match corrected {
        Ok(id) => Ok(done(&urls::notice(id), "更正已发布，这是最新版本。")),
        Err(Stop::Refused(problems)) => refused(&notice_page(&desk, found, form, Problems(problems), "correct").await?),
        Err(stop) => Err(stop),
    }
}

/// Makes its period longer.
pub async fn extend(desk: Desk, Path(notice): Path<String>, form: Form) -> Result<Response, Stop> {
    let found = published(&desk.op, &notice, Deed::ExtendNotice).await?;
    let extended = match read_outage(&form) {
        Ok(outage) => extend_notice(&desk.op, found.0.id.0, outage).await,
        Err(stop) => Err(stop),
    };
    match extended {
        Ok(()) => Ok(done(&urls::notice(found.0.id.0), "公示期已延长一个工作日。")),
        Err(Stop::Refused(problems)) => refused(&notice_page(&desk, found, form, Problems(problems), "extend").await?),
        Err(stop) => Err(stop),
    }
}

fn read_outage(form: &Form) -> Result<Outage, Stop> {
    let mut reading = form.read();
    let from = read_moment(&mut reading, form, "from", "无法查看的开始时间");
    let until = read_moment(&mut reading, form, "until", "恢复时间");
    let reason = reading.required("outage_reason", "原因", REASON);
    let (from, until) = reading.finish_with(from.zip(until))?;
    Ok(Outage { from, until, reason })
}

/// A day and a time of day in two fields: `NAME` as date inputs send it and `NAME_time` as `08:30`.
pub(super) fn read_moment(reading: &mut Reading<'_>, form: &Form, name: &str, label: &str) -> Option<Instant> {
    let day = reading.date(name, label)?;
    let typed = form.value(&format!("{name}_time")).trim();
    let time = typed.split_once([':', '：']).and_then(|(hour, minute)| {
        Time::new(hour.trim().parse().ok()?, minute.trim().get(..2)?.parse().ok()?, 0, 0).ok()
    });
    if time.is_none() {
        reading.note(&format!("{name}_time"), format!("“{label}”请按 08:30 的样子填写几点几分。"));
    }
    time.map(|time| Instant::at(DateTime::from_parts(day, time)))
}

/// It as a Word document.
pub async fn word(op: Op, Path(notice): Path<String>) -> Result<Response, Stop> {
    let (notice, _) = published(&op, &notice, Deed::ViewSeason).await?;
    let entries = notice_entries(op.reader(), notice.id.0).await?;
    let reason = revocation_reason(op.reader(), &notice).await?;
    letter(&notice.title, &notice_letter(&notice, &entries, &reason))
}
