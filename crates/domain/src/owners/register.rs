//! Who the owners of a register are (R-OWN-08): co-owners are one, an owner of several units is one, with all areas together.

use std::collections::{BTreeMap, BTreeSet};

use super::{OwnerKind, Parking, Side, UnitUse};

/// A unit as the register has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterUnit {
    /// How people find it, such as `3栋 502`.
    pub address: String,
    /// What it is.
    pub usage: UnitUse,
    /// 专有部分面积, in hundredths of a square metre.
    pub area: u64,
    /// Who owns it.
    pub kind: OwnerKind,
    /// The owner, or all co-owners with `、` between them.
    pub names: String,
    /// A telephone number; may be empty.
    pub phone: String,
    /// 业主编号: what is alike is one owner, whatever else stands there; may be empty.
    pub key: String,
}

/// An owner with the units that are theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Of persons, or a body.
    pub kind: OwnerKind,
    /// All names, with `、` between them.
    pub names: String,
    /// The first telephone number known; may be empty.
    pub phone: String,
    /// The units, by their place in the register.
    pub units: Vec<usize>,
    /// The counted areas together.
    pub area: u64,
}

impl Owner {
    /// What the owner weighs: nothing, where only parking spaces are owned that do not count.
    #[must_use]
    pub const fn weight(&self) -> Side {
        Side { area: self.area, persons: if self.area > 0 { 1 } else { 0 } }
    }
}

/// Something in the register that only a person can settle; `unit` is its place in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterProblem {
    /// Which unit.
    pub unit: usize,
    /// What to do.
    pub words: String,
}

/// The names of owners, apart: `李明、王芳`, `李明 王芳`, `李明/王芳`.
#[must_use]
pub fn names_apart(names: &str, kind: OwnerKind) -> Vec<String> {
    let is_break = |c: char| matches!(c, '、' | '，' | ',' | '；' | ';' | '/' | '／' | '\n');
    let parts: Vec<&str> = match kind {
        OwnerKind::Person => names.split(is_break).collect(),
        OwnerKind::Body => vec![names],
    };
    let squeezed = parts.into_iter().map(|name| name.split_whitespace().collect::<String>());
    squeezed.filter(|name| !name.is_empty()).collect()
}

/// Who is alike: the same key, or the same names and the same telephone; bodies by their names alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Alike {
    Key(String),
    Names(OwnerKind, Vec<String>, String),
}

fn alike(unit: &RegisterUnit) -> Alike {
    if !unit.key.is_empty() {
        return Alike::Key(unit.key.clone());
    }
    let phone = if unit.kind == OwnerKind::Body { String::new() } else { unit.phone.clone() };
    Alike::Names(unit.kind, names_of(unit), phone)
}

/// The names in one order, so that `李明、王芳` and `王芳、李明` are alike.
fn names_of(unit: &RegisterUnit) -> Vec<String> {
    let mut names = names_apart(&unit.names, unit.kind);
    names.sort();
    names
}

// R-OWN-08
/// Puts the units together to owners, in the order in which each first stands in the register.
///
/// # Errors
/// Every unit of which it cannot be told whose it is: a key with two different owners, and namesakes of whom one has no
/// telephone. Units that stand there twice.
pub fn owners_of(units: &[RegisterUnit], parking: Parking) -> Result<Vec<Owner>, Vec<RegisterProblem>> {
    let problems = problems_of(units);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut places: BTreeMap<Alike, usize> = BTreeMap::new();
    let mut owners: Vec<Owner> = Vec::new();
    for (place, unit) in units.iter().enumerate() {
        let next = owners.len();
        let found = *places.entry(alike(unit)).or_insert(next);
        if found == next {
            let names = names_apart(&unit.names, unit.kind).join("、");
            owners.push(Owner { kind: unit.kind, names, phone: String::new(), units: Vec::new(), area: 0 });
        }
        let Some(owner) = owners.get_mut(found) else { continue };
        owner.units.push(place);
        if owner.phone.is_empty() {
            owner.phone.clone_from(&unit.phone);
        }
        if unit.usage.counts(parking) {
            owner.area += unit.area;
        }
    }
    Ok(owners)
}

fn problems_of(units: &[RegisterUnit]) -> Vec<RegisterProblem> {
    let mut problems = Vec::new();
    let mut note = |unit: usize, words: &str| problems.push(RegisterProblem { unit, words: words.to_owned() });
    let mut addresses = BTreeSet::new();
    let mut of_key: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut phones: BTreeMap<(OwnerKind, Vec<String>), BTreeSet<&str>> = BTreeMap::new();
    for unit in units.iter().filter(|unit| unit.key.is_empty() && unit.kind == OwnerKind::Person) {
        phones.entry((unit.kind, names_of(unit))).or_default().insert(&unit.phone);
    }
    for (place, unit) in units.iter().enumerate() {
        if !addresses.insert(unit.address.as_str()) {
            note(place, "这套房在名册里出现了两次，请删去一行；共有的业主写在同一格，用“、”隔开。");
        }
        if unit.area == 0 {
            note(place, "面积应大于 0。");
        }
        let names = names_of(unit);
        if names.is_empty() {
            note(place, "没有业主姓名，请补上。");
        }
        if unit.key.is_empty() {
            let known = phones.get(&(unit.kind, names));
            if unit.phone.is_empty() && known.is_some_and(|known| known.len() > 1) {
                note(
                    place,
                    "名册里有同名的业主，这一行没有电话，分不清是不是同一人：请补电话，或填写业主编号（同一人填相同的编号）。",
                );
            }
        } else if of_key.entry(&unit.key).or_insert_with(|| names.clone()) != &names {
            note(place, "业主编号和别的行相同，业主姓名却不同，请更正编号或姓名。");
        }
    }
    problems
}

/// What all owners weigh together.
#[must_use]
pub fn whole(owners: &[Owner]) -> Side {
    owners.iter().map(Owner::weight).fold(Side::default(), Side::and)
}

/// An owner's names as lists show them: `李*`, `李*、王*`; bodies are no persons and are shown.
#[must_use]
pub fn mask_names(names: &str, kind: OwnerKind) -> String {
    let masked = |name: String| {
        let (mut letters, count) = (name.chars(), name.chars().count());
        let first = letters.next().map(String::from).unwrap_or_default();
        format!("{first}{}", "*".repeat(count.saturating_sub(1).clamp(1, 2)))
    };
    match kind {
        OwnerKind::Person => names_apart(names, kind).into_iter().map(masked).collect::<Vec<_>>().join("、"),
        OwnerKind::Body => names.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(address: &str, area: u64, names: &str, phone: &str) -> RegisterUnit {
        RegisterUnit {
            address: address.to_owned(),
            usage: UnitUse::Home,
            area,
            kind: OwnerKind::Person,
            names: names.to_owned(),
            phone: phone.to_owned(),
            key: String::new(),
        }
    }

    fn keyed(unit: RegisterUnit, key: &str) -> RegisterUnit {
        RegisterUnit { key: key.to_owned(), ..unit }
    }

    fn parking(unit: RegisterUnit) -> RegisterUnit {
        RegisterUnit { usage: UnitUse::Parking, ..unit }
    }

    fn body(unit: RegisterUnit) -> RegisterUnit {
        RegisterUnit { kind: OwnerKind::Body, ..unit }
    }

    /// Names, units and area of each owner.
    fn told(units: &[RegisterUnit], parking: Parking) -> Vec<(String, usize, u64)> {
        let owners = owners_of(units, parking).expect("nothing to settle");
        owners.into_iter().map(|owner| (owner.names, owner.units.len(), owner.area)).collect()
    }

    // R-OWN-08
    #[test]
    fn owners_are_persons_and_not_units() {
        let units = [
            unit("1栋 101", 9_000, "李明、王芳", "13900000001"),
            unit("1栋 102", 10_000, "王芳, 李明", "13900000001"),
            unit("1栋 201", 8_000, "李明", "13900000001"),
            unit("1栋 202", 8_001, "赵六", "13900000002"),
            unit("2栋 101", 7_000, "赵六", "13900000003"),
            body(unit("商铺1", 20_000, "新平县供销社", "7011234")),
            body(unit("商铺2", 30_000, "新平县供销社", "7015678")),
        ];
        let expected = [
            ("李明、王芳", 2, 19_000),
            ("李明", 1, 8_000),
            ("赵六", 1, 8_001),
            ("赵六", 1, 7_000),
            ("新平县供销社", 2, 50_000),
        ];
        let expected: Vec<_> =
            expected.iter().map(|(names, units, area)| ((*names).to_owned(), *units, *area)).collect();
        assert_eq!(told(&units, Parking::Counted), expected);
        let owners = owners_of(&units, Parking::Counted).expect("owners");
        assert_eq!(whole(&owners), Side { area: 92_001, persons: 5 });
    }

    #[test]
    fn a_key_makes_one_owner_of_what_looks_like_two() {
        let units = [
            keyed(unit("1栋 101", 9_000, "李明", "13900000001"), "7"),
            keyed(unit("1栋 102", 9_000, "李明", "13900000009"), "7"),
            keyed(unit("1栋 103", 9_000, "李明", "13900000001"), "8"),
        ];
        assert_eq!(told(&units, Parking::Counted).len(), 2);
    }

    #[test]
    fn parking_spaces_count_by_the_rule() {
        let units = [
            unit("1栋 101", 9_000, "李明", "13900000001"),
            parking(unit("车位 A01", 1_250, "李明", "13900000001")),
            parking(unit("车位 A02", 1_250, "外来人", "13900000002")),
        ];
        let sum = |rule| whole(&owners_of(&units, rule).expect("owners"));
        assert_eq!(sum(Parking::Counted), Side { area: 11_500, persons: 2 });
        assert_eq!(sum(Parking::NotCounted), Side { area: 9_000, persons: 1 });
    }

    #[test]
    fn what_only_a_person_can_settle_is_told() {
        let units = [
            unit("1栋 101", 9_000, "李明", "13900000001"),
            unit("1栋 102", 9_000, "李明", ""),
            unit("1栋 102", 0, " ", "13900000003"),
            keyed(unit("1栋 104", 9_000, "张三", ""), "5"),
            keyed(unit("1栋 105", 9_000, "李四", ""), "5"),
        ];
        let problems = owners_of(&units, Parking::Counted).expect_err("much to settle");
        let told: Vec<(usize, &str)> = problems
            .iter()
            .map(|problem| (problem.unit, problem.words.split_once('，').map_or("", |it| it.0)))
            .collect();
        let words: Vec<usize> = told.iter().map(|(unit, _)| *unit).collect();
        assert_eq!(words, [1, 2, 2, 2, 4], "{problems:?}");
        // Nobody knows a telephone: then a name is a name.
        let nameless = [unit("1栋 101", 1, "李明", ""), unit("1栋 102", 1, "李明", "")];
        assert_eq!(told_count(&nameless), 1);
    }

    fn told_count(units: &[RegisterUnit]) -> usize {
        told(units, Parking::Counted).len()
    }

    #[test]
    fn names_are_masked() {
        for (names, kind, masked) in [
            ("李明", OwnerKind::Person, "李*"),
            ("李小明、王芳", OwnerKind::Person, "李**、王*"),
            ("阿依古丽·买买提", OwnerKind::Person, "阿**"),
            ("新平县供销社", OwnerKind::Body, "新平县供销社"),
        ] {
            assert_eq!(mask_names(names, kind), masked);
        }
    }
}
