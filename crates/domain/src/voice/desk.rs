//! The desks on the way up (小区→社区→街道→县).

use crate::{coded_enum, place::Level};

coded_enum! {
    /// Which of the four levels has a voice before it (办理层级).
    ///
    /// A level and no place: which branch, community or street it is follows from where the voice lies, also after a
    /// branch has moved.
    pub enum Desk {
        /// 小区党支部.
        Branch = "branch" => "小区党支部",
        /// 社区.
        Community = "community" => "社区",
        /// 街道.
        Street = "street" => "街道",
        /// 县.
        County = "county" => "县",
    }
}

impl Desk {
    /// The desk of an office at this level; work units have none.
    #[must_use]
    pub const fn at(level: Level) -> Option<Self> {
        match level {
            Level::Branch => Some(Self::Branch),
            Level::Community => Some(Self::Community),
            Level::Street => Some(Self::Street),
            Level::County => Some(Self::County),
            Level::Unit | Level::UnitBranch => None,
        }
    }

    /// The level of its place.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::Branch => Level::Branch,
            Self::Community => Level::Community,
            Self::Street => Level::Street,
            Self::County => Level::County,
        }
    }

    // R-VOI-08
    /// The desk one level up; the county has none above it.
    #[must_use]
    pub const fn up(self) -> Option<Self> {
        match self {
            Self::Branch => Some(Self::Community),
            Self::Community => Some(Self::Street),
            Self::Street => Some(Self::County),
            Self::County => None,
        }
    }
}
