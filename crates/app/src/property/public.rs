//! What everybody may read of the supervision: never what anybody wrote.

use domain::{place::PlaceCode, property::AppraisalState};
use platform::{act::Op, error::Stop};

use super::{
    pages::{answered_words, committee_words, tone},
    queries::{self, DutyLine, Promises},
    store::{self, appraisal},
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
    /// What it promised.
    pub promises: Promises,
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
    let (db, now) = (op.reader(), op.now());
    let rows = store::appraisals_under(db, branch).await?;
    let asked = rows.iter().find(|row| row.rule().hears(now)).cloned();
    let published = rows.into_iter().filter(|row| row.state.0 == AppraisalState::Published);
    let appraisal = |row: appraisal::Model| PublicAppraisal {
        committee: committee_words(&row),
        sayings: row.figures.0.sayings.words(),
        answered: answered_words(&row.figures.0.answered),
        row,
    };
    let promises = queries::promises(db, branch, now.date()).await?;
    Ok(PublicService { promises, appraisals: published.map(appraisal).collect(), asked })
}
