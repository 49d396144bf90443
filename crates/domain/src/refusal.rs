//! The common face of everything a rule may refuse.

/// A refusal is something the person can act on: its `Display` says in Chinese what happened, why, and what to do now.
pub trait Refusal: std::error::Error {
    /// The form field it belongs to; empty when it concerns the whole deed.
    fn field(&self) -> &'static str {
        ""
    }
}
