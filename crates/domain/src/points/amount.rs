//! Points as whole hundredths. Never a fraction, so sums are exact on every database.

use std::{fmt, iter::Sum, ops::Add, ops::Neg, str::FromStr};

use serde::{Deserialize, Serialize};

/// Points in hundredths (分的百分之一): 81.50 points are 8,150.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(pub i64);

impl Points {
    /// None.
    pub const ZERO: Self = Self(0);
    /// The most that either side gives (R-PTS-02).
    pub const FULL: Self = Self::whole(100);

    /// Whole points.
    #[must_use]
    pub const fn whole(points: i64) -> Self {
        Self(points.saturating_mul(100))
    }

    /// `3.5` for 350 hundredths: no more decimals than needed.
    #[must_use]
    pub fn short(self) -> String {
        let text = self.to_string();
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Neg for Points {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl From<Points> for i64 {
    fn from(points: Points) -> Self {
        points.0
    }
}

impl From<i64> for Points {
    fn from(hundredths: i64) -> Self {
        Self(hundredths)
    }
}

/// `81.50`, always with two decimals.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let hundredths = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

/// Points in millionths, as entries are summed: parts of an item add up to what they are parts of, however they were cut.
///
/// 2.25 hours at one point for two are 1.125 points; two such entries are 2.25, as 4.5 hours at once are. Only the sum of an
/// item is rounded to hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FinePoints(pub i64);

/// Millionths in a hundredth.
const FINE: i64 = 10_000;

impl FinePoints {
    /// None.
    pub const ZERO: Self = Self(0);

    /// To hundredths, half up.
    #[must_use]
    pub const fn rounded(self) -> Points {
        Points(self.0.saturating_add(FINE / 2).div_euclid(FINE))
    }
}

impl Add for FinePoints {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Neg for FinePoints {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl From<Points> for FinePoints {
    fn from(points: Points) -> Self {
        Self(points.0.saturating_mul(FINE))
    }
}

impl From<FinePoints> for i64 {
    fn from(points: FinePoints) -> Self {
        points.0
    }
}

impl From<i64> for FinePoints {
    fn from(millionths: i64) -> Self {
        Self(millionths)
    }
}

/// `1.125`: exact, with no more decimals than needed.
impl fmt::Display for FinePoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let millionths = self.0.unsigned_abs();
        let text = format!("{sign}{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// A text that is no number of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("请填写分数，例如 2 或 2.5，最多两位小数")]
pub struct BadPoints;

impl FromStr for Points {
    type Err = BadPoints;

    /// Reads `2`, `2.5` and `-10`; refuses more than two decimals and more than six digits.
    fn from_str(text: &str) -> Result<Self, BadPoints> {
        let text = text.trim();
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 6 || part.len() > 2 || !is_number(whole) || !is_number(part) {
            return Err(BadPoints);
        }
        let hundredths: i64 = format!("{whole}{part:0<2}").parse().map_err(|_| BadPoints)?;
        Ok(Self(if is_negative { -hundredths } else { hundredths }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_and_shown() {
        for (text, hundredths, shown, short) in [
            ("2", 200, "2.00", "2"),
            ("2.5", 250, "2.50", "2.5"),
            ("-10", -1000, "-10.00", "-10"),
            ("0.05", 5, "0.05", "0.05"),
        ] {
            assert_eq!(text.parse(), Ok(Points(hundredths)), "{text}");
            assert_eq!(
                (Points(hundredths).to_string(), Points(hundredths).short()),
                (shown.to_owned(), short.to_owned())
            );
        }
        for bad in ["", "-", "1.234", "两分", "1e3", "1234567", "--1", "+2"] {
            assert_eq!(bad.parse::<Points>(), Err(BadPoints), "{bad}");
        }
    }
}
