//! The first page after signing in: what waits, the most urgent first (待办), and the season and the residents' voices at a glance.

use askama::Template;
use axum::response::Response;
use domain::{clock::Instant, permission::Deed};
use platform::{error::Stop, pages::page, shell::Shell};

use super::{
    dashboard::{self, Glance},
    urls,
};
use crate::{
    desk::{Desk, Todo, Waiting},
    voices,
};

#[derive(Template)]
#[template(path = "workbench/home.html")]
struct HomePage {
    shell: Shell,
    now: Instant,
    todos: Vec<Todo>,
    glance: Option<Glance>,
    dashboard: &'static str,
    /// What residents wait for, for offices that may see it.
    voices: Option<voices::Glance>,
}

impl HomePage {
    fn tone(&self, todo: &Todo) -> (&'static str, &'static str) {
        match todo.waiting(self.now) {
            Waiting::Late => ("bad", "已逾期"),
            Waiting::Soon => ("warn", "快到期"),
            Waiting::Calm => ("calm", "待办"),
        }
    }

    /// Whole days since the oldest open voice stands as it stands.
    fn days_of_oldest(&self) -> Option<i64> {
        let since = self.voices.as_ref()?.oldest?;
        Some(self.now.days_since(since))
    }

    fn late(&self) -> usize {
        self.todos.iter().filter(|todo| todo.waiting(self.now) == Waiting::Late).count()
    }
}

/// What waits on the office in use.
pub async fn home(desk: Desk) -> Result<Response, Stop> {
    desk.op.permit(Deed::UseDesk, &desk.officer.office.place)?;
    let todos = desk.todos().await?;
    let shell = desk.shell_with("待办", todos.len() as u64).await?;
    let glance = dashboard::glance(&desk).await?;
    let place = &desk.officer.office.place;
    let voices = match desk.op.can(Deed::ViewVoice, place) {
        true => Some(voices::glance(&desk.op, place).await?),
        false => None,
    };
    page(&HomePage { shell, now: desk.op.now(), todos, glance, dashboard: urls::DASHBOARD, voices })
}
