//! The county's review (评选组评选、征求意见、审定): what panel units and consulted leaders answer, and when all of it is there.
//!
//! The way of the application itself is in [`super::application`]; this is what is gathered beside it.

use jiff::civil::Date;

use crate::{
    clock::{Instant, chinese_date},
    coded_enum,
    refusal::Refusal,
};

use super::application::{Stage, StepRefusal};

coded_enum! {
    /// What a panel unit answers on one application (评选组成员单位意见, R-SEL-11).
    pub enum Verdict {
        /// In favour.
        Agree = "agree" => "同意",
        /// Against; needs a reason.
        Disagree = "disagree" => "不同意",
        /// Nothing to say.
        NoComment = "no_comment" => "无意见",
    }
}

coded_enum! {
    /// How a consultation ended (征求意见结果, R-SEL-13).
    pub enum ConsultationReply {
        /// Answered that there is nothing to say.
        NoComment = "no_comment" => "无意见",
        /// Answered with an opinion.
        Comment = "comment" => "有意见",
        /// Did not answer until the day it was due.
        Silent = "silent" => "未回复",
    }
}

/// Why a panel unit's answer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PanelReplyRefusal {
    /// The panel has said its preliminary opinion, or the application never came to it.
    #[error("这份申报现在的状态是“{}”，评选组意见已不能填写或修改", .0.label())]
    NotWithPanel(Stage),
    /// R-SEL-11: against without a reason.
    #[error("不同意的要写明理由，供评选组研究")]
    NoReason,
}

impl Refusal for PanelReplyRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NotWithPanel(_) => "",
            Self::NoReason => "reason",
        }
    }
}

// R-SEL-11
/// Whether a unit may answer so: changeable until the preliminary opinion, and never against without a reason.
///
/// # Errors
/// Not with the panel; no reason.
pub fn check_panel_reply(stage: Stage, verdict: Verdict, reason: &str) -> Result<(), PanelReplyRefusal> {
    if stage != Stage::Recommended {
        return Err(PanelReplyRefusal::NotWithPanel(stage));
    }
    if verdict == Verdict::Disagree && reason.trim().is_empty() {
        return Err(PanelReplyRefusal::NoReason);
    }
    Ok(())
}

/// Someone who is asked for an opinion: a member of the standing committee, and the department where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultee {
    /// The post, such as `县纪委书记、县监委主任`.
    pub post: String,
    /// The department, such as `县纪委监委`; empty when none is named.
    pub department: String,
}

impl Consultee {
    /// Reads what the season's parameters name: `县委组织部部长（县委组织部）`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let split = text.strip_suffix(['）', ')']).and_then(|inner| inner.rsplit_once(['（', '(']));
        match split {
            Some((post, department)) => Self { post: post.trim().to_owned(), department: department.trim().to_owned() },
            None => Self { post: text.to_owned(), department: String::new() },
        }
    }
}

/// The days of one consultation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsultationDays {
    /// When it was sent.
    pub sent_on: Date,
    /// The last day for the answer.
    pub due_on: Date,
}

/// Why a consultation's result is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConsultationRefusal {
    /// An opinion without its text.
    #[error("有意见的请写明意见内容")]
    NoText,
    /// Silence with an opinion.
    #[error("写了意见的不是“未回复”，请改选回复情况，或删去意见")]
    SilentWithText,
    /// An answer without its day.
    #[error("请填写回复日期")]
    NoDate,
    /// The day lies before it was sent, or in the future.
    #[error("回复日期应在{}至{}之间", chinese_date(*.sent_on), chinese_date(*.today))]
    DateOutside {
        /// When it was sent.
        sent_on: Date,
        /// Today.
        today: Date,
    },
    /// Silence cannot be noted before the time is up.
    #[error("回复期限到{} 24:00，期满后才能登记“未回复”", chinese_date(*.0))]
    NotDue(Date),
}

impl Refusal for ConsultationRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NoText | Self::SilentWithText => "reply_text",
            Self::NoDate | Self::DateOutside { .. } => "replied_on",
            Self::NotDue(_) => "reply",
        }
    }
}

impl ConsultationDays {
    // R-SEL-13
    /// Whether this result may be kept at `now`; answers with the day of the reply, which silence has not.
    ///
    /// # Errors
    /// An opinion without text; no day, or an impossible one; silence before the time is up.
    pub fn check_reply(
        self,
        now: Instant,
        reply: ConsultationReply,
        text: &str,
        replied_on: Option<Date>,
    ) -> Result<Option<Date>, ConsultationRefusal> {
        if reply == ConsultationReply::Silent {
            if !text.trim().is_empty() {
                return Err(ConsultationRefusal::SilentWithText);
            }
            let is_due = now >= Instant::end_of(self.due_on);
            return if is_due { Ok(None) } else { Err(ConsultationRefusal::NotDue(self.due_on)) };
        }
        if reply == ConsultationReply::Comment && text.trim().is_empty() {
            return Err(ConsultationRefusal::NoText);
        }
        let replied_on = replied_on.ok_or(ConsultationRefusal::NoDate)?;
        let (sent_on, today) = (self.sent_on, now.date());
        if replied_on < sent_on || replied_on > today {
            return Err(ConsultationRefusal::DateOutside { sent_on, today });
        }
        Ok(Some(replied_on))
    }
}

// R-SEL-13
/// Whether the list may go to the standing committee: opinions were asked for, and none is still out.
///
/// # Errors
/// The names of those who have neither answered nor been noted as silent.
pub fn check_consultations_closed<'a>(
    consultations: impl Iterator<Item = (&'a str, Option<ConsultationReply>)>,
) -> Result<(), StepRefusal> {
    let mut asked = 0_usize;
    let mut open = Vec::new();
    for (name, reply) in consultations {
        asked += 1;
        if reply.is_none() {
            open.push(name);
        }
    }
    match (asked, open.as_slice()) {
        (0, _) => Err(StepRefusal::ConsultationOpen("尚未发出征求意见".to_owned())),
        (_, []) => Ok(()),
        (_, open) => Err(StepRefusal::ConsultationOpen(open.join("、"))),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_unit_answers_until_the_preliminary_opinion() {
        use Verdict::{Agree, Disagree, NoComment};
        for (stage, verdict, reason, expected) in [
            (Stage::Recommended, Agree, "", Ok(())),
            (Stage::Recommended, NoComment, "", Ok(())),
            (Stage::Recommended, Disagree, "消防通道长期堵塞", Ok(())),
            (Stage::Recommended, Disagree, " ", Err(PanelReplyRefusal::NoReason)),
            (Stage::PanelPassed, Agree, "", Err(PanelReplyRefusal::NotWithPanel(Stage::PanelPassed))),
            (Stage::Screened, Agree, "", Err(PanelReplyRefusal::NotWithPanel(Stage::Screened))),
        ] {
            assert_eq!(check_panel_reply(stage, verdict, reason), expected, "{stage} {verdict}");
        }
    }

    #[test]
    fn a_consultee_is_a_post_and_perhaps_a_department() {
        for (text, post, department) in [
            ("县委书记", "县委书记", ""),
            ("县委组织部部长（县委组织部）", "县委组织部部长", "县委组织部"),
            ("县纪委书记、县监委主任(县纪委监委)", "县纪委书记、县监委主任", "县纪委监委"),
            ("（", "（", ""),
            ("）", "）", ""),
        ] {
            let found = Consultee::parse(text);
            assert_eq!((found.post.as_str(), found.department.as_str()), (post, department), "{text}");
        }
    }

    #[test]
    fn silence_is_noted_only_after_the_time_is_up() {
        use ConsultationReply::{Comment, NoComment, Silent};
        let days = ConsultationDays { sent_on: date(2023, 1, 4), due_on: date(2023, 1, 9) };
        let early = Instant::at(date(2023, 1, 6).at(10, 0, 0, 0));
        let late = Instant::start_of(date(2023, 1, 10));
        assert_eq!(days.check_reply(early, Silent, "", None), Err(ConsultationRefusal::NotDue(days.due_on)));
        assert_eq!(days.check_reply(late, Silent, "", Some(date(2023, 1, 5))), Ok(None));
        assert_eq!(days.check_reply(late, Silent, "同意", None), Err(ConsultationRefusal::SilentWithText));
        let on = Some(date(2023, 1, 5));
        assert_eq!(days.check_reply(early, NoComment, "", on), Ok(on));
        assert_eq!(days.check_reply(early, Comment, "", on), Err(ConsultationRefusal::NoText));
        assert_eq!(days.check_reply(early, Comment, "建议核实", None), Err(ConsultationRefusal::NoDate));
        for outside in [date(2023, 1, 3), date(2023, 1, 7)] {
            let refused = days.check_reply(early, NoComment, "", Some(outside));
            assert!(matches!(refused, Err(ConsultationRefusal::DateOutside { .. })), "{outside}");
        }
    }

    #[test]
    fn the_list_waits_for_every_consultation() {
        let check = |list: &[(&str, Option<ConsultationReply>)]| check_consultations_closed(list.iter().copied());
        let answered = Some(ConsultationReply::NoComment);
        assert_eq!(check(&[("甲", answered), ("乙", Some(ConsultationReply::Silent))]), Ok(()));
        assert!(matches!(check(&[]), Err(StepRefusal::ConsultationOpen(_))));
        let open = check(&[("甲", answered), ("乙", None), ("丙", None)]);
        assert_eq!(open, Err(StepRefusal::ConsultationOpen("乙、丙".to_owned())));
    }
}
