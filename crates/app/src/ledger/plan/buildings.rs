//! 楼栋: buildings with their stewards and hub households.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    ids::{BuildingId, CompoundId},
    place::PlaceCode,
};
use platform::db::column::Text;

use super::{Planner, branches::KnownBranches, shown_hundredths};
use crate::{
    ledger::{
        columns::LedgerSheet,
        preview::differences,
        read::{BuildingRow, likeness},
    },
    places::Building,
};

/// Buildings, stairwells and households of a branch, summed up over its buildings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sums {
    buildings: i32,
    stairwells: i32,
    households: i32,
}

impl Sums {
    fn add(&mut self, building: &Building) {
        self.buildings = self.buildings.saturating_add(1);
        self.stairwells = self.stairwells.saturating_add(building.stairwells);
        self.households = self.households.saturating_add(building.households);
    }
}

/// Plans 楼栋.
pub(super) fn plan_buildings(planner: &mut Planner<'_>, known: &KnownBranches<'_>) {
    let (present, ledger) = (planner.grounds.present, planner.grounds.ledger);
    let existing: HashMap<(CompoundId, String), &Building> =
        present.buildings.iter().map(|row| ((row.compound_id.0, likeness(&row.name)), row)).collect();
    let mut first_rows: HashMap<(CompoundId, String), u32> = HashMap::new();
    let mut mentioned: HashSet<PlaceCode> = HashSet::new();
    let mut sums: BTreeMap<&PlaceCode, Sums> = BTreeMap::new();
    for row in &ledger.buildings {
        let branch = match known.find(&row.at, &row.branch, &row.community) {
            Ok(Some(branch)) => branch,
            Ok(None) => continue,
            Err(problem) => {
                planner.error(problem);
                continue;
            }
        };
        mentioned.insert(branch.clone());
        if known.compound_names(branch).is_empty() {
            // The branch's own row is in error because it names no compound; this row is not to blame.
            continue;
        }
        let Some(compound) = known.compound(branch, &row.compound) else {
            let message = format!(
                "“{}”不在“{}”的覆盖小区里（现有：{}）。请核对名称，或先在“小区台账”的“覆盖小区”里补上。",
                row.compound,
                known.name_of(branch),
                known.compound_names(branch).join("、")
            );
            planner.error(row.at.problem("compound", message));
            continue;
        };
        let key = (compound, likeness(&row.name));
        if let Some(first) = first_rows.get(&key) {
            let message =
                format!("“{}”的“{}”与第 {first} 行重复。请删去其中一行，或改正楼栋名称。", row.compound, row.name);
            planner.error(row.at.problem("building", message));
            continue;
        }
        first_rows.insert(key.clone(), row.at.number);
        let building = plan_building(planner, row, branch, compound, existing.get(&key).copied());
        sums.entry(branch).or_default().add(&building);
    }
    let is_absent = |row: &&Building| {
        mentioned.contains(&row.branch.0) && !first_rows.contains_key(&(row.compound_id.0, likeness(&row.name)))
    };
    let compound_names: HashMap<CompoundId, &str> =
        present.compounds.iter().map(|compound| (compound.id.0, compound.name.as_str())).collect();
    let mut absent = Vec::new();
    for row in present.buildings.iter().filter(is_absent) {
        if let Some((branch, _)) = known.rows.get_key_value(&row.branch.0) {
            sums.entry(branch).or_default().add(row);
        }
        let compound = compound_names.get(&row.compound_id.0).copied().unwrap_or_default();
        absent.push(format!("{} · {compound} {}", known.name_of(&row.branch.0), row.name));
    }
    planner.absent(LedgerSheet::Buildings, absent);
    if planner.has(LedgerSheet::Buildings) {
        compare_sums(planner, known, &sums);
    }
}

fn plan_building(
    planner: &mut Planner<'_>,
    row: &BuildingRow,
    branch: &PlaceCode,
    compound: CompoundId,
    existing: Option<&Building>,
) -> Building {
    let label = format!("{} · {} {}", row.branch, row.compound, row.name);
    let Some(old) = existing else {
        let id: BuildingId = planner.id();
        let blank = Building {
            id: Text(id),
            branch: Text(branch.clone()),
            compound_id: Text(compound),
            name: row.name.clone(),
            stairwells: 0,
            households: 0,
            exclusive_area: 0,
            steward: String::new(),
            steward_phone_sealed: None,
            steward_phone_index: None,
            hub_household: String::new(),
            version: 0,
        };
        let building = told(planner, row, &blank);
        if row.is_sound {
            planner.plan.places.added_buildings.push(building.clone());
            planner.added(LedgerSheet::Buildings, &row.at, branch, label);
        }
        return building;
    };
    let building = told(planner, row, old);
    if row.is_sound {
        let mut fields = differences(described(old), described(&building));
        if let Some(phone) = &row.steward_phone {
            let (sealed, index) = (old.steward_phone_sealed.as_deref(), old.steward_phone_index.as_deref());
            fields.extend(planner.phone_change("楼栋长电话", sealed, index, phone.as_deref()));
        }
        if planner.compared(LedgerSheet::Buildings, &row.at, branch, label, fields) {
            planner.plan.places.changed_buildings.push(building.clone());
        }
    }
    building
}

/// The building as the row tells it; columns that are not there leave things as they are.
fn told(planner: &mut Planner<'_>, row: &BuildingRow, old: &Building) -> Building {
    let mut building = Building {
        stairwells: row.stairwells.unwrap_or(old.stairwells),
        households: row.households.unwrap_or(old.households),
        exclusive_area: row.exclusive_area.unwrap_or(old.exclusive_area),
        steward: row.steward.clone().unwrap_or_else(|| old.steward.clone()),
        hub_household: row.hub_household.clone().unwrap_or_else(|| old.hub_household.clone()),
        ..old.clone()
    };
    if let Some(phone) = &row.steward_phone {
        let index = phone.as_deref().map(|phone| planner.grounds.keys.index(phone));
        if index != building.steward_phone_index {
            building.steward_phone_index = index;
            building.steward_phone_sealed = None;
            if let Some(phone) = phone {
                planner.plan.steward_phones.insert(building.id.0, phone.clone());
            }
        }
    }
    building
}

fn described(building: &Building) -> Vec<(&'static str, String)> {
    vec![
        ("单元数", building.stairwells.to_string()),
        ("户数", building.households.to_string()),
        ("总专有面积", shown_hundredths(building.exclusive_area)),
        ("楼栋长", building.steward.clone()),
        ("党员中心户", building.hub_household.clone()),
    ]
}

/// What a branch tells of itself should be what its buildings add up to.
fn compare_sums(planner: &mut Planner<'_>, known: &KnownBranches<'_>, sums: &BTreeMap<&PlaceCode, Sums>) {
    for (branch, row) in &known.rows {
        let sum = sums.get(branch).copied().unwrap_or_default();
        let told = [
            ("buildings", "楼栋数", row.buildings, sum.buildings, "栋"),
            ("stairwells", "单元数", row.stairwells, sum.stairwells, "个单元"),
            ("households", "户数", row.households, sum.households, "户"),
        ];
        for (key, label, told, sum, unit) in told {
            if row.is_sound
                && let Some(told) = told.filter(|told| *told != sum)
            {
                let message = format!("“{label}”写的是 {told}，“楼栋”表里合计 {sum} {unit}。请核对两张表。");
                planner.warn(row.at.problem(key, message));
            }
        }
    }
}
