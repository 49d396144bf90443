//! How voices were seen to: in time, and with the resident asked afterwards (§6, B4).

use super::{Rate, VoiceState};

/// Voices of a place and a year, by how they were seen to. What belongs elsewhere, and what follows another, is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Handled {
    /// Done, or past their time: what is worked on within its time does not count yet.
    pub due: u64,
    /// Of those, done without ever being handed up for being late.
    pub timely: u64,
    /// Done, and answered or over with somebody to be called: who left neither name nor number and says nothing cannot be asked.
    pub to_ask: u64,
    /// Of those, answered by the resident.
    pub answered: u64,
}

/// How voices that are alike stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where they stand.
    pub state: VoiceState,
    /// Whether they were handed up for being late, or are late now.
    pub was_late: bool,
    /// Whether the resident answered.
    pub is_answered: bool,
    /// Whether somebody can be called.
    pub has_voicer: bool,
}

impl Handled {
    /// What `count` voices come to that stand alike.
    #[must_use]
    pub fn of(standing: Standing, count: u64) -> Self {
        let Standing { state, was_late, is_answered, has_voicer } = standing;
        let is_over = matches!(state, VoiceState::CalledBack | VoiceState::Closed);
        let is_counted = !matches!(state, VoiceState::OutOfScope | VoiceState::Merged);
        let is_done = is_over || matches!(state, VoiceState::Done);
        let counted = |is_meant: bool| if is_meant && is_counted { count } else { 0 };
        Self {
            due: counted(is_done || was_late),
            timely: counted(is_done && !was_late),
            to_ask: counted(is_done && (is_answered || (is_over && has_voicer))),
            answered: counted(is_done && is_answered),
        }
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            due: self.due + other.due,
            timely: self.timely + other.timely,
            to_ask: self.to_ask + other.to_ask,
            answered: self.answered + other.answered,
        }
    }

    /// 按时办结率: done in time ÷ due.
    #[must_use]
    pub const fn timeliness(self) -> Rate {
        Rate { part: self.timely, whole: self.due }
    }

    /// 回访率: answered ÷ those who can be asked.
    #[must_use]
    pub const fn call_backs(self) -> Rate {
        Rate { part: self.answered, whole: self.to_ask }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(state: VoiceState, was_late: bool, is_answered: bool, has_voicer: bool) -> (u64, u64, u64, u64) {
        let handled = Handled::of(Standing { state, was_late, is_answered, has_voicer }, 3);
        (handled.due, handled.timely, handled.to_ask, handled.answered)
    }

    #[test]
    fn only_what_is_due_counts_and_only_who_can_be_asked() {
        use VoiceState::{CalledBack, Closed, Done, Escalated, InProgress, Merged, New, OutOfScope, Reopened};
        for (state, was_late, is_answered, has_voicer, counts) in [
            (New, false, false, true, (0, 0, 0, 0)),
            (InProgress, false, false, true, (0, 0, 0, 0)),
            (Escalated, true, false, true, (3, 0, 0, 0)),
            (Reopened, false, true, true, (0, 0, 0, 0)),
            (Done, false, false, true, (3, 3, 0, 0)),
            (CalledBack, true, true, true, (3, 0, 3, 3)),
            (Closed, false, false, true, (3, 3, 3, 0)),
            (Closed, false, false, false, (3, 3, 0, 0)),
            (Closed, false, true, false, (3, 3, 3, 3)),
            (Merged, true, true, true, (0, 0, 0, 0)),
            (OutOfScope, true, true, true, (0, 0, 0, 0)),
        ] {
            assert_eq!(of(state, was_late, is_answered, has_voicer), counts, "{state:?}");
        }
    }
}
