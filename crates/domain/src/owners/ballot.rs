//! Which ballots count: one for each owner, in time, from the owner, and the first where two say different things.

use jiff::civil::Date;

use super::{BallotChannel, BallotRefusal, BallotState, Choice, Nature, OwnerKind, Poll, names_apart};
use crate::clock::Instant;

/// An owner of the frozen register, as a ballot is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voter {
    /// Of persons, or a body.
    pub kind: OwnerKind,
    /// The owner, or all co-owners.
    pub names: String,
    /// The counted areas, as they were frozen.
    pub area: u64,
    /// Whether all that counts was sold since.
    pub is_sold: bool,
    /// What the ballot says that counts for them, if there is one.
    pub standing: Option<Choice>,
}

impl Voter {
    /// Whether anything of theirs counts and is still theirs.
    pub(super) const fn must_count(&self) -> Result<(), BallotRefusal> {
        match (self.area, self.is_sold) {
            (0, _) => Err(BallotRefusal::NotCounted),
            (_, true) => Err(BallotRefusal::Sold),
            _ => Ok(()),
        }
    }
}

/// A ballot as somebody brings it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBallot {
    /// What it says.
    pub choice: Choice,
    /// How it came.
    pub channel: BallotChannel,
    /// The day it was given.
    pub cast_on: Date,
    /// The name under it, or of who answered the telephone.
    pub signed_name: String,
    /// Who took it.
    pub collector: String,
    /// Who listened to the telephone; else empty.
    pub witness: String,
}

/// How a new ballot stands. The first one counts; another that says something else is kept and counts for nothing, unless
/// the owner took the first one back before the end. In a secret poll any other is kept and counts for nothing, so that trying
/// a choice tells nobody what the first one says.
///
/// # Errors
/// [`BallotRefusal`]: none is taken now, from this owner, or so; or it says the same again.
pub fn receive(poll: &Poll, voter: &Voter, new: &NewBallot, now: Instant) -> Result<BallotState, BallotRefusal> {
    poll.must_be_open(now)?;
    let last = now.date().min(poll.closes_on);
    if !(poll.opens_on..=last).contains(&new.cast_on) {
        return Err(BallotRefusal::BadDay(poll.opens_on, last));
    }
    voter.must_count()?;
    if !is_owner(voter, &new.signed_name) {
        return Err(BallotRefusal::NotTheOwner);
    }
    if new.channel == BallotChannel::Telephone {
        if new.witness.trim().is_empty() {
            return Err(BallotRefusal::NoWitness);
        }
        if new.witness.trim() == new.collector.trim() {
            return Err(BallotRefusal::OwnWitness);
        }
    }
    match voter.standing {
        None => Ok(BallotState::Valid),
        Some(_) if poll.nature == Nature::Secret => Ok(BallotState::Later),
        Some(choice) if choice == new.choice => Err(BallotRefusal::SameAgain),
        Some(_) => Ok(BallotState::Conflicting),
    }
}

/// Whether who signed is the owner; of co-owners any one, or several.
pub(super) fn is_owner(voter: &Voter, signed: &str) -> bool {
    let (owners, signed) = (names_apart(&voter.names, voter.kind), names_apart(signed, voter.kind));
    !signed.is_empty() && signed.iter().all(|name| owners.contains(name))
}

/// Takes a ballot back that the owner withdraws in writing before the end.
///
/// # Errors
/// Voting is over; the ballot does not count; no reason.
pub fn withdraw(poll: &Poll, state: BallotState, reason: &str, now: Instant) -> Result<BallotState, BallotRefusal> {
    poll.must_be_open(now)?;
    lose(state, reason, BallotState::Withdrawn)
}

/// Strikes out a ballot that the owner denies, before it is counted.
///
/// # Errors
/// It was counted; the ballot does not count; no reason.
pub fn strike(poll: &Poll, state: BallotState, reason: &str, now: Instant) -> Result<BallotState, BallotRefusal> {
    poll.must_be_uncounted(now)?;
    lose(state, reason, BallotState::Struck)
}

fn lose(state: BallotState, reason: &str, to: BallotState) -> Result<BallotState, BallotRefusal> {
    if state != BallotState::Valid {
        return Err(BallotRefusal::NotValid);
    }
    if reason.trim().is_empty() { Err(BallotRefusal::NoReason) } else { Ok(to) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::owners::{Matter, Parking, PollRefusal, PollState};

    fn poll() -> Poll {
        Poll {
            matter: Matter::FundUse,
            nature: Nature::Named,
            parking: Parking::NotCounted,
            declared_area: 1,
            opens_on: date(2022, 11, 23),
            closes_on: date(2022, 12, 7),
            state: PollState::Announced,
            published_on: None,
        }
    }

    fn at(day: Date) -> Instant {
        Instant::at(day.at(20, 0, 0, 0))
    }

    fn voter() -> Voter {
        Voter {
            kind: OwnerKind::Person, names: "李明、王芳".to_owned(), area: 9_000, is_sold: false, standing: None
        }
    }

    fn ballot() -> NewBallot {
        NewBallot {
            choice: Choice::For,
            channel: BallotChannel::DoorToDoor,
            cast_on: date(2022, 11, 25),
            signed_name: "王芳".to_owned(),
            collector: "楼栋长老周".to_owned(),
            witness: String::new(),
        }
    }

    fn received(voter: &Voter, ballot: &NewBallot) -> Result<BallotState, BallotRefusal> {
        receive(&poll(), voter, ballot, at(date(2022, 11, 26)))
    }

    #[test]
    fn the_first_ballot_of_an_owner_counts() {
        assert_eq!(received(&voter(), &ballot()), Ok(BallotState::Valid));
        let voted = |choice| Voter { standing: Some(choice), ..voter() };
        assert_eq!(received(&voted(Choice::For), &ballot()), Err(BallotRefusal::SameAgain));
        assert_eq!(received(&voted(Choice::Against), &ballot()), Ok(BallotState::Conflicting));
        assert_eq!(received(&voted(Choice::Abstain), &ballot()), Ok(BallotState::Conflicting));
    }

    #[test]
    fn a_second_ballot_of_a_secret_poll_tells_nothing_of_the_first() {
        let secret = Poll { nature: Nature::Secret, ..poll() };
        for choice in [Choice::For, Choice::Against, Choice::Abstain] {
            let voter = Voter { standing: Some(choice), ..voter() };
            let state = receive(&secret, &voter, &ballot(), at(date(2022, 11, 26)));
            assert_eq!(state, Ok(BallotState::Later), "{choice}");
        }
    }

    #[test]
    fn only_the_owner_of_the_frozen_register_votes() {
        for (signed, is_theirs) in
            [("李明", true), ("王芳", true), ("李 明、王芳", true), ("李明、赵六", false), ("赵六", false), ("", false)]
        {
            let new = NewBallot { signed_name: signed.to_owned(), ..ballot() };
            assert_eq!(received(&voter(), &new).is_ok(), is_theirs, "{signed}");
        }
        let sold = Voter { is_sold: true, ..voter() };
        assert_eq!(received(&sold, &ballot()), Err(BallotRefusal::Sold));
        let parking_only = Voter { area: 0, ..voter() };
        assert_eq!(received(&parking_only, &ballot()), Err(BallotRefusal::NotCounted));
    }

    #[test]
    fn nothing_is_taken_outside_the_days_of_voting() {
        let given = |cast_on, now| receive(&poll(), &voter(), &NewBallot { cast_on, ..ballot() }, now);
        let over = BallotRefusal::Poll(PollRefusal::Over(date(2022, 12, 7)));
        assert_eq!(given(date(2022, 12, 7), Instant::end_of(date(2022, 12, 7))), Err(over));
        let early = BallotRefusal::Poll(PollRefusal::NotOpen(date(2022, 11, 23)));
        assert_eq!(given(date(2022, 11, 22), at(date(2022, 11, 22))), Err(early));
        for (cast_on, is_taken) in [
            (date(2022, 11, 22), false),
            (date(2022, 11, 23), true),
            (date(2022, 11, 26), true),
            (date(2022, 11, 27), false),
        ] {
            assert_eq!(given(cast_on, at(date(2022, 11, 26))).is_ok(), is_taken, "{cast_on}");
        }
    }

    #[test]
    fn a_telephone_has_a_second_ear() {
        let called = |witness: &str| {
            let channel = BallotChannel::Telephone;
            received(&voter(), &NewBallot { channel, witness: witness.to_owned(), ..ballot() })
        };
        assert_eq!(called(" "), Err(BallotRefusal::NoWitness));
        assert_eq!(called("楼栋长老周"), Err(BallotRefusal::OwnWitness));
        assert_eq!(called("网格员小张"), Ok(BallotState::Valid));
    }

    #[test]
    fn a_ballot_is_withdrawn_before_the_end_and_struck_out_before_the_count() {
        let (open, over) = (at(date(2022, 11, 26)), at(date(2022, 12, 8)));
        assert_eq!(withdraw(&poll(), BallotState::Valid, "改主意", open), Ok(BallotState::Withdrawn));
        assert!(withdraw(&poll(), BallotState::Valid, "改主意", over).is_err());
        assert_eq!(withdraw(&poll(), BallotState::Valid, " ", open), Err(BallotRefusal::NoReason));
        assert_eq!(strike(&poll(), BallotState::Valid, "业主否认", over), Ok(BallotState::Struck));
        let counted = Poll { state: PollState::Tallied, ..poll() };
        assert!(strike(&counted, BallotState::Valid, "业主否认", over).is_err());
        for state in [BallotState::Conflicting, BallotState::Later, BallotState::Withdrawn, BallotState::Struck] {
            assert_eq!(strike(&poll(), state, "业主否认", over), Err(BallotRefusal::NotValid));
        }
    }
}
