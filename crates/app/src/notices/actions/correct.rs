//! Correcting a published notice (更正, R-NOT-07).

use domain::{
    ids::NoticeId,
    permission::Deed,
    selection::{
        application::{Application, Stage},
        notice::{NoticeKind, needs_new_period},
    },
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Document, Int, Text},
    error::Stop,
};

use super::publish::{NoticeDraft, applications_in, begun, blank, must_be_complete, name_in_public, published};
use crate::{
    notices::{
        list::{as_read, lines},
        store::{self, entry, notice},
    },
    places::Names,
};

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
    let is_other_text = draft.title != old.title || draft.content != old.content.0;
    let has_dropped = store::entries(act.db(), id).await?.len() != list.len();
    if !is_other_list && !is_other_text && !has_dropped {
        return Err(Stop::refused("内容和名单都没有改动，不需要更正；公示照常进行。"));
    }
    let period = if is_other_list { begun(&act, old.working_days).await? } else { running };
    let mut row = blank(&act, old.season_id.0, &old.place.0, old.kind.0, old.chain.clone(), draft)?;
    row.number = old.number + 1;
    row.supersedes = Some(old.id);
    row.working_days = old.working_days;
    row.correction_reason = reason.trim().to_owned();
    row.extensions = if is_other_list { Document(Vec::new()) } else { old.extensions.clone() };
    let row = published(row, &act, period);
    let (new, place) = (row.id.0, row.place.0.clone());
    let list: Vec<entry::Model> =
        list.into_iter().map(|entry| entry::Model { notice_id: Text(new), ..entry }).collect();
    store::save(act.db(), notice::Model { superseded_at: Some(Int(act.now())), ..old }).await?;
    store::insert(act.db(), row).await?;
    for application in &newly {
        name_in_public(&mut act, application, &list, period).await?;
    }
    store::insert_entries(act.db(), list).await?;
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
