//! The deeds of notices, objections and awards.

mod award;
mod file_objection;
mod objections;
mod publish;

pub use award::{NewCircular, Revocation, confirm_awards, issue_circular, revocation_draft, revoke_award};
pub use file_objection::{NewObjection, Receipt, Reporter, enter_objection, file_objection};
pub use objections::{acknowledge_objection, answer_objection, decide_objection, reveal_reporter, verify_objection};
pub use publish::{NoticeDraft, Outage, correct_notice, draft_notice, extend_notice, publish_notice};
