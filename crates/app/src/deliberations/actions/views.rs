//! What residents think of a matter: over the net without an account, or entered for somebody by the branch.

use std::collections::BTreeMap;

use domain::{
    deliberation::ViewChannel,
    ids::{DeliberationId, DeliberationViewId},
    permission::Deed,
};
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::step::{loaded, record};
use crate::deliberations::store::{
    parts::{self, view},
    thread,
};

/// What somebody thinks.
#[derive(Clone)]
pub struct NewView {
    /// In words.
    pub words: String,
    /// Who; may be empty.
    pub name: String,
}

/// Takes in a view over the net. Whoever happens to be signed in, it is taken as from anyone: the record must not tell who
/// spoke.
///
/// # Errors
/// [`Stop::Missing`] when there is no such matter, or it was not taken up; `DeliberationRefusal` in words.
pub async fn give_view(op: &Op, id: DeliberationId, new: NewView) -> Result<(), Stop> {
    let visitor = op.as_visitor();
    let found = thread::thread(op.reader(), id).await?;
    found.filter(|row| row.state.0.is_public()).ok_or(Stop::Missing)?;
    take_in(&visitor, id, Deed::GiveView, new, ViewChannel::Web).await
}

/// Enters a view for a resident who told it.
///
/// # Errors
/// As [`give_view`], and as the permission table says.
pub async fn enter_view(op: &Op, id: DeliberationId, new: NewView, channel: ViewChannel) -> Result<(), Stop> {
    take_in(op, id, Deed::EnterView, new, channel).await
}

async fn take_in(op: &Op, id: DeliberationId, deed: Deed, new: NewView, channel: ViewChannel) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, deed).await?;
    row.thread().must_hear(act.now()).or_refuse()?;
    parts::insert_view(act.db(), kept(&act, id, &new, channel)?).await?;
    record(&mut act, deed, &row).await?;
    act.commit().await
}

fn kept(act: &Act<'_>, id: DeliberationId, new: &NewView, channel: ViewChannel) -> Result<view::Model, Stop> {
    let keys = &act.floor().keys;
    Ok(view::Model {
        id: Text(act.new_id()),
        deliberation_id: Text(id),
        at: Int(act.now()),
        channel: Text(channel),
        words: new.words.clone(),
        name_sealed: if new.name.is_empty() { None } else { Some(keys.seal(&new.name)?) },
    })
}

/// Shows who gave the views, as far as they said, and records that it was shown.
///
/// # Errors
/// As the permission table says.
pub async fn reveal_view_givers(op: &Op, id: DeliberationId) -> Result<BTreeMap<DeliberationViewId, String>, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::RevealViewGivers).await?;
    let mut names = BTreeMap::new();
    for view in parts::views_of(act.db(), id).await? {
        if let Some(sealed) = &view.name_sealed {
            names.insert(view.id.0, act.floor().keys.open(sealed)?);
        }
    }
    record(&mut act, Deed::RevealViewGivers, &row).await?;
    act.commit().await?;
    Ok(names)
}
