//! Persons behind the rows: the same telephone and name is the same person, in whichever sheet.

use std::collections::{HashMap, HashSet};

use domain::{ids::PersonId, place::PlaceCode};
use platform::db::column::Text;

use super::{Plan, Planner};
use crate::{
    ledger::{
        present::Present,
        preview::{FieldChange, differences},
        read::{PersonCells, likeness},
    },
    people::Person,
};

/// How a row's word on a person counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Authority {
    /// 党员名册: what it says of gender and birth counts.
    Roll,
    /// 支部班子: counts for those who stand in no roll.
    Committee,
}

/// What became of a row's word on a person.
pub(super) struct Heard {
    /// What changes.
    pub fields: Vec<FieldChange>,
    /// Whether another row, which counts more, says otherwise.
    pub is_contradicted: bool,
}

/// Everybody known, with what this import makes of them.
pub(super) struct PersonBook<'p> {
    present: &'p Present,
    working: HashMap<PersonId, Person>,
    added: Vec<PersonId>,
    changed: HashSet<PersonId>,
    by_phone: HashMap<(String, String), PersonId>,
    by_branch: HashMap<(PlaceCode, String), Vec<PersonId>>,
    /// Those who stand in some roll.
    enrolled: HashSet<PersonId>,
    /// Those of whom the roll of this workbook has spoken.
    settled: HashSet<PersonId>,
}

impl<'p> PersonBook<'p> {
    pub fn new(present: &'p Present) -> Self {
        let mut book = Self {
            present,
            working: HashMap::new(),
            added: Vec::new(),
            changed: HashSet::new(),
            by_phone: HashMap::new(),
            by_branch: HashMap::new(),
            enrolled: present.memberships.iter().map(|row| row.person_id.0).collect(),
            settled: HashSet::new(),
        };
        for person in present.persons.values() {
            if let Some(index) = &person.phone_index {
                book.by_phone.insert((index.clone(), likeness(&person.name)), person.id.0);
            }
        }
        let lines = present.memberships.iter().map(|row| (&row.branch.0, row.person_id.0));
        for (branch, id) in lines.chain(present.posts.iter().map(|row| (&row.branch.0, row.person_id.0))) {
            if let Some(person) = present.persons.get(&id) {
                book.meet(branch, &person.name, id);
            }
        }
        book
    }

    fn meet(&mut self, branch: &PlaceCode, name: &str, id: PersonId) {
        let met = self.by_branch.entry((branch.clone(), likeness(name))).or_default();
        if !met.contains(&id) {
            met.push(id);
        }
    }

    fn person(&self, id: PersonId) -> Option<&Person> {
        self.working.get(&id).or_else(|| self.present.persons.get(&id))
    }

    /// The person of a row that has no line yet: by telephone and name anywhere; within the branch by name alone, when there
    /// is only one and nothing speaks against it.
    pub fn find(
        &self,
        planner: &Planner<'_>,
        branch: &PlaceCode,
        cells: &PersonCells,
        authority: Authority,
    ) -> Option<PersonId> {
        let name = likeness(&cells.name);
        if let Some(phone) = &cells.phone
            && let Some(id) = self.by_phone.get(&(planner.grounds.keys.index(phone), name.clone()))
        {
            return Some(*id);
        }
        let met = self.by_branch.get(&(branch.clone(), name))?;
        let fits = |id: &&PersonId| {
            let has_phone = self.person(**id).is_some_and(|person| person.phone_index.is_some());
            let is_free = authority == Authority::Committee || !self.enrolled.contains(*id);
            is_free && (cells.phone.is_none() || !has_phone)
        };
        let mut fitting = met.iter().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Some(*only),
            _ => None,
        }
    }

    /// Enters somebody new.
    pub fn add(
        &mut self,
        planner: &mut Planner<'_>,
        branch: &PlaceCode,
        cells: &PersonCells,
        authority: Authority,
    ) -> PersonId {
        let id: PersonId = planner.id();
        let blank = Person {
            id: Text(id),
            home: Text(branch.clone()),
            name: cells.name.clone(),
            gender: None,
            birth_month: None,
            phone_sealed: None,
            phone_index: None,
            account_id: None,
            version: 0,
        };
        self.working.insert(id, blank);
        self.added.push(id);
        self.meet(branch, &cells.name, id);
        self.hear(planner, id, cells, authority);
        id
    }

    /// Takes a row's word on a person, as far as it counts.
    pub fn hear(
        &mut self,
        planner: &mut Planner<'_>,
        id: PersonId,
        cells: &PersonCells,
        authority: Authority,
    ) -> Heard {
        let Some(old) = self.person(id).cloned() else {
            return Heard { fields: Vec::new(), is_contradicted: false };
        };
        let is_settled = self.settled.contains(&id);
        if authority == Authority::Roll {
            self.settled.insert(id);
            self.enrolled.insert(id);
        }
        let (told, phone) = self.told(planner, &old, cells, authority);
        let contradicts = contradicts(&old, cells) || (phone.is_some() && old.phone_index.is_some());
        let new = match (is_settled, &phone) {
            (false, _) => told,
            // What the roll leaves open may be filled in.
            (true, Some(_)) if old.phone_index.is_none() => {
                Person { phone_index: told.phone_index, phone_sealed: None, ..old.clone() }
            }
            (true, _) => {
                return Heard { fields: Vec::new(), is_contradicted: contradicts };
            }
        };
        let mut fields = differences(described(&old), described(&new));
        if let Some(phone) = phone {
            let (sealed, index) = (old.phone_sealed.as_deref(), old.phone_index.as_deref());
            fields.extend(planner.phone_change("联系电话", sealed, index, Some(&phone)));
            planner.plan.phones.insert(id, phone);
        }
        if !fields.is_empty() {
            if let Some(index) = &new.phone_index {
                self.by_phone.insert((index.clone(), likeness(&new.name)), id);
            }
            self.changed.insert(id);
            self.working.insert(id, new);
        }
        let is_contradicted = contradicts && authority == Authority::Committee && self.enrolled.contains(&id);
        Heard { fields, is_contradicted }
    }

    /// The person as the row tells it, and the telephone number when it is another one.
    fn told(
        &self,
        planner: &Planner<'_>,
        old: &Person,
        cells: &PersonCells,
        authority: Authority,
    ) -> (Person, Option<String>) {
        let mut new = old.clone();
        if likeness(&old.name) != likeness(&cells.name) {
            new.name.clone_from(&cells.name);
        }
        if authority == Authority::Roll || !self.enrolled.contains(&old.id.0) {
            new.gender = cells.gender.map_or(old.gender, |gender| gender.map(Text));
            new.birth_month = cells.birth_month.clone().unwrap_or_else(|| old.birth_month.clone());
        }
        let index = cells.phone.as_deref().map(|phone| planner.grounds.keys.index(phone));
        if index.is_some() && index != old.phone_index {
            new.phone_index = index;
            new.phone_sealed = None;
            return (new, cells.phone.clone());
        }
        (new, None)
    }

    /// Hands over what is to be written.
    pub fn close(mut self, plan: &mut Plan) {
        for id in self.added {
            plan.people.added_persons.extend(self.working.remove(&id));
        }
        let mut changed: Vec<Person> =
            self.working.into_values().filter(|person| self.changed.contains(&person.id.0)).collect();
        changed.sort_by_key(|person| person.id);
        plan.people.changed_persons = changed;
    }
}

fn described(person: &Person) -> Vec<(&'static str, String)> {
    vec![
        ("姓名", person.name.clone()),
        ("性别", person.gender.map(|gender| gender.0.label().to_owned()).unwrap_or_default()),
        ("出生年月", person.birth_month.as_deref().map(|month| month.replace('-', ".")).unwrap_or_default()),
    ]
}

/// Whether gender or birth are told otherwise than they are known.
fn contradicts(known: &Person, cells: &PersonCells) -> bool {
    let gender = cells.gender.flatten();
    let birth_month = cells.birth_month.as_ref().and_then(Option::as_ref);
    gender.is_some_and(|gender| known.gender.is_some_and(|known| known.0 != gender))
        || birth_month.is_some_and(|month| known.birth_month.as_ref().is_some_and(|known| known != month))
}
