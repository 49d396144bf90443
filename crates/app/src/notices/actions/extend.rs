//! Making a notice's period longer after an outage (R-NOT-06).

use domain::{
    clock::{Instant, chinese_date},
    ids::NoticeId,
    permission::{Deed, OfficeKind},
    selection::notice::{NoticeKind, Period},
};
use platform::{
    act::{Op, Subject},
    db::column::{Document, Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::publish::applications_in;
use crate::{
    calendar, messages,
    notices::{
        store::{self, Extension, notice},
        urls,
    },
};

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
    let words = format!("公示因无法查看延长一天，到{} 24:00 结束", chinese_date(extended.ends_on));
    let row = notice::Model { ends_on: Some(Text(extended.ends_on)), extensions: Document(extensions), ..row };
    store::save(act.db(), row).await?;
    for kind in [OfficeKind::CountyOrgDept, OfficeKind::Verifier] {
        messages::tell(&act, kind, &place, &words, &urls::notice(id)).await?;
    }
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
    let published_at = row.published_at.map_or(now, |Int(at)| at);
    if !period.is_cut_by(published_at, outage.from, outage.until) {
        return Err(Stop::refused_at(
            "from",
            "公示期内连续超过 4 小时无法查看的才需要延长，这段时间没有超过 4 小时，或者不在公示期内。",
        ));
    }
    let is_counted = |known: &Extension| outage.from < known.until && known.from < outage.until;
    if row.extensions.0.iter().any(is_counted) {
        return Err(Stop::refused_at("from", "这段时间已经登记过延长，不能重复登记。"));
    }
    Ok(())
}
