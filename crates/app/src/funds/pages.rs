//! The page of a season's money.

use askama::Template;
use domain::{
    clock::chinese_date,
    money::Fen,
    permission::Deed,
    place::Level,
    selection::funds::{BudgetItem, CommitmentState, PayeeAccount},
};
use platform::{
    db::column::Text,
    forms::Form,
    shell::{Chart, ChartKind, Chip, Problems, Series, Shell},
};

use super::{
    queries::{FundsOfSeason, Line},
    urls,
};
use crate::{desk::Desk, selection::Season};

/// No season yet.
#[derive(Template)]
#[template(path = "funds/empty.html")]
pub struct EmptyPage {
    pub shell: Shell,
}

/// A deed on several commitments at once: who may, on which, and with what.
pub struct Batch {
    pub action: String,
    /// `20 笔，共 100,000.00 元`.
    pub words: String,
    pub options: Vec<(String, String)>,
    /// What is ticked: all of them, until somebody unticks one.
    pub chosen: Vec<String>,
}

impl Batch {
    fn of(action: String, lines: &[&Line], typed: &Form) -> Self {
        let option = |line: &&Line| {
            let amount = line.row.amount.0;
            let words = match line.row.reason.as_str() {
                "" => format!("{}，{amount} 元，付到{}", line.branch, line.payee),
                reason => format!("{}，{amount} 元，付到{}（曾退回：{reason}）", line.branch, line.payee),
            };
            (line.row.id.0.to_string(), words)
        };
        let options: Vec<(String, String)> = lines.iter().map(option).collect();
        let typed: Vec<String> = typed.values("commitment").map(str::to_owned).collect();
        let sum: Fen = lines.iter().map(|line| line.row.amount.0).sum();
        Self {
            action,
            words: format!("{} 笔，共 {sum} 元", lines.len()),
            chosen: if typed.is_empty() { options.iter().map(|(id, _)| id.clone()).collect() } else { typed },
            options,
        }
    }
}

/// The money of one season.
#[derive(Template)]
#[template(path = "funds/season.html")]
pub struct SeasonPage {
    pub shell: Shell,
    pub problems: Problems,
    pub years: Vec<Chip>,
    pub funds: FundsOfSeason,
    /// Whether the whole county is seen, so that its budget line means something here.
    pub is_county: bool,
    pub plan: Option<String>,
    /// Field, label and amount of each other item.
    pub items: Vec<(String, &'static str, String)>,
    pub prepare: Option<String>,
    pub approve: Option<Batch>,
    pub pay: Option<Batch>,
    pub payments: String,
    pub minutes: String,
    pub voucher: String,
    pub paid_on: String,
}

impl SeasonPage {
    pub fn new(
        desk: &Desk,
        shell: Shell,
        problems: Problems,
        typed: &Form,
        funds: FundsOfSeason,
        years: &[Season],
    ) -> Self {
        use CommitmentState::{Approved, Prepared, Returned};
        let (id, county) = (funds.season.id.0, funds.season.county.0.clone());
        let chip = |season: &Season| Chip {
            label: format!("{}年度", season.year),
            href: urls::of_season(urls::SEASON, season.id.0),
            is_on: season.id.0 == id,
        };
        let batch = |deed, path: &str, states: &[CommitmentState]| {
            let lines: Vec<&Line> = funds.at(states).collect();
            let is_offered = desk.op.can(deed, &county) && !lines.is_empty();
            is_offered.then(|| Batch::of(urls::of_season(path, id), &lines, typed))
        };
        let can_prepare = desk.op.can(Deed::PrepareCommitment, &county) && !funds.winners.is_empty();
        Self {
            shell,
            problems,
            years: years.iter().map(chip).collect(),
            is_county: desk.officer.office.place.level() == Level::County,
            plan: desk.op.can(Deed::PlanBudget, &county).then(|| urls::of_season(urls::PLAN, id)),
            items: BudgetItem::ALL.iter().map(|item| plan_field(*item, &funds, typed)).collect(),
            prepare: can_prepare.then(|| urls::of_season(urls::PREPARE, id)),
            approve: batch(Deed::ApproveCommitment, urls::APPROVE, &[Prepared]),
            pay: batch(Deed::RecordPayment, urls::PAY, &[Approved, Returned]),
            payments: urls::of_season(urls::PAYMENTS, id),
            minutes: typed.value("minutes").to_owned(),
            voucher: typed.value("voucher").to_owned(),
            paid_on: match typed.value("paid_on") {
                "" => desk.op.now().date().to_string(),
                typed => typed.to_owned(),
            },
            funds,
        }
    }

    fn payees(&self) -> &'static [PayeeAccount] {
        PayeeAccount::ALL
    }

    fn tone(&self, line: &Line) -> &'static str {
        tone(line.row.state.0)
    }

    fn href(&self, line: &Line) -> String {
        urls::of_commitment(urls::COMMITMENT, line.row.id.0)
    }

    fn paid_on(&self, line: &Line) -> String {
        line.row.paid_on.map(|Text(date)| chinese_date(date)).unwrap_or_default()
    }

    /// How many commitments stand where.
    fn chart(&self) -> Chart {
        let counts: Vec<(&str, usize)> = CommitmentState::ALL
            .iter()
            .map(|state| (state.label(), self.funds.at(&[*state]).count()))
            .filter(|(_, count)| *count > 0)
            .collect();
        Chart {
            kind: ChartKind::Ring,
            title: "各状态的笔数".to_owned(),
            labels: counts.iter().map(|(label, _)| (*label).to_owned()).collect(),
            series: vec![Series {
                name: "笔数".to_owned(),
                values: counts.iter().map(|(_, count)| i64::try_from(*count).unwrap_or(i64::MAX)).collect(),
            }],
        }
    }
}

/// What was typed for an item, or else what is entered.
fn plan_field(item: BudgetItem, funds: &FundsOfSeason, typed: &Form) -> (String, &'static str, String) {
    let field = format!("plan.{item}");
    let value = match typed.value(&field) {
        "" => funds.plan.of(item).to_string(),
        typed => typed.to_owned(),
    };
    (field, item.label(), value)
}

/// The tone of a state's badge; the word stands beside it.
pub const fn tone(state: CommitmentState) -> &'static str {
    match state {
        CommitmentState::Prepared | CommitmentState::Approved | CommitmentState::Paid => "info",
        CommitmentState::Receipted | CommitmentState::Recovered => "good",
        CommitmentState::Returned => "warn",
        CommitmentState::Recovering => "bad",
        CommitmentState::Cancelled => "calm",
    }
}
