//! How many branches each street may recommend (R-SEL-07), with the working shown.

use crate::{coded_enum, place::PlaceCode};

coded_enum! {
    /// How the streets' shares become whole seats (R-SEL-07, `domain.md` A1).
    pub enum QuotaPolicy {
        /// The county's total is fixed first; what is left goes to the largest remainders.
        LargestRemainder = "largest_remainder" => "最大余数法（全县总数取整，余数大的先得）",
        /// Each street rounds down.
        Floor = "floor" => "各街道分别舍去小数",
        /// Each street rounds up.
        Ceil = "ceil" => "各街道分别进一",
        /// Each street rounds half up.
        HalfUp = "half_up" => "各街道分别四舍五入",
    }
}

/// A street and its active branches at the snapshot (R-SEL-06).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreetCount {
    /// The street.
    pub street: PlaceCode,
    /// Its active branches.
    pub branches: u32,
}

/// A street's seats and how they came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    /// The street.
    pub street: PlaceCode,
    /// Its active branches.
    pub branches: u32,
    /// The ratio, in percent.
    pub percent: u32,
    /// Whole seats of the exact share.
    pub floor: u32,
    /// What is left of the exact share, in hundredths of a seat.
    pub remainder: u32,
    /// Place of the remainder among all streets, 1 for the largest.
    pub remainder_rank: u32,
    /// What it gets.
    pub seats: u32,
}

impl Seats {
    /// The working in one sentence: “为什么是 11 个”.
    #[must_use]
    pub fn working(&self, policy: QuotaPolicy) -> String {
        let Self { branches, percent, floor, remainder, remainder_rank, seats, .. } = self;
        let share = format!("{branches} 个支部 × {percent}% = {floor}.{remainder:02}");
        match policy {
            QuotaPolicy::LargestRemainder if seats > floor => {
                format!(
                    "{share}，先得 {floor} 个；余数 0.{remainder:02} 排第 {remainder_rank}，再得 1 个，共 {seats} 个"
                )
            }
            QuotaPolicy::LargestRemainder if *remainder == 0 => format!("{share}，没有余数，共 {seats} 个"),
            QuotaPolicy::LargestRemainder => {
                format!(
                    "{share}，先得 {floor} 个；余数 0.{remainder:02} 排第 {remainder_rank}，没有分到余下名额，共 {seats} 个"
                )
            }
            QuotaPolicy::Floor => format!("{share}，舍去小数，共 {seats} 个"),
            QuotaPolicy::Ceil => format!("{share}，有小数进一，共 {seats} 个"),
            QuotaPolicy::HalfUp => format!("{share}，四舍五入，共 {seats} 个"),
        }
    }
}

/// The seats of every street, in the order given.
///
/// By largest remainder the county's total is `round_half_up(percent × all branches)`; each street gets its whole seats,
/// and the rest go one each to the largest remainders, ties to the larger street, then to the smaller code (R-SEL-07).
#[must_use]
pub fn allot(streets: &[StreetCount], percent: u32, policy: QuotaPolicy) -> Vec<Seats> {
    let order = by_remainder(streets, percent);
    let floors: u64 = streets.iter().map(|street| exact(street, percent) / 100).sum();
    let all: u64 = streets.iter().map(|street| exact(street, percent)).sum();
    let left = ((all + 50) / 100).saturating_sub(floors);
    let mut seats = Vec::with_capacity(streets.len());
    for (index, street) in streets.iter().enumerate() {
        let share = exact(street, percent);
        let (floor, remainder) = (share / 100, share % 100);
        let rank = order.iter().position(|other| *other == index).unwrap_or(0) as u64 + 1;
        let extra = match policy {
            QuotaPolicy::LargestRemainder => u64::from(rank <= left),
            QuotaPolicy::Floor => 0,
            QuotaPolicy::Ceil => u64::from(remainder > 0),
            QuotaPolicy::HalfUp => u64::from(remainder >= 50),
        };
        seats.push(Seats {
            street: street.street.clone(),
            branches: street.branches,
            percent,
            floor: narrow(floor),
            remainder: narrow(remainder),
            remainder_rank: narrow(rank),
            seats: narrow(floor + extra),
        });
    }
    seats
}

/// The exact share in hundredths of a seat.
fn exact(street: &StreetCount, percent: u32) -> u64 {
    u64::from(street.branches) * u64::from(percent)
}

/// Indexes of the streets, the first to get a further seat first.
fn by_remainder(streets: &[StreetCount], percent: u32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..streets.len()).collect();
    order.sort_by_key(|index| {
        streets.get(*index).map(|street| {
            let remainder = exact(street, percent) % 100;
            (std::cmp::Reverse((remainder, street.branches)), street.street.clone())
        })
    });
    order
}

fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
