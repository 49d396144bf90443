//! What a contract promises (合同约定), and whether it is kept.

use jiff::civil::Date;

use super::PropertyRefusal;
use crate::coded_enum;

/// Duties of a contract at most; ours.
pub const MOST_DUTIES: usize = 40;

coded_enum! {
    /// What a check of a duty found (检查结果).
    pub enum DutyResult {
        /// 达标.
        Met = "met" => "达标",
        /// 基本达标.
        Partly = "partly" => "基本达标",
        /// 不达标.
        Unmet = "unmet" => "不达标",
    }
}

/// The contract in force on `today`: of those that have begun the one entered last, or else the one that begins first to come.
/// `contracts` are given by their first days, the last entered first; answers its place among them.
#[must_use]
pub fn in_force(contracts: &[Date], today: Date) -> Option<usize> {
    let begun = contracts.iter().position(|starts_on| *starts_on <= today);
    begun.or_else(|| contracts.iter().enumerate().min_by_key(|(_, starts_on)| **starts_on).map(|(at, _)| at))
}

/// Whether a contract can be as it is told.
///
/// # Errors
/// It ends before it begins; nothing is promised, or something twice, or too much to be looked after.
pub fn check_contract(starts_on: Date, ends_on: Date, duties: &[String]) -> Result<(), PropertyRefusal> {
    if ends_on <= starts_on {
        return Err(PropertyRefusal::EndsTooEarly);
    }
    if duties.is_empty() {
        return Err(PropertyRefusal::NoDuty);
    }
    if duties.len() > MOST_DUTIES {
        return Err(PropertyRefusal::TooManyDuties(duties.len()));
    }
    match duties.iter().enumerate().find(|(index, duty)| duties.iter().skip(index + 1).any(|other| other == *duty)) {
        Some((_, twice)) => Err(PropertyRefusal::DutyTwice(twice.clone())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_next_contract_waits_for_its_day() {
        let (old, next) = (date(2022, 1, 1), date(2023, 1, 1));
        assert_eq!(in_force(&[next, old], date(2022, 12, 20)), Some(1));
        assert_eq!(in_force(&[next, old], date(2023, 1, 1)), Some(0));
        assert_eq!(in_force(&[next], date(2022, 12, 20)), Some(0));
        assert_eq!(in_force(&[old, old], date(2022, 12, 20)), Some(0), "the one entered last mends the other");
        assert_eq!(in_force(&[], next), None);
    }

    #[test]
    fn a_contract_ends_after_it_begins_and_promises_something_once() {
        let duties = |told: &[&str]| told.iter().map(|duty| (*duty).to_owned()).collect::<Vec<String>>();
        let check = |ends_on, told: &[&str]| check_contract(date(2022, 1, 1), ends_on, &duties(told));
        assert_eq!(check(date(2024, 12, 31), &["每日清扫楼道", "门岗 24 小时值守"]), Ok(()));
        assert_eq!(check(date(2022, 1, 1), &["每日清扫楼道"]), Err(PropertyRefusal::EndsTooEarly));
        assert_eq!(check(date(2023, 1, 1), &[]), Err(PropertyRefusal::NoDuty));
        let twice = PropertyRefusal::DutyTwice("清扫".to_owned());
        assert_eq!(check(date(2023, 1, 1), &["清扫", "值守", "清扫"]), Err(twice));
        let many: Vec<String> = (0..=MOST_DUTIES).map(|number| number.to_string()).collect();
        let refused = check_contract(date(2022, 1, 1), date(2023, 1, 1), &many);
        assert_eq!(refused, Err(PropertyRefusal::TooManyDuties(41)));
    }
}
