//! Routes as data: each says its method, its path and who may knock, so that a test can try every one of them.

use axum::{
    Router,
    extract::Request,
    handler::Handler,
    middleware::{self, Next},
    response::{IntoResponse as _, Redirect, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use domain::permission::Deed;

use crate::{act::Op, actor::Actor, error::Stop, floor::Floor};

/// Who may knock at a route. What may be done there is asked again on the loaded object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Public,
    /// Whoever is signed in; the deed is judged on the loaded object.
    For(Deed),
}

/// One route.
#[derive(Debug, Clone)]
pub struct Route {
    /// `GET` or `POST`; pages work without scripts, so there are no others.
    pub method: &'static str,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// Who may knock.
    pub access: Access,
    handler: MethodRouter<Floor>,
}

impl Route {
    /// A page.
    pub fn get<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Floor>,
        T: 'static,
    {
        Self { method: "GET", path, access, handler: guarded(on(MethodFilter::GET, handler), access) }
    }

    /// A deed.
    pub fn post<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Floor>,
        T: 'static,
    {
        Self { method: "POST", path, access, handler: guarded(on(MethodFilter::POST, handler), access) }
    }
}

/// All routes as one router.
pub fn router(routes: Vec<Route>) -> Router<Floor> {
    routes.into_iter().fold(Router::new(), |router, route| router.route(route.path, route.handler))
}

fn guarded(handler: MethodRouter<Floor>, access: Access) -> MethodRouter<Floor> {
    match access {
        Access::Public => handler,
        Access::For(_) => handler.layer(middleware::from_fn(ask_to_sign_in)),
    }
}

/// Sends a visitor to the sign-in page, and back to where they wanted to go.
async fn ask_to_sign_in(request: Request, next: Next) -> Response {
    let is_officer = request.extensions().get::<Op>().is_some_and(|op| matches!(op.actor, Actor::Officer(_)));
    if is_officer {
        return next.run(request).await;
    }
    if request.method() == axum::http::Method::GET {
        let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", wanted).finish();
        return Redirect::to(&format!("/sign-in?{query}")).into_response();
    }
    Stop::SignedOut.into_response()
}
