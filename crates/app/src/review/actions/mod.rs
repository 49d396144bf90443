//! The deeds of the county's review.

mod consultation;
mod decide_selection;
mod preliminary;
mod reply_as_panel_unit;
mod substitute;

pub(super) use consultation::closed;
pub use consultation::{ConsultationResult, record_consultation, send_consultation};
pub use decide_selection::{Meeting, Resolution, decide_selection};
pub use preliminary::{PreliminaryOpinion, VetoCheck, check_veto, give_preliminary_opinion};
pub use reply_as_panel_unit::{PanelAnswer, reply_as_panel_unit};
pub use substitute::{Vacancies, substitute_application, vacancies};
