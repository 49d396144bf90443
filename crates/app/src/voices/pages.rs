//! What several pages of voices draw alike.

use domain::{
    clock::{Instant, chinese_date},
    voice::{Voice, VoiceState},
};
use platform::{
    forms::Form,
    shell::{Step, StepState},
};

use super::{queries::PublicVoice, read::NEW, store::voice::row};

/// The deadline in words: the last day where it ends at 24:00, else the moment.
#[must_use]
pub fn due_words(row: &row::Model) -> String {
    row.due_at.map_or_else(|| "—".to_owned(), |due| until_words(due.0))
}

/// `2022年3月8日前`, or `2022年3月8日 11:30 前`.
#[must_use]
pub fn until_words(due: Instant) -> String {
    if due == Instant::start_of(due.date()) {
        format!("{}前", chinese_date(due.plus_micros(-1).date()))
    } else {
        format!("{due} 前")
    }
}

/// The tone of a state.
#[must_use]
pub const fn tone(state: VoiceState) -> &'static str {
    match state {
        VoiceState::New | VoiceState::Assigned | VoiceState::Returned | VoiceState::Acknowledged => "warn",
        VoiceState::Reopened | VoiceState::Escalated | VoiceState::CalledBack => "bad",
        VoiceState::InProgress | VoiceState::Done => "info",
        VoiceState::Closed => "good",
        VoiceState::Parked | VoiceState::Merged | VoiceState::OutOfScope => "calm",
    }
}

/// The way of a voice, with who has it and until when.
#[must_use]
pub fn steps(voice: &Voice, desk: &str, due: Option<Instant>) -> Vec<Step> {
    let (now, is_over) = match voice.state {
        VoiceState::New => (1, false),
        VoiceState::OutOfScope => (1, true),
        VoiceState::Acknowledged
        | VoiceState::Assigned
        | VoiceState::Returned
        | VoiceState::InProgress
        | VoiceState::Parked
        | VoiceState::Merged
        | VoiceState::Reopened
        | VoiceState::Escalated => (2, false),
        VoiceState::Done | VoiceState::CalledBack => (3, false),
        VoiceState::Closed => (4, false),
    };
    let note = |index: usize| match (index, voice.state) {
        (0, _) => voice.received_at.to_string(),
        (index, state) if index == now => {
            let until = due.map(|due| format!("，{}", until_words(due))).unwrap_or_default();
            format!("{}：{desk}，{}起{until}", state.public_label(), voice.state_since)
        }
        _ => String::new(),
    };
    let step = |(index, label): (usize, &&str)| Step {
        label: (*label).to_owned(),
        state: match index {
            index if index < now || (index == now && voice.state == VoiceState::Closed) => StepState::Done,
            index if index == now && is_over => StepState::Ended,
            index if index == now => StepState::Now,
            _ => StepState::Ahead,
        },
        note: note(index),
    };
    // The resident is asked about the whole.
    let is_asked = |(index, _): &(usize, &&str)| !voice.is_piece || *index != 3;
    ["反映", "受理", "办理", "回访", "结案"].iter().enumerate().filter(is_asked).map(step).collect()
}

/// What is worked on already, and that it is none of it.
#[must_use]
pub fn same_choices(open: &[PublicVoice]) -> Vec<(String, String)> {
    let many = |voice: &PublicVoice| match voice.voicers {
        1 => String::new(),
        voicers => format!("，{voicers} 人反映"),
    };
    let words = |voice: &PublicVoice| {
        format!("{}：{}反映，{}{}", voice.topic, voice.received_on, voice.state.public_label(), many(voice))
    };
    or_none_of_them(open.iter().map(|voice| (voice.id.to_string(), words(voice))))
}

/// Which of them was chosen.
#[must_use]
pub fn chosen_same(form: &Form) -> &str {
    match form.value("same") {
        "" => NEW,
        typed => typed,
    }
}

/// Characters of what is said in a line about it.
const SHORT: usize = 40;

/// What a voice says, as far as a line goes; for officers.
#[must_use]
pub fn in_short(row: &row::Model) -> String {
    let words: String = row.text.chars().take(SHORT).collect();
    let more = if row.text.chars().count() > SHORT { "…" } else { "" };
    let spot = if row.spot.is_empty() { String::new() } else { format!("，{}", row.spot) };
    let (topic, day) = (row.topic.0.label(), chinese_date(row.received_at.0.date()));
    format!("{topic}{spot}：{words}{more}（{day}收到，{}）", row.state.0.label())
}

/// These voices to choose from, and that it is none of them.
#[must_use]
pub fn or_none_of_them(known: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    std::iter::once((NEW.to_owned(), "都不是，是新的事情".to_owned())).chain(known).collect()
}
