//! Keeping an opinion: the same for every level.

use domain::{
    ids::OpinionId,
    selection::application::{ActingLevel, Application, Signature, Step},
};
use platform::{
    act::Act,
    db::column::{Document, Int, Text},
    error::Stop,
};

use crate::selection::{
    content::OpinionStep,
    store::opinion::{self, row::Model},
};

/// An opinion to be kept.
#[derive(Debug, Clone)]
pub struct NewOpinion {
    /// At which step.
    pub step: OpinionStep,
    /// For or against.
    pub is_favourable: bool,
    /// In words.
    pub words: String,
    /// What was ticked.
    pub details: Vec<String>,
}

/// Keeps an opinion on the submitted version of `application`, signed with the office in use.
///
/// # Errors
/// [`Stop::Missing`] when nothing was submitted yet.
pub async fn add_opinion(act: &Act<'_>, application: &Application, new: NewOpinion) -> Result<(), Stop> {
    let submission = application.submission.ok_or(Stop::Missing)?;
    let id: OpinionId = act.new_id();
    let row = Model {
        id: Text(id),
        application_id: Text(application.id),
        submission_id: Text(submission.id),
        step: Text(new.step),
        is_favourable: new.is_favourable,
        words: new.words,
        details: Document(new.details),
        office_id: act.office_id().map(Text),
        signed: act.signature(),
        given_at: Int(act.now()),
    };
    opinion::insert(act.db(), row).await
}

/// The step of the officer in use at `level`, on the version that was on the screen.
pub(super) fn step(act: &Act<'_>, level: ActingLevel, seen: domain::ids::SubmissionId) -> Result<Step, Stop> {
    Ok(Step { now: act.now(), account: act.officer()?.account, level, seen })
}

/// The officer in use as the signer of a step that looks at no version.
///
/// # Errors
/// [`Stop::SignedOut`] when nobody is signed in: the system itself takes no step of an application.
pub fn hand_of(act: &Act<'_>) -> Result<Signature, Stop> {
    Ok(Signature { now: act.now(), account: act.officer()?.account })
}
