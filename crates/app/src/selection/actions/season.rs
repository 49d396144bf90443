//! Parameters and the opening of a season.

use std::collections::BTreeMap;

use domain::{
    ids::{ParametersId, SeasonId},
    permission::Deed,
    place::{Level, PlaceCode},
    selection::{
        parameters::Parameters,
        quota::{StreetCount, allot},
    },
};
use platform::{
    act::{Op, Subject},
    db::column::{Document, Int, Text},
    error::{Problem, Stop},
};

use crate::{
    messages, places,
    selection::{
        store::season::{self, parameters, row, street},
        urls,
    },
};

/// Keeps a new version of a year's parameters; what was kept before is never changed.
///
/// # Errors
/// Every problem of the document at its field.
pub async fn save_parameters(op: &Op, county: &PlaceCode, document: Parameters) -> Result<ParametersId, Stop> {
    op.permit(Deed::EditParameters, county)?;
    let problems = document.problems();
    if !problems.is_empty() {
        let at_field = problems.into_iter().map(|problem| Problem::at(problem.field, problem.message));
        return Err(Stop::Refused(at_field.collect()));
    }
    let mut act = op.act().await?;
    let year = i32::from(document.year);
    let latest = season::latest_parameters(act.db(), county, year).await?;
    let id: ParametersId = act.new_id();
    let version = latest.map_or(0, |latest| latest.version) + 1;
    let row = parameters::Model {
        id: Text(id),
        county: Text(county.clone()),
        year,
        version,
        document: Document(document),
        made_at: Int(act.now()),
        office_id: act.office_id().map(Text),
    };
    season::insert_parameters(act.db(), row).await?;
    let body = serde_json::json!({ "year": year, "version": version });
    act.record(Deed::EditParameters, &Subject::new("parameters", id, county), body).await?;
    act.commit().await?;
    Ok(id)
}

/// Opens the season of a year with a version of its parameters. The branches of this moment are the denominator
/// (R-SEL-06); without a valid legal basis it needs a reason (R-SEL-01).
///
/// # Errors
/// A refusal when the year has a season, or neither basis nor reason.
pub async fn open_season(op: &Op, parameters: ParametersId, reason: &str) -> Result<SeasonId, Stop> {
    let mut act = op.act().await?;
    let version = season::parameters_by_id(act.db(), parameters).await?.ok_or(Stop::Missing)?;
    let county = version.county.0.clone();
    act.permit(Deed::OpenSeason, &county)?;
    let document = &version.document.0;
    let today = act.now().date();
    let has_basis = document.legal_basis.as_ref().is_some_and(|basis| basis.valid_until >= today);
    if !has_basis && reason.trim().is_empty() {
        return Err(Stop::refused_at(
            "reason",
            "评选参数里没有有效的评选依据。请先补充依据，或写明没有依据也要启动的理由（将记录在案）。",
        ));
    }
    if season::seasons_of(act.db(), &county).await?.iter().any(|season| season.year == version.year) {
        return Err(Stop::refused(format!("{}年度的评选已经启动，不能重复启动。", version.year)));
    }
    let branches = active_branches(&act, &county).await?;
    let id: SeasonId = act.new_id();
    let streets = seats(id, document, &branches);
    let season = row::Model {
        id: Text(id),
        county: Text(county.clone()),
        year: version.year,
        parameters_id: Text(parameters),
        opened_at: Int(act.now()),
        reason_without_basis: if has_basis { String::new() } else { reason.trim().to_owned() },
        version: 0,
    };
    for branch in &branches {
        let words = format!("{}年度“红旗小区”评选已启动，请按期申报。", version.year);
        messages::tell_branch(&act, branch, &words, urls::APPLICATIONS).await?;
    }
    let body = serde_json::json!({
        "year": version.year,
        "parameters": parameters,
        "branches": branches.len(),
        "has_basis": has_basis,
        "reason": reason.trim(),
    });
    season::insert_season(act.db(), season, branches, streets).await?;
    act.record(Deed::OpenSeason, &Subject::new("season", id, &county), body).await?;
    act.commit().await?;
    Ok(id)
}

/// Active branches of the county's streets; townships take no part (R-ORG-02).
async fn active_branches(act: &platform::act::Act<'_>, county: &PlaceCode) -> Result<Vec<PlaceCode>, Stop> {
    let branches = places::branches_under(act.db(), county).await?;
    let takes_part = |branch: &places::BranchOfTree| branch.place.is_active && branch.place.code.0.is_in_subdistrict();
    Ok(branches.into_iter().filter(takes_part).map(|branch| branch.place.code.0).collect())
}

fn seats(id: SeasonId, document: &Parameters, branches: &[PlaceCode]) -> Vec<street::Model> {
    let mut counts: BTreeMap<PlaceCode, u32> = BTreeMap::new();
    for street in branches.iter().filter_map(|branch| branch.at(Level::Street)) {
        *counts.entry(street).or_default() += 1;
    }
    let counts: Vec<StreetCount> =
        counts.into_iter().map(|(street, branches)| StreetCount { street, branches }).collect();
    let allotted = allot(&counts, document.ratio_percent, document.quota_policy);
    let row = |seats: domain::selection::quota::Seats| street::Model {
        season_id: Text(id),
        street: Text(seats.street),
        branches: i32::try_from(seats.branches).unwrap_or(i32::MAX),
        seats: i32::try_from(seats.seats).unwrap_or(i32::MAX),
    };
    allotted.into_iter().map(row).collect()
}
