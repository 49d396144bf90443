//! The codes that bodies of the record hold, in the words of the modules they come from.

use std::str::FromStr;

use domain::{
    activity::ActivityKind,
    meeting::MeetingKind,
    owners::{CallResult, VoteOutcome},
    permission::OfficeKind,
    points::EntryState,
    selection::{
        funds::PayeeAccount,
        objection::{Channel, Finding},
        review::{ConsultationReply, Verdict},
    },
    service::ReportKind,
    voice::{Desk, VoiceChannel, VoiceKind},
};

use super::words::{state, step};

/// A code in words; `None` when it is unknown, or not written there.
pub(super) fn of<T: FromStr>(code: &str, label: fn(T) -> &'static str) -> Option<&'static str> {
    code.parse().ok().map(label)
}

/// What stands under `name` in a body about a thing of `kind`, in words; `None` when there are none for it.
pub(super) fn label(kind: &str, name: &str, code: &str) -> Option<&'static str> {
    match (kind, name) {
        (_, "step") => step(code),
        (_, "state") => state(kind, code),
        (_, "desk") => of(code, Desk::label),
        ("application", "verdict") => of(code, Verdict::label),
        ("branch", "verdict") => of(code, EntryState::label),
        ("consultation", "reply") => of(code, ConsultationReply::label),
        ("objection", "finding") => of(code, Finding::label),
        ("objection", "channel") => of(code, Channel::label),
        ("voice", "channel") => of(code, VoiceChannel::label),
        ("voice", "kind") => of(code, VoiceKind::label),
        ("activity", "kind") => of(code, ActivityKind::label),
        ("meeting", "kind") => of(code, MeetingKind::label),
        ("office", "kind") => of(code, OfficeKind::label),
        ("poll_owner", "outcome") => of(code, CallResult::label),
        ("owner_poll", "outcome") => of(code, VoteOutcome::label),
        ("duty_report", "kind") => of(code, ReportKind::label),
        ("commitment", "payee") => of(code, PayeeAccount::label),
        ("membership", "kind") if code == "link" => Some("一次性链接"),
        ("points_source", "source") => match code {
            "activity" => Some("活动"),
            "meeting" => Some("会议"),
            "post" => Some("服务岗位"),
            "service" => Some("服务记录"),
            "wish" => Some("微心愿"),
            _ => None,
        },
        _ => None,
    }
}
