use jiff::civil::date;

use super::*;
use crate::deliberation::{DeliberationState as State, Party, Seat, Stance};

fn on(month: i8, day: i8) -> Instant {
    Instant::at(date(2022, month, day).at(10, 0, 0, 0))
}

fn raised(vote: Option<Matter>) -> Deliberation {
    let topic = DeliberationTopic::Facilities;
    Deliberation::raise(Opening { topic, vote, at: on(3, 1) }).expect("raised")
}

fn session(is_agreed: bool) -> Session {
    let seat = |party: &Party| Seat { party: *party, present: 3, stance: Stance::For };
    Session { seats: Party::ALL.iter().map(seat).collect(), is_agreed }
}

fn opinion(month: i8, day: i8) -> BranchOpinion {
    BranchOpinion { is_own: true, is_passed_by_all: true, decided_on: date(2022, month, day) }
}

fn collecting(vote: Option<Matter>) -> Deliberation {
    raised(vote).take_up(date(2022, 3, 8), on(3, 2)).expect("taken up")
}

fn announced(vote: Option<Matter>) -> Deliberation {
    let opined = collecting(vote).opine(opinion(3, 9), on(3, 9)).expect("an opinion");
    opined.announce(date(2022, 3, 12), on(3, 9)).expect("announced")
}

fn held(vote: Option<Matter>, is_agreed: bool) -> Deliberation {
    announced(vote).hold(&session(is_agreed), on(3, 12)).expect("held")
}

#[test]
fn a_matter_goes_its_way_without_a_vote() {
    let thread = held(None, true);
    assert_eq!((thread.state, thread.sessions), (State::Agreed, 1));
    let thread = thread.publish(on(3, 13)).expect("published");
    let thread = thread.progress(date(2022, 3, 20), on(3, 20)).expect("begun");
    let thread = thread.progress(date(2022, 3, 25), on(3, 26)).expect("went on");
    assert_eq!((thread.state, thread.state_since), (State::Executing, on(3, 20)));
    let thread = thread.accept(date(2022, 4, 1), date(2022, 4, 5), on(4, 2)).expect("accepted");
    let thread = thread.close(on(4, 6)).expect("closed");
    assert_eq!(thread.state, State::Closed);
    assert_eq!(thread.give_back(on(4, 9)).expect("sent back").state, State::Executing);
}

#[test]
fn the_maintenance_fund_is_the_owners_to_decide() {
    let raise = |vote| Deliberation::raise(Opening { topic: DeliberationTopic::Fund, vote, at: on(3, 1) });
    assert_eq!(raise(None), Err(DeliberationRefusal::FundNeedsVote));
    assert!(raise(Some(Matter::FundUse)).is_ok());
}

#[test]
fn views_have_their_days() {
    for (day, is_good) in [(4, false), (5, true), (31, true)] {
        assert_eq!(raised(None).take_up(date(2022, 3, day), on(3, 2)).is_ok(), is_good, "{day}");
    }
    assert!(raised(None).take_up(date(2022, 5, 2), on(3, 2)).is_err(), "sixty-one days");
    let thread = collecting(None);
    for (day, is_heard) in [(2, true), (8, true), (9, false)] {
        assert_eq!(thread.must_hear(on(3, day)).is_ok(), is_heard, "{day}");
    }
    let labels = [thread.label(on(3, 8)), thread.label(on(3, 9))];
    assert_eq!(labels, [State::Collecting.label(), "意见已征集，待支部提出意见"]);
    assert_eq!(raised(None).must_hear(on(3, 2)), Err(DeliberationRefusal::NotCollecting));
}

#[test]
fn the_branchs_opinion_stands_on_its_own_resolution_after_the_views() {
    use DeliberationRefusal::{NoSuchResolution, ResolutionTooOld, StillCollecting};
    let thread = collecting(None);
    assert_eq!(thread.clone().opine(opinion(3, 5), on(3, 8)), Err(StillCollecting(date(2022, 3, 8))));
    for (opinion, expected) in [
        (opinion(3, 2), None),
        (opinion(3, 1), Some(ResolutionTooOld(date(2022, 3, 2)))),
        (BranchOpinion { is_own: false, ..opinion(3, 9) }, Some(NoSuchResolution)),
        (BranchOpinion { is_passed_by_all: false, ..opinion(3, 9) }, Some(NoSuchResolution)),
    ] {
        assert_eq!(thread.clone().opine(opinion, on(3, 9)).err(), expected, "{opinion:?}");
    }
}

#[test]
fn a_topic_is_published_three_days_before() {
    let thread = collecting(None).opine(opinion(3, 9), on(3, 9)).expect("an opinion");
    let short = Err(DeliberationRefusal::ShortNotice(date(2022, 3, 12)));
    assert_eq!(thread.clone().announce(date(2022, 3, 11), on(3, 9)), short);
    let thread = thread.announce(date(2022, 3, 12), on(3, 9)).expect("announced");
    // Putting it off needs the same notice.
    let later = Err(DeliberationRefusal::ShortNotice(date(2022, 3, 14)));
    assert_eq!(thread.clone().announce(date(2022, 3, 13), on(3, 11)), later);
    assert_eq!(thread.clone().hold(&session(true), on(3, 11)), Err(DeliberationRefusal::TooEarly(date(2022, 3, 12))));
    assert_eq!(thread.due(), Some(Instant::end_of(date(2022, 3, 12))));
    let postponed = thread.announce(date(2022, 3, 20), on(3, 11)).expect("postponed");
    assert_eq!(postponed.session_on, Some(date(2022, 3, 20)));
}

#[test]
fn what_was_not_agreed_on_goes_back_or_ends() {
    let thread = held(None, false);
    assert_eq!(thread.state, State::Undecided);
    assert!(thread.clone().publish(on(3, 13)).is_err());
    assert!(thread.clone().step_back(None, on(3, 13)).is_err(), "a last day is needed");
    let again = thread.clone().step_back(Some(date(2022, 3, 20)), on(3, 13)).expect("again");
    assert_eq!((again.state, again.sessions), (State::Collecting, 1));
    // What the branch resolved before the second round does not stand for it.
    assert!(again.opine(opinion(3, 9), on(3, 21)).is_err());
    assert_eq!(thread.end(on(3, 13)).expect("ended").state, State::Ended);
}

#[test]
fn an_opinion_is_no_substitute_for_the_owners_vote() {
    use DeliberationRefusal::{OtherCompound, OtherMatter, VoteNotPassed, VoteNotPublished};
    let thread = held(Some(Matter::FundUse), true);
    assert_eq!(thread.state, State::Voting);
    assert!(thread.clone().publish(on(3, 13)).is_err());
    let poll = |outcome| PollResult { is_of_compound: true, matter: Matter::FundUse, outcome };
    let passed = poll(Some(VoteOutcome::Passed));
    for (poll, expected) in [
        (passed, None),
        (poll(None), Some(VoteNotPublished)),
        (poll(Some(VoteOutcome::Failed)), Some(VoteNotPassed(VoteOutcome::Failed))),
        (poll(Some(VoteOutcome::NoQuorum)), Some(VoteNotPassed(VoteOutcome::NoQuorum))),
        (PollResult { is_of_compound: false, ..passed }, Some(OtherCompound)),
        (PollResult { matter: Matter::Rebuilding, ..passed }, Some(OtherMatter(Matter::FundUse))),
    ] {
        assert_eq!(thread.clone().take_vote(poll, on(4, 1)).err(), expected, "{poll:?}");
    }
    assert!(held(None, true).must_be_decided_by(passed).is_err(), "nothing waits for a vote");
    assert_eq!(thread.take_vote(passed, on(4, 1)).expect("decided").state, State::Agreed);
}

#[test]
fn what_is_carried_out_lies_between_publication_and_today() {
    let thread = held(None, true).publish(on(3, 13)).expect("published");
    for (day, is_good) in [(12, false), (13, true), (15, true), (16, false)] {
        assert_eq!(thread.clone().progress(date(2022, 3, day), on(3, 15)).is_ok(), is_good, "{day}");
    }
    assert!(thread.accept(date(2022, 3, 15), date(2022, 3, 20), on(3, 15)).is_err(), "nothing was carried out");
}

#[test]
fn residents_rate_before_it_is_closed() {
    use DeliberationRefusal::{BadRateEnd, NotRating, StillRating};
    let published = held(None, true).publish(on(3, 13)).expect("published");
    let thread = published.progress(date(2022, 3, 14), on(3, 15)).expect("carried out");
    assert_eq!(thread.must_be_rated(on(3, 15)), Err(NotRating));
    let ends = BadRateEnd(date(2022, 3, 18), date(2022, 5, 14));
    assert_eq!(thread.clone().accept(date(2022, 3, 15), date(2022, 3, 17), on(3, 15)), Err(ends));
    let thread = thread.accept(date(2022, 3, 15), date(2022, 3, 18), on(3, 15)).expect("accepted");
    assert_eq!((thread.must_be_rated(on(3, 18)), thread.label(on(3, 18))), (Ok(()), "已验收，请居民评价"));
    assert_eq!(thread.clone().close(on(3, 18)), Err(StillRating(date(2022, 3, 18))));
    assert_eq!((thread.must_be_rated(on(3, 19)), thread.label(on(3, 19))), (Err(NotRating), "已验收，待办结"));
    let closed = thread.clone().close(on(3, 19)).expect("closed");
    assert!(closed.rates_from.is_some(), "what was said stays");
    // What is carried out once more is rated anew.
    let again = closed.give_back(on(3, 20)).expect("given back");
    assert_eq!((again.rates_from, again.rates_until), (None, None));
    assert_eq!(thread.step_back(None, on(3, 19)).expect("back").rates_until, None);
}

#[test]
fn no_step_is_taken_from_where_it_does_not_begin() {
    let now = on(3, 20);
    for state in State::ALL {
        let thread = || Deliberation { state: *state, ..announced(None) };
        let may = [
            thread().take_up(date(2022, 3, 30), now).is_ok(),
            thread().decline(now).is_ok(),
            thread().opine(opinion(3, 9), now).is_ok(),
            thread().announce(date(2022, 3, 30), now).is_ok(),
            thread().hold(&session(true), now).is_ok(),
            thread().publish(now).is_ok(),
            thread().close(now).is_ok(),
            thread().give_back(now).is_ok(),
            thread().end(now).is_ok(),
            thread().step_back(Some(date(2022, 3, 30)), now).is_ok(),
        ];
        let expected = match state {
            State::Raised => [true, true, false, false, false, false, false, false, false, false],
            State::Collecting => [false, false, true, false, false, false, false, false, true, false],
            State::Opined => [false, false, false, true, false, false, false, false, true, true],
            State::Announced => [false, false, false, true, true, false, false, false, false, true],
            State::Undecided | State::Voting => [false, false, false, false, false, false, false, false, true, true],
            State::Agreed => [false, false, false, false, false, true, false, false, false, false],
            State::Accepted => [false, false, false, false, false, false, true, false, false, true],
            State::Closed => [false, false, false, false, false, false, false, true, false, false],
            State::Declined | State::Published | State::Executing | State::Ended => [false; 10],
        };
        assert_eq!(may, expected, "{state}");
    }
}
