//! The desk of a signed-in officer: the frame around every page of the workbench, and the list of what waits.
//!
//! Owns no table. Promises that to-dos are derived: each module answers with what waits on the office in use, and
//! their count is kept only while nothing changes. Knows the modules only through the list in [`crate::modules`].

mod frame;
mod todo;
mod years;

use std::pin::Pin;

use domain::permission::Deed;
use platform::{act::Op, error::Stop};

pub use frame::{Counts, Desk, Registry};
pub use todo::{Todo, Waiting};
pub use years::{asked_year, years};

/// What a module answers with when asked what waits on an office.
pub type Todos<'op> = Pin<Box<dyn Future<Output = Result<Vec<Todo>, Stop>> + Send + 'op>>;

/// Asks a module what waits on the office in use.
pub type TodoSource = for<'op> fn(&'op Op) -> Todos<'op>;

/// One entry of the left menu.
#[derive(Debug, Clone, Copy)]
pub struct MenuEntry {
    /// Heading it stands under.
    pub group: &'static str,
    /// What it says.
    pub label: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Shown to offices that may do this at their own place.
    pub deed: Deed,
}
