//! The worked examples of the rules, read from every table in `tests/vectors`, and what must hold for all inputs.
//!
//! A further table of the same name and columns, `quota_more.csv` say, is read as soon as it lies there.
#![expect(clippy::expect_used, reason = "a test stops where its own material is wrong")]

use std::{fs, path::Path};

use domain::{
    calendar::{Calendar, DayKind},
    clock::Instant,
    meeting::{Ballot, VoteKind, VoteResult, vote},
    place::PlaceCode,
    points::{Annual, Exact, Points, PointsKind, annual_exact},
    selection::{
        notice,
        programme::programme,
        quota::{QuotaPolicy, Seats, StreetCount, allot},
    },
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// A row of a table, with where it stands for the message.
struct Row {
    at: String,
    cells: Vec<String>,
}

/// Every row of every table whose name begins with `prefix`; a table without rows is a mistake.
fn rows(prefix: &str, header: &[&str]) -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the folder of vectors")
        .map(|entry| entry.expect("a folder entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(prefix) && name.ends_with(".csv"))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "no table {prefix}*.csv");
    names.iter().flat_map(|name| rows_of(&folder, name, header)).collect()
}

fn rows_of(folder: &Path, name: &str, header: &[&str]) -> Vec<Row> {
    let text = fs::read_to_string(folder.join(name)).expect("a readable table");
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut lines = text.lines().enumerate().map(|(index, line)| Row {
        at: format!("{name}:{}", index + 1),
        cells: line.split(',').map(|cell| cell.trim().trim_matches('"').to_owned()).collect(),
    });
    let is_blank = |row: &Row| row.cells.iter().all(String::is_empty);
    let first = lines.by_ref().find(|row| !is_blank(row));
    assert_eq!(first.map(|row| row.cells), Some(header.iter().map(ToString::to_string).collect()), "{name}");
    let rows: Vec<Row> = lines.filter(|row| !is_blank(row)).collect();
    assert!(!rows.is_empty(), "{name} has no rows");
    for row in &rows {
        assert_eq!(row.cells.len(), header.len(), "{}", row.at);
    }
    rows
}

impl Row {
    fn read<T: std::str::FromStr>(&self, column: usize) -> T {
        let cell = self.cells.get(column).map_or("", String::as_str);
        cell.parse().unwrap_or_else(|_| panic!("{}: {cell:?} cannot be read", self.at))
    }

    fn numbers(&self, column: usize) -> Vec<u32> {
        let cell: String = self.read(column);
        let read = |word: &str| word.parse().unwrap_or_else(|_| panic!("{}: {word:?} is no number", self.at));
        cell.split_whitespace().map(read).collect()
    }
}

fn calendar() -> Calendar {
    let table = include_str!("../../../data/cn-holidays-2021-2026.csv");
    let rows = Calendar::parse_csv(table).expect("the table of holidays");
    Calendar::from_days(rows.into_iter().map(|(day, kind, _)| (day, kind)))
}

// R-CAL-01
#[test]
fn a_year_is_known_by_its_own_table_alone() {
    for row in rows("known_years", &["days", "year", "is_known"]) {
        let days: String = row.read(0);
        let read = |day: &str| {
            let (date, kind) = day.split_once('=').expect("a day and what it is");
            (date.parse::<Date>().expect("a date"), kind.parse::<DayKind>().expect("off or work"))
        };
        let calendar = Calendar::from_days(days.split_whitespace().map(read));
        let (year, is_known) = (row.read::<i16>(1), row.read::<bool>(2));
        assert_eq!(calendar.knows(year), is_known, "{}", row.at);
        assert_eq!(calendar.is_working_day(date(year, 3, 1)).is_ok(), is_known, "{}", row.at);
    }
}

/// Streets with these branches, in the order of their codes.
fn streets(branches: &[u32]) -> Vec<StreetCount> {
    (1..)
        .zip(branches)
        .map(|(number, branches)| {
            let street: PlaceCode = format!("530427{number:03}").parse().expect("a street's code");
            StreetCount { street, branches: *branches }
        })
        .collect()
}

fn seats(branches: &[u32], percent: u32, policy: QuotaPolicy) -> Vec<u32> {
    allot(&streets(branches), percent, policy).iter().map(|street| street.seats).collect()
}

#[test]
fn notices_end_as_in_the_tables() {
    let calendar = calendar();
    for row in rows("notice_end", &["published_on", "working_days", "ends_on"]) {
        let (published, days, ends): (Date, u16, Date) = (row.read(0), row.read(1), row.read(2));
        let period = notice::period(published, days, &calendar);
        assert_eq!(period.map(|period| period.ends_on), Ok(ends), "{}", row.at);
        assert_eq!(calendar.working_days_between(published, ends), Ok(u32::from(days)), "{}", row.at);
    }
}

// R-SEL-09: 2023-12-30 is a Saturday; the deadline stays, and the Friday before is told beside it.
#[test]
fn the_deadline_is_not_moved_by_a_weekend() {
    let calendar = calendar();
    for (year, last_working_day) in [(2022, date(2022, 12, 30)), (2023, date(2023, 12, 29))] {
        let parameters = programme(year);
        assert_eq!(parameters.recommend_deadline(), Some(Instant::start_of(date(year, 12, 31))), "{year}");
        assert_eq!(parameters.last_working_day_to_recommend(&calendar), Ok(Some(last_working_day)), "{year}");
    }
}

#[test]
fn seats_are_as_in_the_tables() {
    for row in rows("quota", &["branches", "percent", "seats"]) {
        let got = seats(&row.numbers(0), row.read(1), QuotaPolicy::LargestRemainder);
        assert_eq!(got, row.numbers(2), "{}", row.at);
    }
}

#[test]
fn the_other_policies_miss_the_total() {
    let total = |branches: &[u32], policy| seats(branches, 20, policy).iter().sum::<u32>();
    assert_eq!(total(&[57, 43], QuotaPolicy::Floor), 19);
    assert_eq!(total(&[57, 43], QuotaPolicy::Ceil), 21);
    assert_eq!(total(&[34, 33, 33], QuotaPolicy::Floor), 18);
    assert_eq!(total(&[34, 33, 33], QuotaPolicy::HalfUp), 21);
}

#[test]
fn the_working_is_shown_in_words() {
    let shown: Vec<String> = allot(&streets(&[57, 43]), 20, QuotaPolicy::LargestRemainder)
        .iter()
        .map(|street| street.working(QuotaPolicy::LargestRemainder))
        .collect();
    assert_eq!(
        shown,
        [
            "57 个支部 × 20% = 11.40，先得 11 个；余数 0.40 排第 2，没有分到余下名额，共 11 个",
            "43 个支部 × 20% = 8.60，先得 8 个；余数 0.60 排第 1，再得 1 个，共 9 个",
        ]
    );
}

fn a_day() -> impl Strategy<Value = Date> {
    (0_i64..2_000).prop_map(|days| date(2021, 1, 1).saturating_add(jiff::Span::new().days(days)))
}

proptest! {
    // R-SEL-07
    #[test]
    fn largest_remainder_gives_the_total_within_one_of_each_share(
        branches in prop::collection::vec(0_u32..5_000, 0..40),
        percent in 1_u32..=100,
    ) {
        let allotted = allot(&streets(&branches), percent, QuotaPolicy::LargestRemainder);
        let all: u64 = branches.iter().map(|n| u64::from(*n) * u64::from(percent)).sum();
        let total: u64 = allotted.iter().map(|street| u64::from(street.seats)).sum();
        prop_assert_eq!(total, (all + 50) / 100);
        for street in &allotted {
            let share = u64::from(street.branches) * u64::from(percent);
            prop_assert!((u64::from(street.seats) * 100).abs_diff(share) < 100);
        }
    }

    #[test]
    fn the_order_of_the_streets_does_not_matter(
        given in prop::collection::vec(0_u32..200, 1..20).prop_map(|branches| streets(&branches)).prop_shuffle(),
        policy in prop::sample::select(QuotaPolicy::ALL),
    ) {
        let by_code = |mut seats: Vec<Seats>| {
            seats.sort_by(|a, b| a.street.cmp(&b.street));
            seats
        };
        let mut ordered = given.clone();
        ordered.sort_by(|a, b| a.street.cmp(&b.street));
        prop_assert_eq!(by_code(allot(&given, 20, policy)), allot(&ordered, 20, policy));
    }

    // R-CAL-02
    #[test]
    fn more_working_days_end_later(from in a_day(), n in 1_u16..40) {
        let calendar = calendar();
        let after = |from, n| calendar.add_working_days(from, n).expect("within the tables");
        let ends = after(from, n);
        prop_assert!(after(from, n - 1) < ends);
        prop_assert!(after(from.tomorrow().expect("not the last day"), n) >= ends);
        prop_assert_eq!(calendar.is_working_day(ends), Ok(true));
        prop_assert_eq!(calendar.working_days_between(from, ends), Ok(u32::from(n)));
    }
}

/// A decimal number in millionths, so that a table may be finer than the product.
fn millionths(row: &Row, column: usize) -> i128 {
    let cell: String = row.read(column);
    let (sign, digits) = cell.strip_prefix('-').map_or((1, cell.as_str()), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let number = format!("{whole}{part:0<6}").parse::<i128>();
    assert!(part.len() <= 6, "{}: more than six decimals", row.at);
    sign * number.unwrap_or_else(|_| panic!("{}: {cell:?} is no number", row.at))
}

// R-PTS-01…04
#[test]
fn years_are_settled_as_in_the_tables() {
    let header = ["base", "bonus", "deduction", "unit_score", "unit_max", "kind", "result"];
    for row in rows("dual_points", &header) {
        let has_unit = !row.read::<String>(3).is_empty();
        let exact = Exact {
            base: millionths(&row, 0),
            bonus: millionths(&row, 1),
            deduction: millionths(&row, 2),
            unit: has_unit.then(|| (millionths(&row, 3), millionths(&row, 4))),
            scale: 1_000_000,
        };
        let told: String = row.read(6);
        let expected = match told.as_str() {
            "pending_unit" => Annual::PendingUnit,
            points => Annual::Settled(points.parse::<Points>().expect("points")),
        };
        assert_eq!(annual_exact(row.read::<PointsKind>(5), &exact), expected, "{}", row.at);
    }
}

// R-MTG-03, R-MTG-05
#[test]
fn votes_are_decided_as_in_the_tables() {
    for row in rows("branch_vote", &["kind", "eligible", "present", "yes", "result"]) {
        let ballot = Ballot { eligible: row.read(1), present: row.read(2), yes: row.read(3) };
        assert_eq!(vote(row.read::<VoteKind>(0), ballot), row.read::<VoteResult>(4), "{}", row.at);
    }
}
