//! Requests around issues.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, ids::VoiceIssueId, permission::Deed, place::PlaceCode, voice::IssueState};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    act::Op,
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{done, page, refused, workbook},
    shell::{Chip, Problems, Shell, TimelineEntry},
};
use sea_orm::ConnectionTrait;

use super::{
    actions::{own_issue, settle_issue},
    store::{self, row},
};
use crate::{
    audit_log,
    desk::Desk,
    places,
    voices::{
        queries::{VoiceLine, lines},
        urls,
    },
};

/// Issues of a list, and voices of an issue, at most.
const MOST: u64 = 500;
/// Characters of who answers for it.
const OWNER: usize = 30;
/// Characters of what is planned or was done.
const WORDS: usize = 1_000;

/// An issue with the names around it.
struct Line {
    row: row::Model,
    branch: String,
    compound: String,
    voices: i64,
}

impl Line {
    fn opened_on(&self) -> String {
        chinese_date(self.row.opened_at.0.date())
    }

    fn owner(&self) -> &str {
        if self.row.owner.is_empty() { "还没有确定" } else { &self.row.owner }
    }

    fn place(&self) -> String {
        if self.compound.is_empty() { self.branch.clone() } else { format!("{} {}", self.branch, self.compound) }
    }
}

async fn named(db: &impl ConnectionTrait, place: &PlaceCode, rows: Vec<row::Model>) -> Result<Vec<Line>, Stop> {
    let names = places::names(db, rows.iter().map(|row| row.place.0.clone()).collect()).await?;
    let compounds = places::compounds_under(db, place).await?;
    let sizes: BTreeMap<VoiceIssueId, i64> =
        store::sizes(db, rows.iter().map(|row| row.id.0)).await?.into_iter().collect();
    let compound = |row: &row::Model| {
        let known = compounds.iter().find(|compound| Some(compound.id) == row.compound_id);
        known.map(|compound| compound.name.clone()).unwrap_or_default()
    };
    let line = |row: row::Model| Line {
        branch: names.get(row.place.0.as_str()).cloned().unwrap_or_default(),
        compound: compound(&row),
        voices: sizes.get(&row.id.0).copied().unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(line).collect())
}

fn asked(query: &Form) -> IssueState {
    query.value("state").parse().unwrap_or(IssueState::Open)
}

async fn of_place(op: &Op, place: &PlaceCode, state: IssueState) -> Result<Vec<Line>, Stop> {
    op.permit(Deed::ViewVoice, place)?;
    let rows = store::issues(op.reader(), place, state, MOST).await?;
    named(op.reader(), place, rows).await
}

#[derive(Template)]
#[template(path = "voices/recurring/list.html")]
struct ListPage {
    shell: Shell,
    chips: Vec<Chip>,
    sheet: String,
    lines: Vec<Line>,
}

impl ListPage {
    fn back(&self) -> &'static str {
        urls::VOICES
    }

    fn href(&self, line: &Line) -> String {
        urls::issue(line.row.id.0)
    }
}

/// The issues under one's place.
pub async fn list(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let state = asked(&query);
    let address = |path: &str, state: IssueState| Query::at(path).with("state", state.code()).address();
    let chip = |one: &IssueState| Chip {
        label: one.label().to_owned(),
        href: address(urls::ISSUES, *one),
        is_on: *one == state,
    };
    page(&ListPage {
        lines: of_place(&desk.op, &desk.officer.office.place, state).await?,
        chips: IssueState::ALL.iter().map(chip).collect(),
        sheet: address(urls::ISSUES_SHEET, state),
        shell: desk.shell("共性问题").await?,
    })
}

/// They as an Excel table.
pub async fn sheet(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let lines = of_place(&desk.op, &desk.officer.office.place, asked(&query)).await?;
    let row = |line: &Line| -> Vec<CellValue> {
        vec![
            line.place().into(),
            line.row.topic.0.label().into(),
            line.opened_on().into(),
            CellValue::Count(line.voices),
            line.owner().into(),
            line.row.state.0.label().into(),
            line.row.outcome.clone().into(),
        ]
    };
    let table = SheetTable {
        name: "共性问题".to_owned(),
        title: Some("共性问题登记表".to_owned()),
        note: None,
        columns: vec![
            SheetColumn::text("小区", 34.0),
            SheetColumn::text("事项", 14.0),
            SheetColumn::text("立项日期", 16.0),
            SheetColumn::new("诉求件数", 10.0, ColumnKind::Count),
            SheetColumn::text("负责人", 18.0),
            SheetColumn::new("状态", 10.0, ColumnKind::Centred),
            SheetColumn::text("打算和结果", 50.0),
        ],
        rows: lines.iter().map(row).collect(),
        totals: None,
    };
    workbook("共性问题登记表", &[table])
}

#[derive(Template)]
#[template(path = "voices/recurring/show.html")]
struct IssuePage {
    shell: Shell,
    problems: Problems,
    form: Form,
    line: Line,
    voices: Vec<VoiceLine>,
    history: Vec<TimelineEntry>,
    can_handle: bool,
}

impl IssuePage {
    fn back(&self) -> &'static str {
        urls::ISSUES
    }

    fn at(&self, path: &str) -> String {
        urls::of_issue(path, self.line.row.id.0)
    }

    fn is_open(&self) -> bool {
        self.line.row.state.0 == IssueState::Open
    }

    fn href(&self, voice: &VoiceLine) -> String {
        urls::voice(voice.row.id.0)
    }

    fn typed(&self, field: &str, kept: &str) -> String {
        if self.problems.any_of("owner plan") { self.form.value(field).to_owned() } else { kept.to_owned() }
    }
}

async fn issue_page(desk: &Desk, id: VoiceIssueId, form: Form, problems: Problems) -> Result<IssuePage, Stop> {
    let db = desk.op.reader();
    let row = store::issue(db, id).await?.ok_or(Stop::Missing)?;
    let place = row.place.0.clone();
    desk.op.permit(Deed::ViewVoice, &place)?;
    let line = named(db, &place, vec![row]).await?.pop().ok_or(Stop::Missing)?;
    Ok(IssuePage {
        shell: desk.shell(format!("共性问题：{}", line.row.topic.0.label())).await?,
        voices: lines(db, store::voices_of(db, id, MOST).await?).await?,
        history: audit_log::history(db, &id.to_string()).await?,
        can_handle: desk.op.can(Deed::HandleIssue, &place),
        problems,
        form,
        line,
    })
}

fn parse(id: &str) -> Result<VoiceIssueId, Stop> {
    id.parse().map_err(|_| Stop::Missing)
}

/// One issue.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&issue_page(&desk, parse(&id)?, Form::default(), Problems::default()).await?)
}

async fn answered(
    desk: &Desk,
    id: VoiceIssueId,
    form: Form,
    ended: Result<(), Stop>,
    words: &str,
) -> Result<Response, Stop> {
    match ended {
        Ok(()) => Ok(done(&urls::issue(id), words)),
        Err(Stop::Refused(problems)) => refused(&issue_page(desk, id, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// What is not this office's business is told before what was typed wrongly.
async fn permitted(desk: &Desk, id: &str) -> Result<VoiceIssueId, Stop> {
    let id = parse(id)?;
    let row = store::issue(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::HandleIssue, &row.place.0).map(|()| id)
}

/// Names who answers for it.
pub async fn own(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id).await?;
    let mut reading = form.read();
    let owner = reading.required("owner", "负责人", OWNER);
    let plan = reading.text("plan", "打算怎样解决", WORDS);
    let ended = match reading.finish() {
        Ok(()) => own_issue(&desk.op, id, &owner, &plan).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已保存负责人。").await
}

/// Notes how it was settled.
pub async fn settle(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, &id).await?;
    let mut reading = form.read();
    let outcome = reading.text("outcome", "怎样解决的", WORDS);
    let ended = match reading.finish() {
        Ok(()) => settle_issue(&desk.op, id, &outcome).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已登记解决；再有三件同样的诉求，会另立一个共性问题。").await
}
