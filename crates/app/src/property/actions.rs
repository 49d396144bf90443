//! The deeds: contracts and checks, and the appraisal of a year from its opening to its publication.

use domain::{
    deliberation::ViewChannel,
    ids::PropertyContractId,
    permission::Deed,
    place::PlaceCode,
    property::{Appraisal, AppraisalState, DutyResult, Grade, PropertyRefusal, Saying, check_contract},
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    db::column::{Document, Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{
    queries,
    store::{self, Figures, appraisal, check, contract, saying},
};
use crate::places;

/// A contract as a form tells it.
#[derive(Debug, Clone)]
pub struct NewContract {
    /// 物业服务企业.
    pub company: String,
    /// The first day.
    pub starts_on: Date,
    /// The last day.
    pub ends_on: Date,
    /// What it promises.
    pub duties: Vec<String>,
}

/// Keeps a contract; it is in force from its first day on, and what was checked under an earlier one stays with that.
///
/// # Errors
/// `PropertyRefusal` in words.
pub async fn keep_contract(op: &Op, branch: &PlaceCode, new: NewContract) -> Result<PropertyContractId, Stop> {
    let mut act = permitted(op, branch).await?;
    check_contract(new.starts_on, new.ends_on, &new.duties).or_refuse()?;
    let row = contract::Model {
        id: Text(act.new_id()),
        branch: Text(branch.clone()),
        company: new.company,
        starts_on: Text(new.starts_on),
        ends_on: Text(new.ends_on),
        duties: Document(new.duties),
        signed: act.signature(),
        recorded_at: Int(act.now()),
    };
    let body = serde_json::json!({ "step": "contract_kept", "duties": row.duties.0.len() });
    record(&mut act, Deed::SupervisePropertyService, branch, body).await?;
    let id = row.id.0;
    store::insert_contract(act.db(), row).await?;
    act.commit().await?;
    Ok(id)
}

/// What somebody found.
#[derive(Debug, Clone)]
pub struct NewCheck {
    /// The contract that was read.
    pub contract: PropertyContractId,
    /// Which of its duties, from zero.
    pub duty: usize,
    /// The day.
    pub on: Date,
    /// Whether it is kept.
    pub result: DutyResult,
    /// In words; everybody reads them.
    pub words: String,
}

/// Keeps what a check of a duty found.
///
/// # Errors
/// `PropertyRefusal` in words; [`Stop::Missing`] for a duty that the contract has not; [`Stop::Conflict`] when another contract
/// came into force meanwhile.
pub async fn record_check(op: &Op, branch: &PlaceCode, new: NewCheck) -> Result<(), Stop> {
    let mut act = permitted(op, branch).await?;
    let contract = in_force(&act, branch).await?;
    if contract.id.0 != new.contract {
        return Err(Stop::Conflict);
    }
    if new.duty >= contract.duties.0.len() {
        return Err(Stop::Missing);
    }
    if !(contract.starts_on.0..=act.now().date()).contains(&new.on) {
        return Err(PropertyRefusal::BadDay).or_refuse();
    }
    let row = check::Model {
        id: Text(act.new_id()),
        contract_id: contract.id,
        duty: i32::try_from(new.duty).unwrap_or(i32::MAX),
        checked_on: Text(new.on),
        result: Text(new.result),
        words: new.words,
        signed: act.signature(),
    };
    let body = serde_json::json!({ "step": "duty_checked", "result": row.result.0 });
    record(&mut act, Deed::SupervisePropertyService, branch, body).await?;
    store::insert_check(act.db(), row).await?;
    act.commit().await
}

/// An appraisal as it is opened.
#[derive(Debug, Clone, Copy)]
pub struct NewAppraisal {
    /// Of which year.
    pub year: i32,
    /// The last day of residents' answers.
    pub rates_until: Date,
}

/// Opens the appraisal of a year; residents say what they think from now on.
///
/// # Errors
/// `PropertyRefusal` in words.
pub async fn open_appraisal(op: &Op, branch: &PlaceCode, new: NewAppraisal) -> Result<(), Stop> {
    let mut act = permitted(op, branch).await?;
    let contract = in_force(&act, branch).await?;
    let opened = Appraisal::open(new.year, new.rates_until, act.now()).or_refuse()?;
    for other in store::appraisals_under(act.db(), branch).await? {
        if other.year == new.year {
            return Err(PropertyRefusal::Opened(new.year)).or_refuse();
        }
        // Residents are asked about one year at a time.
        if other.state.0 == AppraisalState::Open {
            return Err(PropertyRefusal::OtherOpen(other.year)).or_refuse();
        }
    }
    let row = appraisal::Model {
        id: Text(act.new_id()),
        branch: Text(branch.clone()),
        year: new.year,
        company: contract.company,
        state: Text(opened.state),
        rates_until: Text(opened.rates_until),
        branch_grade: None,
        branch_words: String::new(),
        committee_grade: None,
        committee_words: String::new(),
        figures: Document(Figures::default()),
        signed: String::new(),
        published_at: None,
        version: 0,
    };
    record(&mut act, Deed::SupervisePropertyService, branch, step(&row, "appraisal_opened")).await?;
    store::insert_appraisal(act.db(), row).await?;
    act.commit().await
}

/// What the branch and the owners' committee find.
#[derive(Debug, Clone)]
pub struct NewFinding {
    /// The branch's grade.
    pub branch: Grade,
    /// In words.
    pub branch_words: String,
    /// The committee's grade; `None` where there is no committee, which the words say, or where it was not heard yet, with none.
    pub committee: Option<Grade>,
    /// In words.
    pub committee_words: String,
}

/// Keeps what the branch and the owners' committee find; until it is published, it may be kept anew.
///
/// # Errors
/// `PropertyRefusal` in words; [`Stop::Conflict`] when somebody else kept it meanwhile.
pub async fn keep_finding(op: &Op, branch: &PlaceCode, year: i32, version: i32, new: NewFinding) -> Result<(), Stop> {
    let mut act = permitted(op, branch).await?;
    let row = opened(&act, branch, year).await?;
    row.rule().must_be_open().or_refuse()?;
    let row = appraisal::Model {
        branch_grade: Some(Text(new.branch)),
        branch_words: new.branch_words,
        committee_grade: new.committee.map(Text),
        committee_words: new.committee_words,
        version,
        ..row
    };
    record(&mut act, Deed::SupervisePropertyService, branch, step(&row, "appraised")).await?;
    store::save_appraisal(act.db(), row).await?;
    act.commit().await
}

/// Publishes an appraisal as it was read, with the figures of its day; nothing of it changes afterwards.
///
/// # Errors
/// `PropertyRefusal` in words; [`Stop::Conflict`] when somebody else changed it meanwhile.
pub async fn publish_appraisal(op: &Op, branch: &PlaceCode, year: i32, version: i32) -> Result<(), Stop> {
    let mut act = permitted(op, branch).await?;
    let row = opened(&act, branch, year).await?;
    let state = row.rule().publish(act.now()).or_refuse()?;
    let sayings = store::sayings_of(act.db(), [row.id.0].into_iter()).await?;
    let figures = queries::figures(act.db(), &row, &sayings, act.now()).await?;
    let row = appraisal::Model {
        state: Text(state),
        figures: Document(figures),
        signed: act.signature(),
        published_at: Some(Int(act.now())),
        version,
        ..row
    };
    record(&mut act, Deed::SupervisePropertyService, branch, step(&row, "appraisal_published")).await?;
    store::save_appraisal(act.db(), row).await?;
    act.commit().await
}

/// What a resident says.
#[derive(Debug, Clone)]
pub struct NewSaying {
    /// How content they are.
    pub said: Saying,
    /// In words; may be empty.
    pub words: String,
}

/// Takes in what somebody says over the net. Whoever happens to be signed in, it is taken as from anyone: the record must not tell
/// who spoke.
///
/// # Errors
/// `PropertyRefusal` in words.
pub async fn give_saying(op: &Op, branch: &PlaceCode, year: i32, new: NewSaying) -> Result<(), Stop> {
    let visitor = op.as_visitor();
    let mut act = visitor.act().await?;
    act.permit(Deed::GiveView, branch)?;
    take_in(&mut act, Deed::GiveView, (branch, year), new, ViewChannel::Web).await?;
    act.commit().await
}

/// Enters what a resident told the branch.
///
/// # Errors
/// As [`give_saying`], and as the permission table says.
pub async fn enter_saying(
    op: &Op,
    branch: &PlaceCode,
    year: i32,
    new: NewSaying,
    channel: ViewChannel,
) -> Result<(), Stop> {
    let mut act = permitted(op, branch).await?;
    take_in(&mut act, Deed::SupervisePropertyService, (branch, year), new, channel).await?;
    act.commit().await
}

async fn take_in(
    act: &mut Act<'_>,
    deed: Deed,
    (branch, year): (&PlaceCode, i32),
    new: NewSaying,
    channel: ViewChannel,
) -> Result<(), Stop> {
    let row = opened(act, branch, year).await?;
    row.rule().must_hear(act.now()).or_refuse()?;
    let kept = saying::Model {
        id: Text(act.new_id()),
        appraisal_id: row.id,
        at: Int(act.now()),
        channel: Text(channel),
        said: Text(new.said),
        words: new.words,
    };
    // Nothing of what anybody said belongs into the record.
    record(act, deed, branch, step(&row, "resident_said")).await?;
    store::insert_saying(act.db(), kept).await
}

async fn permitted<'op>(op: &'op Op, branch: &PlaceCode) -> Result<Act<'op>, Stop> {
    let act = op.act().await?;
    places::branch(act.db(), branch).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::SupervisePropertyService, branch)?;
    Ok(act)
}

async fn in_force(act: &Act<'_>, branch: &PlaceCode) -> Result<contract::Model, Stop> {
    let contracts = store::contracts_of(act.db(), branch).await?;
    let found = store::in_force(&contracts, act.now().date()).cloned();
    found.ok_or(PropertyRefusal::NoContract).or_refuse()
}

async fn opened(act: &Act<'_>, branch: &PlaceCode, year: i32) -> Result<appraisal::Model, Stop> {
    store::appraisal(act.db(), branch, year).await?.ok_or(PropertyRefusal::NotOpened).or_refuse()
}

fn step(row: &appraisal::Model, step: &str) -> serde_json::Value {
    serde_json::json!({ "step": step, "year": row.year })
}

async fn record(act: &mut Act<'_>, deed: Deed, branch: &PlaceCode, body: serde_json::Value) -> Result<(), Stop> {
    act.record(deed, &Subject::new("property_service", branch, branch), body).await
}
