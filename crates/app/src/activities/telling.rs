//! Who is told of an activity: whom it is for, and who signed up.

use domain::{ids::MembershipId, permission::OfficeKind, place::Level};
use platform::{act::Act, error::Stop};

use super::{
    store::{self, activity},
    urls,
};
use crate::{messages, people, places};

/// Tells whom it is for: the branch's own members, or the secretaries of the branches below, who tell theirs.
pub(super) async fn tell_published(act: &Act<'_>, row: &activity::Model) -> Result<(), Stop> {
    let words = format!("新活动“{}”：{}，{}，请报名。", row.title, row.starts_at.0, row.venue);
    let whom = row.audience_words();
    let words = if whom.is_empty() { words } else { format!("{words}对象：{whom}。") };
    tell_meant(act, row, &words).await
}

/// Tells whom it is for something about it.
async fn tell_meant(act: &Act<'_>, row: &activity::Model, words: &str) -> Result<(), Stop> {
    let link = urls::of_activity(urls::ACTIVITY, row.id.0);
    if row.place.0.level() == Level::Branch {
        // Whom a member cannot be, the branch enters.
        if is_for_members(row) {
            return messages::tell(act, OfficeKind::Member, &row.place.0, words, &link).await;
        }
        return messages::tell_branch(act, &row.place.0, words, &link).await;
    }
    let branches = places::branches_under(act.db(), &row.place.0).await?.into_iter();
    let active = branches.filter(|branch| branch.place.is_active).map(|branch| branch.place.code.0);
    messages::tell_secretaries(act, active, words, &link).await
}

/// Whether it is for members as such.
fn is_for_members(row: &activity::Model) -> bool {
    domain::activity::must_be_meant(&row.audiences.0, "", false).is_ok()
}

/// Tells those who knew of it: whom it is for, and who signed up or was entered.
pub(super) async fn tell_concerned(act: &Act<'_>, row: &activity::Model, words: &str) -> Result<(), Stop> {
    tell_meant(act, row, words).await?;
    if row.place.0.level() == Level::Branch && is_for_members(row) {
        return Ok(());
    }
    let parts = store::people_of(act.db(), row.id.0).await?.into_iter().filter(|part| part.state.0.is_in());
    let members: Vec<MembershipId> = parts.map(|part| part.membership_id.0).collect();
    tell_people(act, row, &members, words).await
}

/// Tells these members something about it, each alone.
pub(super) async fn tell_people(
    act: &Act<'_>,
    row: &activity::Model,
    members: &[MembershipId],
    words: &str,
) -> Result<(), Stop> {
    let lines = people::lines_of(act.db(), members.iter().copied()).await?;
    people::tell(act, &lines, words, &urls::of_activity(urls::ACTIVITY, row.id.0)).await
}
