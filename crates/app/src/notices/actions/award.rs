//! The award: confirmed after the notice, named in a circular, and perhaps taken back.

use domain::{
    ids::{ApplicationId, CircularId, NoticeId, SeasonId},
    permission::{Deed, OfficeKind},
    place::Level,
    selection::{
        application::{Application, NoticeStanding, Stage},
        notice::{NoticeContent, NoticeKind},
    },
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{
    about,
    objections::tell_line,
    publish::{NoticeDraft, begun, blank, must_be_complete, published},
};
use crate::{
    messages,
    notices::{
        list::lines,
        store::{self, award, circular, entry, notice},
    },
    places::Names,
    review::applications_of,
    selection::{self, NewOpinion, content::OpinionStep},
};

/// Confirms awards (认定): only after the period, and with no objection open (R-SEL-17). Either all of `chosen` are
/// confirmed or none.
///
/// # Errors
/// Refusals in words while the period runs, or while an objection is open.
pub async fn confirm_awards(op: &Op, season: SeasonId, chosen: &[ApplicationId]) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let season = selection::season(act.db(), season).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::ConfirmAward, &season.county.0)?;
    if chosen.is_empty() {
        return Err(Stop::refused_at("chosen", "请勾选要认定的小区。"));
    }
    let chain = season.id.0.to_string();
    let notice = store::latest(act.db(), &chain).await?.filter(notice::Model::is_current);
    let notice = notice.ok_or_else(|| Stop::refused("还没有发布公示，公示期满后才能认定。"))?;
    let period = notice.period().ok_or_else(|| Stop::fault("a published notice has no period"))?;
    let open = store::open_by_application(act.db(), &chain).await?;
    let entries = store::entries(act.db(), notice.id.0).await?;
    let applications = applications_of(act.db(), &season).await?;
    let mut awards = Vec::new();
    for id in chosen {
        let found = applications.iter().find(|application| application.id == *id);
        let (Some(application), Some(entry)) = (found, entries.iter().find(|entry| entry.application_id.0 == *id))
        else {
            return Err(Stop::refused_at("chosen", "勾选的小区不在公示名单里，请刷新页面后重新勾选。"));
        };
        // An objection against the list as a whole keeps every name in it waiting.
        let against = open.iter().filter(|against| against.is_none_or(|against| against == *id)).count();
        let standing =
            NoticeStanding { ends_at: period.ends_at(), open_objections: u32::try_from(against).unwrap_or(u32::MAX) };
        let (moved, _) = about(&entry.branch, application.clone().confirm(selection::hand_of(&act)?, standing))?;
        selection::save_application(act.db(), &moved).await?;
        sign(&act, &moved, OpinionStep::Confirmation, "公示期满，没有未办结的异议，予以认定。".to_owned()).await?;
        awards.push(confirmed(&act, &season, entry)?);
        tell_line(&act, &moved.branch, moved.id, &format!("{}已被认定为红旗小区", entry.branch)).await?;
        let body = serde_json::json!({ "notice": notice.id.0, "stage": moved.stage });
        act.record(Deed::ConfirmAward, &Subject::new("application", moved.id, &moved.branch), body).await?;
    }
    store::insert_awards(act.db(), awards).await?;
    act.commit().await
}

/// Keeps a step after the decision among what the levels said of an application, on the version that was decided.
async fn sign(act: &Act<'_>, application: &Application, step: OpinionStep, words: String) -> Result<(), Stop> {
    let opinion = NewOpinion { step, is_favourable: true, words, details: Vec::new() };
    selection::add_opinion(act, application, opinion).await
}

fn confirmed(act: &Act<'_>, season: &selection::Season, entry: &entry::Model) -> Result<award::Model, Stop> {
    Ok(award::Model {
        application_id: entry.application_id,
        season_id: Text(season.id.0),
        year: season.year,
        place: entry.place.clone(),
        street: entry.street.clone(),
        community: entry.community.clone(),
        branch: entry.branch.clone(),
        compounds: entry.compounds.clone(),
        notice_id: entry.notice_id,
        confirmed_at: Int(act.now()),
        office_id: Text(act.officer()?.office.id),
        circular_id: None,
        revoked_at: None,
        revocation_reason: String::new(),
        source_document: String::new(),
        revocation_notice_id: None,
        version: 0,
    })
}

/// A circular as it was issued.
#[derive(Debug, Clone)]
pub struct NewCircular {
    /// 发文字号.
    pub number: String,
    /// The day it bears.
    pub issued_on: Date,
}

/// Registers the commendation circular (通报表扬), which names everyone confirmed and not named before.
///
/// # Errors
/// Refusals when nobody is waiting for a circular, at a number that is taken, or at a day to come.
pub async fn issue_circular(op: &Op, season: SeasonId, new: NewCircular) -> Result<CircularId, Stop> {
    let mut act = op.act().await?;
    let season = selection::season(act.db(), season).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::IssueCircular, &season.county.0)?;
    if new.issued_on > act.now().date() {
        return Err(Stop::refused_at("issued_on", "印发日期不能晚于今天，请在印发以后登记。"));
    }
    let awards = store::awards_of_season(act.db(), season.id.0).await?;
    let waiting: Vec<_> =
        awards.into_iter().filter(|award| award.circular_id.is_none() && award.revoked_at.is_none()).collect();
    if waiting.is_empty() {
        return Err(Stop::refused("没有已认定、还没有通报的小区，请先办理认定。"));
    }
    let confirmed_on = waiting.iter().map(|award| award.confirmed_at.0.date()).max();
    if confirmed_on.is_some_and(|day| new.issued_on < day) {
        return Err(Stop::refused_at("issued_on", "印发日期不能早于认定的日期。"));
    }
    let id: CircularId = act.new_id();
    let commended = format!("{}予以通报表扬。", new.number);
    let row = circular::Model {
        id: Text(id),
        season_id: Text(season.id.0),
        place: Text(season.county.0.clone()),
        number: new.number,
        issued_on: Text(new.issued_on),
        office_id: Text(act.officer()?.office.id),
        recorded_at: Int(act.now()),
    };
    store::insert_circular(act.db(), row).await?;
    for award in waiting {
        let application = application(&act, award.application_id.0).await?;
        let moved = about(&award.branch, application.commend(selection::hand_of(&act)?))?;
        selection::save_application(act.db(), &moved).await?;
        sign(&act, &moved, OpinionStep::Commendation, commended.clone()).await?;
        store::save_award(act.db(), award::Model { circular_id: Some(Text(id)), ..award }).await?;
        let body = serde_json::json!({ "circular": id, "stage": moved.stage });
        act.record(Deed::IssueCircular, &Subject::new("application", moved.id, &moved.branch), body).await?;
    }
    let words = format!("{}年度红旗小区通报表扬已印发", season.year);
    messages::tell(&act, OfficeKind::CountyLeader, &season.county.0, &words, crate::notices::urls::AWARDS).await?;
    act.record(Deed::IssueCircular, &Subject::new("circular", id, &season.county.0), serde_json::json!({})).await?;
    act.commit().await?;
    Ok(id)
}

async fn application(act: &Act<'_>, id: ApplicationId) -> Result<Application, Stop> {
    Ok(selection::application(act.db(), id).await?.ok_or(Stop::Missing)?.to_application())
}

/// Why an award is taken back, and what the public reads about it.
#[derive(Debug, Clone)]
pub struct Revocation {
    /// The serious finding (R-SEL-19).
    pub reason: String,
    /// The document that upholds it.
    pub source_document: String,
    /// Its notice.
    pub notice: NoticeDraft,
}

/// Takes an award back, with a reason, and tells the public in the same deed (R-SEL-19).
///
/// # Errors
/// Refusals at missing fields, and in words when a year of the notice's period has no table of holidays.
pub async fn revoke_award(op: &Op, id: ApplicationId, revocation: Revocation) -> Result<NoticeId, Stop> {
    let mut act = op.act().await?;
    let application = application(&act, id).await?;
    act.permit(Deed::RevokeAward, &application.branch)?;
    let award = store::award_of(act.db(), id).await?.ok_or(Stop::Missing)?;
    if revocation.source_document.trim().is_empty() {
        return Err(Stop::refused_at("source_document", "请填写查实问题的文件名称和文号，撤销要有依据。"));
    }
    let moved = application.revoke(selection::hand_of(&act)?, &revocation.reason).or_refuse()?;
    let county = moved.branch.at(Level::County).ok_or_else(|| Stop::fault("a branch lies in no county"))?;
    let (_, parameters) = selection::season_with_parameters(act.db(), moved.season).await?;
    let names = Names::under(act.db(), &county).await?;
    let mut row = blank(&act, moved.season, &county, NoticeKind::Revocation, id.to_string(), revocation.notice)?;
    row.working_days = i32::from(parameters.notice_days);
    let list = lines(row.id.0, &[&moved], &names);
    must_be_complete(&row.title, &row.content.0, &list)?;
    let period = begun(&act, row.working_days).await?;
    let row = published(row, &act, period);
    let notice = row.id.0;
    selection::save_application(act.db(), &moved).await?;
    let opinion = NewOpinion {
        step: OpinionStep::Revocation,
        is_favourable: false,
        words: revocation.reason.trim().to_owned(),
        details: vec![format!("依据：{}", revocation.source_document.trim())],
    };
    selection::add_opinion(&act, &moved, opinion).await?;
    store::insert(act.db(), row).await?;
    store::insert_entries(act.db(), list).await?;
    let award = award::Model {
        revoked_at: Some(Int(act.now())),
        revocation_reason: revocation.reason.trim().to_owned(),
        source_document: revocation.source_document.trim().to_owned(),
        revocation_notice_id: Some(Text(notice)),
        ..award
    };
    store::save_award(act.db(), award).await?;
    tell_line(&act, &moved.branch, id, "红旗小区认定已被撤销，请查看撤销公示").await?;
    let body = serde_json::json!({ "notice": notice, "ends_on": period.ends_on, "stage": Stage::Revoked });
    act.record(Deed::RevokeAward, &Subject::new("application", id, &moved.branch), body).await?;
    act.commit().await?;
    Ok(notice)
}

/// What a revocation notice says unless somebody writes it otherwise; body, address and rules are those of `before`.
#[must_use]
pub fn revocation_draft(branch: &str, year: i32, before: Option<&NoticeContent>) -> NoticeDraft {
    let before = before.cloned().unwrap_or_default();
    NoticeDraft {
        title: format!("关于撤销{branch}{year}年度红旗小区认定的公示"),
        content: NoticeContent {
            basis: String::new(),
            procedure: "经核查属实，按程序研究，撤销下列小区的红旗小区认定，收回荣誉，名额空缺不递补。".to_owned(),
            ..before
        },
    }
}
