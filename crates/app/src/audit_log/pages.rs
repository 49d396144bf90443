//! The auditor's page.

use askama::Template;
use domain::permission::Deed;
use platform::{
    forms::Query,
    shell::{Pager, Problems, Shell},
};

use super::{queries::Line, urls};

/// Events by place, person, thing and time.
#[derive(Template)]
#[template(path = "audit_log/list.html")]
pub struct ListPage {
    pub shell: Shell,
    pub problems: Problems,
    pub lines: Vec<Line>,
    pub pager: Pager,
    pub asked: Asked,
    pub export: String,
    /// Places to choose from.
    pub places: Vec<String>,
}

/// What was typed into the filter, to be shown again.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub place: String,
    pub account: String,
    pub subject: String,
    pub deed: String,
    pub from: String,
    pub until: String,
}

impl Asked {
    /// The address of the same question at `base`, from row `row` on.
    pub fn address(&self, base: &str, row: u64) -> String {
        let pairs = [
            ("place", &self.place),
            ("account", &self.account),
            ("subject", &self.subject),
            ("deed", &self.deed),
            ("from", &self.from),
            ("until", &self.until),
        ];
        let mut query = Query::at(base);
        for (name, value) in pairs {
            query = query.with(name, value);
        }
        query.with("from_row", &if row == 0 { String::new() } else { row.to_string() }).address()
    }
}

impl ListPage {
    /// All events of the same thing.
    fn of(&self, line: &Line) -> String {
        Asked { subject: line.event.subject.clone(), ..Asked::default() }.address(urls::AUDIT, 0)
    }

    fn deeds(&self) -> Vec<(String, String)> {
        Deed::ALL.iter().map(|deed| (deed.code().to_owned(), deed.label().to_owned())).collect()
    }
}
