//! Those who reported and wait for their branch.

use domain::{
    members::MemberState,
    permission::{Deed, OfficeKind},
};
use platform::{act::Op, error::Stop};

use crate::{
    desk::{Todo, Todos},
    people::{self, MemberFilter},
};

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let office = &op.actor.officer()?.office;
        let is_of_branch = matches!(office.kind, OfficeKind::BranchSecretary | OfficeKind::BranchCommittee);
        if is_of_branch && op.can(Deed::ConfirmRegistration, &office.place) {
            waiting(op).await
        } else {
            Ok(Vec::new())
        }
    })
}

async fn waiting(op: &Op) -> Result<Vec<Todo>, Stop> {
    let place = &op.actor.officer()?.office.place;
    let asked = MemberFilter { state: Some(MemberState::Reported), ..MemberFilter::default() };
    let (_, count) = people::members(op.reader(), place, &asked, 0, 1).await?;
    if count == 0 {
        return Ok(Vec::new());
    }
    let href = format!("{}?state={}", people::urls::members(place), MemberState::Reported);
    Ok(vec![Todo { title: format!("确认党员报到（{count} 人）"), place: String::new(), due: None, href }])
}
