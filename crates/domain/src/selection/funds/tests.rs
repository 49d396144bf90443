use uuid::Uuid;

use super::*;

const NOW: Instant = Instant::from_micros(1_700_000_000_000_000);
const AWARD: Fen = Fen(500_000);
const LINE: Fen = Fen(30_000_000);

fn person(number: u128) -> AccountId {
    Uuid::from_u128(number).into()
}

fn prepared() -> Commitment {
    let proposal = Proposal {
        id: Uuid::from_u128(1).into(),
        season: Uuid::from_u128(2).into(),
        branch: "5304270010030012".parse().expect("a code"),
        amount: AWARD,
        preparer: person(1),
    };
    Commitment::prepare(proposal, Fen(0), LINE, NOW).expect("within the budget")
}

fn approved() -> Commitment {
    prepared().approve(person(2), "〔2026〕3号", NOW).expect("another person")
}

fn paid() -> Commitment {
    approved().record_payment(person(3), "凭证 12", NOW).expect("a third person")
}

#[test]
fn twenty_awards_fit_the_line_and_not_a_fen_more() {
    assert_eq!(check_budget(Fen(9_500_000), AWARD, Fen(10_000_000)), Ok(Fen(0)));
    let refusal = check_budget(Fen(9_500_001), AWARD, Fen(10_000_000)).expect_err("too much");
    assert_eq!(
        refusal.to_string(),
        "预算为 100,000.00 元，已安排 95,000.01 元，还剩 4,999.99 元，不够安排这次的 5,000.00 元；请减少笔数或金额，或先按程序调整预算"
    );
    assert_eq!(refusal.field(), "amount");
    assert_eq!(check_budget(Fen(0), Fen(0), LINE), Err(FundsRefusal::NoAmount));
    assert_eq!(check_budget(Fen(0), Fen(-1), LINE), Err(FundsRefusal::NoAmount));
    assert!(check_budget(Fen(i64::MAX), Fen(i64::MAX), LINE).is_err());
}

#[test]
fn three_persons_hold_the_money() {
    let same = |done, asked| FundsRefusal::SamePerson { done, asked };
    assert_eq!(prepared().approve(person(1), "3号", NOW), Err(same(Duty::Prepare, Duty::Approve)));
    assert_eq!(approved().record_payment(person(1), "12", NOW), Err(same(Duty::Prepare, Duty::RecordPayment)));
    let refusal = approved().record_payment(person(2), "12", NOW).expect_err("the approver");
    assert_eq!(
        refusal.to_string(),
        "您已经办理过这笔资金的审批；编制、审批、支付登记须由三名不同的同志办理，请换一名同志办理支付登记"
    );
}

#[test]
fn money_goes_out_and_comes_back_only_by_its_steps() {
    let state = |step: Result<Commitment, FundsRefusal>| step.map(|commitment| commitment.state);
    assert_eq!(state(paid().record_receipt("回单 7", NOW)), Ok(CommitmentState::Receipted));
    let returned = paid().record_return("账号有误", NOW).expect("paid");
    assert_eq!(state(returned.clone().record_payment(person(3), "13", NOW)), Ok(CommitmentState::Paid));
    assert_eq!(state(returned.cancel("支部已撤销", NOW)), Ok(CommitmentState::Cancelled));
    let recovering = paid().start_recovery(Stage::Revoked, "撤销称号", NOW).expect("paid");
    assert_eq!(state(recovering.record_recovery("收款 9", NOW)), Ok(CommitmentState::Recovered));

    let wrong = |state| Err(FundsRefusal::WrongState(state));
    assert_eq!(prepared().record_payment(person(3), "12", NOW), wrong(CommitmentState::Prepared));
    assert_eq!(paid().cancel("不要了", NOW), wrong(CommitmentState::Paid));
    assert_eq!(approved().start_recovery(Stage::Revoked, "撤销称号", NOW), wrong(CommitmentState::Approved));
    assert_eq!(paid().record_payment(person(3), "12", NOW), wrong(CommitmentState::Paid));
    assert_eq!(paid().record_recovery("收款 9", NOW), wrong(CommitmentState::Paid));
}

#[test]
fn every_step_leaves_its_paper() {
    assert_eq!(prepared().approve(person(2), " ", NOW), Err(FundsRefusal::NoMinutes));
    assert_eq!(approved().record_payment(person(3), "", NOW), Err(FundsRefusal::NoVoucher));
    assert_eq!(paid().record_receipt("", NOW), Err(FundsRefusal::NoVoucher));
    assert_eq!(paid().record_return("", NOW), Err(FundsRefusal::NoReason));
    assert_eq!(prepared().cancel("", NOW), Err(FundsRefusal::NoReason));
    assert_eq!(paid().start_recovery(Stage::Revoked, "", NOW), Err(FundsRefusal::NoReason));
}

#[test]
fn only_what_is_closed_frees_the_budget() {
    let free: Vec<_> = CommitmentState::ALL.iter().filter(|state| !state.takes_budget()).collect();
    assert_eq!(free, [&CommitmentState::Cancelled, &CommitmentState::Recovered]);
}

type Deed = fn(Commitment) -> Result<Commitment, FundsRefusal>;

#[test]
fn every_step_begins_only_where_it_belongs() {
    use CommitmentState::{Approved, Cancelled, Paid, Prepared, Receipted, Recovered, Recovering, Returned};
    let steps: [(&str, Deed, &[CommitmentState], CommitmentState); 7] = [
        ("approve", |c| c.approve(person(2), "3号", NOW), &[Prepared], Approved),
        ("pay", |c| c.record_payment(person(3), "12", NOW), &[Approved, Returned], Paid),
        ("receipt", |c| c.record_receipt("7", NOW), &[Paid], Receipted),
        ("return", |c| c.record_return("账号有误", NOW), &[Paid], Returned),
        ("cancel", |c| c.cancel("支部已撤销", NOW), &[Prepared, Approved, Returned], Cancelled),
        ("demand back", |c| c.start_recovery(Stage::Revoked, "撤销称号", NOW), &[Paid, Receipted], Recovering),
        ("recover", |c| c.record_recovery("9", NOW), &[Recovering], Recovered),
    ];
    for state in CommitmentState::ALL {
        for (name, deed, begins, leads) in steps {
            let stands = Commitment { state: *state, ..prepared() };
            let expected = if begins.contains(state) { Ok(leads) } else { Err(FundsRefusal::WrongState(*state)) };
            assert_eq!(deed(stands).map(|commitment| commitment.state), expected, "{name} from {state}");
        }
    }
}

#[test]
fn money_follows_the_award() {
    assert_eq!(check_awarded(Stage::Confirmed), Ok(()));
    assert_eq!(check_awarded(Stage::Revoked), Err(FundsRefusal::NotAwarded(Stage::Revoked)));
    assert_eq!(paid().start_recovery(Stage::Awarded, "撤销称号", NOW), Err(FundsRefusal::StillAwarded));
}

#[test]
fn the_other_items_leave_room_for_what_is_promised() {
    let line = Fen(30_000_000);
    assert_eq!(check_plan(Fen(10_000_000), Fen(20_000_000), line), Ok(()));
    assert_eq!(check_plan(Fen(0), Fen(0), line), Ok(()));
    let refusal = check_plan(Fen(10_000_000), Fen(20_000_001), line).expect_err("one fen too much");
    assert!(refusal.to_string().contains("还剩 200,000.00 元"), "{refusal}");
}
