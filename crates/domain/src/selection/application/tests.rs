use uuid::Uuid;

use super::*;

const WINDOW: Window = Window { opens: Instant::from_micros(100), closes: Instant::from_micros(1_000), reported: None };
const NOW: Instant = Instant::from_micros(500);
const IN_TIME: OpinionDue<'_> = OpinionDue { at: WINDOW.closes, late_reason: "" };
const FULL: Approvals = Approvals { approved: 20, seats: 20 };

fn account(n: u128) -> AccountId {
    Uuid::from_u128(n).into()
}

fn seen(n: u128) -> SubmissionId {
    Uuid::from_u128(n).into()
}

fn step(level: ActingLevel, who: u128) -> Step {
    Step { now: NOW, account: account(who), level, seen: seen(1) }
}

fn hand(who: u128) -> Signature {
    Signature { now: NOW, account: account(who) }
}

fn draft() -> Application {
    let branch = "5304270010010001".parse().expect("a code");
    Application::draft(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), branch, NOW)
}

fn submitted() -> Application {
    draft().submit(seen(1), account(1), NOW, WINDOW).expect("in time")
}

fn at_street() -> Application {
    submitted().pass_community_check(step(ActingLevel::Community, 2), true, WINDOW).expect("complete")
}

fn screened() -> Application {
    at_street().screen_in(step(ActingLevel::Street, 3), 2, 2, WINDOW).expect("two assessors")
}

fn recommended() -> Application {
    let first = Recommendation { rank: 1, quota: 11 };
    screened().recommend(step(ActingLevel::Street, 3), first, WINDOW).expect("within the quota")
}

fn noticed() -> Application {
    let panel = step(ActingLevel::County, 4);
    let passed = recommended().give_preliminary_opinion(panel, IN_TIME, None, Ok(())).expect("in favour");
    let decided = passed.decide(step(ActingLevel::County, 5), FULL, Ok(()));
    decided.and_then(|decided| decided.publish(hand(6))).expect("published")
}

fn confirmed() -> Application {
    let standing = NoticeStanding { ends_at: NOW, open_objections: 0 };
    noticed().confirm(hand(6), standing).map(|(confirmed, _)| confirmed).expect("over, and no objection")
}

#[test]
fn the_whole_way_leads_to_the_award() {
    assert_eq!(confirmed().commend(hand(6)).map(|awarded| awarded.stage), Ok(Stage::Awarded));
}

#[test]
fn no_stage_can_be_skipped() {
    let wrong = |stage| Err(StepRefusal::WrongStage(stage));
    let community = step(ActingLevel::Community, 2);
    let street = step(ActingLevel::Street, 3);
    assert_eq!(draft().pass_community_check(community, true, WINDOW), wrong(Stage::Draft));
    assert_eq!(submitted().screen_in(street, 2, 2, WINDOW), wrong(Stage::Submitted));
    assert_eq!(
        at_street().recommend(street, Recommendation { rank: 1, quota: 1 }, WINDOW),
        wrong(Stage::CommunityPassed)
    );
    assert_eq!(screened().decide(street, FULL, Ok(())), wrong(Stage::Screened));
    assert_eq!(recommended().publish(hand(6)), wrong(Stage::Recommended));
    assert_eq!(noticed().commend(hand(6)), wrong(Stage::Noticed));
}

#[test]
fn a_screening_falls_with_its_assessors() {
    assert_eq!(screened().lose_assessor(NOW, 1, 2).stage, Stage::CommunityPassed);
    assert_eq!(screened().lose_assessor(NOW, 2, 2).stage, Stage::Screened);
    assert_eq!(recommended().lose_assessor(NOW, 1, 2).stage, Stage::Recommended);
}

type Deed = fn(Application) -> Result<Application, StepRefusal>;

/// Each step with sound arguments, where it may begin, and where it leads.
fn steps() -> Vec<(&'static str, Deed, &'static [Stage], Stage)> {
    use ActingLevel::{Community, County, Street};
    use Stage::*;
    const FREE: Substitution = Substitution { is_allowed: true, is_decided: false, freed: 1, is_next: true };
    const STANDING: NoticeStanding = NoticeStanding { ends_at: NOW, open_objections: 0 };
    const BEFORE_DECISION: &[Stage] = &[Draft, Submitted, CommunityPassed, Screened, Recommended, PanelPassed];
    vec![
        ("submit", |a| a.submit(seen(2), account(1), NOW, WINDOW), &[Draft], Submitted),
        ("withdraw", |a| a.withdraw(hand(1), "主动退出"), BEFORE_DECISION, Withdrawn),
        ("resume", |a| a.resume(hand(1), WINDOW), &[Withdrawn], Draft),
        ("pass", |a| a.pass_community_check(step(Community, 2), true, WINDOW), &[Submitted], CommunityPassed),
        ("return by community", |a| a.return_to_branch(step(Community, 2), "缺材料", WINDOW), &[Submitted], Draft),
        (
            "return by street",
            |a| a.return_to_branch(step(Street, 3), "不实", WINDOW),
            &[CommunityPassed, Screened],
            Draft,
        ),
        ("return by county", |a| a.return_to_branch(step(County, 4), "不实", WINDOW), &[], Draft),
        ("assess", |a| a.assess(step(Street, 3), WINDOW), &[CommunityPassed], CommunityPassed),
        ("miss", |a| a.miss(NOW), &[Draft, Submitted, CommunityPassed, Screened], NotRecommended),
        ("screen in", |a| a.screen_in(step(Street, 3), 2, 2, WINDOW), &[CommunityPassed], Screened),
        ("decline", |a| a.decline(step(Street, 3), "得分低"), &[CommunityPassed, Screened], NotRecommended),
        (
            "recommend",
            |a| a.recommend(step(Street, 3), Recommendation { rank: 1, quota: 1 }, WINDOW),
            &[Screened],
            Recommended,
        ),
        ("substitute", |a| a.substitute(step(Street, 3), FREE, WINDOW.closes), &[Screened], Recommended),
        (
            "panel in favour",
            |a| a.give_preliminary_opinion(step(County, 4), IN_TIME, None, Ok(())),
            &[Recommended],
            PanelPassed,
        ),
        (
            "panel against",
            |a| a.give_preliminary_opinion(step(County, 4), IN_TIME, Some("V3"), Err("查实")),
            &[Recommended],
            PanelRejected,
        ),
        ("approve", |a| a.decide(step(County, 4), FULL, Ok(())), &[PanelPassed], Decided),
        ("not approve", |a| a.decide(step(County, 4), FULL, Err("不符合条件")), &[PanelPassed], NotApproved),
        ("examine", |a| a.examine(step(County, 4)), &[Recommended], Recommended),
        ("publish", |a| a.publish(hand(6)), &[Decided, Noticed], Noticed),
        ("disqualify", |a| a.disqualify(hand(7), "查实"), &[Noticed], Disqualified),
        ("confirm", |a| a.confirm(hand(6), STANDING).map(|(a, _)| a), &[Noticed], Confirmed),
        ("commend", |a| a.commend(hand(6)), &[Confirmed], Awarded),
        ("revoke", |a| a.revoke(hand(6), "查实"), &[Confirmed, Awarded], Revoked),
    ]
}

// R-SEL-02
#[test]
fn every_step_begins_only_where_it_belongs() {
    for stage in Stage::ALL {
        for (name, deed, begins, leads) in steps() {
            let stands = Application { stage: *stage, ..submitted() };
            let expected = if begins.contains(stage) { Ok(leads) } else { Err(StepRefusal::WrongStage(*stage)) };
            assert_eq!(deed(stands).map(|application| application.stage), expected, "{name} from {stage}");
        }
    }
}

// R-SEL-16
#[test]
fn a_vacancy_is_filled_only_before_the_decision_and_where_allowed() {
    let free = Substitution { is_allowed: true, is_decided: false, freed: 1, is_next: true };
    let street = step(ActingLevel::Street, 3);
    let to = |substitution| screened().substitute(street, substitution, WINDOW.closes).map(|a| a.stage);
    assert_eq!(to(free), Ok(Stage::Recommended));
    assert_eq!(to(Substitution { is_allowed: false, ..free }), Err(StepRefusal::NoSubstitution));
    assert_eq!(to(Substitution { is_decided: true, ..free }), Err(StepRefusal::SubstitutionAfterDecision));
    assert_eq!(to(Substitution { freed: 0, ..free }), Err(StepRefusal::NoFreedPlace));
    assert_eq!(to(Substitution { is_next: false, ..free }), Err(StepRefusal::NotNextInRank));
    let late = screened().substitute(street, free, NOW);
    assert_eq!(late, Err(StepRefusal::TooLate(NOW)));
}

#[test]
fn submission_keeps_to_the_window() {
    let at = |micros| draft().submit(seen(1), account(1), Instant::from_micros(micros), WINDOW).map(|a| a.stage);
    assert_eq!(at(99), Err(StepRefusal::TooEarly(WINDOW.opens)));
    assert_eq!(at(999), Ok(Stage::Submitted));
    assert_eq!(at(1_000), Err(StepRefusal::TooLate(WINDOW.closes)));
}

// R-SEL-09, R-SEL-10
#[test]
fn nothing_is_taken_in_that_cannot_be_reported_any_more() {
    let reported = Window { reported: Some(NOW), ..WINDOW };
    let (community, street) = (step(ActingLevel::Community, 2), step(ActingLevel::Street, 3));
    for (window, refusal) in
        [(reported, StepRefusal::Reported(NOW)), (Window { closes: NOW, ..WINDOW }, StepRefusal::TooLate(NOW))]
    {
        assert!(window.is_over(NOW));
        let refused = Err(refusal);
        assert_eq!(draft().submit(seen(1), account(1), NOW, window), refused);
        assert_eq!(draft().withdraw(hand(1), "再议").and_then(|gone| gone.resume(hand(1), window)), refused);
        assert_eq!(submitted().pass_community_check(community, true, window), refused);
        assert_eq!(submitted().return_to_branch(community, "缺材料", window), refused);
        assert_eq!(at_street().assess(street, window), refused);
        assert_eq!(at_street().screen_in(street, 2, 2, window), refused);
    }
}

#[test]
fn what_came_back_to_the_branch_can_be_missed_and_a_first_draft_cannot() {
    let returned = submitted().return_to_branch(step(ActingLevel::Community, 2), "缺材料", WINDOW).expect("in time");
    assert_eq!(returned.miss(NOW).map(|missed| missed.stage), Ok(Stage::NotRecommended));
    assert_eq!(draft().miss(NOW), Err(StepRefusal::WrongStage(Stage::Draft)));
}

#[test]
fn opinions_bind_to_the_version_that_was_seen() {
    let stale = Step { seen: seen(9), ..step(ActingLevel::Community, 2) };
    assert_eq!(submitted().pass_community_check(stale, true, WINDOW), Err(StepRefusal::OtherVersion));
    let returned =
        submitted().return_to_branch(step(ActingLevel::Community, 2), "缺少材料", WINDOW).expect("with a reason");
    let again = returned.submit(seen(2), account(1), NOW, WINDOW).expect("in time");
    assert_eq!(again.submission, Some(Submitted { id: seen(2), number: 2 }));
    assert_eq!(
        again.pass_community_check(step(ActingLevel::Community, 2), true, WINDOW),
        Err(StepRefusal::OtherVersion)
    );
}

// R-SEL-05
#[test]
fn one_person_acts_at_one_level() {
    let same = submitted().pass_community_check(step(ActingLevel::Community, 1), true, WINDOW);
    assert_eq!(same, Err(StepRefusal::SamePerson(ActingLevel::Branch)));
    assert!(screened().recommend(step(ActingLevel::Street, 3), Recommendation { rank: 1, quota: 1 }, WINDOW).is_ok());
    // Veto check, preliminary opinion, notice and confirmation are one level.
    let standing = NoticeStanding { ends_at: NOW, open_objections: 0 };
    assert!(noticed().confirm(hand(4), standing).is_ok());
    for (who, level) in [(1, ActingLevel::Branch), (2, ActingLevel::Community), (3, ActingLevel::Street)] {
        let same = StepRefusal::SamePerson(level);
        assert_eq!(recommended().examine(step(ActingLevel::County, who)), Err(same.clone()));
        assert_eq!(noticed().publish(hand(who)), Err(same.clone()));
        assert_eq!(noticed().confirm(hand(who), standing).map(|_| ()), Err(same.clone()));
        assert_eq!(confirmed().commend(hand(who)), Err(same.clone()));
        assert_eq!(confirmed().revoke(hand(who), "查实"), Err(same));
    }
}

// R-SEL-05
#[test]
fn whoever_judges_an_objection_has_no_other_part() {
    for (who, level) in [
        (1, ActingLevel::Branch),
        (2, ActingLevel::Community),
        (3, ActingLevel::Street),
        (4, ActingLevel::County),
        (6, ActingLevel::County),
    ] {
        let same = StepRefusal::SamePerson(level);
        assert_eq!(noticed().may_be_verified_by(account(who)), Err(same.clone()));
        assert_eq!(noticed().judge_objection(hand(who)), Err(same.clone()));
        assert_eq!(noticed().disqualify(hand(who), "查实"), Err(same));
    }
    let judged = noticed().judge_objection(hand(7)).expect("no other part");
    assert_eq!(judged.publish(hand(7)), Err(StepRefusal::SamePerson(ActingLevel::Verification)));
}

#[test]
fn returns_and_refusals_need_a_reason() {
    let none = |result: Result<Application, StepRefusal>| result.map(|a| a.stage) == Err(StepRefusal::NoReason);
    assert!(none(submitted().return_to_branch(step(ActingLevel::Community, 2), " ", WINDOW)));
    assert!(none(screened().decline(step(ActingLevel::Street, 3), "")));
    assert!(none(submitted().withdraw(hand(1), "")));
    assert!(none(noticed().disqualify(hand(7), "")));
    let panel = step(ActingLevel::County, 4);
    assert!(none(recommended().give_preliminary_opinion(panel, IN_TIME, None, Err(""))));
    let passed = recommended().give_preliminary_opinion(panel, IN_TIME, None, Ok(())).expect("in favour");
    assert!(none(passed.decide(step(ActingLevel::County, 5), FULL, Err(" "))));
    assert!(none(confirmed().revoke(hand(6), "")));
}

#[test]
fn limits_hold() {
    let street = step(ActingLevel::Street, 3);
    assert_eq!(at_street().screen_in(street, 1, 2, WINDOW), Err(StepRefusal::TooFewAssessors { have: 1, need: 2 }));
    let over = Recommendation { rank: 12, quota: 11 };
    assert_eq!(screened().recommend(street, over, WINDOW), Err(StepRefusal::OverQuota { rank: 12, quota: 11 }));
    let panel = step(ActingLevel::County, 4);
    let veto = recommended().give_preliminary_opinion(panel, IN_TIME, Some("V3"), Ok(()));
    assert_eq!(veto, Err(StepRefusal::Veto("V3".into())));
    let late = Step { now: WINDOW.closes, ..panel };
    let explained = OpinionDue { late_reason: "核查复函迟到", ..IN_TIME };
    let allowed = recommended().give_preliminary_opinion(late, explained, None, Ok(())).map(|it| it.stage);
    assert_eq!(allowed, Ok(Stage::PanelPassed));
    let late = recommended().give_preliminary_opinion(late, IN_TIME, None, Ok(()));
    assert_eq!(late, Err(StepRefusal::LateWithoutReason(WINDOW.closes)));
    let passed = recommended().give_preliminary_opinion(panel, IN_TIME, None, Ok(())).expect("in favour");
    let beyond = Approvals { approved: 21, ..FULL };
    assert_eq!(passed.decide(panel, beyond, Ok(())), Err(StepRefusal::OverSeats { seats: 20 }));
}

#[test]
fn an_award_waits_for_the_notice_and_its_objections() {
    let running = NoticeStanding { ends_at: NOW.plus_micros(1), open_objections: 0 };
    let objected = NoticeStanding { ends_at: NOW, open_objections: 1 };
    let refused = |standing| noticed().confirm(hand(6), standing).map(|(a, _)| a.stage);
    assert_eq!(refused(running), Err(StepRefusal::NoticeRunning(running.ends_at)));
    assert_eq!(refused(objected), Err(StepRefusal::ObjectionOpen(1)));
    let out = noticed().disqualify(hand(7), "查实").expect("with a reason");
    assert_eq!(out.stage, Stage::Disqualified);
}

#[test]
fn withdrawing_ends_with_the_decision() {
    assert_eq!(recommended().withdraw(hand(1), "主动退出").map(|a| a.stage), Ok(Stage::Withdrawn));
    assert_eq!(noticed().withdraw(hand(1), "主动退出"), Err(StepRefusal::WrongStage(Stage::Noticed)));
    let again = draft().withdraw(hand(1), "先不报").and_then(|a| a.resume(hand(1), WINDOW));
    assert_eq!(again.map(|a| a.stage), Ok(Stage::Draft));
}
