//! The worked examples of the rules, read from every table in `tests/vectors`, and what must hold for all inputs.
//!
//! A further table is read as soon as it lies there, under any name: it is known by the columns in its first line, which may
//! stand in any order and among others.
#![expect(clippy::expect_used, reason = "a test stops where its own material is wrong")]

use std::{collections::BTreeMap, fs, path::Path};

use domain::{
    calendar::{Calendar, DayKind},
    clock::Instant,
    meeting::{Ballot, VoteKind, VoteResult, vote},
    owners::{Majority, OwnerVote, Side, VoteOutcome, decide},
    place::PlaceCode,
    points::{Annual, Exact, Points, PointsKind, annual_exact},
    selection::{
        notice,
        programme::programme,
        quota::{QuotaPolicy, Seats, StreetCount, allot},
    },
    voice,
};
use jiff::{
    Timestamp,
    civil::{Date, date},
};
use proptest::prelude::*;

/// What a table is about, and the columns by which it is known.
struct Table {
    name: &'static str,
    columns: &'static [&'static str],
}

const NOTICE_END: Table = Table { name: "notice_end", columns: &["published_on", "working_days", "ends_on"] };
const QUOTA: Table = Table { name: "quota", columns: &["branches", "percent", "seats"] };
const KNOWN_YEARS: Table = Table { name: "known_years", columns: &["days", "year", "is_known"] };
const DUAL_POINTS: Table =
    Table { name: "dual_points", columns: &["base", "bonus", "deduction", "unit_score", "unit_max", "kind", "result"] };
const BRANCH_VOTE: Table = Table { name: "branch_vote", columns: &["kind", "eligible", "present", "yes", "result"] };
/// Read where elections are decided.
const BRANCH_ELECTION: Table =
    Table { name: "branch_election", columns: &["eligible", "present", "seats", "votes", "elected", "tied", "result"] };
const OWNER_VOTE: Table = Table {
    name: "owner_vote",
    columns: &[
        "matter",
        "area_total",
        "persons_total",
        "area_part",
        "persons_part",
        "area_yes",
        "persons_yes",
        "result",
    ],
};
const VOICE_DEADLINE: Table = Table { name: "voice_deadline", columns: &["received_at", "working_days", "due_at"] };
const TABLES: [Table; 8] =
    [NOTICE_END, QUOTA, KNOWN_YEARS, DUAL_POINTS, BRANCH_VOTE, BRANCH_ELECTION, OWNER_VOTE, VOICE_DEADLINE];

/// A row of a table by the names of its columns, with where it stands for the message.
struct Row {
    at: String,
    cells: BTreeMap<String, String>,
}

/// A file of the folder: its columns and its rows.
struct Sheet {
    name: String,
    columns: Vec<String>,
    rows: Vec<Row>,
}

impl Sheet {
    /// Reads comma-separated text: quoted or not, with or without a byte order mark, blank lines and `#` lines left out.
    fn read(name: &str, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let cells = |line: &str| -> Vec<String> {
            let mut reader =
                csv::ReaderBuilder::new().trim(csv::Trim::All).has_headers(false).from_reader(line.as_bytes());
            let record = reader.records().next().map(|it| it.expect("a readable line"));
            record.iter().flatten().map(str::to_owned).collect()
        };
        let mut lines = (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.starts_with('#'))
            .map(|(number, line)| (number, cells(line)))
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        let columns = lines.next().map(|(_, columns)| columns).unwrap_or_default();
        let row = |(number, cells): (usize, Vec<String>)| {
            assert!(cells.len() <= columns.len(), "{name}:{number}: more cells than columns");
            Row { at: format!("{name}:{number}"), cells: columns.iter().cloned().zip(cells).collect() }
        };
        let rows = lines.map(row).collect();
        Self { name: name.to_owned(), columns, rows }
    }

    /// Whether its header has all columns of `table`, in whatever order, among others or not.
    fn is(&self, table: &Table) -> bool {
        table.columns.iter().all(|wanted| self.columns.iter().any(|column| column == wanted))
    }
}

/// Every file of the folder, by name.
fn sheets() -> Vec<Sheet> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the folder of vectors")
        .map(|entry| entry.expect("a folder entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".csv"))
        .collect();
    names.sort();
    let read = |name: &String| Sheet::read(name, &fs::read_to_string(folder.join(name)).expect("a readable table"));
    names.iter().map(read).collect()
}

/// Every row of every file that is such a table, whatever it is called.
fn rows(table: &Table) -> Vec<Row> {
    sheets().into_iter().filter(|sheet| sheet.is(table)).flat_map(|sheet| sheet.rows).collect()
}

#[test]
fn every_table_is_there_and_every_file_is_read() {
    let sheets = sheets();
    for table in &TABLES {
        let own = format!("{}.csv", table.name);
        assert!(sheets.iter().any(|sheet| sheet.name == own && sheet.is(table)), "{own} is missing");
    }
    for sheet in &sheets {
        let meant: Vec<&str> = TABLES.iter().filter(|table| sheet.is(table)).map(|table| table.name).collect();
        assert_eq!(meant.len(), 1, "{}: the header is that of one table: {meant:?}", sheet.name);
        assert!(!sheet.rows.is_empty(), "{} has no rows", sheet.name);
    }
}

#[test]
fn a_table_is_known_by_its_header() {
    let text = "\u{feff}# from the office\n\n\"seats\", note,branches ,percent\n\n# two streets\n11 9,\"a, b\",57 43,20\n,,,\n";
    let sheet = Sheet::read("any_name.csv", text);
    assert!(sheet.is(&QUOTA) && TABLES.iter().filter(|table| sheet.is(table)).count() == 1);
    let [row] = sheet.rows.as_slice() else { panic!("one row") };
    assert_eq!(
        (row.at.as_str(), row.numbers("branches"), row.read::<u32>("percent")),
        ("any_name.csv:6", vec![57, 43], 20)
    );
    assert!(!Sheet::read("short.csv", "branches,percent\n57 43,20\n").is(&QUOTA));
}

impl Row {
    fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn read<T: std::str::FromStr>(&self, column: &str) -> T {
        let cell = self.cell(column);
        cell.parse().unwrap_or_else(|_| panic!("{}: {column} {cell:?} cannot be read", self.at))
    }

    fn numbers(&self, column: &str) -> Vec<u32> {
        let read = |word: &str| word.parse().unwrap_or_else(|_| panic!("{}: {word:?} is no number", self.at));
        self.cell(column).split_whitespace().map(read).collect()
    }

    /// A decimal number in whole [`SCALE`]ths, so that a table may be finer than the product.
    fn exact(&self, column: &str) -> i128 {
        let cell = self.cell(column);
        let (sign, digits) = cell.strip_prefix('-').map_or((1, cell), |digits| (-1, digits));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let part = part.trim_end_matches('0');
        assert!(part.len() <= DECIMALS, "{}: more than {DECIMALS} decimals", self.at);
        let number = format!("{whole}{part:0<DECIMALS$}").parse::<i128>();
        sign * number.unwrap_or_else(|_| panic!("{}: {column} {cell:?} is no number", self.at))
    }
}

/// How many decimals a table may have.
const DECIMALS: usize = 12;
const SCALE: i128 = 1_000_000_000_000;

fn calendar() -> Calendar {
    let table = include_str!("../../../data/cn-holidays-2021-2026.csv");
    let rows = Calendar::parse_csv(table).expect("the table of holidays");
    Calendar::from_days(rows.into_iter().map(|(day, kind, _)| (day, kind)))
}

// R-CAL-01
#[test]
fn a_year_is_known_by_its_own_table_alone() {
    for row in rows(&KNOWN_YEARS) {
        let days = row.cell("days");
        let read = |day: &str| {
            let (date, kind) = day.split_once('=').expect("a day and what it is");
            (date.parse::<Date>().expect("a date"), kind.parse::<DayKind>().expect("off or work"))
        };
        let calendar = Calendar::from_days(days.split_whitespace().map(read));
        let (year, is_known) = (row.read::<i16>("year"), row.read::<bool>("is_known"));
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
    for row in rows(&NOTICE_END) {
        let (published, days): (Date, u16) = (row.read("published_on"), row.read("working_days"));
        let period = notice::period(published, days, &calendar);
        // A year without a table is not guessed at.
        if matches!(row.cell("ends_on"), "" | "unknown") {
            assert!(period.is_err(), "{}: {period:?}", row.at);
            continue;
        }
        let ends: Date = row.read("ends_on");
        assert_eq!(period.map(|period| period.ends_on), Ok(ends), "{}", row.at);
        assert_eq!(calendar.working_days_between(published, ends), Ok(u32::from(days)), "{}", row.at);
    }
}

// R-VOI-04
#[test]
fn voices_are_due_as_in_the_tables() {
    let calendar = calendar();
    let moment = |row: &Row, column| Instant::from_micros(row.read::<Timestamp>(column).as_microsecond());
    for row in rows(&VOICE_DEADLINE) {
        let due = voice::due(moment(&row, "received_at"), row.read("working_days"), &calendar);
        // A year without a table is not guessed at.
        if matches!(row.cell("due_at"), "" | "unknown") {
            assert!(due.is_err(), "{}: {due:?}", row.at);
            continue;
        }
        assert_eq!(due, Ok(moment(&row, "due_at")), "{}", row.at);
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
    for row in rows(&QUOTA) {
        let got = seats(&row.numbers("branches"), row.read("percent"), QuotaPolicy::LargestRemainder);
        assert_eq!(got, row.numbers("seats"), "{}", row.at);
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

/// The full mark of a unit's score when none is told, as on the form.
const FULL_MARK: i128 = 100 * SCALE;

// R-PTS-01…04
#[test]
fn years_are_settled_as_in_the_tables() {
    for row in rows(&DUAL_POINTS) {
        let has_unit = !row.cell("unit_score").is_empty();
        let full_mark = || if row.cell("unit_max").is_empty() { FULL_MARK } else { row.exact("unit_max") };
        let exact = Exact {
            base: row.exact("base"),
            bonus: row.exact("bonus"),
            deduction: row.exact("deduction"),
            unit: has_unit.then(|| (row.exact("unit_score"), full_mark())),
            scale: SCALE,
        };
        let expected = match row.cell("result") {
            "pending_unit" => Annual::PendingUnit,
            _ => Annual::Settled(hundredths(&row, "result")),
        };
        assert_eq!(annual_exact(row.read::<PointsKind>("kind"), &exact), expected, "{}", row.at);
    }
}

/// Points as the product keeps them: `98`, `98.0` and `98.00` are the same.
fn hundredths(row: &Row, column: &str) -> Points {
    let (hundredths, rest) = (row.exact(column) * 100 / SCALE, row.exact(column) * 100 % SCALE);
    assert_eq!(rest, 0, "{}: points have two decimals", row.at);
    Points(i64::try_from(hundredths).expect("a number of points"))
}

// R-MTG-03, R-MTG-05
#[test]
fn votes_are_decided_as_in_the_tables() {
    for row in rows(&BRANCH_VOTE) {
        let ballot = Ballot { eligible: row.read("eligible"), present: row.read("present"), yes: row.read("yes") };
        assert_eq!(vote(row.read::<VoteKind>("kind"), ballot), row.read::<VoteResult>("result"), "{}", row.at);
    }
}

#[test]
fn owners_decide_by_persons_and_by_area() {
    for row in rows(&OWNER_VOTE) {
        let side =
            |of: &str| Side { area: row.read(&format!("area_{of}")), persons: row.read(&format!("persons_{of}")) };
        let vote = OwnerVote { total: side("total"), part: side("part"), yes: side("yes") };
        let decided = decide(row.read::<Majority>("matter"), vote);
        assert_eq!(decided, Ok(row.read::<VoteOutcome>("result")), "{}", row.at);
    }
}
