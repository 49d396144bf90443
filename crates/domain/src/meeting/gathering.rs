//! Who meets: the whole branch, its committee, or one of its groups.

use std::collections::BTreeSet;

use super::{MeetingKind, MeetingRefusal};
use crate::organisation::PartyGroup;

/// A kind of meeting, and of which group, where the branch's members meet in groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gathering {
    /// The kind.
    pub kind: MeetingKind,
    /// Which group; `None` for other kinds, and in a branch without groups, where everybody meets.
    pub group: Option<PartyGroup>,
}

impl Gathering {
    /// Everybody whom a meeting of this kind calls.
    #[must_use]
    pub const fn whole(kind: MeetingKind) -> Self {
        Self { kind, group: None }
    }

    /// The gathering of this kind in a branch with these groups; which group is told matters to a 党小组会 alone.
    ///
    /// # Errors
    /// When it is a group's meeting, and none of the branch's groups is told.
    pub fn of(
        kind: MeetingKind,
        told: Option<PartyGroup>,
        groups: &BTreeSet<PartyGroup>,
    ) -> Result<Self, MeetingRefusal> {
        if kind != MeetingKind::Group || (groups.is_empty() && told.is_none()) {
            return Ok(Self::whole(kind));
        }
        match told.filter(|group| groups.contains(group)) {
            Some(group) => Ok(Self { kind, group: Some(group) }),
            None => Err(MeetingRefusal::NoGroup),
        }
    }

    /// `支委会`, `党小组会（第2党小组）`.
    #[must_use]
    pub fn label(self) -> String {
        match self.group {
            Some(group) => format!("{}（{}）", self.kind.label(), group.label()),
            None => self.kind.label().to_owned(),
        }
    }

    /// In what it is held once, for a sentence about the one that runs: `本季度`, `本月`.
    #[must_use]
    pub const fn turn(self) -> &'static str {
        match self.kind {
            MeetingKind::General => "本季度",
            MeetingKind::Committee | MeetingKind::Group => "本月",
            MeetingKind::ThemeDay => "",
        }
    }

    /// The same of the turn before: `上季度`, `上月`.
    #[must_use]
    pub const fn turn_before(self) -> &'static str {
        match self.kind {
            MeetingKind::General => "上季度",
            MeetingKind::Committee | MeetingKind::Group => "上月",
            MeetingKind::ThemeDay => "",
        }
    }

    /// Whether a member of the group `own`, or of none, is called.
    #[must_use]
    pub fn calls(self, own: Option<PartyGroup>) -> bool {
        self.group.is_none_or(|group| own == Some(group))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_meets_by_itself_where_there_are_groups() {
        let group = |number: i64| PartyGroup::try_from(number).expect("a group");
        let (none, two) = (BTreeSet::new(), BTreeSet::from([group(1), group(2)]));
        let told = |kind, told, groups| Gathering::of(kind, told, groups).map(Gathering::label);
        assert_eq!(told(MeetingKind::Group, None, &none), Ok("党小组会".to_owned()));
        assert_eq!(told(MeetingKind::Group, Some(group(2)), &two), Ok("党小组会（第2党小组）".to_owned()));
        for missing in [None, Some(group(3))] {
            assert_eq!(told(MeetingKind::Group, missing, &two), Err(MeetingRefusal::NoGroup));
        }
        assert_eq!(told(MeetingKind::Group, Some(group(1)), &none), Err(MeetingRefusal::NoGroup));
        assert_eq!(told(MeetingKind::General, Some(group(1)), &two), Ok("支部党员大会".to_owned()));
        let second = Gathering { kind: MeetingKind::Group, group: Some(group(2)) };
        assert!(second.calls(Some(group(2))) && !second.calls(Some(group(1))) && !second.calls(None));
        assert!(Gathering { group: None, ..second }.calls(None));
    }
}
