//! What work units score their members, typed in by the unit's contact or imported (R-PTS-03).

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use domain::{
    ids::{MembershipId, UnitScoreId},
    members::MemberState,
    permission::{Deed, OfficeKind},
    place::PlaceCode,
    points::UnitScore,
};
use platform::{
    act::{Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
    files,
};
use sea_orm::ConnectionTrait;

use super::{must_not_be_settling, rule_year, year::settle_again, year_of};
use crate::{
    people::{self, Membership},
    places,
    points::{
        import::{self, Plan},
        store::unit_score::{self, row},
        urls,
    },
};

/// One member's score as the unit tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnitScore {
    /// Whose.
    pub membership: MembershipId,
    /// Score and full mark; `None` takes back what was entered by mistake.
    pub score: Option<UnitScore>,
    /// 备注.
    pub note: String,
}

/// Enters the scores of a year by the units at or under `place`, all or none. A score that was given before is given anew, or
/// taken back. In a settled year a reason is needed, and those members are settled again; what a unit gave before is then the
/// county's to change.
///
/// # Errors
/// [`Stop::Missing`] for members of other units; refusals while the year is being settled, or after it without a reason.
pub async fn enter_unit_scores(
    op: &Op,
    place: &PlaceCode,
    year: i32,
    told: Vec<NewUnitScore>,
    reason: &str,
) -> Result<usize, Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::EnterUnitScores, place)?;
    let standing = year_of(&act, place, year).await?;
    let is_settled = standing.settled_at.is_some();
    if is_settled {
        standing.state.0.correct(rule_year(year), reason).or_refuse()?;
    } else {
        must_not_be_settling(&act, &standing).await?;
    }
    let members: BTreeMap<MembershipId, Membership> =
        scored_members(act.db(), place).await?.into_iter().map(|(row, _)| (row.id.0, row)).collect();
    let is_units = act.officer()?.office.kind == OfficeKind::UnitContact;
    let (mut added, mut again, mut changed, mut removed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let persons: Vec<_> = told.iter().filter_map(|it| members.get(&it.membership)).map(|it| it.person_id.0).collect();
    let known = unit_score::scores_of(act.db(), &persons, year).await?;
    for it in told {
        let member = members.get(&it.membership).ok_or(Stop::Missing)?;
        let unit = member.unit.clone().ok_or(Stop::Missing)?;
        let old = known.get(&member.person_id.0);
        if is_units && old.is_some_and(|old| !old.unit.0.is_within(place)) {
            return Err(Stop::refused_at(
                format!("score.{}", it.membership),
                "这名同志这一年的得分由另一个单位报送过，请与县委组织部核对。",
            ));
        }
        let is_same = old.is_some_and(|old| Some(old.rule()) == it.score && old.note == it.note && old.unit == unit);
        if is_same || (old.is_none() && it.score.is_none()) {
            continue;
        }
        if is_settled && is_units && old.is_some() {
            return Err(Stop::refused_at(
                format!("score.{}", it.membership),
                "这一年度已经结算，登记过的得分单位不能再改。确需更正的，请把依据交县委组织部更正。",
            ));
        }
        again.push(member.clone());
        let Some(score) = it.score else {
            removed.extend(old.map(|old| old.id.0));
            continue;
        };
        let row = row::Model {
            id: old.map_or_else(|| Text(act.new_id::<UnitScoreId>()), |old| old.id),
            unit,
            person_id: member.person_id,
            year,
            score: Int(score.score),
            max: Int(score.max),
            note: it.note,
            entered_by: act.signature(),
            entered_at: Int(act.now()),
            version: old.map_or(0, |old| old.version),
        };
        if old.is_some() { changed.push(row) } else { added.push(row) }
    }
    let count = again.len();
    if count == 0 {
        return Ok(0);
    }
    unit_score::remove(act.db(), &removed).await?;
    unit_score::insert(act.db(), added).await?;
    for row in changed {
        unit_score::save(act.db(), row).await?;
    }
    if is_settled {
        let members: Vec<MembershipId> = again.iter().map(|member| member.id.0).collect();
        settle_again(&act, &members, year, reason.trim()).await?;
        let words = format!("您的{year}年度单位积分已登记或更正，年度积分按它重新结算，请查看。");
        people::tell(&act, &people::lines_of(act.db(), members).await?, &words, urls::OWN).await?;
    }
    let body = serde_json::json!({ "year": year, "scores": count, "is_correction": is_settled });
    act.record(Deed::EnterUnitScores, &Subject::new("unit", place, place), body).await?;
    act.commit().await?;
    Ok(count)
}

/// The members whom the units at or under `place` score: who only says so of themselves is not a unit's to score before the branch
/// has confirmed it.
pub(in crate::points) async fn scored_members(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
) -> Result<Vec<(Membership, people::Person)>, Stop> {
    let mut members = people::members_of_unit(db, place).await?;
    members.retain(|(member, _)| member.state.0 != MemberState::Reported);
    Ok(members)
}

/// Keeps a unit's own table as it was sent, so that what is confirmed is what was previewed.
///
/// # Errors
/// A refusal at `file` when it is no workbook.
pub async fn keep_unit_table(op: &Op, place: &PlaceCode, bytes: Bytes) -> Result<String, Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::EnterUnitScores, place)?;
    let blob = files::store(act.floor(), act.db(), act.now(), "file", bytes).await?;
    act.record(Deed::EnterUnitScores, &Subject::new("unit", place, place), serde_json::json!({ "table": blob.hash }))
        .await?;
    act.commit().await?;
    Ok(blob.hash)
}

/// Reads a unit's table and matches its rows, in a thread of its own: a table takes a moment, and other requests shall not wait for it.
pub async fn plan_unit_table(op: &Op, unit: &PlaceCode, bytes: Vec<u8>) -> Result<Plan, Stop> {
    let members = scored_members(op.reader(), unit).await?;
    let (units, keys) = (unit_names(op, unit).await?, op.floor.keys.clone());
    let planned =
        tokio::task::spawn_blocking(move || import::plan(&bytes, &import::Members::new(&members, &units, &keys)));
    planned.await.map_err(|error| Stop::Fault(error.into()))
}

/// The names of the units at or under `unit` and of their branches.
pub(in crate::points) async fn unit_names(op: &Op, unit: &PlaceCode) -> Result<HashMap<PlaceCode, String>, Stop> {
    let units = places::units_under(op.reader(), unit).await?;
    Ok(units.into_iter().map(|place| (place.code.0, place.name)).collect())
}

/// Imports a table of scores at once, as who confirms its preview would.
///
/// # Errors
/// A refusal at `file` that names the first problem of the table; as [`enter_unit_scores`].
pub async fn import_unit_scores(op: &Op, unit: &PlaceCode, year: i32, bytes: Bytes) -> Result<usize, Stop> {
    let plan = plan_unit_table(op, unit, bytes.to_vec()).await?;
    if let Some(error) = plan.errors.first() {
        return Err(Stop::refused_at("file", error.clone()));
    }
    enter_unit_scores(op, unit, year, plan.matched, "").await
}
