//! What the county's offices are to be reminded of in the review.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    permission::OfficeKind,
    selection::{application::Stage, parameters::Parameters},
};
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use super::{
    queries::{PanelReplies, applications_of},
    store, urls,
};
use crate::{messages::Due, selection::Season};

/// Working days before the preliminary opinion's deadline.
const BEFORE_OPINION: u16 = 3;
/// Working days before the last day for a consultation.
const BEFORE_REPLY: u16 = 1;

/// Applications that the panel has not dealt with, and consultations without a reply.
///
/// # Errors
/// When the database cannot be read.
pub async fn dues(db: &impl ConnectionTrait, season: &Season, parameters: &Parameters) -> Result<Vec<Due>, Stop> {
    let mut dues = panel(db, season, parameters).await?;
    let mut out: BTreeMap<Instant, usize> = BTreeMap::new();
    for row in store::consultations(db, season.id.0).await?.iter().filter(|row| row.reply.is_none()) {
        *out.entry(Instant::end_of(row.due_on.0)).or_default() += 1;
    }
    dues.extend(out.into_iter().map(|(until, count)| Due {
        of: format!("consultation {}", season.id.0),
        kind: OfficeKind::CountyOrgDept,
        place: season.county.0.clone(),
        until,
        ahead: BEFORE_REPLY,
        words: format!("征求意见还有 {count} 份没有登记回复"),
        late: "请登记回复，没有回复的登记“未回复”",
        link: urls::consultations(season.id.0),
    }));
    Ok(dues)
}

/// R-SEL-12: the units that have not answered, and the department that gives the opinion.
async fn panel(db: &impl ConnectionTrait, season: &Season, parameters: &Parameters) -> Result<Vec<Due>, Stop> {
    let Some(until) = parameters.preliminary_deadline() else { return Ok(Vec::new()) };
    let mut open = applications_of(db, season).await?;
    open.retain(|application| application.stage == Stage::Recommended);
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let replies = PanelReplies::of(db, season.id.0).await?;
    let units = &parameters.panel_units;
    let silent = open.iter().filter(|it| replies.answered(it.id, units) < units.len()).count();
    let due = |kind, words: String, link: String| Due {
        of: format!("panel {}", season.id.0),
        kind,
        place: season.county.0.clone(),
        until,
        ahead: BEFORE_OPINION,
        words,
        late: "请按程序研究处理",
        link,
    };
    let opinion = format!("有 {} 份申报待提出初步意见", open.len());
    let mut dues = vec![due(OfficeKind::CountyOrgDept, opinion, urls::preliminary(season.id.0))];
    if silent > 0 {
        let words = format!("有 {silent} 份申报的评选组意见还没有填齐");
        dues.push(due(OfficeKind::PanelUnit, words, urls::panel(season.id.0)));
    }
    Ok(dues)
}
