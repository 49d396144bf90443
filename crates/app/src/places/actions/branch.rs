//! Changing a branch's particulars and the compounds it covers.

use domain::{
    ids::CompoundId,
    organisation::{BranchKind, OwnersCommittee},
    permission::Deed,
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    db::column::Text,
    error::Stop,
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::places::{
    bulk::{PlaceChanges, write_changes},
    queries,
    store::{self, branch, compound},
};

/// A branch's particulars, as a form tells them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchParticulars {
    /// Its name.
    pub name: String,
    /// 党支部类型.
    pub kind: BranchKind,
    /// 成立日期.
    pub founded_on: Option<Date>,
    /// 楼栋数.
    pub buildings: i32,
    /// 单元数.
    pub stairwells: i32,
    /// 户数.
    pub households: i32,
    /// 居民数.
    pub residents: i32,
    /// 业主委员会.
    pub owners_committee: OwnersCommittee,
    /// 物业服务企业; empty when there is none.
    pub property_company: String,
    /// 网格数.
    pub grids: i32,
    /// 活动阵地面积, in hundredths of a square metre.
    pub venue_area: Option<i64>,
    /// 服务品牌; empty when there is none.
    pub brand: String,
    /// 职责上墙.
    pub has_posted_duties: bool,
    /// 业委会届期.
    pub owners_term: String,
    /// 业委会成员数.
    pub owners_members: i32,
    /// 业委会成员中的党员数.
    pub owners_party: i32,
    /// 物业资质和合同期.
    pub company_terms: String,
    /// 网格员.
    pub grid_workers: String,
    /// 覆盖小区, in the branch's own order.
    pub compounds: Vec<String>,
    /// The version of the branch that the form showed.
    pub version: i32,
}

/// A branch's particulars as they are.
///
/// # Errors
/// [`Stop::Missing`] when there is no such branch.
pub async fn particulars(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<BranchParticulars, Stop> {
    let found = queries::branch(db, code).await?.ok_or(Stop::Missing)?;
    let compounds = queries::compounds_under(db, code).await?;
    let branch = found.branch;
    Ok(BranchParticulars {
        name: found.place.name,
        kind: branch.kind.0,
        founded_on: branch.founded_on.map(|date| date.0),
        buildings: branch.buildings,
        stairwells: branch.stairwells,
        households: branch.households,
        residents: branch.residents,
        owners_committee: branch.owners_committee.0,
        property_company: branch.property_company,
        grids: branch.grids,
        venue_area: branch.venue_area,
        brand: branch.brand,
        has_posted_duties: branch.has_posted_duties,
        owners_term: branch.owners_term,
        owners_members: branch.owners_members,
        owners_party: branch.owners_party,
        company_terms: branch.company_terms,
        grid_workers: branch.grid_workers,
        compounds: compounds.into_iter().map(|compound| compound.name).collect(),
        version: branch.version,
    })
}

/// Changes a branch's particulars.
///
/// # Errors
/// A refusal at the field that cannot be so; [`Stop::Conflict`] when somebody else changed the branch since the form was shown.
pub async fn edit_branch(op: &Op, code: &PlaceCode, told: BranchParticulars) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let found = queries::branch(act.db(), code).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditBranch, code)?;
    if told.founded_on.is_some_and(|day| day > act.now().date()) {
        return Err(Stop::refused_at("founded_on", "“成立日期”不能晚于今天，请核对。"));
    }
    if told.owners_party > told.owners_members {
        return Err(Stop::refused_at("owners_party", "业委会成员中的党员数不能多于成员数，请核对。"));
    }
    let (mut place, old) = (found.place, found.branch);
    if place.name != told.name {
        let community = code.parent().unwrap_or_else(|| code.clone());
        // Two neighbours cannot take the same name at the same time.
        queries::lock(act.db(), &community).await?;
        let neighbours = queries::places_under(act.db(), &community).await?;
        if neighbours.iter().any(|other| other.name == told.name && other.code != place.code) {
            return Err(Stop::refused_at("name", "这个社区已经有同名的小区党支部，请换一个名称。"));
        }
        place.name.clone_from(&told.name);
        store::save_place(act.db(), place).await?;
    }
    cover_compounds(&act, code, &told.compounds).await?;
    let new = branch::Model {
        kind: Text(told.kind),
        founded_on: told.founded_on.map(Text),
        buildings: told.buildings,
        stairwells: told.stairwells,
        households: told.households,
        residents: told.residents,
        owners_committee: Text(told.owners_committee),
        property_company: told.property_company,
        grids: told.grids,
        venue_area: told.venue_area,
        brand: told.brand,
        has_posted_duties: told.has_posted_duties,
        owners_term: told.owners_term,
        owners_members: told.owners_members,
        owners_party: told.owners_party,
        company_terms: told.company_terms,
        grid_workers: told.grid_workers,
        version: told.version,
        ..old
    };
    let version = new.version;
    store::save_branch(act.db(), new).await?;
    let subject = Subject::new("branch", code, code);
    act.record(Deed::EditBranch, &subject, json!({ "version": version.saturating_add(1) })).await?;
    act.commit().await
}

/// Makes the branch cover these compounds, in this order (R-ORG-03).
async fn cover_compounds(act: &Act<'_>, code: &PlaceCode, names: &[String]) -> Result<(), Stop> {
    if names.is_empty() {
        return Err(Stop::refused_at("compounds", "请填写支部覆盖的小区，至少一个。"));
    }
    let old = queries::compounds_under(act.db(), code).await?;
    let buildings = queries::buildings_under(act.db(), code).await?;
    let mut changes = PlaceChanges::default();
    for (name, position) in names.iter().zip(0..) {
        match old.iter().find(|compound| compound.name == *name) {
            Some(compound) if compound.position == position => {}
            Some(compound) => changes.changed_compounds.push(compound::Model { position, ..compound.clone() }),
            None => {
                let id: CompoundId = act.new_id();
                let branch = Text(code.clone());
                changes.added_compounds.push(compound::Model {
                    id: Text(id),
                    branch,
                    name: name.clone(),
                    position,
                    version: 0,
                });
            }
        }
    }
    for compound in old.iter().filter(|compound| !names.contains(&compound.name)) {
        let held = buildings.iter().filter(|building| building.compound_id == compound.id).count();
        if held > 0 {
            let message = format!("“{}”还登记着 {held} 栋楼，不能去掉。请先删除或改到别的小区。", compound.name);
            return Err(Stop::refused_at("compounds", message));
        }
        changes.dropped_compounds.push(compound.id.0);
    }
    write_changes(act, changes).await
}
