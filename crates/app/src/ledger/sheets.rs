//! The workbook as it is written: the template to be filled in, and the export, which imports again without a change.

use std::collections::HashMap;

use domain::{ids::CompoundId, members::MemberState, organisation::PartyPost, place::PlaceCode};
use office::sheet::{CellValue, SheetTable};
use platform::{db::column::Text, error::Stop, keys::Keys};

use super::{columns::LedgerSheet, present::Present, read::likeness};
use crate::{
    people::Person,
    places::{Branch, Building},
};

/// The empty workbook, with a word on how to fill in each sheet.
#[must_use]
pub fn template() -> Vec<SheetTable> {
    LedgerSheet::ALL.into_iter().map(|sheet| table(sheet, Some(how_to_fill_in(sheet)), false, Vec::new())).collect()
}

fn how_to_fill_in(sheet: LedgerSheet) -> &'static str {
    match sheet {
        LedgerSheet::Branches => {
            "每个小区党支部一行。覆盖几个小区的，用“、”隔开。党支部类型填“正式”“功能型”或“联合”，业主委员会填“已成立”“未成立”或“物业管理委员会”。日期写成 2021-03-05。"
        }
        LedgerSheet::Buildings => {
            "每栋楼一行。支部名称、小区名称要和“小区台账”里写的一致；没有楼栋长或党员中心户的留空。"
        }
        LedgerSheet::Committee => {
            "每名班子成员一行。党内职务填“书记”“副书记”“组织委员”“宣传委员”“纪检委员”等，身份填“在职”或“非在职”。"
        }
        LedgerSheet::Members => {
            "每名党员一行，含到小区报到的在职党员。组织关系填“本支部”“单位支部”或“外地（流动党员）”；一个电话只登记一人。"
        }
    }
}

/// Everything that is known, in the form of the workbook, telephone numbers in full.
///
/// # Errors
/// When a sealed number cannot be opened.
pub(super) fn export(present: &Present, keys: &Keys) -> Result<Vec<SheetTable>, Stop> {
    let has_twins = has_branches_of_one_name(present);
    let written = |sheet, rows| table(sheet, None, has_twins, rows);
    Ok(vec![
        written(LedgerSheet::Branches, branch_rows(present)),
        written(LedgerSheet::Buildings, building_rows(present, keys, has_twins)?),
        written(LedgerSheet::Committee, committee_rows(present, keys, has_twins)?),
        written(LedgerSheet::Members, member_rows(present, keys, has_twins)?),
    ])
}

/// The other sheets name a branch by its name alone, unless two communities have a branch of the same name.
fn has_branches_of_one_name(present: &Present) -> bool {
    let mut names: Vec<String> =
        present.branches.iter().map(|branch| likeness(&present.name_of(&branch.place.0))).collect();
    names.sort();
    names.windows(2).any(|pair| matches!(pair, [one, two] if one == two))
}

fn table(sheet: LedgerSheet, note: Option<&str>, has_twins: bool, rows: Vec<Vec<CellValue>>) -> SheetTable {
    let is_written = |key: &str| sheet == LedgerSheet::Branches || has_twins || key != "community";
    SheetTable {
        name: sheet.name().to_owned(),
        title: Some(sheet.title().to_owned()),
        note: note.map(str::to_owned),
        columns: sheet
            .columns()
            .iter()
            .filter(|column| is_written(column.spec.key))
            .map(|column| column.written())
            .collect(),
        rows,
        totals: None,
    }
}

fn branch_rows(present: &Present) -> Vec<Vec<CellValue>> {
    let mut compounds: HashMap<&PlaceCode, Vec<&str>> = HashMap::new();
    for compound in &present.compounds {
        compounds.entry(&compound.branch.0).or_default().push(&compound.name);
    }
    let row = |(branch, number): (&Branch, i64)| {
        let code = &branch.place.0;
        let above = |code: Option<PlaceCode>| code.map(|code| present.name_of(&code)).unwrap_or_default();
        let community = code.parent();
        vec![
            CellValue::Count(number),
            above(community.as_ref().and_then(PlaceCode::parent)).into(),
            above(community).into(),
            present.name_of(code).into(),
            compounds.get(code).map(|names| names.join("、")).unwrap_or_default().into(),
            branch.founded_on.map(|date| date.0).into(),
            branch.kind.0.label().into(),
            count(branch.buildings),
            count(branch.stairwells),
            count(branch.households),
            count(branch.residents),
            branch.owners_committee.0.label().into(),
            branch.property_company.clone().into(),
            count(branch.grids),
            branch.venue_area.map_or(CellValue::Empty, CellValue::Hundredths),
            branch.brand.clone().into(),
            branch.owners_term.clone().into(),
            count(branch.owners_members),
            count(branch.owners_party),
            branch.company_terms.clone().into(),
            branch.grid_workers.clone().into(),
        ]
    };
    present.branches.iter().zip(1..).map(row).collect()
}

/// The cells by which a row names its branch.
fn named(present: &Present, branch: &PlaceCode, has_twins: bool) -> Vec<CellValue> {
    let mut cells = vec![present.name_of(branch).into()];
    if has_twins {
        cells.push(branch.parent().map(|community| present.name_of(&community)).unwrap_or_default().into());
    }
    cells
}

fn building_rows(present: &Present, keys: &Keys, has_twins: bool) -> Result<Vec<Vec<CellValue>>, Stop> {
    let compounds: HashMap<CompoundId, &str> =
        present.compounds.iter().map(|compound| (compound.id.0, compound.name.as_str())).collect();
    let row = |building: &Building| {
        let mut cells = named(present, &building.branch.0, has_twins);
        let compound = compounds.get(&building.compound_id.0).copied().unwrap_or_default();
        cells.extend([
            compound.into(),
            building.name.clone().into(),
            count(building.stairwells),
            count(building.households),
            CellValue::Hundredths(building.exclusive_area),
            building.steward.clone().into(),
            opened(building.steward_phone_sealed.as_deref(), keys)?,
            building.hub_household.clone().into(),
        ]);
        Ok(cells)
    };
    present.buildings.iter().map(row).collect()
}

fn committee_rows(present: &Present, keys: &Keys, has_twins: bool) -> Result<Vec<Vec<CellValue>>, Stop> {
    let mut posts: Vec<_> = present.posts.iter().collect();
    let rank = |post: &Text<PartyPost>| post.0;
    posts.sort_by(|one, two| (&one.branch, rank(&one.post), one.id).cmp(&(&two.branch, rank(&two.post), two.id)));
    let mut rows = Vec::with_capacity(posts.len());
    for post in posts {
        let Some(person) = present.persons.get(&post.person_id.0) else {
            continue;
        };
        let is_own = !present.elsewhere.contains(&person.id.0);
        let phone = person.phone_sealed.as_deref().filter(|_| is_own);
        let mut cells = named(present, &post.branch.0, has_twins);
        cells.extend(person_cells(person, is_own));
        cells.extend([
            post.post.0.label().into(),
            post.service.0.label().into(),
            post.work_unit.clone().into(),
            post.since.map(|date| date.0).into(),
            opened(phone, keys)?,
        ]);
        rows.push(cells);
    }
    Ok(rows)
}

fn member_rows(present: &Present, keys: &Keys, has_twins: bool) -> Result<Vec<Vec<CellValue>>, Stop> {
    let mut rows = Vec::with_capacity(present.memberships.len());
    // Who waits to be confirmed is in no roll yet.
    for member in present.memberships.iter().filter(|member| member.state.0 == MemberState::Confirmed) {
        let Some(person) = present.persons.get(&member.person_id.0) else {
            continue;
        };
        let mut cells = named(present, &member.branch.0, has_twins);
        cells.extend(person_cells(person, true));
        cells.extend([
            member.kind.0.label().into(),
            member.affiliation.0.label().into(),
            member.service.0.label().into(),
            present.unit_name(member.unit.as_ref().map(|unit| &unit.0)).into(),
            member.building.clone().into(),
            member.speciality.clone().into(),
            member.claimed_post.clone().into(),
            member.registered_on.map(|date| date.0).into(),
            opened(person.phone_sealed.as_deref(), keys)?,
        ]);
        rows.push(cells);
    }
    Ok(rows)
}

/// Name, gender and month of birth.
/// Who somebody is; when they were born only where it is the place's to tell.
fn person_cells(person: &Person, is_own: bool) -> [CellValue; 3] {
    let month = person.birth_month.as_ref().filter(|_| is_own);
    [
        person.name.clone().into(),
        person.gender.map(|gender| gender.0.label()).into(),
        month.map(|month| month.replace('-', ".")).into(),
    ]
}

fn count(count: i32) -> CellValue {
    CellValue::Count(i64::from(count))
}

fn opened(sealed: Option<&str>, keys: &Keys) -> Result<CellValue, Stop> {
    Ok(sealed.map(|sealed| keys.open(sealed)).transpose()?.into())
}
