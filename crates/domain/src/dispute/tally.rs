//! What a year's files come to, by counts alone (§6, C2).

use super::{Dispute, DisputeState};

/// Files of a place and a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DisputeTally {
    /// Opened in the year.
    pub opened: u32,
    /// Told where else to go.
    pub declined: u32,
    /// Accepted.
    pub accepted: u32,
    /// Accepted, and ended or past its time: what is being mediated within its time does not count yet.
    pub due: u32,
    /// Ended with or without an agreement, and never gone up.
    pub handled: u32,
    /// With an agreement.
    pub agreed: u32,
    /// Gone up because the desk could not do it.
    pub upward: u32,
}

impl DisputeTally {
    /// Of one file; `is_late` says whether it is being mediated past its time.
    #[must_use]
    pub const fn of(file: &Dispute, is_late: bool) -> Self {
        let (is_accepted, has_ended) = (file.accepted_at.is_some(), file.ended_at.is_some());
        let went_up = file.upward > 0;
        Self {
            opened: 1,
            declined: matches!(file.state, DisputeState::Declined) as u32,
            accepted: is_accepted as u32,
            due: (is_accepted && (has_ended || went_up || is_late)) as u32,
            handled: (is_accepted && has_ended && !went_up) as u32,
            agreed: file.agreed_on.is_some() as u32,
            upward: went_up as u32,
        }
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            opened: self.opened + other.opened,
            declined: self.declined + other.declined,
            accepted: self.accepted + other.accepted,
            due: self.due + other.due,
            handled: self.handled + other.handled,
            agreed: self.agreed + other.agreed,
            upward: self.upward + other.upward,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::Instant,
        dispute::{DisputeState, Opening},
        voice::Desk,
    };

    #[test]
    fn what_is_mediated_in_its_time_does_not_count_yet() {
        let now = Instant::from_micros(0);
        let opening = Opening {
            id: "0191d0a0-0000-7000-8000-000000000001".parse().expect("an id"),
            place: "5304270010010001".parse().expect("a place"),
            desk: Desk::Branch,
            parties: 2,
            at: now,
        };
        let opened = Dispute::open(opening).expect("opened");
        let accepted = Dispute { accepted_at: Some(now), state: DisputeState::Mediating, ..opened.clone() };
        let ended = Dispute { ended_at: Some(now), state: DisputeState::Unsettled, ..accepted.clone() };
        let agreed = Dispute { agreed_on: Some(now.date()), state: DisputeState::Agreed, ..ended.clone() };
        let upward = |file: &Dispute| Dispute { upward: 1, ..file.clone() };
        let declined = Dispute { state: DisputeState::Declined, ..opened.clone() };
        // Accepted, due, handled, agreed, upward, declined.
        for (file, is_late, expected) in [
            (&opened, false, [0, 0, 0, 0, 0, 0]),
            (&declined, false, [0, 0, 0, 0, 0, 1]),
            (&accepted, false, [1, 0, 0, 0, 0, 0]),
            (&accepted, true, [1, 1, 0, 0, 0, 0]),
            (&ended, false, [1, 1, 1, 0, 0, 0]),
            (&agreed, false, [1, 1, 1, 1, 0, 0]),
            (&upward(&accepted), false, [1, 1, 0, 0, 1, 0]),
            (&upward(&agreed), false, [1, 1, 0, 1, 1, 0]),
            (&upward(&opened), false, [0, 0, 0, 0, 1, 0]),
        ] {
            let tally = DisputeTally::of(file, is_late);
            let found = [tally.accepted, tally.due, tally.handled, tally.agreed, tally.upward, tally.declined];
            assert_eq!((tally.opened, found), (1, expected), "{file:?}");
        }
    }
}
