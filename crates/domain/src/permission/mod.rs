//! Who may do what, where: one table of office kind × deed × relation to the place.
//!
//! Owns the two vocabularies (offices and deeds) and the one judgement. It is printed, for people to read, to
//! `docs/permission-matrix.txt`. Offices are never added up: one acts under one office at a time.

mod deed;
mod office;
mod seen;
mod table;

pub use deed::Deed;
pub use office::OfficeKind;

use crate::place::PlaceCode;

/// How the thing's place lies to the office's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The office's own place.
    Own,
    /// Under the office's place.
    Below,
    /// The office lies under the thing's place: the season of one's county, say.
    Above,
    /// Neither: another street, another branch.
    Elsewhere,
}

impl Relation {
    /// In the order of the printed matrix.
    pub const ALL: [Self; 4] = [Self::Own, Self::Below, Self::Above, Self::Elsewhere];

    /// The relation of the thing at `thing` to an office at `office`.
    #[must_use]
    pub fn of(office: &PlaceCode, thing: &PlaceCode) -> Self {
        if office == thing {
            Self::Own
        } else if thing.is_within(office) {
            Self::Below
        } else if office.is_within(thing) {
            Self::Above
        } else {
            Self::Elsewhere
        }
    }

    /// Heading of the printed matrix.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Below => "below",
            Self::Above => "above",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// How far an office reaches for a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Only things of its own place.
    Own,
    /// Its own place and everything under it.
    Under,
    /// Its own place and what lies above it on the way to the county.
    Line,
    /// Own, under and above.
    UnderAndLine,
    /// Wherever it lies: what every signed-in office may see.
    Everywhere,
}

impl Reach {
    const fn covers(self, relation: Relation) -> bool {
        match relation {
            Relation::Own => true,
            Relation::Below => matches!(self, Self::Under | Self::UnderAndLine | Self::Everywhere),
            Relation::Above => matches!(self, Self::Line | Self::UnderAndLine | Self::Everywhere),
            Relation::Elsewhere => matches!(self, Self::Everywhere),
        }
    }
}

/// The answer of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It may be done.
    Allowed,
    /// The thing may be seen, but this may not be done to it (403).
    Forbidden,
    /// Its existence is not this office's business (404).
    Hidden,
}

/// Judges a deed of an office at `office` on a thing at `thing`.
#[must_use]
pub fn judge(kind: OfficeKind, deed: Deed, office: &PlaceCode, thing: &PlaceCode) -> Verdict {
    judge_relation(kind, deed, Relation::of(office, thing))
}

/// Judges by relation; this is what the printed matrix shows.
#[must_use]
pub fn judge_relation(kind: OfficeKind, deed: Deed, relation: Relation) -> Verdict {
    if is_granted(kind, deed, relation) {
        Verdict::Allowed
    } else if is_granted(kind, deed.seen_by(), relation) {
        Verdict::Forbidden
    } else {
        Verdict::Hidden
    }
}

fn is_granted(kind: OfficeKind, deed: Deed, relation: Relation) -> bool {
    table::grants(deed).iter().any(|(holder, reach)| *holder == kind && reach.covers(relation))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> PlaceCode {
        text.parse().expect("a code")
    }

    #[test]
    fn a_branch_submits_for_itself_alone() {
        let branch = code("5304270010030012");
        let judged = |thing: &str| judge(OfficeKind::BranchSecretary, Deed::SubmitApplication, &branch, &code(thing));
        assert_eq!(judged("5304270010030012"), Verdict::Allowed);
        assert_eq!(judged("5304270010030013"), Verdict::Hidden);
        let community = judge(OfficeKind::CommunityOfficer, Deed::SubmitApplication, &code("530427001003"), &branch);
        assert_eq!(community, Verdict::Forbidden);
    }

    #[test]
    fn only_verifiers_learn_who_reported() {
        for kind in OfficeKind::ALL {
            let verdict = judge_relation(*kind, Deed::RevealReporter, Relation::Own);
            assert_eq!(verdict == Verdict::Allowed, *kind == OfficeKind::Verifier, "{kind}");
        }
    }

    #[test]
    fn nobody_both_prepares_and_approves_and_pays() {
        use Deed::{ApproveCommitment, PrepareCommitment, RecordPayment};
        for kind in OfficeKind::ALL {
            let held = [PrepareCommitment, ApproveCommitment, RecordPayment]
                .into_iter()
                .filter(|deed| judge_relation(*kind, *deed, Relation::Own) == Verdict::Allowed)
                .count();
            assert!(held <= 1, "{kind} holds {held} of the three");
        }
    }
}
