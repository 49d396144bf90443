//! Every office × every route × every place position, through HTTP: the answer is that of the matrix.
//!
//! [`things`] makes one county with at least one thing of each kind that an address can name; [`samples`] says which
//! thing stands for which `{parameter}`, and lists the few answers that differ with the reason. A route without a
//! sample fails the story with a sentence that says what to add.

mod samples;
mod things;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use domain::{
    permission::{OfficeKind, Relation, Verdict, judge},
    place::{Level, PlaceCode},
};
use platform::{
    actor::Officer,
    route::{Access, Route},
};

use crate::{
    client::Client,
    stories,
    world::{PASSWORD, World, code, county},
};

pub use samples::{Ask, Samples};
pub use things::Things;

use samples::NEEDS_AN_INSTALLED_COUNTY;
use things::{BRANCH, SUBMITTED, UNIT};

stories!(every_answer_is_the_one_of_the_table);

/// Routes that end or change the session; they come last, and each is followed by another signing in.
pub const ENDS_SESSION: &[&str] = &["/account/sign-out-everywhere", "/demo/sign-in", "/sign-out", "/switch-office"];

/// The one deed after which its thing is there no more.
const USES_UP_BUILDING: &str = "/buildings/{building}/drop";

/// Where offices of this kind are sworn in: at the things, and where the things are somebody else's.
pub fn seats(kind: OfficeKind, things: &Things) -> Vec<PlaceCode> {
    let branch = code(BRANCH);
    let own = branch.at(kind.level()).unwrap_or_else(|| code(UNIT));
    let other = match kind.level() {
        // The neighbouring county is not installed; its officers exist, and see nothing here.
        Level::County => code("530426"),
        Level::Street => code("530427002"),
        Level::Community => things.other_community.clone(),
        Level::Branch => code(SUBMITTED),
        Level::Unit | Level::UnitBranch => code("530427-0002"),
    };
    vec![own, other]
}

pub fn routes() -> Vec<Route> {
    let mut routes = app::modules::routes();
    routes.sort_by_key(|route| (ENDS_SESSION.contains(&route.path), route.path, route.method));
    routes
}

async fn every_answer_is_the_one_of_the_table(world: &World) {
    let things = Things::make(world).await;
    let samples = Samples::of(&things);
    let routes = routes();
    let mut findings = samples.gaps(&routes);
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    visitors_are_asked_to_sign_in(world, &samples, &routes, &mut findings).await;
    let mut tried: BTreeMap<Level, BTreeSet<Relation>> = BTreeMap::new();
    for kind in OfficeKind::ALL {
        for seat in seats(*kind, &things) {
            let (login, officer) = world.swear_in(*kind, &seat).await;
            let mut client = signed_in(world, &login).await;
            for route in &routes {
                for ask in samples.asks(route, &officer) {
                    if let Some(place) = &ask.place {
                        tried.entry(kind.level()).or_default().insert(Relation::of(&seat, place));
                    }
                    findings.extend(check(&mut client, route, &ask, &officer).await);
                    if route.path == USES_UP_BUILDING && expected(route, &ask, &officer) == Verdict::Allowed {
                        things.use_up_building();
                    }
                    if ENDS_SESSION.contains(&route.path) {
                        client = signed_in(world, &login).await;
                    }
                }
            }
        }
    }
    assert!(findings.is_empty(), "{} answers differ from the matrix:\n{}", findings.len(), findings.join("\n"));
    // A county lies under nothing, and nothing lies under a branch; every other relation was met.
    use Relation::{Above, Below, Elsewhere, Own};
    assert_eq!(tried[&Level::County], BTreeSet::from([Own, Below, Elsewhere]));
    assert_eq!(tried[&Level::Street], BTreeSet::from([Own, Below, Above, Elsewhere]));
    assert_eq!(tried[&Level::Community], BTreeSet::from([Own, Below, Above, Elsewhere]));
    assert_eq!(tried[&Level::Branch], BTreeSet::from([Own, Above, Elsewhere]));
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn signed_in(world: &World, login: &str) -> Client {
    let mut client = world.visitor();
    client.sign_in(login, PASSWORD).await.expect(303);
    client
}

async fn send(client: &mut Client, route: &Route, ask: &Ask) -> crate::client::Answer {
    if route.method == "GET" {
        return client.get(&ask.path).await;
    }
    let fields: Vec<(&str, &str)> = ask.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(&ask.path, &fields).await
}

/// The answer to a visitor: a page that is public, or the way to the sign-in page.
async fn visitors_are_asked_to_sign_in(
    world: &World,
    samples: &Samples<'_>,
    routes: &[Route],
    findings: &mut Vec<String>,
) {
    for route in routes {
        for ask in samples.public_asks(route) {
            let answer = send(&mut world.visitor(), route, &ask).await;
            let is_right = match (route.access, route.method) {
                (Access::Public, _) => is_let_in(answer.status),
                (Access::For(_), "GET") => answer.status == 303 && answer.location.starts_with("/sign-in?next="),
                // What was typed is not repeated after signing in, so that the person is told instead of led on.
                (Access::For(_), _) => answer.status == 401,
            };
            if !is_right {
                findings.push(format!("visitor: {} {} is answered {}", route.method, ask.path, answer.status));
            }
        }
    }
}

/// Let in: done, led on, or refused in words.
fn is_let_in(status: StatusCode) -> bool {
    !status.is_server_error() && !matches!(status.as_u16(), 401 | 403 | 404)
}

async fn check(client: &mut Client, route: &Route, ask: &Ask, officer: &Officer) -> Option<String> {
    let (office, verdict) = (&officer.office, expected(route, ask, officer));
    let answer = send(client, route, ask).await;
    let is_right = match verdict {
        Verdict::Allowed => is_let_in(answer.status),
        Verdict::Forbidden => answer.status == 403,
        Verdict::Hidden => answer.status == 404,
    };
    let place = ask.place.as_ref().map(PlaceCode::as_str).unwrap_or_default();
    let said = || answer.words().chars().take(80).collect::<String>();
    (!is_right).then(|| {
        let (kind, status) = (office.kind, answer.status);
        format!(
            "{kind} at {}: {} {} (at {place}) should be {verdict:?} and is {status}: {}",
            office.place,
            route.method,
            ask.path,
            said()
        )
    })
}

pub fn expected(route: &Route, ask: &Ask, officer: &Officer) -> Verdict {
    let (Access::For(deed), Some(place)) = (route.access, &ask.place) else {
        return Verdict::Allowed;
    };
    let seat = &officer.office.place;
    if NEEDS_AN_INSTALLED_COUNTY.contains(&route.path) && !seat.is_within(&county()) {
        return Verdict::Hidden;
    }
    judge(officer.office.kind, deed, seat, place)
}
