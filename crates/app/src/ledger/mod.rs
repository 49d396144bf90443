//! The county's ledger workbook (小区党组织台账): its import in two steps, its template and its export.
//!
//! Owns the table `imports` and the meaning of the workbook's sheets and columns. Promises that an import is shown before it
//! is done, is done whole or not at all in one deed, and never adds anything twice; that what was exported imports again
//! without a change. Never takes away what a workbook does not mention.

mod actions;
mod columns;
mod http;
mod pages;
mod plan;
mod present;
mod preview;
mod read;
mod schema;
mod sheets;
mod store;
pub mod urls;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

use crate::desk::MenuEntry;

pub use actions::{Attempt, export_ledger, import_ledger, import_ledger_at_once, preview_ledger, upload_ledger};
pub use columns::LedgerSheet;
pub use preview::{ChangeKind, FieldChange, Preview, RowChange, SheetSummary};
pub use sheets::template;

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "小区", label: "台账导入导出", href: urls::LEDGER, deed: Deed::ExportLedger }];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (keep, import) = (Access::For(Deed::ExportLedger), Access::For(Deed::ImportLedger));
    vec![
        Route::get(urls::LEDGER, keep, http::index),
        Route::get(urls::TEMPLATE, keep, http::template),
        Route::post(urls::EXPORT, keep, http::export),
        Route::post(urls::IMPORTS, import, http::upload),
        Route::get("/ledger/imports/{import}", import, http::show),
        Route::post("/ledger/imports/{import}/confirm", import, http::confirm),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0005Ledger)]
}

#[cfg(test)]
mod tests;
