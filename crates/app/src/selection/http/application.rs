//! The page of one application: where it stands, what it says, what was said to it, and the one thing to do next.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::ApplicationId,
    permission::Deed,
    selection::{
        application::{Desk as At, Stage},
        parameters::Parameters,
        score::{Summary, points},
    },
};
use platform::{
    error::{Problem, Stop},
    forms::{Form, QueryForm},
    pages::{page, refused},
    shell::{AttachmentLink, Problems, Shell, Step, StepState, TimelineEntry},
};

use super::seen;
use crate::{
    audit_log, calendar,
    desk::Desk,
    selection::{
        self, InSeason, Opinion, SiteVisit, Submission,
        content::{Content, OpinionStep},
        evidence::{self, Records},
        queries, urls,
    },
};

/// What the office in use may do now.
#[derive(Debug, Clone, Copy, Default)]
struct May {
    edit: bool,
    withdraw: bool,
    resume: bool,
    check: bool,
    assess: bool,
    screen: bool,
}

#[derive(Template)]
#[template(path = "selection/application.html")]
struct ApplicationPage {
    shell: Shell,
    problems: Problems,
    typed: Form,
    ticked: Vec<String>,
    id: ApplicationId,
    name: String,
    stage: Stage,
    /// How it stands, in words.
    words: &'static str,
    since: String,
    year: i32,
    steps: Vec<Step>,
    parameters: Parameters,
    /// Why a draft can go nowhere any more.
    over: Option<String>,
    due: String,
    is_late: bool,
    submission: Option<Submission>,
    versions: Vec<Submission>,
    is_latest: bool,
    visit: SiteVisit,
    records: Records,
    opinions: Vec<Opinion>,
    files: Vec<AttachmentLink>,
    history: Vec<TimelineEntry>,
    may: May,
    stands_back: bool,
}

impl ApplicationPage {
    fn part(&self, part: &str) -> String {
        urls::part(self.id, part)
    }

    /// Whether the reader is to check or review it; the form for that stands at the end of a long page.
    fn is_mine(&self) -> bool {
        self.may.check || self.may.assess || self.may.screen
    }

    /// The veto items that are declared not to exist, with their names.
    fn declared<'a>(&'a self, content: &'a Content) -> impl Iterator<Item = String> + 'a {
        let vetoes = self.parameters.vetoes.iter().filter(|veto| content.declared.contains(&veto.code));
        vetoes.map(|veto| format!("{} {}", veto.code, veto.name))
    }

    fn content(&self) -> Option<&Content> {
        self.submission.as_ref().map(|submission| &submission.content.0)
    }

    fn seen(&self) -> String {
        self.submission.as_ref().map(|submission| submission.id.0.to_string()).unwrap_or_default()
    }

    /// The form of the version that is shown.
    fn form(&self) -> String {
        match &self.submission {
            Some(submission) if !self.is_latest => urls::form_of(self.id, submission.number),
            Some(_) | None => self.part("form.docx"),
        }
    }

    fn version(&self, number: &i32) -> String {
        urls::version(self.id, *number)
    }

    /// Which version an opinion was given on.
    fn number_of(&self, opinion: &Opinion) -> i32 {
        let version = self.versions.iter().find(|version| version.id == opinion.submission_id);
        version.map_or(0, |version| version.number)
    }

    fn is_over(&self) -> bool {
        self.stage.desk() == At::Nobody
    }

    fn points(&self, hundredths: &i64) -> String {
        points(*hundredths)
    }

    fn most(&self) -> String {
        points(self.parameters.most_points())
    }

    fn total(&self, total: &i32) -> String {
        points((*total).into())
    }

    fn average(&self, summary: &Summary, code: &String) -> String {
        summary.items.get(code).map(|score| points(*score)).unwrap_or_default()
    }

    fn materials(&self) -> Vec<(String, String)> {
        self.parameters.materials.iter().map(|material| (material.clone(), material.clone())).collect()
    }

    /// What was typed into a form of this page before it was refused.
    fn typed(&self, field: &str) -> &str {
        self.typed.value(field)
    }

    fn tone(&self) -> &'static str {
        if self.stage.is_award() {
            "good"
        } else if self.stage.has_failed() {
            "bad"
        } else {
            "info"
        }
    }
}

/// One application, at its latest version or at an earlier one.
pub async fn show(desk: Desk, Path(id): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let in_season = seen(&desk.op, &id).await?;
    let version = match query.value("version") {
        "" => None,
        number => Some(number.parse().map_err(|_| Stop::Missing)?),
    };
    page(&application_page(&desk, in_season, version, Problems::default(), Form::default()).await?)
}

/// The page again, with what was refused and what was typed.
pub async fn refused_page(
    desk: &Desk,
    id: ApplicationId,
    problems: Vec<Problem>,
    form: Form,
) -> Result<Response, Stop> {
    let in_season = queries::in_season(desk.op.reader(), id).await?;
    refused(&application_page(desk, in_season, None, Problems(problems), form).await?)
}

async fn application_page(
    desk: &Desk,
    in_season: InSeason,
    version: Option<i32>,
    problems: Problems,
    typed: Form,
) -> Result<ApplicationPage, Stop> {
    let db = desk.op.reader();
    let over = in_season.window()?.must_not_be_over(desk.op.now()).err();
    let is_over = over.is_some();
    let InSeason { row, season, parameters, .. } = in_season;
    let id = row.id.0;
    let versions = selection::submissions_of(db, id).await?;
    let is_latest = version.is_none_or(|number| number == row.submission_number);
    let wanted = version.unwrap_or(row.submission_number);
    let submission = versions.iter().find(|submission| submission.number == wanted).cloned();
    if !is_latest && submission.is_none() {
        return Err(Stop::Missing);
    }
    let visit = match &submission {
        Some(submission) => queries::site_visit(db, &parameters, id, submission.id.0).await?,
        None => SiteVisit::default(),
    };
    let name = queries::place_name(db, &row.branch.0).await?;
    let account = desk.officer.account;
    // Every version has the files it was submitted with; those of a draft are the branch's own.
    let files = match &submission {
        Some(submission) => selection::attachments_at(db, id, submission.submitted_at.0).await?,
        None => Vec::new(),
    };
    let due = selection::due_of(row.stage.0, row.stage_since.0, &parameters, &calendar::load(db).await?);
    // What the street found is not the branch's to see before the street has decided.
    let sees_street = desk.op.can(Deed::CheckApplication, &row.branch.0)
        || desk.officer.office.place != row.branch.0
        || row.stage.0.steps_done() >= 3
        || row.stage.0 == Stage::NotRecommended;
    // Each assessor gives marks of their own before seeing those of others.
    let is_yet_to_mark = row.stage.0 == Stage::CommunityPassed
        && desk.op.can(Deed::AssessApplication, &row.branch.0)
        && visit.sheets.len() < usize::try_from(parameters.assessors).unwrap_or(usize::MAX)
        && !visit.sheets.iter().any(|sheet| sheet.account_id.0 == account);
    let stands_back = visit.recusals.iter().any(|recusal| recusal.account_id.0 == account);
    let opinions = selection::opinions_of(db, id).await?;
    Ok(ApplicationPage {
        shell: desk.shell(name.clone()).await?,
        problems,
        ticked: typed.values("materials").map(str::to_owned).collect(),
        typed,
        id,
        name,
        stage: row.stage.0,
        words: row.words(),
        since: row.stage_since.0.to_string(),
        year: season.year,
        records: evidence::records(&desk.op, &row.branch.0, season.year, &parameters),
        steps: steps(row.stage.0, passed(&row, &opinions), &chinese_date(row.stage_since.0.date())),
        over: over.filter(|_| row.stage.0 == Stage::Draft).map(|over| over.to_string()),
        due: due.map(|due| chinese_date(due.plus_micros(-1).date())).unwrap_or_default(),
        is_late: due.is_some_and(|due| due <= desk.op.now()),
        may: if is_latest { may(desk, &row, is_over) } else { May::default() },
        versions,
        is_latest,
        submission,
        visit: if sees_street && !is_yet_to_mark { visit } else { SiteVisit::default() },
        opinions,
        files: files.iter().map(super::files::link_with_item).collect(),
        history: audit_log::history(db, &id.to_string()).await?,
        stands_back,
        parameters,
    })
}

/// Once the street has reported, or its time is over, nothing below the county goes on.
fn may(desk: &Desk, row: &selection::Application, is_over: bool) -> May {
    let can = |deed, stages: &[Stage]| stages.contains(&row.stage.0) && desk.op.can(deed, &row.branch.0);
    May {
        edit: can(Deed::DraftApplication, &[Stage::Draft]) && !is_over,
        withdraw: can(
            Deed::WithdrawApplication,
            &[
                Stage::Draft,
                Stage::Submitted,
                Stage::CommunityPassed,
                Stage::Screened,
                Stage::Recommended,
                Stage::PanelPassed,
            ],
        ),
        resume: can(Deed::DraftApplication, &[Stage::Withdrawn]) && !is_over,
        check: can(Deed::CheckApplication, &[Stage::Submitted]) && !is_over,
        assess: can(Deed::AssessApplication, &[Stage::CommunityPassed]) && !is_over,
        screen: can(Deed::ScreenApplication, &[Stage::CommunityPassed, Stage::Screened]) && !is_over,
    }
}

const STEPS: [&str; 7] = ["申报", "社区把关", "街道审核", "评选组审查", "常委会审定", "公示", "认定"];

/// How many steps lie behind it; what was withdrawn had come as far as the opinions on it tell.
fn passed(row: &selection::Application, opinions: &[Opinion]) -> usize {
    if row.stage.0 != Stage::Withdrawn {
        return usize::from(row.stage.0.steps_done());
    }
    let passed = |opinion: &Opinion| match opinion.step.0 {
        OpinionStep::Community => 2,
        OpinionStep::Recommendation => 3,
        OpinionStep::Preliminary => 4,
        _ => 0,
    };
    let by_others = opinions.iter().filter(|opinion| opinion.is_favourable).map(passed).max();
    by_others.unwrap_or(0).max(usize::from(row.submission_id.is_some()))
}

/// The seven steps, of which `done` lie behind it, and where the application stands in them.
fn steps(stage: Stage, done: usize, since: &str) -> Vec<Step> {
    let step = |(index, label): (usize, &&str)| {
        let state = match index {
            index if index < done => StepState::Done,
            index if index == done && stage.has_failed() => StepState::Ended,
            index if index == done => StepState::Now,
            _ => StepState::Ahead,
        };
        let note = match state {
            StepState::Now => format!("{}，自{since}起", stage.desk().label()),
            StepState::Ended => stage.label().to_owned(),
            StepState::Done | StepState::Ahead => String::new(),
        };
        Step { label: (*label).to_owned(), state, note }
    };
    STEPS.iter().enumerate().map(step).collect()
}
