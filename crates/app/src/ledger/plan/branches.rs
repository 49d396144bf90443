//! 小区台账: branches and the compounds they cover.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    ids::CompoundId,
    organisation::{BranchKind, OwnersCommittee},
    place::{Level, PlaceCode},
};
use office::table::CellProblem;
use platform::db::column::Text;

use super::{Planner, communities::Communities, shown_date, shown_hundredths};
use crate::{
    ledger::{
        columns::LedgerSheet,
        present::Present,
        preview::{FieldChange, differences},
        read::{BranchRow, RowPlace, likeness},
    },
    places::{Branch, Building, Compound, Place},
};

/// The last running number of a community's branches.
const LAST_NUMBER: u32 = 9_999;

/// Branches and compounds by the names that stand in cells, as they will be after the import.
pub(super) struct KnownBranches<'p> {
    communities: Communities<'p>,
    /// `None` stands for a branch that the workbook names where no community could be made out: it is no unknown one.
    by_name: HashMap<String, Vec<Option<PlaceCode>>>,
    names: HashMap<PlaceCode, String>,
    compounds: HashMap<PlaceCode, Vec<(String, CompoundId)>>,
    /// The rows of 小区台账 by branch.
    pub rows: BTreeMap<PlaceCode, &'p BranchRow>,
}

impl<'p> KnownBranches<'p> {
    fn new(present: &'p Present) -> Self {
        let mut known = Self {
            communities: Communities::new(present),
            by_name: HashMap::new(),
            names: HashMap::new(),
            compounds: HashMap::new(),
            rows: BTreeMap::new(),
        };
        // A code that a branch has left when it was moved is a place without a branch.
        let there: HashSet<&PlaceCode> = present.branches.iter().map(|branch| &branch.place.0).collect();
        for place in present.places.iter().filter(|place| there.contains(&place.code.0)) {
            known.name(&place.name, Some(place.code.0.clone()));
        }
        for compound in &present.compounds {
            let compounds = known.compounds.entry(compound.branch.0.clone()).or_default();
            compounds.push((compound.name.clone(), compound.id.0));
        }
        known
    }

    fn name(&mut self, name: &str, code: Option<PlaceCode>) {
        let codes = self.by_name.entry(likeness(name)).or_default();
        if !codes.contains(&code) {
            codes.push(code.clone());
        }
        if let Some(code) = code {
            self.names.insert(code, name.to_owned());
        }
    }

    /// The branch that a row of another sheet names; `Ok(None)` when its own row is in error already.
    pub fn find(&self, at: &RowPlace, name: &str, community: &str) -> Result<Option<&PlaceCode>, CellProblem> {
        let codes = self.by_name.get(&likeness(name)).map_or(&[][..], Vec::as_slice);
        let communities = self.communities.named(community);
        let is_meant = |code: &Option<PlaceCode>| {
            community.is_empty()
                || code.as_ref().is_none_or(|code| communities.iter().any(|community| code.is_within(community)))
        };
        let meant: Vec<&Option<PlaceCode>> = codes.iter().filter(|code| is_meant(code)).collect();
        match meant.as_slice() {
            [] => {
                let message = format!("没有叫“{name}”的小区党支部。请核对名称；新支部请先在“小区台账”里登记。");
                Err(at.problem("branch", message))
            }
            [one] => Ok(one.as_ref()),
            [_, _, ..] if meant.iter().any(|code| code.is_none()) => Ok(None),
            several => {
                let message = format!(
                    "有 {} 个社区都有叫“{name}”的小区党支部，分不清是哪一个。请在这张表里加“社区”一列写明。",
                    several.len()
                );
                Err(at.problem("branch", message))
            }
        }
    }

    /// The compound of a branch by its name.
    pub fn compound(&self, branch: &PlaceCode, name: &str) -> Option<CompoundId> {
        let wanted = likeness(name);
        let compounds = self.compounds.get(branch)?;
        compounds.iter().find(|(known, _)| likeness(known) == wanted).map(|(_, id)| *id)
    }

    /// The names of a branch's compounds.
    pub fn compound_names(&self, branch: &PlaceCode) -> Vec<&str> {
        self.compounds.get(branch).into_iter().flatten().map(|(name, _)| name.as_str()).collect()
    }

    /// The name of a branch.
    pub fn name_of<'a>(&'a self, branch: &'a PlaceCode) -> &'a str {
        self.names.get(branch).map_or(branch.as_str(), String::as_str)
    }
}

/// Plans 小区台账, and tells which branches and compounds there will be.
pub(super) fn plan_branches<'g>(planner: &mut Planner<'g>) -> KnownBranches<'g> {
    let (present, ledger) = (planner.grounds.present, planner.grounds.ledger);
    let mut known = KnownBranches::new(present);
    let mut numbers = Numbers::new(present);
    let existing: HashMap<&PlaceCode, &Branch> = present.branches.iter().map(|row| (&row.place.0, row)).collect();
    let mut first_rows: HashMap<(PlaceCode, String), u32> = HashMap::new();
    for row in &ledger.branches {
        let community = match known.communities.of_row(row) {
            Ok(community) => community,
            Err(problem) => {
                planner.error(problem);
                known.name(&row.name, None);
                continue;
            }
        };
        let key = (community.clone(), likeness(&row.name));
        if let Some(first) = first_rows.get(&key) {
            let message = format!("“{}”与第 {first} 行重复。请删去其中一行，或改正支部名称。", row.name);
            planner.error(row.at.problem("branch", message));
            continue;
        }
        first_rows.insert(key, row.at.number);
        let of_name = known.by_name.get(&likeness(&row.name)).into_iter().flatten().flatten();
        let found = of_name.clone().find(|code| code.is_within(&community)).cloned();
        let elsewhere = of_name.clone().find(|code| !code.is_within(&community)).cloned();
        let code = match found.or_else(|| numbers.next(&community)) {
            Some(code) => code,
            None => {
                planner.error(row.at.problem("branch", "这个社区的支部编号已经用完。请联系系统管理员。"));
                continue;
            }
        };
        if let (None, Some(elsewhere)) = (existing.get(&code), elsewhere) {
            let community = elsewhere.parent().map(|code| present.name_of(&code)).unwrap_or_default();
            let message = format!(
                "“{community}”已有同名的支部，这一行会作为新支部登记。如果是支部改了社区，请先由县委组织部在支部页面办理“调整隶属”。"
            );
            planner.warn(row.at.problem("community", message));
        }
        known.name(&row.name, Some(code.clone()));
        known.rows.insert(code.clone(), row);
        plan_branch(planner, &mut known, row, &code, existing.get(&code).copied());
    }
    if planner.has(LedgerSheet::Branches) {
        let is_absent = |place: &&Place| {
            place.level.0 == Level::Branch && place.is_active && !known.rows.contains_key(&place.code.0)
        };
        let absent = present.places.iter().filter(is_absent).map(|place| place.name.clone()).collect();
        planner.absent(LedgerSheet::Branches, absent);
    }
    known
}

fn plan_branch<'g>(
    planner: &mut Planner<'g>,
    known: &mut KnownBranches<'g>,
    row: &BranchRow,
    code: &PlaceCode,
    existing: Option<&Branch>,
) {
    planner.warn_of_future(&row.at, "founded", row.founded_on);
    let compounds = plan_compounds(planner, known, row, code);
    if !row.is_sound {
        return;
    }
    let nobody_known = blank(code);
    let new = told(row, existing.unwrap_or(&nobody_known));
    if new.owners_party > new.owners_members {
        let message =
            format!("业委会党员数 {} 多于业委会成员数 {}。请核对这两格。", new.owners_party, new.owners_members);
        planner.error(row.at.problem("owners_party", message));
        return;
    }
    let Some(old) = existing else {
        let place = Place {
            code: Text(code.clone()),
            name: row.name.clone(),
            level: Text(Level::Branch),
            is_active: true,
            version: 0,
        };
        planner.plan.places.added_branches.push((place, new));
        planner.added(LedgerSheet::Branches, &row.at, code, row.name.clone());
        return;
    };
    let mut fields = differences(described(old), described(&new));
    let is_branch_changed = !fields.is_empty();
    fields.extend(compounds);
    planner.compared(LedgerSheet::Branches, &row.at, code, row.name.clone(), fields);
    if is_branch_changed {
        planner.plan.places.changed_branches.push(new);
    }
}

/// A branch of which nothing is known but where it is.
fn blank(code: &PlaceCode) -> Branch {
    Branch {
        place: Text(code.clone()),
        kind: Text(BranchKind::Formal),
        founded_on: None,
        buildings: 0,
        stairwells: 0,
        households: 0,
        residents: 0,
        owners_committee: Text(OwnersCommittee::Missing),
        property_company: String::new(),
        grids: 0,
        venue_area: None,
        brand: String::new(),
        has_posted_duties: false,
        owners_term: String::new(),
        owners_members: 0,
        owners_party: 0,
        company_terms: String::new(),
        grid_workers: String::new(),
        version: 0,
    }
}

/// The branch as the row tells it; columns that are not there leave things as they are.
fn told(row: &BranchRow, old: &Branch) -> Branch {
    Branch {
        kind: row.kind.map_or(old.kind, Text),
        founded_on: row.founded_on.map_or(old.founded_on, |date| date.map(Text)),
        buildings: row.buildings.unwrap_or(old.buildings),
        stairwells: row.stairwells.unwrap_or(old.stairwells),
        households: row.households.unwrap_or(old.households),
        residents: row.residents.unwrap_or(old.residents),
        owners_committee: row.owners_committee.map_or(old.owners_committee, Text),
        property_company: row.property_company.clone().unwrap_or_else(|| old.property_company.clone()),
        grids: row.grids.unwrap_or(old.grids),
        venue_area: row.venue_area.unwrap_or(old.venue_area),
        brand: row.brand.clone().unwrap_or_else(|| old.brand.clone()),
        owners_term: row.owners_term.clone().unwrap_or_else(|| old.owners_term.clone()),
        owners_members: row.owners_members.unwrap_or(old.owners_members),
        owners_party: row.owners_party.unwrap_or(old.owners_party),
        company_terms: row.company_terms.clone().unwrap_or_else(|| old.company_terms.clone()),
        grid_workers: row.grid_workers.clone().unwrap_or_else(|| old.grid_workers.clone()),
        ..old.clone()
    }
}

fn described(branch: &Branch) -> Vec<(&'static str, String)> {
    vec![
        ("成立日期", shown_date(&branch.founded_on)),
        ("党支部类型", branch.kind.0.label().to_owned()),
        ("楼栋数", branch.buildings.to_string()),
        ("单元数", branch.stairwells.to_string()),
        ("户数", branch.households.to_string()),
        ("居民数", branch.residents.to_string()),
        ("业主委员会", branch.owners_committee.0.label().to_owned()),
        ("物业服务企业", branch.property_company.clone()),
        ("网格数", branch.grids.to_string()),
        ("活动阵地面积", branch.venue_area.map(shown_hundredths).unwrap_or_default()),
        ("服务品牌", branch.brand.clone()),
        ("业委会届期", branch.owners_term.clone()),
        ("业委会成员数", branch.owners_members.to_string()),
        ("业委会党员数", branch.owners_party.to_string()),
        ("物业资质和合同期", branch.company_terms.clone()),
        ("网格员", branch.grid_workers.clone()),
    ]
}

/// Plans the compounds a branch covers (R-ORG-03). One that the row does not name any more is taken away, unless buildings
/// are entered in it.
fn plan_compounds<'g>(
    planner: &mut Planner<'g>,
    known: &mut KnownBranches<'g>,
    row: &BranchRow,
    code: &PlaceCode,
) -> Option<FieldChange> {
    if row.compounds.is_empty() {
        let message = "“覆盖小区”没有填。请填支部覆盖的小区，几个小区之间用“、”隔开。";
        planner.error(row.at.problem("compounds", message));
        return None;
    }
    let present = planner.grounds.present;
    let old: Vec<&Compound> = present.compounds.iter().filter(|compound| compound.branch.0 == *code).collect();
    let mut named = Vec::new();
    let mut seen = HashSet::new();
    for (name, position) in row.compounds.iter().zip(0..) {
        if !seen.insert(likeness(name)) {
            planner.error(row.at.problem("compounds", format!("“{name}”写了两遍。请删去一个。")));
            continue;
        }
        named.push(name.clone());
        match old.iter().find(|compound| likeness(&compound.name) == likeness(name)) {
            Some(compound) if compound.position == position => {}
            Some(compound) => planner.plan.places.changed_compounds.push(Compound { position, ..(*compound).clone() }),
            None => {
                let id: CompoundId = planner.id();
                let branch = Text(code.clone());
                let compound = Compound { id: Text(id), branch, name: name.clone(), position, version: 0 };
                planner.plan.places.added_compounds.push(compound);
                known.compounds.entry(code.clone()).or_default().push((name.clone(), id));
            }
        }
    }
    for compound in old.iter().filter(|compound| !seen.contains(&likeness(&compound.name))) {
        let holds = |building: &&Building| building.compound_id == compound.id;
        match present.buildings.iter().filter(holds).count() {
            0 => {
                planner.plan.places.dropped_compounds.push(compound.id.0);
                known.compounds.entry(code.clone()).or_default().retain(|(_, id)| *id != compound.id.0);
            }
            buildings => {
                named.push(compound.name.clone());
                let message = format!(
                    "没有写原有的小区“{}”，它还登记着 {buildings} 栋楼，所以保留不动。确需去掉的，请先在支部页面删除这些楼栋。",
                    compound.name
                );
                planner.warn(row.at.problem("compounds", message));
            }
        }
    }
    let before = old.iter().map(|compound| compound.name.as_str()).collect::<Vec<_>>().join("、");
    let after = named.join("、");
    (before != after).then_some(FieldChange { label: "覆盖小区", old: before, new: after })
}

/// Running numbers for new branches, each community on its own.
struct Numbers(HashMap<PlaceCode, u32>);

impl Numbers {
    fn new(present: &Present) -> Self {
        let mut last: HashMap<PlaceCode, u32> = HashMap::new();
        for place in present.places.iter().filter(|place| place.level.0 == Level::Branch) {
            let number: Option<u32> =
                place.code.0.as_str().get(Level::Community.length()..).and_then(|number| number.parse().ok());
            if let (Some(community), Some(number)) = (place.code.0.parent(), number) {
                let last = last.entry(community).or_default();
                *last = number.max(*last);
            }
        }
        Self(last)
    }

    /// The next code in a community; `None` when all are used up.
    fn next(&mut self, community: &PlaceCode) -> Option<PlaceCode> {
        let last = self.0.entry(community.clone()).or_default();
        if *last >= LAST_NUMBER {
            return None;
        }
        *last += 1;
        format!("{community}{last:04}").parse().ok()
    }
}
