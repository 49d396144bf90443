//! From an address to its season.

use axum::response::{IntoResponse as _, Redirect, Response};
use domain::{
    ids::SeasonId,
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{act::Op, error::Stop};

use crate::selection::{self, Season};

/// The season that an address names, if the office may do `deed` in it.
///
/// # Errors
/// [`Stop::Missing`] when there is none; as the permission table says.
pub async fn season_of(op: &Op, text: &str, deed: Deed) -> Result<Season, Stop> {
    let id: SeasonId = text.parse().map_err(|_| Stop::Missing)?;
    let season = selection::season(op.reader(), id).await?.ok_or(Stop::Missing)?;
    op.permit(deed, &season.county.0)?;
    Ok(season)
}

/// The county of the acting office.
///
/// # Errors
/// [`Stop::SignedOut`] when nobody is signed in.
pub fn own_county(op: &Op) -> Result<PlaceCode, Stop> {
    op.actor.officer()?.office.place.at(Level::County).ok_or_else(|| Stop::fault("an office lies in no county"))
}

/// Leads from an entry of the menu to the page of the county's latest season.
///
/// # Errors
/// As the permission table says; a refusal in words while the county has no season.
pub async fn to_latest(op: &Op, deed: Deed, page: impl Fn(SeasonId) -> String) -> Result<Response, Stop> {
    let county = own_county(op)?;
    op.permit(deed, &county)?;
    match selection::current_season(op.reader(), &county).await? {
        Some(season) => Ok(Redirect::to(&page(season.id.0)).into_response()),
        None => Err(Stop::refused("县里还没有启动评选；请先由县委组织部编制评选参数并启动年度评选。")),
    }
}
