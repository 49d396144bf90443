//! One poll: where it stands, how far it is, and what can be done now.

use std::borrow::Borrow;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::PollId,
    owners::{Side, area_words},
    permission::Deed,
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{letter, page},
    shell::{Crumb, Problems, Shell, Step},
};

use super::parse;
use crate::{
    desk::Desk,
    owner_votes::{
        letters,
        pages::{days_words, outcome_tone, steps, tone},
        queries::{PollFile, line_for, poll_file, reckoning},
        store::poll::natural,
        urls,
    },
};

#[derive(Template)]
#[template(path = "owner_votes/show.html")]
pub struct PollPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    file: PollFile,
    can_prepare: bool,
    can_check: bool,
    can_cancel: bool,
    can_see_owners: bool,
    today: String,
}

impl PollPage {
    fn is_at(&self, codes: &str) -> bool {
        codes.split(' ').any(|code| code == self.file.line.state.code())
    }

    fn url(&self, path: &str) -> String {
        urls::of_poll(path, self.file.line.row.id.0)
    }

    fn other(&self, poll: &PollId) -> String {
        urls::of_poll(urls::POLL, *poll)
    }

    fn tone(&self) -> &'static str {
        tone(self.file.line.state)
    }

    fn steps(&self) -> Vec<Step> {
        steps(&self.file.line)
    }

    fn days(&self) -> String {
        days_words(&self.file.line.row)
    }

    fn area(&self, hundredths: &u64) -> String {
        area_words(*hundredths)
    }

    fn of_area(&self, hundredths: &u64) -> String {
        format!("共 {}", area_words(*hundredths))
    }

    fn of_persons(&self, persons: &u64) -> String {
        format!("共 {persons} 人")
    }

    fn declared_words(&self) -> String {
        format!("{} 平方米", area_words(natural(self.file.line.row.declared_area)))
    }

    fn declared_note(&self) -> String {
        format!("应有 {}", area_words(natural(self.file.line.row.declared_area)))
    }

    fn side(&self, side: impl Borrow<Side>) -> String {
        let side = side.borrow();
        format!("{} 平方米，{} 人", area_words(side.area), side.persons)
    }

    fn outcome(&self) -> Option<(&'static str, &'static str)> {
        self.file.line.row.outcome.map(|outcome| (outcome_tone(outcome.0), outcome.0.label()))
    }

    /// Whether it is called off or did not pass, and nobody votes on it again yet.
    fn offers_repeat(&self) -> bool {
        let row = &self.file.line.row;
        let outcome = row.outcome.map(|outcome| outcome.0);
        self.can_prepare && self.file.repeated_by.is_empty() && row.poll().must_have_failed(outcome).is_ok()
    }

    fn filed(&self) -> String {
        let row = &self.file.line.row;
        row.filed_on.map(|day| format!("{}，{}", chinese_date(day.0), row.filed_with)).unwrap_or_default()
    }

    fn filed_on(&self) -> &str {
        match self.form.value("filed_on") {
            "" => &self.today,
            typed => typed,
        }
    }

    fn public(&self) -> String {
        self.url(urls::PUBLIC)
    }
}

/// The page with what was refused and typed.
pub async fn poll_page(desk: &Desk, id: PollId, form: Form, problems: Problems) -> Result<PollPage, Stop> {
    let file = poll_file(&desk.op, id).await?;
    let place = &file.line.row.place.0;
    Ok(PollPage {
        shell: desk.shell(file.line.row.title.clone()).await?,
        crumbs: vec![Crumb { label: "业主表决".to_owned(), href: urls::POLLS.to_owned() }],
        problems,
        form,
        can_prepare: desk.op.can(Deed::PreparePoll, place),
        can_check: desk.op.can(Deed::CheckPoll, place),
        can_cancel: desk.op.can(Deed::CancelPoll, place),
        can_see_owners: desk.op.can(Deed::ViewPollOwners, place),
        today: desk.op.now().date().to_string(),
        file,
    })
}

/// One poll.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&poll_page(&desk, parse(&id)?, Form::default(), Problems::default()).await?)
}

/// The announcement as a Word document.
pub async fn notice(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let line = line_for(&desk.op, parse(&id)?, Deed::ViewPoll).await?;
    if line.row.announced_at.is_none() {
        return Err(Stop::refused("社区核对公告以后才有公告。"));
    }
    letter("业主表决公告", &letters::notice(&line))
}

/// The result as a Word document.
pub async fn result(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let line = line_for(&desk.op, parse(&id)?, Deed::ViewPoll).await?;
    if line.row.published_on.is_none() {
        return Err(Stop::refused("结果公布以后才有结果公告。"));
    }
    let (lines, outcome) = reckoning(&line.row).ok_or_else(|| Stop::fault("a published poll has no count"))?;
    letter("业主表决结果公告", &letters::result(&line, &lines, outcome, line.row.vote()))
}
