//! Who does what when, in a season of the demo. Pure: the same year gives the same play.

use domain::clock::Instant;
use jiff::civil::{Date, date};

/// One move of the play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    /// The county writes its parameters and opens the season.
    Open,
    /// A branch begins its draft.
    Draft(usize),
    /// A branch submits.
    Submit(usize),
    /// The community returns.
    Return(usize),
    /// The community passes on.
    Pass(usize),
    /// The street's first or second assessor has been there.
    Assess(usize, usize),
    /// The street screens in.
    Screen(usize),
    /// A street recommends.
    Recommend(usize),
    /// A panel unit replies.
    Reply(usize),
    /// Vetoes are checked and preliminary opinions given.
    Opine,
    /// The list goes out for consultation.
    Consult,
    /// The replies are kept.
    Hear,
    /// The standing committee decides.
    Decide,
    /// The notice is published.
    Publish,
    /// Residents object.
    Object,
    /// The objections are verified, decided and answered.
    Verify,
    /// The awards are confirmed.
    Confirm,
    /// The circular is issued.
    Commend,
    /// The county enters what else the budget line pays for.
    PlanMoney,
    /// The award money is prepared.
    Prepare,
    /// The leader approves it.
    Approve,
    /// Finance records that it was paid.
    Pay,
    /// The bank sends one payment back.
    SendBack,
    /// Branches confirm that it arrived.
    Receive,
}

/// Units of the panel.
pub(super) const UNITS: usize = 6;

/// Whether the branch applies this year: a little over half of them do.
pub(super) const fn applies(year: i16, branch: usize) -> bool {
    !(branch + year as usize).is_multiple_of(2) || branch.is_multiple_of(7)
}

/// Every move of the season, in the order of time.
pub(super) fn schedule(year: i16, branches: usize) -> Vec<(Instant, Move)> {
    let mut moves = vec![(at(date(year, 11, 1), 9, 0), Move::Open)];
    for branch in (0..branches).filter(|branch| applies(year, *branch)) {
        of_branch(year, branch, &mut moves);
    }
    let next = year + 1;
    moves.extend([
        (at(date(year, 12, 27), 15, 0), Move::Recommend(0)),
        (at(date(year, 12, 28), 10, 0), Move::Recommend(1)),
        (at(date(next, 1, 6), 9, 0), Move::Opine),
        (at(date(next, 1, 6), 16, 0), Move::Consult),
        (at(date(next, 1, 10), 17, 0), Move::Hear),
        (at(date(next, 1, 12), 15, 0), Move::Decide),
        (at(date(next, 1, 13), 10, 0), Move::Publish),
        (at(date(next, 1, 17), 20, 30), Move::Object),
        (at(date(next, 1, 21), 10, 0), Move::Verify),
        (at(date(next, 1, 25), 10, 0), Move::Confirm),
        (at(date(next, 1, 28), 11, 0), Move::Commend),
        (at(date(next, 2, 9), 15, 0), Move::PlanMoney),
        (at(date(next, 2, 10), 9, 0), Move::Prepare),
        (at(date(next, 2, 14), 9, 0), Move::Approve),
        (at(date(next, 2, 21), 9, 0), Move::Pay),
        (at(date(next, 2, 22), 10, 0), Move::SendBack),
        (at(date(next, 2, 23), 9, 0), Move::Receive),
    ]);
    moves.extend((0..UNITS).map(|unit| (at(date(next, 1, 4), 9, minute(unit * 7)), Move::Reply(unit))));
    moves.sort_by_key(|(at, _)| *at);
    moves
}

/// A branch drafts in November and submits by the middle of December; every ninth is returned once.
fn of_branch(year: i16, branch: usize, moves: &mut Vec<(Instant, Move)>) {
    let day = |offset: usize, hour: i8| {
        let first = Instant::at(date(year, 11, 8).at(hour, minute(branch), 0, 0));
        first.plus_days(i64::try_from(offset).unwrap_or(0))
    };
    let spread = (branch * 17) % 36;
    moves.push((day(spread, 10), Move::Draft(branch)));
    moves.push((day(spread + 3, 16), Move::Submit(branch)));
    let mut passed = spread + 5;
    if branch.is_multiple_of(9) {
        moves.push((day(spread + 4, 9), Move::Return(branch)));
        moves.push((day(spread + 5, 20), Move::Submit(branch)));
        passed = spread + 7;
    }
    moves.push((day(passed, 11), Move::Pass(branch)));
    moves.push((day(passed + 2, 9), Move::Assess(branch, 0)));
    moves.push((day(passed + 2, 14), Move::Assess(branch, 1)));
    moves.push((day(passed + 3, 17), Move::Screen(branch)));
}

fn at(day: Date, hour: i8, minute: i8) -> Instant {
    Instant::at(day.at(hour, minute, 0, 0))
}

fn minute(number: usize) -> i8 {
    i8::try_from(number % 60).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_application_is_screened_before_the_streets_recommend() {
        let moves = schedule(2021, 100);
        let recommended = moves.iter().position(|(_, it)| *it == Move::Recommend(0)).expect("a recommendation");
        let screened = moves.iter().rposition(|(_, it)| matches!(it, Move::Screen(_))).expect("a screening");
        assert!(screened < recommended, "the last screening comes before the first recommendation");
        assert!(moves.is_sorted_by_key(|(at, _)| *at));
        assert!(moves.iter().filter(|(_, it)| matches!(it, Move::Draft(_))).count() > 50);
    }
}
