//! The pages of awards: by year, and one season's confirming and circular.

use std::collections::BTreeSet;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::{Instant, chinese_date},
    ids::ApplicationId,
    permission::Deed,
    selection::{application::Stage, document_number::is_document_number},
};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    act::Op,
    db::column::Text,
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{done, letter, page, refused, workbook},
    shell::{Chip, Problems, Shell},
};

use super::{
    Award, Circular, Notice, NoticeEntry,
    actions::{NewCircular, confirm_awards, issue_circular},
    letters::circular_letter,
    queries::{OpenObjections, awards, notice_entries, season_awards, season_circulars, season_notice},
    urls,
};
use crate::{
    desk::Desk,
    review::{applications_of, own_county, season_of},
    selection::{self, Season},
};

#[derive(Template)]
#[template(path = "notices/awards.html")]
struct ListPage {
    shell: Shell,
    year: String,
    chips: Vec<Chip>,
    awards: Vec<Award>,
    seasons: Vec<Season>,
    op: Op,
}

impl ListPage {
    /// Whether the office in use may open the application behind an award.
    fn may_open(&self, award: &Award) -> bool {
        self.op.can(Deed::ViewApplication, &award.place.0)
    }

    fn sheet(&self) -> String {
        Query::at(urls::AWARDS_SHEET).with("year", &self.year).address()
    }

    fn season(&self, season: &Season) -> String {
        urls::awards(season.id.0)
    }

    fn application(&self, award: &Award) -> String {
        selection::urls::application(award.application_id.0)
    }

    fn standing(&self, award: &Award) -> (&'static str, &'static str) {
        standing(award)
    }
}

/// How an award stands.
fn standing(award: &Award) -> (&'static str, &'static str) {
    match (award.revoked_at, award.circular_id) {
        (Some(_), _) => ("bad", "已撤销"),
        (None, Some(_)) => ("good", "已通报表彰"),
        (None, None) => ("info", "已认定"),
    }
}

/// Awards by year.
pub async fn list(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let county = own_county(&desk.op)?;
    desk.op.permit(Deed::ViewSeason, &county)?;
    let db = desk.op.reader();
    let all = awards(db, &county, None).await?;
    let year = query.value("year").trim();
    let years: BTreeSet<i32> = all.iter().map(|award| award.year).collect();
    let chip = |year_of: Option<i32>| {
        let code = year_of.map(|year| year.to_string()).unwrap_or_default();
        Chip {
            label: year_of.map_or_else(|| "全部年度".to_owned(), |year| format!("{year}年度")),
            href: Query::at(urls::AWARDS).with("year", &code).address(),
            is_on: code == year,
        }
    };
    let chips = std::iter::once(None).chain(years.iter().rev().copied().map(Some)).map(chip).collect();
    let awards = all.into_iter().filter(|award| year.is_empty() || award.year.to_string() == year).collect();
    let seasons =
        if desk.op.can(Deed::ConfirmAward, &county) { selection::seasons_of(db, &county).await? } else { Vec::new() };
    let shell = desk.shell("红旗小区").await?;
    page(&ListPage { shell, year: year.to_owned(), chips, awards, seasons, op: desk.op })
}

/// Awards as an Excel table.
pub async fn sheet(op: Op, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let county = own_county(&op)?;
    op.permit(Deed::ViewSeason, &county)?;
    let awards = awards(op.reader(), &county, query.value("year").parse().ok()).await?;
    let row = |(number, award): (i64, Award)| -> Vec<CellValue> {
        vec![
            CellValue::Count(number),
            CellValue::Count(award.year.into()),
            award.street.as_str().into(),
            award.community.as_str().into(),
            award.branch.as_str().into(),
            award.compounds.as_str().into(),
            award.confirmed_at.0.date().into(),
            standing(&award).1.into(),
            award.revocation_reason.as_str().into(),
        ]
    };
    let table = SheetTable {
        name: "红旗小区".to_owned(),
        title: Some("红旗小区认定名册".to_owned()),
        note: None,
        columns: vec![
            SheetColumn::new("序号", 6.0, ColumnKind::Centred),
            SheetColumn::new("年度", 8.0, ColumnKind::Centred),
            SheetColumn::text("街道", 12.0),
            SheetColumn::text("社区", 14.0),
            SheetColumn::text("小区党支部", 28.0),
            SheetColumn::text("小区", 30.0),
            SheetColumn::new("认定日期", 13.0, ColumnKind::Date),
            SheetColumn::new("状态", 12.0, ColumnKind::Centred),
            SheetColumn::text("撤销原因", 30.0),
        ],
        rows: (1..).zip(awards).map(row).collect(),
        totals: None,
    };
    workbook("红旗小区认定名册", &[table])
}

#[derive(Template)]
#[template(path = "notices/season_awards.html")]
struct SeasonPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    season: Season,
    notice: Option<Notice>,
    now: Instant,
    entries: Vec<NoticeEntry>,
    stages: Vec<(ApplicationId, Stage)>,
    open: OpenObjections,
    awards: Vec<Award>,
    circulars: Vec<Circular>,
    can_confirm: bool,
    can_commend: bool,
    can_revoke: bool,
}

impl SeasonPage {
    fn stage(&self, entry: &NoticeEntry) -> Option<Stage> {
        self.stages.iter().find(|(id, _)| *id == entry.application_id.0).map(|(_, stage)| *stage)
    }

    fn words(&self, entry: &NoticeEntry) -> &'static str {
        self.stage(entry).map_or("", Stage::label)
    }

    fn is_over(&self) -> bool {
        self.notice.as_ref().and_then(Notice::period).is_some_and(|period| period.is_over(self.now))
    }

    fn ends(&self) -> String {
        let period = self.notice.as_ref().and_then(Notice::period);
        period.map(|period| chinese_date(period.ends_on)).unwrap_or_default()
    }

    fn open_against(&self, entry: &NoticeEntry) -> usize {
        self.open.against(entry.application_id.0)
    }

    /// Whether it may be confirmed now.
    fn is_ready(&self, entry: &NoticeEntry) -> bool {
        self.stage(entry) == Some(Stage::Noticed) && self.is_over() && self.open_against(entry) == 0
    }

    fn ready(&self) -> usize {
        self.entries.iter().filter(|entry| self.is_ready(entry)).count()
    }

    fn is_awarded(&self, entry: &NoticeEntry) -> bool {
        self.stage(entry).is_some_and(Stage::is_award)
    }

    /// Confirmed, and in no circular yet.
    fn waiting(&self) -> usize {
        self.awards.iter().filter(|award| award.circular_id.is_none() && award.revoked_at.is_none()).count()
    }

    fn notice_page(&self) -> String {
        self.notice.as_ref().map_or_else(String::new, |notice| urls::notice(notice.id.0))
    }

    fn confirm(&self) -> String {
        urls::confirm(self.season.id.0)
    }

    fn circular(&self) -> String {
        urls::circular(self.season.id.0)
    }

    fn circular_letter(&self, circular: &Circular) -> String {
        Query::at(urls::circular_letter(self.season.id.0)).with("id", &circular.id.0.to_string()).address()
    }

    fn revoke(&self, entry: &NoticeEntry) -> String {
        urls::revoke(entry.application_id.0)
    }

    fn issued(&self, circular: &Circular) -> String {
        chinese_date(circular.issued_on.0)
    }
}

async fn season_page(desk: &Desk, season: Season, form: Form, problems: Problems) -> Result<SeasonPage, Stop> {
    let db = desk.op.reader();
    let notice = season_notice(db, season.id.0).await?.filter(Notice::is_current);
    let entries = match &notice {
        Some(notice) => notice_entries(db, notice.id.0).await?,
        None => Vec::new(),
    };
    let can = |deed| desk.op.can(deed, &season.county.0);
    let applications = applications_of(db, &season).await?;
    Ok(SeasonPage {
        shell: desk.shell(format!("{}年度认定", season.year)).await?,
        problems,
        form,
        notice,
        now: desk.op.now(),
        entries,
        stages: applications.iter().map(|application| (application.id, application.stage)).collect(),
        open: OpenObjections::of(db, &season.id.0.to_string()).await?,
        awards: season_awards(db, season.id.0).await?,
        circulars: season_circulars(db, season.id.0).await?,
        can_confirm: can(Deed::ConfirmAward),
        can_commend: can(Deed::IssueCircular),
        can_revoke: can(Deed::RevokeAward),
        season,
    })
}

/// A season's awards.
pub async fn show(desk: Desk, Path(season): Path<String>) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::ConfirmAward).await?;
    page(&season_page(&desk, season, Form::default(), Problems::default()).await?)
}

/// Confirms those that were ticked.
pub async fn confirm(desk: Desk, Path(season): Path<String>, form: Form) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::ConfirmAward).await?;
    let chosen: Result<Vec<ApplicationId>, _> = form.values("chosen").map(str::parse).collect();
    let chosen = chosen.map_err(|_| Stop::Missing)?;
    match confirm_awards(&desk.op, season.id.0, &chosen).await {
        Ok(()) => Ok(done(&urls::awards(season.id.0), &format!("已认定 {} 个小区。", chosen.len()))),
        Err(Stop::Refused(problems)) => refused(&season_page(&desk, season, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// Registers the circular.
pub async fn commend(desk: Desk, Path(season): Path<String>, form: Form) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::IssueCircular).await?;
    let mut reading = form.read();
    let number = reading.required("number", "发文字号", 40);
    if !number.is_empty() && !is_document_number(&number) {
        let words = "“发文字号”应写成“新组通〔2023〕3号”的样子：年份用〔〕括起，序号前不加“第”、不补 0。";
        reading.note("number", words);
    }
    let issued_on = reading.date("issued_on", "印发日期");
    let issued = match reading.finish_with(issued_on) {
        Ok(issued_on) => issue_circular(&desk.op, season.id.0, NewCircular { number, issued_on }).await.map(drop),
        Err(stop) => Err(stop),
    };
    match issued {
        Ok(()) => Ok(done(&urls::awards(season.id.0), "通报已登记，名单上的小区已记为通报表彰。")),
        Err(Stop::Refused(problems)) => refused(&season_page(&desk, season, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// A circular as a Word document.
pub async fn word(op: Op, Path(season): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let season = season_of(&op, &season, Deed::ViewSeason).await?;
    let db = op.reader();
    let circulars = season_circulars(db, season.id.0).await?;
    let asked = query.value("id");
    let circular = circulars.iter().find(|circular| circular.id.0.to_string() == asked).or(circulars.last());
    let circular = circular.ok_or(Stop::Missing)?;
    let mut named = season_awards(db, season.id.0).await?;
    named.retain(|award| award.circular_id == Some(Text(circular.id.0)));
    let issuer = season_notice(db, season.id.0).await?.map(|notice| notice.content.0.issuer).unwrap_or_default();
    letter(
        &format!("关于表扬{}年度红旗小区的通报", season.year),
        &circular_letter(season.year, &issuer, circular, &named),
    )
}
