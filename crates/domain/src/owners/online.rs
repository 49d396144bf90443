//! Voting over the net by owners whose identity somebody has seen (R-OWN-06).

use super::{BallotRefusal, OwnerKind, Poll, PollRefusal, PollState, Voter, is_owner};
use crate::{clock::Instant, coded_enum};

coded_enum! {
    /// How it was seen that somebody is the owner, before they got the code that votes for them.
    pub enum IdentityProof {
        /// 身份证件.
        IdCard = "id_card" => "当面核对本人身份证件",
        /// 身份证件和房屋权属.
        Title = "title" => "当面核对身份证件和不动产权证（购房合同）",
        /// 单位.
        Authority = "authority" => "核对单位营业执照和授权委托书",
    }
}

impl IdentityProof {
    /// Whether it shows who an owner of this kind is: a body by its licence, a person by a card.
    #[must_use]
    pub fn fits(self, kind: OwnerKind) -> bool {
        (kind == OwnerKind::Body) == (self == Self::Authority)
    }
}

// R-OWN-06
/// Whether an owner may get a voting code now: from the announcement to the end, once somebody has seen who it is.
///
/// # Errors
/// Not announced, or over; nothing of the owner's counts; a ballot of theirs stands; a body shown by a card, or a person by a
/// licence.
pub fn may_have_code(poll: &Poll, voter: &Voter, proof: IdentityProof, now: Instant) -> Result<(), BallotRefusal> {
    match poll.state_at(now) {
        PollState::Announced | PollState::Open => {}
        PollState::Closed => return Err(PollRefusal::Over(poll.closes_on).into()),
        state => return Err(PollRefusal::WrongState(state).into()),
    }
    voter.must_count()?;
    if voter.standing.is_some() {
        return Err(BallotRefusal::HasVoted);
    }
    if proof.fits(voter.kind) { Ok(()) } else { Err(BallotRefusal::WrongProof) }
}

/// Whether a code may vote now, asked before the owner confirms; [`super::receive`] asks again.
///
/// # Errors
/// Not open; nothing counts; the name is not that of the owner the code was given to.
pub fn may_vote_online(poll: &Poll, voter: &Voter, name: &str, now: Instant) -> Result<(), BallotRefusal> {
    poll.must_be_open(now)?;
    voter.must_count()?;
    if is_owner(voter, name) { Ok(()) } else { Err(BallotRefusal::NotTheCode) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::owners::{Choice, Matter, Nature, Parking};

    fn poll() -> Poll {
        Poll {
            matter: Matter::FundUse,
            nature: Nature::Secret,
            parking: Parking::NotCounted,
            declared_area: 1,
            opens_on: date(2022, 11, 23),
            closes_on: date(2022, 12, 7),
            state: PollState::Announced,
            published_on: None,
        }
    }

    fn voter(kind: OwnerKind, names: &str) -> Voter {
        Voter { kind, names: names.to_owned(), area: 9_000, is_sold: false, standing: None }
    }

    fn at(day: Date) -> Instant {
        Instant::at(day.at(9, 0, 0, 0))
    }

    #[test]
    fn a_code_is_given_from_the_announcement_to_the_end() {
        let given = |poll: &Poll, day| {
            may_have_code(poll, &voter(OwnerKind::Person, "王芳"), IdentityProof::IdCard, at(day)).is_ok()
        };
        for (day, is_given) in [
            (date(2022, 11, 10), true),
            (date(2022, 11, 23), true),
            (date(2022, 12, 7), true),
            (date(2022, 12, 8), false),
        ] {
            assert_eq!(given(&poll(), day), is_given, "{day}");
        }
        for state in [PollState::Prepared, PollState::RegisterFrozen, PollState::Tallied, PollState::Cancelled] {
            assert!(!given(&Poll { state, ..poll() }, date(2022, 11, 10)), "{state}");
        }
    }

    #[test]
    fn who_has_voted_sold_or_cannot_show_who_they_are_gets_none() {
        use IdentityProof::{Authority, IdCard, Title};
        let person = || voter(OwnerKind::Person, "王芳");
        let body = || voter(OwnerKind::Body, "新平县供销社");
        for (voter, proof, refusal) in [
            (person(), IdCard, None),
            (person(), Title, None),
            (person(), Authority, Some(BallotRefusal::WrongProof)),
            (body(), Authority, None),
            (body(), IdCard, Some(BallotRefusal::WrongProof)),
            (Voter { standing: Some(Choice::For), ..person() }, IdCard, Some(BallotRefusal::HasVoted)),
            (Voter { is_sold: true, ..person() }, IdCard, Some(BallotRefusal::Sold)),
            (Voter { area: 0, ..person() }, IdCard, Some(BallotRefusal::NotCounted)),
        ] {
            assert_eq!(may_have_code(&poll(), &voter, proof, at(date(2022, 11, 25))).err(), refusal);
        }
    }

    #[test]
    fn the_code_votes_for_the_owner_it_was_given_to_while_voting_goes_on() {
        let voter = voter(OwnerKind::Person, "李明、王芳");
        let asked = |name, day| may_vote_online(&poll(), &voter, name, at(day));
        assert_eq!(asked(" 王 芳", date(2022, 11, 25)), Ok(()));
        assert_eq!(asked("赵六", date(2022, 11, 25)), Err(BallotRefusal::NotTheCode));
        assert_eq!(asked("", date(2022, 11, 25)), Err(BallotRefusal::NotTheCode));
        assert!(asked("王芳", date(2022, 11, 22)).is_err());
        assert!(asked("王芳", date(2022, 12, 8)).is_err());
    }
}
