//! A session of the parties (三方议事) and what its minutes need (R-DEL-02, R-DEL-03).

use super::{DeliberationRefusal, Party, Stance};

// R-DEL-02
/// Representatives of residents at least.
pub const LEAST_RESIDENTS: usize = 3;

/// A party in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// Which.
    pub party: Party,
    /// How many of it came.
    pub present: usize,
    /// What it says.
    pub stance: Stance,
}

/// A session as the rules know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The four parties.
    pub seats: Vec<Seat>,
    /// Whether they came to one opinion.
    pub is_agreed: bool,
}

impl Session {
    fn seat(&self, party: Party) -> Option<Seat> {
        self.seats.iter().copied().find(|seat| seat.party == party)
    }

    // R-DEL-02
    /// Whether those who must sit together did, and whether the result can be: a party that is not there is kept as such with
    /// its reason, but the branch chairs, and at least three residents are there.
    ///
    /// # Errors
    /// The branch or residents are missing; somebody came and is said not to have; more parties are against what was agreed on
    /// than for it.
    pub fn must_be_whole(&self) -> Result<(), DeliberationRefusal> {
        let is_there = |seat: &Seat| seat.present > 0 && seat.stance != Stance::Absent;
        if !self.seat(Party::Branch).as_ref().is_some_and(is_there) {
            return Err(DeliberationRefusal::BranchMissing);
        }
        let residents = self.seat(Party::Residents).filter(is_there).map_or(0, |seat| seat.present);
        if residents < LEAST_RESIDENTS {
            return Err(DeliberationRefusal::TooFewResidents(residents));
        }
        for party in Party::ALL {
            let seat = self.seat(*party).ok_or(DeliberationRefusal::NoStance(*party))?;
            match (seat.stance, seat.present) {
                (Stance::Absent, 1..) => return Err(DeliberationRefusal::AbsentButNamed(*party)),
                (Stance::Absent, 0) => {}
                (_, 0) => return Err(DeliberationRefusal::NobodyNamed(*party)),
                _ => {}
            }
        }
        let of = |stances: &[Stance]| self.seats.iter().filter(|seat| stances.contains(&seat.stance)).count();
        if self.is_agreed && of(&[Stance::For, Stance::Conditional]) <= of(&[Stance::Against]) {
            return Err(DeliberationRefusal::NotAgreedByMost);
        }
        Ok(())
    }
}

/// The names in what was typed, each once: set apart by commas or lines, or by blanks where there is nothing else.
#[must_use]
pub fn names_in(typed: &str) -> Vec<&str> {
    let is_mark = |c: char| matches!(c, '、' | '，' | ',' | '；' | ';' | '\n' | '\r');
    let has_marks = typed.trim().contains(is_mark);
    let parts = typed.split(|c: char| if has_marks { is_mark(c) } else { c.is_whitespace() });
    let mut names: Vec<&str> = Vec::new();
    for name in parts.map(str::trim).filter(|name| !name.is_empty()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted_once_each() {
        for (typed, count) in [
            ("", 0),
            ("张三", 1),
            ("张三、李四、王五", 3),
            ("张三，李四,王五；赵六", 4),
            ("张三\n李四", 2),
            ("张三 李四 王五", 3),
            ("张 三、李四", 2),
            ("张三、张三、李四", 2),
            (" 、，", 0),
        ] {
            assert_eq!(names_in(typed).len(), count, "{typed}");
        }
    }

    #[test]
    fn a_session_needs_the_branch_and_three_residents() {
        use DeliberationRefusal::{AbsentButNamed, BranchMissing, NobodyNamed, NotAgreedByMost, TooFewResidents};
        use Stance::{Absent, Against, Conditional, For};
        // Branch, committee, property, residents: how many came, and what they say; then whether they agreed.
        for (seats, is_agreed, expected) in [
            ([(1, For), (1, For), (1, For), (3, For)], true, Ok(())),
            ([(1, For), (1, Against), (1, Conditional), (3, For)], true, Ok(())),
            ([(1, For), (1, Against), (1, Against), (3, For)], true, Err(NotAgreedByMost)),
            ([(1, For), (1, Against), (1, Against), (3, For)], false, Ok(())),
            ([(1, For), (0, Absent), (1, For), (3, For)], true, Ok(())),
            ([(1, For), (1, Absent), (1, For), (3, For)], true, Err(AbsentButNamed(Party::Committee))),
            ([(1, For), (1, For), (0, For), (3, For)], true, Err(NobodyNamed(Party::Property))),
            ([(1, For), (1, For), (1, For), (2, For)], true, Err(TooFewResidents(2))),
            ([(1, For), (1, For), (1, For), (5, Absent)], true, Err(TooFewResidents(0))),
            ([(0, Absent), (1, For), (1, For), (3, For)], true, Err(BranchMissing)),
            ([(0, For), (1, For), (1, For), (3, For)], true, Err(BranchMissing)),
        ] {
            let seat = |(party, (present, stance)): (&Party, (usize, Stance))| Seat { party: *party, present, stance };
            let session = Session { seats: Party::ALL.iter().zip(seats).map(seat).collect(), is_agreed };
            assert_eq!(session.must_be_whole(), expected, "{seats:?} {is_agreed}");
        }
        let session = Session { seats: Vec::new(), is_agreed: false };
        assert_eq!(session.must_be_whole(), Err(BranchMissing));
    }
}
