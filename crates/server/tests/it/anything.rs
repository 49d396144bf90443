//! Any query and any form into every route, sent by an office that is let in: an answer in words, never a 5xx.
//!
//! The words come from the pages themselves: the names of their forms' fields and the values that stand in them, mixed
//! with arbitrary text, numbers, dates and bytes. What is drawn is the same at every run.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use domain::permission::{OfficeKind, Verdict};
use platform::{actor::Officer, route::Route};
use proptest::{
    prelude::*,
    sample::select,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::{
    client::Client,
    positions::{ENDS_SESSION, Samples, Things, expected, routes, seats},
    stories,
    world::{PASSWORD, World},
};

stories!(any_query_and_any_form_is_answered_in_words);

/// Requests to each address.
const QUERIES: usize = 5;
const FORMS: usize = 12;
/// What no story of this kind sends: they end the session, or move the day.
const LEFT_OUT: &str = "/demo/date";

/// What the pages themselves say: their addresses' parameters, their fields and their values.
#[derive(Default)]
struct Words {
    names: BTreeSet<String>,
    values: BTreeSet<String>,
    /// Fields by the address that their form is sent to.
    forms: BTreeMap<String, Vec<String>>,
}

impl Words {
    fn learn(&mut self, address: &str, page: &str) {
        let attributes = |text: &str, name: &str| -> Vec<String> {
            let quoted = format!(" {name}=\"");
            text.split(&quoted).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
        };
        self.names.extend(attributes(page, "name"));
        self.values.extend(attributes(page, "value").into_iter().filter(|value| value.len() < 60));
        for link in attributes(page, "href") {
            let query = link.split_once('?').map_or("", |(_, query)| query);
            self.names.extend(query.split("&#38;").filter_map(|part| Some(part.split_once('=')?.0.to_owned())));
        }
        for form in page.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            let to = attributes(form, "action").into_iter().next().unwrap_or_else(|| address.to_owned());
            self.forms.entry(to).or_default().extend(attributes(form, "name"));
        }
    }

    /// A value for a field.
    fn value(&self) -> BoxedStrategy<String> {
        let said: Vec<String> = self.values.iter().cloned().collect();
        prop_oneof![
            4 => select(said),
            2 => select(vec!["on", "yes", "no", "pass", "return", "approve", "agree", "upheld", "branch", "\u{0}", "", " "])
                .prop_map(str::to_owned),
            2 => "-?[0-9０-９]{1,22}([.,][0-9]{1,4})?",
            2 => "(19|20|99)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}",
            2 => "(?s).{0,60}",
            1 => "[=+@-]\\PC{0,30}",
            1 => "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}",
            1 => "[^ ]{1000,2000}",
        ]
        .boxed()
    }

    /// Fields with values: mostly those that the address knows.
    fn fields(&self, address: &str) -> BoxedStrategy<Vec<(String, String)>> {
        let all: Vec<String> = self.names.iter().cloned().collect();
        let known = self.forms.get(address).filter(|known| !known.is_empty()).unwrap_or(&all).clone();
        let name = prop_oneof![8 => select(known), 1 => select(all), 1 => "\\PC{0,12}"];
        proptest::collection::vec((name, self.value()), 0..16).boxed()
    }
}

/// What a form is sent as.
#[derive(Debug)]
enum Sent {
    Form(Vec<(String, String)>),
    Multipart(Vec<(String, String)>, Vec<u8>),
    Bytes(&'static str, Vec<u8>),
}

impl Sent {
    fn any(words: &Words, address: &str) -> BoxedStrategy<Self> {
        let bytes = || proptest::collection::vec(any::<u8>(), 0..300);
        let kinds = select(vec![
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=XX",
            "multipart/form-data",
            "text/plain",
            "\u{e9}",
        ]);
        prop_oneof![
            6 => words.fields(address).prop_map(Self::Form),
            3 => (words.fields(address), bytes()).prop_map(|(fields, file)| Self::Multipart(fields, file)),
            1 => (kinds, bytes()).prop_map(|(kind, bytes)| Self::Bytes(kind, bytes)),
        ]
        .boxed()
    }

    fn request(&self, path: &str) -> Request<Body> {
        let (kind, body) = match self {
            Self::Form(fields) => ("application/x-www-form-urlencoded", encoded(fields).into_bytes()),
            Self::Bytes(kind, bytes) => (*kind, bytes.clone()),
            Self::Multipart(fields, file) => {
                let mut body = Vec::new();
                for (name, value) in fields {
                    let name = name.replace(['"', '\r', '\n'], "");
                    let head = format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
                    body.extend(head.bytes());
                }
                let head = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"表.xlsx\"\r\n\r\n";
                body.extend(head.bytes().chain(file.iter().copied()).chain(b"\r\n--XX--\r\n".iter().copied()));
                ("multipart/form-data; boundary=XX", body)
            }
        };
        let request = Request::builder().method(Method::POST).uri(path).header(header::CONTENT_TYPE, kind.as_bytes());
        request.body(Body::from(body)).expect("a request")
    }
}

fn encoded(fields: &[(String, String)]) -> String {
    let byte = |byte: u8| format!("%{byte:02X}");
    let text = |text: &str| text.bytes().map(byte).collect::<String>();
    let field = |(name, value): &(String, String)| format!("{}={}", text(name), text(value));
    fields.iter().map(field).collect::<Vec<_>>().join("&")
}

/// Officers of every kind in every seat, signed in.
async fn offices(world: &World, things: &Things) -> Vec<(Officer, Client)> {
    let mut offices = Vec::new();
    let kinds = OfficeKind::ALL.iter().flat_map(|kind| seats(*kind, things).into_iter().map(|seat| (*kind, seat)));
    for (kind, seat) in kinds {
        let (login, officer) = world.swear_in(kind, &seat).await;
        let mut client = world.visitor();
        client.sign_in(&login, PASSWORD).await.expect(303);
        offices.push((officer, client));
    }
    offices
}

async fn any_query_and_any_form_is_answered_in_words(world: &World) {
    let things = Things::make(world).await;
    let samples = Samples::of(&things);
    let mut offices = offices(world, &things).await;
    let routes: Vec<Route> =
        routes().into_iter().filter(|it| !ENDS_SESSION.contains(&it.path) && it.path != LEFT_OUT).collect();
    let mut asked: Vec<(&Route, String, usize)> = Vec::new();
    for route in &routes {
        for (who, (officer, _)) in offices.iter().enumerate() {
            let mut asks = samples.asks(route, officer);
            asks.retain(|ask| expected(route, ask, officer) == Verdict::Allowed);
            if let Some(ask) = asks.pop() {
                asked.push((route, ask.path, who));
                break;
            }
        }
    }
    assert_eq!(asked.len(), routes.len(), "every route has an office that is let in");

    let mut words = Words::default();
    for (_, path, who) in asked.iter().filter(|(route, ..)| route.method == "GET") {
        let answer = offices[*who].1.get(path).await;
        words.learn(path, &answer.text());
    }
    assert!(words.names.len() > 100 && words.forms.len() > 30, "the pages have forms");
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    for (route, path, who) in &asked {
        let client = &mut offices[*who].1;
        for _ in 0..if route.method == "GET" { QUERIES } else { FORMS } {
            let (request, said) = if route.method == "GET" {
                let fields = words.fields(path).new_tree(&mut runner).expect("fields").current();
                let request = Request::get(format!("{path}?{}", encoded(&fields))).body(Body::empty());
                // An address of more than 64 KB is refused before it comes to us.
                let Ok(request) = request else { continue };
                (request, format!("{fields:?}"))
            } else {
                let sent = Sent::any(&words, path).new_tree(&mut runner).expect("a form").current();
                (sent.request(path), format!("{sent:?}"))
            };
            let answer = client.send(request).await;
            assert!(answer.status.as_u16() < 500, "{} {path} with {said}: {}", route.method, answer.words());
        }
    }
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}
