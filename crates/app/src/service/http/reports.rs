//! The yearly reports of members, and a community's feedback to units.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    clock::chinese_date,
    ids::MembershipId,
    permission::Deed,
    place::{Level, PlaceCode},
    service::{Figures, ReportKind, ReportState},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, letter, page, refused, workbook},
    shell::{Chip, Crumb, Problems, Shell},
};

use super::find_place;
use crate::{
    desk::{Desk, years},
    people::{self, Membership, Person},
    places,
    service::{
        letters::{self, Content},
        reports::{NewReport, figures_of_member, give_report_back, write_report},
        sheets,
        store::{self, report},
        urls,
        versions::{version, versions_of},
    },
};

/// A line of the list: a member with the report, or a unit with the feedback.
pub struct Line {
    pub name: String,
    href: String,
    pub row: Option<report::Model>,
    pub members: usize,
}

/// The state of a report in words.
#[must_use]
pub fn state_words(row: Option<&report::Model>) -> String {
    match row {
        None => "未写".to_owned(),
        Some(row) => row.sent_on.map_or_else(
            || row.state.0.label().to_owned(),
            |date| format!("{}（{}）", row.state.0.label(), chinese_date(date.0)),
        ),
    }
}

#[derive(Template)]
#[template(path = "service/reports.html")]
struct ReportsPage {
    shell: Shell,
    name: String,
    year: i16,
    years: Vec<Chip>,
    is_branch: bool,
    sheet: String,
    lines: Vec<Line>,
    /// Units whose members are in the community, for its feedback.
    units: Vec<Line>,
}

impl ReportsPage {
    fn sent(&self, lines: &[Line]) -> usize {
        lines.iter().filter(|line| is_sent(line.row.as_ref())).count()
    }

    fn state(&self, line: &Line) -> String {
        state_words(line.row.as_ref())
    }

    fn tone(&self, line: &Line) -> &'static str {
        match line.row.as_ref().map(|row| row.state.0) {
            None => "calm",
            Some(ReportState::Draft) => "warn",
            Some(ReportState::Sent) => "good",
        }
    }
}

pub(super) fn is_sent(row: Option<&report::Model>) -> bool {
    row.is_some_and(|row| row.state.0 == ReportState::Sent)
}

pub(super) fn parse_year(year: &str) -> Result<i16, Stop> {
    year.parse().ok().filter(|year| (2000..=2100).contains(year)).ok_or(Stop::Missing)
}

/// On to the reports of one's own place.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::ConfirmRegistration, place)?;
    let year = desk.op.now().date().year();
    Ok(Redirect::to(&urls::of_year(urls::REPORTS_OF, place, year)).into_response())
}

/// Who has reported of a place in a year.
struct Reported {
    lines: Vec<Line>,
    /// Units whose members are in the community, for its feedback.
    units: Vec<Line>,
}

async fn reported(desk: &Desk, place: &PlaceCode, year: i16) -> Result<Reported, Stop> {
    let rows = store::reports_under(desk.op.reader(), place, year).await?;
    let own: BTreeMap<&str, &report::Model> = rows.iter().map(|row| (row.subject.as_str(), row)).collect();
    let lines = if place.level() == Level::Branch {
        of_members(desk, place, year, &own).await?
    } else {
        of_branches(desk, place, year, &rows).await?
    };
    let units = if place.level() == Level::Community { of_units(desk, place, year, &own).await? } else { Vec::new() };
    Ok(Reported { lines, units })
}

/// Who has reported of a branch, or of the branches of a community, with the community's feedback to units.
pub async fn list(desk: Desk, Path((year, place)): Path<(String, String)>) -> Result<Response, Stop> {
    let year = parse_year(&year)?;
    let here = find_place(&desk, Deed::ConfirmRegistration, &place).await?;
    let code = here.code.0;
    let Reported { lines, units } = reported(&desk, &code, year).await?;
    page(&ReportsPage {
        shell: desk.shell(format!("{}的双报告", here.name)).await?,
        years: years(desk.op.now(), year, |year| urls::of_year(urls::REPORTS_OF, &code, year)),
        name: here.name,
        year,
        is_branch: code.level() == Level::Branch,
        sheet: urls::of_year(urls::REPORTS_EXPORT, &code, year),
        lines,
        units,
    })
}

/// The same as an Excel table.
pub async fn export(desk: Desk, Path((year, place)): Path<(String, String)>) -> Result<Response, Stop> {
    let year = parse_year(&year)?;
    let here = find_place(&desk, Deed::ConfirmRegistration, &place).await?;
    let code = here.code.0;
    let Reported { lines, units } = reported(&desk, &code, year).await?;
    let title = format!("{}{year}年双报告", here.name);
    let mut tables = vec![sheets::reports(&title, code.level() == Level::Branch, &lines)];
    if code.level() == Level::Community {
        tables.push(sheets::feedback(&title, &units));
    }
    workbook(&title, &tables)
}

/// The members in service, and whoever else has reported, by name.
async fn of_members(
    desk: &Desk,
    branch: &PlaceCode,
    year: i16,
    own: &BTreeMap<&str, &report::Model>,
) -> Result<Vec<Line>, Stop> {
    let mut roll = people::living_under(desk.op.reader(), branch).await?;
    // Those in service owe one; whoever else has sent one is listed as well, so that the community's count is the same.
    roll.retain(|(line, _)| line.unit.is_some() || own.contains_key(line.id.0.to_string().as_str()));
    roll.sort_by_cached_key(|(line, person)| (people::by_sound(&person.name), line.id.0));
    let line = |(line, person): (Membership, Person)| Line {
        row: own.get(line.id.0.to_string().as_str()).map(|row| (*row).clone()),
        href: urls::of_member(urls::REPORT, line.id.0, year),
        name: person.name,
        members: 1,
    };
    Ok(roll.into_iter().map(line).collect())
}

/// The branches with how many of their members have reported.
async fn of_branches(desk: &Desk, place: &PlaceCode, year: i16, rows: &[report::Model]) -> Result<Vec<Line>, Stop> {
    let branches = places::branches_under(desk.op.reader(), place).await?;
    let sent = |code: &PlaceCode| {
        let is_of = |row: &&report::Model| row.place.0 == *code && row.state.0 == ReportState::Sent;
        rows.iter().filter(is_of).count()
    };
    let line = |found: places::BranchOfTree| Line {
        members: sent(&found.place.code.0),
        href: urls::of_year(urls::REPORTS_OF, &found.place.code.0, year),
        name: found.place.name,
        row: None,
    };
    Ok(branches.into_iter().filter(|found| found.place.is_active).map(line).collect())
}

/// The units whose members are in the community.
async fn of_units(
    desk: &Desk,
    community: &PlaceCode,
    year: i16,
    own: &BTreeMap<&str, &report::Model>,
) -> Result<Vec<Line>, Stop> {
    let mut counts: BTreeMap<PlaceCode, usize> = BTreeMap::new();
    for (line, _) in people::living_under(desk.op.reader(), community).await? {
        if let Some(unit) = line.unit.and_then(|unit| unit.0.at(Level::Unit)) {
            *counts.entry(unit).or_default() += 1;
        }
    }
    let names = places::names(desk.op.reader(), counts.keys().cloned().collect()).await?;
    let line = |(unit, members): (PlaceCode, usize)| Line {
        name: names.get(unit.as_str()).cloned().unwrap_or_default(),
        row: own.get(unit.as_str()).map(|row| (*row).clone()),
        href: urls::of_feedback(urls::FEEDBACK, community, &unit, year),
        members,
    };
    Ok(counts.into_iter().map(line).collect())
}

#[derive(Template)]
#[template(path = "service/report.html")]
pub(super) struct ReportPage {
    pub shell: Shell,
    pub crumbs: Vec<Crumb>,
    pub problems: Problems,
    pub title: String,
    pub first: String,
    pub kind: ReportKind,
    pub row: Option<report::Model>,
    /// What was sent before, the newest first.
    pub versions: Vec<version::Model>,
    pub action: String,
    pub letter: String,
    /// Giving it back, or taking it up again.
    pub back: Option<String>,
    pub form: Form,
}

impl ReportPage {
    fn is_sent(&self) -> bool {
        is_sent(self.row.as_ref())
    }

    fn is_member(&self) -> bool {
        self.kind == ReportKind::Member
    }

    /// Those that are not on the page anyway.
    fn earlier(&self) -> &[version::Model] {
        self.versions.get(usize::from(self.is_sent())..).unwrap_or_default()
    }

    fn version(&self, version: &version::Model) -> String {
        format!("第 {} 版，{}由{}报送", version.number, chinese_date(version.sent_on.0), version.signed)
    }

    fn sent(&self) -> String {
        let sent = self.row.as_ref().and_then(|row| row.sent_on.map(|date| (chinese_date(date.0), &row.signed)));
        sent.map(|(on, by)| format!("{on}由{by}报送")).unwrap_or_default()
    }

    fn body_label(&self) -> &'static str {
        if self.kind == ReportKind::Member { "服务情况" } else { "总体评价" }
    }

    fn plan_label(&self) -> &'static str {
        if self.kind == ReportKind::Member { "下一年打算" } else { "意见建议" }
    }

    /// What was typed, also where that is nothing, or else what is kept; once it is sent, what was sent.
    fn typed<'a>(&'a self, field: &'a str, kept: fn(&'a report::Model) -> &'a str) -> &'a str {
        match (&self.row, self.form.values(field).next()) {
            (Some(row), typed) if typed.is_none() || self.is_sent() => kept(row),
            (_, typed) => typed.unwrap_or_default(),
        }
    }

    fn body(&self) -> &str {
        self.typed("body", |row| &row.body)
    }

    fn plan(&self) -> &str {
        self.typed("plan", |row| &row.plan)
    }
}

async fn find(desk: &Desk, id: &str) -> Result<(Membership, Person), Stop> {
    let id: MembershipId = id.parse().map_err(|_| Stop::Missing)?;
    let found = people::membership(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::ConfirmRegistration, &found.0.branch.0)?;
    Ok(found)
}

/// What the records say: those of when it was sent, or those of today.
async fn told(desk: &Desk, line: &Membership, year: i16) -> Result<(Option<report::Model>, Figures), Stop> {
    let (db, branch) = (desk.op.reader(), &line.branch.0);
    let row = store::report(db, ReportKind::Member, year, branch, &line.id.0.to_string()).await?;
    let figures = match row.as_ref().filter(|row| row.state.0 == ReportState::Sent) {
        Some(row) => row.figures.0,
        None => figures_of_member(db, branch, line.id.0, year).await?,
    };
    Ok((row, figures))
}

async fn report_page(
    desk: &Desk,
    (line, person): (Membership, Person),
    year: i16,
    form: Form,
    problems: Problems,
) -> Result<ReportPage, Stop> {
    let (row, figures) = told(desk, &line, year).await?;
    let title = format!("{}{year}年度双报告", person.name);
    let id = line.id.0;
    Ok(ReportPage {
        shell: desk.shell(title.clone()).await?,
        crumbs: vec![Crumb {
            label: format!("{year}年双报告"),
            href: urls::of_year(urls::REPORTS_OF, &line.branch.0, year),
        }],
        problems,
        title,
        first: format!("{year}年，{}。", letters::words(&figures)),
        kind: ReportKind::Member,
        back: is_sent(row.as_ref()).then(|| urls::of_member(urls::REPORT_BACK, id, year)),
        versions: versions(desk, row.as_ref()).await?,
        row,
        action: urls::of_member(urls::REPORT, id, year),
        letter: urls::of_member(urls::REPORT_LETTER, id, year),
        form,
    })
}

/// A member's report, prefilled.
pub async fn show(desk: Desk, Path((year, id)): Path<(String, String)>) -> Result<Response, Stop> {
    let (found, year) = (find(&desk, &id).await?, parse_year(&year)?);
    page(&report_page(&desk, found, year, Form::default(), Problems::default()).await?)
}

/// A report as a form tells it: `body`, `plan`, and `send` on the button that sends it.
///
/// # Errors
/// Refusals at their fields.
pub fn read(form: &Form) -> Result<NewReport, Stop> {
    let mut reading = form.read();
    let is_sent = !form.value("send").is_empty();
    let body = if is_sent {
        reading.required("body", "服务情况", 1500)
    } else {
        reading.text("body", "服务情况", 1500)
    };
    let plan = reading.text("plan", "下一年打算", 800);
    reading.finish()?;
    Ok(NewReport { body, plan, is_sent })
}

/// Writes it for a member who told it on paper.
pub async fn write(desk: Desk, Path((year, id)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let (found, year) = (find(&desk, &id).await?, parse_year(&year)?);
    let member = found.0.id.0;
    let outcome = match read(&form) {
        Ok(new) => write_report(&desk.op, member, year, new).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) => Ok(done(&urls::of_member(urls::REPORT, member, year), "报告已保存。")),
        Err(Stop::Refused(problems)) => refused(&report_page(&desk, found, year, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// Gives a sent report back.
pub async fn give_back(desk: Desk, Path((year, id)): Path<(String, String)>) -> Result<Response, Stop> {
    let (found, year) = (find(&desk, &id).await?, parse_year(&year)?);
    let member = found.0.id.0;
    match give_report_back(&desk.op, member, year).await {
        Ok(_) => Ok(done(&urls::of_member(urls::REPORT, member, year), "已退回，可以修改后重新报送。")),
        Err(Stop::Refused(problems)) => {
            refused(&report_page(&desk, found, year, Form::default(), Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}

/// The report as a Word document.
pub async fn letter_of(desk: Desk, Path((year, id)): Path<(String, String)>) -> Result<Response, Stop> {
    let ((line, person), year) = (find(&desk, &id).await?, parse_year(&year)?);
    let (row, figures) = told(&desk, &line, year).await?;
    let mut codes = vec![line.branch.0.clone()];
    codes.extend(line.unit.as_ref().and_then(|unit| unit.0.at(Level::Unit)));
    let names = places::names(desk.op.reader(), codes.iter().cloned().collect()).await?;
    let name = |at: usize| codes.get(at).and_then(|code| names.get(code.as_str())).map_or("", String::as_str);
    let content = content(year, &figures, row.as_ref());
    let drawn = letters::member_report(&person.name, name(0), name(1), &content);
    letter(&format!("{}{year}年度双报告", person.name), &drawn)
}

/// What was sent of a report.
pub(super) async fn versions(desk: &Desk, row: Option<&report::Model>) -> Result<Vec<version::Model>, Stop> {
    match row {
        Some(row) => versions_of(desk.op.reader(), row.id.0).await,
        None => Ok(Vec::new()),
    }
}

pub(super) fn content<'c>(year: i16, figures: &'c Figures, row: Option<&'c report::Model>) -> Content<'c> {
    Content {
        year,
        figures,
        body: row.map_or("", |row| &row.body),
        plan: row.map_or("", |row| &row.plan),
        date: row.and_then(|row| row.sent_on).map(|date| date.0),
    }
}
