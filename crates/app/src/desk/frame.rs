//! The frame of a page: who reads it, what they may open, and what waits on them.

use std::sync::Arc;

use axum::{extract::FromRequestParts, http::request::Parts};
use platform::{
    act::Op,
    actor::Officer,
    assets::assets,
    error::Stop,
    floor::Floor,
    shell::{DemoBar, HatLink, LINKS, MenuGroup, MenuItem, Shell},
    view::View,
};

use super::{MenuEntry, Todo, TodoSource};
use crate::{identity::session::Hats, messages};

/// What the modules give to the desk; made from the one list in [`crate::modules`].
#[derive(Debug)]
pub struct Registry {
    /// The menu, in the order of the modules.
    pub menu: Vec<MenuEntry>,
    /// Whom to ask what waits.
    pub sources: Vec<TodoSource>,
}

/// The desk of the officer who made this request.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The operation.
    pub op: Op,
    /// The officer.
    pub officer: Officer,
    /// How the page is read.
    pub view: View,
    hats: Hats,
    registry: Arc<Registry>,
}

impl FromRequestParts<Floor> for Desk {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, floor: &Floor) -> Result<Self, Stop> {
        let op = Op::from_request_parts(parts, floor).await?;
        let officer = op.actor.officer()?.clone();
        let view = View::of_parts(&parts.headers, &parts.uri);
        let hats = parts.extensions.get::<Hats>().cloned().unwrap_or_default();
        let registry = parts.extensions.get::<Arc<Registry>>().cloned();
        let registry = registry.ok_or_else(|| Stop::fault("a route stands outside the registry"))?;
        Ok(Self { op, officer, view, hats, registry })
    }
}

impl Desk {
    /// Everything that waits on the office in use, the most urgent first.
    ///
    /// # Errors
    /// When a module cannot answer.
    pub async fn todos(&self) -> Result<Vec<Todo>, Stop> {
        let mut todos = Vec::new();
        for source in &self.registry.sources {
            todos.extend(source(&self.op).await?);
        }
        Todo::sort(&mut todos);
        Ok(todos)
    }

    /// The frame of a page titled `title`.
    ///
    /// # Errors
    /// When the counts in it cannot be read.
    pub async fn shell(&self, title: impl Into<String>) -> Result<Shell, Stop> {
        let waiting = self.todos().await?.len() as u64;
        self.shell_with(title, waiting).await
    }

    /// The frame of a page that has counted what waits by itself.
    ///
    /// # Errors
    /// When the counts in it cannot be read.
    pub async fn shell_with(&self, title: impl Into<String>, waiting: u64) -> Result<Shell, Stop> {
        let hats = self.hats.0.iter().map(|office| HatLink {
            id: office.id.to_string(),
            title: office.title.clone(),
            is_current: office.id == self.officer.office.id,
        });
        Ok(Shell {
            title: title.into(),
            person: self.officer.name.clone(),
            office: self.officer.office.title.clone(),
            hats: hats.collect(),
            menu: self.menu(waiting),
            unread: messages::unread(&self.op).await?,
            elder: self.view.elder,
            demo: DemoBar::of(&self.op),
            assets: assets(),
            flash: self.view.flash.clone(),
            here: self.view.here.clone(),
            links: LINKS,
        })
    }

    fn menu(&self, waiting: u64) -> Vec<MenuGroup> {
        let mut groups: Vec<MenuGroup> = Vec::new();
        let place = &self.officer.office.place;
        for entry in self.registry.menu.iter().filter(|entry| self.op.can(entry.deed, place)) {
            let item = MenuItem {
                label: entry.label.to_owned(),
                href: entry.href.to_owned(),
                count: (entry.href == LINKS.home).then_some(waiting),
                is_current: is_at(&self.view.here, entry.href),
            };
            match groups.iter_mut().find(|group| group.label == entry.group) {
                Some(group) => group.items.push(item),
                None => groups.push(MenuGroup { label: entry.group.to_owned(), items: vec![item] }),
            }
        }
        groups
    }
}

fn is_at(here: &str, href: &str) -> bool {
    let path = here.split('?').next().unwrap_or(here);
    path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'))
}
