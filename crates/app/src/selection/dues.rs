//! What branches, communities and streets are to be reminded of in a season.

use std::collections::BTreeMap;

use domain::{
    calendar::Calendar,
    clock::Instant,
    permission::OfficeKind,
    place::{Level, PlaceCode},
    selection::{application::Stage, parameters::Parameters},
};
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use super::{
    Application, Season,
    store::{application::applications_under, street},
    timeline::due_of,
    urls,
};
use crate::messages::Due;

/// Working days before the close at which drafts and streets are reminded.
const BEFORE_CLOSE: u16 = 3;
/// Working days before its deadline at which a community is reminded.
const BEFORE_CHECK: u16 = 1;

/// Drafts, applications with communities, and streets that have not recommended.
///
/// # Errors
/// When the database cannot be read.
pub async fn dues(
    db: &impl ConnectionTrait,
    season: &Season,
    parameters: &Parameters,
    calendar: &Calendar,
) -> Result<Vec<Due>, Stop> {
    let Some(closes) = parameters.recommend_deadline() else { return Ok(Vec::new()) };
    let open = [Stage::Draft, Stage::Submitted, Stage::CommunityPassed, Stage::Screened];
    let rows = applications_under(db, season.id.0, &season.county.0, &open).await?;
    let sent = street::recommendations_of(db, season.id.0).await?;
    let has_sent = |street: &PlaceCode| sent.iter().any(|it| it.street.0 == *street);
    // A street that has reported takes nothing more.
    let is_open = |row: &&Application| !row.branch.0.at(Level::Street).is_some_and(|street| has_sent(&street));
    let drafts = rows.iter().filter(|row| row.stage.0 == Stage::Draft).filter(is_open);
    let mut dues: Vec<Due> = drafts.map(|row| of_draft(row, closes)).collect();
    let mut communities: BTreeMap<(PlaceCode, Instant), usize> = BTreeMap::new();
    let mut streets: BTreeMap<PlaceCode, usize> = BTreeMap::new();
    for row in &rows {
        let desk = match row.stage.0 {
            Stage::Submitted => Level::Community,
            Stage::CommunityPassed | Stage::Screened => Level::Street,
            _ => continue,
        };
        let Some(place) = row.branch.0.at(desk) else { continue };
        if desk == Level::Street {
            *streets.entry(place).or_default() += 1;
        } else if let Some(until) = due_of(row.stage.0, row.stage_since.0, parameters, calendar) {
            *communities.entry((place, until)).or_default() += 1;
        }
    }
    dues.extend(communities.into_iter().map(|((place, until), count)| Due {
        of: format!("check {}", season.id.0),
        kind: OfficeKind::CommunityOfficer,
        place,
        until,
        ahead: BEFORE_CHECK,
        words: format!("有 {count} 份申报待社区把关"),
        late: "请尽快办理",
        link: urls::APPLICATIONS.to_owned(),
    }));
    dues.extend(streets.into_iter().filter(|(street, _)| !has_sent(street)).map(|(place, count)| Due {
        of: format!("recommend {}", season.id.0),
        kind: OfficeKind::StreetOfficer,
        place,
        until: closes,
        ahead: BEFORE_CLOSE,
        words: format!("有 {count} 份申报待街道审核、推荐上报"),
        late: "请与县委组织部联系",
        link: urls::RANKING.to_owned(),
    }));
    Ok(dues)
}

fn of_draft(row: &Application, closes: Instant) -> Due {
    Due {
        of: format!("draft {}", row.id.0),
        kind: OfficeKind::BranchSecretary,
        place: row.branch.0.clone(),
        until: closes,
        ahead: BEFORE_CLOSE,
        words: "本支部的“红旗小区”申报表还没有提交".to_owned(),
        late: "本年度不能再提交",
        link: urls::part(row.id.0, "edit"),
    }
}
