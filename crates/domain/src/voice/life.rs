//! A voice and its steps (§5.3). A transition consumes the voice and gives the next, or says why not.

use jiff::civil::Date;

use super::{Answer, Desk, Length, Term, Terms, VoiceChannel, VoiceKind, VoiceRefusal, VoiceState};
use crate::{
    calendar::{Calendar, UnknownYear},
    clock::Instant,
    ids::VoiceId,
    place::{Level, PlaceCode},
};

/// How often a resident may have it worked on again.
pub const MOST_REOPENINGS: u8 = 2;
/// How often it may be handed on (R-VOI-03): nobody is sent round in circles.
pub const MOST_HANDS: u8 = 4;
/// Days within which what is parked is looked at again (R-VOI-09).
pub const REVIEW_DAYS: i64 = 90;
/// Days the resident has for an answer once it is done; after them it is closed without one.
pub const LAST_SAY_DAYS: i64 = 15;
/// Days after closing after which nobody needs to know any more who spoke (R-PRI-02).
pub const KEPT_DAYS: i64 = 365;
/// Days after closing within which it may still be reopened.
const REOPEN_DAYS: i64 = 30;

/// What arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Identifier for the voice it becomes.
    pub id: VoiceId,
    /// The branch whose compound it is about.
    pub branch: PlaceCode,
    /// What somebody wants.
    pub kind: VoiceKind,
    /// How it came.
    pub channel: VoiceChannel,
    /// The desk that took it in; `None` for what came over the net.
    pub taken_in_at: Option<Desk>,
    /// When it came.
    pub received_at: Instant,
}

/// A voice (社情民意、诉求).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// Identifier.
    pub id: VoiceId,
    /// Where it lies: the branch, or the community for a report, which the branch is not to see.
    pub place: PlaceCode,
    /// Whether it is a piece of another, which was split.
    pub is_piece: bool,
    /// What somebody wants.
    pub kind: VoiceKind,
    /// How it came.
    pub channel: VoiceChannel,
    /// Which deadline it has.
    pub term: Term,
    /// When it came.
    pub received_at: Instant,
    /// Where it stands.
    pub state: VoiceState,
    /// Since when.
    pub state_since: Instant,
    /// At which desk it lies.
    pub desk: Desk,
    /// The desk that received it first, which stays on the case (首接, R-VOI-03).
    pub first_desk: Desk,
    /// Who assigned it, to whom it is returned.
    pub dispatcher: Option<Desk>,
    /// From when the term is counted.
    pub counted_from: Instant,
    /// By how many days or hours the term is longer now.
    pub extra: u16,
    /// Whether it was ever extended (R-VOI-05).
    pub is_extended: bool,
    /// How often it was handed on.
    pub hands: u8,
    /// How often it was reopened.
    pub reopenings: u8,
    /// Whether it was acknowledged in time; `None` while that is open (R-VOI-07).
    pub is_prompt: Option<bool>,
    /// Whether it was ever handed up for being late.
    pub was_late: bool,
    /// When what is parked is looked at again.
    pub review_on: Option<Date>,
    /// The resident's answer.
    pub answer: Option<Answer>,
    /// For the optimistic save.
    pub version: i32,
}

/// The result of a step.
pub(super) type Next = Result<Voice, VoiceRefusal>;

impl Voice {
    // R-VOI-01, R-VOI-03, R-VOI-11
    /// Takes in what somebody has to say. A report lies at the community, so that the branch neither sees nor holds it.
    #[must_use]
    pub fn receive(arrival: Arrival) -> Self {
        let Arrival { id, branch, kind, channel, taken_in_at, received_at } = arrival;
        let (place, lowest) = match branch.at(Level::Community) {
            Some(community) if kind == VoiceKind::Report => (community, Desk::Community),
            _ => (branch, Desk::Branch),
        };
        let desk = taken_in_at.map_or(lowest, |desk| desk.max(lowest));
        Self {
            id,
            place,
            is_piece: false,
            kind,
            channel,
            term: kind.term(),
            received_at,
            state: VoiceState::New,
            state_since: received_at,
            desk,
            first_desk: desk,
            dispatcher: None,
            counted_from: received_at,
            extra: 0,
            is_extended: false,
            hands: 0,
            reopenings: 0,
            is_prompt: None,
            was_late: false,
            review_on: None,
            answer: None,
            version: 0,
        }
    }

    /// Whether an office at `desk` may work on it.
    ///
    /// # Errors
    /// It lies at another desk.
    pub fn must_be_at(self, desk: Option<Desk>) -> Next {
        if desk == Some(self.desk) { Ok(self) } else { Err(VoiceRefusal::OtherDesk(self.desk)) }
    }

    // R-VOI-04, R-VOI-07
    /// Confirms that it arrived and will be worked on (受理), and by when; `due` is [`Voice::due`] before.
    ///
    /// # Errors
    /// Acknowledged before.
    pub fn acknowledge(mut self, term: Term, due: Option<Instant>, now: Instant) -> Next {
        self.must_stand(&[VoiceState::New])?;
        self.term = term;
        self.is_prompt = Some(due.is_none_or(|due| now < due));
        Ok(self.moved(VoiceState::Acknowledged, now))
    }

    // R-VOI-02
    /// Tells that it belongs elsewhere, and where.
    ///
    /// # Errors
    /// Somebody works on it; no words.
    pub fn decline(self, words: &str, now: Instant) -> Next {
        self.must_stand(&[VoiceState::New, VoiceState::Acknowledged])?;
        said(words)?;
        Ok(self.moved(VoiceState::OutOfScope, now))
    }

    // R-VOI-03
    /// Hands it to another desk, which has to sign for it. The deadline stays.
    ///
    /// # Errors
    /// Nobody may hand it on now; it is there already; it was handed on too often.
    pub fn assign(mut self, to: Desk, now: Instant) -> Next {
        use VoiceState::{Acknowledged, Escalated, InProgress, Reopened, Returned};
        self.must_stand(&[Acknowledged, Returned, InProgress, Reopened, Escalated])?;
        if to == self.desk {
            return Err(VoiceRefusal::SameDesk(to));
        }
        if self.place.at(to.level()).is_none() {
            return Err(VoiceRefusal::NotThere);
        }
        if self.hands >= MOST_HANDS {
            return Err(VoiceRefusal::TooManyHands);
        }
        self.hands += 1;
        self.dispatcher = Some(self.desk);
        self.desk = to;
        Ok(self.moved(VoiceState::Assigned, now))
    }

    /// Signs for it, or takes it on at the desk where it lies (签收、本级办理).
    ///
    /// # Errors
    /// It does not wait for that.
    pub fn accept(mut self, now: Instant) -> Next {
        use VoiceState::{Acknowledged, Assigned, Escalated, Reopened, Returned};
        self.must_stand(&[Acknowledged, Assigned, Returned, Reopened, Escalated])?;
        self.dispatcher = None;
        Ok(self.moved(VoiceState::InProgress, now))
    }

    // R-VOI-03
    /// Sends it back to who assigned it, with the reason (退回).
    ///
    /// # Errors
    /// It was not assigned; no reason.
    pub fn give_back(mut self, reason: &str, now: Instant) -> Next {
        self.must_stand(&[VoiceState::Assigned])?;
        said(reason)?;
        self.desk = self.dispatcher.take().unwrap_or(self.first_desk);
        Ok(self.moved(VoiceState::Returned, now))
    }

    // R-VOI-05
    /// Asks for more time, once; `due` is [`Voice::due`] before.
    ///
    /// # Errors
    /// Nobody works on it; extended before; too long; too late; no reason.
    pub fn extend(self, more: u16, reason: &str, terms: &Terms, due: Option<Instant>, now: Instant) -> Next {
        self.must_stand(&[VoiceState::InProgress])?;
        if self.is_extended {
            return Err(VoiceRefusal::ExtendedBefore);
        }
        if let Some(due) = due.filter(|due| now >= *due) {
            return Err(VoiceRefusal::AfterDue(due));
        }
        let original = terms.length(self.term);
        if !(1..=original.number()).contains(&more) {
            return Err(VoiceRefusal::ExtendedTooFar(original));
        }
        said(reason)?;
        Ok(Self { extra: more, is_extended: true, ..self })
    }

    // R-VOI-09
    /// Puts it aside until a day, with a reason and somebody who answers for it (挂账).
    ///
    /// # Errors
    /// Nobody works on it; no reason; nobody named; the day is too far away or not to come.
    pub fn park(mut self, reason: &str, owner: &str, review_on: Date, now: Instant) -> Next {
        self.must_stand(&[VoiceState::InProgress])?;
        said(reason)?;
        if owner.trim().is_empty() {
            return Err(VoiceRefusal::NoOwner);
        }
        if review_on <= now.date() || review_on > now.plus_days(REVIEW_DAYS).date() {
            return Err(VoiceRefusal::BadReview);
        }
        self.review_on = Some(review_on);
        Ok(self.moved(VoiceState::Parked, now))
    }

    /// Goes on with it; the term begins anew.
    ///
    /// # Errors
    /// It is not parked.
    pub fn resume(self, now: Instant) -> Next {
        self.must_stand(&[VoiceState::Parked])?;
        Ok(self.afresh(now).moved(VoiceState::InProgress, now))
    }

    /// Tells that it is done and how (办结); the resident has the last say, of a piece the desk that split it.
    ///
    /// # Errors
    /// Nobody works on it; no words.
    pub fn finish(self, proof: &str, now: Instant) -> Next {
        self.must_stand(&[VoiceState::InProgress])?;
        if proof.trim().is_empty() {
            return Err(VoiceRefusal::NoProof);
        }
        let state = if self.is_piece { VoiceState::Closed } else { VoiceState::Done };
        Ok(self.moved(state, now))
    }

    // R-VOI-06
    /// Takes the resident's answer. Who is content closes it; who is not may have it reopened.
    ///
    /// # Errors
    /// It is not done, or was answered.
    pub fn call_back(mut self, answer: Answer, now: Instant) -> Next {
        self.must_stand(&[VoiceState::Done])?;
        self.answer = Some(answer);
        let state = if answer.is_settled() { VoiceState::Closed } else { VoiceState::CalledBack };
        Ok(self.moved(state, now))
    }

    // R-VOI-08
    /// Has it worked on again, one level up (重办).
    ///
    /// # Errors
    /// It is not done; reopened twice; too long ago; no reason.
    pub fn reopen(mut self, reason: &str, now: Instant) -> Next {
        self.must_stand(&[VoiceState::Done, VoiceState::CalledBack, VoiceState::Closed])?;
        if self.is_piece {
            return Err(VoiceRefusal::OfThePiece);
        }
        if self.reopenings >= MOST_REOPENINGS {
            return Err(VoiceRefusal::ReopenedEnough);
        }
        if now >= self.state_since.plus_days(REOPEN_DAYS) {
            return Err(VoiceRefusal::ReopenedTooLate);
        }
        said(reason)?;
        self.reopenings += 1;
        self.desk = self.desk.up().unwrap_or(self.desk);
        self.answer = None;
        Ok(self.afresh(now).moved(VoiceState::Reopened, now))
    }

    // R-VOI-08
    /// Hands up what is late; `due` is [`Voice::due`]. The desk above has its own time.
    ///
    /// # Errors
    /// Nothing is late; it is with the county already.
    pub fn escalate(mut self, due: Option<Instant>, now: Instant) -> Next {
        if !self.state.is_open() {
            return Err(VoiceRefusal::WrongState(self.state));
        }
        if due.is_none_or(|due| now < due) {
            return Err(VoiceRefusal::NotDue);
        }
        self.desk = self.desk.up().ok_or(VoiceRefusal::AtTop)?;
        self.was_late = true;
        if self.state == VoiceState::New {
            self.is_prompt = Some(false);
        }
        Ok(self.afresh(now).moved(VoiceState::Escalated, now))
    }

    /// Closes what the resident did not answer, or left as it was, in their time.
    ///
    /// # Errors
    /// It is not done; they still have time.
    pub fn close(self, now: Instant) -> Next {
        self.must_stand(&[VoiceState::Done, VoiceState::CalledBack])?;
        if now < self.state_since.plus_days(LAST_SAY_DAYS) {
            return Err(VoiceRefusal::NotDue);
        }
        Ok(self.moved(VoiceState::Closed, now))
    }

    // R-PRI-02
    /// Whether who spoke is to be forgotten: it is over, and has been for a year.
    #[must_use]
    pub fn is_to_be_forgotten(&self, now: Instant) -> bool {
        matches!(self.state, VoiceState::Merged | VoiceState::Closed | VoiceState::OutOfScope)
            && now >= self.state_since.plus_days(KEPT_DAYS)
    }

    // R-VOI-04
    /// Until when the step that waits must be done; `None` where nothing does.
    ///
    /// # Errors
    /// A year's table is missing.
    pub fn due(&self, terms: &Terms, calendar: &Calendar) -> Result<Option<Instant>, UnknownYear> {
        let whole = || self.length(terms).over(self.counted_from, calendar);
        let signed_for = || terms.accept.over(self.state_since, calendar);
        let due = match self.state {
            VoiceState::New => terms.acknowledge.over(self.received_at, calendar)?,
            VoiceState::Acknowledged | VoiceState::InProgress => whole()?,
            VoiceState::Assigned | VoiceState::Returned | VoiceState::Reopened | VoiceState::Escalated => {
                whole()?.min(signed_for()?)
            }
            VoiceState::Parked => Instant::end_of(self.review_on.unwrap_or_else(|| self.state_since.date())),
            VoiceState::Done => terms.call_back.over(self.state_since, calendar)?,
            VoiceState::CalledBack | VoiceState::Merged | VoiceState::Closed | VoiceState::OutOfScope => {
                return Ok(None);
            }
        };
        Ok(Some(due))
    }

    /// The term with its extension.
    #[must_use]
    pub const fn length(&self, terms: &Terms) -> Length {
        terms.length(self.term).longer(self.extra)
    }

    pub(super) fn must_stand(&self, states: &[VoiceState]) -> Result<(), VoiceRefusal> {
        if states.contains(&self.state) { Ok(()) } else { Err(VoiceRefusal::WrongState(self.state)) }
    }

    /// The term counted anew from now, for a desk that begins with it.
    pub(super) fn afresh(self, now: Instant) -> Self {
        Self { counted_from: now, extra: 0, dispatcher: None, review_on: None, ..self }
    }

    pub(super) fn moved(self, state: VoiceState, now: Instant) -> Self {
        Self { state, state_since: now, ..self }
    }
}

fn said(words: &str) -> Result<(), VoiceRefusal> {
    if words.trim().is_empty() { Err(VoiceRefusal::NoReason) } else { Ok(()) }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
