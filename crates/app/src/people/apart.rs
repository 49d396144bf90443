//! Names as a choice among several people shows them: namesakes are told apart.

use std::collections::BTreeMap;

use domain::ids::MembershipId;

use super::store::{membership::Model as Membership, person::Model as Person};

/// The names of `lines`; of namesakes with the building where each has another one, otherwise with the number in the roll.
#[must_use]
pub fn names_apart<'a>(lines: impl IntoIterator<Item = (&'a Membership, &'a str)>) -> BTreeMap<MembershipId, String> {
    let mut named: BTreeMap<&str, Vec<&Membership>> = BTreeMap::new();
    for (line, name) in lines {
        named.entry(name).or_default().push(line);
    }
    let apart = |(name, lines): (&str, Vec<&Membership>)| -> Vec<(MembershipId, String)> {
        let is_alone = lines.len() == 1;
        let have_buildings = lines.iter().enumerate().all(|(at, line)| {
            !line.building.is_empty() && lines.iter().skip(at + 1).all(|other| other.building != line.building)
        });
        let called = |line: &Membership| match (is_alone, have_buildings) {
            (true, _) => name.to_owned(),
            (false, true) => format!("{name}（{}）", line.building),
            (false, false) => format!("{name}（编号 {}）", line.number()),
        };
        lines.iter().map(|line| (line.id.0, called(line))).collect()
    };
    named.into_iter().flat_map(apart).collect()
}

/// Members to choose from, in the order of `roll`.
#[must_use]
pub fn choices(roll: Vec<(Membership, Person)>) -> Vec<(String, String)> {
    let mut names = names_apart(roll.iter().map(|(line, person)| (line, person.name.as_str())));
    roll.into_iter().map(|(line, _)| (line.id.0.to_string(), names.remove(&line.id.0).unwrap_or_default())).collect()
}
