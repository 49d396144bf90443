//! Where the pages of the money are.

use domain::ids::{CommitmentId, SeasonId};

/// The money of the newest season.
pub const FUNDS: &str = "/funds";
/// The money of a season.
pub const SEASON: &str = "/funds/seasons/{season}";
/// Entering what else the budget line pays for.
pub const PLAN: &str = "/funds/seasons/{season}/plan";
/// Preparing what the winners get.
pub const PREPARE: &str = "/funds/seasons/{season}/prepare";
/// Approving what was prepared.
pub const APPROVE: &str = "/funds/seasons/{season}/approve";
/// Recording what was paid.
pub const PAY: &str = "/funds/seasons/{season}/pay";
/// The list for the finance office, as an Excel table.
pub const PAYMENTS: &str = "/funds/seasons/{season}/payments.xlsx";
/// One commitment.
pub const COMMITMENT: &str = "/funds/commitments/{commitment}";
/// Confirming that it arrived.
pub const RECEIPT: &str = "/funds/commitments/{commitment}/receipt";
/// Recording that the bank sent it back.
pub const RETURN: &str = "/funds/commitments/{commitment}/return";
/// Not approving it.
pub const REFUSE: &str = "/funds/commitments/{commitment}/refuse";
/// Giving it up.
pub const CANCEL: &str = "/funds/commitments/{commitment}/cancel";
/// Demanding it back.
pub const RECOVER: &str = "/funds/commitments/{commitment}/recover";
/// Recording that it came back.
pub const RECOVERED: &str = "/funds/commitments/{commitment}/recovered";

/// The page or deed at `path` of a season.
#[must_use]
pub fn of_season(path: &str, season: SeasonId) -> String {
    path.replace("{season}", &season.to_string())
}

/// The page or deed at `path` of a commitment.
#[must_use]
pub fn of_commitment(path: &str, commitment: CommitmentId) -> String {
    path.replace("{commitment}", &commitment.to_string())
}
