//! Which thing stands for which `{parameter}` of an address, and the few answers that differ from the rule.
//!
//! The rule: a route's deed is judged at the place of the thing that its last parameter names; without a parameter, at
//! the office's own place.

use domain::place::{Level, PlaceCode};
use platform::{
    actor::Officer,
    route::{Access, Route},
};

use super::things::{BRANCH, COMMUNITY, STREET, Things, UNIT};
use crate::world::{code, county};

/// One request, and where its deed is judged.
pub struct Ask {
    pub path: String,
    /// Where; `None` for what is public.
    pub place: Option<PlaceCode>,
    pub fields: Vec<(&'static str, String)>,
}

/// A thing that an address can name, and its place.
#[derive(Clone)]
pub struct Sample {
    pub id: String,
    pub place: PlaceCode,
}

/// Where a deed is judged, when it is not the rule's place.
#[derive(Clone, Copy, PartialEq)]
enum Where {
    /// The county of the office.
    OwnCounty,
    /// The office's own place, as long as the named thing is of its county: the page shows what lies in one's reach.
    OwnReach,
    /// The thing that the form names.
    Thing(&'static str),
}

/// Routes whose deed is judged elsewhere than the rule says, with the reason.
const ELSEWHERE: &[(&str, &str, Where, &str)] = &[
    ("GET", "/awards", Where::OwnCounty, "the awards of the county"),
    ("GET", "/awards/awards.xlsx", Where::OwnCounty, "the awards of the county"),
    ("POST", "/disputes/new", Where::Thing("branch"), "the form names the branch"),
    ("GET", "/funds/seasons/{season}", Where::OwnReach, "shows the money of one's own branches"),
    ("GET", "/funds/seasons/{season}/payments.xlsx", Where::OwnReach, "shows the money of one's own branches"),
    ("POST", "/ledger/imports", Where::OwnCounty, "a workbook is the whole county's"),
    ("GET", "/notice-desk", Where::OwnCounty, "leads to the notice of the county's season"),
    ("GET", "/objection-desk/new", Where::OwnCounty, "shows the notices of the county"),
    ("POST", "/objection-desk/new", Where::Thing("notice"), "the form names the notice"),
    ("POST", "/voice-desk/new", Where::Thing("branch"), "the form names the branch"),
    ("GET", "/units/{unit}/reports/{year}", Where::Thing("unit"), "what reached the unit is the unit's"),
    ("GET", "/units/{unit}/reports/{year}/members/{membership}/report.docx", Where::Thing("unit"), "the same"),
    ("GET", "/units/{unit}/reports/{year}/communities/{community}/feedback.docx", Where::Thing("unit"), "the same"),
    ("GET", "/parameters/{year}", Where::OwnCounty, "the parameters of one's own county"),
    ("POST", "/parameters/{year}", Where::OwnCounty, "the parameters of one's own county"),
    ("GET", "/points-years/{year}", Where::OwnCounty, "the year of one's own county"),
    ("POST", "/points-years/{year}/close", Where::OwnCounty, "the same"),
    ("POST", "/points-years/{year}/settle", Where::OwnCounty, "the same"),
    ("POST", "/points-years/{year}/report", Where::OwnCounty, "the same"),
    ("GET", "/points-years/{year}/reports.zip", Where::OwnCounty, "the same"),
    ("GET", "/review/consultations", Where::OwnCounty, "leads to the county's season"),
    ("GET", "/review/decision", Where::OwnCounty, "leads to the county's season"),
    ("GET", "/review/panel", Where::OwnCounty, "leads to the county's season"),
    ("GET", "/review/preliminary", Where::OwnCounty, "leads to the county's season"),
    ("GET", "/seasons", Where::OwnCounty, "the seasons of the county"),
    ("GET", "/seasons.xlsx", Where::OwnCounty, "the seasons of the county"),
    ("GET", "/seasons/{season}/summary", Where::OwnReach, "shows one's own applications"),
    ("GET", "/seasons/{season}/summary.xlsx", Where::OwnReach, "shows one's own applications"),
];

/// Pages that are not there for the offices of a county that is not installed: its tree has no places.
pub const NEEDS_AN_INSTALLED_COUNTY: &[&str] = &["/places"];

/// Routes whose parameter names fewer things than others of its name.
const NARROWER: &[(&str, &str, &str)] = &[
    ("/places/{place}/edit", "branch", "only branches have particulars"),
    ("/places/{place}/buildings.xlsx", "branch", "only branches have buildings"),
    ("/places/{place}/buildings/new", "branch", "only branches have buildings"),
    ("/places/{place}/committee", "branch", "only branches have a committee"),
    ("/places/{place}/committee.xlsx", "branch", "only branches have a committee"),
    ("/places/{place}/restructuring", "branch", "only branches are moved or dissolved"),
    ("/places/{place}/restructuring/move", "branch", "only branches are moved or dissolved"),
    ("/places/{place}/restructuring/dissolve", "branch", "only branches are moved or dissolved"),
    ("/places/{place}/restructuring/restore", "branch", "only branches are moved or dissolved"),
    ("/places/{place}/members/new", "branch", "only branches have a roll"),
    ("/places/{place}/members/poster", "branch", "the same"),
    ("/places/{place}/members/confirm", "branch", "the same"),
    ("/places/{place}/members/verify", "branch", "the same"),
    ("/places/{place}/members/group", "branch", "the same"),
    ("/places/{place}/members/import", "branch", "the same"),
    ("/places/{place}/members/import/table.xlsx", "branch", "the same"),
    ("/places/{place}/members/import/confirm", "branch", "the same"),
    ("/join/{place}", "branch", "the same"),
    ("/posts/places/{place}/new", "branch", "only branches have posts"),
    ("/wishes/places/{place}/new", "branch", "only branches publish wishes"),
    ("/points/places/{place}/approve", "branch", "only branches have entries"),
    ("/points/places/{place}/reject", "branch", "only branches have entries"),
    ("/points/places/{place}/propose", "branch", "only branches have entries"),
    ("/points/places/{place}/catalogue", "branch", "the county's template is the county's own deed"),
    ("/meetings/places/{place}/new", "branch", "only branches meet"),
    (
        "/activities/places/{place}/calendar/open",
        "branch",
        "a new address kills the sample's, which is the community's",
    ),
    ("/activities/places/{place}/calendar/shut", "branch", "the same"),
    ("/awards/applications/{application}/revoke", "awarded", "only an award can be taken back"),
    ("/review/preliminary/applications/{application}", "awarded", "only what a street recommended is before the panel"),
    ("/review/preliminary/applications/{application}/opinion", "awarded", "the same"),
    ("/review/preliminary/applications/{application}/veto", "awarded", "the same"),
    ("/buildings/{building}/drop", "spare", "a building that is gone is gone for the next office too"),
];

/// What a form must say before it names a thing at all. Any identifier does for messages: it says up to when.
const FIELDS: &[(&str, &str, &str)] = &[
    ("/applications/start", "season", "season"),
    ("/demo/sign-in", "office", "own office"),
    ("/disputes/new", "place", "branch"),
    ("/messages/seen", "until", "season"),
    ("/objection-desk/new", "notice", "notice"),
    ("/review/substitution/{season}/{street}", "application", "awarded"),
    ("/switch-office", "office", "own office"),
    ("/voice-desk/new", "branch", "branch"),
];

/// The samples over the things of a county.
pub struct Samples<'a> {
    things: &'a Things,
}

impl<'a> Samples<'a> {
    pub fn of(things: &'a Things) -> Self {
        Self { things }
    }

    /// The things for a parameter, or for one of the narrower names.
    fn samples(&self, name: &str) -> Vec<Sample> {
        let at = |id: &str, place: &str| Sample { id: id.to_owned(), place: code(place) };
        match name {
            "place" => [county().as_str(), STREET, COMMUNITY, BRANCH].map(|place| at(place, place)).into(),
            "branch" => vec![at(BRANCH, BRANCH)],
            "street" => vec![at(STREET, STREET)],
            "unit" => vec![at(UNIT, UNIT)],
            "year" => vec![at("2022", county().as_str())],
            "spare" => self.things.spare_building().into_iter().collect(),
            known => self.things.named.get(known).cloned().unwrap_or_default(),
        }
    }

    fn things_of(&self, path: &str, parameter: &str) -> Vec<Sample> {
        let narrower = NARROWER.iter().find(|(narrow, ..)| *narrow == path);
        self.samples(narrower.map_or(parameter, |(_, name, _)| *name))
    }

    /// Sentences for whoever has added a route with a parameter that nothing stands for.
    pub fn gaps(&self, routes: &[Route]) -> Vec<String> {
        let mut gaps = Vec::new();
        for route in routes {
            for parameter in parameters(route.path) {
                if self.things_of(route.path, parameter).is_empty() {
                    gaps.push(format!(
                        "{} {}: nothing stands for {{{parameter}}}. Make such a thing in tests/it/positions/things.rs and \
                         add it to `named` there under “{parameter}”, with its place.",
                        route.method, route.path
                    ));
                }
            }
        }
        let paths: Vec<&str> = routes.iter().map(|route| route.path).collect();
        let listed = ELSEWHERE.iter().map(|row| row.1).chain(NARROWER.iter().map(|row| row.0));
        let listed = listed.chain(FIELDS.iter().map(|row| row.0));
        gaps.extend(
            listed
                .filter(|path| !paths.contains(path))
                .map(|path| format!("{path} is in a table of tests/it/positions/samples.rs and is no route any more.")),
        );
        gaps
    }

    /// Every request of an officer to a route.
    pub fn asks(&self, route: &Route, officer: &Officer) -> Vec<Ask> {
        let own = &officer.office.place;
        let elsewhere = ELSEWHERE.iter().find(|(method, path, ..)| (*method, *path) == (route.method, route.path));
        let judged_at = |named: Option<PlaceCode>| match elsewhere.map(|row| row.2) {
            Some(Where::OwnCounty) => own.at(Level::County),
            Some(Where::OwnReach) => named.filter(|season| !own.is_within(season)).or(Some(own.clone())),
            Some(Where::Thing(name)) => self.samples(name).into_iter().next().map(|thing| thing.place),
            None => named.or(Some(own.clone())),
        };
        let fields = self.fields(route.path, &officer.office.id.to_string());
        let ask = |(path, named)| {
            let place = if route.access == Access::Public { None } else { judged_at(named) };
            Ask { path, place, fields: fields.clone() }
        };
        self.fill(route).into_iter().map(ask).collect()
    }

    /// Every request of a visitor to a route.
    pub fn public_asks(&self, route: &Route) -> Vec<Ask> {
        let office = self.things.named["office"].first().map(|office| office.id.clone()).unwrap_or_default();
        let fields = self.fields(route.path, &office);
        let ask = |(path, _)| Ask { path, place: None, fields: fields.clone() };
        self.fill(route).into_iter().map(ask).collect()
    }

    fn fields(&self, path: &str, office: &str) -> Vec<(&'static str, String)> {
        let value = |name: &str| match name {
            "own office" => office.to_owned(),
            known => self.samples(known).first().map(|sample| sample.id.clone()).unwrap_or_default(),
        };
        FIELDS.iter().filter(|(of, ..)| *of == path).map(|(_, field, name)| (*field, value(name))).collect()
    }

    /// The route's addresses, each with the place of the thing that the last parameter names.
    fn fill(&self, route: &Route) -> Vec<(String, Option<PlaceCode>)> {
        let parameters = parameters(route.path);
        let Some((last, earlier)) = parameters.split_last() else {
            return vec![(route.path.to_owned(), None)];
        };
        let mut path = route.path.to_owned();
        for parameter in earlier {
            let first = self.things_of(route.path, parameter).into_iter().next().expect("no gaps");
            path = path.replace(&format!("{{{parameter}}}"), &first.id);
        }
        let fill = |it: Sample| (path.replace(&format!("{{{last}}}"), &it.id), Some(it.place));
        self.things_of(route.path, last).into_iter().map(fill).collect()
    }
}

fn parameters(path: &str) -> Vec<&str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}
