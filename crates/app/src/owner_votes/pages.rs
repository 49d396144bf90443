//! What several pages of polls draw alike.

use domain::{
    clock::chinese_date,
    owners::{PollState, VoteOutcome},
};
use platform::shell::{Step, StepState};

use super::{queries::PollLine, store::poll::row};

/// `2022年11月23日 0:00 至 2022年12月7日 24:00`.
#[must_use]
pub fn days_words(row: &row::Model) -> String {
    format!("{} 0:00 至 {} 24:00", chinese_date(row.opens_on.0), chinese_date(row.closes_on.0))
}

/// The tone of a state.
#[must_use]
pub const fn tone(state: PollState) -> &'static str {
    match state {
        PollState::Prepared | PollState::RegisterFrozen | PollState::Closed => "warn",
        PollState::Announced | PollState::Open | PollState::Tallied => "info",
        PollState::ResultPublished | PollState::Filed => "good",
        PollState::Cancelled => "calm",
    }
}

/// The tone of an outcome.
#[must_use]
pub const fn outcome_tone(outcome: VoteOutcome) -> &'static str {
    match outcome {
        VoteOutcome::Passed => "good",
        VoteOutcome::Failed | VoteOutcome::NoQuorum => "bad",
    }
}

/// The way of a poll, with who has it and until when.
#[must_use]
pub fn steps(line: &PollLine) -> Vec<Step> {
    let row = &line.row;
    let now = match line.state {
        PollState::Prepared => 0,
        PollState::RegisterFrozen => 1,
        PollState::Announced => 2,
        PollState::Open => 3,
        PollState::Closed => 4,
        PollState::Tallied => 5,
        PollState::ResultPublished => 6,
        PollState::Filed => 7,
        PollState::Cancelled if row.announced_at.is_some() => 3,
        PollState::Cancelled => 0,
    };
    let until = row.poll().file_until().map(|until| chinese_date(until.plus_micros(-1).date())).unwrap_or_default();
    let note = |index: usize| match index {
        0 if now == 0 => format!("{}录入名册", line.place),
        1 if now == 1 => "社区党总支核对".to_owned(),
        2 => row.announced_at.map(|at| at.0.to_string()).unwrap_or_default(),
        3 => days_words(row),
        4 if now == 4 => "先回访，再计票".to_owned(),
        5 => row.published_on.map(|day| chinese_date(day.0)).unwrap_or_default(),
        6 if now == 6 => format!("{until}前"),
        6 => row.filed_on.map(|day| chinese_date(day.0)).unwrap_or_default(),
        _ => String::new(),
    };
    let state = |index: usize| match index {
        index if index < now => StepState::Done,
        index if index == now && line.state == PollState::Cancelled => StepState::Ended,
        index if index == now => StepState::Now,
        _ => StepState::Ahead,
    };
    let step =
        |(index, label): (usize, &&str)| Step { label: (*label).to_owned(), state: state(index), note: note(index) };
    ["准备名册", "社区核对", "公告", "表决", "计票", "公布结果", "备案"].iter().enumerate().map(step).collect()
}
