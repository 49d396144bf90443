//! What a resident who left a mobile phone is told by short message (短信).

use super::{Desk, Voice, VoiceKind, VoiceState, VoiceStep, VoiceTopic};
use crate::{
    clock::{Instant, chinese_date},
    selection::query_code::QueryCode,
};

/// Nobody is woken: texts go out from eight in the morning …
const FROM_HOUR: i8 = 8;
/// … until nine in the evening.
const UNTIL_HOUR: i8 = 21;
/// How often one is tried.
pub const TEXT_TRIES: i32 = 3;

/// Whether texts go out now.
#[must_use]
pub fn is_text_hour(now: Instant) -> bool {
    (FROM_HOUR..UNTIL_HOUR).contains(&now.civil().hour())
}

/// The mobile number in what was typed; `None` where it is none, as with `0877-7011234`.
#[must_use]
pub fn mobile(typed: &str) -> Option<String> {
    let digit = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        c => c.is_ascii_digit().then_some(c),
    };
    let digits: String = typed.chars().filter_map(digit).collect();
    let own = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    let is_mobile = own.len() == 11 && own.starts_with('1') && !matches!(own.as_bytes()[1], b'0'..=b'2');
    is_mobile.then(|| own.to_owned())
}

/// What the text calls the matter. Who reports something shares the telephone with others: nothing of it is named.
fn matter(kind: VoiceKind, topic: VoiceTopic) -> String {
    match kind {
        VoiceKind::Report => "您反映的一件事".to_owned(),
        _ => format!("您反映的“{}”", topic.label()),
    }
}

/// That it was taken in, with the code to follow it.
#[must_use]
pub fn receipt_text(kind: VoiceKind, topic: VoiceTopic, code: &QueryCode) -> String {
    format!("{}已收到，查询码 {code}，凭它看办到哪一步。请勿告诉他人。", matter(kind, topic))
}

/// What a step means for who spoke, with the voice as it stands after it; `None` for what moves nothing for them, or what they did
/// themselves.
#[must_use]
pub fn step_text(step: VoiceStep, topic: VoiceTopic, voice: &Voice, due: Option<Instant>) -> Option<String> {
    // What only waits to be signed for has another day than the work.
    let until = due.filter(|_| voice.state == VoiceState::InProgress);
    let until = until.map(|due| format!("，{}前办结", chinese_date(due.plus_micros(-1).date()))).unwrap_or_default();
    let desk = |desk: Desk| desk.label();
    let what = match step {
        VoiceStep::Acknowledged => format!("已受理，由{}办理{until}", desk(voice.desk)),
        VoiceStep::Declined => "不属受理范围，已写明该找哪里".to_owned(),
        VoiceStep::Assigned => format!("已转{}办理", desk(voice.desk)),
        VoiceStep::Asked => "办理单位有情况要问您，请查看并补充".to_owned(),
        VoiceStep::Replied => "办理单位作了答复".to_owned(),
        VoiceStep::Extended => format!("办理时间延长{until}"),
        VoiceStep::Parked => "暂时办不了，已写明原因和复查日期".to_owned(),
        VoiceStep::Resumed => format!("已恢复办理{until}"),
        VoiceStep::Merged => "和同样的反映一起办理".to_owned(),
        VoiceStep::Split => "分给几个单位一起办理".to_owned(),
        VoiceStep::Finished => "已办结，请评价；没有办好的，可以要求重办".to_owned(),
        VoiceStep::Escalated => format!("超过期限没有办，已交{}办理", desk(voice.desk)),
        VoiceStep::Received
        | VoiceStep::Accepted
        | VoiceStep::Returned
        | VoiceStep::Added
        | VoiceStep::Noted
        | VoiceStep::Called
        | VoiceStep::CallAnswered
        | VoiceStep::CallWithdrawn
        | VoiceStep::CalledBack
        | VoiceStep::Reopened
        | VoiceStep::Joined
        | VoiceStep::Parted
        | VoiceStep::PieceDone
        | VoiceStep::Closed => return None,
    };
    Some(format!("{}：{what}。请凭查询码查看。", matter(voice.kind, topic)))
}

/// What a step on the voice that another one follows means for who spoke the other: they read where it stands, and what they may do
/// is to have theirs worked on by itself.
#[must_use]
pub fn follower_text(step: VoiceStep, topic: VoiceTopic, leader: &Voice, due: Option<Instant>) -> Option<String> {
    let what = match step {
        VoiceStep::Finished => "和您一起办的同样的反映已办结；不是一件事、没有办好的，可以要求单独办理".to_owned(),
        VoiceStep::Reopened => format!("和您一起办的同样的反映没有办好，已交{}重办", leader.desk.label()),
        VoiceStep::Acknowledged
        | VoiceStep::Assigned
        | VoiceStep::Extended
        | VoiceStep::Parked
        | VoiceStep::Resumed
        | VoiceStep::Escalated => return step_text(step, topic, leader, due),
        _ => return None,
    };
    Some(format!("{}：{what}。请凭查询码查看。", matter(leader.kind, topic)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::voice::{Arrival, VoiceChannel};

    fn worked_on(kind: VoiceKind) -> Voice {
        let voice = Voice::receive(Arrival {
            id: uuid::Uuid::from_u128(1).into(),
            branch: "5304270010010001".parse().expect("a code"),
            kind,
            channel: VoiceChannel::Web,
            taken_in_at: None,
            received_at: Instant::start_of(date(2022, 3, 1)),
        });
        Voice { state: VoiceState::InProgress, ..voice }
    }

    #[test]
    fn mobile_numbers_are_found_as_people_type_them() {
        for (typed, number) in [
            ("13987740001", Some("13987740001")),
            ("139 8774-0001", Some("13987740001")),
            ("+86 13987740001", Some("13987740001")),
            ("１３９８７７４０００１", Some("13987740001")),
            ("0877-7011234", None),
            ("1398774000", None),
            ("23987740001", None),
            ("10000000000", None),
            ("", None),
        ] {
            assert_eq!(mobile(typed).as_deref(), number, "{typed}");
        }
    }

    #[test]
    fn nobody_is_woken() {
        for (hour, minute, is_one) in [(7, 59, false), (8, 0, true), (20, 59, true), (21, 0, false), (0, 0, false)] {
            assert_eq!(is_text_hour(Instant::at(date(2022, 3, 1).at(hour, minute, 0, 0))), is_one, "{hour}:{minute}");
        }
    }

    #[test]
    fn a_text_names_the_matter_and_never_what_was_reported() {
        let due = Some(Instant::end_of(date(2022, 3, 8)));
        let voice = worked_on(VoiceKind::Complaint);
        let told = step_text(VoiceStep::Acknowledged, VoiceTopic::Repairs, &voice, due).expect("a text");
        assert!(told.starts_with(&format!("您反映的“{}”：已受理", VoiceTopic::Repairs.label())), "{told}");
        assert!(told.contains("2022年3月8日前办结"), "{told}");
        let assigned = Voice { state: VoiceState::Assigned, ..voice };
        let told = step_text(VoiceStep::Acknowledged, VoiceTopic::Repairs, &assigned, due).expect("a text");
        assert!(!told.contains("3月8日"), "until then it is signed for, not done: {told}");
        let report = worked_on(VoiceKind::Report);
        let told = step_text(VoiceStep::Finished, VoiceTopic::Repairs, &report, None).expect("a text");
        assert!(!told.contains(VoiceTopic::Repairs.label()) && told.contains("请评价"), "{told}");
        // Who follows another's voice is asked nothing and may not rate it.
        let voice = worked_on(VoiceKind::Complaint);
        for silent in [VoiceStep::Asked, VoiceStep::Replied, VoiceStep::Declined, VoiceStep::Split] {
            assert_eq!(follower_text(silent, VoiceTopic::Repairs, &voice, None), None, "{silent}");
        }
        let told = follower_text(VoiceStep::Finished, VoiceTopic::Repairs, &voice, None).expect("a text");
        assert!(told.contains("单独办理") && !told.contains("请评价"), "{told}");
        for silent in [VoiceStep::Noted, VoiceStep::Added, VoiceStep::CalledBack, VoiceStep::Closed] {
            assert_eq!(step_text(silent, VoiceTopic::Repairs, &report, None), None, "{silent}");
        }
    }
}
