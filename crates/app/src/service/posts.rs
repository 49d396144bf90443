//! Setting posts and teams up, taking them on, and counting half-years that were kept.

use std::collections::BTreeMap;

use domain::{
    ids::{MembershipId, PostClaimId, ServicePostId},
    members::MemberState,
    permission::{Deed, OfficeKind},
    place::PlaceCode,
    points::ItemCode,
    service::{ClaimState, PostKind, PostRefusal, PostState, check_kept},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::Text,
    error::{OrRefuse as _, Stop},
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::store::{self, claim, post};
use crate::{
    people, places,
    points::{self, Proposal, Source},
};

/// A post as a form tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPost {
    /// 岗位 or 党员服务队.
    pub kind: PostKind,
    /// 名称.
    pub title: String,
    /// 职责.
    pub duty: String,
    /// How many may hold it.
    pub places: Option<i32>,
    /// Whether it can be taken on.
    pub state: PostState,
}

/// Sets a post up.
///
/// # Errors
/// [`Stop::Missing`] where there is no such branch.
pub async fn set_up_post(op: &Op, branch: &PlaceCode, new: NewPost) -> Result<ServicePostId, Stop> {
    let mut act = op.act().await?;
    places::branch(act.db(), branch).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditPosts, branch)?;
    let row = post::Model {
        id: Text(act.new_id()),
        branch: Text(branch.clone()),
        kind: Text(new.kind),
        title: new.title,
        duty: new.duty,
        places: new.places,
        state: Text(new.state),
        version: 0,
    };
    let id = row.id.0;
    record(&mut act, Deed::EditPosts, id, branch, "set_up").await?;
    store::insert_post(act.db(), row).await?;
    act.commit().await?;
    Ok(id)
}

/// Changes a post; who holds it keeps it.
///
/// # Errors
/// A refusal at `places` for fewer places than are taken; [`Stop::Conflict`] when somebody else changed it meanwhile.
pub async fn edit_post(op: &Op, id: ServicePostId, told: NewPost, version: i32) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let row = store::hold_post(act.db(), id).await?.ok_or(Stop::Missing)?;
    let branch = row.branch.0.clone();
    act.permit(Deed::EditPosts, &branch)?;
    let active = active(act.db(), &row).await?;
    if told.places.is_some_and(|places| usize::try_from(places).unwrap_or(0) < active.len()) {
        return Err(PostRefusal::TooFew).or_refuse();
    }
    record(&mut act, Deed::EditPosts, id, &branch, "changed").await?;
    let changed = post::Model {
        kind: Text(told.kind),
        title: told.title,
        duty: told.duty,
        places: told.places,
        state: Text(told.state),
        version,
        ..row
    };
    store::save_post(act.db(), changed).await?;
    act.commit().await?;
    Ok(branch)
}

async fn active(db: &impl ConnectionTrait, post: &post::Model) -> Result<Vec<claim::Model>, Stop> {
    let claims = store::active_claims_under(db, &post.branch.0).await?;
    Ok(claims.into_iter().filter(|claim| claim.post_id == post.id).collect())
}

/// A member takes a post on; members do so for themselves only.
///
/// # Errors
/// [`PostRefusal`] in words; [`Stop::Missing`] for members out of reach.
pub async fn claim_post(op: &Op, id: ServicePostId, member: MembershipId) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let row = store::hold_post(act.db(), id).await?.ok_or(Stop::Missing)?;
    let branch = row.branch.0.clone();
    must_be_ones(&act, Deed::ClaimPost, &branch, member).await?;
    let active = active(act.db(), &row).await?;
    if active.iter().any(|claim| claim.membership_id.0 == member) {
        return Err(PostRefusal::Twice).or_refuse();
    }
    let state = row.rule().claim(u32::try_from(active.len()).unwrap_or(u32::MAX)).or_refuse()?;
    let claim = claim::Model {
        id: Text(act.new_id()),
        post_id: row.id,
        branch: row.branch.clone(),
        membership_id: Text(member),
        state: Text(state),
        claimed_on: Text(act.now().date()),
        halves: 0,
        left_on: None,
        version: 0,
    };
    store::insert_claim(act.db(), claim).await?;
    note_posts(&act, member).await?;
    record(&mut act, Deed::ClaimPost, id, &branch, "claimed").await?;
    act.commit().await?;
    Ok(branch)
}

/// The member is of the branch and in its roll, and is the one who acts or of the branch of the one who does.
pub(super) async fn must_be_ones(
    act: &Act<'_>,
    deed: Deed,
    branch: &PlaceCode,
    member: MembershipId,
) -> Result<(), Stop> {
    act.permit(deed, branch)?;
    let (line, person) = people::membership(act.db(), member).await?.ok_or(Stop::Missing)?;
    let officer = act.officer()?;
    let is_own = officer.office.kind != OfficeKind::Member || person.account_id == Some(Text(officer.account));
    if is_own && line.branch.0 == *branch && line.state.0 == MemberState::Confirmed {
        Ok(())
    } else {
        Err(Stop::Missing)
    }
}

/// The roll shows what members hold.
async fn note_posts(act: &Act<'_>, member: MembershipId) -> Result<(), Stop> {
    let held = store::claims_of(act.db(), member).await?.into_iter();
    let held: Vec<String> =
        held.filter(|(claim, _)| claim.state.0 == ClaimState::Active).map(|(_, post)| post.title).collect();
    people::note_claimed_posts(act, member, held.join("、")).await
}

/// A member gives up the own posts only; an officer releases whoever's it is, also when they have left the roll.
async fn permitted(act: &Act<'_>, deed: Deed, id: PostClaimId) -> Result<(claim::Model, post::Model), Stop> {
    let (claim, post) = store::claim(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(deed, &claim.branch.0)?;
    if act.officer()?.office.kind == OfficeKind::Member {
        must_be_ones(act, deed, &claim.branch.0, claim.membership_id.0).await?;
    }
    if claim.state.0 == ClaimState::Active { Ok((claim, post)) } else { Err(PostRefusal::NotActive).or_refuse() }
}

/// A post is given up.
///
/// # Errors
/// [`PostRefusal::NotActive`]; [`Stop::Missing`] for members out of reach.
pub async fn leave_post(op: &Op, id: PostClaimId) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let (claim, post) = permitted(&act, Deed::ClaimPost, id).await?;
    let (branch, member) = (claim.branch.0.clone(), claim.membership_id.0);
    let left_on = Some(Text(act.now().date()));
    store::save_claim(act.db(), claim::Model { state: Text(ClaimState::Left), left_on, ..claim }).await?;
    note_posts(&act, member).await?;
    record(&mut act, Deed::ClaimPost, post.id.0, &branch, "left").await?;
    act.commit().await?;
    Ok(branch)
}

/// Who leaves the roll gives up the posts they hold and the wishes they have not fulfilled, in the deed that ends the line.
///
/// # Errors
/// When the database fails.
pub async fn release(act: &mut Act<'_>, member: MembershipId) -> Result<(), Stop> {
    let left_on = Some(Text(act.now().date()));
    let held = store::claims_of(act.db(), member).await?.into_iter();
    for (claim, post) in held.filter(|(claim, _)| claim.state.0 == ClaimState::Active) {
        record(act, Deed::ClaimPost, post.id.0, &post.branch.0, "left").await?;
        store::save_claim(act.db(), claim::Model { state: Text(ClaimState::Left), left_on, ..claim }).await?;
    }
    note_posts(act, member).await?;
    super::wishes::release(act, member).await
}

/// The branch finds that another half-year was kept, and proposes the points for it (P05). Answers how many were proposed.
///
/// # Errors
/// [`PostRefusal::TooEarly`] before the half-year is over.
pub async fn confirm_kept(op: &Op, id: PostClaimId) -> Result<(PlaceCode, usize), Stop> {
    let mut act = op.act().await?;
    let (claim, post) = store::claim(act.db(), id).await?.ok_or(Stop::Missing)?;
    let branch = claim.branch.0.clone();
    act.permit(Deed::EditPosts, &branch)?;
    if claim.state.0 != ClaimState::Active {
        return Err(PostRefusal::NotActive).or_refuse();
    }
    let today = act.now().date();
    check_kept(claim.claimed_on.0, claim.halves, today).or_refuse()?;
    let halves = claim.halves + 1;
    let proposal = Proposal {
        membership: claim.membership_id.0,
        item: ItemCode::standard("P05"),
        quantity: 100,
        occurred_on: today,
        note: format!("{}履职满半年", post.title),
    };
    let source = Source { kind: "post", id: format!("{id}:{halves}") };
    store::save_claim(act.db(), claim::Model { halves, ..claim }).await?;
    let proposed = points::propose_for(&mut act, &branch, source, vec![proposal]).await?;
    record(&mut act, Deed::EditPosts, post.id.0, &branch, "kept").await?;
    act.commit().await?;
    Ok((branch, proposed))
}

async fn record(act: &mut Act<'_>, deed: Deed, id: ServicePostId, branch: &PlaceCode, step: &str) -> Result<(), Stop> {
    act.record(deed, &Subject::new("service_post", id, branch), json!({ "step": step })).await
}

/// A member's post, as the member's own page shows it.
pub type ClaimedPost = (claim::Model, post::Model);

/// What a member holds or held, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn claims_of_member(db: &impl ConnectionTrait, member: MembershipId) -> Result<Vec<ClaimedPost>, Stop> {
    store::claims_of(db, member).await
}

/// The posts of a branch that can be taken on, with how many hold each.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_posts(db: &impl ConnectionTrait, branch: &PlaceCode) -> Result<Vec<(post::Model, usize)>, Stop> {
    let mut held: BTreeMap<String, usize> = BTreeMap::new();
    for claim in store::active_claims_under(db, branch).await? {
        *held.entry(claim.post_id.0.to_string()).or_default() += 1;
    }
    let posts = store::posts_under(db, branch).await?.into_iter().filter(|post| post.state.0 == PostState::Open);
    Ok(posts.map(|post| (held.get(&post.id.0.to_string()).copied().unwrap_or(0), post)).map(|(n, p)| (p, n)).collect())
}
