//! Voices about the same (合并办理): one is worked on, the others follow it and can be parted again.

use super::{Voice, VoiceKind, VoiceRefusal, VoiceState, life::Next};
use crate::clock::Instant;

impl Voice {
    /// Lets it follow `other`, which its resident says is the same. Nobody has acknowledged it, so it is in no rate (R-VOI-07).
    ///
    /// # Errors
    /// `other` is over, of another place, or this very one; one of the two is a report, or a piece.
    pub fn follow(self, other: &Self, now: Instant) -> Next {
        let is_report = [self.kind, other.kind].contains(&VoiceKind::Report);
        if is_report
            || self.is_piece
            || other.is_piece
            || other.id == self.id
            || other.place != self.place
            || !other.state.is_open()
        {
            return Err(VoiceRefusal::NotTheSame);
        }
        Ok(self.moved(VoiceState::Merged, now))
    }

    /// Lets it follow `other`, which the desk says is the same; `due` is [`Voice::due`] before. Merging acknowledges it, in time
    /// or late (R-VOI-07).
    ///
    /// # Errors
    /// It is over, parked or follows one already; as [`Voice::follow`].
    pub fn merge(mut self, other: &Self, due: Option<Instant>, now: Instant) -> Next {
        use VoiceState::{Acknowledged, Assigned, Escalated, InProgress, New, Reopened, Returned};
        self.must_stand(&[New, Acknowledged, Assigned, Returned, InProgress, Reopened, Escalated])?;
        if self.state == New {
            self.is_prompt = Some(due.is_none_or(|due| now < due));
        }
        self.follow(other, now)
    }

    /// Has it worked on by itself: it is another matter, or what it followed is done and this is not. The term begins anew.
    ///
    /// # Errors
    /// It follows none; no reason.
    pub fn part(self, reason: &str, now: Instant) -> Next {
        self.must_stand(&[VoiceState::Merged])?;
        if reason.trim().is_empty() {
            return Err(VoiceRefusal::NoReason);
        }
        Ok(self.afresh(now).moved(VoiceState::Acknowledged, now))
    }
}
