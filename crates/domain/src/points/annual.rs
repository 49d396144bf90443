//! The arithmetic of the year: half and half, exact, rounded once at the end.

use crate::{coded_enum, refusal::Refusal};

use super::{Points, tally::BONUS_CAP};

coded_enum! {
    /// Where a member's year comes from (R-PTS-01, R-PTS-04).
    pub enum PointsKind {
        /// 在职党员: unit and compound, half each.
        InService = "in_service" => "在职党员",
        /// 非在职党员: the compound alone.
        NonService = "non_service" => "非在职党员",
        /// 流动党员: the compound alone.
        Mobile = "mobile" => "流动党员",
    }
}

impl PointsKind {
    /// Whether the compound's points are the whole year (单一来源, R-PTS-04).
    #[must_use]
    pub const fn is_single_source(self) -> bool {
        !matches!(self, Self::InService)
    }
}

/// What a work unit gives a member, out of its own full mark (单位积分).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnitScore {
    /// 得分.
    pub score: Points,
    /// 满分.
    pub max: Points,
}

/// Why a unit's score is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnitScoreRefusal {
    /// The full mark is zero or less.
    #[error("满分应大于 0，请核对“满分”一栏")]
    NoMax,
    /// Above the full mark.
    #[error("得分 {score} 超过满分 {max}，请核对“得分”和“满分”")]
    AboveMax {
        /// What was given.
        score: Points,
        /// Out of how much.
        max: Points,
    },
    /// Below zero.
    #[error("得分不能小于 0，请核对“得分”一栏")]
    Negative,
}

impl Refusal for UnitScoreRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NoMax => "max",
            Self::AboveMax { .. } | Self::Negative => "score",
        }
    }
}

impl UnitScore {
    /// A score as a unit tells it.
    ///
    /// # Errors
    /// When it is negative or above its full mark.
    pub fn told(score: Points, max: Points) -> Result<Self, UnitScoreRefusal> {
        if max <= Points::ZERO {
            return Err(UnitScoreRefusal::NoMax);
        }
        if score < Points::ZERO {
            return Err(UnitScoreRefusal::Negative);
        }
        if score > max {
            return Err(UnitScoreRefusal::AboveMax { score, max });
        }
        Ok(Self { score, max })
    }

    /// On the scale of 100, rounded half up to hundredths: for people to look at, the year itself is not computed from it.
    #[must_use]
    pub fn on_hundred(self) -> Points {
        let exact =
            Exact { base: 0, bonus: 0, deduction: 0, unit: Some((self.score.0.into(), self.max.0.into())), scale: 100 };
        exact.unit_on_hundred().map_or(Points::ZERO, |(numerator, denominator)| half_up(numerator, denominator))
    }
}

/// A member's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Annual {
    /// Both sides are there.
    Settled(Points),
    /// The unit has given nothing yet, which is not zero (R-PTS-03).
    PendingUnit,
}

/// What a year is computed from, in whole `scale`-ths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    /// 基础分.
    pub base: i128,
    /// 加分, after the caps of its items.
    pub bonus: i128,
    /// 扣分, as a positive number, after the caps of its items.
    pub deduction: i128,
    /// The unit's score and full mark, if it has given one.
    pub unit: Option<(i128, i128)>,
    /// How many parts one point has.
    pub scale: i128,
}

impl Exact {
    /// The compound's side on 0–100, in `scale`-ths (R-PTS-02). Both sides saturate at 100 points, so that what is beyond
    /// every measure does not overflow.
    fn compound(&self) -> i128 {
        let bonus = self.bonus.min(i128::from(BONUS_CAP.0) * self.scale / 100);
        self.base.saturating_add(bonus).saturating_sub(self.deduction).clamp(0, 100 * self.scale)
    }

    /// The unit's side on 0–100 points, as numerator and denominator (R-PTS-02).
    fn unit_on_hundred(&self) -> Option<(i128, i128)> {
        let (score, max) = self.unit.filter(|(_, max)| *max > 0)?;
        Some((score.clamp(0, max) * 100, max))
    }
}

/// The year of a member, from what the tally found (R-PTS-01…04).
#[must_use]
pub fn annual(kind: PointsKind, compound: Points, unit: Option<UnitScore>) -> Annual {
    let unit = unit.map(|unit| (i128::from(unit.score.0), i128::from(unit.max.0)));
    annual_exact(kind, &Exact { base: compound.0.into(), bonus: 0, deduction: 0, unit, scale: 100 })
}

/// The same from its parts at any scale: exact rational arithmetic, rounded half up once, at the end.
#[must_use]
pub fn annual_exact(kind: PointsKind, exact: &Exact) -> Annual {
    let compound = exact.compound();
    if kind.is_single_source() {
        return Annual::Settled(half_up(compound, exact.scale));
    }
    match exact.unit_on_hundred() {
        // (compound / scale + numerator / denominator) / 2
        Some((numerator, denominator)) => {
            let sum = compound * denominator + numerator * exact.scale;
            Annual::Settled(half_up(sum, 2 * exact.scale * denominator))
        }
        None => Annual::PendingUnit,
    }
}

/// `numerator / denominator` points as hundredths, half up; both are positive.
fn half_up(numerator: i128, denominator: i128) -> Points {
    let hundredths = (numerator * 200 + denominator).div_euclid(2 * denominator.max(1));
    Points(i64::try_from(hundredths).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_score_stays_within_its_full_mark() {
        let told = |score, max| UnitScore::told(Points(score), Points(max));
        assert!(told(12_000, 12_000).is_ok() && told(0, 1).is_ok());
        assert_eq!(told(1, 0), Err(UnitScoreRefusal::NoMax));
        assert_eq!(told(-1, 100), Err(UnitScoreRefusal::Negative));
        assert!(matches!(told(12_001, 12_000), Err(UnitScoreRefusal::AboveMax { .. })));
        assert_eq!(told(9_000, 12_000).map(UnitScore::on_hundred), Ok(Points::whole(75)));
        assert_eq!(told(100, 300).map(UnitScore::on_hundred), Ok(Points(3333)));
    }

    #[test]
    fn a_year_without_its_unit_is_pending_and_not_zero() {
        assert_eq!(annual(PointsKind::InService, Points::whole(88), None), Annual::PendingUnit);
        assert_eq!(annual(PointsKind::NonService, Points::whole(88), None), Annual::Settled(Points::whole(88)));
        let unit = UnitScore { score: Points::whole(90), max: Points::whole(120) };
        assert_eq!(annual(PointsKind::InService, Points::whole(88), Some(unit)), Annual::Settled(Points(8150)));
        assert_eq!(annual(PointsKind::Mobile, Points::whole(88), Some(unit)), Annual::Settled(Points::whole(88)));
    }
}
