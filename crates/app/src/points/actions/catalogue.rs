//! The way of a catalogue into effect: drafted, checked by the community, adopted by a resolution (R-PTS-05).

use domain::{
    ids::{CatalogueId, ResolutionId},
    meeting::Matter,
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    points::{Bounds, CatalogueState, CatalogueVersion, Item},
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    db::column::{Document, Int, Text},
    error::{OrRefuse as _, Problem, Stop},
};

use crate::{
    messages, places,
    points::{
        queries::Catalogues,
        store::catalogue::{self, row},
        urls,
    },
    resolutions,
};

/// The deed of writing a catalogue of `place`: the county's template is the organisation department's.
const fn writing(place: Level) -> Deed {
    match place {
        Level::County => Deed::EditPointsTemplate,
        _ => Deed::DraftCatalogue,
    }
}

/// Begins a new version from the one in effect, or else from the county's template. One that is being written already is gone on with.
///
/// # Errors
/// [`Stop::Missing`] where there is no branch; a refusal while the community has a version.
pub async fn draft_catalogue(op: &Op, place: &PlaceCode) -> Result<CatalogueId, Stop> {
    let mut act = op.act().await?;
    places::place(act.db(), place).await?.ok_or(Stop::Missing)?;
    act.permit(writing(place.level()), place)?;
    let versions = catalogue::versions_of(act.db(), place).await?;
    if let Some(open) = versions.first().filter(|row| row.state.0 != CatalogueState::Adopted) {
        return Ok(open.id.0);
    }
    let items = match versions.first() {
        Some(newest) => newest.items.0.clone(),
        None => Catalogues::template(act.db(), place, act.now().date()).await?,
    };
    let row = row::Model {
        id: Text(act.new_id()),
        place: Text(place.clone()),
        number: versions.first().map_or(1, |row| row.number.saturating_add(1)),
        state: Text(CatalogueState::Draft),
        items: Document(items),
        drafted_by: act.signature(),
        drafted_at: Int(act.now()),
        checked_by: String::new(),
        checked_on: None,
        reason: String::new(),
        resolution_id: None,
        effective_from: None,
        version: 0,
    };
    let id = row.id.0;
    record(&mut act, writing(place.level()), &row).await?;
    catalogue::insert(act.db(), row).await?;
    act.commit().await?;
    Ok(id)
}

/// Saves the items of a draft. They need not be within the county's bounds before the draft is submitted.
///
/// # Errors
/// Refusals when it is no draft; [`Stop::Conflict`] when somebody else saved it meanwhile.
pub async fn save_catalogue(op: &Op, id: CatalogueId, version: i32, items: Vec<Item>) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = catalogue::catalogue(act.db(), id).await?.ok_or(Stop::Missing)?;
    let deed = writing(row.place.0.level());
    act.permit(deed, &row.place.0)?;
    row.rule().must_be_draft().or_refuse()?;
    let row = row::Model { items: Document(items), version, ..row };
    must_be_within_bounds(&act, &row).await?;
    keep(&mut act, deed, row).await?;
    act.commit().await
}

async fn must_be_within_bounds(act: &Act<'_>, row: &row::Model) -> Result<(), Stop> {
    if row.place.0.level() == Level::County {
        return Ok(());
    }
    let county = Catalogues::template(act.db(), &row.place.0, act.now().date()).await?;
    let problems = Bounds(&county).problems(&row.items.0);
    if problems.is_empty() {
        return Ok(());
    }
    Err(Stop::Refused(problems.into_iter().map(|problem| Problem::at("items", format!("{problem}。"))).collect()))
}

/// Hands the draft to the community.
///
/// # Errors
/// Refusals when it is no draft or beyond the county's bounds.
pub async fn submit_catalogue(op: &Op, id: CatalogueId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, Deed::DraftCatalogue, id).await?;
    must_be_within_bounds(&act, &row).await?;
    let row = row::Model { reason: String::new(), ..row.clone().moved(row.rule().submit().or_refuse()?) };
    if let Some(community) = row.place.0.at(Level::Community) {
        let words = "有支部提交了积分明细，请审核。";
        messages::tell(&act, OfficeKind::CommunityOfficer, &community, words, &urls::catalogue(id)).await?;
    }
    keep(&mut act, Deed::DraftCatalogue, row).await?;
    act.commit().await
}

/// The community has nothing against it.
///
/// # Errors
/// Refusals when the community does not have it.
pub async fn check_catalogue(op: &Op, id: CatalogueId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, Deed::CheckCatalogue, id).await?;
    let moved = row.rule().check(act.now().date()).or_refuse()?;
    let row = row::Model { checked_by: act.signature(), ..row.moved(moved) };
    let words = "社区已审核本支部的积分明细，请提交支部党员大会表决。";
    messages::tell(&act, OfficeKind::BranchSecretary, &row.place.0, words, &urls::catalogue(id)).await?;
    keep(&mut act, Deed::CheckCatalogue, row).await?;
    act.commit().await
}

/// The community gives it back with a reason.
///
/// # Errors
/// Refusals when the community does not have it, or without a reason.
pub async fn give_back_catalogue(op: &Op, id: CatalogueId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, Deed::CheckCatalogue, id).await?;
    let moved = row.rule().give_back(reason).or_refuse()?;
    let row = row::Model { reason: reason.trim().to_owned(), ..row.moved(moved) };
    let words = "社区退回了本支部的积分明细，请按意见修改。";
    messages::tell(&act, OfficeKind::BranchSecretary, &row.place.0, words, &urls::catalogue(id)).await?;
    keep(&mut act, Deed::CheckCatalogue, row).await?;
    act.commit().await
}

/// How a catalogue comes into effect.
#[derive(Debug, Clone, Copy)]
pub struct Adoption {
    /// The branch meeting's resolution; the county's template needs none.
    pub resolution: Option<ResolutionId>,
    /// From when it holds.
    pub effective_from: Date,
}

/// Brings a checked catalogue into effect by a passed resolution of the same branch, never back in time; the county's
/// template by the county itself, from tomorrow at the earliest.
///
/// # Errors
/// Refusals when it is not checked, without a resolution on it passed by a general meeting of this branch, or when the date
/// reaches back.
pub async fn adopt_catalogue(op: &Op, id: CatalogueId, adoption: Adoption) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = catalogue::catalogue(act.db(), id).await?.ok_or(Stop::Missing)?;
    let is_template = row.place.0.level() == Level::County;
    let deed = if is_template { Deed::EditPointsTemplate } else { Deed::AdoptCatalogue };
    act.permit(deed, &row.place.0)?;
    let moved = if is_template {
        let checked = CatalogueVersion { state: CatalogueState::Checked, ..row.rule().must_be_draft().or_refuse()? };
        checked.adopt(true, act.now().date(), adoption.effective_from).or_refuse()?
    } else {
        must_be_within_bounds(&act, &row).await?;
        let missing = || Stop::refused_at("resolution", "请选择通过这份积分明细的支部党员大会决议。");
        let resolution = resolutions::resolution(act.db(), adoption.resolution.ok_or_else(missing)?).await?;
        let resolution = resolution.filter(|it| it.branch == row.place).ok_or_else(missing)?;
        if resolution.has_passed() && !resolution.is_passed_by_all_on(Matter::Catalogue) {
            let words = "这项决议不是支部党员大会就积分明细作出的，不能作为依据，请另选。";
            return Err(Stop::refused_at("resolution", words));
        }
        let others = catalogue::versions_of(act.db(), &row.place.0).await?;
        if others.iter().any(|it| it.id != row.id && it.resolution_id == Some(resolution.id)) {
            return Err(Stop::refused_at("resolution", "这项决议通过的是另一版积分明细，请选择通过这一版的决议。"));
        }
        row.rule().adopt(resolution.has_passed(), resolution.decided_on.0, adoption.effective_from).or_refuse()?
    };
    let row = row::Model { resolution_id: adoption.resolution.map(Text), ..row.moved(moved) };
    keep(&mut act, deed, row).await?;
    act.commit().await
}

async fn permitted(act: &Act<'_>, deed: Deed, id: CatalogueId) -> Result<row::Model, Stop> {
    let row = catalogue::catalogue(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(deed, &row.place.0)?;
    Ok(row)
}

async fn keep(act: &mut Act<'_>, deed: Deed, row: row::Model) -> Result<(), Stop> {
    record(act, deed, &row).await?;
    catalogue::save(act.db(), row).await
}

async fn record(act: &mut Act<'_>, deed: Deed, row: &row::Model) -> Result<(), Stop> {
    let body = serde_json::json!({ "number": row.number, "state": row.state.0, "items": row.items.0, "effective_from": row.effective_from.map(|Text(date)| date) });
    act.record(deed, &Subject::new("points_catalogue", row.id.0, &row.place.0), body).await
}
