//! From an address to its season.

use axum::response::{IntoResponse as _, Redirect, Response};
use domain::{
    ids::SeasonId,
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{act::Op, error::Stop};

use crate::{
    desk::Desk,
    selection::{self, Season},
};

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

/// An entry of the menu that leads to the page of the county's latest season.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Who may open it.
    pub deed: Deed,
    /// What it is called.
    pub title: &'static str,
    /// What will be there once there is a season.
    pub hint: &'static str,
}

impl Entry {
    /// On to the latest season's page, or to words of what is to be done first.
    ///
    /// # Errors
    /// As the permission table says.
    pub async fn to_latest(self, desk: &Desk, page: impl Fn(SeasonId) -> String) -> Result<Response, Stop> {
        let county = own_county(&desk.op)?;
        desk.op.permit(self.deed, &county)?;
        match selection::current_season(desk.op.reader(), &county).await? {
            Some(season) => Ok(Redirect::to(&page(season.id.0)).into_response()),
            None => selection::no_season(desk, self.title, self.hint).await,
        }
    }
}
