//! Those who reported and wait for their branch, and lines that may be one member.

use domain::{members::MemberState, permission::OfficeKind, place::Level};
use platform::{act::Op, error::Stop};

use super::{duplicates::possible_duplicates, urls};
use crate::{
    desk::{Todo, Todos},
    people::{self, MemberFilter, Membership},
};

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let office = &op.actor.officer()?.office;
        match office.kind {
            OfficeKind::BranchSecretary | OfficeKind::BranchCommittee => waiting(op).await,
            // Each level has those that the one below does not see whole.
            OfficeKind::CommunityOfficer => unsettled(op, Level::Branch).await,
            OfficeKind::StreetOfficer => unsettled(op, Level::Community).await,
            OfficeKind::CountyOrgDept => unsettled(op, Level::Street).await,
            _ => Ok(Vec::new()),
        }
    })
}

/// Pairs under the office's place that no office at `below` sees both lines of; in one branch, the community settles them too.
async fn unsettled(op: &Op, below: Level) -> Result<Vec<Todo>, Stop> {
    let mut pairs = possible_duplicates(op, &op.actor.officer()?.office.place).await?;
    let at = |line: &Membership| line.branch.0.at(below);
    pairs.retain(|pair| below == Level::Branch || at(&pair.first.0) != at(&pair.second.0));
    let pairs = pairs.len();
    if pairs == 0 {
        return Ok(Vec::new());
    }
    let title = format!("核对疑似重复的党员（{pairs} 对）");
    Ok(vec![Todo { title, place: String::new(), due: None, href: urls::DUPLICATES.to_owned() }])
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
