//! Places. The official division code is the tree: a place lies under another when its code begins with the other's.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::coded_enum;

coded_enum! {
    /// The level of a place, read from the length of its code (四级联动), from the county down.
    pub enum Level {
        /// 县, 6 digits.
        County = "county" => "县",
        /// 街道 or 乡镇, 9 digits (R-ORG-02).
        Street = "street" => "街道",
        /// 社区, 12 digits.
        Community = "community" => "社区",
        /// 小区党支部, 16 digits.
        Branch = "branch" => "小区党支部",
        /// 单位, beside the streets: the county's code, a dash, 4 digits.
        Unit = "unit" => "单位",
        /// 单位党支部: the unit's code, a dash, 2 digits.
        UnitBranch = "unit_branch" => "单位党支部",
    }
}

impl Level {
    /// How many characters a code of this level has.
    #[must_use]
    pub const fn length(self) -> usize {
        match self {
            Self::County => 6,
            Self::Street => 9,
            Self::Community => 12,
            Self::Branch => 16,
            Self::Unit => 11,
            Self::UnitBranch => 14,
        }
    }

    /// Whether it is a level of work units, which stand beside the streets and not in the line of four (双报到的单位).
    #[must_use]
    pub const fn is_unit(self) -> bool {
        matches!(self, Self::Unit | Self::UnitBranch)
    }
}

/// The code of a place: `530427` county, `530427001` street, `530427001003` community, and four more digits for a branch;
/// `530427-0007` work unit, `530427-0007-01` branch of a work unit. The dash comes before every digit, so that units lie in
/// their county's range as well, before its streets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlaceCode(String);

/// A text that is no place code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("地点代码应为 6、9、12 或 16 位数字，或单位代码")]
pub struct BadPlaceCode;

impl PlaceCode {
    /// The level, by length.
    #[must_use]
    pub fn level(&self) -> Level {
        Level::ALL.iter().copied().find(|level| level.length() == self.0.len()).unwrap_or(Level::Branch)
    }

    /// The place one level up; a county has none.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let up = match self.level() {
            Level::County => return None,
            Level::Street | Level::Unit => Level::County,
            Level::Community => Level::Street,
            Level::Branch => Level::Community,
            Level::UnitBranch => Level::Unit,
        };
        self.at(up)
    }

    /// The place of `level` that this one lies in, itself included; `None` when `level` is further down or in the other line.
    #[must_use]
    pub fn at(&self, level: Level) -> Option<Self> {
        if level != Level::County && level.is_unit() != self.level().is_unit() {
            return None;
        }
        self.0.get(..level.length()).map(|code| Self(code.to_owned()))
    }

    /// The code of the `number`-th work unit of the county, or of the `number`-th branch of the work unit; `None` elsewhere and
    /// for numbers that do not fit.
    #[must_use]
    pub fn unit(&self, number: u32) -> Option<Self> {
        let code = match self.level() {
            Level::County if number <= 9999 => format!("{self}-{number:04}"),
            Level::Unit if number <= 99 => format!("{self}-{number:02}"),
            _ => return None,
        };
        Some(Self(code))
    }

    /// Whether this place is a 街道 or lies in one: townships (镇 from 100, 乡 from 200) are streets of the tree as well,
    /// but take no part in a season (R-ORG-02).
    #[must_use]
    pub fn is_in_subdistrict(&self) -> bool {
        !self.level().is_unit()
            && self.0.get(Level::County.length()..Level::Street.length()).is_some_and(|digits| digits < "100")
    }

    /// Whether this place is `other` or lies under it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The first text after everything under this place, so that `[code, end)` is the whole subtree.
    #[must_use]
    pub fn subtree_end(&self) -> String {
        // ':' follows '9' in ASCII, and codes are compared bytewise.
        format!("{}:", self.0)
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PlaceCode {
    type Err = BadPlaceCode;

    fn from_str(text: &str) -> Result<Self, BadPlaceCode> {
        let level = Level::ALL.iter().find(|level| level.length() == text.len()).ok_or(BadPlaceCode)?;
        let is_dash = |at: usize| level.is_unit() && (at == Level::County.length() || at == Level::Unit.length());
        let is_right = |(at, byte): (usize, u8)| if is_dash(at) { byte == b'-' } else { byte.is_ascii_digit() };
        if text.bytes().enumerate().all(is_right) { Ok(Self(text.to_owned())) } else { Err(BadPlaceCode) }
    }
}

impl TryFrom<String> for PlaceCode {
    type Error = BadPlaceCode;

    fn try_from(text: String) -> Result<Self, BadPlaceCode> {
        text.parse()
    }
}

impl From<PlaceCode> for String {
    fn from(code: PlaceCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> PlaceCode {
        text.parse().expect("a code")
    }

    #[test]
    fn townships_are_no_subdistricts() {
        assert!(code("5304270010030012").is_in_subdistrict());
        assert!(code("530427002").is_in_subdistrict());
        assert!(!code("530427100001").is_in_subdistrict());
        assert!(!code("530427200").is_in_subdistrict());
        assert!(!code("530427").is_in_subdistrict(), "a county is none");
    }

    #[test]
    fn the_tree_is_in_the_code() {
        let branch = code("5304270010030012");
        assert_eq!(branch.level(), Level::Branch);
        assert_eq!(branch.parent(), Some(code("530427001003")));
        assert_eq!(branch.at(Level::County), Some(code("530427")));
        assert_eq!(code("530427").at(Level::Street), None);
        assert!(branch.is_within(&code("530427001")));
        assert!(!branch.is_within(&code("530427002")));
        assert!(branch.as_str() < code("530427001").subtree_end().as_str());
        for bad in ["", "5304", "53042700100300121", "53042a", "５３０４２７"] {
            assert_eq!(bad.parse::<PlaceCode>(), Err(BadPlaceCode), "{bad}");
        }
    }

    #[test]
    fn units_lie_in_their_county_and_in_no_street() {
        let unit = code("530427").unit(7).expect("a unit");
        let branch = unit.unit(1).expect("a branch of it");
        assert_eq!((unit.as_str(), branch.as_str()), ("530427-0007", "530427-0007-01"));
        assert_eq!(code(branch.as_str()), branch);
        assert_eq!((unit.level(), branch.level()), (Level::Unit, Level::UnitBranch));
        assert_eq!((branch.parent(), unit.parent()), (Some(unit.clone()), Some(code("530427"))));
        assert_eq!((branch.at(Level::Street), code("5304270010030012").at(Level::Unit)), (None, None));
        assert!(branch.is_within(&unit) && unit.is_within(&code("530427")) && !unit.is_in_subdistrict());
        assert!(code("530427") < unit && branch < code("530427001"));
        assert!(branch.as_str() < unit.subtree_end().as_str() && unit.as_str() < code("530427").subtree_end().as_str());
        assert_eq!((code("530427001").unit(1), code("530427").unit(10_000)), (None, None));
        for bad in ["530427-007", "530427+0007", "5304270-007", "530427-0007-0", "530427-000a"] {
            assert_eq!(bad.parse::<PlaceCode>(), Err(BadPlaceCode), "{bad}");
        }
    }
}
