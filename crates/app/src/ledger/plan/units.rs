//! The work units that 党员名册 names, found by name or made new.

use std::collections::HashMap;

use domain::place::{Level, PlaceCode};
use platform::db::column::Text;

use crate::{
    ledger::{present::Present, read::likeness},
    places::{Place, unit_of_branch_name},
};

/// The branches of work units by name, with what was added.
pub struct UnitBook {
    county: PlaceCode,
    by_name: HashMap<String, PlaceCode>,
    names: HashMap<PlaceCode, String>,
    last: u32,
    /// New units, each before its branch.
    pub added: Vec<Place>,
}

impl UnitBook {
    pub fn new(present: &Present) -> Self {
        let mut book = Self {
            county: present.county.at(Level::County).unwrap_or_else(|| present.county.clone()),
            by_name: HashMap::new(),
            names: HashMap::new(),
            last: 0,
            added: Vec::new(),
        };
        for place in &present.units {
            let code = &place.code.0;
            let number = code.as_str().get(Level::County.length() + 1..Level::Unit.length());
            book.last = book.last.max(number.and_then(|number| number.parse().ok()).unwrap_or(0));
            book.learn(code, &place.name);
        }
        book
    }

    fn learn(&mut self, code: &PlaceCode, name: &str) {
        if code.level() == Level::UnitBranch {
            self.by_name.insert(likeness(name), code.clone());
            self.names.insert(code.clone(), name.to_owned());
        }
    }

    /// The name of a unit's branch; empty for who has none.
    pub fn name(&self, unit: Option<&Text<PlaceCode>>) -> String {
        unit.and_then(|Text(code)| self.names.get(code)).cloned().unwrap_or_default()
    }

    /// The branch of this name, made new with its unit when nobody has told of it before.
    pub fn find(&mut self, name: &str) -> Option<PlaceCode> {
        if name.is_empty() {
            return None;
        }
        if let Some(code) = self.by_name.get(&likeness(name)) {
            return Some(code.clone());
        }
        let unit = self.county.unit(self.last + 1)?;
        let branch = unit.unit(1)?;
        self.last += 1;
        let place = |code: &PlaceCode, name: String| Place {
            code: Text(code.clone()),
            name,
            level: Text(code.level()),
            is_active: true,
            version: 0,
        };
        self.added.push(place(&unit, unit_of_branch_name(name)));
        self.added.push(place(&branch, name.to_owned()));
        self.learn(&branch, name);
        Some(branch)
    }
}
