use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::calendar::DayKind;

const TERMS: Terms = Terms { acknowledge_days: 1, verify_days: 15 };

fn period() -> Period {
    Period { published_on: date(2026, 3, 2), ends_on: date(2026, 3, 9) }
}

/// A Friday afternoon.
fn friday() -> Instant {
    Instant::at(date(2026, 3, 6).at(16, 30, 0, 0))
}

fn arrival(is_named: bool, received_at: Instant) -> Arrival {
    Arrival {
        id: Uuid::from_u128(1).into(),
        notice: Uuid::from_u128(2).into(),
        against: None,
        channel: Channel::Letter,
        is_named,
        received_at,
    }
}

fn received(is_named: bool) -> Objection {
    Objection::receive(arrival(is_named, friday()), period()).expect("within the period")
}

fn verifying(is_named: bool) -> Objection {
    let now = friday().plus_days(3);
    received(is_named).acknowledge(now).and_then(|o| o.start_verifying(now.plus_days(1))).expect("in order")
}

#[test]
fn it_is_received_only_while_the_notice_stands() {
    let midnight = period().ends_at();
    let at = |moment| Objection::receive(arrival(false, moment), period()).map(|o| o.state);
    assert_eq!(at(midnight.plus_micros(-1)), Ok(ObjectionState::Received));
    assert_eq!(at(midnight), Err(ObjectionRefusal::AfterNotice(period())));
    let before = Instant::start_of(date(2026, 3, 2)).plus_micros(-1);
    assert_eq!(at(before), Err(ObjectionRefusal::BeforeNotice(period())));
}

#[test]
fn the_due_days_are_working_days() {
    let calendar = Calendar::from_days([(date(2026, 1, 1), DayKind::Off)]);
    let due = |objection: &Objection| objection.due(TERMS, &calendar).expect("a known year");
    assert_eq!(due(&received(true)), Some(Instant::end_of(date(2026, 3, 9))));
    let verifying = verifying(true);
    assert_eq!(due(&verifying), Some(Instant::end_of(date(2026, 3, 30))), "from the acknowledgement on 9 March");
    let decided = verifying.clone().decide(Finding::NotUpheld, "走访核实", friday().plus_days(9)).expect("in order");
    assert_eq!(due(&decided), due(&verifying), "the answer is owed within the same time");
    let answered = decided.reply("经核实……", friday().plus_days(5)).expect("in order");
    assert_eq!(due(&answered), None);
    assert_eq!(received(true).due(TERMS, &Calendar::default()), Err(UnknownYear { year: 2026 }));
}

#[test]
fn no_step_can_be_skipped_or_repeated() {
    let now = friday().plus_days(4);
    let wrong = |state| Err(ObjectionRefusal::WrongState(state));
    assert_eq!(received(true).start_verifying(now), wrong(ObjectionState::Received));
    assert_eq!(received(true).decide(Finding::Upheld, "有", now), wrong(ObjectionState::Received));
    assert_eq!(received(true).reply("有", now), wrong(ObjectionState::Received));
    assert_eq!(verifying(true).acknowledge(now), wrong(ObjectionState::Verifying));
    assert_eq!(verifying(true).reply("有", now), wrong(ObjectionState::Verifying));
    let closed = verifying(false).decide(Finding::Insufficient, "无具体线索", now).and_then(|o| o.reply("", now));
    assert_eq!(closed.and_then(|o| o.reply("", now)), wrong(ObjectionState::Replied));
}

#[test]
fn a_finding_has_grounds_and_a_name_gets_an_answer() {
    let now = friday().plus_days(5);
    assert_eq!(verifying(true).decide(Finding::Upheld, " ", now), Err(ObjectionRefusal::NoGrounds));
    let decided = |is_named| verifying(is_named).decide(Finding::Upheld, "台账核对", now).expect("in order");
    assert_eq!(decided(true).reply("", now), Err(ObjectionRefusal::NoAnswer));
    assert_eq!(decided(false).reply("", now).map(|o| o.state), Ok(ObjectionState::Replied));
    assert_eq!(ObjectionRefusal::NoAnswer.field(), "answer");
}

#[test]
fn it_is_open_until_it_is_answered() {
    let now = friday().plus_days(5);
    assert!(received(true).state.is_open() && verifying(true).state.is_open());
    for finding in [Finding::Upheld, Finding::NotUpheld, Finding::Insufficient] {
        let decided = verifying(true).decide(finding, "走访核实", now).expect("in order");
        assert!(decided.state.is_open(), "found, and not told yet");
        assert_eq!(decided.public_label(), "核实完毕，正在准备答复", "the finding waits for the answer");
        let replied = decided.reply("经核实……", now).expect("in order");
        assert!(!replied.state.is_open());
        assert!(replied.public_label().contains(finding.label()), "{}", replied.public_label());
    }
}

type Deed = fn(Objection, Instant) -> Result<Objection, ObjectionRefusal>;

#[test]
fn every_step_begins_only_where_it_belongs() {
    use ObjectionState::{Acknowledged, Insufficient, NotUpheld, Received, Replied, Upheld, Verifying};
    let steps: [(&str, Deed, &[ObjectionState], ObjectionState); 6] = [
        ("acknowledge", |o, now| o.acknowledge(now), &[Received], Acknowledged),
        ("verify", |o, now| o.start_verifying(now), &[Acknowledged], Verifying),
        ("uphold", |o, now| o.decide(Finding::Upheld, "台账", now), &[Verifying], Upheld),
        ("not uphold", |o, now| o.decide(Finding::NotUpheld, "台账", now), &[Verifying], NotUpheld),
        ("give up", |o, now| o.decide(Finding::Insufficient, "台账", now), &[Verifying], Insufficient),
        ("reply", |o, now| o.reply("经核实……", now), &[Upheld, NotUpheld, Insufficient], Replied),
    ];
    for state in ObjectionState::ALL {
        for (name, deed, begins, leads) in steps {
            let stands = Objection { state: *state, ..received(true) };
            let expected = if begins.contains(state) { Ok(leads) } else { Err(ObjectionRefusal::WrongState(*state)) };
            assert_eq!(deed(stands, friday()).map(|objection| objection.state), expected, "{name} from {state}");
        }
    }
}
