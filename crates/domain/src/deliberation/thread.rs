//! A thread and its steps. A transition consumes the thread and gives the next, or says why not.

use jiff::civil::Date;

use super::{DeliberationRefusal, DeliberationState, DeliberationTopic, Session};
use crate::{
    clock::Instant,
    owners::{Matter, VoteOutcome},
};

/// Days that residents have at least to say what they think; ours, no rule was found.
pub const COLLECT_DAYS: i64 = 3;
/// Days of collecting at most; ours as well. Residents rate as long.
pub const MOST_COLLECT_DAYS: i64 = 60;
// R-MTG-07
/// Days from the publication of a topic to its session at least.
pub const NOTICE_DAYS: i64 = 3;

/// Days after a matter is over after which nobody needs to know any more who gave which view (R-PRI-02).
pub const KEPT_DAYS: i64 = 365;

/// A matter as it is raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// What it is about.
    pub topic: DeliberationTopic,
    /// Which matter of art. 278 it is, if any.
    pub vote: Option<Matter>,
    /// When.
    pub at: Instant,
}

/// What the branch has resolved on a matter (支部意见).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BranchOpinion {
    /// Whether this branch resolved it.
    pub is_own: bool,
    /// Whether a general meeting passed it.
    pub is_passed_by_all: bool,
    /// When.
    pub decided_on: Date,
}

/// What a poll of owners came to, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PollResult {
    /// Whether it is of the compound that deliberates.
    pub is_of_compound: bool,
    /// What was voted on.
    pub matter: Matter,
    /// What it came to, once that is published.
    pub outcome: Option<VoteOutcome>,
}

/// A thread (议题): one for each matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deliberation {
    /// Where it stands.
    pub state: DeliberationState,
    /// Since when.
    pub state_since: Instant,
    /// Which matter of art. 278 it is, if any.
    pub vote: Option<Matter>,
    /// The first day of collecting views, of the last round.
    pub collects_from: Option<Date>,
    /// The last day of it.
    pub collects_until: Option<Date>,
    /// The day of the session that was announced last.
    pub session_on: Option<Date>,
    /// Sessions held.
    pub sessions: u32,
    /// The day the decision was published.
    pub published_on: Option<Date>,
    /// Since when residents rate what was done; `None` before it was accepted.
    pub rates_from: Option<Instant>,
    /// The last day of it.
    pub rates_until: Option<Date>,
}

type Next = Result<Deliberation, DeliberationRefusal>;

impl Deliberation {
    // R-PRI-02
    /// Whether who gave the views is to be forgotten: it is over, and has been for a year.
    #[must_use]
    pub fn is_to_be_forgotten(&self, now: Instant) -> bool {
        !self.state.is_open() && now >= self.state_since.plus_days(KEPT_DAYS)
    }

    /// Raises a matter (提出).
    ///
    /// # Errors
    /// The maintenance fund is always the owners' to decide (art. 278).
    pub fn raise(opening: Opening) -> Next {
        if opening.topic == DeliberationTopic::Fund && opening.vote.is_none() {
            return Err(DeliberationRefusal::FundNeedsVote);
        }
        Ok(Self {
            state: DeliberationState::Raised,
            state_since: opening.at,
            vote: opening.vote,
            collects_from: None,
            collects_until: None,
            session_on: None,
            sessions: 0,
            published_on: None,
            rates_from: None,
            rates_until: None,
        })
    }

    /// Takes it up and collects views until a day (受理).
    ///
    /// # Errors
    /// It was screened before; too short or too long.
    pub fn take_up(self, until: Date, now: Instant) -> Next {
        self.must_stand(&[DeliberationState::Raised])?;
        self.collect(until, now)
    }

    fn collect(mut self, until: Date, now: Instant) -> Next {
        let (first, last) = asking(now);
        if !(first..=last).contains(&until) {
            return Err(DeliberationRefusal::BadCollectEnd(first, last));
        }
        self.session_on = None;
        self.collects_from = Some(now.date());
        self.collects_until = Some(until);
        Ok(self.moved(DeliberationState::Collecting, now))
    }

    /// Does not take it up (不予受理).
    ///
    /// # Errors
    /// It was screened before.
    pub fn decline(self, now: Instant) -> Next {
        self.must_stand(&[DeliberationState::Raised])?;
        Ok(self.moved(DeliberationState::Declined, now))
    }

    /// Whether views are collected now.
    #[must_use]
    pub fn hears(&self, now: Instant) -> bool {
        let is_in_time = self.collects_until.is_some_and(|until| now.date() <= until);
        self.state == DeliberationState::Collecting && is_in_time
    }

    /// Where it stands in words; that the time for views is over is known by the clock alone.
    #[must_use]
    pub fn label(&self, now: Instant) -> &'static str {
        match self.state {
            DeliberationState::Collecting if !self.hears(now) => "意见已征集，待支部提出意见",
            DeliberationState::Accepted if self.is_rated(now) => "已验收，请居民评价",
            state => state.label(),
        }
    }

    /// Whether a view may be given now.
    ///
    /// # Errors
    /// Views are not collected, or no longer.
    pub fn must_hear(&self, now: Instant) -> Result<(), DeliberationRefusal> {
        if self.hears(now) { Ok(()) } else { Err(DeliberationRefusal::NotCollecting) }
    }

    // R-DEL-01: the branch general meeting's opinion comes after the views, and before the parties sit together.
    /// Takes over the branch's opinion.
    ///
    /// # Errors
    /// Views are still collected; the resolution is another branch's, no general meeting's, or older than the views.
    pub fn opine(self, opinion: BranchOpinion, now: Instant) -> Next {
        self.must_stand(&[DeliberationState::Collecting])?;
        if let Some(until) = self.collects_until.filter(|_| self.hears(now)) {
            return Err(DeliberationRefusal::StillCollecting(until));
        }
        if !opinion.is_own || !opinion.is_passed_by_all {
            return Err(DeliberationRefusal::NoSuchResolution);
        }
        match self.collects_from {
            Some(from) if opinion.decided_on < from => Err(DeliberationRefusal::ResolutionTooOld(from)),
            _ => Ok(self.moved(DeliberationState::Opined, now)),
        }
    }

    // R-MTG-07
    /// Publishes the topic with the day of its session, or puts the session off to another day (公示议题).
    ///
    /// # Errors
    /// There is no opinion of the branch yet; fewer than three days lie between.
    pub fn announce(mut self, session_on: Date, now: Instant) -> Next {
        self.must_stand(&[DeliberationState::Opined, DeliberationState::Announced])?;
        let earliest = now.plus_days(NOTICE_DAYS).date();
        if session_on < earliest {
            return Err(DeliberationRefusal::ShortNotice(earliest));
        }
        self.session_on = Some(session_on);
        Ok(self.moved(DeliberationState::Announced, now))
    }

    // R-DEL-02, R-DEL-03
    /// Keeps what a session came to. What was agreed on and is the owners' to decide waits for their vote.
    ///
    /// # Errors
    /// The topic was not announced; the day has not come; somebody is missing who must be there.
    pub fn hold(mut self, session: &Session, now: Instant) -> Next {
        self.must_stand(&[DeliberationState::Announced])?;
        if let Some(day) = self.session_on.filter(|day| now.date() < *day) {
            return Err(DeliberationRefusal::TooEarly(day));
        }
        session.must_be_whole()?;
        self.sessions += 1;
        let state = match (session.is_agreed, self.vote) {
            (false, _) => DeliberationState::Undecided,
            (true, Some(_)) => DeliberationState::Voting,
            (true, None) => DeliberationState::Agreed,
        };
        Ok(self.moved(state, now))
    }

    /// Whether a poll may stand for this matter.
    ///
    /// # Errors
    /// No vote is waited for; the poll is another compound's or about something else.
    pub fn must_be_decided_by(&self, poll: PollResult) -> Result<(), DeliberationRefusal> {
        self.must_stand(&[DeliberationState::Voting])?;
        if !poll.is_of_compound {
            return Err(DeliberationRefusal::OtherCompound);
        }
        match self.vote {
            Some(matter) if matter == poll.matter => Ok(()),
            Some(matter) => Err(DeliberationRefusal::OtherMatter(matter)),
            None => Err(DeliberationRefusal::WrongState(self.state)),
        }
    }

    // R-DEL-02: the opinion of a session is no substitute for the vote.
    /// Goes on with what the owners decided.
    ///
    /// # Errors
    /// As [`Deliberation::must_be_decided_by`]; the vote has no published result, or did not pass.
    pub fn take_vote(self, poll: PollResult, now: Instant) -> Next {
        self.must_be_decided_by(poll)?;
        match poll.outcome {
            Some(VoteOutcome::Passed) => Ok(self.moved(DeliberationState::Agreed, now)),
            Some(outcome) => Err(DeliberationRefusal::VoteNotPassed(outcome)),
            None => Err(DeliberationRefusal::VoteNotPublished),
        }
    }

    /// Publishes the decision (公布).
    ///
    /// # Errors
    /// Nothing is agreed on, or the owners have not decided.
    pub fn publish(mut self, now: Instant) -> Next {
        self.must_stand(&[DeliberationState::Agreed])?;
        self.published_on = Some(now.date());
        Ok(self.moved(DeliberationState::Published, now))
    }

    /// Keeps how the carrying out goes on a day (实施).
    ///
    /// # Errors
    /// The decision is not published, or all is done; the day is before the publication or to come.
    pub fn progress(self, day: Date, now: Instant) -> Next {
        self.must_stand(&[DeliberationState::Published, DeliberationState::Executing])?;
        self.must_have_been(day, now)?;
        if self.state == DeliberationState::Executing {
            return Ok(self);
        }
        Ok(self.moved(DeliberationState::Executing, now))
    }

    /// Keeps that what was done was looked at and found good (验收); residents rate it until a day.
    ///
    /// # Errors
    /// Nothing was carried out yet; the day cannot be; too short or too long a time to rate.
    pub fn accept(mut self, day: Date, rates_until: Date, now: Instant) -> Next {
        self.must_stand(&[DeliberationState::Executing])?;
        self.must_have_been(day, now)?;
        let (first, last) = asking(now);
        if !(first..=last).contains(&rates_until) {
            return Err(DeliberationRefusal::BadRateEnd(first, last));
        }
        (self.rates_from, self.rates_until) = (Some(now), Some(rates_until));
        Ok(self.moved(DeliberationState::Accepted, now))
    }

    /// Whether residents rate now.
    #[must_use]
    pub fn is_rated(&self, now: Instant) -> bool {
        let is_in_time = self.rates_until.is_some_and(|until| now.date() <= until);
        self.state == DeliberationState::Accepted && is_in_time
    }

    /// Whether a rating may be given now.
    ///
    /// # Errors
    /// What was done is not accepted, or the time is over.
    pub fn must_be_rated(&self, now: Instant) -> Result<(), DeliberationRefusal> {
        if self.is_rated(now) { Ok(()) } else { Err(DeliberationRefusal::NotRating) }
    }

    /// Closes it (办结).
    ///
    /// # Errors
    /// It was not accepted, or residents still rate.
    pub fn close(self, now: Instant) -> Next {
        self.must_stand(&[DeliberationState::Accepted])?;
        if let Some(until) = self.rates_until.filter(|_| self.is_rated(now)) {
            return Err(DeliberationRefusal::StillRating(until));
        }
        Ok(self.moved(DeliberationState::Closed, now))
    }

    /// Goes one step back; `until` is the new last day where views are collected again.
    ///
    /// # Errors
    /// There is no way back from here; no day, or a wrong one.
    pub fn step_back(self, until: Option<Date>, now: Instant) -> Next {
        match self.state.before() {
            Some(DeliberationState::Collecting) => {
                let (first, last) = asking(now);
                self.collect(until.ok_or(DeliberationRefusal::BadCollectEnd(first, last))?, now)
            }
            Some(DeliberationState::Opined) => {
                Ok(Self { session_on: None, ..self }.moved(DeliberationState::Opined, now))
            }
            // What is not accepted any more is not rated: what was said of it is no rating of what follows.
            Some(DeliberationState::Executing) => Ok(self.unrated().moved(DeliberationState::Executing, now)),
            Some(state) => Ok(self.moved(state, now)),
            None => Err(DeliberationRefusal::WrongState(self.state)),
        }
    }

    /// Gives it up (终止).
    ///
    /// # Errors
    /// It is over, not taken up yet, announced for a session, or decided.
    pub fn end(self, now: Instant) -> Next {
        if self.state.can_end() {
            Ok(self.moved(DeliberationState::Ended, now))
        } else {
            Err(DeliberationRefusal::WrongState(self.state))
        }
    }

    /// The community sends what was closed back to be carried out in full.
    ///
    /// # Errors
    /// It is not closed.
    pub fn give_back(self, now: Instant) -> Next {
        self.must_stand(&[DeliberationState::Closed])?;
        Ok(self.unrated().moved(DeliberationState::Executing, now))
    }

    fn unrated(self) -> Self {
        Self { rates_from: None, rates_until: None, ..self }
    }

    /// Until when the step that waits is due; `None` where no day was named.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        match self.state {
            DeliberationState::Collecting => self.collects_until.map(Instant::end_of),
            DeliberationState::Announced => self.session_on.map(Instant::end_of),
            _ => None,
        }
    }

    fn must_stand(&self, states: &[DeliberationState]) -> Result<(), DeliberationRefusal> {
        if states.contains(&self.state) { Ok(()) } else { Err(DeliberationRefusal::WrongState(self.state)) }
    }

    /// What was carried out was carried out between the publication and today.
    fn must_have_been(&self, day: Date, now: Instant) -> Result<(), DeliberationRefusal> {
        let (first, today) = (self.published_on.unwrap_or_else(|| now.date()), now.date());
        if (first..=today).contains(&day) { Ok(()) } else { Err(DeliberationRefusal::BadDay(first, today)) }
    }

    fn moved(self, state: DeliberationState, now: Instant) -> Self {
        Self { state, state_since: now, ..self }
    }
}

/// The first and the last day until which residents may be asked something.
fn asking(now: Instant) -> (Date, Date) {
    (now.plus_days(COLLECT_DAYS).date(), now.plus_days(MOST_COLLECT_DAYS).date())
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
