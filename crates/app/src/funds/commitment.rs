//! One commitment: its steps, its history, and the deed that is next.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, ids::CommitmentId, permission::Deed, selection::funds::CommitmentState};
use platform::{
    db::column::{Int, Text},
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Crumb, Problems, Shell, Step, StepState, TimelineEntry},
};

use super::{
    actions::{
        Receipt, cancel_commitment, confirm_receipt, record_recovery, refuse_commitment, return_payment, start_recovery,
    },
    http::parse,
    pages::tone,
    queries::{OneCommitment, one_commitment},
    urls,
};
use crate::{audit_log, desk::Desk};

#[derive(Template)]
#[template(path = "funds/commitment.html")]
struct CommitmentPage {
    shell: Shell,
    problems: Problems,
    crumbs: Vec<Crumb>,
    it: OneCommitment,
    steps: Vec<Step>,
    facts: Vec<(&'static str, String)>,
    history: Vec<TimelineEntry>,
    can_confirm: bool,
    can_approve: bool,
    can_take_back: bool,
    voucher: String,
    received_on: String,
}

impl CommitmentPage {
    fn at(&self, path: &str) -> String {
        urls::of_commitment(path, self.it.line.row.id.0)
    }

    fn tone(&self) -> &'static str {
        tone(self.it.line.row.state.0)
    }

    fn stands(&self, states: &[CommitmentState]) -> bool {
        states.contains(&self.it.line.row.state.0)
    }

    fn offers_receipt(&self) -> bool {
        self.can_confirm && self.stands(&[CommitmentState::Paid])
    }

    fn offers_refusal(&self) -> bool {
        self.can_approve && self.stands(&[CommitmentState::Prepared])
    }

    fn offers_return(&self) -> bool {
        self.can_take_back && self.stands(&[CommitmentState::Paid])
    }

    fn offers_cancel(&self) -> bool {
        use CommitmentState::{Approved, Prepared, Returned};
        self.can_take_back && self.stands(&[Prepared, Approved, Returned])
    }

    fn offers_recovery(&self) -> bool {
        use CommitmentState::{Paid, Receipted};
        self.can_take_back && !self.it.stage.is_award() && self.stands(&[Paid, Receipted])
    }

    fn offers_recovered(&self) -> bool {
        self.can_take_back && self.stands(&[CommitmentState::Recovering])
    }
}

/// One commitment.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&commitment_page(&desk, parse(&id)?, Problems::default(), &Form::default()).await?)
}

async fn commitment_page(
    desk: &Desk,
    id: CommitmentId,
    problems: Problems,
    typed: &Form,
) -> Result<CommitmentPage, Stop> {
    let it = one_commitment(&desk.op, id).await?;
    let row = &it.line.row;
    let crumb = Crumb {
        label: format!("{}年度补助资金", it.season.year),
        href: urls::of_season(urls::SEASON, it.season.id.0),
    };
    let typed_or = |field: &str, otherwise: String| match typed.value(field) {
        "" => otherwise,
        typed => typed.to_owned(),
    };
    Ok(CommitmentPage {
        shell: desk.shell(format!("{}的补助资金", it.line.branch)).await?,
        problems,
        crumbs: vec![crumb],
        steps: steps(&it),
        facts: facts(&it),
        history: audit_log::history(desk.op.reader(), &id.to_string()).await?,
        can_confirm: desk.op.can(Deed::ConfirmReceipt, &row.branch.0),
        can_approve: desk.op.can(Deed::ApproveCommitment, &row.branch.0),
        can_take_back: desk.op.can(Deed::CancelCommitment, &row.branch.0),
        voucher: typed_or("voucher", String::new()),
        received_on: typed_or("received_on", desk.op.now().date().to_string()),
        it,
    })
}

/// Prepared, approved, paid, receipted: who did each, and when.
fn steps(it: &OneCommitment) -> Vec<Step> {
    use CommitmentState::{Approved, Cancelled, Paid, Prepared, Receipted, Recovered, Recovering, Returned};
    let row = &it.line.row;
    let reached = match row.state.0 {
        Prepared => 1,
        Approved | Returned => 2,
        Paid => 3,
        Receipted | Recovering | Recovered => 4,
        Cancelled => 0,
    };
    let stamped = |who: &str, at: Option<String>| at.map(|at| format!("{who}，{at}")).unwrap_or_default();
    let notes = [
        stamped(&row.prepared_by, Some(row.prepared_at.0.to_string())),
        stamped(&row.approved_by, row.approved_at.map(|Int(at)| at.to_string())),
        stamped(&row.paid_by, row.payment_recorded_at.map(|Int(at)| at.to_string())),
        row.received_on.map(|Text(date)| chinese_date(date)).unwrap_or_default(),
    ];
    let step = |(index, (label, note)): (usize, (&str, String))| {
        let is_closed = row.state.0 == Cancelled;
        let state = match index {
            _ if is_closed && note.is_empty() => StepState::Ended,
            _ if is_closed || index < reached => StepState::Done,
            _ if index == reached => StepState::Now,
            _ => StepState::Ahead,
        };
        Step { label: label.to_owned(), state, note }
    };
    ["编制", "审批", "支付", "到账"].into_iter().zip(notes).enumerate().map(step).collect()
}

fn facts(it: &OneCommitment) -> Vec<(&'static str, String)> {
    let row = &it.line.row;
    let date = |date: Option<Text<jiff::civil::Date>>| date.map(|Text(date)| chinese_date(date)).unwrap_or_default();
    let mut facts = vec![
        ("小区党支部", it.line.branch.clone()),
        ("所在社区", format!("{} {}", it.line.street, it.line.community)),
        ("金额", format!("{} 元", row.amount.0)),
        ("收款账户", format!("{}：{}", row.payee.0.label(), it.line.payee)),
        ("评选状态", it.stage.label().to_owned()),
        ("会议纪要编号", row.minutes.clone()),
        ("凭证编号", row.voucher.clone()),
        ("支付日期", date(row.paid_on)),
        ("到账凭证编号", row.receipt_voucher.clone()),
        ("到账日期", date(row.received_on)),
        ("追回凭证编号", row.recovery_voucher.clone()),
        ("退回、取消或追回原因", row.reason.clone()),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// Confirms that the money arrived.
pub async fn receipt(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, Deed::ConfirmReceipt, &id).await?;
    let mut reading = form.read();
    let voucher = reading.required("voucher", "到账凭证编号", 60);
    let received_on = reading.date("received_on", "到账日期");
    let outcome = match (reading.finish(), received_on) {
        (Ok(()), Some(received_on)) => confirm_receipt(&desk.op, id, &Receipt { voucher, received_on }).await,
        (Ok(()), None) => Err(Stop::fault("a date without a problem is there")),
        (Err(stop), _) => Err(stop),
    };
    answer(&desk, id, outcome, &form, "已确认到账。").await
}

/// Records that the bank sent it back.
pub async fn give_back(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, Deed::CancelCommitment, &id).await?;
    let outcome = return_payment(&desk.op, id, form.value("reason")).await;
    answer(&desk, id, outcome, &form, "已登记退回，财务可以重新支付，也可以取消这笔资金。").await
}

/// Does not approve it.
pub async fn refuse(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, Deed::ApproveCommitment, &id).await?;
    let outcome = refuse_commitment(&desk.op, id, form.value("reason")).await;
    answer(&desk, id, outcome, &form, "已退回组织部，金额退回预算。").await
}

/// Gives it up.
pub async fn cancel(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, Deed::CancelCommitment, &id).await?;
    let outcome = cancel_commitment(&desk.op, id, form.value("reason")).await;
    answer(&desk, id, outcome, &form, "已取消，金额退回预算。").await
}

/// Demands it back.
pub async fn recover(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, Deed::CancelCommitment, &id).await?;
    let outcome = start_recovery(&desk.op, id, form.value("reason")).await;
    answer(&desk, id, outcome, &form, "已开始追回，并通知了支部、社区和街道。").await
}

/// Records that it came back.
pub async fn recovered(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = permitted(&desk, Deed::CancelCommitment, &id).await?;
    let outcome = record_recovery(&desk.op, id, form.value("voucher")).await;
    answer(&desk, id, outcome, &form, "已登记追回，金额退回预算。").await
}

/// Asks permission on the loaded commitment before the form is read.
async fn permitted(desk: &Desk, deed: Deed, id: &str) -> Result<CommitmentId, Stop> {
    let id = parse(id)?;
    let it = one_commitment(&desk.op, id).await?;
    desk.op.permit(deed, &it.line.row.branch.0)?;
    Ok(id)
}

async fn answer(
    desk: &Desk,
    id: CommitmentId,
    outcome: Result<(), Stop>,
    form: &Form,
    words: &str,
) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(&urls::of_commitment(urls::COMMITMENT, id), words)),
        Err(Stop::Refused(problems)) => refused(&commitment_page(desk, id, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}
