//! Open data: what the public pages show, for programs and spreadsheets.
//!
//! The description is made from the code (OpenAPI 3.1) and drawn as a plain page of our own; see `docs/decisions/`.

mod http;
mod page;
mod records;
mod tables;

pub use http::{branches, branches_csv, notices, notices_csv, openapi, progress, progress_csv, results, results_csv};
pub use page::show;
