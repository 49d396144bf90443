//! What several pages of deliberation draw alike, inside and for everybody.

use domain::{
    clock::{Instant, chinese_date},
    deliberation::{Deliberation, DeliberationState},
};
use platform::shell::{Step, StepState};

/// The tone of a state.
#[must_use]
pub const fn tone(state: DeliberationState) -> &'static str {
    match state {
        DeliberationState::Raised | DeliberationState::Undecided => "warn",
        DeliberationState::Declined | DeliberationState::Ended => "calm",
        DeliberationState::Agreed | DeliberationState::Accepted | DeliberationState::Closed => "good",
        _ => "info",
    }
}

/// `2022年3月8日起，征集到2022年3月15日`.
#[must_use]
pub fn since_words(thread: &Deliberation) -> String {
    let since = format!("{}起", chinese_date(thread.state_since.date()));
    match (thread.state, thread.collects_until, thread.session_on, thread.rates_until) {
        (DeliberationState::Collecting, Some(until), ..) => format!("{since}，征集到{}", chinese_date(until)),
        (DeliberationState::Announced, _, Some(day), _) => format!("{since}，{}议事", chinese_date(day)),
        (DeliberationState::Accepted, .., Some(until)) => format!("{since}，居民评价到{}", chinese_date(until)),
        _ => since,
    }
}

/// The way of a thread. Matters that are not the owners' to decide know no vote.
#[must_use]
pub fn steps(thread: &Deliberation, now: Instant) -> Vec<Step> {
    let mut labels = vec![
        "提出",
        "征集意见",
        "支部意见",
        "议题公示",
        "议事",
        "业主表决",
        "公布",
        "实施",
        "验收",
        "居民评价",
        "办结",
    ];
    if thread.vote.is_none() {
        labels.retain(|label| *label != "业主表决");
    }
    let label = match thread.state {
        DeliberationState::Raised | DeliberationState::Declined => "提出",
        DeliberationState::Collecting if thread.hears(now) => "征集意见",
        DeliberationState::Collecting => "支部意见",
        DeliberationState::Opined => "议题公示",
        DeliberationState::Announced | DeliberationState::Undecided => "议事",
        DeliberationState::Voting => "业主表决",
        DeliberationState::Agreed => "公布",
        DeliberationState::Published | DeliberationState::Executing => "实施",
        DeliberationState::Accepted if thread.is_rated(now) => "居民评价",
        DeliberationState::Accepted | DeliberationState::Closed => "办结",
        DeliberationState::Ended if thread.sessions > 0 => "议事",
        DeliberationState::Ended => "征集意见",
    };
    let at = labels.iter().position(|known| *known == label).unwrap_or(0);
    let step = |(index, label): (usize, &&str)| Step {
        label: (*label).to_owned(),
        state: match index {
            index if index < at => StepState::Done,
            index if index > at => StepState::Ahead,
            _ if thread.state == DeliberationState::Closed => StepState::Done,
            _ if !thread.state.is_open() => StepState::Ended,
            _ => StepState::Now,
        },
        note: if index == at { format!("{}，{}", thread.label(now), since_words(thread)) } else { String::new() },
    };
    labels.iter().enumerate().map(step).collect()
}
