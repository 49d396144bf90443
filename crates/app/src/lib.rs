//! The modules of the product. [`modules`] lists them, foundations first.

pub mod accounts;
pub mod activities;
pub mod audit_log;
pub mod branches;
pub mod calendar;
pub mod deliberations;
pub mod demo;
pub mod desk;
pub mod disputes;
pub mod funds;
pub mod identity;
pub mod ledger;
pub mod meetings;
pub mod members;
pub mod messages;
pub mod modules;
pub mod notices;
pub mod own;
pub mod owner_votes;
pub mod people;
pub mod places;
pub mod points;
pub mod portal;
pub mod property;
pub mod reminders;
pub mod resolutions;
pub mod restructuring;
pub mod review;
pub mod selection;
pub mod service;
pub mod units;
pub mod voices;
pub mod workbench;

use std::sync::Arc;

use axum::{Extension, Router, middleware};
use platform::{floor::Floor, route, serve, sessions};

/// The whole product as one router over `floor`.
pub fn router(floor: &Floor) -> Router {
    let routes = route::router(modules::routes())
        .layer(Extension(Arc::new(modules::registry())))
        .layer(middleware::from_fn_with_state(floor.clone(), identity::session::prepare))
        .layer(sessions::layer(floor));
    serve::layered(routes, floor)
}
