//! Requests of a member.

pub mod data;
pub mod export;
pub mod home;
pub mod meetings;
pub mod points;
pub mod report;
pub mod service;
pub mod sign_in;

use askama::Template;
use axum::response::Response;
use domain::{ids::Id, permission::Deed, place::PlaceCode};
use platform::{error::Stop, pages::page, shell::Shell};

use crate::desk::Desk;

#[derive(Template)]
#[template(path = "own/nobody.html")]
struct NobodyPage {
    shell: Shell,
    words: String,
}

/// The page, or the words for who has the office and no registration any more.
async fn shown(desk: &Desk, drawn: Result<impl Template, Stop>) -> Result<Response, Stop> {
    match drawn {
        Ok(drawn) => page(&drawn),
        Err(Stop::Refused(problems)) => {
            let words = problems.into_iter().map(|problem| problem.message).collect();
            page(&NobodyPage { shell: desk.shell("我的报到").await?, words })
        }
        Err(stop) => Err(stop),
    }
}

fn parse<I: Id>(text: &str) -> Result<I, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// What a member acts on lies at the own branch.
fn permit(desk: &Desk, branch: &PlaceCode) -> Result<(), Stop> {
    desk.op.permit(Deed::ViewOwnRecord, branch)
}
