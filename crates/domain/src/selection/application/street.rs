//! The street's steps (街道审核): site assessment, screening, ranked recommendation.

use crate::clock::Instant;

use super::{Application, Stage, Step, StepRefusal, Window, must_have};

/// A place in the street's ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recommendation {
    /// 1 for the best.
    pub rank: u32,
    /// Seats of the street, R-SEL-07.
    pub quota: u32,
}

/// How things stand when a street wants to put another in the place of one that the panel rejected (递补, R-SEL-16).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Substitution {
    /// Whether the season allows it at all (`substitution_before_decision`).
    pub is_allowed: bool,
    /// Whether the standing committee has decided, after which every vacancy stays.
    pub is_decided: bool,
    /// Applications of this street that the panel rejected and nobody has replaced yet.
    pub freed: u32,
    /// Whether none that waits at the street is ranked higher.
    pub is_next: bool,
}

impl Substitution {
    fn check(self) -> Result<(), StepRefusal> {
        if !self.is_allowed {
            Err(StepRefusal::NoSubstitution)
        } else if self.is_decided {
            Err(StepRefusal::SubstitutionAfterDecision)
        } else if self.freed == 0 {
            Err(StepRefusal::NoFreedPlace)
        } else if !self.is_next {
            Err(StepRefusal::NotNextInRank)
        } else {
            Ok(())
        }
    }
}

impl Application {
    /// An assessor's hand in the application; the assessment itself is kept beside it.
    ///
    /// # Errors
    /// Not at the street's desk; another version; the same person as at another level; too late.
    pub fn assess(mut self, step: Step, window: Window) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::CommunityPassed])?;
        self.must_have_seen(step.seen)?;
        window.check(step.now)?;
        self.take_hand(step.level, step.account)?;
        Ok(self)
    }

    /// The street screens it in (初选筛查), once enough assessors have been there, while it can still report it.
    ///
    /// # Errors
    /// Not at the street's desk; another version; too late; the same person as at another level; too few assessors.
    pub fn screen_in(mut self, step: Step, have: u32, need: u32, window: Window) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::CommunityPassed])?;
        self.must_have_seen(step.seen)?;
        window.check(step.now)?;
        if have < need {
            return Err(StepRefusal::TooFewAssessors { have, need });
        }
        self.take_hand(step.level, step.account)?;
        Ok(self.moved(Stage::Screened, step.now))
    }

    /// An assessor has stood back (回避): a screening that rests on too few sheets now is to be made again. What the street has
    /// recommended already stays with the panel, which reads of the recusal.
    #[must_use]
    pub fn lose_assessor(self, now: Instant, have: u32, need: u32) -> Self {
        if self.stage == Stage::Screened && have < need { self.moved(Stage::CommunityPassed, now) } else { self }
    }

    /// The street does not recommend it, with a reason.
    ///
    /// # Errors
    /// Not at the street's desk; another version; the same person as at another level; no reason.
    pub fn decline(mut self, step: Step, reason: &str) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::CommunityPassed, Stage::Screened])?;
        self.must_have_seen(step.seen)?;
        must_have(reason)?;
        self.take_hand(step.level, step.account)?;
        Ok(self.moved(Stage::NotRecommended, step.now))
    }

    /// The street recommends it (推荐上报) within its quota (R-SEL-08) and before the deadline (R-SEL-09).
    ///
    /// # Errors
    /// Not screened in; another version; over the quota; too late; the same person as at another level.
    pub fn recommend(
        mut self,
        step: Step,
        recommendation: Recommendation,
        window: Window,
    ) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Screened])?;
        self.must_have_seen(step.seen)?;
        window.check(step.now)?;
        let Recommendation { rank, quota } = recommendation;
        if rank == 0 || rank > quota {
            return Err(StepRefusal::OverQuota { rank, quota });
        }
        self.take_hand(step.level, step.account)?;
        Ok(self.moved(Stage::Recommended, step.now))
    }

    // R-SEL-16
    /// The street recommends its next one for one that the panel rejected (递补), where the season allows it. The time
    /// for recommendations may be over by then, so the panel's own deadline counts.
    ///
    /// # Errors
    /// Not screened in; another version; not allowed, decided already, no place freed, or not the next in rank; too late;
    /// the same person as at another level.
    pub fn substitute(
        mut self,
        step: Step,
        substitution: Substitution,
        deadline: Instant,
    ) -> Result<Self, StepRefusal> {
        self.must_be(&[Stage::Screened])?;
        self.must_have_seen(step.seen)?;
        substitution.check()?;
        if step.now >= deadline {
            return Err(StepRefusal::TooLate(deadline));
        }
        self.take_hand(step.level, step.account)?;
        Ok(self.moved(Stage::Recommended, step.now))
    }
}
