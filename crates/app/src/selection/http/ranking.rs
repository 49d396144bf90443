//! The street's ranking and the recommendation summary (推荐上报、汇总表).

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::{Instant, chinese_date},
    ids::{ApplicationId, SeasonId, SubmissionId},
    permission::Deed,
    place::{Level, PlaceCode},
    selection::{
        application::Stage,
        parameters::Parameters,
        score::{RankKey, Scores, points, summarise},
    },
};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    error::Stop,
    forms::{Form, QueryForm},
    pages::{done, page, refused, workbook},
    shell::{Problems, Shell},
};

use super::{no_season::no_season, parse, ranking_confirm::confirm_page};
use crate::{
    desk::Desk,
    selection::{
        self, Application, Recommendation, Season,
        actions::{NewList, Ranked, behind, recommend_applications},
        queries,
        store::{
            application::{applications_under, submissions_by_id},
            street::{assessments_of_many, drop_recused, recommendation_of, recusals_of_many},
        },
        urls,
    },
};

/// One application that may be ranked.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub row: Application,
    pub name: String,
    pub seen: SubmissionId,
    suggested: usize,
    pub rank: String,
    pub reason: String,
}

impl Candidate {
    fn href(&self) -> String {
        urls::application(self.row.id.0)
    }

    pub fn average(&self) -> String {
        points(self.row.street_average.into())
    }

    fn self_total(&self) -> String {
        points(self.row.self_total.into())
    }
}

#[derive(Template)]
#[template(path = "selection/ranking.html")]
struct RankingPage {
    shell: Shell,
    problems: Problems,
    season: Season,
    street: String,
    quota: u32,
    until: String,
    candidates: Vec<Candidate>,
    pending: usize,
    /// Why nothing can be reported now; empty when it can.
    closed: String,
    sent: Option<Recommendation>,
    met_on: String,
    record: String,
    summary: String,
    suggested: String,
    sheet: String,
}

impl RankingPage {
    /// What was refused at a candidate's field.
    fn problem(&self, prefix: &str, candidate: &Candidate) -> &str {
        self.problems.of(&format!("{prefix}.{}", candidate.row.id.0))
    }

    fn met_on(&self, sent: &Recommendation) -> String {
        chinese_date(sent.met_on.0)
    }
}

/// The ranking of one's own street in the current season.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let own = &desk.officer.office.place;
    desk.op.permit(Deed::RecommendApplications, own)?;
    let street = own.at(Level::Street).ok_or(Stop::Missing)?;
    match selection::current_season(desk.op.reader(), &street).await? {
        Some(season) => Ok(axum::response::IntoResponse::into_response(axum::response::Redirect::to(&urls::ranking(
            season.id.0,
            &street,
        )))),
        None => no_season(&desk, "推荐排名", "申报通过社区把关、实地评估和初选以后，在这里排名、推荐上报。").await,
    }
}

/// The ranking page; asked to, with the suggested order filled in as far as there are seats.
pub async fn show(
    desk: Desk,
    Path((season, street)): Path<(String, String)>,
    QueryForm(query): QueryForm,
) -> Result<Response, Stop> {
    let mut ranking = ranking_page(&desk, &season, &street, &Form::default(), Problems::default()).await?;
    if query.is_ticked("suggested") {
        let seats = usize::try_from(ranking.quota).unwrap_or(0);
        for candidate in ranking.candidates.iter_mut().filter(|it| it.suggested <= seats) {
            candidate.rank = candidate.suggested.to_string();
        }
    }
    page(&ranking)
}

/// Those whom the street may rank, as an Excel table.
pub async fn export(desk: Desk, Path((season, street)): Path<(String, String)>) -> Result<Response, Stop> {
    let (id, street) = (parse::<SeasonId>(&season)?, place(&street)?);
    desk.op.permit(Deed::RecommendApplications, &street)?;
    let db = desk.op.reader();
    let (season, parameters) = selection::season_with_parameters(db, id).await?;
    let title = format!("{}{}年度初选通过名单", selection::place_name(db, &street).await?, season.year);
    let row = |it: Candidate| -> Vec<CellValue> {
        vec![
            CellValue::from(it.suggested),
            it.name.into(),
            CellValue::Hundredths(it.row.self_total.into()),
            CellValue::Hundredths(it.row.street_average.into()),
        ]
    };
    let table = SheetTable {
        name: "初选通过".to_owned(),
        title: Some(title.clone()),
        note: Some("建议顺序按平均分排列，同分依次比较治理成效、治理机制、组织保障得分和提交先后。".to_owned()),
        columns: vec![
            SheetColumn::count("建议顺序"),
            SheetColumn::text("小区党支部", 36.0),
            SheetColumn::new("自评分", 12.0, ColumnKind::Decimal),
            SheetColumn::new("街道评分", 12.0, ColumnKind::Decimal),
        ],
        rows: candidates(&desk, id, &street, &parameters, &Form::default()).await?.into_iter().map(row).collect(),
        totals: None,
    };
    workbook(&title, &[table])
}

async fn ranking_page(
    desk: &Desk,
    season: &str,
    street: &str,
    form: &Form,
    problems: Problems,
) -> Result<RankingPage, Stop> {
    let (id, street) = (parse::<SeasonId>(season)?, place(street)?);
    desk.op.permit(Deed::RecommendApplications, &street)?;
    let db = desk.op.reader();
    let (season, parameters) = selection::season_with_parameters(db, id).await?;
    let pending = behind(db, id, &street).await?.len();
    let sent = recommendation_of(db, id, &street).await?;
    let until = parameters.recommend_deadline().map(|until| chinese_date(until.plus_micros(-1).date()));
    Ok(RankingPage {
        shell: desk.shell("推荐排名").await?,
        problems,
        street: selection::place_name(db, &street).await?,
        quota: queries::seats_of(db, id, &street).await?,
        until: until.unwrap_or_default(),
        candidates: candidates(desk, id, &street, &parameters, form).await?,
        pending,
        closed: queries::window(&parameters)?
            .check(desk.op.now())
            .map_or_else(|why| format!("{why}。"), |()| String::new()),
        sent,
        met_on: form.value("met_on").to_owned(),
        record: form.value("record").to_owned(),
        summary: urls::summary(id),
        suggested: urls::suggested_ranking(id, &street),
        sheet: urls::ranking_export(id, &street),
        season,
    })
}

pub(super) fn place(text: &str) -> Result<PlaceCode, Stop> {
    text.parse().ok().filter(|place: &PlaceCode| place.level() == Level::Street).ok_or(Stop::Missing)
}

/// What was screened in, by average score and the tie rule (`domain.md` §6); the street may rank otherwise.
pub(super) async fn candidates(
    desk: &Desk,
    season: SeasonId,
    street: &PlaceCode,
    parameters: &Parameters,
    form: &Form,
) -> Result<Vec<Candidate>, Stop> {
    let db = desk.op.reader();
    let rows = applications_under(db, season, street, &[Stage::Screened]).await?;
    let ids: Vec<SubmissionId> = rows.iter().filter_map(|row| row.submission_id.map(|id| id.0)).collect();
    let mut sheets: BTreeMap<SubmissionId, Vec<Scores>> = BTreeMap::new();
    let mut given = assessments_of_many(db, ids.clone()).await?;
    drop_recused(&mut given, &recusals_of_many(db, rows.iter().map(|row| row.id.0).collect()).await?);
    for sheet in given {
        sheets.entry(sheet.submission_id.0).or_default().push(sheet.scores.0);
    }
    let submitted: BTreeMap<SubmissionId, Instant> =
        submissions_by_id(db, ids).await?.into_iter().map(|it| (it.id.0, it.submitted_at.0)).collect();
    let names = selection::place_names(db, street).await?;
    let mut keyed: Vec<(RankKey, Application, SubmissionId)> = Vec::new();
    for row in rows {
        let Some(seen) = row.submission_id.map(|id| id.0) else { continue };
        let summary = sheets.get(&seen).and_then(|sheets| summarise(parameters, sheets));
        let (Some(summary), Some(at)) = (summary, submitted.get(&seen)) else { continue };
        keyed.push((RankKey::new(parameters, &summary, *at), row, seen));
    }
    keyed.sort_by(|left, right| (&left.0, &left.1.branch).cmp(&(&right.0, &right.1.branch)));
    let candidate = |(index, (_, row, seen)): (usize, (RankKey, Application, SubmissionId))| Candidate {
        name: names.get(&row.branch.0).cloned().unwrap_or_default(),
        seen,
        suggested: index + 1,
        rank: form.value(&format!("rank.{}", row.id.0)).to_owned(),
        reason: form.value(&format!("why.{}", row.id.0)).to_owned(),
        row,
    };
    Ok(keyed.into_iter().enumerate().map(candidate).collect())
}

/// Shows what the list comes to; once that is confirmed, submits it, all together.
pub async fn submit(desk: Desk, Path((season, street)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let (id, code) = (parse::<SeasonId>(&season)?, place(&street)?);
    desk.op.permit(Deed::RecommendApplications, &code)?;
    if form.is_ticked("again") {
        return page(&ranking_page(&desk, &season, &street, &form, Problems::default()).await?);
    }
    let answered = match read(&form) {
        Ok(list) if list.known.is_some() => {
            let words = match list.ranked.as_slice() {
                [] => "已上报：本年度没有推荐。",
                _ => "推荐名单和申报表已一并上报县委组织部。",
            };
            recommend_applications(&desk.op, id, &code, list).await.map(|()| done(&urls::summary(id), words))
        }
        Ok(list) => confirm_page(&desk, id, &code, &list, &form).await,
        Err(stop) => Err(stop),
    };
    match answered {
        Ok(answer) => Ok(answer),
        Err(Stop::Refused(problems)) => {
            refused(&ranking_page(&desk, &season, &street, &form, Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}

fn read(form: &Form) -> Result<NewList, Stop> {
    let mut reading = form.read();
    let met_on = reading.date("met_on", "会议日期");
    let record = reading.required("record", "会议研究情况", 1_000);
    let (mut ranked, mut reasons) = (Vec::new(), BTreeMap::new());
    let fields: Vec<String> = form.with_prefix("rank.").map(|(id, _)| id.to_owned()).collect();
    for id in fields {
        let rank = reading.count_if_any(&format!("rank.{id}"), "排名", 1..=1_000);
        let application: ApplicationId = parse(&id)?;
        let seen = form.value(&format!("seen.{id}")).parse().map_err(|_| Stop::Conflict)?;
        let reason = reading.text(&format!("why.{id}"), "理由", 300);
        match rank {
            Some(rank) => ranked.push(Ranked { application, seen, rank: u32::try_from(rank).unwrap_or(0), reason }),
            None if !reason.is_empty() => drop(reasons.insert(application, reason)),
            None => {}
        }
    }
    reading.finish()?;
    let known = form.values("known").next().map(str::to_owned);
    Ok(NewList { met_on: met_on.ok_or(Stop::Missing)?, record, ranked, reasons, known })
}
