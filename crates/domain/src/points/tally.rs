//! From the entries of a year to base, bonus and deduction, with the caps of the catalogue (R-PTS-07).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Category, Item, ItemCode, Points};

/// The most that all bonuses give together (§8 of the programme's rules).
pub const BONUS_CAP: Points = Points::whole(40);
/// What a member under sanction may reach at most (D07).
const SANCTION_CEILING: Points = Points::whole(59);

/// The compound's side of a member's year, with everything that led to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// 基础分.
    pub base: Points,
    /// 加分 after the caps of items and the cap on all.
    pub bonus: Points,
    /// 扣分, as a positive number, after the caps of items.
    pub deduction: Points,
    /// The most that may be reached, when a sanction sets one (D07).
    pub ceiling: Option<Points>,
    /// Where a cap took something away, so that the working can be shown.
    pub capped: Vec<Capped>,
}

/// A cap that took something away (封顶).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capped {
    /// The item whose cap it is; `None` for the cap on all bonuses.
    pub item: Option<ItemCode>,
    /// What was earned, or lost, before the cap; never negative.
    pub earned: Points,
    /// What counts of it.
    pub counted: Points,
}

impl Tally {
    /// Base and bonus less the deduction, before both ends of the scale.
    #[must_use]
    pub fn raw(&self) -> Points {
        self.base + self.bonus + -self.deduction
    }

    /// The compound's side on 0–100 (R-PTS-02).
    #[must_use]
    pub fn compound(&self) -> Points {
        let sum = self.raw().clamp(Points::ZERO, Points::FULL);
        self.ceiling.map_or(sum, |ceiling| sum.min(ceiling))
    }

    fn cap(&mut self, item: Option<ItemCode>, earned: Points, counted: Points) {
        if counted < earned {
            self.capped.push(Capped { item, earned, counted });
        }
    }
}

/// The base of somebody who reported on `registered_on`: whole from before the year, otherwise a twelfth for each month
/// from the month of reporting on (P01); nothing for who reported after it.
#[must_use]
pub fn base_for(base: Points, registered_on: Option<Date>, year: i16) -> Points {
    match registered_on {
        Some(date) if date.year() > year => Points::ZERO,
        Some(date) if date.year() == year => {
            let months = i64::from(13 - date.month());
            Points((base.0 * months * 2 + 12).div_euclid(24))
        }
        Some(_) | None => base,
    }
}

/// Sums up a year: `sums` holds the approved points of each item, reversals counted against what they reverse.
///
/// `items` are those of the whole year ([`super::items_of_year`]). Items that share a cap count up to their own, and
/// together up to the largest of both.
#[must_use]
pub fn tally(base: Points, items: &[Item], sums: &BTreeMap<ItemCode, Points>) -> Tally {
    let mut tally = Tally { base, ..Tally::default() };
    // What was earned under one cap, what counts of it, and the cap.
    let mut shared: BTreeMap<ItemCode, [Points; 3]> = BTreeMap::new();
    for (code, sum) in sums {
        let amount = match code.category() {
            Category::Base => continue,
            Category::Bonus => *sum,
            Category::Deduction => -*sum,
            Category::Sanction => {
                // A sanction that was reversed sums up to nothing.
                if *sum < Points::ZERO {
                    tally.ceiling = Some(SANCTION_CEILING);
                }
                continue;
            }
        };
        let own = items.iter().find(|item| item.code == *code).and_then(|item| item.cap).unwrap_or(Points(i64::MAX));
        let [earned, counted, cap] = shared.entry(code.shares_cap_of()).or_default();
        *earned = *earned + amount.max(Points::ZERO);
        *counted = *counted + amount.clamp(Points::ZERO, own);
        *cap = (*cap).max(own);
    }
    for (code, [earned, counted, cap]) in shared {
        let counted = counted.min(cap);
        match code.category() {
            Category::Deduction => tally.deduction = tally.deduction + counted,
            _ => tally.bonus = tally.bonus + counted,
        }
        tally.cap(Some(code), earned, counted);
    }
    let all = tally.bonus;
    tally.bonus = all.min(BONUS_CAP);
    tally.cap(None, all, tally.bonus);
    tally
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{super::county_template, *};

    fn sums(of: &[(&str, i64)]) -> BTreeMap<ItemCode, Points> {
        of.iter().map(|(code, points)| (code.parse().expect("a code"), Points::whole(*points))).collect()
    }

    fn of(entries: &[(&str, i64)]) -> Tally {
        tally(Points::whole(60), &county_template(), &sums(entries))
    }

    #[test]
    fn items_and_all_bonuses_are_capped() {
        assert_eq!(of(&[("P04", 20)]).bonus, Points::whole(15));
        assert_eq!(of(&[("P02", 8), ("P04", 15), ("P07", 9), ("P03", 4), ("P05", 6)]).bonus, Points::whole(40));
        assert_eq!(of(&[("P04", 20)]).compound(), Points::whole(75));
        assert_eq!(of(&[("P04", -2)]).bonus, Points::ZERO, "a reversal of what another year gave");
        let capped = |item: Option<&str>, earned, counted| Capped {
            item: item.map(|code| code.parse().expect("a code")),
            earned: Points::whole(earned),
            counted: Points::whole(counted),
        };
        assert_eq!(of(&[("P04", 20), ("P02", 8)]).capped, [capped(Some("P04"), 20, 15)]);
        let all = [("P02", 8), ("P04", 15), ("P07", 9), ("P03", 4), ("P05", 6)];
        assert_eq!(of(&all).capped, [capped(None, 42, 40)]);
    }

    #[test]
    fn two_items_share_one_cap() {
        // A problem reported gives one, a problem solved three, both together nine at most; praise likewise (§8).
        assert_eq!(of(&[("P07", 5), ("P13", 3)]).bonus, Points::whole(8));
        assert_eq!(of(&[("P07", 5), ("P13", 6)]).bonus, Points::whole(9));
        assert_eq!(of(&[("P13", 12)]).bonus, Points::whole(9));
        assert_eq!(of(&[("P12", 2), ("P14", 4)]).bonus, Points::whole(4));
        let capped = of(&[("P07", 5), ("P13", 6)]).capped;
        assert_eq!(capped[0].item.as_ref().map(ItemCode::as_str), Some("P07"));
        assert_eq!((capped[0].earned, capped[0].counted, capped.len()), (Points::whole(11), Points::whole(9), 1));
    }

    #[test]
    fn deductions_are_capped_and_a_sanction_sets_a_ceiling() {
        let heavy = of(&[("D01", -20), ("D05", -15)]);
        assert_eq!((heavy.deduction, heavy.compound()), (Points::whole(23), Points::whole(37)));
        assert_eq!(of(&[("D07", -1)]).compound(), Points::whole(59));
        assert_eq!(of(&[("D07", 0), ("P04", 10)]).compound(), Points::whole(70));
        assert_eq!(of(&[("D03", -10), ("D04", -10), ("D05", -15), ("D06", -20), ("D01", -8)]).compound(), Points::ZERO);
    }

    #[test]
    fn who_reports_in_the_middle_of_the_year_has_a_part_of_the_base() {
        let base = |month| base_for(Points::whole(60), Some(date(2022, month, 16)), 2022);
        assert_eq!((base(1), base(7), base(12)), (Points::whole(60), Points::whole(30), Points::whole(5)));
        assert_eq!(base_for(Points::whole(50), Some(date(2022, 6, 1)), 2022), Points(2917));
        assert_eq!(base_for(Points::whole(60), None, 2022), Points::whole(60));
        assert_eq!(base_for(Points::whole(60), Some(date(2023, 1, 1)), 2022), Points::ZERO);
    }
}
