//! What pages and other modules read about the selection.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    ids::{ApplicationId, SeasonId, SubmissionId},
    place::{Level, PlaceCode},
    selection::{
        application::Window,
        parameters::Parameters,
        quota::{Seats, StreetCount, allot},
        score::{Scores, Summary, summarise},
    },
};
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use super::store::{
    application::{self, row::Model as Application, submission::Model as Submission},
    season::{self, row::Model as Season},
    street::{self, assessment::Model as Assessment, recusal::Model as Recusal},
};
use crate::places;

/// An application with its season and the parameters the season is run by.
#[derive(Debug, Clone)]
pub struct InSeason {
    /// The application.
    pub row: Application,
    /// Its season.
    pub season: Season,
    /// The season's parameters.
    pub parameters: Parameters,
    /// When the branch's street reported.
    pub reported: Option<Instant>,
}

impl InSeason {
    /// When the branch may submit and its street recommend.
    pub(super) fn window(&self) -> Result<Window, Stop> {
        Ok(Window { reported: self.reported, ..window(&self.parameters)? })
    }
}

/// When branches may submit and streets recommend, as far as the streets have not reported.
///
/// # Errors
/// A fault when the stored parameters have no such days, which [`Parameters::problems`] rules out.
pub fn window(parameters: &Parameters) -> Result<Window, Stop> {
    match (parameters.opening(), parameters.recommend_deadline()) {
        (Some(opens), Some(closes)) => Ok(Window { opens, closes, reported: None }),
        _ => Err(Stop::fault("stored parameters have no window")),
    }
}

/// When the branches of a place may submit in a season, whose street may have reported.
///
/// # Errors
/// As [`window`]; when the database cannot be read.
pub async fn window_at(
    db: &impl ConnectionTrait,
    season: SeasonId,
    parameters: &Parameters,
    place: &PlaceCode,
) -> Result<Window, Stop> {
    Ok(Window { reported: reported_at(db, season, place).await?, ..window(parameters)? })
}

/// The application `id` in its season.
///
/// # Errors
/// [`Stop::Missing`] when there is none.
pub async fn in_season(db: &impl ConnectionTrait, id: ApplicationId) -> Result<InSeason, Stop> {
    let row = application::application(db, id).await?.ok_or(Stop::Missing)?;
    let (season, parameters) = season_with_parameters(db, row.season_id.0).await?;
    let reported = reported_at(db, season.id.0, &row.branch.0).await?;
    Ok(InSeason { row, season, parameters, reported })
}

/// When the street that `place` is or lies in has reported its list of a season.
///
/// # Errors
/// When the database cannot be read.
pub async fn reported_at(
    db: &impl ConnectionTrait,
    season: SeasonId,
    place: &PlaceCode,
) -> Result<Option<Instant>, Stop> {
    let Some(street) = place.at(Level::Street) else { return Ok(None) };
    Ok(street::recommendation_of(db, season, &street).await?.map(|reported| reported.submitted_at.0))
}

/// The season `id` with its parameters.
///
/// # Errors
/// [`Stop::Missing`] when there is none.
pub async fn season_with_parameters(db: &impl ConnectionTrait, id: SeasonId) -> Result<(Season, Parameters), Stop> {
    let season = season::season(db, id).await?.ok_or(Stop::Missing)?;
    let parameters = parameters_of(db, &season).await?;
    Ok((season, parameters))
}

/// The parameters a season is run by.
///
/// # Errors
/// A fault when they are gone, which a foreign key rules out.
pub async fn parameters_of(db: &impl ConnectionTrait, season: &Season) -> Result<Parameters, Stop> {
    let version = season::parameters_by_id(db, season.parameters_id.0).await?;
    version.map(|version| version.document.0).ok_or_else(|| Stop::fault("a season's parameters are gone"))
}

/// The newest season of the county that `place` lies in.
///
/// # Errors
/// When the database cannot be read.
pub async fn current_season(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Option<Season>, Stop> {
    let Some(county) = place.at(Level::County) else { return Ok(None) };
    Ok(season::seasons_of(db, &county).await?.into_iter().next())
}

/// The name of a place.
///
/// # Errors
/// When the database cannot be read.
pub async fn place_name(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<String, Stop> {
    let place = places::place(db, code).await?;
    Ok(place.map_or_else(|| code.to_string(), |place| places::common_name(&place.name)))
}

/// Names of all places at or under `code`, and of those it lies in.
///
/// # Errors
/// When the database cannot be read.
pub async fn place_names(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<BTreeMap<PlaceCode, String>, Stop> {
    let mut places = places::places_under(db, code).await?;
    places.extend(places::ancestors(db, code).await?);
    Ok(places.into_iter().map(|place| (place.code.0, places::common_name(&place.name))).collect())
}

/// The seats of every street with their working, recomputed from the snapshot's counts.
///
/// # Errors
/// When the database cannot be read.
pub async fn seats(db: &impl ConnectionTrait, season: SeasonId, parameters: &Parameters) -> Result<Vec<Seats>, Stop> {
    let streets = season::streets_of(db, season).await?;
    let counts: Vec<StreetCount> = streets
        .into_iter()
        .map(|it| StreetCount { street: it.street.0, branches: u32::try_from(it.branches).unwrap_or(0) })
        .collect();
    Ok(allot(&counts, parameters.ratio_percent, parameters.quota_policy))
}

/// The seats of one street of a season (R-SEL-07).
///
/// # Errors
/// [`Stop::Missing`] when the season has no such street.
pub async fn seats_of(db: &impl ConnectionTrait, season: SeasonId, street: &PlaceCode) -> Result<u32, Stop> {
    let streets = season::streets_of(db, season).await?;
    let seats = streets.iter().find(|it| it.street.0 == *street).ok_or(Stop::Missing)?.seats;
    Ok(u32::try_from(seats).unwrap_or(0))
}

/// The site assessments of one submitted version, summed up; those of people who stand back do not count.
#[derive(Debug, Clone, Default)]
pub struct SiteVisit {
    /// The sheets that count.
    pub sheets: Vec<Assessment>,
    /// Who stands back.
    pub recusals: Vec<Recusal>,
    /// Averages and spread.
    pub summary: Option<Summary>,
}

/// The site visit of an application's submitted version.
///
/// # Errors
/// When the database cannot be read.
pub async fn site_visit(
    db: &impl ConnectionTrait,
    parameters: &Parameters,
    application: ApplicationId,
    submission: SubmissionId,
) -> Result<SiteVisit, Stop> {
    let recusals = street::recusals_of(db, application).await?;
    let mut sheets = street::assessments_of(db, submission).await?;
    street::drop_recused(&mut sheets, &recusals);
    let scores: Vec<Scores> = sheets.iter().map(|sheet| sheet.scores.0.clone()).collect();
    let summary = summarise(parameters, &scores);
    Ok(SiteVisit { sheets, recusals, summary })
}

/// The newest submitted version of an application.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest_submission(db: &impl ConnectionTrait, row: &Application) -> Result<Option<Submission>, Stop> {
    match row.submission_id {
        Some(id) => application::submission(db, id.0).await,
        None => Ok(None),
    }
}
