//! The frame of the public pages.

use askama::Template;
use axum::{extract::FromRequestParts, http::request::Parts, response::Response};
use domain::place::{Level, PlaceCode};
use platform::{
    act::Op,
    error::Stop,
    floor::Floor,
    forms::{Query, QueryForm},
    pages,
    shell::{DemoBar, MenuItem, PortalShell},
    view::View,
};

use super::urls;
use crate::{
    places::{self, Place},
    voices,
};

/// The menu.
const MENU: [(&str, &str); 6] = [
    ("首页", urls::HOME),
    ("我要反映", voices::urls::SPEAK),
    ("公示公告", urls::NOTICES),
    ("评选结果", urls::RESULTS),
    ("小区名录", urls::DIRECTORY),
    ("开放数据", urls::OPEN),
];

/// The field of an address that names the county.
const COUNTY: &str = "county";

/// Whose portal is read, where an installation serves several counties: carried from page to page in the address, so that
/// a link leads everyone to the same page.
#[derive(Debug, Clone, Default)]
pub struct Scope(Option<PlaceCode>);

impl Scope {
    /// `address` in the same county.
    #[must_use]
    pub fn at(&self, address: &str) -> String {
        Query::at(address).with(COUNTY, self.code()).address()
    }

    /// The county's code; empty when none was chosen.
    #[must_use]
    pub fn code(&self) -> &str {
        self.0.as_ref().map_or("", PlaceCode::as_str)
    }
}

/// The county of a page, or the page to choose one.
pub enum Whose {
    /// The only one there is, or the one in the address.
    County(Place),
    /// There are several.
    Choice(Response),
}

/// A reader of the public pages. Whoever is signed in reads what everyone reads.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The operation.
    pub op: Op,
    /// How the page is read.
    pub view: View,
    /// Whose portal is read.
    pub scope: Scope,
}

impl FromRequestParts<Floor> for Reader {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, floor: &Floor) -> Result<Self, Stop> {
        let op = Op::from_request_parts(parts, floor).await?;
        let QueryForm(query) = QueryForm::from_request_parts(parts, floor).await.unwrap_or_default();
        let county = query.value(COUNTY).parse().ok().filter(|code: &PlaceCode| code.level() == Level::County);
        Ok(Self { op, view: View::of_parts(&parts.headers, &parts.uri), scope: Scope(county) })
    }
}

impl Reader {
    /// The frame of a page titled `title`.
    #[must_use]
    pub fn shell(&self, title: impl Into<String>) -> PortalShell {
        let path = self.view.here.split('?').next().unwrap_or_default();
        let item = |(label, href): (&str, &str)| MenuItem {
            label: label.to_owned(),
            href: self.scope.at(href),
            count: None,
            is_current: path == href || (href != urls::HOME && is_under(path, href)),
        };
        PortalShell::new(&self.view, title, MENU.into_iter().map(item).collect(), DemoBar::of(&self.op))
    }

    /// The county whose portal this is, or a page with all of them to choose from.
    ///
    /// # Errors
    /// [`Stop::Missing`] when the address names a county that is not here.
    pub async fn whose(&self) -> Result<Whose, Stop> {
        let counties = places::counties(self.op.reader()).await?;
        match self.chosen(&counties)? {
            Some(county) => Ok(Whose::County(county.clone())),
            None => Ok(Whose::Choice(self.choice(&counties)?)),
        }
    }

    /// The county whose open data is asked for.
    ///
    /// # Errors
    /// A refusal in words when there are several and the address names none.
    pub async fn county(&self) -> Result<Place, Stop> {
        let counties = places::counties(self.op.reader()).await?;
        let words = "这里有多个县（市、区）的数据，请在地址后加上 ?county= 和六位区划代码，例如 ?county=530427。";
        self.chosen(&counties)?.cloned().ok_or_else(|| Stop::refused_at(COUNTY, words))
    }

    fn chosen<'a>(&self, counties: &'a [Place]) -> Result<Option<&'a Place>, Stop> {
        match (&self.scope.0, counties) {
            (_, []) => Err(Stop::fault("there is no county in the tree of places")),
            (Some(code), counties) => {
                counties.iter().find(|county| county.code.0 == *code).map(Some).ok_or(Stop::Missing)
            }
            (None, [only]) => Ok(Some(only)),
            (None, _) => Ok(None),
        }
    }

    fn choice(&self, counties: &[Place]) -> Result<Response, Stop> {
        let path = self.view.here.split('?').next().unwrap_or_default();
        let line = |county: &Place| (Scope(Some(county.code.0.clone())).at(path), county.name.clone());
        let counties = counties.iter().map(line).collect();
        public_page(&CountiesPage { shell: self.shell("选择县（市、区）"), counties })
    }
}

#[derive(Template)]
#[template(path = "portal/counties.html")]
struct CountiesPage {
    shell: PortalShell,
    /// Where each one's page is, and its name.
    counties: Vec<(String, String)>,
}

fn is_under(path: &str, href: &str) -> bool {
    path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'))
}

/// A page that everybody may be sent.
///
/// # Errors
/// A fault when the template fails.
pub fn public_page(template: &impl Template) -> Result<Response, Stop> {
    pages::page(template).map(pages::public)
}
