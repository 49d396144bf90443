//! The one place where the wall clock is read.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use domain::clock::Instant;
use jiff::Timestamp;

/// The present time. In demo mode it runs with an offset that a visitor can move forward.
#[derive(Debug, Clone)]
pub struct Clock {
    offset: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self { offset: None }
    }

    /// A clock that runs `offset` microseconds ahead (or behind, when negative) of the machine's.
    #[must_use]
    pub fn demo(offset: i64) -> Self {
        Self { offset: Some(Arc::new(AtomicI64::new(offset))) }
    }

    /// Now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the place where the clock is read")]
    pub fn now(&self) -> Instant {
        let offset = self.offset.as_ref().map_or(0, |offset| offset.load(Ordering::Relaxed));
        Instant::from_micros(Timestamp::now().as_microsecond()).plus_micros(offset)
    }

    /// Whether the date can be moved, which is so in demo mode only.
    #[must_use]
    pub const fn is_demo(&self) -> bool {
        self.offset.is_some()
    }

    /// Sets the clock to `at` (demo mode only), and answers with the offset to keep.
    #[must_use]
    pub fn set(&self, at: Instant) -> Option<i64> {
        let offset = self.offset.as_ref()?;
        let ahead = at.as_micros().saturating_sub(Self::system().now().as_micros());
        offset.store(ahead, Ordering::Relaxed);
        Some(ahead)
    }
}
