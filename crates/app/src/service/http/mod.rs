//! Requests around posts, wishes and reports.

pub mod feedback;
pub mod posts;
pub mod received;
pub mod reports;
pub mod wishes;

use domain::{
    ids::MembershipId,
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{error::Stop, forms::Form};

use crate::{desk::Desk, people, places};

/// The place, once the deed is permitted there.
async fn find_place(desk: &Desk, deed: Deed, place: &str) -> Result<places::Place, Stop> {
    let code: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(deed, &code)?;
    places::place(desk.op.reader(), &code).await?.ok_or(Stop::Missing)
}

/// The confirmed members of a branch, to choose from.
async fn members(desk: &Desk, place: &PlaceCode) -> Result<Vec<(String, String)>, Stop> {
    if place.level() != Level::Branch {
        return Ok(Vec::new());
    }
    let roll = people::living_under(desk.op.reader(), place).await?;
    Ok(people::choices(roll))
}

fn chosen_member(form: &Form) -> Result<MembershipId, Stop> {
    match form.value("member") {
        "" => Err(Stop::refused_at("member", "请选择党员。")),
        id => id.parse().map_err(|_| Stop::Missing),
    }
}
