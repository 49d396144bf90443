//! The pages of the ledger's import and export.

use askama::Template;
use platform::shell::{Chip, Pager, Problems, Shell};

use super::{
    columns::LedgerSheet,
    preview::{ChangeKind, Preview, RowChange},
    store::import,
    urls,
};

/// Uploading, template, export, and the latest imports.
#[derive(Template)]
#[template(path = "ledger/index.html")]
pub(super) struct IndexPage {
    pub shell: Shell,
    pub problems: Problems,
    pub imports: Vec<import::Model>,
    pub can_import: bool,
    pub can_export: bool,
}

impl IndexPage {
    fn template(&self) -> &'static str {
        urls::TEMPLATE
    }

    fn export(&self) -> &'static str {
        urls::EXPORT
    }

    fn upload(&self) -> &'static str {
        urls::IMPORTS
    }

    fn import(&self, import: &import::Model) -> String {
        urls::import(import.id.0)
    }
}

/// What an import would do.
#[derive(Template)]
#[template(path = "ledger/preview.html")]
pub(super) struct PreviewPage {
    pub shell: Shell,
    pub problems: Problems,
    pub import: import::Model,
    pub preview: Preview,
    pub chips: Vec<Chip>,
    /// The changes on this page.
    pub changes: Vec<RowChange>,
    pub pager: Pager,
}

impl PreviewPage {
    fn confirm(&self) -> String {
        urls::confirm(self.import.id.0)
    }

    fn again(&self) -> &'static str {
        urls::LEDGER
    }

    fn can_confirm(&self) -> bool {
        self.preview.errors.is_empty() && !self.preview.changes_nothing()
    }

    fn absent(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        let sums = self.preview.sheets.iter().filter(|sum| !sum.absent.is_empty());
        sums.map(|sum| (sum.sheet.name(), sum.absent.as_slice()))
    }

    fn is_added(&self, change: &RowChange) -> bool {
        change.kind == ChangeKind::Added
    }
}

/// What an import did.
#[derive(Template)]
#[template(path = "ledger/result.html")]
pub(super) struct ResultPage {
    pub shell: Shell,
    pub import: import::Model,
}

impl ResultPage {
    fn places(&self) -> &'static str {
        crate::places::urls::PLACES
    }

    fn again(&self) -> &'static str {
        urls::LEDGER
    }

    fn unit(&self, name: &str) -> &'static str {
        LedgerSheet::ALL.into_iter().find(|sheet| sheet.name() == name).map_or("行", LedgerSheet::unit)
    }
}
