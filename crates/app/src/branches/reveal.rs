//! One number in full, shown once, with a record.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::place::PlaceCode;
use platform::{error::Stop, pages::page, shell::Shell};

use crate::{
    desk::Desk,
    people::{self, RevealedPhone},
    places::{self, urls},
};

#[derive(Template)]
#[template(path = "branches/phone.html")]
struct PhonePage {
    shell: Shell,
    name: String,
    phone: String,
    back: String,
}

async fn answer(desk: &Desk, name: String, phone: String, branch: &PlaceCode) -> Result<Response, Stop> {
    page(&PhonePage { shell: desk.shell("查看电话").await?, name, phone, back: urls::place(branch) })
}

async fn of_person(desk: &Desk, revealed: RevealedPhone) -> Result<Response, Stop> {
    answer(desk, revealed.name, revealed.phone, &revealed.branch).await
}

/// A building steward's.
pub async fn steward(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = id.parse().map_err(|_| Stop::Missing)?;
    let (building, phone) = places::reveal_steward_phone(&desk.op, id).await?;
    let name = format!("{}（{}楼栋长）", building.steward, building.name);
    answer(&desk, name, phone, &building.branch.0).await
}

/// A committee member's.
pub async fn committee_member(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = id.parse().map_err(|_| Stop::Missing)?;
    of_person(&desk, people::reveal_committee_phone(&desk.op, id).await?).await
}

/// A member's.
pub async fn member(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = id.parse().map_err(|_| Stop::Missing)?;
    of_person(&desk, people::reveal_member_phone(&desk.op, id).await?).await
}
