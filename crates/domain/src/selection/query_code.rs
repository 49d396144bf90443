//! The code with which an objector asks how the objection stands (查询码), without an account and without a name.
//!
//! Promises 80 random bits, so that no code can be guessed, in letters and digits that survive being read out on the
//! telephone or copied by hand.

use std::{fmt, str::FromStr};

use crate::refusal::Refusal;

/// Crockford's letters: no I, L, O or U, which people confuse with 1, 0 and V.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Random bytes in a code.
pub const BYTES: usize = 10;
/// Letters in a code, five bits each.
const LENGTH: usize = 16;
/// Letters of a group.
const GROUP: usize = 4;

/// A query code, `K7QD-3M2X-9VTA-5HJR`.
#[derive(Clone, PartialEq, Eq)]
pub struct QueryCode(String);

/// A text that is no query code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("查询码应为 16 位字母和数字，形如 K7QD-3M2X-9VTA-5HJR，请对照回执重新填写")]
pub struct BadQueryCode;

impl Refusal for BadQueryCode {
    fn field(&self) -> &'static str {
        "code"
    }
}

impl QueryCode {
    /// The code of these random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; BYTES]) -> Self {
        let bits = bytes.iter().fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
        let letter = |index: usize| {
            let place = (bits >> (5 * (LENGTH - 1 - index))) & 31;
            char::from(LETTERS[usize::try_from(place).unwrap_or(0)])
        };
        Self((0..LENGTH).map(letter).collect())
    }

    /// The letters alone: what is hashed, so that hyphens and case do not matter.
    #[must_use]
    pub fn letters(&self) -> &str {
        &self.0
    }
}

/// Never shown in logs; whoever has the code can read the answer.
impl fmt::Debug for QueryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QueryCode(…)")
    }
}

impl fmt::Display for QueryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, letter) in self.0.chars().enumerate() {
            if index > 0 && index % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

impl FromStr for QueryCode {
    type Err = BadQueryCode;

    /// Reads what people type: any case, with or without hyphens and blanks, full-width letters, O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<Self, BadQueryCode> {
        let mut letters = String::with_capacity(LENGTH);
        for typed in text.chars().filter(|c| !matches!(c, '-' | '－' | '—' | '–') && !c.is_whitespace()) {
            let half_width = match typed {
                '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(typed as u32 - 0xFEE0).unwrap_or(typed),
                other => other,
            };
            let letter = match half_width.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                letter if letter.is_ascii() && LETTERS.contains(&(letter as u8)) => letter,
                _ => return Err(BadQueryCode),
            };
            letters.push(letter);
            if letters.len() > LENGTH {
                return Err(BadQueryCode);
            }
        }
        if letters.len() == LENGTH { Ok(Self(letters)) } else { Err(BadQueryCode) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_is_in_the_code() {
        assert_eq!(QueryCode::from_random([0; BYTES]).to_string(), "0000-0000-0000-0000");
        assert_eq!(QueryCode::from_random([255; BYTES]).to_string(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        let mut seen = std::collections::BTreeSet::new();
        for bit in 0..80 {
            let mut bytes = [0; BYTES];
            bytes[bit / 8] = 1 << (bit % 8);
            assert!(seen.insert(QueryCode::from_random(bytes).letters().to_owned()), "bit {bit}");
        }
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        let code = QueryCode::from_random([0x9c, 0xee, 0xd1, 0xd0, 0x5d, 0x4e, 0xf4, 0xa8, 0x15, 0x30]);
        let shown = code.to_string();
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), format!(" {shown}\n")] {
            assert_eq!(typed.parse(), Ok(code.clone()), "{typed}");
        }
        let zeros = QueryCode::from_random([0; BYTES]);
        assert_eq!("oooo-OOOO-００００-0000".parse(), Ok(zeros));
        for bad in ["", "K7QD", "K7QD-3M2X-9VTA-5HJU", "K7QD-3M2X-9VTA-5HJR-0", "查询码", "0000-0000-0000-000"] {
            assert_eq!(bad.parse::<QueryCode>(), Err(BadQueryCode), "{bad}");
        }
        assert!(!format!("{code:?}").contains(&shown[..4]));
    }
}
