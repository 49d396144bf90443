//! The first page after signing in: what waits, the most urgent first (待办), and the season at a glance.

use askama::Template;
use axum::response::Response;
use domain::{clock::Instant, permission::Deed};
use platform::{error::Stop, pages::page, shell::Shell};

use super::{
    dashboard::{self, Glance},
    urls,
};
use crate::desk::{Desk, Todo, Waiting};

#[derive(Template)]
#[template(path = "workbench/home.html")]
struct HomePage {
    shell: Shell,
    now: Instant,
    todos: Vec<Todo>,
    glance: Option<Glance>,
    dashboard: &'static str,
}

impl HomePage {
    fn tone(&self, todo: &Todo) -> (&'static str, &'static str) {
        match todo.waiting(self.now) {
            Waiting::Late => ("bad", "已逾期"),
            Waiting::Soon => ("warn", "快到期"),
            Waiting::Calm => ("calm", "待办"),
        }
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
    page(&HomePage { shell, now: desk.op.now(), todos, glance, dashboard: urls::DASHBOARD })
}
