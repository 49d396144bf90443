//! The county's steps: panel, decision, notice, award and what may undo it.

use crate::clock::Instant;

use super::{Application, Stage, Step, StepRefusal, must_have};

/// The standing committee's word on one application (审定).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is approved.
    pub is_approved: bool,
    /// How many are approved together with this one.
    pub approved: u32,
    /// Places of the county, R-SEL-14.
    pub seats: u32,
}

/// How the notice stands that an application is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeStanding {
    /// 24:00 of the last day.
    pub ends_at: Instant,
    /// Objections against it that are not decided.
    pub open_objections: u32,
}

/// A confirmed award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Award {
    /// When it was confirmed.
    pub confirmed_at: Instant,
}

impl Application {
    /// The panel's preliminary opinion (初步意见), before its deadline (R-SEL-12).
    ///
    /// An upheld veto item makes a favourable opinion impossible, whatever the score (R-SEL-15).
    ///
    /// # Errors
    /// Not with the panel; another version; too late; a veto; no reason for a rejection.
    pub fn give_preliminary_opinion(
        mut self,
        step: Step,
        deadline: Instant,
        upheld_veto: Option<&str>,
        opinion: Result<(), &str>,
    ) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Recommended])?;
        self.must_have_seen(step.seen)?;
        if step.now >= deadline {
            return Err(StepRefusal::TooLate(deadline));
        }
        let stage = match opinion {
            Ok(()) => match upheld_veto {
                Some(code) => return Err(StepRefusal::Veto(code.to_owned())),
                None => Stage::PanelPassed,
            },
            Err(reason) => {
                must_have(reason)?;
                Stage::PanelRejected
            }
        };
        self.take_hand(step.level, step.account)?;
        Ok(self.moved(stage, step.now))
    }

    /// The standing committee decides (审定), never beyond the county's places (R-SEL-14).
    ///
    /// # Errors
    /// No favourable preliminary opinion; over the places; the same person as at another level.
    pub fn decide(mut self, step: Step, decision: Decision) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::PanelPassed])?;
        self.must_have_seen(step.seen)?;
        if decision.is_approved && decision.approved > decision.seats {
            return Err(StepRefusal::OverSeats { seats: decision.seats });
        }
        self.take_hand(step.level, step.account)?;
        let stage = if decision.is_approved { Stage::Decided } else { Stage::NotApproved };
        Ok(self.moved(stage, step.now))
    }

    /// It is named in a published notice.
    ///
    /// # Errors
    /// Not decided.
    pub fn publish(self, now: Instant) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Decided, Stage::Noticed])?;
        // A corrected notice names it again; it has been in public since the first.
        if self.stage == Stage::Noticed { Ok(self) } else { Ok(self.moved(Stage::Noticed, now)) }
    }

    /// An objection against it was upheld; nobody takes its place (R-SEL-16).
    ///
    /// # Errors
    /// Not in a notice; no reason.
    pub fn disqualify(self, now: Instant, reason: &str) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Noticed])?;
        must_have(reason)?;
        Ok(self.moved(Stage::Disqualified, now))
    }

    /// The award takes effect, only after the period and with no objection open (R-SEL-17).
    ///
    /// # Errors
    /// Not in a notice; the period is running; an objection is open.
    pub fn confirm(self, now: Instant, notice: NoticeStanding) -> Result<(Self, Award), StepRefusal> {
        self.must_be(&[Stage::Noticed])?;
        if now < notice.ends_at {
            return Err(StepRefusal::NoticeRunning(notice.ends_at));
        }
        if notice.open_objections > 0 {
            return Err(StepRefusal::ObjectionOpen(notice.open_objections));
        }
        Ok((self.moved(Stage::Confirmed, now), Award { confirmed_at: now }))
    }

    /// It is named in the commendation circular.
    ///
    /// # Errors
    /// Not confirmed.
    pub fn commend(self, now: Instant) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Confirmed])?;
        Ok(self.moved(Stage::Awarded, now))
    }

    /// The award is taken back on a serious finding, with a reason that is published (R-SEL-19).
    ///
    /// # Errors
    /// No award; no reason.
    pub fn revoke(self, now: Instant, reason: &str) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Confirmed, Stage::Awarded])?;
        must_have(reason)?;
        Ok(self.moved(Stage::Revoked, now))
    }
}
