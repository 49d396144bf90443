//! Groups within a branch (党小组).

/// A group of a branch's members (党小组), by its number within the branch, from 1 to [`PartyGroup::MOST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyGroup(u8);

impl PartyGroup {
    /// The largest number.
    pub const MOST: i64 = 30;

    /// `第2党小组`.
    #[must_use]
    pub fn label(self) -> String {
        format!("第{}党小组", self.0)
    }

    /// The number alone.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// A number that no group has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("党小组请填 1 至 {} 之间的序号", PartyGroup::MOST)]
pub struct NoPartyGroup;

impl TryFrom<i64> for PartyGroup {
    type Error = NoPartyGroup;

    fn try_from(number: i64) -> Result<Self, NoPartyGroup> {
        match u8::try_from(number) {
            Ok(small) if (1..=Self::MOST).contains(&number) => Ok(Self(small)),
            _ => Err(NoPartyGroup),
        }
    }
}

impl From<PartyGroup> for i64 {
    fn from(group: PartyGroup) -> Self {
        Self::from(group.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_numbered_from_one() {
        assert_eq!(PartyGroup::try_from(2).map(PartyGroup::label), Ok("第2党小组".to_owned()));
        for number in [i64::MIN, -1, 0, PartyGroup::MOST + 1, 257, i64::MAX] {
            assert_eq!(PartyGroup::try_from(number), Err(NoPartyGroup), "{number}");
        }
        assert_eq!(PartyGroup::try_from(PartyGroup::MOST).map(i64::from), Ok(PartyGroup::MOST));
    }
}
