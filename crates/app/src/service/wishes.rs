//! Wishes of residents: published, taken on, done, confirmed by who asked or by an officer (微心愿).

use domain::{
    ids::{MembershipId, WishId},
    permission::{Deed, OfficeKind},
    place::PlaceCode,
    points::ItemCode,
    selection::query_code::QueryCode,
    service::{WishRefusal, WishState},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{
    posts::must_be_ones,
    store::{self, wish},
    urls,
};
use crate::{
    messages, people, places,
    points::{self, Proposal, Source},
};

/// A wish as a form tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWish {
    /// 心愿.
    pub title: String,
    /// 具体情况.
    pub body: String,
    /// Who asked and how to reach them; sealed.
    pub asker: String,
}

/// Publishes a wish for somebody who asked. Answers with the code by which they look how it stands, which is shown once.
///
/// # Errors
/// [`Stop::Missing`] where there is no such branch.
pub async fn publish_wish(op: &Op, branch: &PlaceCode, new: NewWish) -> Result<QueryCode, Stop> {
    let mut act = op.act().await?;
    places::branch(act.db(), branch).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditWishes, branch)?;
    let (code, keys) = (QueryCode::from_random(act.random()), &act.floor().keys);
    let asker_sealed = if new.asker.is_empty() { None } else { Some(keys.seal(&new.asker)?) };
    let row = wish::Model {
        id: Text(act.new_id()),
        branch: Text(branch.clone()),
        title: new.title,
        body: new.body,
        asker_sealed,
        code_hash: keys.index(code.letters()),
        state: Text(WishState::Published),
        published_at: Int(act.now()),
        membership_id: None,
        done_on: None,
        note: String::new(),
        confirmed_by: String::new(),
        confirmed_on: None,
        reason: String::new(),
        undone: String::new(),
        version: 0,
    };
    record(&mut act, Deed::EditWishes, &row).await?;
    store::insert_wish(act.db(), row).await?;
    act.commit().await?;
    Ok(code)
}

async fn record(act: &mut Act<'_>, deed: Deed, row: &wish::Model) -> Result<(), Stop> {
    let body = json!({ "state": row.state.0 });
    act.record(deed, &Subject::new("wish", row.id.0, &row.branch.0), body).await
}

async fn keep(act: &mut Act<'_>, deed: Deed, row: wish::Model) -> Result<PlaceCode, Stop> {
    let branch = row.branch.0.clone();
    record(act, deed, &row).await?;
    store::save_wish(act.db(), row).await?;
    Ok(branch)
}

/// A member takes a wish on; members do so for themselves only.
///
/// # Errors
/// [`WishRefusal`] in words; [`Stop::Missing`] for members out of reach.
pub async fn claim_wish(op: &Op, id: WishId, member: MembershipId) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let row = store::wish(act.db(), id).await?.ok_or(Stop::Missing)?;
    must_be_ones(&act, Deed::ClaimWish, &row.branch.0, member).await?;
    let state = row.rule().claim().or_refuse()?;
    let claimed = wish::Model { state: Text(state), membership_id: Some(Text(member)), ..row };
    let branch = keep(&mut act, Deed::ClaimWish, claimed).await?;
    act.commit().await?;
    Ok(branch)
}

/// The wish as its taker may go on with it.
async fn taken(act: &Act<'_>, id: WishId) -> Result<wish::Model, Stop> {
    let row = store::wish(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::ClaimWish, &row.branch.0)?;
    let officer = act.officer()?;
    if officer.office.kind == OfficeKind::Member {
        let taker = row.membership_id.map(|Text(member)| member);
        let persons = people::persons_of(act.db(), taker).await?;
        let is_own = persons.values().any(|person| person.account_id == Some(Text(officer.account)));
        if !is_own {
            return Err(WishRefusal::Anothers).or_refuse();
        }
    }
    Ok(row)
}

/// The member gives it back, for others to take on.
///
/// # Errors
/// [`WishRefusal`] in words.
pub async fn give_wish_back(op: &Op, id: WishId) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let row = taken(&act, id).await?;
    let state = row.rule().give_back().or_refuse()?;
    let branch =
        keep(&mut act, Deed::ClaimWish, wish::Model { state: Text(state), membership_id: None, ..row }).await?;
    act.commit().await?;
    Ok(branch)
}

/// The member tells that it is done; who asked or an officer confirms.
///
/// # Errors
/// [`WishRefusal`] in words.
pub async fn finish_wish(op: &Op, id: WishId, note: &str) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let row = taken(&act, id).await?;
    let state = row.rule().finish(note).or_refuse()?;
    let done_on = Some(Text(act.now().date()));
    let (note, undone) = (note.trim().to_owned(), String::new());
    let done = wish::Model { state: Text(state), note, undone, done_on, ..row };
    let branch = keep(&mut act, Deed::ClaimWish, done).await?;
    let words = "有微心愿已经办好，请确认。";
    messages::tell(&act, OfficeKind::BranchSecretary, &branch, words, &urls::of_place(urls::WISHES_OF, &branch))
        .await?;
    act.commit().await?;
    Ok(branch)
}

/// An officer who did not fulfil it confirms, and the points are proposed (P06). Answers how many were.
///
/// # Errors
/// [`WishRefusal`] in words.
pub async fn confirm_wish(op: &Op, id: WishId) -> Result<(PlaceCode, usize), Stop> {
    let mut act = op.act().await?;
    let row = store::wish(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditWishes, &row.branch.0)?;
    let persons = people::persons_of(act.db(), row.membership_id.map(|Text(member)| member)).await?;
    let officer = act.officer()?;
    let is_own = persons.values().any(|person| person.is(officer));
    let confirmed_by = act.signature();
    let answer = confirmed(&mut act, Deed::EditWishes, row, is_own, confirmed_by).await?;
    act.commit().await?;
    Ok(answer)
}

/// Who asked confirms with the code of the receipt.
///
/// # Errors
/// [`WishRefusal`] in words; [`Stop::Missing`] for a code of no wish.
pub async fn confirm_wish_by_code(op: &Op, code: &QueryCode) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let hash = act.floor().keys.index(code.letters());
    let row = store::wish_by_hash(act.db(), &hash).await?.ok_or(Stop::Missing)?;
    confirmed(&mut act, Deed::EditWishes, row, false, "提出心愿的人".to_owned()).await?;
    act.commit().await
}

async fn confirmed(
    act: &mut Act<'_>,
    deed: Deed,
    row: wish::Model,
    is_own: bool,
    confirmed_by: String,
) -> Result<(PlaceCode, usize), Stop> {
    let state = row.rule().confirm(is_own).or_refuse()?;
    let today = act.now().date();
    let proposal = row.membership_id.map(|Text(membership)| Proposal {
        membership,
        item: ItemCode::standard("P06"),
        quantity: 100,
        occurred_on: row.done_on.map_or(today, |date| date.0),
        note: row.title.clone(),
    });
    let source = Source { kind: "wish", id: row.id.0.to_string() };
    let row = wish::Model { state: Text(state), confirmed_by, confirmed_on: Some(Text(today)), ..row };
    let branch = keep(act, deed, row).await?;
    let proposed = points::propose_for(act, &branch, source, proposal.into_iter().collect()).await?;
    Ok((branch, proposed))
}

/// An officer finds that it was not done: the member goes on with it, or another when they have left.
///
/// # Errors
/// [`WishRefusal`] in words.
pub async fn undo_wish(op: &Op, id: WishId, reason: &str) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let row = store::wish(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditWishes, &row.branch.0)?;
    let branch = undone(&mut act, row, reason).await?;
    act.commit().await?;
    Ok(branch)
}

/// Who asked tells that it was not done, with the code of the receipt.
///
/// # Errors
/// [`WishRefusal`] in words; [`Stop::Missing`] for a code of no wish.
pub async fn undo_wish_by_code(op: &Op, code: &QueryCode, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let hash = act.floor().keys.index(code.letters());
    let row = store::wish_by_hash(act.db(), &hash).await?.ok_or(Stop::Missing)?;
    let branch = undone(&mut act, row, reason).await?;
    let words = "提出微心愿的人反映还没有办好，请看原因，继续办理。";
    messages::tell(&act, OfficeKind::BranchSecretary, &branch, words, &urls::of_place(urls::WISHES_OF, &branch))
        .await?;
    act.commit().await
}

async fn undone(act: &mut Act<'_>, row: wish::Model, reason: &str) -> Result<PlaceCode, Stop> {
    let taker = match row.membership_id {
        Some(Text(member)) => people::membership(act.db(), member).await?,
        None => None,
    };
    let is_taker_here = taker.is_some_and(|(line, _)| line.state.0.is_living());
    let state = row.rule().undo(reason, is_taker_here).or_refuse()?;
    let undone = reason.trim().to_owned();
    let membership_id = row.membership_id.filter(|_| is_taker_here);
    let row = wish::Model { state: Text(state), membership_id, undone, done_on: None, ..row };
    keep(act, Deed::EditWishes, row).await
}

/// Wishes that who leaves the roll has not fulfilled wait for another.
pub(super) async fn release(act: &mut Act<'_>, member: MembershipId) -> Result<(), Stop> {
    for row in store::claimed_wishes_of(act.db(), member).await? {
        let state = row.rule().give_back().or_refuse()?;
        keep(act, Deed::ClaimWish, wish::Model { state: Text(state), membership_id: None, ..row }).await?;
    }
    Ok(())
}

/// Who asked, to be shown once.
#[derive(Clone)]
pub struct RevealedAsker {
    /// What they asked for.
    pub title: String,
    /// Who they are and how to reach them.
    pub asker: String,
    /// Where.
    pub branch: PlaceCode,
}

/// Shows who asked, and records that it was shown.
///
/// # Errors
/// A refusal when nobody was noted, or the wish is over and there is no need any more.
pub async fn reveal_asker(op: &Op, id: WishId) -> Result<RevealedAsker, Stop> {
    let mut act = op.act().await?;
    let row = store::wish(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::RevealAsker, &row.branch.0)?;
    let sealed = row.asker_sealed.as_deref().filter(|_| !row.rule().is_over());
    let sealed = sealed.ok_or_else(|| Stop::refused("没有留下提出的人，或者这个微心愿已经办结，不再查看。"))?;
    let asker = act.floor().keys.open(sealed)?;
    record(&mut act, Deed::RevealAsker, &row).await?;
    act.commit().await?;
    Ok(RevealedAsker { title: row.title, asker, branch: row.branch.0 })
}

/// Takes a wish down.
///
/// # Errors
/// [`WishRefusal`] in words.
pub async fn withdraw_wish(op: &Op, id: WishId, reason: &str) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let row = store::wish(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditWishes, &row.branch.0)?;
    let state = row.rule().withdraw(reason).or_refuse()?;
    let row = wish::Model { state: Text(state), reason: reason.trim().to_owned(), ..row };
    let branch = keep(&mut act, Deed::EditWishes, row).await?;
    act.commit().await?;
    Ok(branch)
}

/// The wishes at or under `place` in one of `states`, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn wishes_of(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    states: &[WishState],
) -> Result<Vec<wish::Model>, Stop> {
    store::wishes_under(db, place, states).await
}

/// The wish that belongs to a code.
///
/// # Errors
/// When the database cannot be read.
pub async fn wish_by_code(op: &Op, code: &QueryCode) -> Result<Option<wish::Model>, Stop> {
    store::wish_by_hash(op.reader(), &op.floor.keys.index(code.letters())).await
}

/// The wishes that members of the branches at or under `place` fulfilled in a year.
///
/// # Errors
/// When the database cannot be read.
pub async fn fulfilled_wishes(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: i16,
) -> Result<Vec<wish::Model>, Stop> {
    let mut wishes = store::wishes_under(db, place, &[WishState::Confirmed]).await?;
    wishes.retain(|wish| wish.done_on.is_some_and(|date| date.0.year() == year));
    Ok(wishes)
}
