//! Where one lives: the way in for who has no poster at hand.

use askama::Template;
use axum::response::Response;
use platform::{
    error::Stop,
    forms::{Query, QueryForm},
    shell::{Pager, PortalShell, Problems},
};

use crate::{
    places::{self, BranchFilter},
    portal::{
        directory::compound_names,
        frame::{Reader, Scope, Whose, public_page},
    },
    voices::urls,
};

/// Rows on a page.
const PAGE: u64 = 20;
/// Most characters of the words that are looked for.
const LONGEST_WORDS: usize = 40;

/// A branch with the compounds that people know it by.
struct Line {
    href: String,
    compounds: String,
    branch: String,
}

#[derive(Template)]
#[template(path = "portal/voices/choose.html")]
struct ChoosePage {
    shell: PortalShell,
    scope: Scope,
    problems: Problems,
    words: String,
    lines: Vec<Line>,
    pager: Pager,
}

impl ChoosePage {
    fn follow(&self) -> &'static str {
        urls::FOLLOW
    }
}

/// The compounds to choose from, by their names.
pub async fn choose(reader: Reader, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let db = reader.op.reader();
    let county = match reader.whose().await? {
        Whose::County(county) => county,
        Whose::Choice(page) => return Ok(page),
    };
    let words: String = query.value("words").trim().chars().take(LONGEST_WORDS).collect();
    let offset = query.value("from_row").parse().unwrap_or(0);
    let filter = BranchFilter { words: words.clone(), is_active: true, ..BranchFilter::default() };
    let (branches, total) = places::branches(db, &county.code.0, &filter, offset, PAGE).await?;
    let compounds = compound_names(db, &branches).await?;
    let line = |branch: places::BranchOfTree| Line {
        href: reader.scope.at(&urls::speak_at(&branch.place.code.0)),
        compounds: compounds.get(&branch.place.code.0).cloned().unwrap_or_default(),
        branch: branch.place.name,
    };
    let address = |row: u64| {
        let row = if row == 0 { String::new() } else { row.to_string() };
        let query = Query::at(urls::SPEAK).with("county", reader.scope.code());
        query.with("words", &words).with("from_row", &row).address()
    };
    public_page(&ChoosePage {
        shell: reader.shell("我要反映"),
        problems: Problems::default(),
        lines: branches.into_iter().map(line).collect(),
        pager: Pager::of(offset, PAGE, total, address),
        scope: reader.scope.clone(),
        words,
    })
}
