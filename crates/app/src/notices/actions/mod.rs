//! The deeds of notices, objections and awards.

mod award;
mod correct;
mod extend;
mod file_objection;
mod objections;
mod publish;

use domain::refusal::Refusal;
use platform::error::Stop;

pub use award::{NewCircular, Revocation, confirm_awards, issue_circular, revocation_draft, revoke_award};
pub use correct::correct_notice;
pub use extend::{Outage, extend_notice};
pub use file_objection::{NewObjection, Receipt, Reporter, enter_objection, file_objection};
pub use objections::{
    Against, acknowledge_objection, answer_objection, decide_objection, reveal_reporter, verify_objection,
};
pub use publish::{NoticeDraft, draft_notice, publish_notice};

/// A rule's words with the branch they are about: a deed on many at once must say which one is in its way.
fn about<T>(branch: &str, step: Result<T, impl Refusal>) -> Result<T, Stop> {
    step.map_err(|refusal| Stop::refused_at(refusal.field(), format!("{branch}：{refusal}")))
}
