//! A branch's own list: kept between preview and import, and written as a whole.

use bytes::Bytes;
use domain::{
    ids::MembershipId,
    members::{MemberRefusal, MemberState},
    permission::Deed,
    place::PlaceCode,
};
use platform::{
    act::{Act, Op, Subject},
    db::column::Text,
    error::Stop,
    files,
};
use serde_json::json;

use super::correction::save_corrected;
use super::registration::{
    MemberParticulars, NewMember, check_reported_on, enter, lock_county, meet, person_of, record, was_without_vote,
};
use crate::{
    people::{
        queries,
        store::{self, membership, person},
    },
    places,
};

/// Keeps a branch's own list between preview and import, and answers with its hash.
///
/// # Errors
/// Refusals for files that are none of ours.
pub async fn keep_list(op: &Op, branch: &PlaceCode, bytes: Bytes) -> Result<String, Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::ImportMembers, branch)?;
    let blob = files::store(act.floor(), act.db(), act.now(), "file", bytes).await?;
    let body = json!({ "list": blob.hash });
    act.record(Deed::ImportMembers, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await?;
    Ok(blob.hash)
}

/// What the import of a branch's own list does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollChanges {
    /// Those who are new.
    pub added: Vec<NewMember>,
    /// Lines that change: which, to what, and the number if the list has one.
    pub changed: Vec<(MembershipId, MemberParticulars, Option<String>)>,
}

/// Writes a branch's own list: all of it, or nothing.
///
/// # Errors
/// [`MemberRefusal`] for who has come into another roll since the preview.
pub async fn write_roll(op: &Op, branch: &PlaceCode, changes: RollChanges) -> Result<(), Stop> {
    let mut act = op.act().await?;
    places::branch(act.db(), branch).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::ImportMembers, branch)?;
    lock_county(&act, branch).await?;
    let body = json!({ "added": changes.added.len(), "changed": changes.changed.len() });
    for new in &changes.added {
        let person = meet(&act, branch, new).await?;
        let lines = queries::memberships_of_persons(act.db(), &[person]).await?;
        if lines.iter().any(|line| line.state.0.is_living()) {
            let words = format!("“{}”已在一个支部的名册里，预览以后有了变化，请重新上传。", new.name);
            return Err(Stop::refused_at("file", words));
        }
        let is_without_vote = new.particulars.is_without_vote || was_without_vote(&lines, branch);
        let told = MemberParticulars { is_without_vote, ..new.particulars.clone() };
        let known = lines.into_iter().find(|line| line.branch.0 == *branch);
        let on = told.registered_on.unwrap_or_else(|| act.now().date());
        named(&new.name, check_reported_on(&act, &person_of(&act, person).await?, on).await)?;
        let line = enter(&act, branch, person, known, &told, (MemberState::Confirmed, on)).await?;
        act.record(Deed::ImportMembers, &Subject::new("membership", line, branch), json!({ "step": "added" })).await?;
    }
    for change in changes.changed {
        change_line(&mut act, branch, change).await?;
    }
    act.record(Deed::ImportMembers, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await
}

/// A list has many: who is meant stands before what is wrong.
fn named(name: &str, checked: Result<(), Stop>) -> Result<(), Stop> {
    checked.map_err(|stop| match stop {
        Stop::Refused(problems) => {
            let words: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
            Stop::refused_at("file", format!("“{name}”：{}", words.join("")))
        }
        stop => stop,
    })
}

/// What the list says of somebody in the roll, which also confirms who waits for it.
async fn change_line(
    act: &mut Act<'_>,
    branch: &PlaceCode,
    (id, told, phone): (MembershipId, MemberParticulars, Option<String>),
) -> Result<(), Stop> {
    let (row, person) = queries::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
    if row.branch.0 != *branch || !row.state.0.is_living() {
        return Err(Stop::Conflict);
    }
    if queries::is_of_another(act.db(), person.id.0, branch).await? {
        let words = format!("“{}”{}。", person.name, MemberRefusal::Elsewhere);
        return Err(Stop::refused_at("file", words));
    }
    if let Some(on) = told.registered_on.filter(|on| row.registered_on != Some(Text(*on))) {
        named(&person.name, check_reported_on(act, &person, on).await)?;
    }
    if let Some(phone) = phone {
        let keys = &act.floor().keys;
        let (sealed, index) = (Some(keys.seal(&phone)?), Some(keys.index(&phone)));
        let changed = person::Model { phone_sealed: sealed, phone_index: index, ..person.clone() };
        let name = person.name.clone();
        named(&name, save_corrected(act, branch, person, changed).await)?;
    }
    record(act, Deed::ImportMembers, &row, "changed").await?;
    let today = Text(act.now().date());
    let changed = membership::Model {
        state: Text(MemberState::Confirmed),
        verified_on: Some(today),
        ..told.onto(membership::Model { registered_on: row.registered_on.or(Some(today)), ..row })
    };
    store::save_membership(act.db(), changed).await
}
