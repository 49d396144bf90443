use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::{
    calendar::DayKind,
    voice::{Satisfaction, Solved},
};

const BRANCH: &str = "5304270010010001";
const SETTLED: Answer = Answer { solved: Solved::Yes, satisfaction: Satisfaction::Good };
const UNSETTLED: Answer = Answer { solved: Solved::No, satisfaction: Satisfaction::Bad };

fn calendar() -> Calendar {
    Calendar::from_days([(date(2022, 1, 1), DayKind::Off)])
}

/// A Friday, late in the evening.
fn friday() -> Instant {
    Instant::at(date(2022, 3, 4).at(23, 59, 0, 0))
}

fn received(kind: VoiceKind, taken_in_at: Option<Desk>) -> Voice {
    Voice::receive(Arrival {
        id: Uuid::from_u128(1).into(),
        branch: BRANCH.parse().expect("a code"),
        kind,
        channel: VoiceChannel::Web,
        taken_in_at,
        received_at: friday(),
    })
}

fn at(state: VoiceState) -> Voice {
    let review_on = (state == VoiceState::Parked).then(|| date(2022, 4, 1));
    Voice { state, dispatcher: Some(Desk::Community), review_on, ..received(VoiceKind::Complaint, None) }
}

fn due(voice: &Voice) -> Option<Instant> {
    voice.due(&Terms::default(), &calendar()).expect("a known year")
}

type Deed = fn(Voice, Instant) -> Result<Voice, VoiceRefusal>;

#[test]
fn every_step_begins_only_where_it_belongs() {
    use VoiceState::{
        Acknowledged, Assigned, CalledBack, Closed, Done, Escalated, InProgress, Merged, New, OutOfScope, Parked,
        Reopened, Returned,
    };
    let steps: [(&str, Deed, &[VoiceState], VoiceState); 15] = [
        ("acknowledge", |v, now| v.acknowledge(Term::Ordinary, None, now), &[New], Acknowledged),
        ("decline", |v, now| v.decline("请拨打 12348", now), &[New, Acknowledged], OutOfScope),
        (
            "assign",
            |v, now| v.assign(Desk::Street, now),
            &[Acknowledged, Returned, InProgress, Reopened, Escalated],
            Assigned,
        ),
        ("accept", |v, now| v.accept(now), &[Acknowledged, Assigned, Returned, Reopened, Escalated], InProgress),
        ("give back", |v, now| v.give_back("不归我们管", now), &[Assigned], Returned),
        ("extend", |v, now| v.extend(5, "等配件", &Terms::default(), None, now), &[InProgress], InProgress),
        ("park", |v, now| v.park("等改造", "张三", date(2022, 4, 1), now), &[InProgress], Parked),
        ("resume", |v, now| v.resume(now), &[Parked], InProgress),
        ("finish", |v, now| v.finish("修好了", now), &[InProgress], Done),
        ("settle", |v, now| v.call_back(SETTLED, now), &[Done], Closed),
        ("call back", |v, now| v.call_back(UNSETTLED, now), &[Done], CalledBack),
        ("reopen", |v, now| v.reopen("又漏了", now), &[Done, CalledBack, Closed], Reopened),
        ("close", |v, now| v.close(now.plus_days(15)), &[Done, CalledBack], Closed),
        (
            "merge",
            |v, now| v.merge(&another(InProgress), None, now),
            &[New, Acknowledged, Assigned, Returned, InProgress, Reopened, Escalated],
            Merged,
        ),
        ("part", |v, now| v.part("不是同一件事", now), &[Merged], Acknowledged),
    ];
    for state in VoiceState::ALL {
        for (name, deed, begins, leads) in steps {
            let expected = if begins.contains(state) { Ok(leads) } else { Err(VoiceRefusal::WrongState(*state)) };
            assert_eq!(deed(at(*state), friday()).map(|voice| voice.state), expected, "{name} from {state}");
        }
        let late = at(*state).escalate(Some(friday()), friday()).map(|voice| voice.state);
        let expected = if state.is_open() { Ok(Escalated) } else { Err(VoiceRefusal::WrongState(*state)) };
        assert_eq!(late, expected, "escalate from {state}");
    }
}

fn another(state: VoiceState) -> Voice {
    Voice { id: Uuid::from_u128(2).into(), ..at(state) }
}

#[test]
fn it_follows_only_what_is_worked_on_at_the_same_place() {
    let voice = || received(VoiceKind::Complaint, None);
    for state in VoiceState::ALL {
        let expected = if state.is_open() { Ok(VoiceState::Merged) } else { Err(VoiceRefusal::NotTheSame) };
        assert_eq!(voice().follow(&another(*state), friday()).map(|voice| voice.state), expected, "{state}");
    }
    let working = another(VoiceState::InProgress);
    let elsewhere = Voice { place: "5304270010010002".parse().expect("a code"), ..working.clone() };
    let (itself, report) = (Voice { id: voice().id, ..working.clone() }, received(VoiceKind::Report, None));
    for other in [&elsewhere, &itself, &report] {
        assert_eq!(voice().follow(other, friday()), Err(VoiceRefusal::NotTheSame));
    }
    assert_eq!(
        report.clone().follow(&Voice { id: working.id, ..report.clone() }, friday()),
        Err(VoiceRefusal::NotTheSame)
    );
    // The desk that merges has read it; the resident who says the same has been read by nobody.
    let (until, late) = (due(&voice()), friday().plus_days(9));
    let prompt = |now| voice().merge(&working, until, now).map(|voice| voice.is_prompt);
    assert_eq!((prompt(friday()), prompt(late)), (Ok(Some(true)), Ok(Some(false))));
    let follower = voice().follow(&working, friday()).expect("the same");
    assert_eq!((follower.is_prompt, due(&follower)), (None, None));
    assert_eq!(follower.clone().part(" ", late), Err(VoiceRefusal::NoReason));
    let parted = follower.clone().part("还没有修好", late).expect("it follows");
    assert_eq!(parted.counted_from, late, "its term begins anew");
    assert!(!follower.is_to_be_forgotten(late) && follower.is_to_be_forgotten(friday().plus_days(KEPT_DAYS)));
}

// R-VOI-11
#[test]
fn a_report_never_lies_at_the_branch() {
    let report = received(VoiceKind::Report, None);
    assert_eq!((report.desk, report.place.as_str()), (Desk::Community, "530427001001"));
    assert_eq!(received(VoiceKind::Report, Some(Desk::Branch)).desk, Desk::Community);
    let report = report.acknowledge(Term::Ordinary, None, friday()).expect("new");
    assert_eq!(report.assign(Desk::Branch, friday()), Err(VoiceRefusal::NotThere));
    let help = received(VoiceKind::Help, Some(Desk::Street));
    assert_eq!((help.desk, help.first_desk, help.place.as_str()), (Desk::Street, Desk::Street, BRANCH));
}

// R-VOI-04
#[test]
fn each_step_has_its_deadline() {
    let new = received(VoiceKind::Consult, None);
    // The day of receipt is not counted, and the weekend is none.
    assert_eq!(due(&new), Some(Instant::end_of(date(2022, 3, 7))));
    let monday = Instant::at(date(2022, 3, 7).at(9, 0, 0, 0));
    let acknowledged = new.clone().acknowledge(Term::Consult, due(&new), monday).expect("new");
    assert_eq!((due(&acknowledged), acknowledged.is_prompt), (Some(Instant::end_of(date(2022, 3, 8))), Some(true)));
    // Handing it on gives nobody more time.
    let assigned = acknowledged.assign(Desk::Community, monday.plus_days(1)).expect("acknowledged");
    assert_eq!(due(&assigned), Some(Instant::end_of(date(2022, 3, 8))));
    let danger = new.clone().acknowledge(Term::Danger, due(&new), monday).expect("new");
    assert_eq!(due(&danger), Some(friday().plus_minutes(120)));
    let late = new.clone().acknowledge(Term::Utilities, due(&new), monday.plus_days(1)).expect("new");
    assert_eq!((due(&late), late.is_prompt), (Some(friday().plus_days(1)), Some(false)));
    assert_eq!(due(&at(VoiceState::Parked)), Some(Instant::end_of(date(2022, 4, 1))));
    assert_eq!(due(&at(VoiceState::Done)), Some(Instant::end_of(date(2022, 3, 9))));
    assert_eq!((due(&at(VoiceState::Closed)), due(&at(VoiceState::OutOfScope))), (None, None));
    assert_eq!(new.due(&Terms::default(), &Calendar::default()), Err(UnknownYear { year: 2022 }));
}

// R-VOI-05
#[test]
fn it_is_extended_once_by_no_more_than_it_had() {
    let (terms, now) = (Terms::default(), friday().plus_days(3));
    let working = at(VoiceState::InProgress);
    let until = due(&working);
    assert_eq!(until, Some(Instant::end_of(date(2022, 3, 11))));
    let extend = |more, now| working.clone().extend(more, "等配件", &terms, until, now);
    let too_far = Err(VoiceRefusal::ExtendedTooFar(Length::WorkingDays(5)));
    assert_eq!((extend(0, now), extend(6, now)), (too_far.clone(), too_far));
    let end = Instant::end_of(date(2022, 3, 11));
    assert_eq!(extend(5, end), Err(VoiceRefusal::AfterDue(end)));
    assert_eq!(working.clone().extend(5, " ", &terms, until, now), Err(VoiceRefusal::NoReason));
    let extended = extend(5, end.plus_micros(-1)).expect("in time");
    assert_eq!(due(&extended), Some(Instant::end_of(date(2022, 3, 18))));
    let again = extended.clone().extend(1, "再等", &terms, due(&extended), now);
    assert_eq!(again, Err(VoiceRefusal::ExtendedBefore));
}

// R-VOI-08
#[test]
fn what_is_late_goes_up_to_the_county_and_no_further() {
    let mut voice = received(VoiceKind::Help, None);
    for desk in [Desk::Community, Desk::Street, Desk::County] {
        let until = due(&voice).expect("something waits");
        assert_eq!(voice.clone().escalate(Some(until), until.plus_micros(-1)), Err(VoiceRefusal::NotDue));
        voice = voice.escalate(Some(until), until).expect("late");
        assert_eq!((voice.desk, voice.state, voice.is_prompt), (desk, VoiceState::Escalated, Some(false)));
    }
    let until = due(&voice);
    assert_eq!(voice.clone().escalate(until, friday().plus_days(60)), Err(VoiceRefusal::AtTop));
    assert_eq!(voice.escalate(None, friday().plus_days(60)), Err(VoiceRefusal::NotDue), "nothing is known to be late");
}

#[test]
fn a_resident_reopens_it_twice_each_time_one_level_up() {
    let now = friday().plus_days(4);
    let once = at(VoiceState::Done).call_back(UNSETTLED, now).and_then(|v| v.reopen("没修好", now)).expect("done");
    assert_eq!((once.desk, once.answer, once.reopenings), (Desk::Community, None, 1));
    assert_eq!(once.clone().reopen("催", now), Err(VoiceRefusal::WrongState(VoiceState::Reopened)));
    let done = |voice: Voice| voice.accept(now).and_then(|v| v.finish("修好了", now)).expect("in order");
    let twice = done(once).reopen("还漏", now).expect("done");
    assert_eq!(twice.desk, Desk::Street);
    assert_eq!(done(twice).reopen("还漏", now), Err(VoiceRefusal::ReopenedEnough));
    assert_eq!(at(VoiceState::Closed).reopen(" ", now), Err(VoiceRefusal::NoReason));
    assert_eq!(at(VoiceState::Closed).reopen("又漏", friday().plus_days(30)), Err(VoiceRefusal::ReopenedTooLate));
    let top = Voice { desk: Desk::County, ..at(VoiceState::Done) };
    assert_eq!(top.reopen("没修好", now).map(|v| v.desk), Ok(Desk::County));
}

// R-VOI-03
#[test]
fn nobody_is_sent_round_in_circles() {
    let now = friday();
    let mut voice = at(VoiceState::Acknowledged);
    assert_eq!(voice.clone().assign(Desk::Branch, now), Err(VoiceRefusal::SameDesk(Desk::Branch)));
    for _ in 0..MOST_HANDS {
        voice = voice.assign(Desk::Street, now).and_then(|v| v.give_back("不归我们", now)).expect("still few");
        assert_eq!((voice.desk, voice.state), (Desk::Branch, VoiceState::Returned));
    }
    assert_eq!(voice.clone().assign(Desk::Street, now), Err(VoiceRefusal::TooManyHands));
    assert_eq!(voice.accept(now).map(|v| v.state), Ok(VoiceState::InProgress));
    assert_eq!(at(VoiceState::Assigned).give_back("", now), Err(VoiceRefusal::NoReason));
    assert!(at(VoiceState::New).must_be_at(Some(Desk::Branch)).is_ok());
    assert_eq!(at(VoiceState::New).must_be_at(None), Err(VoiceRefusal::OtherDesk(Desk::Branch)));
}

// R-VOI-09
#[test]
fn what_is_parked_has_a_reason_an_owner_and_a_day() {
    let now = friday();
    let park = |reason, owner, day| at(VoiceState::InProgress).park(reason, owner, day, now).map(|v| v.state);
    assert_eq!(park("", "张三", date(2022, 4, 1)), Err(VoiceRefusal::NoReason));
    assert_eq!(park("等改造", " ", date(2022, 4, 1)), Err(VoiceRefusal::NoOwner));
    assert_eq!(park("等改造", "张三", date(2022, 3, 4)), Err(VoiceRefusal::BadReview));
    assert_eq!(park("等改造", "张三", date(2022, 6, 3)), Err(VoiceRefusal::BadReview));
    assert_eq!(park("等改造", "张三", date(2022, 6, 2)), Ok(VoiceState::Parked));
    let later = now.plus_days(20);
    let resumed = at(VoiceState::Parked).resume(later).expect("parked");
    assert_eq!((resumed.counted_from, resumed.review_on), (later, None));
}

// R-PRI-02
#[test]
fn who_spoke_is_forgotten_a_year_after_it_is_over() {
    let later = friday().plus_days(KEPT_DAYS);
    assert!(at(VoiceState::Closed).is_to_be_forgotten(later) && at(VoiceState::OutOfScope).is_to_be_forgotten(later));
    assert!(!at(VoiceState::Closed).is_to_be_forgotten(later.plus_micros(-1)));
    assert!(!at(VoiceState::InProgress).is_to_be_forgotten(later));
}

#[test]
fn the_resident_has_time_for_the_last_say() {
    let done = at(VoiceState::Done);
    let (early, late) = (friday().plus_days(LAST_SAY_DAYS).plus_micros(-1), friday().plus_days(LAST_SAY_DAYS));
    assert_eq!(done.clone().close(early), Err(VoiceRefusal::NotDue));
    assert_eq!(done.close(late).map(|v| (v.state, v.answer)), Ok((VoiceState::Closed, None)));
    assert_eq!(at(VoiceState::InProgress).finish(" ", friday()), Err(VoiceRefusal::NoProof));
}

#[test]
fn a_piece_goes_to_its_desk_and_is_over_when_it_is_done() {
    let now = friday().plus_minutes(60);
    let whole = Voice { extra: 2, is_extended: true, hands: 3, ..at(VoiceState::InProgress) };
    let own = Uuid::from_u128(7).into();
    let piece = whole.split_off(own, Desk::Street, now).expect("a piece");
    assert_eq!((piece.state, piece.desk, piece.first_desk), (VoiceState::Assigned, Desk::Street, Desk::Branch));
    assert_eq!((piece.counted_from, piece.extra, piece.hands), (whole.counted_from, 2, 0), "the deadline of the whole");
    let accepted = piece.clone().accept(now).expect("signed for");
    let longer = accepted.extend(1, "还要一天", &Terms::default(), None, now);
    assert_eq!(longer, Err(VoiceRefusal::ExtendedBefore), "once is once");
    assert_eq!(piece.clone().give_back("不归我们管", now).map(|it| it.desk), Ok(Desk::Branch));
    let done = piece.accept(now).and_then(|it| it.finish("换好了", now)).expect("done");
    assert_eq!(done.state, VoiceState::Closed, "the resident is asked about the whole");
    assert_eq!(done.reopen("没有换好", now), Err(VoiceRefusal::OfThePiece));

    let here = whole.split_off(own, Desk::Branch, now).expect("a piece");
    assert_eq!((here.state, here.dispatcher), (VoiceState::InProgress, None), "the own desk takes it on at once");
    assert_eq!(here.split_off(own, Desk::Branch, now), Err(VoiceRefusal::PieceOfAPiece));
    assert_eq!(here.clone().follow(&whole, now), Err(VoiceRefusal::NotTheSame));
    assert_eq!(whole.clone().follow(&here, now), Err(VoiceRefusal::NotTheSame));
    for state in VoiceState::ALL.iter().filter(|state| **state != VoiceState::InProgress) {
        assert_eq!(at(*state).split_off(own, Desk::Street, now), Err(VoiceRefusal::WrongState(*state)));
    }
    // A report lies at the community, which may not give a piece of it to the branch.
    let report = Voice { state: VoiceState::InProgress, ..received(VoiceKind::Report, None) };
    assert_eq!(report.split_off(own, Desk::Branch, now), Err(VoiceRefusal::NotThere));
    assert_eq!(Voice::must_be_whole(0), Ok(()));
    assert_eq!(Voice::must_be_whole(2), Err(VoiceRefusal::PiecesOpen(2)));
}
