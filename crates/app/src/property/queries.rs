//! What pages read of the supervision.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    ids::{PropertyAppraisalId, PropertyContractId},
    permission::Deed,
    place::PlaceCode,
    property::{AppraisalState, DutyResult, Sayings},
};
use jiff::civil::Date;
use platform::{act::Op, error::Stop};
use sea_orm::ConnectionTrait;

use super::store::{self, Answered, Figures, appraisal, check, contract, saying};
use crate::{places, voices};

/// A duty with what its last check found.
#[derive(Debug, Clone)]
pub struct DutyLine {
    /// What the contract promises.
    pub duty: String,
    /// The last check; `None` when nobody looked yet.
    pub last: Option<check::Model>,
}

/// An appraisal with its figures: those of now while it is open, those of its publication afterwards.
#[derive(Debug, Clone)]
pub struct AppraisalLine {
    /// The row.
    pub row: appraisal::Model,
    /// The figures.
    pub figures: Figures,
    /// What residents wrote.
    pub sayings: Vec<saying::Model>,
}

/// What a branch's company promised, and what checks found.
#[derive(Debug, Clone)]
pub struct Promises {
    /// The contract in force.
    pub contract: Option<contract::Model>,
    /// All contracts, the last entered first.
    pub contracts: Vec<contract::Model>,
    /// The duties of the one in force.
    pub duties: Vec<DutyLine>,
    /// The checks of all contracts, the latest first.
    pub checks: Vec<check::Model>,
}

/// What a branch's company promised, without asking who looks.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn promises(db: &impl ConnectionTrait, branch: &PlaceCode, today: Date) -> Result<Promises, Stop> {
    let contracts = store::contracts_of(db, branch).await?;
    let checks = store::checks_of(db, contracts.iter().map(|contract| contract.id.0)).await?;
    let contract = store::in_force(&contracts, today).cloned();
    let told = contract.iter().flat_map(|contract| contract.duties.0.iter());
    let of = contract.as_ref().map(|contract| contract.id);
    let last = |index: i32| checks.iter().find(|check| Some(check.contract_id) == of && check.duty == index).cloned();
    let duties = (0..).zip(told).map(|(index, duty)| DutyLine { duty: duty.clone(), last: last(index) }).collect();
    Ok(Promises { contract, contracts, duties, checks })
}

/// The supervision of a branch's company.
#[derive(Debug, Clone)]
pub struct Service {
    /// What it promised.
    pub promises: Promises,
    /// The appraisals, the latest year first.
    pub appraisals: Vec<AppraisalLine>,
    /// How complaints were answered in the year that runs.
    pub answered: Answered,
}

/// The supervision of a branch's company.
///
/// # Errors
/// As the permission table says.
pub async fn service(op: &Op, branch: &PlaceCode) -> Result<Service, Stop> {
    op.permit(Deed::ViewPropertyService, branch)?;
    let (db, now) = (op.reader(), op.now());
    let rows = store::appraisals_under(db, branch).await?;
    let mut said: BTreeMap<PropertyAppraisalId, Vec<saying::Model>> = BTreeMap::new();
    for saying in store::sayings_of(db, rows.iter().map(|row| row.id.0)).await? {
        said.entry(saying.appraisal_id.0).or_default().push(saying);
    }
    let mut appraisals = Vec::with_capacity(rows.len());
    for row in rows {
        let sayings = said.remove(&row.id.0).unwrap_or_default();
        let figures = match row.state.0 {
            AppraisalState::Published => row.figures.0,
            AppraisalState::Open => figures(db, &row, &sayings, now).await?,
        };
        appraisals.push(AppraisalLine { row, figures, sayings });
    }
    let promises = promises(db, branch, now.date()).await?;
    Ok(Service { promises, appraisals, answered: answered(db, branch, now.date().year(), now).await? })
}

/// What an appraisal stands on now, after what residents said in it.
pub(super) async fn figures(
    db: &impl ConnectionTrait,
    row: &appraisal::Model,
    sayings: &[saying::Model],
    now: Instant,
) -> Result<Figures, Stop> {
    let sayings = sayings.iter().map(|saying| saying.said.0).fold(Sayings::default(), Sayings::and);
    let year = i16::try_from(row.year).unwrap_or(i16::MAX);
    Ok(Figures { sayings, answered: answered(db, &row.branch.0, year, now).await? })
}

async fn answered(db: &impl ConnectionTrait, branch: &PlaceCode, year: i16, now: Instant) -> Result<Answered, Stop> {
    let about = voices::about_property(db, branch, year, now).await?;
    Ok(Answered {
        due: about.handled.due,
        timely: about.handled.timely,
        called: about.called,
        answered: about.answered,
    })
}

/// A branch's company in the list of a place above.
#[derive(Debug, Clone)]
pub struct CompanyLine {
    /// The branch.
    pub code: PlaceCode,
    /// Its name.
    pub branch: String,
    /// The contract in force.
    pub contract: Option<contract::Model>,
    /// Duties whose last check found them kept in part or not at all.
    pub unmet: usize,
    /// Duties that nobody looked at.
    pub unchecked: usize,
    /// The latest appraisal.
    pub appraisal: Option<appraisal::Model>,
}

/// The companies of the working branches at or under `place`.
///
/// # Errors
/// As the permission table says.
pub async fn companies(op: &Op, place: &PlaceCode) -> Result<Vec<CompanyLine>, Stop> {
    op.permit(Deed::ViewPropertyService, place)?;
    let db = op.reader();
    let mut all: BTreeMap<PlaceCode, Vec<contract::Model>> = BTreeMap::new();
    for contract in store::contracts_under(db, place).await? {
        all.entry(contract.branch.0.clone()).or_default().push(contract);
    }
    let today = op.now().date();
    let in_force = |(branch, contracts): (&PlaceCode, &Vec<contract::Model>)| {
        store::in_force(contracts, today).map(|contract| (branch.clone(), contract.clone()))
    };
    let mut contracts: BTreeMap<PlaceCode, contract::Model> = all.iter().filter_map(in_force).collect();
    let mut last: BTreeMap<(PropertyContractId, i32), check::Model> = BTreeMap::new();
    for check in store::checks_of(db, contracts.values().map(|contract| contract.id.0)).await? {
        last.entry((check.contract_id.0, check.duty)).or_insert(check);
    }
    let mut appraisals: BTreeMap<PlaceCode, appraisal::Model> = BTreeMap::new();
    for row in store::appraisals_under(db, place).await? {
        appraisals.entry(row.branch.0.clone()).or_insert(row);
    }
    let branches = places::branches_under(db, place).await?.into_iter();
    let line = |found: places::BranchOfTree| {
        let code = found.place.code.0;
        let contract = contracts.remove(&code);
        let of = |index| contract.as_ref().and_then(|contract| last.get(&(contract.id.0, index)));
        let duties = contract.as_ref().map_or(0, |contract| contract.duties.0.len());
        let checks: Vec<Option<&check::Model>> = (0..).take(duties).map(of).collect();
        CompanyLine {
            unmet: checks.iter().flatten().filter(|check| check.result.0 != DutyResult::Met).count(),
            unchecked: checks.iter().filter(|check| check.is_none()).count(),
            appraisal: appraisals.remove(&code),
            branch: found.place.name,
            contract,
            code,
        }
    };
    Ok(branches.filter(|found| found.place.is_active).map(line).collect())
}
