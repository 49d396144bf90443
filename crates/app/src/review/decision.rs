//! The standing committee's page: the list, a word on each, the meeting and its minutes, all in one form.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::ApplicationId,
    permission::Deed,
    selection::{application::Stage, score::points},
};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    act::Op,
    error::{Problem, Stop},
    forms::Form,
    pages::{done, letter, page, refused, workbook},
    shell::{Problems, Shell},
};

use super::{
    Consultation, Decision,
    actions::{Meeting, Resolution, decide_selection},
    letters::{Agenda, agenda_sheet},
    queries::{Candidate, PanelReplies, candidates, season_consultations, season_decision, still_out},
    season::{Entry, season_of},
    urls,
};
use crate::{
    desk::Desk,
    selection::{self, Season},
};

/// Characters of a reason.
const REASON: usize = 500;

#[derive(Template)]
#[template(path = "review/decision.html")]
struct DecisionPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    season: Season,
    seats: u32,
    candidates: Vec<Candidate>,
    consultations: Vec<Consultation>,
    decision: Option<Decision>,
    can_decide: bool,
}

impl DecisionPage {
    fn action(&self) -> String {
        urls::decision(self.season.id.0)
    }

    fn sheet(&self) -> String {
        urls::decision_sheet(self.season.id.0)
    }

    fn agenda(&self) -> String {
        urls::agenda(self.season.id.0)
    }

    fn out(&self) -> usize {
        still_out(&self.consultations)
    }

    fn comments(&self) -> Vec<&Consultation> {
        self.consultations.iter().filter(|row| !row.reply_text.is_empty()).collect()
    }

    fn waiting(&self) -> Vec<&Candidate> {
        self.candidates.iter().filter(|candidate| candidate.application.stage == Stage::PanelPassed).collect()
    }

    /// What was decided, for reading it again.
    fn decided(&self) -> Vec<&Candidate> {
        self.candidates
            .iter()
            .filter(|candidate| candidate.application.stage.steps_done() >= 4)
            .filter(|candidate| candidate.application.stage != Stage::PanelPassed)
            .collect()
    }

    fn application(&self, id: &ApplicationId) -> String {
        selection::urls::application(*id)
    }

    fn seen(&self, candidate: &Candidate) -> String {
        candidate.application.submission.map(|submission| submission.id.to_string()).unwrap_or_default()
    }

    /// What was typed; nothing is decided by a box that was ticked before anybody looked.
    fn is(&self, id: &ApplicationId, word: &str) -> bool {
        self.form.value(&format!("resolution.{id}")) == word
    }

    fn reason(&self, id: &ApplicationId) -> &str {
        self.form.value(&format!("reason.{id}"))
    }

    fn standing(&self, candidate: &Candidate) -> String {
        let standing = candidate.standing;
        format!("街道第 {} 名，{} 分", standing.rank, points(standing.score))
    }

    fn meeting_words(&self, decision: &Decision) -> String {
        let day = chinese_date(decision.meeting_on.0);
        format!("{day}召开的县委常委会审定通过 {} 个，会议纪要：{}", decision.approved, decision.minutes_number)
    }
}

async fn decision_page(desk: &Desk, season: Season, form: Form, problems: Problems) -> Result<DecisionPage, Stop> {
    let db = desk.op.reader();
    let parameters = selection::parameters_of(db, &season).await?;
    let decision = season_decision(db, season.id.0).await?;
    let consultations = season_consultations(db, season.id.0).await?;
    let is_ready = decision.is_none() && !consultations.is_empty() && still_out(&consultations) == 0;
    let candidates = candidates(db, &season).await?;
    Ok(DecisionPage {
        shell: desk.shell(format!("{}年度常委会审定", season.year)).await?,
        problems: named(problems, &candidates),
        form,
        seats: parameters.seats,
        candidates,
        can_decide: is_ready && desk.op.can(Deed::DecideSelection, &season.county.0),
        consultations,
        decision,
        season,
    })
}

/// Problems of one candidate, with its name: the summary above the list would say the same words for each.
fn named(Problems(mut problems): Problems, candidates: &[Candidate]) -> Problems {
    for problem in &mut problems {
        let id = problem.field.split_once('.').map(|(_, id)| id).unwrap_or_default();
        if let Some(candidate) = candidates.iter().find(|it| it.application.id.to_string() == id) {
            problem.message = format!("{}：{}", candidate.branch, problem.message);
        }
    }
    Problems(problems)
}

/// The decision of the latest season.
pub async fn latest(desk: Desk) -> Result<Response, Stop> {
    let entry = Entry {
        deed: Deed::ViewDecision,
        title: "常委会审定",
        hint: "评选组提出初步意见、征求意见结束以后，在这里登记常委会审定的结果。",
    };
    entry.to_latest(&desk, urls::decision).await
}

/// The list before the committee: also for the org department, which prepares it.
pub async fn show(desk: Desk, Path(season): Path<String>) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::ViewDecision).await?;
    page(&decision_page(&desk, season, Form::default(), Problems::default()).await?)
}

/// Records the decision.
pub async fn decide(desk: Desk, Path(season): Path<String>, form: Form) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::DecideSelection).await?;
    let decided = match read_meeting(&form) {
        Ok(meeting) => decide_selection(&desk.op, season.id.0, meeting).await,
        Err(stop) => Err(stop),
    };
    match decided {
        Ok(_) => Ok(done(&urls::decision(season.id.0), "审定结果已登记，县委组织部可以拟制公示。")),
        Err(Stop::Refused(problems)) => refused(&decision_page(&desk, season, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

fn read_meeting(form: &Form) -> Result<Meeting, Stop> {
    let mut reading = form.read();
    let meeting_on = reading.date("meeting_on", "会议日期");
    let minutes_number = reading.required("minutes_number", "会议纪要文号", 60);
    let mut problems = match reading.finish() {
        Ok(()) => Vec::new(),
        Err(Stop::Refused(problems)) => problems,
        Err(stop) => return Err(stop),
    };
    let mut resolutions = Vec::new();
    let rest = form.value("rest");
    for (id, seen) in form.with_prefix("seen.") {
        let application: ApplicationId = id.parse().map_err(|_| Stop::Missing)?;
        let reason = form.value(&format!("reason.{id}")).trim().to_owned();
        let is_approved = match form.value(&format!("resolution.{id}")) {
            "approve" => true,
            "refuse" => false,
            "" if rest == "approve" => true,
            _ => {
                problems.push(Problem::at(format!("resolution.{id}"), "请选择“通过”或“不通过”。"));
                continue;
            }
        };
        if reason.chars().count() > REASON {
            problems.push(Problem::at(format!("reason.{id}"), format!("理由最多 {REASON} 个字，请精简。")));
        }
        let seen = seen.parse().map_err(|_| Stop::Conflict)?;
        resolutions.push(Resolution { application, seen, is_approved, reason });
    }
    match meeting_on {
        Some(meeting_on) if problems.is_empty() => Ok(Meeting { meeting_on, minutes_number, resolutions }),
        _ => Err(Stop::Refused(problems)),
    }
}

/// The list before the committee as an Excel table.
pub async fn sheet(op: Op, Path(season): Path<String>) -> Result<Response, Stop> {
    let season = season_of(&op, &season, Deed::ViewDecision).await?;
    let mut candidates = candidates(op.reader(), &season).await?;
    // What the panel did not pass is not put forward.
    candidates.retain(|it| it.application.stage.steps_done() >= Stage::PanelPassed.steps_done());
    let row = |(number, candidate): (i64, Candidate)| -> Vec<CellValue> {
        let standing = candidate.standing;
        vec![
            CellValue::Count(number),
            candidate.street.as_str().into(),
            candidate.community.as_str().into(),
            candidate.branch.as_str().into(),
            candidate.compounds.as_str().into(),
            CellValue::Count(standing.rank.into()),
            CellValue::Hundredths(standing.score),
            candidate.application.stage.label().into(),
        ]
    };
    let title = format!("{}年度红旗小区建议名单", season.year);
    let table = SheetTable {
        name: "建议名单".to_owned(),
        title: Some(title.clone()),
        note: None,
        columns: vec![
            SheetColumn::new("序号", 6.0, ColumnKind::Centred),
            SheetColumn::text("街道", 12.0),
            SheetColumn::text("社区", 14.0),
            SheetColumn::text("小区党支部", 28.0),
            SheetColumn::text("覆盖小区", 30.0),
            SheetColumn::new("街道排名", 9.0, ColumnKind::Count),
            SheetColumn::new("街道评分", 9.0, ColumnKind::Decimal),
            SheetColumn::new("状态", 20.0, ColumnKind::Centred),
        ],
        rows: (1..).zip(candidates).map(row).collect(),
        totals: None,
    };
    workbook(&title, &[table])
}

/// The agenda sheet as a Word document.
pub async fn agenda(op: Op, Path(season): Path<String>) -> Result<Response, Stop> {
    let season = season_of(&op, &season, Deed::ViewDecision).await?;
    let db = op.reader();
    let parameters = selection::parameters_of(db, &season).await?;
    let agenda = Agenda {
        year: season.year,
        seats: parameters.seats,
        units: &parameters.panel_units,
        candidates: &candidates(db, &season).await?,
        replies: &PanelReplies::of(db, season.id.0).await?,
        consultations: &season_consultations(db, season.id.0).await?,
    };
    letter(&format!("{}年度红旗小区审定议题单", season.year), &agenda_sheet(&agenda))
}
