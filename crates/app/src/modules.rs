//! The modules, foundations first: each may use only those above it. This is the one list of what the product has.

use platform::{
    db::migrate::Migrations,
    jobs::JobKind,
    route::Route,
    schema::M0001Floor,
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::{identity, people, places};

/// What a module gives to the whole.
struct Module {
    routes: fn() -> Vec<Route>,
    migrations: fn() -> Migrations,
    jobs: &'static [JobKind],
}

const MODULES: &[Module] = &[
    Module { routes: identity::routes, migrations: identity::migrations, jobs: &[] },
    Module { routes: places::routes, migrations: places::migrations, jobs: &[] },
    Module { routes: people::routes, migrations: people::migrations, jobs: &[] },
];

/// Every route of the product.
#[must_use]
pub fn routes() -> Vec<Route> {
    MODULES.iter().flat_map(|module| (module.routes)()).collect()
}

/// Every kind of job.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    MODULES.iter().flat_map(|module| module.jobs).copied().collect()
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
