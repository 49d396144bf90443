//! The place that somebody means when typing: a name, a code, or both as a list offers them. Nobody knows codes by heart.

use domain::place::{Level, PlaceCode};
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use super::{common_name, queries, store::place::Model as Place};

/// How many namesakes are named.
const NAMED: usize = 6;

/// Every place at or under `reach`, work units last.
///
/// # Errors
/// When the database cannot be read.
pub async fn every_place_under(db: &impl ConnectionTrait, reach: &PlaceCode) -> Result<Vec<Place>, Stop> {
    let mut places = queries::places_under(db, reach).await?;
    places.extend(queries::units_under(db, reach).await?);
    Ok(places)
}

/// A place as a list offers it.
#[must_use]
pub fn offered(place: &Place) -> String {
    format!("{}（{}）", common_name(&place.name), place.code.0)
}

/// The one of `places` that was typed, at `level` where one is wanted.
///
/// # Errors
/// A refusal at `place` when there is none, or there are several.
pub fn place_meant(places: &[Place], level: Option<Level>, typed: &str) -> Result<PlaceCode, Stop> {
    let typed = typed.trim();
    let name = typed.split(['（', '(']).next().unwrap_or_default().trim();
    let code = typed.rsplit(['（', '(']).next().unwrap_or_default().trim_end_matches(['）', ')']).trim();
    let what = level.map_or("地点", Level::label);
    let at_level = |it: &&Place| level.is_none_or(|level| it.level.0 == level);
    let is_called = |it: &Place, name: &str| it.name == name || common_name(&it.name) == name;
    // A name may have brackets of its own.
    let is_meant = |it: &&Place| is_called(it, typed) || is_called(it, name);
    if let Some(place) = places.iter().filter(at_level).find(|it| it.code.0.as_str() == code) {
        return Ok(place.code.0.clone());
    }
    let named: Vec<&Place> = places.iter().filter(at_level).filter(is_meant).collect();
    let words = match named.as_slice() {
        [one] => return Ok(one.code.0.clone()),
        [] if places.iter().any(|it| it.code.0.as_str() == code || is_meant(&it)) => {
            format!("“{typed}”不是{what}一级的地点，请从列表里选择。")
        }
        [] => format!("没有“{typed}”这个{what}，请从列表里选择，或填写完整的名称。"),
        several => {
            let several: Vec<String> = several.iter().take(NAMED).map(|it| offered(it)).collect();
            format!("有几个{what}叫“{typed}”，请从列表里选择其中一个：{}。", several.join("、"))
        }
    };
    Err(Stop::refused_at("place", words))
}
