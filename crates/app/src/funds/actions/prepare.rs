//! Preparing what the winners get (编制补助).

use domain::{
    ids::{ApplicationId, CommitmentId, SeasonId},
    money::Fen,
    permission::{Deed, OfficeKind},
    selection::funds::{Commitment, FundsRefusal, PayeeAccount, Proposal, check_awarded, check_budget},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use crate::{
    funds::{
        plan::plan_of,
        store::{self, row},
        urls,
    },
    messages, places,
    selection::{self, Application},
};

/// One winner, and where its money goes.
#[derive(Debug, Clone, Copy)]
pub struct NewCommitment {
    /// The application that won.
    pub application: ApplicationId,
    /// Whose account it goes to (R-FUND-04).
    pub payee: PayeeAccount,
}

/// Prepares the same amount for each of `chosen`, all or none, within the season's budget line (R-FUND-01, R-FUND-02).
///
/// # Errors
/// Refusals when nothing is chosen, one of them has no award or has its money already, or the line is too short.
pub async fn prepare_commitments(op: &Op, season: SeasonId, chosen: &[NewCommitment]) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (season, parameters) = selection::season_with_parameters(act.db(), season).await?;
    let county = season.county.0.clone();
    act.permit(Deed::PrepareCommitment, &county)?;
    if chosen.is_empty() {
        return Err(Stop::refused_at("application", "请勾选要编制补助的小区党支部。"));
    }
    // Whoever prepares in the same county at the same time waits here, so that both count the same line.
    places::lock(act.db(), &county).await?;
    let applications = selection::applications_under(act.db(), season.id.0, &county, &[]).await?;
    let before = store::commitments_under(act.db(), season.id.0, &county).await?;
    let committed = store::committed(&before) + plan_of(act.db(), season.id.0).await?.total();
    let mut winners: Vec<(&Application, NewCommitment, usize)> = Vec::with_capacity(chosen.len());
    for new in chosen {
        let application = applications.iter().find(|it| it.id.0 == new.application).ok_or(Stop::Missing)?;
        check_awarded(application.stage.0).or_refuse()?;
        let earlier: Vec<&row::Model> = before.iter().filter(|row| row.branch == application.branch).collect();
        let is_twice = winners.iter().any(|(known, ..)| known.branch == application.branch);
        if is_twice || earlier.iter().any(|row| row.state.0.takes_budget()) {
            return Err(Stop::refused("勾选的支部里有已经编制过补助的，同一年度只补助一次，请刷新页面后重新勾选。"));
        }
        winners.push((application, *new, earlier.len()));
    }
    // Asked for all together, so that the words are about all that were chosen.
    let (award, line) = (parameters.award, parameters.budget);
    let asked = Fen(award.0.saturating_mul(i64::try_from(winners.len()).unwrap_or(i64::MAX)));
    check_budget(committed, asked, line).map_err(|refusal| Stop::refused(refusal.to_string()))?;
    let mut rows = Vec::with_capacity(winners.len());
    for (number, (application, new, earlier)) in (0_i64..).zip(winners) {
        let attempt = i32::try_from(earlier).unwrap_or(i32::MAX).saturating_add(1);
        let committed = committed + Fen(award.0.saturating_mul(number));
        rows.push(prepared(&act, application, new, attempt, (committed, award, line))?);
    }
    for row in &rows {
        let body = serde_json::json!({ "application": row.application_id.0, "amount": row.amount.0, "payee": row.payee.0, "state": row.state.0 });
        act.record(Deed::PrepareCommitment, &Subject::new("commitment", row.id.0, &row.branch.0), body).await?;
    }
    let words = format!("{} 笔补助资金已编制，请审批。", rows.len());
    store::insert(act.db(), rows).await?;
    let link = urls::of_season(urls::SEASON, season.id.0);
    messages::tell(&act, OfficeKind::CountyLeader, &county, &words, &link).await?;
    act.commit().await
}

fn prepared(
    act: &Act<'_>,
    application: &Application,
    new: NewCommitment,
    attempt: i32,
    (committed, amount, line): (Fen, Fen, Fen),
) -> Result<row::Model, Stop> {
    let proposal = Proposal {
        id: act.new_id::<CommitmentId>(),
        season: application.season_id.0,
        branch: application.branch.0.clone(),
        amount,
        preparer: act.officer()?.account,
    };
    let commitment = Commitment::prepare(proposal, committed, line, act.now());
    // The amount is the season's, not typed, so what is wrong with it belongs to the whole form.
    let commitment = commitment.map_err(|refusal: FundsRefusal| Stop::refused(refusal.to_string()))?;
    Ok(row::Model {
        id: Text(commitment.id),
        season_id: application.season_id,
        application_id: application.id,
        branch: application.branch.clone(),
        attempt,
        amount: Int(commitment.amount),
        payee: Text(new.payee),
        state: Text(commitment.state),
        state_since: Int(commitment.state_since),
        preparer: Text(commitment.preparer),
        prepared_by: act.signature(),
        prepared_at: Int(act.now()),
        approver: None,
        approved_by: String::new(),
        approved_at: None,
        minutes: String::new(),
        payer: None,
        paid_by: String::new(),
        payment_recorded_at: None,
        voucher: String::new(),
        paid_on: None,
        receipt_voucher: String::new(),
        received_on: None,
        recovery_voucher: String::new(),
        reason: String::new(),
        version: commitment.version,
    })
}
