//! Where the audit record is read.

/// The auditor's page.
pub const AUDIT: &str = "/audit";
/// The same as an Excel table.
pub const AUDIT_EXPORT: &str = "/audit.xlsx";
