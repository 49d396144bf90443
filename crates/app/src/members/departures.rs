//! Leaving a roll: the line ends, and with it the posts and wishes taken on, the sign-ups for what is ahead, and the member's own
//! pages (转出、结束报到).

use domain::{ids::MembershipId, members::MemberState, place::PlaceCode};
use platform::{
    act::{Act, Op},
    db::column::Text,
    error::Stop,
};

use crate::{
    activities, identity,
    people::{self, Departure, Membership},
    service,
};

/// Ends a line of the roll. Answers with its branch.
///
/// # Errors
/// [`domain::members::MemberRefusal`] in words.
pub async fn end_registration(op: &Op, id: MembershipId, departure: Departure) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    people::leaving(&act, id).await?;
    let row = depart(&mut act, id, MemberState::Ended, departure).await?;
    act.commit().await?;
    Ok(row.branch.0)
}

/// Moves a member on to another branch of the county, which confirms in its turn. The old line stays with its history. Answers
/// with the branch that was left.
///
/// # Errors
/// [`domain::members::MemberRefusal`] in words.
pub async fn move_member(op: &Op, id: MembershipId, to: &PlaceCode, departure: Departure) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let (row, _) = people::leaving(&act, id).await?;
    people::destination(&act, &row.branch.0, to).await?;
    let on = departure.on;
    let left = depart(&mut act, id, MemberState::Moved, departure).await?;
    people::arrive(&mut act, &left, to, on).await?;
    act.commit().await?;
    Ok(left.branch.0)
}

/// What ends with a line, in the deed of the one who ends it. Answers with the line as it was.
pub(super) async fn depart(
    act: &mut Act<'_>,
    id: MembershipId,
    to: MemberState,
    departure: Departure,
) -> Result<Membership, Stop> {
    service::release(act, id).await?;
    activities::release(act, id).await?;
    let (row, person) = people::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
    people::leave(act, row.clone(), to, departure).await?;
    if let Some(Text(account)) = person.account_id {
        identity::unseat_member(act, account, &row.branch.0).await?;
    }
    Ok(row)
}
