//! The modules, foundations first: each may use only those above it. This is the one list of what the product has.

use platform::{db::migrate::Migrations, jobs::JobKind, route::Route, schema::M0001Floor, upkeep};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::{
    accounts, activities, audit_log, branches, calendar, deliberations, demo,
    desk::{Counts, MenuEntry, Registry, TodoSource},
    disputes, funds, identity, ledger, meetings, members, messages, notices, own, owner_votes, people, places, points,
    portal, property, reminders, resolutions, restructuring, review, selection, service, units, voices, workbench,
};

/// What a module gives to the whole; most give only some of it.
struct Module {
    migrations: fn() -> Migrations,
    routes: fn() -> Vec<Route>,
    menu: &'static [MenuEntry],
    todos: Option<TodoSource>,
    jobs: &'static [JobKind],
}

/// A module that gives nothing; the list below names what each one does give.
const NONE: Module = Module { migrations: Vec::new, routes: Vec::new, menu: &[], todos: None, jobs: &[] };

const MODULES: &[Module] = &[
    Module { migrations: identity::migrations, routes: identity::routes, ..NONE },
    Module { migrations: messages::migrations, ..NONE },
    // `desk` draws the frame around everything below.
    Module { migrations: places::migrations, routes: places::routes, ..NONE },
    Module { routes: accounts::routes, menu: accounts::MENU, ..NONE },
    Module { migrations: calendar::migrations, routes: calendar::routes, menu: calendar::MENU, ..NONE },
    Module { migrations: people::migrations, routes: people::routes, ..NONE },
    Module { routes: audit_log::routes, menu: audit_log::MENU, ..NONE },
    Module { routes: branches::routes, menu: branches::MENU, ..NONE },
    Module { migrations: ledger::migrations, routes: ledger::routes, menu: ledger::MENU, ..NONE },
    // The rolls' entries stand first of their group; the module itself comes below, because posts and wishes end with a line.
    Module { menu: members::MENU, ..NONE },
    Module {
        migrations: units::migrations,
        routes: units::routes,
        menu: units::MENU,
        todos: Some(units::todos),
        ..NONE
    },
    Module { migrations: resolutions::migrations, ..NONE },
    Module {
        migrations: points::migrations,
        routes: points::routes,
        menu: points::MENU,
        todos: Some(points::todos),
        jobs: points::JOBS,
    },
    Module {
        migrations: meetings::migrations,
        routes: meetings::routes,
        menu: meetings::MENU,
        todos: Some(meetings::todos),
        ..NONE
    },
    Module {
        migrations: activities::migrations,
        routes: activities::routes,
        menu: activities::MENU,
        todos: Some(activities::todos),
        ..NONE
    },
    Module {
        migrations: service::migrations,
        routes: service::routes,
        menu: service::MENU,
        todos: Some(service::todos),
        ..NONE
    },
    Module { migrations: members::migrations, routes: members::routes, todos: Some(members::todos), ..NONE },
    Module { migrations: own::migrations, routes: own::routes, menu: own::MENU, todos: Some(own::todos), ..NONE },
    // Above the selection, which counts what they hold.
    Module {
        migrations: voices::migrations,
        routes: voices::routes,
        menu: voices::MENU,
        todos: Some(voices::todos),
        jobs: voices::JOBS,
    },
    Module {
        migrations: disputes::migrations,
        routes: disputes::routes,
        menu: disputes::MENU,
        todos: Some(disputes::todos),
        ..NONE
    },
    Module {
        migrations: property::migrations,
        routes: property::routes,
        menu: property::MENU,
        todos: Some(property::todos),
        ..NONE
    },
    Module {
        migrations: owner_votes::migrations,
        routes: owner_votes::routes,
        menu: owner_votes::MENU,
        todos: Some(owner_votes::todos),
        jobs: owner_votes::JOBS,
    },
    Module {
        migrations: deliberations::migrations,
        routes: deliberations::routes,
        menu: deliberations::MENU,
        todos: Some(deliberations::todos),
        jobs: deliberations::JOBS,
    },
    Module {
        migrations: selection::migrations,
        routes: selection::routes,
        menu: selection::MENU,
        todos: Some(selection::todos),
        jobs: selection::JOBS,
    },
    Module {
        migrations: review::migrations,
        routes: review::routes,
        menu: review::MENU,
        todos: Some(review::todos),
        ..NONE
    },
    Module {
        migrations: notices::migrations,
        routes: notices::routes,
        menu: notices::MENU,
        todos: Some(notices::todos),
        jobs: notices::JOBS,
    },
    Module {
        migrations: funds::migrations,
        routes: funds::routes,
        menu: funds::MENU,
        todos: Some(funds::todos),
        ..NONE
    },
    Module { routes: restructuring::routes, ..NONE },
    Module { jobs: reminders::JOBS, ..NONE },
    Module { routes: portal::routes, ..NONE },
    Module { routes: demo::routes, ..NONE },
    Module { routes: workbench::routes, menu: workbench::MENU, ..NONE },
];

/// Every route of the product.
#[must_use]
pub fn routes() -> Vec<Route> {
    MODULES.iter().flat_map(|module| (module.routes)()).collect()
}

/// Every kind of job, the floor's own first.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    upkeep::JOBS.iter().chain(MODULES.iter().flat_map(|module| module.jobs)).copied().collect()
}

/// What the modules give to the desk. The workbench's own entries come first, the others in the order of the list.
#[must_use]
pub fn registry() -> Registry {
    let others = MODULES.iter().rev().skip(1).rev().flat_map(|module| module.menu);
    Registry {
        menu: workbench::MENU.iter().chain(others).copied().collect(),
        sources: MODULES.iter().filter_map(|module| module.todos).collect(),
        counts: Counts::default(),
    }
}

/// The whole schema, in the order of the modules.
#[derive(Debug)]
pub struct Schema;

impl MigratorTrait for Schema {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let floor: Box<dyn MigrationTrait> = Box::new(M0001Floor);
        std::iter::once(floor).chain(MODULES.iter().flat_map(|module| (module.migrations)())).collect()
    }
}
