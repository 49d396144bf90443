//! Writing a notice, publishing it, correcting it, and making its period longer after an outage.

use domain::{
    clock::Instant,
    ids::{NoticeId, SeasonId},
    permission::{Deed, OfficeKind},
    place::PlaceCode,
    selection::{
        application::{Application, Stage},
        notice::{NoticeContent, NoticeKind, Period, needs_new_period, period},
    },
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Document, Int, Text},
    error::{OrRefuse as _, Problem, Stop},
};

use crate::{
    calendar, messages,
    notices::{
        list::{as_read, lines},
        store::{self, Extension, entry, notice},
        urls,
    },
    places::Names,
    review::applications_of,
    selection,
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
    store::insert_entries(act.db(), list).await?;
    for application in named {
        name_in_public(&mut act, application, id).await?;
    }
    messages::tell(&act, OfficeKind::Verifier, &place, "公示已发布，请留意异议", &urls::notice(id)).await?;
    let body = serde_json::json!({ "published_on": period.published_on, "ends_on": period.ends_on });
    act.record(Deed::PublishNotice, &Subject::new("notice", id, &place), body).await?;
    act.commit().await
}

/// Every application of the season.
async fn applications_in(act: &Act<'_>, season: SeasonId) -> Result<Vec<Application>, Stop> {
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

async fn name_in_public(act: &mut Act<'_>, application: &Application, notice: NoticeId) -> Result<(), Stop> {
    let moved = application.clone().publish(act.now()).or_refuse()?;
    selection::save_application(act.db(), &moved).await?;
    let link = selection::urls::application(moved.id);
    messages::tell(act, OfficeKind::BranchSecretary, &moved.branch, "您支部的申报已进入公示", &link).await?;
    let body = serde_json::json!({ "notice": notice, "stage": moved.stage });
    act.record(Deed::PublishNotice, &Subject::new("application", moved.id, &moved.branch), body).await
}

/// Corrects a published notice: a new version, and a new period when the list is another one (R-NOT-07).
///
/// # Errors
/// Refusals at missing fields or without a reason, or once one of its names is confirmed.
pub async fn correct_notice(op: &Op, id: NoticeId, draft: NoticeDraft, reason: &str) -> Result<NoticeId, Stop> {
    let mut act = op.act().await?;
    let old = store::notice(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::CorrectNotice, &old.place.0)?;
    let Some(running) = old.period().filter(|_| old.is_current()) else {
        return Err(Stop::refused("这一版公示不是当前有效的版本，请刷新页面后对最新版本办理更正。"));
    };
    if reason.trim().is_empty() {
        return Err(Stop::refused_at("reason", "请写明更正的原因，公示上会一并说明。"));
    }
    let (list, named_before, newly) = corrected_list(&act, &old).await?;
    must_be_complete(&draft.title, &draft.content, &list)?;
    let is_other_list = needs_new_period(&as_read(&named_before), &as_read(&list));
    let period = if is_other_list { begun(&act, old.working_days).await? } else { running };
    let mut row = blank(&act, old.season_id.0, &old.place.0, old.kind.0, old.chain.clone(), draft)?;
    row.number = old.number + 1;
    row.supersedes = Some(old.id);
    row.working_days = old.working_days;
    row.correction_reason = reason.trim().to_owned();
    row.extensions = if is_other_list { Document(Vec::new()) } else { old.extensions.clone() };
    let row = published(row, &act, period);
    let (new, place) = (row.id.0, row.place.0.clone());
    let list = list.into_iter().map(|entry| entry::Model { notice_id: Text(new), ..entry }).collect();
    store::save(act.db(), notice::Model { superseded_at: Some(Int(act.now())), ..old }).await?;
    store::insert(act.db(), row).await?;
    store::insert_entries(act.db(), list).await?;
    for application in &newly {
        name_in_public(&mut act, application, new).await?;
    }
    let body = serde_json::json!({ "supersedes": id, "is_new_period": is_other_list, "ends_on": period.ends_on });
    act.record(Deed::CorrectNotice, &Subject::new("notice", new, &place), body).await?;
    act.commit().await?;
    Ok(new)
}

/// The list of the next version by the names of today, what the last one said of the same places, and who is new in it.
/// Whoever dropped out by an objection is left out of both: that is no change of the list that others must be told anew.
async fn corrected_list(
    act: &Act<'_>,
    old: &notice::Model,
) -> Result<(Vec<entry::Model>, Vec<entry::Model>, Vec<Application>), Stop> {
    let before = store::entries(act.db(), old.id.0).await?;
    if old.kind.0 == NoticeKind::Revocation {
        return Ok((before.clone(), before, Vec::new()));
    }
    let applications = applications_in(act, old.season_id.0).await?;
    if applications.iter().any(|application| application.stage.is_award()) {
        return Err(Stop::refused("名单中已有小区认定，公示不能再更正；需要收回荣誉的，请办理撤销认定。"));
    }
    let in_public: Vec<&Application> = applications
        .iter()
        .filter(|application| matches!(application.stage, Stage::Noticed | Stage::Decided))
        .collect();
    let newly: Vec<Application> =
        in_public.iter().filter(|application| application.stage == Stage::Decided).map(|new| (*new).clone()).collect();
    let names = Names::under(act.db(), &old.place.0).await?;
    let list = lines(old.id.0, &in_public, &names);
    let is_still_in =
        |entry: &entry::Model| in_public.iter().any(|application| application.id == entry.application_id.0);
    Ok((list, before.into_iter().filter(is_still_in).collect(), newly))
}

/// A time in which nobody could read the notice.
#[derive(Debug, Clone)]
pub struct Outage {
    /// When it could be read no more.
    pub from: Instant,
    /// When it could be read again.
    pub until: Instant,
    /// What happened.
    pub reason: String,
}

/// Makes the period longer by a working day after an outage of more than four hours (R-NOT-06).
///
/// # Errors
/// Refusals when the outage is too short, lies outside the period or was counted before, or once a name is confirmed.
pub async fn extend_notice(op: &Op, id: NoticeId, outage: Outage) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = store::notice(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::ExtendNotice, &row.place.0)?;
    let Some(period) = row.period().filter(|_| row.is_current()) else {
        return Err(Stop::refused("这一版公示不是当前有效的版本，请刷新页面后对最新版本办理。"));
    };
    check_outage(&row, period, &outage, act.now())?;
    let applications = applications_in(&act, row.season_id.0).await?;
    if row.kind.0 == NoticeKind::Winners && applications.iter().any(|application| application.stage.is_award()) {
        return Err(Stop::refused("名单中已有小区认定，公示期不能再延长。"));
    }
    let calendar = calendar::load(act.db()).await?;
    // A period that ran out before anybody noticed is made up from today, or the day would be lost again.
    let base = if period.is_over(act.now()) { Period { ends_on: act.now().date(), ..period } } else { period };
    let extended = base.extended_by_outage(&calendar).or_refuse()?;
    let mut extensions = row.extensions.0.clone();
    extensions.push(Extension {
        from: outage.from,
        until: outage.until,
        reason: outage.reason,
        ended_on: period.ends_on,
        ends_on: extended.ends_on,
        at: act.now(),
    });
    let place = row.place.0.clone();
    let row = notice::Model { ends_on: Some(Text(extended.ends_on)), extensions: Document(extensions), ..row };
    store::save(act.db(), row).await?;
    let body = serde_json::json!({ "from": outage.from, "until": outage.until, "ends_on": extended.ends_on });
    act.record(Deed::ExtendNotice, &Subject::new("notice", id, &place), body).await?;
    act.commit().await
}

fn check_outage(row: &notice::Model, period: Period, outage: &Outage, now: Instant) -> Result<(), Stop> {
    if outage.reason.trim().is_empty() {
        return Err(Stop::refused_at("outage_reason", "请写明公示无法查看的原因。"));
    }
    if outage.until > now {
        return Err(Stop::refused_at("until", "恢复时间不能晚于现在，请在恢复以后再登记。"));
    }
    if !period.is_cut_by(outage.from, outage.until) {
        return Err(Stop::refused_at(
            "from",
            "公示期内连续超过 4 小时无法查看的才需要延长，这段时间不足 4 小时，或者不在公示期内。",
        ));
    }
    let is_counted = |known: &Extension| outage.from < known.until && known.from < outage.until;
    if row.extensions.0.iter().any(is_counted) {
        return Err(Stop::refused_at("from", "这段时间已经登记过延长，不能重复登记。"));
    }
    Ok(())
}
