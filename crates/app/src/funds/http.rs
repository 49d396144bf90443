//! The money of a season.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    ids::{CommitmentId, Id, SeasonId},
    money::Fen,
    permission::Deed,
    selection::funds::BudgetItem,
};
use platform::{
    act::Op,
    error::Stop,
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::Problems,
};

use super::{
    actions::{NewCommitment, Payment, approve_commitments, prepare_commitments, record_payments},
    pages::{EmptyPage, SeasonPage},
    plan::{Plan, plan_budget},
    queries::funds_of_season,
    sheets::payments_sheet,
    urls,
};
use crate::{desk::Desk, selection};

pub(super) fn parse<I: Id>(text: &str) -> Result<I, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// On to the newest season.
pub async fn newest(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::ViewFunds, place)?;
    match selection::current_season(desk.op.reader(), place).await? {
        Some(season) => Ok(Redirect::to(&urls::of_season(urls::SEASON, season.id.0)).into_response()),
        None => page(&EmptyPage { shell: desk.shell("补助资金").await? }),
    }
}

/// The money of one season.
pub async fn show(desk: Desk, Path(season): Path<String>) -> Result<Response, Stop> {
    page(&season_page(&desk, parse(&season)?, Problems::default(), &Form::default()).await?)
}

async fn season_page(desk: &Desk, season: SeasonId, problems: Problems, typed: &Form) -> Result<SeasonPage, Stop> {
    let funds = funds_of_season(&desk.op, season).await?;
    let years = selection::seasons_of(desk.op.reader(), &funds.season.county.0).await?;
    let shell = desk.shell(format!("{}年度补助资金", funds.season.year)).await?;
    Ok(SeasonPage::new(desk, shell, problems, typed, funds, &years))
}

/// Asks permission for a deed on a whole season before the form is read.
async fn permit_in_season(op: &Op, deed: Deed, season: SeasonId) -> Result<(), Stop> {
    let season = selection::season(op.reader(), season).await?.ok_or(Stop::Missing)?;
    op.permit(deed, &season.county.0)
}

/// Enters what else the budget line pays for.
pub async fn plan(desk: Desk, Path(season): Path<String>, form: Form) -> Result<Response, Stop> {
    let season: SeasonId = parse(&season)?;
    permit_in_season(&desk.op, Deed::PlanBudget, season).await?;
    let mut reading = form.read();
    let mut plan = Plan::default();
    for item in BudgetItem::ALL {
        let amount = reading.hundredths_if_any(&format!("plan.{item}"), item.label());
        plan.0.extend(amount.map(|amount| (*item, Fen(amount))));
    }
    let outcome = match reading.finish() {
        Ok(()) => plan_budget(&desk.op, season, plan).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, season, outcome, &form, "预算安排已保存。").await
}

/// Prepares what the chosen winners get.
pub async fn prepare(desk: Desk, Path(season): Path<String>, form: Form) -> Result<Response, Stop> {
    let season: SeasonId = parse(&season)?;
    permit_in_season(&desk.op, Deed::PrepareCommitment, season).await?;
    let chosen: Result<Vec<NewCommitment>, Stop> =
        form.values("application").map(|application| chosen_winner(&form, application)).collect();
    let (outcome, count) = match chosen {
        Ok(chosen) => (prepare_commitments(&desk.op, season, &chosen).await, chosen.len()),
        Err(stop) => (Err(stop), 0),
    };
    let words = format!("已编制 {count} 笔补助资金，等待部领导审批。");
    answer(&desk, season, outcome, &form, &words).await
}

fn chosen_winner(form: &Form, application: &str) -> Result<NewCommitment, Stop> {
    let payee = form.value(&format!("payee.{application}")).parse();
    let payee = payee.map_err(|_| Stop::refused_at("application", "请为每个勾选的支部选择收款账户。"))?;
    Ok(NewCommitment { application: parse(application)?, payee })
}

/// Approves the chosen commitments.
pub async fn approve(desk: Desk, Path(season): Path<String>, form: Form) -> Result<Response, Stop> {
    let season: SeasonId = parse(&season)?;
    permit_in_season(&desk.op, Deed::ApproveCommitment, season).await?;
    let chosen = chosen(&form)?;
    let mut reading = form.read();
    let minutes = reading.required("minutes", "会议纪要编号", 60);
    let outcome = match reading.finish() {
        Ok(()) => approve_commitments(&desk.op, &chosen, &minutes).await,
        Err(stop) => Err(stop),
    };
    let words = format!("已审批 {} 笔补助资金，等待财务支付。", chosen.len());
    answer(&desk, season, outcome, &form, &words).await
}

/// Records what was paid.
pub async fn pay(desk: Desk, Path(season): Path<String>, form: Form) -> Result<Response, Stop> {
    let season: SeasonId = parse(&season)?;
    permit_in_season(&desk.op, Deed::RecordPayment, season).await?;
    let chosen = chosen(&form)?;
    let mut reading = form.read();
    let voucher = reading.required("voucher", "凭证编号", 60);
    let paid_on = reading.date("paid_on", "支付日期");
    let outcome = match (reading.finish(), paid_on) {
        (Ok(()), Some(paid_on)) => record_payments(&desk.op, &chosen, &Payment { voucher, paid_on }).await,
        (Ok(()), None) => Err(Stop::fault("a date without a problem is there")),
        (Err(stop), _) => Err(stop),
    };
    let words = format!("已登记 {} 笔支付，等待支部确认到账。", chosen.len());
    answer(&desk, season, outcome, &form, &words).await
}

fn chosen(form: &Form) -> Result<Vec<CommitmentId>, Stop> {
    form.values("commitment").map(parse).collect()
}

async fn answer(
    desk: &Desk,
    season: SeasonId,
    outcome: Result<(), Stop>,
    form: &Form,
    words: &str,
) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(&urls::of_season(urls::SEASON, season), words)),
        Err(Stop::Refused(problems)) => refused(&season_page(desk, season, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

/// The list for the finance office, as an Excel table.
pub async fn payments(op: Op, Path(season): Path<String>) -> Result<Response, Stop> {
    let funds = funds_of_season(&op, parse(&season)?).await?;
    let name = format!("{}年度红旗小区补助资金支付清单", funds.season.year);
    workbook(&name, &[payments_sheet(&funds, &name)])
}
