//! A version of a branch's points catalogue (积分明细) and its way into effect (R-PTS-05).

use jiff::civil::Date;

use crate::{coded_enum, refusal::Refusal};

use super::Item;

coded_enum! {
    /// Where a version stands. Whether it is in effect on a day follows from its date.
    pub enum CatalogueState {
        /// 拟制: the branch writes it.
        Draft = "draft" => "拟制中",
        /// 待审核: the community has it.
        Submitted = "submitted" => "待社区审核",
        /// 社区已审核: the branch meeting may adopt it.
        Checked = "checked" => "社区已审核，待支部党员大会通过",
        /// 已通过.
        Adopted = "adopted" => "已通过",
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueRefusal {
    /// It stands elsewhere.
    #[error("这份积分明细现在是“{}”，不能这样办理，请刷新页面", .0.label())]
    WrongState(CatalogueState),
    /// No reason for returning it.
    #[error("请写明退回原因，支部好据此修改")]
    NoReason,
    /// The resolution did not pass.
    #[error("这项决议没有通过，积分明细要有支部党员大会通过的决议才能生效")]
    NotPassed,
    /// The resolution is older than the community's check.
    #[error("这项决议早于社区审核，请在审核以后召开支部党员大会表决")]
    ResolutionTooEarly,
    /// It would reach back.
    #[error("积分明细不溯及既往，生效日期最早为决议次日（{}）", crate::clock::chinese_date(*.0))]
    Retroactive(Date),
}

impl Refusal for CatalogueRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::WrongState(_) => "",
            Self::NoReason => "reason",
            Self::NotPassed | Self::ResolutionTooEarly => "resolution",
            Self::Retroactive(_) => "effective_from",
        }
    }
}

/// A version as the rules know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogueVersion {
    /// Where it stands.
    pub state: CatalogueState,
    /// When the community checked it.
    pub checked_on: Option<Date>,
    /// From when it holds.
    pub effective_from: Option<Date>,
}

impl CatalogueVersion {
    fn expect(self, state: CatalogueState) -> Result<Self, CatalogueRefusal> {
        if self.state == state { Ok(self) } else { Err(CatalogueRefusal::WrongState(self.state)) }
    }

    /// The branch may write it.
    ///
    /// # Errors
    /// When it is out of its hands.
    pub fn must_be_draft(self) -> Result<Self, CatalogueRefusal> {
        self.expect(CatalogueState::Draft)
    }

    /// To the community.
    ///
    /// # Errors
    /// When it is no draft.
    pub fn submit(self) -> Result<Self, CatalogueRefusal> {
        Ok(Self { state: CatalogueState::Submitted, ..self.expect(CatalogueState::Draft)? })
    }

    /// The community has nothing against it.
    ///
    /// # Errors
    /// When the community does not have it.
    pub fn check(self, today: Date) -> Result<Self, CatalogueRefusal> {
        Ok(Self { state: CatalogueState::Checked, checked_on: Some(today), ..self.expect(CatalogueState::Submitted)? })
    }

    /// Back to the branch.
    ///
    /// # Errors
    /// When the community does not have it, or without a reason.
    pub fn give_back(self, reason: &str) -> Result<Self, CatalogueRefusal> {
        let version = self.expect(CatalogueState::Submitted)?;
        if reason.trim().is_empty() {
            return Err(CatalogueRefusal::NoReason);
        }
        Ok(Self { state: CatalogueState::Draft, ..version })
    }

    /// Into effect by a resolution of the branch meeting (R-PTS-05): never back in time.
    ///
    /// # Errors
    /// When the community has not checked it, the resolution failed or is older, or the date reaches back.
    pub fn adopt(self, has_passed: bool, decided_on: Date, from: Date) -> Result<Self, CatalogueRefusal> {
        let version = self.expect(CatalogueState::Checked)?;
        if !has_passed {
            return Err(CatalogueRefusal::NotPassed);
        }
        if version.checked_on.is_some_and(|checked| decided_on < checked) {
            return Err(CatalogueRefusal::ResolutionTooEarly);
        }
        let earliest = decided_on.tomorrow().unwrap_or(decided_on);
        if from < earliest {
            return Err(CatalogueRefusal::Retroactive(earliest));
        }
        Ok(Self { state: CatalogueState::Adopted, effective_from: Some(from), ..version })
    }
}

/// The items of a branch's year from its adopted versions, each with the day it begins, the earliest first. What a version
/// says last holds, but the cap is the largest of the versions that held on any day of the year: a later version neither
/// shrinks what was earned before it nor lets what it leaves out run without a cap (R-PTS-05, R-PTS-07).
#[must_use]
pub fn items_of_year(versions: &[(Date, &[Item])], year: i16) -> Vec<Item> {
    let (first, last) = (jiff::civil::date(year, 1, 1), jiff::civil::date(year, 12, 31));
    let mut items = Vec::new();
    for (index, (from, of_version)) in versions.iter().enumerate() {
        let until = versions.get(index + 1).map(|(next, _)| *next);
        if *from <= last && until.is_none_or(|next| next > (*from).max(first)) {
            with_larger_caps(&mut items, of_version);
        }
    }
    items
}

/// Takes over `newer` items; where both name one, the newer one with the larger of both caps.
pub fn with_larger_caps(items: &mut Vec<Item>, newer: &[Item]) {
    for item in newer {
        match items.iter_mut().find(|known| known.code == item.code) {
            Some(known) => *known = Item { cap: known.cap.max(item.cap), ..item.clone() },
            None => items.push(item.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{
        super::{Points, county_template},
        *,
    };

    #[test]
    fn a_year_has_the_largest_cap_of_its_versions() {
        let template = county_template();
        let cap = |points: i64| -> Vec<Item> {
            let with = |item: &Item| Item { cap: Some(Points::whole(points)), ..item.clone() };
            template.iter().filter(|item| item.code.as_str() == "P04").map(with).collect()
        };
        let (older, first, lower, without) = (cap(14), cap(12), cap(10), Vec::new());
        let versions: [(Date, &[Item]); 4] = [
            (date(2021, 3, 1), &older),
            (date(2022, 1, 1), &first),
            (date(2022, 11, 1), &lower),
            (date(2022, 12, 1), &without),
        ];
        let caps = |year| items_of_year(&versions, year).iter().map(|item| item.cap).collect::<Vec<_>>();
        assert_eq!(caps(2022), [Some(Points::whole(12))], "neither the one before the year nor the lower one");
        assert_eq!(caps(2021), [Some(Points::whole(14))]);
        assert_eq!((caps(2023), caps(2020)), (Vec::new(), Vec::new()));
    }

    const NEW: CatalogueVersion =
        CatalogueVersion { state: CatalogueState::Draft, checked_on: None, effective_from: None };

    #[test]
    fn a_catalogue_needs_its_check_and_its_resolution() {
        let checked = NEW.submit().and_then(|it| it.check(date(2022, 1, 4))).expect("checked");
        let adopt = |has_passed, on, from| checked.adopt(has_passed, on, from).map(|it| it.effective_from);
        let (meeting, next) = (date(2022, 1, 10), date(2022, 1, 11));
        assert_eq!(adopt(true, meeting, next), Ok(Some(next)));
        assert_eq!(adopt(false, meeting, next), Err(CatalogueRefusal::NotPassed));
        assert_eq!(adopt(true, date(2022, 1, 3), next), Err(CatalogueRefusal::ResolutionTooEarly));
        assert_eq!(adopt(true, meeting, meeting), Err(CatalogueRefusal::Retroactive(next)));
        assert!(NEW.adopt(true, meeting, next).is_err(), "unchecked");
        assert!(NEW.submit().and_then(|it| it.adopt(true, meeting, next)).is_err());
    }

    #[test]
    fn the_community_gives_back_with_a_reason() {
        let submitted = NEW.submit().expect("submitted");
        assert_eq!(submitted.give_back(" "), Err(CatalogueRefusal::NoReason));
        assert_eq!(submitted.give_back("X01 与 P04 重复").map(|it| it.state), Ok(CatalogueState::Draft));
        assert!(submitted.submit().is_err() && submitted.must_be_draft().is_err());
    }
}
