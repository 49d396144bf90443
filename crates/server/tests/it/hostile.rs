//! Any bytes into any route: never a 5xx, never a panic.

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use domain::permission::OfficeKind;

use crate::{
    client::Client,
    stories,
    world::{World, code, county},
};

stories!(no_input_is_a_fault);

/// What people and attackers send where something else was expected.
const STRANGE: &[&str] = &[
    "",
    "%00",
    "%FF%FE",
    "..%2F..%2Fetc%2Fpasswd",
    "%27%20OR%201%3D1--",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "%3Dcmd%7C%27%2FC%20calc%27!A0",
    "99999999999999999999999999",
    "-1",
    "%F0%A0%AE%B7%F0%9F%98%80",
    "0196f000-0000-7000-8000-000000000000",
    "530427",
    "5304270010010001",
    "2022-02-30",
];

async fn no_input_is_a_fault(world: &World) {
    let branch = code("5304270010010001");
    let mut clients: Vec<Client> = vec![
        world.visitor(),
        world.officer(OfficeKind::CountyOrgDept, &county()).await,
        world.officer(OfficeKind::Administrator, &county()).await,
        world.officer(OfficeKind::StreetOfficer, &code("530427001")).await,
        world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await,
        world.officer(OfficeKind::BranchSecretary, &branch).await,
    ];
    for route in app::modules::routes() {
        for (index, strange) in STRANGE.iter().enumerate() {
            let path = fill(route.path, strange);
            let who = index % clients.len();
            let client = clients.get_mut(who).expect("a client");
            // Signing out would end the attack, and moving the date the world.
            if matches!(route.path, "/sign-out" | "/account/sign-out-everywhere" | "/demo/date") {
                continue;
            }
            let request = if route.method == "GET" {
                let names = ["q", "from", "from_row", "place", "stage", "year", "deed", "account", "subject", "until"];
                let query: Vec<String> = names.iter().map(|name| format!("{name}={strange}")).collect();
                Request::get(format!("{path}?{}", query.join("&"))).body(Body::empty())
            } else {
                post(&path, strange, index)
            };
            let Ok(request) = request else { continue };
            let answer = client.send(request).await;
            assert!(answer.status.as_u16() < 500, "{} {path} with {strange:?}: {}", route.method, answer.words());
        }
    }
}

fn fill(path: &str, strange: &str) -> String {
    let filled: Vec<&str> = path
        .split('/')
        .map(|part| if part.starts_with('{') { if strange.is_empty() { "x" } else { strange } } else { part })
        .collect();
    filled.join("/")
}

fn post(path: &str, strange: &str, index: usize) -> Result<Request<Body>, axum::http::Error> {
    let request = Request::builder().method(Method::POST).uri(path);
    match index % 3 {
        0 => {
            let names =
                ["name", "reason", "seats", "verdict", "seen", "rank", "met_on", "days", "kind", "place", "login"];
            let body: Vec<String> = names.iter().map(|name| format!("{name}={strange}")).collect();
            request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body.join("&")))
        }
        1 => {
            let body =
                format!("--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n{strange}\r\n--X");
            request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=X").body(Body::from(body))
        }
        _ => request.header(header::CONTENT_TYPE, "application/json").body(Body::from(vec![0xFF, 0x00, 0x80, b'{'])),
    }
}
