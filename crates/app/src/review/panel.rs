//! The page on which a panel unit answers on every application with one form.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::ApplicationId,
    permission::{Deed, OfficeKind},
    selection::{application::Stage, parameters::Parameters, review::Verdict, score::points},
};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    act::Op,
    error::{Problem, Stop},
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{Problems, Shell},
};

use super::{
    actions::{PanelAnswer, reply_as_panel_unit},
    queries::{Candidate, PanelReplies, candidates},
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
#[template(path = "review/panel.html")]
struct PanelPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    season: Season,
    unit: String,
    is_on_panel: bool,
    deadline: String,
    candidates: Vec<Candidate>,
    replies: PanelReplies,
}

impl PanelPage {
    fn action(&self) -> String {
        urls::panel(self.season.id.0)
    }

    fn sheet(&self) -> String {
        urls::panel_sheet(self.season.id.0)
    }

    fn is_open(&self, candidate: &Candidate) -> bool {
        candidate.application.stage == Stage::Recommended
    }

    fn open(&self) -> usize {
        self.candidates.iter().filter(|candidate| self.is_open(candidate)).count()
    }

    fn unanswered(&self) -> usize {
        let is_unanswered = |candidate: &&Candidate| {
            self.is_open(candidate) && self.replies.by(candidate.application.id, &self.unit).is_none()
        };
        self.candidates.iter().filter(is_unanswered).count()
    }

    fn application(&self, id: &ApplicationId) -> String {
        selection::urls::application(*id)
    }

    fn seen(&self, candidate: &Candidate) -> String {
        candidate.application.submission.map(|submission| submission.id.to_string()).unwrap_or_default()
    }

    /// What was typed, or else what was answered before.
    fn verdict(&self, id: &ApplicationId) -> String {
        let typed = self.form.value(&format!("verdict.{id}"));
        if !typed.is_empty() {
            return typed.to_owned();
        }
        self.replies.by(*id, &self.unit).map(|reply| reply.verdict.0.code().to_owned()).unwrap_or_default()
    }

    fn verdict_label(&self, id: &ApplicationId) -> &'static str {
        self.replies.by(*id, &self.unit).map_or("未填写", |reply| reply.verdict.0.label())
    }

    fn reason(&self, id: &ApplicationId) -> String {
        let name = format!("reason.{id}");
        if self.problems.any() {
            return self.form.value(&name).to_owned();
        }
        self.replies.by(*id, &self.unit).map(|reply| reply.reason.clone()).unwrap_or_default()
    }

    fn verdicts(&self) -> &'static [Verdict] {
        Verdict::ALL
    }

    fn standing(&self, candidate: &Candidate) -> String {
        let standing = candidate.standing;
        format!("街道第 {} 名，{} 分", standing.rank, points(standing.score))
    }
}

async fn panel_page(desk: &Desk, season: Season, form: Form, problems: Problems) -> Result<PanelPage, Stop> {
    let db = desk.op.reader();
    let parameters = selection::parameters_of(db, &season).await?;
    let unit = desk.officer.office.organ.clone();
    Ok(PanelPage {
        shell: desk.shell(format!("{}年度评选组意见", season.year)).await?,
        problems,
        form,
        is_on_panel: parameters.panel_units.contains(&unit),
        unit,
        deadline: deadline_words(&parameters),
        candidates: candidates(db, &season).await?,
        replies: PanelReplies::of(db, season.id.0).await?,
        season,
    })
}

/// The deadline of R-SEL-12 as people say it.
pub(super) fn deadline_words(parameters: &Parameters) -> String {
    let deadline = parameters.preliminary_deadline();
    deadline.map_or_else(String::new, |at| format!("{} 24:00", chinese_date(at.plus_micros(-1).date())))
}

/// The unit's page of the latest season.
pub async fn latest(desk: Desk) -> Result<Response, Stop> {
    let entry = Entry {
        deed: Deed::ReplyAsPanelUnit,
        title: "评选组意见",
        hint: "街道推荐上报以后，在这里逐份填写本单位的意见。",
    };
    entry.to_latest(&desk, urls::panel).await
}

/// The unit's page of a season.
pub async fn show(desk: Desk, Path(season): Path<String>) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::ReplyAsPanelUnit).await?;
    page(&panel_page(&desk, season, Form::default(), Problems::default()).await?)
}

/// Keeps the unit's answers.
pub async fn reply(desk: Desk, Path(season): Path<String>, form: Form) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::ReplyAsPanelUnit).await?;
    let kept = match read_answers(&form) {
        Ok(answers) => reply_as_panel_unit(&desk.op, season.id.0, &answers).await,
        Err(stop) => Err(stop),
    };
    match kept {
        Ok(count) => {
            Ok(done(&urls::panel(season.id.0), &format!("已保存 {count} 份申报的意见，提出初步意见前可以修改。")))
        }
        Err(Stop::Refused(problems)) => refused(&panel_page(&desk, season, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// The answers that were given; an application without a choice is left for later, or agreed to when the unit says so.
fn read_answers(form: &Form) -> Result<Vec<PanelAnswer>, Stop> {
    let mut answers = Vec::new();
    let mut problems = Vec::new();
    let rest = form.value("rest");
    for (id, _) in form.with_prefix("seen.") {
        let application: ApplicationId = id.parse().map_err(|_| Stop::Missing)?;
        let verdict = match form.value(&format!("verdict.{id}")) {
            "" if rest.is_empty() => continue,
            "" => rest,
            chosen => chosen,
        };
        let Ok(verdict) = verdict.parse::<Verdict>() else {
            problems.push(Problem::at(format!("verdict.{id}"), "请选择“同意”“不同意”或“无意见”。"));
            continue;
        };
        let reason = form.value(&format!("reason.{id}")).trim();
        if reason.chars().count() > REASON {
            problems.push(Problem::at(format!("reason.{id}"), format!("理由最多 {REASON} 个字，请精简。")));
        }
        let seen = form.value(&format!("seen.{id}")).parse().map_err(|_| Stop::Conflict)?;
        answers.push(PanelAnswer { application, seen, verdict, reason: reason.to_owned() });
    }
    if problems.is_empty() { Ok(answers) } else { Err(Stop::Refused(problems)) }
}

/// Every answer of every unit as an Excel table; a unit sees its own column alone.
pub async fn sheet(op: Op, Path(season): Path<String>) -> Result<Response, Stop> {
    let season = season_of(&op, &season, Deed::ViewApplication).await?;
    let db = op.reader();
    let parameters = selection::parameters_of(db, &season).await?;
    let office = &op.actor.officer()?.office;
    let is_own = |unit: &&String| office.kind != OfficeKind::PanelUnit || **unit == office.organ;
    let units: Vec<&String> = parameters.panel_units.iter().filter(is_own).collect();
    let replies = PanelReplies::of(db, season.id.0).await?;
    let mut columns = vec![
        SheetColumn::new("序号", 6.0, ColumnKind::Centred),
        SheetColumn::text("街道", 12.0),
        SheetColumn::text("社区", 14.0),
        SheetColumn::text("小区党支部", 28.0),
    ];
    columns.extend(units.iter().map(|unit| SheetColumn::text(*unit, 20.0)));
    let row = |(number, candidate): (i64, &Candidate)| {
        let mut cells: Vec<CellValue> = vec![CellValue::Count(number)];
        cells.extend([&candidate.street, &candidate.community, &candidate.branch].map(|name| name.as_str().into()));
        let answer = |unit: &&String| match replies.by(candidate.application.id, unit) {
            Some(reply) if reply.reason.is_empty() => reply.verdict.0.label().into(),
            Some(reply) => CellValue::Text(format!("{}：{}", reply.verdict.0.label(), reply.reason)),
            None => CellValue::Empty,
        };
        cells.extend(units.iter().map(answer));
        cells
    };
    let candidates = candidates(db, &season).await?;
    let title = format!("{}年度红旗小区评选组意见汇总表", season.year);
    let table = SheetTable {
        name: "评选组意见".to_owned(),
        title: Some(title.clone()),
        note: None,
        columns,
        rows: (1..).zip(&candidates).map(row).collect(),
        totals: None,
    };
    workbook(&title, &[table])
}
