//! Moving a branch to another community, dissolving it, and taking that back (R-ORG-01).

use crate::{
    place::{Level, PlaceCode},
    refusal::Refusal,
};

/// Why a branch is not moved, dissolved or restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RestructuringRefusal {
    /// No reason.
    #[error("请写明理由和批准文件，便于以后查考")]
    NoReason,
    /// The new place is no community.
    #[error("请选择要调整到的社区")]
    NotACommunity,
    /// It is there already.
    #[error("支部现在就隶属这个社区，请选择另一个社区")]
    SameCommunity,
    /// Another county keeps another ledger.
    #[error("不能调整到别的县（市、区）；跨县调整的，请在原县撤销支部，在新县登记")]
    OtherCounty,
    /// Its application is being dealt with by the community and street it lies in.
    #[error("支部的“红旗小区”申报正在办理，办结或撤回后再调整隶属，以免影响街道名额和推荐")]
    ApplicationUnderWay,
    /// It was dissolved before.
    #[error("支部已经撤销，请刷新页面查看")]
    Dissolved,
    /// It is not dissolved.
    #[error("支部没有撤销，不需要恢复")]
    NotDissolved,
}

impl Refusal for RestructuringRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NotACommunity | Self::SameCommunity | Self::OtherCounty => "community",
            Self::NoReason => "reason",
            Self::ApplicationUnderWay | Self::Dissolved | Self::NotDissolved => "",
        }
    }
}

/// How a branch stands that is to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BranchStanding {
    /// Whether it is active.
    pub is_active: bool,
    /// Whether its application in the season under way has not ended.
    pub is_applying: bool,
}

// R-ORG-01
/// Whether `branch` may be moved to `community`. While its application is dealt with it may not: the street's quota and
/// ranking, and the opinions of both levels, belong to where it applied (R-SEL-06).
///
/// # Errors
/// No community, the same, or one of another county; dissolved; applying; no reason.
pub fn check_move(
    branch: &PlaceCode,
    community: &PlaceCode,
    standing: BranchStanding,
    reason: &str,
) -> Result<(), RestructuringRefusal> {
    use RestructuringRefusal as Refused;
    if community.level() != Level::Community {
        return Err(Refused::NotACommunity);
    }
    if branch.at(Level::County) != community.at(Level::County) {
        return Err(Refused::OtherCounty);
    }
    if branch.parent().as_ref() == Some(community) {
        return Err(Refused::SameCommunity);
    }
    if !standing.is_active {
        return Err(Refused::Dissolved);
    }
    if standing.is_applying {
        return Err(Refused::ApplicationUnderWay);
    }
    must_have(reason)
}

// R-SEL-06
/// Whether a branch may be dissolved. An open season goes on as it was: its application, if it has one, stays where it is,
/// and the street's quota was counted when the season opened.
///
/// # Errors
/// Dissolved before; no reason.
pub fn check_dissolution(standing: BranchStanding, reason: &str) -> Result<(), RestructuringRefusal> {
    if !standing.is_active {
        return Err(RestructuringRefusal::Dissolved);
    }
    must_have(reason)
}

/// Whether a dissolved branch may be restored, because it was dissolved by mistake.
///
/// # Errors
/// Not dissolved; no reason.
pub fn check_restoration(standing: BranchStanding, reason: &str) -> Result<(), RestructuringRefusal> {
    if standing.is_active {
        return Err(RestructuringRefusal::NotDissolved);
    }
    must_have(reason)
}

fn must_have(reason: &str) -> Result<(), RestructuringRefusal> {
    if reason.trim().is_empty() { Err(RestructuringRefusal::NoReason) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{RestructuringRefusal as Refused, *};

    const SOUND: BranchStanding = BranchStanding { is_active: true, is_applying: false };

    fn code(text: &str) -> PlaceCode {
        text.parse().expect("a code")
    }

    #[test]
    fn a_branch_moves_within_its_county_and_not_while_it_applies() {
        let branch = code("5304270010010001");
        let to = |community: &str, standing, reason| check_move(&branch, &code(community), standing, reason);
        assert_eq!(to("530427001002", SOUND, "区划调整"), Ok(()));
        assert_eq!(to("530427002001", SOUND, "区划调整"), Ok(()));
        assert_eq!(to("530427001001", SOUND, "区划调整"), Err(Refused::SameCommunity));
        assert_eq!(to("530427001", SOUND, "区划调整"), Err(Refused::NotACommunity));
        assert_eq!(to("530426001001", SOUND, "区划调整"), Err(Refused::OtherCounty));
        assert_eq!(to("530427001002", SOUND, " "), Err(Refused::NoReason));
        let applying = BranchStanding { is_applying: true, ..SOUND };
        assert_eq!(to("530427001002", applying, "区划调整"), Err(Refused::ApplicationUnderWay));
        let dissolved = BranchStanding { is_active: false, ..SOUND };
        assert_eq!(to("530427001002", dissolved, "区划调整"), Err(Refused::Dissolved));
    }

    #[test]
    fn a_branch_is_dissolved_once_and_restored_once() {
        let dissolved = BranchStanding { is_active: false, ..SOUND };
        let applying = BranchStanding { is_applying: true, ..SOUND };
        assert_eq!(check_dissolution(applying, "小区拆迁"), Ok(()), "an open season goes on as it was");
        assert_eq!(check_dissolution(SOUND, ""), Err(Refused::NoReason));
        assert_eq!(check_dissolution(dissolved, "小区拆迁"), Err(Refused::Dissolved));
        assert_eq!(check_restoration(dissolved, "误操作"), Ok(()));
        assert_eq!(check_restoration(SOUND, "误操作"), Err(Refused::NotDissolved));
    }
}
