//! The county's steps: panel, decision, notice, award and what may undo it.

use crate::{clock::Instant, ids::AccountId};

use super::{ActingLevel, Application, Signature, Stage, Step, StepRefusal, must_have};

/// What the standing committee approves in all (审定), against what there is to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approvals {
    /// How many are approved together.
    pub approved: u32,
    /// Places of the county, R-SEL-14.
    pub seats: u32,
}

/// When the panel's opinion is due, and why it comes later (R-SEL-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpinionDue<'a> {
    /// 24:00 of the last day.
    pub at: Instant,
    /// Why the panel is late; nothing when it is not.
    pub late_reason: &'a str,
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
    /// A panel unit's reply, or the veto check: a hand of the county in the application; what they found is kept beside it.
    ///
    /// # Errors
    /// Not with the panel; another version; the same person as at another level.
    pub fn examine(mut self, step: Step) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Recommended])?;
        self.must_have_seen(step.seen)?;
        self.take_hand(step.level, step.account)?;
        Ok(self)
    }

    /// The panel's preliminary opinion (初步意见), before its deadline, or later with the reason (R-SEL-12): a branch does not
    /// lose by the county's delay.
    ///
    /// An upheld veto item makes a favourable opinion impossible, whatever the score (R-SEL-15).
    ///
    /// # Errors
    /// Not with the panel; another version; late without a reason; a veto; no reason for a rejection.
    pub fn give_preliminary_opinion(
        mut self,
        step: Step,
        due: OpinionDue<'_>,
        upheld_veto: Option<&str>,
        opinion: Result<(), &str>,
    ) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Recommended])?;
        self.must_have_seen(step.seen)?;
        if step.now >= due.at && due.late_reason.trim().is_empty() {
            return Err(StepRefusal::LateWithoutReason(due.at));
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

    /// The standing committee decides (审定), never beyond the county's places (R-SEL-14); `word` is the reason when it
    /// does not approve.
    ///
    /// # Errors
    /// No favourable preliminary opinion; another version; over the places; no reason for a refusal; the same person as at
    /// another level.
    pub fn decide(mut self, step: Step, approvals: Approvals, word: Result<(), &str>) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::PanelPassed])?;
        self.must_have_seen(step.seen)?;
        let stage = match word {
            Ok(()) if approvals.approved > approvals.seats => {
                return Err(StepRefusal::OverSeats { seats: approvals.seats });
            }
            Ok(()) => Stage::Decided,
            Err(reason) => {
                must_have(reason)?;
                Stage::NotApproved
            }
        };
        self.take_hand(step.level, step.account)?;
        Ok(self.moved(stage, step.now))
    }

    /// It is named in a published notice.
    ///
    /// # Errors
    /// Not decided; the same person as at another level.
    pub fn publish(mut self, hand: Signature) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Decided, Stage::Noticed])?;
        self.take_hand(ActingLevel::County, hand.account)?;
        // A corrected notice names it again; it has been in public since the first.
        if self.stage == Stage::Noticed { Ok(self) } else { Ok(self.moved(Stage::Noticed, hand.now)) }
    }

    // R-SEL-05
    /// Whether this person may verify what is said against it: not whoever had another part in it.
    ///
    /// # Errors
    /// The same person as at another level.
    pub fn may_be_verified_by(&self, account: AccountId) -> Result<(), StepRefusal> {
        self.must_be_free(ActingLevel::Verification, account)
    }

    /// An objection against it is judged, whatever was found: a hand of the verifier in it.
    ///
    /// # Errors
    /// The same person as at another level.
    pub fn judge_objection(mut self, hand: Signature) -> Result<Self, StepRefusal> {
        self.take_hand(ActingLevel::Verification, hand.account)?;
        Ok(self)
    }

    /// An objection against it was upheld; nobody takes its place (R-SEL-16).
    ///
    /// # Errors
    /// Not in a notice; no reason; the same person as at another level.
    pub fn disqualify(mut self, hand: Signature, reason: &str) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Noticed])?;
        must_have(reason)?;
        self.take_hand(ActingLevel::Verification, hand.account)?;
        Ok(self.moved(Stage::Disqualified, hand.now))
    }

    /// The award takes effect, only after the period and with no objection open (R-SEL-17).
    ///
    /// # Errors
    /// Not in a notice; the period is running; an objection is open; the same person as at another level.
    pub fn confirm(mut self, hand: Signature, notice: NoticeStanding) -> Result<(Self, Award), StepRefusal> {
        self.must_be(&[Stage::Noticed])?;
        if hand.now < notice.ends_at {
            return Err(StepRefusal::NoticeRunning(notice.ends_at));
        }
        if notice.open_objections > 0 {
            return Err(StepRefusal::ObjectionOpen(notice.open_objections));
        }
        self.take_hand(ActingLevel::County, hand.account)?;
        Ok((self.moved(Stage::Confirmed, hand.now), Award { confirmed_at: hand.now }))
    }

    /// It is named in the commendation circular.
    ///
    /// # Errors
    /// Not confirmed; the same person as at another level.
    pub fn commend(mut self, hand: Signature) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Confirmed])?;
        self.take_hand(ActingLevel::County, hand.account)?;
        Ok(self.moved(Stage::Awarded, hand.now))
    }

    /// The award is taken back on a serious finding, with a reason that is published (R-SEL-19).
    ///
    /// # Errors
    /// No award; no reason; the same person as at another level.
    pub fn revoke(mut self, hand: Signature, reason: &str) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Confirmed, Stage::Awarded])?;
        must_have(reason)?;
        self.take_hand(ActingLevel::County, hand.account)?;
        Ok(self.moved(Stage::Revoked, hand.now))
    }
}
