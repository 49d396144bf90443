//! A mediation file and its steps. A transition consumes the file and gives the next, or says why not.

use jiff::{ToSpan as _, civil::Date};

use super::{AgreementForm, DisputeRefusal, DisputeState, ItemOutcome, UpwardCause, VisitResult};
use crate::{
    calendar::{Calendar, UnknownYear},
    clock::Instant,
    ids::DisputeId,
    place::{Level, PlaceCode},
    voice::Desk,
};

/// Working days until it is told whether a dispute is mediated.
pub const ACCEPT_DAYS: u16 = 3;
/// Days from acceptance within which mediation usually ends; what takes longer goes on, and is shown as late.
pub const MEDIATE_DAYS: i64 = 30;
/// Days after the end within which the parties are visited, and visited again while there is trouble.
pub const VISIT_DAYS: i64 = 30;
/// Days from the agreement within which the parties may ask the court together to confirm it (人民调解法 art. 33).
pub const CONFIRM_DAYS: i32 = 30;
/// Parties of a dispute at most.
pub const MOST_PARTIES: usize = 6;
/// Items of an agreement at most.
pub const MOST_ITEMS: usize = 6;

/// A dispute as it comes to a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Identifier for the file it becomes.
    pub id: DisputeId,
    /// The branch or the community where it is.
    pub place: PlaceCode,
    /// The desk that opens the file.
    pub desk: Desk,
    /// Between how many.
    pub parties: usize,
    /// When.
    pub at: Instant,
}

/// A mediation file (调解卷).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Identifier.
    pub id: DisputeId,
    /// The branch or the community where it is.
    pub place: PlaceCode,
    /// Where it stands.
    pub state: DisputeState,
    /// Since when.
    pub state_since: Instant,
    /// At which desk it lies.
    pub desk: Desk,
    /// How often it was mediated.
    pub sessions: u32,
    /// When it was first accepted, wherever.
    pub accepted_at: Option<Instant>,
    /// When mediation ended, with or without an agreement.
    pub ended_at: Option<Instant>,
    /// The day of the agreement.
    pub agreed_on: Option<Date>,
    /// How often it went up because a desk could not do it.
    pub upward: u32,
    /// The next day by which something agreed on is to be done.
    pub perform_by: Option<Date>,
    /// For the optimistic save.
    pub version: i32,
}

type Next = Result<Dispute, DisputeRefusal>;

impl Dispute {
    /// Opens a file. A dispute of a whole community does not lie at a branch.
    ///
    /// # Errors
    /// Fewer than two parties, or too many.
    pub fn open(opening: Opening) -> Next {
        let Opening { id, place, desk, parties, at } = opening;
        if !(2..=MOST_PARTIES).contains(&parties) {
            return Err(DisputeRefusal::BadParties);
        }
        let lowest = if place.level() == Level::Branch { Desk::Branch } else { Desk::Community };
        Ok(Self {
            id,
            place,
            state: DisputeState::Opened,
            state_since: at,
            desk: desk.max(lowest),
            sessions: 0,
            accepted_at: None,
            ended_at: None,
            agreed_on: None,
            upward: 0,
            perform_by: None,
            version: 0,
        })
    }

    /// Whether an office at `desk` mediates it.
    ///
    /// # Errors
    /// It lies at another desk.
    pub fn must_be_at(self, desk: Option<Desk>) -> Next {
        if desk == Some(self.desk) { Ok(self) } else { Err(DisputeRefusal::OtherDesk(self.desk)) }
    }

    /// Whether an office at `desk` over the place reads what the file holds: the desk that mediates and the community, and
    /// the branch besides where the parties do not ask for secrecy. Street and county else see where it stands, no more.
    #[must_use]
    pub fn is_read_at(&self, desk: Option<Desk>, is_confidential: bool) -> bool {
        match desk {
            Some(desk) if desk == self.desk => true,
            Some(Desk::Community) => true,
            Some(Desk::Branch) => !is_confidential,
            _ => false,
        }
    }

    // 人民调解法 art. 17
    /// Takes it on, with the consent of all parties.
    ///
    /// # Errors
    /// It does not wait for that; somebody does not agree.
    pub fn accept(mut self, have_consented: bool, now: Instant) -> Next {
        self.must_stand(&[DisputeState::Opened])?;
        if !have_consented {
            return Err(DisputeRefusal::NoConsent);
        }
        self.accepted_at = self.accepted_at.or(Some(now));
        Ok(self.moved(DisputeState::Mediating, now))
    }

    /// Tells the parties where else to go.
    ///
    /// # Errors
    /// It was accepted or ended before.
    pub fn decline(self, now: Instant) -> Next {
        self.must_stand(&[DisputeState::Opened])?;
        Ok(self.moved(DisputeState::Declined, now))
    }

    /// Keeps that the parties sat together on `day`.
    ///
    /// # Errors
    /// It is not being mediated; the day is before it was accepted or to come.
    pub fn meet(mut self, day: Date, now: Instant) -> Next {
        self.must_stand(&[DisputeState::Mediating])?;
        self.must_have_been(day, now)?;
        self.sessions += 1;
        Ok(self)
    }

    // 人民调解法 art. 28–30
    /// Keeps that the parties agreed on `day`; `items` are the days by which what they agreed on is to be done, none where
    /// all of it was done at once.
    ///
    /// # Errors
    /// It is not being mediated, or there was no session; the day cannot be; nothing to do and nothing done; something due
    /// before the agreement.
    pub fn agree(self, day: Date, items: &[Date], was_done_at_once: bool, now: Instant) -> Next {
        self.must_stand(&[DisputeState::Mediating])?;
        if self.sessions == 0 {
            return Err(DisputeRefusal::NoSession);
        }
        self.settle(day, items, was_done_at_once, now)
    }

    /// Puts right what was written down wrongly of an agreement, before anybody looked at what was done.
    ///
    /// # Errors
    /// Nothing is agreed on; something was looked at; as [`Dispute::agree`].
    pub fn amend(self, day: Date, items: &[Date], was_done_at_once: bool, was_checked: bool, now: Instant) -> Next {
        self.must_stand(&[DisputeState::Agreed, DisputeState::Performed])?;
        if was_checked {
            return Err(DisputeRefusal::WasChecked);
        }
        let ended_at = self.ended_at;
        self.settle(day, items, was_done_at_once, now).map(|file| Self { ended_at, ..file })
    }

    /// Puts right who the parties are, or what it is about.
    ///
    /// # Errors
    /// It is over; fewer than two parties, or too many.
    pub fn correct(self, parties: usize) -> Next {
        if !self.state.is_open() {
            return Err(DisputeRefusal::WrongState(self.state));
        }
        if (2..=MOST_PARTIES).contains(&parties) { Ok(self) } else { Err(DisputeRefusal::BadParties) }
    }

    fn settle(mut self, day: Date, items: &[Date], was_done_at_once: bool, now: Instant) -> Next {
        self.must_have_been(day, now)?;
        match (items, was_done_at_once) {
            ([], false) => return Err(DisputeRefusal::NoItems),
            ([_, ..], true) => return Err(DisputeRefusal::DoneAndItems),
            (items, _) if items.len() > MOST_ITEMS => return Err(DisputeRefusal::TooManyItems),
            (items, _) if items.iter().any(|due| *due < day) => return Err(DisputeRefusal::DueTooEarly(day)),
            _ => {}
        }
        self.agreed_on = Some(day);
        self.ended_at = Some(now);
        self.perform_by = items.iter().min().copied();
        let state = if was_done_at_once { DisputeState::Performed } else { DisputeState::Agreed };
        Ok(self.moved(state, now))
    }

    // 人民调解法 art. 26
    /// Ends mediation without an agreement; a party may want that at any time.
    ///
    /// # Errors
    /// It is not being mediated.
    pub fn end(mut self, now: Instant) -> Next {
        self.must_stand(&[DisputeState::Mediating])?;
        self.ended_at = Some(now);
        Ok(self.moved(DisputeState::Unsettled, now))
    }

    /// Hands it one level up, which has to accept it with its own time (移交上一级).
    ///
    /// # Errors
    /// Mediation has ended; it is with the street already.
    pub fn hand_up(mut self, cause: UpwardCause, now: Instant) -> Next {
        self.must_stand(&[DisputeState::Opened, DisputeState::Mediating])?;
        self.desk = match self.desk {
            Desk::Branch => Desk::Community,
            Desk::Community => Desk::Street,
            Desk::Street | Desk::County => return Err(DisputeRefusal::AtTop),
        };
        if cause == UpwardCause::Hard {
            self.upward += 1;
        }
        Ok(self.moved(DisputeState::Opened, now))
    }

    /// Keeps what was done of what was agreed on: each item with its day and how it stands now.
    ///
    /// # Errors
    /// Nothing is to be performed; nothing was looked at.
    pub fn check(mut self, items: &[(Date, ItemOutcome)], now: Instant) -> Next {
        self.must_stand(&[DisputeState::Agreed])?;
        let is_open = |(_, outcome): &&(Date, ItemOutcome)| *outcome == ItemOutcome::Open;
        if items.iter().all(|item| is_open(&item)) {
            return Err(DisputeRefusal::NothingChecked);
        }
        self.perform_by = items.iter().filter(is_open).map(|(due, _)| *due).min();
        if self.perform_by.is_some() {
            return Ok(self);
        }
        let was_broken = items.iter().any(|(_, outcome)| *outcome == ItemOutcome::Broken);
        let state = if was_broken { DisputeState::Broken } else { DisputeState::Performed };
        Ok(self.moved(state, now))
    }

    /// Keeps what the visit found; while there is trouble the parties are visited again (回访).
    ///
    /// # Errors
    /// Nobody is to be visited yet.
    pub fn visit(self, result: VisitResult, now: Instant) -> Next {
        self.must_stand(&[DisputeState::Performed, DisputeState::Broken, DisputeState::Unsettled])?;
        let state = match result {
            VisitResult::Calm | VisitResult::Elsewhere => DisputeState::Closed,
            VisitResult::Uneasy => self.state,
        };
        Ok(self.moved(state, now))
    }

    /// Until when the step that waits is due; `None` where nothing does.
    ///
    /// # Errors
    /// A year's table of holidays is missing.
    pub fn due(&self, calendar: &Calendar) -> Result<Option<Instant>, UnknownYear> {
        let since = self.state_since.date();
        let after = |days: i64| Instant::end_of(self.state_since.plus_days(days).date());
        Ok(match self.state {
            DisputeState::Opened => Some(Instant::end_of(calendar.add_working_days(since, ACCEPT_DAYS)?)),
            DisputeState::Mediating => Some(after(MEDIATE_DAYS)),
            DisputeState::Agreed => self.perform_by.map(Instant::end_of),
            DisputeState::Performed | DisputeState::Broken | DisputeState::Unsettled => Some(after(VISIT_DAYS)),
            DisputeState::Declined | DisputeState::Closed => None,
        })
    }

    fn must_stand(&self, states: &[DisputeState]) -> Result<(), DisputeRefusal> {
        if states.contains(&self.state) { Ok(()) } else { Err(DisputeRefusal::WrongState(self.state)) }
    }

    /// What was held was held between the acceptance and today.
    fn must_have_been(&self, day: Date, now: Instant) -> Result<(), DisputeRefusal> {
        let (first, today) = (self.accepted_at.unwrap_or(self.state_since).date(), now.date());
        if (first..=today).contains(&day) { Ok(()) } else { Err(DisputeRefusal::BadDay(first, today)) }
    }

    fn moved(self, state: DisputeState, now: Instant) -> Self {
        Self { state, state_since: now, ..self }
    }
}

// 人民调解法 art. 33
/// The last day on which the parties may ask the court together to confirm the agreement; `None` for what was agreed on
/// orally, or before a branch, which is no mediation committee.
#[must_use]
pub fn confirmable_until(agreed_on: Date, form: AgreementForm, desk: Desk) -> Option<Date> {
    let is_committee = desk > Desk::Branch && form == AgreementForm::Written;
    if is_committee { agreed_on.checked_add(CONFIRM_DAYS.days()).ok() } else { None }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
