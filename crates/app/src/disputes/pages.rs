//! What several pages of mediation draw alike.

use domain::dispute::DisputeState;
use platform::shell::{Step, StepState};

use super::{queries::DisputeFile, store::dispute::row};
use crate::voices::until_words;

/// The deadline in words.
#[must_use]
pub fn due_words(row: &row::Model) -> String {
    row.due_at.map_or_else(|| "—".to_owned(), |due| until_words(due.0))
}

/// The tone of a state.
#[must_use]
pub const fn tone(state: DisputeState) -> &'static str {
    match state {
        DisputeState::Opened => "warn",
        DisputeState::Mediating | DisputeState::Agreed => "info",
        DisputeState::Performed | DisputeState::Closed => "good",
        DisputeState::Broken | DisputeState::Unsettled => "bad",
        DisputeState::Declined => "calm",
    }
}

/// The way of a file, with who has it and until when.
#[must_use]
pub fn steps(file: &DisputeFile) -> Vec<Step> {
    let row = &file.line.row;
    let (now, is_over) = match row.state.0 {
        DisputeState::Opened => (1, false),
        DisputeState::Declined => (1, true),
        DisputeState::Mediating => (2, false),
        DisputeState::Agreed => (3, false),
        DisputeState::Performed | DisputeState::Broken | DisputeState::Unsettled => (4, false),
        DisputeState::Closed => (5, false),
    };
    let note = |index: usize| match index {
        0 => row.opened_at.0.to_string(),
        index if index == now => {
            let until = row.due_at.map(|due| format!("，{}", until_words(due.0))).unwrap_or_default();
            format!("{}：{}，{}起{until}", row.state.0.label(), file.line.desk, row.state_since.0)
        }
        _ => String::new(),
    };
    let step = |(index, label): (usize, &&str)| Step {
        label: (*label).to_owned(),
        state: match index {
            index if index < now || (index == now && row.state.0 == DisputeState::Closed) => StepState::Done,
            index if index == now && is_over => StepState::Ended,
            index if index == now => StepState::Now,
            _ => StepState::Ahead,
        },
        note: note(index),
    };
    ["登记", "受理", "调解", "履行", "回访", "结案"].iter().enumerate().map(step).collect()
}
