//! An objection against a notice (异议), from its arrival to the written answer (R-NOT-04, R-NOT-05).
//!
//! Knows whether somebody gave a name, never which: who objected is kept elsewhere, for verifiers alone. A late step is
//! shown as late and never refused, because refusing it would leave the objection unanswered.

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, UnknownYear},
    clock::{Instant, chinese_date},
    coded_enum,
    ids::{NoticeId, ObjectionId},
    place::PlaceCode,
    refusal::Refusal,
};

use super::notice::Period;

coded_enum! {
    /// Where an objection stands.
    pub enum ObjectionState {
        /// 已收到.
        Received = "received" => "已收到",
        /// 已受理.
        Acknowledged = "acknowledged" => "已受理",
        /// 核实中.
        Verifying = "verifying" => "核实中",
        /// 属实.
        Upheld = "upheld" => "属实",
        /// 不属实.
        NotUpheld = "not_upheld" => "不属实",
        /// 线索不足，无法查实.
        Insufficient = "insufficient" => "线索不足，无法查实",
        /// 已答复.
        Replied = "replied" => "已答复",
    }
}

impl ObjectionState {
    // R-SEL-17: what was found is told with the answer, so nothing is settled before it.
    /// Whether it keeps an award waiting: it is not answered yet.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Replied)
    }
}

coded_enum! {
    /// What verification found (核实结论).
    pub enum Finding {
        /// 属实.
        Upheld = "upheld" => "属实",
        /// 不属实.
        NotUpheld = "not_upheld" => "不属实",
        /// 线索不足，无法查实.
        Insufficient = "insufficient" => "线索不足，无法查实",
    }
}

coded_enum! {
    /// How an objection arrived (渠道).
    pub enum Channel {
        /// 网上.
        Web = "web" => "网上",
        /// 来访.
        Visit = "visit" => "来访",
        /// 来电.
        Phone = "phone" => "来电",
        /// 来信.
        Letter = "letter" => "来信",
        /// 意见箱.
        Box = "box" => "意见箱",
    }
}

/// What arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Identifier for the objection it becomes.
    pub id: ObjectionId,
    /// The notice it is about.
    pub notice: NoticeId,
    /// The branch it is against; `None` when it is about the selection as a whole.
    pub against: Option<PlaceCode>,
    /// How it came.
    pub channel: Channel,
    /// Whether the objector gave a name (实名); an anonymous one is as welcome (R-NOT-04).
    pub is_named: bool,
    /// When it reached the accepting body.
    pub received_at: Instant,
}

/// An objection (异议).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Identifier.
    pub id: ObjectionId,
    /// The notice it is about.
    pub notice: NoticeId,
    /// The branch it is against, if any.
    pub against: Option<PlaceCode>,
    /// How it came.
    pub channel: Channel,
    /// Whether the objector gave a name.
    pub is_named: bool,
    /// When it arrived.
    pub received_at: Instant,
    /// Where it stands.
    pub state: ObjectionState,
    /// Since when.
    pub state_since: Instant,
    /// When it was acknowledged; the time for verifying runs from here.
    pub acknowledged_at: Option<Instant>,
    /// What was found, and still known once it is answered.
    pub finding: Option<Finding>,
    /// For the optimistic save.
    pub version: i32,
}

/// Working days for each step (R-NOT-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// To acknowledge, after arrival.
    pub acknowledge_days: u16,
    /// To verify, after the acknowledgement.
    pub verify_days: u16,
}

/// Why a step of an objection was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ObjectionRefusal {
    /// It does not stand where this step begins.
    #[error("这件异议现在的状态是“{}”，不能办理这一步，请刷新页面查看最新情况", .0.label())]
    WrongState(ObjectionState),
    /// It arrived before the notice.
    #[error("收到时间早于公示发布日（{}），请核对后重新填写", chinese_date(.0.published_on))]
    BeforeNotice(Period),
    /// It arrived when the period was over.
    #[error("公示期已于{} 24:00 结束，不再受理对本次公示的异议；仍要反映情况的，请按公示上的电话或地址联系受理单位", chinese_date(.0.ends_on))]
    AfterNotice(Period),
    /// A finding without its grounds.
    #[error("请写明核实经过和作出这一结论的依据")]
    NoGrounds,
    /// A named objector is owed a written result.
    #[error("实名异议应当书面答复，请填写答复内容")]
    NoAnswer,
}

impl Refusal for ObjectionRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::WrongState(_) => "",
            Self::BeforeNotice(_) | Self::AfterNotice(_) => "received_at",
            Self::NoGrounds => "grounds",
            Self::NoAnswer => "answer",
        }
    }
}

impl Objection {
    /// Takes in what arrived while the notice stood.
    ///
    /// # Errors
    /// It arrived before or after the period.
    pub fn receive(arrival: Arrival, period: Period) -> Result<Self, ObjectionRefusal> {
        if arrival.received_at < Instant::start_of(period.published_on) {
            return Err(ObjectionRefusal::BeforeNotice(period));
        }
        if period.is_over(arrival.received_at) {
            return Err(ObjectionRefusal::AfterNotice(period));
        }
        let Arrival { id, notice, against, channel, is_named, received_at } = arrival;
        Ok(Self {
            id,
            notice,
            against,
            channel,
            is_named,
            received_at,
            state: ObjectionState::Received,
            state_since: received_at,
            acknowledged_at: None,
            finding: None,
            version: 0,
        })
    }

    /// Confirms that it arrived and will be looked into (受理).
    ///
    /// # Errors
    /// Already acknowledged.
    pub fn acknowledge(mut self, now: Instant) -> Result<Self, ObjectionRefusal> {
        self.must_be(ObjectionState::Received)?;
        self.acknowledged_at = Some(now);
        Ok(self.moved(ObjectionState::Acknowledged, now))
    }

    /// Begins to verify it (核实).
    ///
    /// # Errors
    /// Not acknowledged, or already under way.
    pub fn start_verifying(self, now: Instant) -> Result<Self, ObjectionRefusal> {
        self.must_be(ObjectionState::Acknowledged)?;
        Ok(self.moved(ObjectionState::Verifying, now))
    }

    /// Says what verification found, and on what grounds.
    ///
    /// # Errors
    /// Not being verified; no grounds.
    pub fn decide(mut self, finding: Finding, grounds: &str, now: Instant) -> Result<Self, ObjectionRefusal> {
        self.must_be(ObjectionState::Verifying)?;
        if grounds.trim().is_empty() {
            return Err(ObjectionRefusal::NoGrounds);
        }
        self.finding = Some(finding);
        let state = match finding {
            Finding::Upheld => ObjectionState::Upheld,
            Finding::NotUpheld => ObjectionState::NotUpheld,
            Finding::Insufficient => ObjectionState::Insufficient,
        };
        Ok(self.moved(state, now))
    }

    // R-NOT-05: a written result to a named objector; an anonymous one reads the finding on the query page.
    /// Closes it with the answer (答复).
    ///
    /// # Errors
    /// Not decided; a named objector left without words.
    pub fn reply(self, answer: &str, now: Instant) -> Result<Self, ObjectionRefusal> {
        if !matches!(self.state, ObjectionState::Upheld | ObjectionState::NotUpheld | ObjectionState::Insufficient) {
            return Err(ObjectionRefusal::WrongState(self.state));
        }
        if self.is_named && answer.trim().is_empty() {
            return Err(ObjectionRefusal::NoAnswer);
        }
        Ok(self.moved(ObjectionState::Replied, now))
    }

    // R-NOT-05: the written result is owed within the time for verifying.
    /// Until when the step that is due now must be done; `None` once it is answered.
    ///
    /// # Errors
    /// A year's table is missing.
    pub fn due(&self, terms: Terms, calendar: &Calendar) -> Result<Option<Instant>, UnknownYear> {
        let (from, days) = match self.state {
            ObjectionState::Received => (self.received_at, terms.acknowledge_days),
            ObjectionState::Replied => return Ok(None),
            _ => (self.acknowledged_at.unwrap_or(self.state_since), terms.verify_days),
        };
        calendar.add_working_days(from.date(), days).map(Instant::end_of).map(Some)
    }

    /// What the query page tells the objector. The finding is told with the answer, not before.
    #[must_use]
    pub const fn public_label(&self) -> &'static str {
        match (self.state, self.finding) {
            (ObjectionState::Received, _) => "已收到，等待受理",
            (ObjectionState::Acknowledged, _) => "已受理，等待核实",
            (ObjectionState::Verifying, _) => "正在核实",
            (ObjectionState::Upheld | ObjectionState::NotUpheld | ObjectionState::Insufficient, _) => {
                "核实完毕，正在准备答复"
            }
            (ObjectionState::Replied, Some(Finding::Upheld)) => "已办结：反映的情况属实",
            (ObjectionState::Replied, Some(Finding::NotUpheld)) => "已办结：反映的情况不属实",
            (ObjectionState::Replied, Some(Finding::Insufficient)) => "已办结：线索不足，无法查实",
            (ObjectionState::Replied, None) => "已办结",
        }
    }

    fn must_be(&self, state: ObjectionState) -> Result<(), ObjectionRefusal> {
        if self.state == state { Ok(()) } else { Err(ObjectionRefusal::WrongState(self.state)) }
    }

    fn moved(self, state: ObjectionState, now: Instant) -> Self {
        Self { state, state_since: now, ..self }
    }
}

#[cfg(test)]
mod tests;
