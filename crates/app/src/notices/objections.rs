//! The pages of objections: the list, entering one for somebody, and one objection with its steps.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::Instant,
    ids::ObjectionId,
    permission::Deed,
    selection::objection::{Finding, ObjectionState},
};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    act::Op,
    db::column::Text,
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{done, page, refused, workbook},
    shell::{Chip, Pager, Problems, Shell, TimelineEntry},
};

use super::{
    actions::{
        Against, Reporter, acknowledge_objection, answer_objection, decide_objection, reveal_reporter, verify_objection,
    },
    queries::{ObjectionFile, ObjectionLine, objection, objections},
    store::entries_of,
    urls,
};
use crate::{audit_log, desk::Desk};

/// Rows on a page.
const PAGE: u64 = 50;
/// Rows of an export.
const EXPORT: u64 = 50_000;
/// Characters of grounds or an answer.
const WORDS: usize = 2_000;

/// Those on which nothing was found yet.
const OPEN: &[ObjectionState] = &[ObjectionState::Received, ObjectionState::Acknowledged, ObjectionState::Verifying];
/// Those that wait for their answer.
const DECIDED: &[ObjectionState] = &[ObjectionState::Upheld, ObjectionState::NotUpheld, ObjectionState::Insufficient];

/// The filters, by what stands in the address.
fn states(shown: &str) -> &'static [ObjectionState] {
    match shown {
        "open" => OPEN,
        "decided" => DECIDED,
        "replied" => &[ObjectionState::Replied],
        _ => ObjectionState::ALL,
    }
}

#[derive(Template)]
#[template(path = "notices/objections.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<ObjectionLine>,
    chips: Vec<Chip>,
    pager: Pager,
    now: Instant,
    can_enter: bool,
}

impl ListPage {
    fn page(&self, id: &Text<ObjectionId>) -> String {
        urls::objection(id.0)
    }

    fn is_late(&self, line: &ObjectionLine) -> bool {
        line.due.is_some_and(|due| due <= self.now)
    }

    fn due(&self, line: &ObjectionLine) -> String {
        due_words(line)
    }

    fn sheet(&self) -> &'static str {
        urls::OBJECTIONS_SHEET
    }

    fn enter(&self) -> &'static str {
        urls::ENTER
    }
}

fn due_words(line: &ObjectionLine) -> String {
    let last_day = |due: Instant| domain::clock::chinese_date(due.plus_micros(-1).date());
    line.due.map_or_else(|| "—".to_owned(), |due| format!("{}前", last_day(due)))
}

/// Objections at the office's place.
pub async fn list(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    desk.op.permit(Deed::ViewObjection, &desk.officer.office.place)?;
    let shown = query.value("state");
    let offset = u64::from(query.value("from").parse::<u32>().unwrap_or(0));
    let (lines, total) = objections(&desk.op, states(shown), offset, PAGE).await?;
    let address = |state: &str| Query::at(urls::OBJECTIONS).with("state", state).address();
    let chip =
        |(code, label): (&str, &str)| Chip { label: label.to_owned(), href: address(code), is_on: code == shown };
    let chips = [("", "全部"), ("open", "待核实"), ("decided", "待答复"), ("replied", "已答复")].map(chip);
    let pager = Pager::of(offset, PAGE, total, |row| {
        Query::at(urls::OBJECTIONS).with("state", shown).with("from", &row.to_string()).address()
    });
    page(&ListPage {
        shell: desk.shell("异议").await?,
        lines,
        chips: chips.into(),
        pager,
        now: desk.op.now(),
        can_enter: desk.op.can(Deed::EnterObjection, &desk.officer.office.place),
    })
}

/// The list as an Excel table: neither what was said nor by whom.
pub async fn sheet(op: Op) -> Result<Response, Stop> {
    op.permit(Deed::ViewObjection, &op.actor.officer()?.office.place)?;
    let (lines, _) = objections(&op, ObjectionState::ALL, 0, EXPORT).await?;
    let short = |label: &str| SheetColumn::new(label, 12.0, ColumnKind::Centred);
    let row = |(number, line): (i64, ObjectionLine)| -> Vec<CellValue> {
        vec![
            CellValue::Count(number),
            line.notice.as_str().into(),
            line.against.as_str().into(),
            line.row.received_at.0.to_string().into(),
            line.row.channel.0.label().into(),
            if line.row.is_named { "实名".into() } else { "匿名".into() },
            line.row.state.0.label().into(),
            due_words(&line).into(),
            line.row.finding.map_or("", |Text(finding)| finding.label()).into(),
        ]
    };
    let table = SheetTable {
        name: "异议".to_owned(),
        title: Some("公示异议登记表".to_owned()),
        note: Some("本表不含反映人信息和反映内容。".to_owned()),
        columns: vec![
            SheetColumn::new("序号", 6.0, ColumnKind::Centred),
            SheetColumn::text("公示", 40.0),
            SheetColumn::text("反映对象", 28.0),
            SheetColumn::text("收到时间", 20.0),
            short("渠道"),
            short("署名"),
            short("状态"),
            SheetColumn::text("本环节期限", 16.0),
            SheetColumn::text("核实结论", 20.0),
        ],
        rows: (1..).zip(lines).map(row).collect(),
        totals: None,
    };
    workbook("公示异议登记表", &[table])
}

#[derive(Template)]
#[template(path = "notices/objection.html")]
struct ObjectionPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    file: ObjectionFile,
    history: Vec<TimelineEntry>,
    /// Who reported, shown once on the verifier's asking.
    reporter: Option<Option<Reporter>>,
    can_verify: bool,
    /// Whom one against the whole list may be about.
    listed: Vec<(String, String)>,
}

impl ObjectionPage {
    fn state(&self) -> ObjectionState {
        self.file.line.row.state.0
    }

    fn due(&self) -> String {
        due_words(&self.file.line)
    }

    fn deed(&self, path: &str) -> String {
        urls::objection_deed(path, self.file.line.row.id.0)
    }

    fn acknowledge(&self) -> String {
        self.deed(urls::ACKNOWLEDGE)
    }

    fn verify(&self) -> String {
        self.deed(urls::VERIFY)
    }

    fn decide(&self) -> String {
        self.deed(urls::DECIDE)
    }

    fn answer(&self) -> String {
        self.deed(urls::ANSWER)
    }

    fn reveal(&self) -> String {
        self.deed(urls::REPORTER)
    }

    fn list(&self) -> &'static str {
        urls::OBJECTIONS
    }

    fn findings(&self) -> Vec<(String, String)> {
        Finding::ALL.iter().map(|finding| (finding.code().to_owned(), finding.label().to_owned())).collect()
    }

    fn is_received(&self) -> bool {
        self.state() == ObjectionState::Received
    }

    fn is_acknowledged(&self) -> bool {
        self.state() == ObjectionState::Acknowledged
    }

    fn is_verifying(&self) -> bool {
        self.state() == ObjectionState::Verifying
    }

    fn is_decided(&self) -> bool {
        DECIDED.contains(&self.state())
    }
}

async fn objection_page(
    desk: &Desk,
    id: ObjectionId,
    form: Form,
    problems: Problems,
    reporter: Option<Option<Reporter>>,
) -> Result<ObjectionPage, Stop> {
    let file = objection(&desk.op, id).await?;
    let history = audit_log::history(desk.op.reader(), &id.to_string()).await?;
    let can_verify = desk.op.can(Deed::VerifyObjection, &file.line.row.place.0);
    // Which of the list one is about that was raised against all of it.
    let mut listed = Vec::new();
    if can_verify && file.line.row.application_id.is_none() {
        let entries = entries_of(desk.op.reader(), [file.line.row.notice_id.0]).await?;
        listed = entries.into_iter().map(|it| (it.application_id.0.to_string(), it.branch)).collect();
        listed.push(("nobody".to_owned(), "不涉及名单中的小区（程序等问题）".to_owned()));
    }
    let shell = desk.shell(format!("关于{}的异议", file.line.against)).await?;
    Ok(ObjectionPage { shell, problems, form, file, history, reporter, can_verify, listed })
}

fn objection_id(text: &str) -> Result<ObjectionId, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// One objection.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&objection_page(&desk, objection_id(&id)?, Form::default(), Problems::default(), None).await?)
}

async fn answered(
    desk: &Desk,
    id: ObjectionId,
    form: Form,
    ended: Result<(), Stop>,
    words: &str,
) -> Result<Response, Stop> {
    match ended {
        Ok(()) => Ok(done(&urls::objection(id), words)),
        Err(Stop::Refused(problems)) => refused(&objection_page(desk, id, form, Problems(problems), None).await?),
        Err(stop) => Err(stop),
    }
}

/// Acknowledges it.
pub async fn acknowledge(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = objection_id(&id)?;
    let ended = acknowledge_objection(&desk.op, id).await;
    answered(&desk, id, Form::default(), ended, "已受理，请在期限内核实。").await
}

/// Begins to verify it.
pub async fn verify(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = objection_id(&id)?;
    let ended = verify_objection(&desk.op, id).await;
    answered(&desk, id, Form::default(), ended, "已开始核实。").await
}

/// Says what was found.
pub async fn decide(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = objection_id(&id)?;
    permitted(&desk, id, Deed::DecideObjection).await?;
    let mut reading = form.read();
    let finding = reading.choice::<Finding>("finding", "核实结论");
    let grounds = reading.text("grounds", "核实经过和依据", WORDS);
    let ended = match reading.finish_with(finding) {
        Ok(finding) => {
            let against = match form.value("against") {
                "nobody" => Some(Against::Nobody),
                named => named.parse().ok().map(Against::One),
            };
            decide_objection(&desk.op, id, finding, against, &grounds).await
        }
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "核实结论已登记。").await
}

/// Answers it.
pub async fn answer(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = objection_id(&id)?;
    permitted(&desk, id, Deed::AnswerObjection).await?;
    let mut reading = form.read();
    let words = reading.text("answer", "答复内容", WORDS);
    let ended = match reading.finish() {
        Ok(()) => answer_objection(&desk.op, id, &words).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已答复，反映人凭查询码可以看到。").await
}

async fn permitted(desk: &Desk, id: ObjectionId, deed: Deed) -> Result<(), Stop> {
    let file = objection(&desk.op, id).await?;
    desk.op.permit(deed, &file.line.row.place.0)
}

/// Shows who reported, once; each time is recorded.
pub async fn reporter(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = objection_id(&id)?;
    let found = reveal_reporter(&desk.op, id).await?;
    page(&objection_page(&desk, id, Form::default(), Problems::default(), Some(found)).await?)
}
