//! 党员名册: memberships.

use std::collections::HashMap;

use domain::{
    ids::{MembershipId, PersonId},
    members::MemberState,
    place::PlaceCode,
};
use platform::db::column::Text;

use super::{
    Planner,
    branches::KnownBranches,
    matching::{LineKey, match_lines},
    persons::{Authority, PersonBook},
    shown_date,
    units::UnitBook,
};
use crate::{
    ledger::{
        columns::LedgerSheet,
        preview::differences,
        read::{MemberRow, PersonCells, RowPlace},
    },
    people::{self, Membership},
};

/// Plans 党员名册. It comes before 支部班子, because its word on a person counts more.
pub(super) fn plan_members(
    planner: &mut Planner<'_>,
    known: &KnownBranches<'_>,
    book: &mut PersonBook<'_>,
    units: &mut UnitBook,
) {
    let (present, ledger) = (planner.grounds.present, planner.grounds.ledger);
    let rows: Vec<Row<'_>> = ledger
        .members
        .iter()
        .map(|row| Row { at: &row.at, branch: &row.branch, community: &row.community, person: &row.person })
        .collect();
    let lines: Vec<(PlaceCode, PersonId)> =
        present.memberships.iter().map(|line| (line.branch.0.clone(), line.person_id.0)).collect();
    let (keys, matches) = match_rows(planner, known, &rows, &lines);
    let is_confirmed = |line: &&Membership| line.state.0 == MemberState::Confirmed;
    let lines_confirmed = present.memberships.iter().filter(is_confirmed);
    let mut confirmed: Confirmed = lines_confirmed.map(|line| (line.person_id.0, line.branch.0.clone())).collect();
    for ((row, key), matched) in ledger.members.iter().zip(&keys).zip(&matches) {
        let Some(key) = key else {
            continue;
        };
        planner.warn_of_future(&row.at, "registered", row.registered_on);
        let line = matched.and_then(|index| present.memberships.get(index));
        plan_member(planner, (&mut *book, &mut *units, &mut confirmed), row, &key.branch, line);
    }
    note_absent(planner, known, LedgerSheet::Members, &keys, &matches, &lines);
}

/// Which branch has confirmed whom.
type Confirmed = HashMap<PersonId, PlaceCode>;

/// Nobody is confirmed by two branches: the other one lets them go first.
fn confirm(planner: &mut Planner<'_>, confirmed: &mut Confirmed, row: &MemberRow, of: (PersonId, &PlaceCode)) -> bool {
    let (person, branch) = of;
    match confirmed.get(&person).filter(|other| *other != branch) {
        None => {
            confirmed.insert(person, branch.clone());
            true
        }
        Some(other) => {
            let name = planner.grounds.present.name_of(other);
            let words = format!("“{}”已在{name}的名册里。请先在那里办理转出，或核对是否同一人。", row.person.name);
            planner.error(row.at.problem("name", words));
            false
        }
    }
}

fn plan_member(
    planner: &mut Planner<'_>,
    (book, units, confirmed): (&mut PersonBook<'_>, &mut UnitBook, &mut Confirmed),
    row: &MemberRow,
    branch: &PlaceCode,
    line: Option<&Membership>,
) {
    if !row.is_sound {
        return;
    }
    planner.check_birth(&row.at, &row.person);
    let label = format!("{} · {}", row.branch, row.person.name);
    let Some(old) = line else {
        let person = match book.find(planner, branch, &row.person, Authority::Roll) {
            Some(person) => {
                book.hear(planner, person, &row.person, Authority::Roll);
                person
            }
            None => book.add(planner, branch, &row.person, Authority::Roll),
        };
        if !confirm(planner, confirmed, row, (person, branch)) {
            return;
        }
        let id: MembershipId = planner.id();
        let blank = Membership {
            id: Text(id),
            branch: Text(branch.clone()),
            person_id: Text(person),
            kind: Text(row.kind),
            affiliation: Text(row.affiliation),
            service: Text(row.service),
            unit: None,
            building: String::new(),
            speciality: String::new(),
            claimed_post: String::new(),
            registered_on: None,
            state: Text(MemberState::Confirmed),
            is_without_vote: false,
            verified_on: Some(Text(planner.grounds.today)),
            ended_on: None,
            ended_reason: String::new(),
            compound: String::new(),
            available_time: String::new(),
            party_group: None,
            version: 0,
        };
        planner.plan.people.added_memberships.push(told(row, &blank, units));
        planner.added(LedgerSheet::Members, &row.at, branch, label);
        return;
    };
    if old.state.0 != MemberState::Confirmed && !confirm(planner, confirmed, row, (old.person_id.0, branch)) {
        return;
    }
    let heard = book.hear(planner, old.person_id.0, &row.person, Authority::Roll);
    let new = told(row, old, units);
    let own = differences(described(old, units), described(&new, units));
    let is_changed = !own.is_empty();
    let fields = heard.fields.into_iter().chain(own).collect();
    planner.compared(LedgerSheet::Members, &row.at, branch, label, fields);
    if is_changed {
        // What ended and begins anew keeps when it was there before.
        let stay = people::earlier_stay(planner.id(), old);
        planner.plan.people.added_stays.extend(stay);
        planner.plan.people.changed_memberships.push(new);
    }
}

/// The membership as the row tells it; columns that are not there leave things as they are. Who is in the workbook is in the
/// roll, also when the line had ended.
fn told(row: &MemberRow, old: &Membership, units: &mut UnitBook) -> Membership {
    Membership {
        state: Text(MemberState::Confirmed),
        ended_on: None,
        ended_reason: String::new(),
        kind: Text(row.kind),
        affiliation: Text(row.affiliation),
        service: Text(row.service),
        unit: row.unit_branch.as_ref().map_or_else(|| old.unit.clone(), |name| units.find(name).map(Text)),
        building: row.building.clone().unwrap_or_else(|| old.building.clone()),
        speciality: row.speciality.clone().unwrap_or_else(|| old.speciality.clone()),
        // What members have taken on here is known better here.
        claimed_post: match &row.claimed_post {
            Some(told) if old.claimed_post.is_empty() => told.clone(),
            _ => old.claimed_post.clone(),
        },
        registered_on: row.registered_on.map_or(old.registered_on, |date| date.map(Text)),
        ..old.clone()
    }
}

fn described(member: &Membership, units: &UnitBook) -> Vec<(&'static str, String)> {
    vec![
        ("报到状态", member.state.0.label().to_owned()),
        ("党员类型", member.kind.0.label().to_owned()),
        ("组织关系", member.affiliation.0.label().to_owned()),
        ("身份", member.service.0.label().to_owned()),
        ("单位党支部", units.name(member.unit.as_ref())),
        ("居住楼栋", member.building.clone()),
        ("特长", member.speciality.clone()),
        ("认领岗位", member.claimed_post.clone()),
        ("报到日期", shown_date(&member.registered_on)),
    ]
}

/// What the rows of 党员名册 and 支部班子 have in common.
pub(super) struct Row<'r> {
    pub at: &'r RowPlace,
    pub branch: &'r str,
    pub community: &'r str,
    pub person: &'r PersonCells,
}

/// Finds the line of each row, and refuses rows that are in twice. A row without a key is in error, or its branch is.
pub(super) fn match_rows(
    planner: &mut Planner<'_>,
    known: &KnownBranches<'_>,
    rows: &[Row<'_>],
    lines: &[(PlaceCode, PersonId)],
) -> (Vec<Option<LineKey>>, Vec<Option<usize>>) {
    let mut first_rows: HashMap<(PlaceCode, String), (u32, &str)> = HashMap::new();
    let mut keys = Vec::with_capacity(rows.len());
    for row in rows {
        let branch = match known.find(row.at, row.branch, row.community) {
            Ok(Some(branch)) => branch,
            Ok(None) => {
                keys.push(None);
                continue;
            }
            Err(problem) => {
                planner.error(problem);
                keys.push(None);
                continue;
            }
        };
        let phone = row.person.phone.as_deref().map(|phone| planner.grounds.keys.index(phone));
        let key = LineKey::new(branch, phone, &row.person.name);
        // A name may occur twice in a branch, as long as the telephones tell the two apart.
        let unique = key.phone.clone().unwrap_or_else(|| format!("name:{}", key.name));
        if let Some((first, name)) = first_rows.get(&(branch.clone(), unique.clone())) {
            let problem = if *name == row.person.name {
                let message =
                    format!("“{name}”与第 {first} 行重复。请删去其中一行；确是同名的两个人，请填写各自的电话。");
                row.at.problem("name", message)
            } else {
                let message = format!(
                    "电话与第 {first} 行“{name}”的相同。一个电话只登记一人；两人共用的，请把其中一人的电话留空。"
                );
                row.at.problem("phone", message)
            };
            planner.error(problem);
            keys.push(None);
            continue;
        }
        first_rows.insert((branch.clone(), unique), (row.at.number, row.person.name.as_str()));
        keys.push(Some(key));
    }
    let persons = &planner.grounds.present.persons;
    let line_keys: Vec<LineKey> = lines
        .iter()
        .map(|(branch, person)| {
            let person = persons.get(person);
            let phone = person.and_then(|person| person.phone_index.clone());
            LineKey::new(branch, phone, person.map_or("", |person| &person.name))
        })
        .collect();
    let matches = match_lines(&keys, &line_keys);
    (keys, matches)
}

/// Notes the lines that no row mentions, of those branches that the sheet mentions at all.
pub(super) fn note_absent(
    planner: &mut Planner<'_>,
    known: &KnownBranches<'_>,
    sheet: LedgerSheet,
    keys: &[Option<LineKey>],
    matches: &[Option<usize>],
    lines: &[(PlaceCode, PersonId)],
) {
    use std::collections::HashSet;
    let mentioned: HashSet<&PlaceCode> = keys.iter().flatten().map(|key| &key.branch).collect();
    let matched: HashSet<usize> = matches.iter().flatten().copied().collect();
    let persons = &planner.grounds.present.persons;
    let labels =
        lines.iter().enumerate().filter(|(index, (branch, _))| mentioned.contains(branch) && !matched.contains(index));
    let labels = labels
        .map(|(_, (branch, person))| {
            let name = persons.get(person).map_or("", |person| &person.name);
            format!("{} · {name}", known.name_of(branch))
        })
        .collect();
    planner.absent(sheet, labels);
}
