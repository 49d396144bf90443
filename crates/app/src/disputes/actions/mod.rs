//! The deeds on mediation files.

mod agree;
mod mediate;
mod open;
mod parties;
mod step;
mod upward;

pub use agree::{NewAgreement, check_performance, record_agreement, visit_parties};
pub use mediate::{accept_dispute, decline_dispute, end_mediation, record_mediation};
pub use open::{NewDispute, open_dispute};
pub use parties::{correct_dispute, print_agreement, reveal_parties};
pub use upward::{hand_up_dispute, stand_back_from_dispute};

pub use super::sealed::{Party, Terms, Told};
