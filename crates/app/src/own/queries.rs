//! Who the member before the page is.

use platform::{db::column::Text, error::Stop};

use crate::{
    desk::Desk,
    people::{self, Membership, Person},
};

/// The line of the roll that the member signed in for.
///
/// # Errors
/// A refusal in words when the registration has ended, or the office was given without one.
pub async fn own_line(desk: &Desk) -> Result<(Membership, Person), Stop> {
    let (account, place) = (desk.officer.account, &desk.officer.office.place);
    let lines = people::lines_of_account(desk.op.reader(), account).await?;
    let own = lines.into_iter().find(|(line, person)| {
        line.branch.0 == *place && line.state.0.is_living() && person.account_id == Some(Text(account))
    });
    own.ok_or_else(|| Stop::refused("没有找到您在这个支部的报到记录：可能已经转出或结束。请联系所在支部。"))
}
