//! Offices, by the administrator.

use domain::{
    clock::chinese_date,
    ids::{AccountId, OfficeId},
    permission::{Deed, OfficeKind},
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    act::{Op, Subject},
    db::column::Text,
    error::Stop,
};

use crate::identity::store::{self, office};

/// A new office for an account.
#[derive(Debug, Clone)]
pub struct NewOffice {
    /// Who holds it.
    pub account: AccountId,
    /// What kind.
    pub kind: OfficeKind,
    /// The body it belongs to.
    pub organ: String,
    /// How the header shows it.
    pub title: String,
    /// Where.
    pub place: PlaceCode,
    /// First day of the term.
    pub starts_on: Date,
    /// Last day of the term.
    pub ends_on: Date,
}

/// Gives an account an office.
///
/// # Errors
/// A refusal at `place` or `ends_on`, or at `kind` beside an office that it does not go with; [`Stop::Missing`] when there is no
/// such account.
pub async fn grant_office(op: &Op, new: NewOffice) -> Result<OfficeId, Stop> {
    op.permit(Deed::GrantOffice, &new.place)?;
    if new.place.level() != new.kind.level() {
        let (kind, level) = (new.kind.label(), new.kind.level().label());
        return Err(Stop::refused_at("place", format!("“{kind}”的身份应设在{level}一级，请重新选择地点。")));
    }
    if new.ends_on < new.starts_on {
        return Err(Stop::refused_at("ends_on", "任期结束日不能早于开始日。"));
    }
    let mut act = op.act().await?;
    store::lock_account(act.db(), new.account).await?.ok_or(Stop::Missing)?;
    let held = store::offices_of(act.db(), new.account).await?;
    let meets =
        |it: &&office::Model| it.ended_at.is_none() && it.ends_on.0 >= new.starts_on && it.starts_on.0 <= new.ends_on;
    if let Some(other) = held.iter().filter(meets).find(|it| !it.kind.0.goes_with(new.kind)) {
        let (kind, until) = (new.kind.label(), chinese_date(other.ends_on.0));
        let words = format!("“{kind}”和“{}”（任期到{until}）不能由同一人担任，请授予其他同志。", other.kind.0.label());
        return Err(Stop::refused_at("kind", words));
    }
    if let Some(same) = held.iter().filter(meets).find(|it| it.kind.0 == new.kind && it.place.0 == new.place) {
        let words = format!("这位同志已有这个身份（任期到{}），不用再授予。", chinese_date(same.ends_on.0));
        return Err(Stop::refused_at("kind", words));
    }
    let id: OfficeId = act.new_id();
    let row = office::Model {
        id: Text(id),
        account_id: Text(new.account),
        kind: Text(new.kind),
        organ: new.organ,
        title: new.title,
        place: Text(new.place.clone()),
        starts_on: Text(new.starts_on),
        ends_on: Text(new.ends_on),
        ended_at: None,
    };
    store::insert_office(act.db(), row).await?;
    let body = serde_json::json!({ "account": new.account, "kind": new.kind, "ends_on": new.ends_on });
    act.record(Deed::GrantOffice, &Subject::new("office", id, &new.place), body).await?;
    act.commit().await?;
    Ok(id)
}

/// Ends an office now; answers with the account that held it.
///
/// # Errors
/// [`Stop::Missing`] when there is no such office in reach; [`Stop::Conflict`] when it has been ended before; a refusal for the
/// last administrator of a place, after whom nobody could grant an office.
pub async fn end_office(op: &Op, id: OfficeId) -> Result<AccountId, Stop> {
    let mut act = op.act().await?;
    let office = store::office(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EndOffice, &office.place.0)?;
    if office.kind.0 == OfficeKind::Administrator {
        let (place, today) = (&office.place.0, act.now().date());
        let all = store::incumbents(act.db(), &[OfficeKind::Administrator], place, today).await?;
        if all.iter().all(|it| it.account == office.account_id.0 || it.place != *place) {
            return Err(Stop::refused(
                "这是最后一位在任的系统管理员，终止后没有人能授予身份。请先授予另一位同志，再来终止。",
            ));
        }
    }
    store::end_office(act.db(), id, act.now()).await?;
    act.record(Deed::EndOffice, &Subject::new("office", id, &office.place.0), serde_json::json!({})).await?;
    act.commit().await?;
    Ok(office.account_id.0)
}

/// Where an account is administered: at the place of its first office, or where it was opened when it has none yet.
pub async fn home_of(op: &Op, account: AccountId) -> Result<PlaceCode, Stop> {
    let offices = store::offices_of(op.reader(), account).await?;
    match offices.first() {
        Some(office) => Ok(office.place.0.clone()),
        None => {
            let account = store::account(op.reader(), account).await?.ok_or(Stop::Missing)?;
            let own = || op.actor.officer().map(|officer| officer.office.place.clone());
            account.home.map_or_else(own, |Text(home)| Ok(home))
        }
    }
}
