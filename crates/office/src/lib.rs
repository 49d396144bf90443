//! Excel and Word in and out, as plain structs.
//!
//! Owns: reading untrusted workbooks ([`workbook`]), finding a table in a sheet and reading its cells with words a
//! clerk understands ([`table`]), writing tables as Excel ([`sheet`]) and CSV ([`csv_text`]), and writing official
//! letters and forms as Word documents by GB/T 9704 ([`letter`]).
//!
//! Promises: no input makes it panic or use unbounded memory; the same data gives the same bytes; text stays text.
//!
//! Never does: know a business module, a database or the clock; ship or embed fonts; run a formula.

pub mod archive;
pub mod csv_text;
pub mod letter;
pub mod sheet;
pub mod table;
pub mod workbook;

mod text;
