//! The recommendation summary (推荐汇总表, `domain.md` §7): as a page, and as the Excel table that is handed in.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::{ApplicationId, SeasonId},
    permission::Deed,
    place::{Level, PlaceCode},
    selection::score::points,
};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    error::Stop,
    pages::{page, workbook},
    shell::Shell,
};

use super::{
    Season,
    content::{Content, OpinionStep},
    queries,
    store::{
        application::{applications_under, submissions_by_id},
        opinion::opinions_at,
        season,
    },
    urls,
};
use crate::{desk::Desk, people, places};

/// One recommended application.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: ApplicationId,
    pub street: String,
    pub community: String,
    pub branch: String,
    pub compounds: String,
    pub secretary: String,
    pub members: u32,
    pub households: i32,
    pub self_total: i32,
    pub average: i32,
    pub rank: i32,
    pub stage: &'static str,
    pub reason: String,
    /// What the branch said to the veto items (否决核查).
    pub vetoes: String,
    pub contact: String,
}

impl Line {
    fn href(&self) -> String {
        urls::application(self.id)
    }

    fn self_points(&self) -> String {
        points(self.self_total.into())
    }

    fn average_points(&self) -> String {
        points(self.average.into())
    }
}

/// The summary of a season within the office's reach.
#[derive(Debug, Clone)]
pub struct Summary {
    pub season: Season,
    /// Seats in reach (应推荐数).
    pub seats: i32,
    /// Branches in reach at the snapshot (统计基数).
    pub base: i32,
    pub lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "selection/summary.html")]
struct SummaryPage {
    shell: Shell,
    summary: Summary,
    export: String,
}

async fn summary(desk: &Desk, id: &str) -> Result<Summary, Stop> {
    let id: SeasonId = id.parse().map_err(|_| Stop::Missing)?;
    let db = desk.op.reader();
    let season = season::season(db, id).await?.ok_or(Stop::Missing)?;
    let reach = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewApplication, &reach)?;
    if !reach.is_within(&season.county.0) {
        return Err(Stop::Missing);
    }
    let mut rows = applications_under(db, id, &reach, &[]).await?;
    rows.retain(|row| row.street_rank > 0);
    rows.sort_by_key(|row| (row.branch.0.at(Level::Street), row.street_rank));
    let names = queries::place_names(db, &reach).await?;
    let branches: BTreeMap<PlaceCode, places::Branch> =
        places::branches_under(db, &reach).await?.into_iter().map(|it| (it.place.code.0, it.branch)).collect();
    let mut compounds: BTreeMap<PlaceCode, Vec<String>> = BTreeMap::new();
    for compound in places::compounds_under(db, &reach).await? {
        compounds.entry(compound.branch.0).or_default().push(compound.name);
    }
    let members = people::member_counts_under(db, &reach).await?;
    let secretaries = people::secretaries_under(db, &reach).await?;
    let ids = rows.iter().map(|row| row.id.0).collect();
    let reasons: BTreeMap<ApplicationId, String> = opinions_at(db, OpinionStep::Recommendation, ids)
        .await?
        .into_iter()
        .map(|opinion| (opinion.application_id.0, opinion.words))
        .collect();
    let submitted = rows.iter().filter_map(|row| row.submission_id.map(|id| id.0)).collect();
    let contents: BTreeMap<ApplicationId, Content> =
        submissions_by_id(db, submitted).await?.into_iter().map(|it| (it.application_id.0, it.content.0)).collect();
    let name = |code: Option<PlaceCode>| code.and_then(|code| names.get(&code).cloned()).unwrap_or_default();
    let line = |row: super::Application| {
        let branch = &row.branch.0;
        Line {
            id: row.id.0,
            street: name(branch.at(Level::Street)),
            community: name(branch.at(Level::Community)),
            branch: name(Some(branch.clone())),
            compounds: compounds.get(branch).map(|names| names.join("、")).unwrap_or_default(),
            secretary: secretaries.get(branch).cloned().unwrap_or_default(),
            members: members.get(branch).map_or(0, |counts| counts.all),
            households: branches.get(branch).map_or(0, |it| it.households),
            self_total: row.self_total,
            average: row.street_average,
            rank: row.street_rank,
            stage: row.stage.0.label(),
            reason: reasons.get(&row.id.0).cloned().unwrap_or_default(),
            vetoes: contents.get(&row.id.0).map(vetoes).unwrap_or_default(),
            contact: contents.get(&row.id.0).map(|it| it.contact.clone()).unwrap_or_default(),
        }
    };
    let streets = season::streets_of(db, id).await?;
    let in_reach = || streets.iter().filter(|it| it.street.0.is_within(&reach) || reach.is_within(&it.street.0));
    Ok(Summary {
        seats: in_reach().map(|it| it.seats).sum(),
        base: in_reach().map(|it| it.branches).sum(),
        lines: rows.into_iter().map(line).collect(),
        season,
    })
}

fn vetoes(content: &Content) -> String {
    if content.explained.is_empty() {
        return "承诺无否决情形".to_owned();
    }
    let codes: Vec<&str> = content.explained.keys().map(String::as_str).collect();
    format!("{}有情况说明", codes.join("、"))
}

/// The summary.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let summary = summary(&desk, &id).await?;
    let export = urls::summary_export(summary.season.id.0);
    page(&SummaryPage { shell: desk.shell("推荐汇总表").await?, summary, export })
}

/// The summary as the Excel table that is handed in.
pub async fn export(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let summary = summary(&desk, &id).await?;
    let count = |label| SheetColumn::new(label, 8.0, ColumnKind::Count);
    let decimal = |label| SheetColumn::new(label, 10.0, ColumnKind::Decimal);
    let row = |(index, line): (usize, &Line)| {
        vec![
            CellValue::Count(i64::try_from(index).unwrap_or(0) + 1),
            CellValue::Text(line.street.clone()),
            CellValue::Text(line.community.clone()),
            CellValue::Text(line.branch.clone()),
            CellValue::Text(line.compounds.clone()),
            CellValue::Text(line.secretary.clone()),
            CellValue::Count(line.members.into()),
            CellValue::Count(line.households.into()),
            CellValue::Hundredths(line.self_total.into()),
            CellValue::Hundredths(line.average.into()),
            CellValue::Count(line.rank.into()),
            CellValue::Text(line.vetoes.clone()),
            CellValue::Text(line.reason.clone()),
            CellValue::Text(line.contact.clone()),
            CellValue::Text(line.stage.to_owned()),
        ]
    };
    let table = SheetTable {
        name: "推荐汇总表".to_owned(),
        title: Some(format!("{}年度“红旗小区”推荐汇总表", summary.season.year)),
        note: Some(format!(
            "应推荐数：{}    实推荐数：{}    统计基数：{} 个小区党支部",
            summary.seats,
            summary.lines.len(),
            summary.base
        )),
        columns: vec![
            count("序号"),
            SheetColumn::text("街道", 12.0),
            SheetColumn::text("社区", 12.0),
            SheetColumn::text("小区党支部", 24.0),
            SheetColumn::text("覆盖小区", 24.0),
            SheetColumn::text("书记", 10.0),
            count("党员数"),
            count("户数"),
            decimal("自评分"),
            decimal("街道评分"),
            count("街道排名"),
            SheetColumn::text("否决核查", 20.0),
            SheetColumn::text("推荐理由", 30.0),
            SheetColumn::text("联系人", 12.0),
            SheetColumn::text("状态", 20.0),
        ],
        rows: summary.lines.iter().enumerate().map(row).collect(),
        totals: None,
    };
    workbook(&format!("{}年度推荐汇总表", summary.season.year), &[table])
}
