//! Where resolutions are.

use domain::ids::ResolutionId;

/// One resolution.
pub const RESOLUTION: &str = "/resolutions/{resolution}";

/// One resolution.
#[must_use]
pub fn resolution(id: ResolutionId) -> String {
    RESOLUTION.replace("{resolution}", &id.to_string())
}
