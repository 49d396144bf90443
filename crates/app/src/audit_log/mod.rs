//! Reading the audit record: the auditor's page, and the history that each thing shows.
//!
//! Owns no table; the record is the platform's. Promises to show names of today beside identifiers of then. Never shows
//! what the record does not hold: no personal data beyond the acting officer's name.

mod codes;
mod http;
mod pages;
mod queries;
pub mod urls;
mod words;

use domain::permission::Deed;
use platform::route::{Access, Route};

use crate::desk::MenuEntry;

pub use queries::{history, history_of_all};

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "管理", label: "操作记录", href: urls::AUDIT, deed: Deed::ViewAudit }];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let audit = Access::For(Deed::ViewAudit);
    vec![Route::get(urls::AUDIT, audit, http::list), Route::get(urls::AUDIT_EXPORT, audit, http::export)]
}
