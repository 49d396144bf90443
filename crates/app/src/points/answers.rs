//! What other modules ask of points beside their own records.

use domain::{
    clock::chinese_date,
    ids::ResolutionId,
    place::{Level, PlaceCode},
};
use jiff::civil::Date;
use platform::{db::column::Text, error::Stop};
use sea_orm::ConnectionTrait;

use super::{
    store::{catalogue, year as years},
    urls,
};

/// The versions of a branch's catalogue that came into effect by a resolution: words and address.
///
/// # Errors
/// When the database cannot be read.
pub async fn catalogues_by(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    resolution: ResolutionId,
) -> Result<Vec<(String, String)>, Stop> {
    let mut versions = catalogue::versions_of(db, branch).await?;
    versions.retain(|row| row.resolution_id == Some(Text(resolution)));
    let words = |row: &catalogue::row::Model| {
        let from = row.effective_from.map(|Text(date)| format!("，{}起执行", chinese_date(date))).unwrap_or_default();
        format!("积分明细第 {} 版{from}", row.number)
    };
    Ok(versions.iter().map(|row| (words(row), urls::catalogue(row.id.0))).collect())
}

/// How many entries a deed proposed, in words that end its answer; when there are none, why: the year of `day` takes no entries
/// any more (R-PTS-08), or nothing counts here.
///
/// # Errors
/// When the database cannot be read.
pub async fn proposed_words(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    day: Date,
    count: usize,
) -> Result<String, Stop> {
    if count > 0 {
        return Ok(format!("并提出 {count} 笔计分，由支部另一名同志审核。"));
    }
    let county = place.at(Level::County).ok_or(Stop::Missing)?;
    let year = years::year(db, &county, day.year().into()).await?;
    let is_open = year.is_none_or(|row| row.state.0.must_take_entries(day.year()).is_ok());
    Ok(if is_open {
        "没有提出计分：没有要计分的党员，这类活动不计分，或者支部还没有生效的积分明细。".to_owned()
    } else {
        format!("{}年度积分已开始结算，记录照常保存，没有提出计分。", day.year())
    })
}
