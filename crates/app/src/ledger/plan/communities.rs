//! Streets and communities by the names that stand in cells.

use std::collections::HashMap;

use domain::place::{Level, PlaceCode};
use office::table::CellProblem;

use crate::{
    ledger::{
        present::Present,
        read::{BranchRow, likeness},
    },
    places::common_name,
};

/// How many names a message lists.
const LISTED: usize = 15;

/// The communities of the county by name.
pub(super) struct Communities<'p> {
    present: &'p Present,
    streets: HashMap<String, PlaceCode>,
    by_name: HashMap<String, Vec<PlaceCode>>,
}

impl<'p> Communities<'p> {
    pub fn new(present: &'p Present) -> Self {
        let mut communities = Self { present, streets: HashMap::new(), by_name: HashMap::new() };
        for place in &present.places {
            let (name, code) = (likeness(&place.name), place.code.0.clone());
            match code.level() {
                Level::Street => drop(communities.streets.insert(name, code)),
                Level::Community => communities.by_name.entry(name).or_default().push(code),
                Level::County | Level::Branch | Level::Unit | Level::UnitBranch => {}
            }
        }
        communities
    }

    /// Every code of communities with this name.
    pub fn named(&self, name: &str) -> &[PlaceCode] {
        self.by_name.get(&likeness(&common_name(name))).map_or(&[], Vec::as_slice)
    }

    /// The community that a row of 小区台账 names.
    pub fn of_row(&self, row: &BranchRow) -> Result<PlaceCode, CellProblem> {
        let street = match row.street.as_str() {
            "" => None,
            name => Some(self.streets.get(&likeness(name)).ok_or_else(|| {
                let streets = self.listed(Level::Street, &self.present.county);
                row.at.problem("street", format!("本县没有“{name}”。请核对街道（乡镇）名称，现有：{streets}。"))
            })?),
        };
        let named = self.named(&row.community);
        let within: Vec<&PlaceCode> =
            named.iter().filter(|code| street.is_none_or(|street| code.is_within(street))).collect();
        match (within.as_slice(), named, street) {
            ([one], ..) => Ok((*one).clone()),
            ([], [], street) => Err(self.unknown(row, street)),
            ([], [elsewhere, ..], _) => {
                let belongs = elsewhere.parent().map(|street| self.present.name_of(&street)).unwrap_or_default();
                let (community, street) = (&row.community, &row.street);
                let message = format!("“{community}”属于“{belongs}”，不属于“{street}”。请核对街道和社区。");
                Err(row.at.problem("community", message))
            }
            _ => {
                let message = format!("有几个街道都有“{}”，分不清是哪一个。请补上“街道”一列。", row.community);
                Err(row.at.problem("community", message))
            }
        }
    }

    fn unknown(&self, row: &BranchRow, street: Option<&PlaceCode>) -> CellProblem {
        let message = match street {
            Some(street) => format!(
                "“{}”没有叫“{}”的社区。请核对名称，现有：{}。",
                row.street,
                row.community,
                self.listed(Level::Community, street)
            ),
            None => format!("本县没有叫“{}”的社区。请核对社区名称。", row.community),
        };
        row.at.problem("community", message)
    }

    fn listed(&self, level: Level, under: &PlaceCode) -> String {
        let places = self.present.places.iter();
        let mut names = places
            .filter(|place| place.level.0 == level && place.code.0.is_within(under))
            .map(|place| place.name.as_str());
        let listed: Vec<&str> = names.by_ref().take(LISTED).collect();
        let more = if names.next().is_some() { "等" } else { "" };
        format!("{}{more}", listed.join("、"))
    }
}
