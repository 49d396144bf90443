//! The dual points of a year (双积分): half from the work unit, half from the compound branch, each line traceable to an
//! adopted catalogue and a confirmed deed.
//!
//! Owns the arithmetic (R-PTS-01…04, 07), the catalogue and its bounds (R-PTS-05), the entry, the appeal and the year
//! (R-PTS-06, 08, 09). Promises exact integers, rounded once. Knows no ranking of persons: there is none (R-PTS-10).

mod amount;
mod annual;
mod appeal;
mod catalogue;
mod correction;
mod entry;
mod item;
mod tally;
mod year;

#[cfg(test)]
mod people;

pub use amount::{BadPoints, FinePoints, Points};
pub use annual::{Annual, Exact, PointsKind, UnitScore, UnitScoreRefusal, annual, annual_exact};
pub use appeal::{APPEAL_DAYS, Appeal, AppealOutcome, AppealRefusal, AppealState, appeal_until, check_adjustment};
pub use catalogue::{CatalogueRefusal, CatalogueState, CatalogueVersion, items_of_year, with_larger_caps};
pub use correction::{Correction, CorrectionRefusal, CorrectionState};
pub use entry::{Decider, Entry, EntryRefusal, EntryState, Grounds, check_correction, check_grounds, check_quantity};
pub use item::{Bounds, Category, Item, ItemCode, ItemProblem, county_template};
pub use tally::{BONUS_CAP, Capped, Tally, base_for, tally};
pub use year::{YearRefusal, YearState, closes_by};
