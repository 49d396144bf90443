//! An application's way through the season (R-SEL-02): each step consumes the application and gives the next, or refuses.
//!
//! No stage can be skipped, because every step names the stage it starts from. Steps bind to the submitted version they
//! looked at (R-SEL-04), and the same person may not act at two levels (R-SEL-05).

mod county;
mod refusal;
mod stage;
mod street;

use serde::{Deserialize, Serialize};

use crate::{
    clock::Instant,
    coded_enum,
    ids::{AccountId, ApplicationId, SeasonId, SubmissionId},
    place::PlaceCode,
};

pub use county::{Approvals, Award, NoticeStanding, OpinionDue};
pub use refusal::StepRefusal;
pub use stage::{Desk, Stage};
pub use street::{Recommendation, Substitution};

coded_enum! {
    /// The level a person acts at (四级联动).
    pub enum ActingLevel {
        /// 小区党支部.
        Branch = "branch" => "小区党支部",
        /// 社区党总支.
        Community = "community" => "社区党总支",
        /// 街道党工委.
        Street = "street" => "街道党工委",
        /// 县: panel, standing committee and organisation department are one level.
        County = "county" => "县级",
        /// 异议核查: whoever judges an objection has had no other part in the application.
        Verification = "verification" => "异议核查",
    }
}

/// One person's hand in an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// At which level.
    pub level: ActingLevel,
    /// Who.
    pub account: AccountId,
}

/// The submitted version that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Submitted {
    /// Which.
    pub id: SubmissionId,
    /// 1 for the first.
    pub number: i32,
}

/// A branch's application in a season (申报, R-SEL-03).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Identifier.
    pub id: ApplicationId,
    /// The season.
    pub season: SeasonId,
    /// The applying branch.
    pub branch: PlaceCode,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub stage_since: Instant,
    /// The latest submitted version; `None` before the first.
    pub submission: Option<Submitted>,
    /// Who has acted on it, for R-SEL-05.
    pub hands: Vec<Hand>,
    /// For the optimistic save.
    pub version: i32,
}

/// Who does a step, when, and what they looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub now: Instant,
    /// Who.
    pub account: AccountId,
    /// At which level.
    pub level: ActingLevel,
    /// The version on the screen when they decided.
    pub seen: SubmissionId,
}

/// Who takes a step that looks at no version, and when: the branch's own way out and back, and everything after the
/// decision, since which there is only the one version (R-SEL-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// When.
    pub now: Instant,
    /// Who.
    pub account: AccountId,
}

/// When branches may submit, and streets recommend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// From this moment.
    pub opens: Instant,
    /// Before this moment (24:00 of the last day).
    pub closes: Instant,
    /// When the branch's street reported; from then on it takes nothing more.
    pub reported: Option<Instant>,
}

impl Window {
    /// Whether there is still time: a draft begun later could never be submitted, nor reach the county (R-SEL-09, R-SEL-10).
    ///
    /// # Errors
    /// [`StepRefusal::Reported`] once the street has reported; [`StepRefusal::TooLate`] from the moment the window closes.
    pub fn must_not_be_over(self, now: Instant) -> Result<(), StepRefusal> {
        match self.reported {
            Some(at) => Err(StepRefusal::Reported(at)),
            None if now >= self.closes => Err(StepRefusal::TooLate(self.closes)),
            None => Ok(()),
        }
    }

    /// Whether there is still time.
    #[must_use]
    pub fn is_over(self, now: Instant) -> bool {
        self.must_not_be_over(now).is_err()
    }

    /// Whether it is open: not before, and not over.
    ///
    /// # Errors
    /// [`StepRefusal::TooEarly`], or as [`Window::must_not_be_over`].
    pub fn check(self, now: Instant) -> Result<(), StepRefusal> {
        if now < self.opens { Err(StepRefusal::TooEarly(self.opens)) } else { self.must_not_be_over(now) }
    }
}

impl Application {
    /// A first draft.
    #[must_use]
    pub const fn draft(id: ApplicationId, season: SeasonId, branch: PlaceCode, now: Instant) -> Self {
        Self {
            id,
            season,
            branch,
            stage: Stage::Draft,
            stage_since: now,
            submission: None,
            hands: Vec::new(),
            version: 0,
        }
    }

    /// The branch submits a version (R-SEL-04), within the window (R-SEL-09).
    ///
    /// # Errors
    /// Not a draft; too early; too late.
    pub fn submit(
        mut self,
        id: SubmissionId,
        account: AccountId,
        now: Instant,
        window: Window,
    ) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Draft])?;
        window.check(now)?;
        self.take_hand(ActingLevel::Branch, account)?;
        let number = self.submission.map_or(0, |submission| submission.number) + 1;
        self.submission = Some(Submitted { id, number });
        Ok(self.moved(Stage::Submitted, now))
    }

    /// The branch withdraws, which it may until the standing committee has decided.
    ///
    /// # Errors
    /// Decided already, or ended; no reason; the same person as at another level.
    pub fn withdraw(mut self, hand: Signature, reason: &str) -> Result<Self, StepRefusal> {
        self.must_be(&[
            Stage::Draft,
            Stage::Submitted,
            Stage::CommunityPassed,
            Stage::Screened,
            Stage::Recommended,
            Stage::PanelPassed,
        ])?;
        must_have(reason)?;
        self.take_hand(ActingLevel::Branch, hand.account)?;
        Ok(self.moved(Stage::Withdrawn, hand.now))
    }

    /// The branch takes a withdrawn application up again as a draft, while it may still submit.
    ///
    /// # Errors
    /// Not withdrawn; too late; the same person as at another level.
    pub fn resume(mut self, hand: Signature, window: Window) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Withdrawn])?;
        window.check(hand.now)?;
        self.take_hand(ActingLevel::Branch, hand.account)?;
        Ok(self.moved(Stage::Draft, hand.now))
    }

    /// The community passes it on (社区把关), while the street can still report it.
    ///
    /// # Errors
    /// Not submitted; another version; too late; the same person as at another level; materials not all there.
    pub fn pass_community_check(
        mut self,
        step: Step,
        all_materials: bool,
        window: Window,
    ) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Submitted])?;
        self.must_have_seen(step.seen)?;
        window.check(step.now)?;
        if !all_materials {
            return Err(StepRefusal::MaterialsMissing);
        }
        self.take_hand(step.level, step.account)?;
        Ok(self.moved(Stage::CommunityPassed, step.now))
    }

    /// The community, or the street before its recommendation, returns it to the branch with a reason, while it may come again.
    ///
    /// # Errors
    /// Not at their desk; another version; too late; the same person as at another level; no reason.
    pub fn return_to_branch(mut self, step: Step, reason: &str, window: Window) -> Result<Self, StepRefusal> {
        let desks: &[Stage] = match step.level {
            ActingLevel::Community => &[Stage::Submitted],
            ActingLevel::Street => &[Stage::CommunityPassed, Stage::Screened],
            ActingLevel::Branch | ActingLevel::County | ActingLevel::Verification => &[],
        };
        self.must_be(desks)?;
        self.must_have_seen(step.seen)?;
        window.check(step.now)?;
        must_have(reason)?;
        self.take_hand(step.level, step.account)?;
        Ok(self.moved(Stage::Draft, step.now))
    }

    /// The street's list has gone, or the time for it, while this still lay with the community or the street, or had come back to
    /// the branch: it is not recommended. Nobody's opinion of it, so nobody's hand.
    ///
    /// # Errors
    /// At another desk; never submitted.
    pub fn miss(self, now: Instant) -> Result<Self, StepRefusal> {
        if self.stage != Stage::Draft || self.submission.is_none() {
            self.must_be(&[Stage::Submitted, Stage::CommunityPassed, Stage::Screened])?;
        }
        Ok(self.moved(Stage::NotRecommended, now))
    }

    fn must_be(&self, stages: &[Stage]) -> Result<(), StepRefusal> {
        if stages.contains(&self.stage) { Ok(()) } else { Err(StepRefusal::WrongStage(self.stage)) }
    }

    fn must_have_seen(&self, seen: SubmissionId) -> Result<(), StepRefusal> {
        match self.submission {
            Some(submission) if submission.id == seen => Ok(()),
            Some(_) | None => Err(StepRefusal::OtherVersion),
        }
    }

    /// R-SEL-05: whoever has acted at one level may not act at another.
    fn take_hand(&mut self, level: ActingLevel, account: AccountId) -> Result<(), StepRefusal> {
        self.must_be_free(level, account)?;
        let hand = Hand { level, account };
        if !self.hands.contains(&hand) {
            self.hands.push(hand);
        }
        Ok(())
    }

    fn must_be_free(&self, level: ActingLevel, account: AccountId) -> Result<(), StepRefusal> {
        match self.hands.iter().find(|hand| hand.account == account && hand.level != level) {
            Some(hand) => Err(StepRefusal::SamePerson(hand.level)),
            None => Ok(()),
        }
    }

    fn moved(mut self, stage: Stage, now: Instant) -> Self {
        self.stage = stage;
        self.stage_since = now;
        self
    }
}

fn must_have(reason: &str) -> Result<(), StepRefusal> {
    if reason.trim().is_empty() { Err(StepRefusal::NoReason) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
