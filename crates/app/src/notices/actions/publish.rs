//! Writing a notice and publishing it (R-NOT-01 to R-NOT-03).

use domain::{
    clock::chinese_date,
    ids::{NoticeId, SeasonId},
    permission::{Deed, OfficeKind},
    place::PlaceCode,
    selection::{
        application::{Application, Stage},
        notice::{NoticeContent, NoticeKind, Period, period},
    },
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Document, Int, Text},
    error::{OrRefuse as _, Problem, Stop},
};

use super::about;
use crate::{
    calendar, messages,
    notices::{
        list::lines,
        store::{self, entry, notice},
        urls,
    },
    places::Names,
    review::applications_of,
    selection::{self, NewOpinion, content::OpinionStep},
};

/// The text of a notice.
#[derive(Debug, Clone)]
pub struct NoticeDraft {
    /// Its heading.
    pub title: String,
    /// Everything else it tells.
    pub content: NoticeContent,
}

/// Writes the season's notice, or writes it anew while it is a draft; `seen` is the version that was on the screen.
///
/// # Errors
/// A refusal when it has been published, because it can only be corrected then; [`Stop::Conflict`] when somebody else
/// wrote it since.
pub async fn draft_notice(op: &Op, season: SeasonId, draft: NoticeDraft, seen: Option<i32>) -> Result<NoticeId, Stop> {
    let mut act = op.act().await?;
    let season = selection::season(act.db(), season).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::DraftNotice, &season.county.0)?;
    let chain = season.id.0.to_string();
    let id = match store::latest(act.db(), &chain).await? {
        Some(known) if known.published_at.is_some() => {
            return Err(Stop::refused("公示已经发布，不能再改草稿；内容有误请办理更正。"));
        }
        Some(known) if seen != Some(known.version) => return Err(Stop::Conflict),
        Some(known) => {
            let id = known.id.0;
            let Some(office) = act.office_id() else { return Err(Stop::SignedOut) };
            let known = notice::Model {
                title: draft.title,
                content: Document(draft.content),
                office_id: Text(office),
                ..known
            };
            store::save(act.db(), known).await?;
            id
        }
        None => {
            let parameters = selection::parameters_of(act.db(), &season).await?;
            let mut row = blank(&act, season.id.0, &season.county.0, NoticeKind::Winners, chain, draft)?;
            row.working_days = i32::from(parameters.notice_days);
            let id = row.id.0;
            store::insert(act.db(), row).await?;
            id
        }
    };
    act.record(Deed::DraftNotice, &Subject::new("notice", id, &season.county.0), serde_json::json!({})).await?;
    act.commit().await?;
    Ok(id)
}

/// A first version that is not published yet.
pub(super) fn blank(
    act: &Act<'_>,
    season: SeasonId,
    county: &PlaceCode,
    kind: NoticeKind,
    chain: String,
    draft: NoticeDraft,
) -> Result<notice::Model, Stop> {
    Ok(notice::Model {
        id: Text(act.new_id()),
        season_id: Text(season),
        place: Text(county.clone()),
        kind: Text(kind),
        chain,
        number: 1,
        supersedes: None,
        title: draft.title,
        content: Document(draft.content),
        working_days: 0,
        published_at: None,
        published_on: None,
        ends_on: None,
        superseded_at: None,
        correction_reason: String::new(),
        extensions: Document(Vec::new()),
        office_id: Text(act.officer()?.office.id),
        version: 0,
    })
}

/// Publishes the season's notice as it was on the screen (`seen`): everyone who was approved is named, and the period
/// begins (R-NOT-01 to R-NOT-03).
///
/// # Errors
/// Refusals at every field that is missing, and in words when a year of the period has no table of holidays;
/// [`Stop::Conflict`] when somebody else wrote it since.
pub async fn publish_notice(op: &Op, id: NoticeId, seen: i32) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = store::notice(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::PublishNotice, &row.place.0)?;
    if row.published_at.is_some() {
        return Err(Stop::refused("公示已经发布，请刷新页面查看最新情况。"));
    }
    if row.version != seen {
        return Err(Stop::Conflict);
    }
    let applications = applications_in(&act, row.season_id.0).await?;
    let named: Vec<&Application> =
        applications.iter().filter(|application| application.stage == Stage::Decided).collect();
    let names = Names::under(act.db(), &row.place.0).await?;
    let list = lines(id, &named, &names);
    must_be_complete(&row.title, &row.content.0, &list)?;
    let period = begun(&act, row.working_days).await?;
    let row = published(row, &act, period);
    let place = row.place.0.clone();
    store::save(act.db(), row).await?;
    for application in named {
        name_in_public(&mut act, application, &list, period).await?;
    }
    store::insert_entries(act.db(), list).await?;
    messages::tell(&act, OfficeKind::Verifier, &place, "公示已发布，请留意异议", &urls::notice(id)).await?;
    let body = serde_json::json!({ "published_on": period.published_on, "ends_on": period.ends_on });
    act.record(Deed::PublishNotice, &Subject::new("notice", id, &place), body).await?;
    act.commit().await
}

/// Every application of the season.
pub(super) async fn applications_in(act: &Act<'_>, season: SeasonId) -> Result<Vec<Application>, Stop> {
    let season = selection::season(act.db(), season).await?.ok_or(Stop::Missing)?;
    applications_of(act.db(), &season).await
}

/// R-NOT-03, every missing field at once.
pub(super) fn must_be_complete(title: &str, content: &NoticeContent, list: &[entry::Model]) -> Result<(), Stop> {
    let mut problems: Vec<Problem> = Vec::new();
    if title.trim().is_empty() {
        problems.push(Problem::at("title", "请填写“公示标题”。"));
    }
    let missing = content.missing(list).into_iter().map(|(field, label)| match field {
        "winners" => Problem::whole("公示名单是空的：还没有经县委常委会审定通过的申报，不能发布公示。"),
        field => Problem::at(field, format!("请填写“{label}”，公示缺少这一项不能发布。")),
    });
    problems.extend(missing);
    if problems.is_empty() { Ok(()) } else { Err(Stop::Refused(problems)) }
}

/// The period that begins today.
pub(super) async fn begun(act: &Act<'_>, working_days: i32) -> Result<Period, Stop> {
    let calendar = calendar::load(act.db()).await?;
    let days = u16::try_from(working_days).map_err(anyhow::Error::from)?;
    period(act.now().date(), days, &calendar).or_refuse()
}

pub(super) fn published(row: notice::Model, act: &Act<'_>, period: Period) -> notice::Model {
    notice::Model {
        published_at: Some(Int(act.now())),
        published_on: Some(Text(period.published_on)),
        ends_on: Some(Text(period.ends_on)),
        ..row
    }
}

/// Takes the step of one application that `list` names, and keeps it among what the levels said of it.
pub(super) async fn name_in_public(
    act: &mut Act<'_>,
    application: &Application,
    list: &[entry::Model],
    period: Period,
) -> Result<(), Stop> {
    let entry = list.iter().find(|entry| entry.application_id.0 == application.id);
    let entry = entry.ok_or_else(|| Stop::fault("a notice does not name what it is to publish"))?;
    let moved = about(&entry.branch, application.clone().publish(selection::hand_of(act)?))?;
    selection::save_application(act.db(), &moved).await?;
    let opinion = NewOpinion {
        step: OpinionStep::Notice,
        is_favourable: true,
        words: format!("公示期{}至{}。", chinese_date(period.published_on), chinese_date(period.ends_on)),
        details: Vec::new(),
    };
    selection::add_opinion(act, &moved, opinion).await?;
    let link = selection::urls::application(moved.id);
    messages::tell_branch(act, &moved.branch, "您支部的申报已进入公示", &link).await?;
    let body = serde_json::json!({ "notice": entry.notice_id.0, "stage": moved.stage });
    act.record(Deed::PublishNotice, &Subject::new("application", moved.id, &moved.branch), body).await
}
