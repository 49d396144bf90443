//! Where the ledger is imported and exported.

use domain::ids::ImportId;

/// Uploading, template, export, and the latest imports.
pub const LEDGER: &str = "/ledger";
/// The empty workbook.
pub const TEMPLATE: &str = "/ledger/template.xlsx";
/// Everything at or under a place, as the workbook.
pub const EXPORT: &str = crate::places::urls::LEDGER_EXPORT;
/// Sending a workbook.
pub const IMPORTS: &str = "/ledger/imports";

/// One import: its preview, and its result afterwards.
#[must_use]
pub fn import(id: ImportId) -> String {
    format!("{IMPORTS}/{id}")
}

/// Confirming an import.
#[must_use]
pub fn confirm(id: ImportId) -> String {
    format!("{IMPORTS}/{id}/confirm")
}
