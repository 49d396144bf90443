use jiff::civil::date;

use super::*;
use crate::dispute::{DisputeKind, EndCause, NotAccepted};

fn at(day: Date) -> Instant {
    Instant::at(day.at(9, 0, 0, 0))
}

fn opened(place: &str, desk: Desk) -> Dispute {
    Dispute::open(Opening {
        id: "0191d0a0-0000-7000-8000-000000000001".parse().expect("an id"),
        place: place.parse().expect("a place"),
        desk,
        parties: 2,
        at: at(date(2022, 11, 7)),
    })
    .expect("opened")
}

fn branch() -> Dispute {
    opened("5304270010010001", Desk::Branch)
}

/// A file in each state.
fn in_state(state: DisputeState) -> Dispute {
    Dispute { state, sessions: 1, accepted_at: Some(at(date(2022, 11, 7))), ..branch() }
}

const LATER: Date = date(2022, 11, 9);

/// Every step on a file in a state; the state it leads to, or `None` where it is refused.
fn step(name: &str, file: Dispute) -> Option<DisputeState> {
    let now = at(LATER);
    let next = match name {
        "accept" => file.accept(true, now),
        "decline" => file.decline(now),
        "meet" => file.meet(LATER, now),
        "agree" => file.agree(LATER, &[date(2022, 12, 1)], false, now),
        "agree at once" => file.agree(LATER, &[], true, now),
        "amend" => file.amend(LATER, &[LATER], false, false, now),
        "amend what was checked" => file.amend(LATER, &[LATER], false, true, now),
        "correct" => file.correct(2),
        "correct to one" => file.correct(1),
        "end" => file.end(now),
        "hand up" => file.hand_up(UpwardCause::Hard, now),
        "check kept" => file.check(&[(LATER, ItemOutcome::Kept)], now),
        "check broken" => file.check(&[(LATER, ItemOutcome::Kept), (LATER, ItemOutcome::Broken)], now),
        "check part" => file.check(&[(LATER, ItemOutcome::Kept), (LATER, ItemOutcome::Open)], now),
        "visit calm" => file.visit(VisitResult::Calm, now),
        "visit elsewhere" => file.visit(VisitResult::Elsewhere, now),
        "visit uneasy" => file.visit(VisitResult::Uneasy, now),
        other => panic!("no step {other}"),
    };
    next.ok().map(|file| file.state)
}

#[test]
fn every_step_leads_where_the_table_says_and_is_refused_elsewhere() {
    use DisputeState::{Agreed, Broken, Closed, Declined, Mediating, Opened, Performed, Unsettled};
    let table: &[(&str, &[(DisputeState, DisputeState)])] = &[
        ("accept", &[(Opened, Mediating)]),
        ("decline", &[(Opened, Declined)]),
        ("meet", &[(Mediating, Mediating)]),
        ("agree", &[(Mediating, Agreed)]),
        ("agree at once", &[(Mediating, Performed)]),
        ("amend", &[(Agreed, Agreed), (Performed, Agreed)]),
        ("amend what was checked", &[]),
        (
            "correct",
            &[
                (Opened, Opened),
                (Mediating, Mediating),
                (Agreed, Agreed),
                (Performed, Performed),
                (Broken, Broken),
                (Unsettled, Unsettled),
            ],
        ),
        ("correct to one", &[]),
        ("end", &[(Mediating, Unsettled)]),
        ("hand up", &[(Opened, Opened), (Mediating, Opened)]),
        ("check kept", &[(Agreed, Performed)]),
        ("check broken", &[(Agreed, Broken)]),
        ("check part", &[(Agreed, Agreed)]),
        ("visit calm", &[(Performed, Closed), (Broken, Closed), (Unsettled, Closed)]),
        ("visit elsewhere", &[(Performed, Closed), (Broken, Closed), (Unsettled, Closed)]),
        ("visit uneasy", &[(Performed, Performed), (Broken, Broken), (Unsettled, Unsettled)]),
    ];
    for (name, rows) in table {
        for from in DisputeState::ALL {
            let expected = rows.iter().find(|(state, _)| state == from).map(|(_, to)| *to);
            assert_eq!(step(name, in_state(*from)), expected, "{name} from {from}");
        }
    }
}

#[test]
fn a_dispute_has_two_sides_and_a_desk() {
    let opening = |parties| Opening {
        id: "0191d0a0-0000-7000-8000-000000000001".parse().expect("an id"),
        place: "530427001001".parse().expect("a place"),
        desk: Desk::Branch,
        parties,
        at: at(LATER),
    };
    for (parties, is_taken) in [(0, false), (1, false), (2, true), (6, true), (7, false)] {
        assert_eq!(Dispute::open(opening(parties)).is_ok(), is_taken, "{parties}");
    }
    assert_eq!(Dispute::open(opening(2)).expect("opened").desk, Desk::Community, "a community's lies there");
    assert_eq!(branch().desk, Desk::Branch);
    assert!(branch().must_be_at(Some(Desk::Branch)).is_ok());
    assert_eq!(branch().must_be_at(Some(Desk::Street)), Err(DisputeRefusal::OtherDesk(Desk::Branch)));
    assert_eq!(branch().must_be_at(None), Err(DisputeRefusal::OtherDesk(Desk::Branch)));
}

#[test]
fn it_goes_up_to_the_street_and_no_further() {
    let now = at(LATER);
    let community = in_state(DisputeState::Mediating).hand_up(UpwardCause::Hard, now).expect("up");
    assert_eq!((community.desk, community.upward, community.state), (Desk::Community, 1, DisputeState::Opened));
    let accepted = community.accepted_at;
    let street = community.hand_up(UpwardCause::StandingBack, now).expect("up");
    assert_eq!((street.desk, street.upward), (Desk::Street, 1), "standing back is nobody's failing");
    let street = street.accept(true, at(date(2022, 11, 20))).expect("accepted");
    assert_eq!(street.accepted_at, accepted, "the first acceptance counts");
    assert_eq!(street.hand_up(UpwardCause::Hard, now), Err(DisputeRefusal::AtTop));
}

#[test]
fn who_reads_it() {
    use Desk::{Branch, Community, County, Street};
    let at_branch = branch();
    let at_community = Dispute { desk: Community, ..branch() };
    let at_street = Dispute { desk: Street, ..branch() };
    for (file, desk, is_confidential, expected) in [
        (&at_branch, Some(Branch), true, true),
        (&at_branch, Some(Community), true, true),
        (&at_branch, Some(Street), true, false),
        (&at_branch, Some(Street), false, false),
        (&at_branch, Some(County), false, false),
        (&at_branch, None, false, false),
        (&at_community, Some(Branch), true, false),
        (&at_community, Some(Branch), false, true),
        (&at_community, Some(Street), false, false),
        (&at_street, Some(Street), true, true),
        (&at_street, Some(Community), true, true),
        (&at_street, Some(Branch), true, false),
        (&at_street, Some(County), true, false),
    ] {
        assert_eq!(file.is_read_at(desk, is_confidential), expected, "{desk:?} of {:?}", file.desk);
    }
}

#[test]
fn consent_days_and_items_are_asked_for() {
    let now = at(date(2022, 11, 20));
    assert_eq!(branch().accept(false, now), Err(DisputeRefusal::NoConsent));
    let mediating = || in_state(DisputeState::Mediating);
    let (first, today) = (date(2022, 11, 7), date(2022, 11, 20));
    for (day, is_taken) in [(date(2022, 11, 6), false), (first, true), (today, true), (date(2022, 11, 21), false)] {
        let expected = if is_taken { None } else { Some(DisputeRefusal::BadDay(first, today)) };
        assert_eq!(mediating().meet(day, now).err(), expected, "{day}");
        assert_eq!(mediating().agree(day, &[], true, now).err(), expected, "{day}");
    }
    let unmet = Dispute { sessions: 0, ..mediating() };
    assert_eq!(unmet.agree(today, &[], true, now), Err(DisputeRefusal::NoSession));
    let due = date(2022, 12, 1);
    for (items, at_once, expected) in [
        (&[][..], false, DisputeRefusal::NoItems),
        (&[due], true, DisputeRefusal::DoneAndItems),
        (&[due; 7], false, DisputeRefusal::TooManyItems),
        (&[due, date(2022, 11, 19)], false, DisputeRefusal::DueTooEarly(today)),
    ] {
        assert_eq!(mediating().agree(today, items, at_once, now), Err(expected));
    }
    let open = [(due, ItemOutcome::Open)];
    assert_eq!(in_state(DisputeState::Agreed).check(&open, now), Err(DisputeRefusal::NothingChecked));
}

#[test]
fn each_step_has_its_day() {
    let calendar = Calendar::from_days([(date(2022, 1, 1), crate::calendar::DayKind::Off)]);
    let due = |file: &Dispute| file.due(&calendar).expect("a table").map(|due| due.plus_micros(-1).date());
    // Opened on Monday the 7th.
    assert_eq!(due(&branch()), Some(date(2022, 11, 10)));
    assert_eq!(due(&in_state(DisputeState::Mediating)), Some(date(2022, 12, 7)));
    let items = [date(2022, 12, 24), date(2022, 12, 1)];
    let agreed = in_state(DisputeState::Mediating).agree(LATER, &items, false, at(LATER)).expect("agreed");
    assert_eq!(due(&agreed), Some(date(2022, 12, 1)), "the first of them");
    let checked = agreed
        .check(&[(items[0], ItemOutcome::Open), (items[1], ItemOutcome::Kept)], at(date(2022, 12, 2)))
        .expect("checked");
    assert_eq!(due(&checked), Some(items[0]), "what is left");
    let kept = [(items[0], ItemOutcome::Kept), (items[1], ItemOutcome::Kept)];
    let performed = checked.check(&kept, at(date(2022, 12, 24))).expect("checked");
    assert_eq!(due(&performed), Some(date(2023, 1, 23)));
    let again = performed.visit(VisitResult::Uneasy, at(date(2023, 1, 10))).expect("visited");
    assert_eq!(due(&again), Some(date(2023, 2, 9)), "and once more");
    assert_eq!(due(&again.visit(VisitResult::Calm, at(date(2023, 1, 20))).expect("visited")), None);
    let unknown = Dispute { state_since: at(date(2023, 1, 3)), ..branch() };
    assert!(unknown.due(&calendar).is_err(), "a year without its table is no guess");
}

#[test]
fn the_court_confirms_what_a_committee_wrote_down() {
    let day = date(2022, 11, 9);
    for (form, desk, expected) in [
        (AgreementForm::Written, Desk::Community, Some(date(2022, 12, 9))),
        (AgreementForm::Written, Desk::Street, Some(date(2022, 12, 9))),
        (AgreementForm::Written, Desk::Branch, None),
        (AgreementForm::Oral, Desk::Community, None),
    ] {
        assert_eq!(confirmable_until(day, form, desk), expected, "{form} {desk}");
    }
}

#[test]
fn every_way_elsewhere_is_told() {
    for reason in NotAccepted::ALL {
        assert!(reason.way().ends_with('。') && reason.way().chars().count() > 15, "{reason}");
    }
    assert!(EndCause::ALL.iter().all(|cause| cause.way().contains("司法")));
    assert_eq!(DisputeKind::ALL.len(), 7);
}
