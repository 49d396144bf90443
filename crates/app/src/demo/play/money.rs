//! What becomes of the award money in the play: three persons hold it, and not every branch is done with it.

use domain::{
    clock::Instant,
    ids::CommitmentId,
    money::Fen,
    permission::OfficeKind,
    selection::{
        application::Stage,
        funds::{BudgetItem, CommitmentState, PayeeAccount},
    },
};
use platform::{act::Op, error::Stop};

use super::Play;
use crate::funds::{self, FundsOfSeason, NewCommitment, Payment, Plan, Receipt};

/// What the county enters beside the awards, in whole yuan (R-FUND-02).
const PLAN: [(BudgetItem, i64); 4] = [
    (BudgetItem::Training, 60_000),
    (BudgetItem::Selection, 20_000),
    (BudgetItem::Rewards, 80_000),
    (BudgetItem::Visits, 30_000),
];

/// How many of the paid branches have not looked at their account yet.
const WITHOUT_RECEIPT: usize = 2;

impl Play<'_> {
    /// The office in the county that holds this part of the money.
    fn holder(&self, kind: OfficeKind, at: Instant) -> Result<Op, Stop> {
        self.op(kind, &self.county, 0, at)
    }

    async fn funds(&self, op: &Op) -> Result<FundsOfSeason, Stop> {
        funds::funds_of_season(op, self.season()?).await
    }

    pub(super) async fn plan_money(&mut self, at: Instant) -> Result<(), Stop> {
        let op = self.holder(OfficeKind::CountyOrgDept, at)?;
        let plan = PLAN.map(|(item, yuan)| (item, Fen(yuan * 100)));
        funds::plan_budget(&op, self.season()?, Plan(plan.into())).await
    }

    /// Branches have no account of their own, so the community keeps it, or for every sixth the street (R-FUND-04).
    pub(super) async fn prepare(&mut self, at: Instant) -> Result<(), Stop> {
        let op = self.holder(OfficeKind::CountyOrgDept, at)?;
        let payee = |index: usize| match index % 6 {
            5 => PayeeAccount::Street,
            _ => PayeeAccount::Community,
        };
        let winners = self.at_stage(Stage::Awarded).await?.into_iter().enumerate();
        let chosen: Vec<NewCommitment> =
            winners.map(|(index, row)| NewCommitment { application: row.id.0, payee: payee(index) }).collect();
        funds::prepare_commitments(&op, self.season()?, &chosen).await
    }

    pub(super) async fn approve(&mut self, at: Instant) -> Result<(), Stop> {
        let op = self.holder(OfficeKind::CountyLeader, at)?;
        let chosen = ids_at(&self.funds(&op).await?, CommitmentState::Prepared);
        funds::approve_commitments(&op, &chosen, &format!("部务会〔{}〕4号", self.year + 1)).await
    }

    pub(super) async fn pay(&mut self, at: Instant) -> Result<(), Stop> {
        let op = self.holder(OfficeKind::FinanceOfficer, at)?;
        let chosen = ids_at(&self.funds(&op).await?, CommitmentState::Approved);
        let payment = Payment { voucher: format!("记-{}-0221", self.year + 1), paid_on: at.date() };
        funds::record_payments(&op, &chosen, &payment).await
    }

    /// The bank sends the last one back.
    pub(super) async fn send_back(&mut self, at: Instant) -> Result<(), Stop> {
        let op = self.holder(OfficeKind::CountyOrgDept, at)?;
        let paid = ids_at(&self.funds(&op).await?, CommitmentState::Paid);
        let last = paid.last().ok_or_else(|| Stop::fault("the play has paid nobody"))?;
        funds::return_payment(&op, *last, "户名与开户行登记不一致，银行退回。").await
    }

    pub(super) async fn receive(&mut self, at: Instant) -> Result<(), Stop> {
        let seen = self.funds(&self.holder(OfficeKind::FinanceOfficer, at)?).await?;
        let paid: Vec<_> = seen.at(&[CommitmentState::Paid]).collect();
        for (number, line) in paid.iter().rev().skip(WITHOUT_RECEIPT).rev().enumerate() {
            let op = self.op(OfficeKind::BranchSecretary, &line.row.branch.0, 0, at)?;
            let receipt = Receipt { voucher: format!("收-{:03}", number + 1), received_on: at.date() };
            funds::confirm_receipt(&op, line.row.id.0, &receipt).await?;
        }
        Ok(())
    }
}

fn ids_at(funds: &FundsOfSeason, state: CommitmentState) -> Vec<CommitmentId> {
    funds.at(&[state]).map(|line| line.row.id.0).collect()
}
