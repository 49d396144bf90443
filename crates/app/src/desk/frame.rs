//! The frame of a page: who reads it, what they may open, and what waits on them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{extract::FromRequestParts, http::request::Parts};
use domain::ids::OfficeId;
use platform::{
    act::Op,
    actor::Officer,
    assets::assets,
    error::Stop,
    floor::{Floor, Standing},
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
    /// How much waited when it was last counted.
    pub counts: Counts,
}

/// How many things wait on each office, as long as nothing has changed: every page shows it in the menu, and counting
/// asks every module.
#[derive(Debug, Default)]
pub struct Counts(Mutex<(Standing, HashMap<OfficeId, u64>)>);

impl Counts {
    fn known(&self, standing: Standing, office: OfficeId) -> Option<u64> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (counts.0 == standing).then(|| counts.1.get(&office).copied()).flatten()
    }

    fn keep(&self, standing: Standing, office: OfficeId, count: u64) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.0 != standing {
            *counts = (standing, HashMap::new());
        }
        counts.1.insert(office, count);
    }
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
        // Read before the modules are asked: a change in between makes the count old, not new.
        let standing = self.op.floor.lately();
        let mut todos = Vec::new();
        for source in &self.registry.sources {
            todos.extend(source(&self.op).await?);
        }
        Todo::sort(&mut todos);
        self.registry.counts.keep(standing, self.officer.office.id, todos.len() as u64);
        Ok(todos)
    }

    /// The frame of a page titled `title`.
    ///
    /// # Errors
    /// When the counts in it cannot be read.
    pub async fn shell(&self, title: impl Into<String>) -> Result<Shell, Stop> {
        let waiting = self.waiting().await?;
        self.shell_with(title, waiting).await
    }

    async fn waiting(&self) -> Result<u64, Stop> {
        if let Some(count) = self.registry.counts.known(self.op.floor.lately(), self.officer.office.id) {
            return Ok(count);
        }
        Ok(self.todos().await?.len() as u64)
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
        let offered: Vec<_> = self.registry.menu.iter().filter(|entry| self.op.can(entry.deed, place)).collect();
        // A page may lie below that of another entry; only the nearest one is where the reader is.
        let here = offered.iter().map(|entry| entry.href).filter(|href| is_at(&self.view.here, href));
        let here = here.max_by_key(|href| href.len());
        for entry in offered {
            let item = MenuItem {
                label: entry.label.to_owned(),
                href: entry.href.to_owned(),
                count: (entry.href == LINKS.home).then_some(waiting),
                is_current: here == Some(entry.href),
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
