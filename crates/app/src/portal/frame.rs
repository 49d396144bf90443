//! The frame of the public pages.

use askama::Template;
use axum::{extract::FromRequestParts, http::request::Parts, response::Response};
use platform::{
    act::Op,
    error::Stop,
    floor::Floor,
    pages,
    shell::{DemoBar, MenuItem, PortalShell},
    view::View,
};

use super::urls;
use crate::places::{self, Place};

/// The menu.
const MENU: [(&str, &str); 5] = [
    ("首页", urls::HOME),
    ("公示公告", urls::NOTICES),
    ("评选结果", urls::RESULTS),
    ("小区名录", urls::DIRECTORY),
    ("开放数据", urls::OPEN),
];

/// A reader of the public pages. Whoever is signed in reads what everyone reads.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The operation.
    pub op: Op,
    /// How the page is read.
    pub view: View,
}

impl FromRequestParts<Floor> for Reader {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, floor: &Floor) -> Result<Self, Stop> {
        let op = Op::from_request_parts(parts, floor).await?;
        Ok(Self { op, view: View::of_parts(&parts.headers, &parts.uri) })
    }
}

impl Reader {
    /// The frame of a page titled `title`.
    #[must_use]
    pub fn shell(&self, title: impl Into<String>) -> PortalShell {
        let path = self.view.here.split('?').next().unwrap_or_default();
        let item = |(label, href): (&str, &str)| MenuItem {
            label: label.to_owned(),
            href: href.to_owned(),
            count: None,
            is_current: path == href || (href != urls::HOME && is_under(path, href)),
        };
        PortalShell::new(&self.view, title, MENU.into_iter().map(item).collect(), DemoBar::of(&self.op))
    }

    /// The county whose portal this is.
    ///
    /// # Errors
    /// When the database cannot be read, or holds no county.
    pub async fn county(&self) -> Result<Place, Stop> {
        let counties = places::counties(self.op.reader()).await?;
        counties.into_iter().next().ok_or_else(|| Stop::fault("there is no county in the tree of places"))
    }
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
