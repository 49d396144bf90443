//! Money as whole fen (分). Never a fraction, so sums are exact on every database.

use std::{fmt, iter::Sum, ops::Add, str::FromStr};

use serde::{Deserialize, Serialize};

/// An amount in fen, one hundredth of a yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Add for Fen {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0), Add::add)
    }
}

impl From<Fen> for i64 {
    fn from(fen: Fen) -> Self {
        fen.0
    }
}

impl From<i64> for Fen {
    fn from(fen: i64) -> Self {
        Self(fen)
    }
}

/// `5,000.00`, without a unit.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        let yuan = (fen / 100).to_string();
        let mut grouped = String::with_capacity(yuan.len() + yuan.len() / 3);
        for (index, digit) in yuan.chars().enumerate() {
            if index > 0 && (yuan.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        write!(f, "{sign}{grouped}.{:02}", fen % 100)
    }
}

/// A text that is no amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("请填写金额，例如 5000 或 5,000.00，最多两位小数")]
pub struct BadAmount;

impl FromStr for Fen {
    type Err = BadAmount;

    /// Reads `5000`, `5,000.5` and `5000.00`; refuses negative amounts and more than two decimals.
    fn from_str(text: &str) -> Result<Self, BadAmount> {
        let text: String = text.trim().chars().filter(|c| !matches!(c, ',' | '，')).collect();
        let (yuan, cents) = text.split_once('.').unwrap_or((&text, ""));
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if yuan.is_empty() || yuan.len() > 12 || cents.len() > 2 || !is_number(yuan) || !is_number(cents) {
            return Err(BadAmount);
        }
        let whole: i64 = yuan.parse().map_err(|_| BadAmount)?;
        let part: i64 = format!("{cents:0<2}").parse().map_err(|_| BadAmount)?;
        Ok(Self(whole * 100 + part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_shown() {
        for (text, fen, shown) in [
            ("5000", 500_000, "5,000.00"),
            ("5,000.5", 500_050, "5,000.50"),
            ("0", 0, "0.00"),
            ("300000.00", 30_000_000, "300,000.00"),
            ("1234567.89", 123_456_789, "1,234,567.89"),
        ] {
            assert_eq!(text.parse(), Ok(Fen(fen)), "{text}");
            assert_eq!(Fen(fen).to_string(), shown);
        }
        for bad in ["", "-1", "1.234", "五千", "1e5", "9999999999999"] {
            assert_eq!(bad.parse::<Fen>(), Err(BadAmount), "{bad}");
        }
        assert_eq!(Fen(-150).to_string(), "-1.50");
    }
}
