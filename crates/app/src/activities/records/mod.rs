//! Service that members did singly: entered by one, confirmed by another, with points proposed in the same deed (R-DUTY-02).

mod actions;
pub mod http;
pub mod store;

pub use actions::{NewRecord, confirm_service, record_service, reject_service};
pub use http::read as read_record;
pub use store::{all_records_of_member, record::Model as ServiceRecord, records_of_member};
