//! What an entry of the menu shows while the county has no season: what will be here, and what is to be done first.

use askama::Template;
use axum::response::Response;
use domain::permission::Deed;
use platform::{error::Stop, pages::page, shell::Shell};

use crate::{desk::Desk, selection::urls};

#[derive(Template)]
#[template(path = "selection/no_season.html")]
struct NoSeasonPage {
    shell: Shell,
    hint: &'static str,
    can_open: bool,
}

impl NoSeasonPage {
    fn seasons(&self) -> &'static str {
        urls::SEASONS
    }
}

/// The page titled `title` before the first season; `hint` tells what will be here.
///
/// # Errors
/// When the frame cannot be drawn.
pub async fn no_season(desk: &Desk, title: &str, hint: &'static str) -> Result<Response, Stop> {
    let can_open = desk.op.can(Deed::OpenSeason, &desk.officer.office.place);
    page(&NoSeasonPage { shell: desk.shell(title).await?, hint, can_open })
}
