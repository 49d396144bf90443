//! Wishes that are done and wait to be confirmed, and half-years that were kept.

use domain::{
    permission::{Deed, OfficeKind},
    service::{WishState, check_kept},
};
use platform::{act::Op, error::Stop};

use super::{store, urls};
use crate::desk::{Todo, Todos};

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let office = &op.actor.officer()?.office;
        let is_of_branch = matches!(office.kind, OfficeKind::BranchSecretary | OfficeKind::BranchCommittee);
        if is_of_branch && op.can(Deed::EditWishes, &office.place) { of_branch(op).await } else { Ok(Vec::new()) }
    })
}

async fn of_branch(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place) = (op.reader(), &op.actor.officer()?.office.place);
    let mut todos = Vec::new();
    let done = store::wishes_under(db, place, &[WishState::Done]).await?.len();
    if done > 0 {
        let href = urls::of_place(urls::WISHES_OF, place);
        todos.push(Todo {
            title: format!("确认办好的微心愿（{done} 个）"), place: String::new(), due: None, href
        });
    }
    let today = op.now().date();
    let claims = store::active_claims_under(db, place).await?;
    let kept = claims.iter().filter(|claim| check_kept(claim.claimed_on.0, claim.halves, today).is_ok()).count();
    if kept > 0 {
        let href = urls::of_place(urls::POSTS_OF, place);
        todos.push(Todo {
            title: format!("登记岗位履职满半年（{kept} 人）"), place: String::new(), due: None, href
        });
    }
    Ok(todos)
}
