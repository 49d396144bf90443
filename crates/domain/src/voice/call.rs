//! Calling others in (转请协办): the owners' committee, the property company, and by street or county a department, which is the
//! “whistle” of R-VOI-08. The desk keeps the voice; who is called answers to the desk and never learns who spoke (R-VOI-11).

use super::{Desk, Length, VoiceKind, VoiceState};
use crate::{coded_enum, refusal::Refusal};

/// Within which an answer is due (R-VOI-08).
pub const ANSWER_WITHIN: Length = Length::WorkingDays(2);

coded_enum! {
    /// Who is called in (协办单位).
    pub enum Callee {
        /// 业主委员会.
        OwnersCommittee = "owners_committee" => "业主委员会",
        /// 物业服务企业.
        PropertyCompany = "property_company" => "物业服务企业",
        /// 部门: called by street or county alone (吹哨).
        Department = "department" => "部门、单位（吹哨）",
    }
}

coded_enum! {
    /// Where a call stands.
    pub enum CallState {
        /// 等回应.
        Open = "open" => "等回应",
        /// 已回应.
        Answered = "answered" => "已回应",
        /// 已收回.
        Withdrawn = "withdrawn" => "已收回",
    }
}

/// Why a step of a call is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallRefusal {
    /// Nobody works on the voice.
    #[error("这件诉求现在的状态是“{}”，签收、开始办理以后才能请别的单位协办", .0.label())]
    NotInProgress(VoiceState),
    /// R-VOI-11: a report stays with the desks.
    #[error("举报只由社区和上级办理，可以请部门协办，不能转给业主委员会和物业服务企业")]
    IsReport,
    /// R-VOI-08: whistling is the street's, and the county's.
    #[error("请部门协办由街道或县“吹哨”，请把这件诉求转给街道办理")]
    NotYours,
    /// Nobody named.
    #[error("请写明请哪个单位协办")]
    NoName,
    /// Not said what is asked.
    #[error("请写明请对方做什么")]
    NoWords,
    /// The call is over.
    #[error("这次协办已经有了结果，请刷新页面查看")]
    Over,
    /// Not said what was answered, or why it is withdrawn.
    #[error("请写明对方怎样回应，或者为什么收回")]
    NoAnswer,
    /// Somebody called in has not answered yet.
    #[error("还有协办单位没有回应，请先登记回应，或者收回协办")]
    StillOpen,
}

impl Refusal for CallRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::IsReport | Self::NotYours => "callee",
            Self::NoName => "called",
            Self::NoWords => "call",
            Self::NoAnswer => "answer",
            Self::NotInProgress(_) | Self::Over | Self::StillOpen => "",
        }
    }
}

// R-VOI-08, R-VOI-11
/// Whether a desk may call `callee` in for a voice of `kind` that stands at `state` there.
///
/// # Errors
/// Nobody works on it; who is called is not this desk's to call, or not to see a report.
pub fn may_call(callee: Callee, desk: Desk, kind: VoiceKind, state: VoiceState) -> Result<(), CallRefusal> {
    if state != VoiceState::InProgress {
        return Err(CallRefusal::NotInProgress(state));
    }
    if callee == Callee::Department {
        return if desk >= Desk::Street { Ok(()) } else { Err(CallRefusal::NotYours) };
    }
    if kind == VoiceKind::Report { Err(CallRefusal::IsReport) } else { Ok(()) }
}

/// What is asked, of whom.
///
/// # Errors
/// Nobody is named, or nothing asked.
pub fn must_be_asked(name: &str, words: &str) -> Result<(), CallRefusal> {
    if name.trim().is_empty() {
        return Err(CallRefusal::NoName);
    }
    if words.trim().is_empty() { Err(CallRefusal::NoWords) } else { Ok(()) }
}

impl CallState {
    /// Ends an open call, answered or withdrawn, with words.
    ///
    /// # Errors
    /// It is over; no words.
    pub fn end(self, next: Self, words: &str) -> Result<Self, CallRefusal> {
        if self != Self::Open {
            return Err(CallRefusal::Over);
        }
        if words.trim().is_empty() { Err(CallRefusal::NoAnswer) } else { Ok(next) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn departments_are_called_by_street_and_county_and_reports_stay_with_the_desks() {
        use VoiceKind::{Complaint, Report};
        let may = |callee, desk, kind| may_call(callee, desk, kind, VoiceState::InProgress);
        for (callee, desk, kind, expected) in [
            (Callee::PropertyCompany, Desk::Branch, Complaint, Ok(())),
            (Callee::OwnersCommittee, Desk::Community, Complaint, Ok(())),
            (Callee::Department, Desk::Branch, Complaint, Err(CallRefusal::NotYours)),
            (Callee::Department, Desk::Community, Complaint, Err(CallRefusal::NotYours)),
            (Callee::Department, Desk::Street, Complaint, Ok(())),
            (Callee::Department, Desk::County, Report, Ok(())),
            (Callee::PropertyCompany, Desk::County, Report, Err(CallRefusal::IsReport)),
        ] {
            assert_eq!(may(callee, desk, kind), expected, "{callee:?} by {desk:?}");
        }
        let new = may_call(Callee::PropertyCompany, Desk::Branch, Complaint, VoiceState::New);
        assert_eq!(new, Err(CallRefusal::NotInProgress(VoiceState::New)));
    }

    #[test]
    fn a_call_ends_once_and_with_words() {
        assert_eq!(CallState::Open.end(CallState::Answered, "已派人"), Ok(CallState::Answered));
        assert_eq!(CallState::Open.end(CallState::Withdrawn, " "), Err(CallRefusal::NoAnswer));
        assert_eq!(CallState::Answered.end(CallState::Withdrawn, "重复"), Err(CallRefusal::Over));
        assert_eq!(must_be_asked("", "x"), Err(CallRefusal::NoName));
        assert_eq!(must_be_asked("县城管局", " "), Err(CallRefusal::NoWords));
    }
}
