//! Units that reported and wait for the community.

use domain::{members::UnitState, permission::Deed};
use platform::act::Op;

use super::{store, urls};
use crate::desk::{Todo, Todos};

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let place = &op.actor.officer()?.office.place;
        if !op.can(Deed::ConfirmUnit, place) {
            return Ok(Vec::new());
        }
        let rows = store::reported_to(op.reader(), place).await?;
        let waiting = rows.iter().filter(|row| row.state.0 == UnitState::Reported).count();
        if waiting == 0 {
            return Ok(Vec::new());
        }
        let title = format!("确认单位报到（{waiting} 个）");
        Ok(vec![Todo { title, place: String::new(), due: None, href: urls::REPORTED.to_owned() }])
    })
}
