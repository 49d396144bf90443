//! A poll on its way from a draft to the file (§5.5).

use jiff::civil::Date;

use super::{Matter, Nature, Parking, PollRefusal, Side, VoteOutcome};
use crate::{
    clock::{DAY, Instant},
    coded_enum,
};

/// Whole days that lie between the announcement and the first day of voting (R-OWN-05); neither of the two is counted.
pub const NOTICE_DAYS: i64 = 15;
/// Days of voting at most.
pub const MOST_DAYS: i64 = 60;
/// Days from the published result to the file (R-OWN-05).
pub const FILE_DAYS: i64 = 30;

/// Days after the last day of voting after which nobody calls an owner any more (R-PRI-02).
pub const PHONE_DAYS: i64 = 365;

coded_enum! {
    /// Where a poll stands.
    pub enum PollState {
        /// 准备: its text, its dates and its register may be changed.
        Prepared = "prepared" => "准备中",
        /// 名册冻结: sent to the community.
        RegisterFrozen = "register_frozen" => "名册已冻结，待社区核对",
        /// 公告.
        Announced = "announced" => "已公告，未到表决期",
        /// 表决中; by the clock alone.
        Open = "open" => "表决中",
        /// 截止; by the clock alone.
        Closed = "closed" => "表决截止，待计票",
        /// 计票.
        Tallied = "tallied" => "已计票，待公布",
        /// 公布结果.
        ResultPublished = "result_published" => "结果已公布，待备案",
        /// 备案.
        Filed = "filed" => "已备案",
        /// 终止: called off before it was counted.
        Cancelled = "cancelled" => "已终止",
    }
}

/// A poll as the rules know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// What is voted on.
    pub matter: Matter,
    /// Whether it is shown who voted what.
    pub nature: Nature,
    /// Whether parking spaces count.
    pub parking: Parking,
    /// All counted areas together as the surveyor or the registry has them, in hundredths of a square metre.
    pub declared_area: u64,
    /// The first day of voting.
    pub opens_on: Date,
    /// The last day of voting, until 24:00.
    pub closes_on: Date,
    /// Where it stands as it was kept: never open or closed, which the clock says.
    pub state: PollState,
    /// The day the result was published.
    pub published_on: Option<Date>,
}

type Next = Result<Poll, PollRefusal>;

impl Poll {
    /// Where it stands at a moment.
    #[must_use]
    pub fn state_at(&self, now: Instant) -> PollState {
        match self.state {
            PollState::Announced if now >= Instant::end_of(self.closes_on) => PollState::Closed,
            PollState::Announced if now >= Instant::start_of(self.opens_on) => PollState::Open,
            state => state,
        }
    }

    /// Whether its dates make sense: it ends after it begins, and not too late.
    ///
    /// # Errors
    /// They do not.
    pub fn must_have_dates(&self) -> Result<(), PollRefusal> {
        if self.closes_on < self.opens_on {
            return Err(PollRefusal::EndsBeforeItBegins);
        }
        if days_between(self.opens_on, self.closes_on) >= MOST_DAYS {
            return Err(PollRefusal::TooLong);
        }
        Ok(())
    }

    // R-OWN-05
    /// The first day on which voting may begin when it is announced on `day`.
    #[must_use]
    pub fn earliest_opening(day: Date) -> Date {
        Instant::start_of(day).plus_days(NOTICE_DAYS + 1).date()
    }

    fn must_give_notice(&self, now: Instant) -> Result<(), PollRefusal> {
        let earliest = Self::earliest_opening(now.date());
        if self.opens_on < earliest { Err(PollRefusal::ShortNotice(earliest)) } else { Ok(()) }
    }

    /// Whether text, dates and register may be changed.
    ///
    /// # Errors
    /// They are frozen.
    pub fn must_be_prepared(&self) -> Result<(), PollRefusal> {
        if self.state == PollState::Prepared { Ok(()) } else { Err(PollRefusal::Frozen) }
    }

    /// Freezes the register and sends the poll to the community (名册冻结); `register` is what it adds up to.
    ///
    /// # Errors
    /// Frozen before; empty; the areas do not add up to what was declared; too late for the notice.
    pub fn freeze(self, register: Side, now: Instant) -> Next {
        self.must_be_prepared()?;
        self.must_have_dates()?;
        if register.area == 0 || register.persons == 0 {
            return Err(PollRefusal::EmptyRegister);
        }
        if register.area != self.declared_area {
            return Err(PollRefusal::AreasDiffer { found: register.area, declared: self.declared_area });
        }
        self.must_give_notice(now)?;
        Ok(self.now(PollState::RegisterFrozen))
    }

    /// Sends it back to the branch with a reason; the register may be changed again.
    ///
    /// # Errors
    /// It does not wait for the community; no reason.
    pub fn give_back(self, reason: &str, now: Instant) -> Next {
        self.must_stand(&[PollState::RegisterFrozen], now)?;
        said(reason)?;
        Ok(self.now(PollState::Prepared))
    }

    /// Announces it (公告).
    ///
    /// # Errors
    /// It does not wait for that; fewer than fifteen days are left.
    pub fn announce(self, now: Instant) -> Next {
        self.must_stand(&[PollState::RegisterFrozen], now)?;
        self.must_give_notice(now)?;
        Ok(self.now(PollState::Announced))
    }

    /// Calls it off with a reason (终止).
    ///
    /// # Errors
    /// It was counted; no reason.
    pub fn cancel(self, reason: &str, now: Instant) -> Next {
        use PollState::{Announced, Closed, Open, Prepared, RegisterFrozen};
        self.must_stand(&[Prepared, RegisterFrozen, Announced, Open, Closed], now)?;
        said(reason)?;
        Ok(self.now(PollState::Cancelled))
    }

    /// Whether ballots are taken now.
    ///
    /// # Errors
    /// Not yet, or no more.
    pub fn must_be_open(&self, now: Instant) -> Result<(), PollRefusal> {
        match self.state_at(now) {
            PollState::Open => Ok(()),
            PollState::Prepared | PollState::RegisterFrozen | PollState::Announced => {
                Err(PollRefusal::NotOpen(self.opens_on))
            }
            PollState::Cancelled => Err(PollRefusal::WrongState(PollState::Cancelled)),
            _ => Err(PollRefusal::Over(self.closes_on)),
        }
    }

    /// Whether a ballot may still be struck out: since voting began, until it is counted.
    ///
    /// # Errors
    /// Not yet, or no more.
    pub fn must_be_uncounted(&self, now: Instant) -> Result<(), PollRefusal> {
        self.must_stand(&[PollState::Open, PollState::Closed], now)
    }

    /// Whether it may be noted that a unit was sold: since the announcement, until it is counted. The count stays as it is.
    ///
    /// # Errors
    /// The register is not announced, or the poll was counted.
    pub fn must_take_sales(&self, now: Instant) -> Result<(), PollRefusal> {
        self.must_stand(&[PollState::Announced, PollState::Open, PollState::Closed], now)
    }

    /// Whether it may be voted on again: called off, or counted with another end than passed.
    ///
    /// # Errors
    /// It is under way, or passed.
    pub fn must_have_failed(&self, outcome: Option<VoteOutcome>) -> Result<(), PollRefusal> {
        match (self.state, outcome) {
            (PollState::Cancelled, _) => Ok(()),
            (PollState::ResultPublished | PollState::Filed, Some(VoteOutcome::Failed | VoteOutcome::NoQuorum)) => {
                Ok(())
            }
            _ => Err(PollRefusal::NotFailed),
        }
    }

    /// Whether the owners to be called back may be drawn: after the end, so that every ballot may be drawn.
    ///
    /// # Errors
    /// Not yet, or no more.
    pub fn must_be_closed(&self, now: Instant) -> Result<(), PollRefusal> {
        match self.state_at(now) {
            PollState::Closed => Ok(()),
            PollState::Open | PollState::Announced => Err(PollRefusal::StillOpen(self.closes_on)),
            state => Err(PollRefusal::WrongState(state)),
        }
    }

    /// Counts it (计票); `ballots` count, `drawn` owners were to be called back and `uncalled` of them were not.
    ///
    /// # Errors
    /// It is not over; nobody was drawn though there are ballots; somebody was not called.
    pub fn tally(self, ballots: u64, drawn: u64, uncalled: u64, now: Instant) -> Next {
        self.must_be_closed(now)?;
        if ballots > 0 && drawn == 0 {
            return Err(PollRefusal::NoSample);
        }
        if uncalled > 0 {
            return Err(PollRefusal::Uncalled(uncalled));
        }
        Ok(self.now(PollState::Tallied))
    }

    /// Publishes what it came to (公布结果).
    ///
    /// # Errors
    /// It was not counted, or was published.
    pub fn publish(self, now: Instant) -> Next {
        self.must_stand(&[PollState::Tallied], now)?;
        Ok(Self { published_on: Some(now.date()), ..self.now(PollState::ResultPublished) })
    }

    /// Files it on a day (备案).
    ///
    /// # Errors
    /// It was not published; the day lies before that or has not come.
    pub fn file(self, day: Date, now: Instant) -> Next {
        self.must_stand(&[PollState::ResultPublished], now)?;
        if day > now.date() || self.published_on.is_some_and(|published| day < published) {
            return Err(PollRefusal::BadFilingDay);
        }
        Ok(self.now(PollState::Filed))
    }

    /// 24:00 of the last day to file it; `None` before the result is published.
    #[must_use]
    pub fn file_until(&self) -> Option<Instant> {
        self.published_on.map(|day| Instant::end_of(day).plus_days(FILE_DAYS))
    }

    // R-PRI-02
    /// Whether the owners' telephones are to be forgotten: the last day of voting is a year ago, however it ended.
    #[must_use]
    pub fn has_no_use_for_phones(&self, now: Instant) -> bool {
        now >= Instant::end_of(self.closes_on).plus_days(PHONE_DAYS)
    }

    fn must_stand(&self, states: &[PollState], now: Instant) -> Result<(), PollRefusal> {
        let state = self.state_at(now);
        if states.contains(&state) { Ok(()) } else { Err(PollRefusal::WrongState(state)) }
    }

    fn now(self, state: PollState) -> Self {
        Self { state, ..self }
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    (Instant::start_of(to).as_micros() - Instant::start_of(from).as_micros()) / DAY
}

fn said(reason: &str) -> Result<(), PollRefusal> {
    if reason.trim().is_empty() { Err(PollRefusal::NoReason) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const ALL: Side = Side { area: 240_000, persons: 24 };

    fn at(day: Date) -> Instant {
        Instant::at(day.at(9, 0, 0, 0))
    }

    fn poll(state: PollState) -> Poll {
        Poll {
            matter: Matter::FundUse,
            nature: Nature::Named,
            parking: Parking::NotCounted,
            declared_area: 240_000,
            opens_on: date(2022, 11, 23),
            closes_on: date(2022, 12, 7),
            state,
            published_on: (state == PollState::ResultPublished).then(|| date(2022, 12, 10)),
        }
    }

    // R-OWN-05
    #[test]
    fn fifteen_whole_days_lie_between_the_announcement_and_the_voting() {
        for (day, is_announced) in [(date(2022, 11, 6), true), (date(2022, 11, 7), true), (date(2022, 11, 8), false)] {
            let announced = poll(PollState::RegisterFrozen).announce(at(day));
            assert_eq!(announced.is_ok(), is_announced, "{day}");
            assert_eq!(poll(PollState::Prepared).freeze(ALL, at(day)).is_ok(), is_announced, "{day}");
        }
        assert_eq!(Poll::earliest_opening(date(2022, 11, 7)), date(2022, 11, 23));
        let late = poll(PollState::RegisterFrozen).announce(at(date(2022, 11, 8)));
        assert_eq!(late, Err(PollRefusal::ShortNotice(date(2022, 11, 24))));
    }

    #[test]
    fn the_clock_alone_opens_and_closes() {
        let announced = poll(PollState::Announced);
        for (moment, state) in [
            (Instant::start_of(date(2022, 11, 23)).plus_micros(-1), PollState::Announced),
            (Instant::start_of(date(2022, 11, 23)), PollState::Open),
            (Instant::end_of(date(2022, 12, 7)).plus_micros(-1), PollState::Open),
            (Instant::end_of(date(2022, 12, 7)), PollState::Closed),
        ] {
            assert_eq!(announced.state_at(moment), state, "{moment}");
            assert_eq!(announced.must_be_open(moment).is_ok(), state == PollState::Open);
            assert_eq!(announced.must_be_closed(moment).is_ok(), state == PollState::Closed);
        }
        let after = Instant::end_of(date(2022, 12, 7));
        assert_eq!(announced.must_be_open(after), Err(PollRefusal::Over(date(2022, 12, 7))));
    }

    #[test]
    fn areas_must_add_up_to_what_was_declared() {
        let now = at(date(2022, 11, 1));
        let frozen = |area, persons| poll(PollState::Prepared).freeze(Side { area, persons }, now);
        assert_eq!(frozen(240_000, 24).map(|poll| poll.state), Ok(PollState::RegisterFrozen));
        let differ = PollRefusal::AreasDiffer { found: 239_999, declared: 240_000 };
        assert!(differ.to_string().contains("2,399.99") && differ.to_string().contains("少 0.01"), "{differ}");
        assert_eq!(frozen(239_999, 24), Err(differ));
        assert_eq!(frozen(0, 0), Err(PollRefusal::EmptyRegister));
    }

    #[test]
    fn dates_must_make_sense() {
        let dates = |opens_on, closes_on| Poll { opens_on, closes_on, ..poll(PollState::Prepared) }.must_have_dates();
        assert_eq!(dates(date(2022, 11, 2), date(2022, 11, 1)), Err(PollRefusal::EndsBeforeItBegins));
        assert_eq!(dates(date(2022, 11, 1), date(2022, 11, 1)), Ok(()));
        assert_eq!(dates(date(2022, 11, 1), date(2022, 12, 30)), Ok(()));
        assert_eq!(dates(date(2022, 11, 1), date(2022, 12, 31)), Err(PollRefusal::TooLong));
    }

    #[test]
    fn each_step_begins_where_the_one_before_ended() {
        use PollState::{Announced, Cancelled, Filed, Prepared, RegisterFrozen, ResultPublished, Tallied};
        let over = at(date(2022, 12, 12));
        for state in [Prepared, RegisterFrozen, Announced, Tallied, ResultPublished, Filed, Cancelled] {
            let is = |allowed: &[PollState]| allowed.contains(&state);
            assert_eq!(poll(state).give_back("差一户", over).is_ok(), is(&[RegisterFrozen]), "{state}");
            assert_eq!(poll(state).tally(20, 5, 0, over).is_ok(), is(&[Announced]), "{state}");
            assert_eq!(poll(state).publish(over).is_ok(), is(&[Tallied]), "{state}");
            assert_eq!(poll(state).file(date(2022, 12, 12), over).is_ok(), is(&[ResultPublished]), "{state}");
            let cancelled = poll(state).cancel("情况有变", over).is_ok();
            assert_eq!(cancelled, is(&[Prepared, RegisterFrozen, Announced]), "{state}");
        }
        for (state, outcome, may_repeat) in [
            (Cancelled, None, true),
            (ResultPublished, Some(VoteOutcome::Failed), true),
            (Filed, Some(VoteOutcome::NoQuorum), true),
            (Filed, Some(VoteOutcome::Passed), false),
            (Tallied, Some(VoteOutcome::Failed), false),
            (Announced, None, false),
        ] {
            assert_eq!(poll(state).must_have_failed(outcome).is_ok(), may_repeat, "{state}");
        }
        assert_eq!(poll(RegisterFrozen).give_back(" ", over), Err(PollRefusal::NoReason));
        assert_eq!(poll(Announced).tally(20, 0, 0, over), Err(PollRefusal::NoSample));
        assert_eq!(poll(Announced).tally(20, 5, 2, over), Err(PollRefusal::Uncalled(2)));
        assert!(poll(Announced).tally(0, 0, 0, over).is_ok(), "nobody voted, nobody is called");
        assert_eq!(poll(ResultPublished).file(date(2022, 12, 9), over), Err(PollRefusal::BadFilingDay));
        let until = poll(ResultPublished).file_until();
        assert_eq!(until, Some(Instant::end_of(date(2023, 1, 9))));
    }
}
