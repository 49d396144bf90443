//! What everybody may read of the supervision: never what anybody wrote.

use domain::{place::PlaceCode, property::AppraisalState};
use platform::{act::Op, error::Stop};

use super::{
    pages::{answered_words, committee_words, tone},
    queries::{self, DutyLine},
    store::{appraisal, contract},
};

/// An appraisal as everybody reads it.
#[derive(Debug, Clone)]
pub struct PublicAppraisal {
    /// The row.
    pub row: appraisal::Model,
    /// The owners' committee's grade, or that there is none.
    pub committee: &'static str,
    /// What residents said, counted.
    pub sayings: String,
    /// How complaints were answered.
    pub answered: String,
}

/// A branch's company as everybody reads it.
#[derive(Debug, Clone)]
pub struct PublicService {
    /// The contract in force.
    pub contract: Option<contract::Model>,
    /// Its duties.
    pub duties: Vec<DutyLine>,
    /// What was published, the latest year first.
    pub appraisals: Vec<PublicAppraisal>,
    /// The appraisal in which residents are asked now.
    pub asked: Option<appraisal::Model>,
}

impl PublicService {
    /// The tone of a duty's last check.
    #[must_use]
    pub fn tone(&self, line: &DutyLine) -> &'static str {
        line.last.as_ref().map_or("calm", |check| tone(check.result.0))
    }
}

/// A branch's company.
///
/// # Errors
/// When the database cannot be read.
pub async fn public_service(op: &Op, branch: &PlaceCode) -> Result<PublicService, Stop> {
    let service = queries::service_of(op.reader(), branch, op.now()).await?;
    let asked = service.appraisals.iter().find(|line| line.row.rule().hears(op.now())).map(|line| line.row.clone());
    let published = service.appraisals.into_iter().filter(|line| line.row.state.0 == AppraisalState::Published);
    let appraisal = |line: queries::AppraisalLine| PublicAppraisal {
        committee: committee_words(&line.row),
        sayings: line.figures.sayings.words(),
        answered: answered_words(&line.figures.answered),
        row: line.row,
    };
    Ok(PublicService {
        contract: service.contract,
        duties: service.duties,
        appraisals: published.map(appraisal).collect(),
        asked,
    })
}
