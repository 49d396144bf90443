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
    }
}

impl Level {
    /// How many digits a code of this level has.
    #[must_use]
    pub const fn digits(self) -> usize {
        match self {
            Self::County => 6,
            Self::Street => 9,
            Self::Community => 12,
            Self::Branch => 16,
        }
    }
}

/// The code of a place: `530427` county, `530427001` street, `530427001003` community, and four more digits for a branch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlaceCode(String);

/// A text that is no place code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("地点代码应为 6、9、12 或 16 位数字")]
pub struct BadPlaceCode;

impl PlaceCode {
    /// The level, by length.
    #[must_use]
    pub fn level(&self) -> Level {
        match self.0.len() {
            6 => Level::County,
            9 => Level::Street,
            12 => Level::Community,
            _ => Level::Branch,
        }
    }

    /// The place one level up; a county has none.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let up = match self.level() {
            Level::County => return None,
            Level::Street => Level::County,
            Level::Community => Level::Street,
            Level::Branch => Level::Community,
        };
        self.at(up)
    }

    /// The place of `level` that this one lies in, itself included; `None` when `level` is further down.
    #[must_use]
    pub fn at(&self, level: Level) -> Option<Self> {
        self.0.get(..level.digits()).map(|code| Self(code.to_owned()))
    }

    /// Whether this place is a 街道 or lies in one: townships (镇 from 100, 乡 from 200) are streets of the tree as well,
    /// but take no part in a season (R-ORG-02).
    #[must_use]
    pub fn is_in_subdistrict(&self) -> bool {
        self.0.get(Level::County.digits()..Level::Street.digits()).is_some_and(|digits| digits < "100")
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
        let is_known_length = Level::ALL.iter().any(|level| level.digits() == text.len());
        if is_known_length && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadPlaceCode)
        }
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
}
