//! The modules of the product. [`modules`] lists them, foundations first.

pub mod identity;
pub mod modules;
pub mod people;
pub mod places;

use axum::{Router, middleware};
use platform::{floor::Floor, route, serve, sessions};

/// The whole product as one router over `floor`.
pub fn router(floor: &Floor) -> Router {
    let routes = route::router(modules::routes())
        .layer(middleware::from_fn_with_state(floor.clone(), identity::session::prepare))
        .layer(sessions::layer(&floor.db, &floor.config));
    serve::layered(routes, floor)
}
