//! The county's ledger workbook (小区党组织台账): its import in two steps, its template and its export.
//!
//! Owns the table `imports` and the meaning of the workbook's sheets and columns. Promises that an import is shown before it
//! is done, is done whole or not at all in one deed, and never adds anything twice; that what was exported imports again
//! without a change. Never takes away what a workbook does not mention.

mod actions;
mod columns;
mod plan;
mod present;
mod preview;
mod read;
mod schema;
mod sheets;
mod store;

use platform::{db::migrate::Migrations, route::Route};

pub use actions::{Attempt, export_ledger, import_ledger, import_ledger_at_once, preview_ledger, upload_ledger};
pub use columns::LedgerSheet;
pub use preview::{ChangeKind, FieldChange, Preview, RowChange, SheetSummary};
pub use sheets::template;

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    Vec::new()
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0005Ledger)]
}

#[cfg(test)]
mod tests;
