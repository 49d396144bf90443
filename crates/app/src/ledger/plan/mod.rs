//! What an import does, planned without touching anything: rows of the workbook against what the ledger holds.
//!
//! Promises: a branch is known by community and name, a building by branch, compound and name, a person's line by branch and
//! telephone (or name where there is none), so that the same workbook never adds anything twice. Nothing that the workbook
//! does not mention is touched. With any error, nothing is done at all.

mod branches;
mod buildings;
mod communities;
mod matching;
mod members;
mod persons;
mod posts;
mod units;

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
};

use domain::{
    clock::chinese_date,
    ids::{BuildingId, PersonId},
    organisation::is_month_to_come,
    place::PlaceCode,
};
use jiff::civil::Date;
use office::table::CellProblem;
use platform::{
    db::column::Text,
    keys::{Keys, mask_phone},
};
use uuid::Uuid;

use super::{
    columns::LedgerSheet,
    present::Present,
    preview::{ChangeKind, FieldChange, Preview, RowChange, SheetSummary},
    read::{Ledger, PersonCells, RowPlace},
};
use crate::{people::PeopleChanges, places::PlaceChanges};

/// How many rows of a branch an import touches, for the branch's own history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Touched {
    /// Rows added.
    pub added: u32,
    /// Rows changed.
    pub changed: u32,
}

/// What to write, and what to show. Telephone numbers are still open here; they are sealed when they are written.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// What a person reads first.
    pub preview: Preview,
    /// Rows of places.
    pub places: PlaceChanges,
    /// Rows of people.
    pub people: PeopleChanges,
    /// New numbers of building stewards.
    pub steward_phones: HashMap<BuildingId, String>,
    /// New numbers of persons.
    pub phones: HashMap<PersonId, String>,
    /// What happens to each branch.
    pub touched: BTreeMap<PlaceCode, Touched>,
}

/// What planning stands on.
pub struct Grounds<'g> {
    /// The workbook.
    pub ledger: &'g Ledger,
    /// What is known.
    pub present: &'g Present,
    /// By which telephone numbers are compared without being opened.
    pub keys: &'g Keys,
    /// Today, for dates that lie in the future.
    pub today: Date,
}

/// Plans the import. `new_id` gives identifiers for what is new.
pub fn plan(grounds: &Grounds<'_>, new_id: &mut dyn FnMut() -> Uuid) -> Plan {
    let mut planner = Planner { grounds, new_id, plan: Plan::default(), problems: Vec::new(), state: String::new() };
    for sheet in &grounds.ledger.sheets {
        planner.plan.preview.sheets.push(SheetSummary::of(*sheet));
    }
    let known = branches::plan_branches(&mut planner);
    buildings::plan_buildings(&mut planner, &known);
    let mut book = persons::PersonBook::new(grounds.present);
    let mut units = units::UnitBook::new(grounds.present);
    members::plan_members(&mut planner, &known, &mut book, &mut units);
    planner.plan.places.added_units = units.added;
    posts::plan_posts(&mut planner, &known, &mut book);
    book.close(&mut planner.plan);
    planner.finish()
}

/// A plan in the making.
struct Planner<'g> {
    grounds: &'g Grounds<'g>,
    new_id: &'g mut dyn FnMut() -> Uuid,
    plan: Plan,
    problems: Vec<CellProblem>,
    /// What the digest is made of.
    state: String,
}

impl Planner<'_> {
    fn id<I: From<Uuid>>(&mut self) -> I {
        I::from((self.new_id)())
    }

    fn has(&self, sheet: LedgerSheet) -> bool {
        self.grounds.ledger.sheets.contains(&sheet)
    }

    fn error(&mut self, problem: CellProblem) {
        self.problems.push(problem);
    }

    fn warn(&mut self, problem: CellProblem) {
        self.plan.preview.warnings.push(problem);
    }

    fn warn_of_future(&mut self, at: &RowPlace, key: &str, date: Option<Option<Date>>) {
        if let Some(date) = date.flatten().filter(|date| *date > self.grounds.today) {
            self.warn(at.problem(key, format!("日期是{}，晚于今天。请核对是否填错。", chinese_date(date))));
        }
    }

    /// Nobody was born in a month to come.
    fn check_birth(&mut self, at: &RowPlace, person: &PersonCells) {
        if person.birth_month.iter().flatten().any(|month| is_month_to_come(month, self.grounds.today)) {
            self.error(at.problem("birth", "出生年月晚于今天，请核对。"));
        }
    }

    fn summary(&mut self, sheet: LedgerSheet) -> Option<&mut SheetSummary> {
        self.plan.preview.sheets.iter_mut().find(|summary| summary.sheet == sheet)
    }

    /// Notes a row that is new.
    fn added(&mut self, sheet: LedgerSheet, at: &RowPlace, branch: &PlaceCode, label: String) {
        if let Some(summary) = self.summary(sheet) {
            summary.added += 1;
        }
        self.plan.touched.entry(branch.clone()).or_default().added += 1;
        let _ = writeln!(self.state, "+{} {}", sheet.name(), at.number);
        let change = RowChange { sheet, row: at.number, label, kind: ChangeKind::Added, fields: Vec::new() };
        self.plan.preview.changes.push(change);
    }

    /// Notes a row that is known, with the fields in which it differs; answers whether it differs at all.
    fn compared(
        &mut self,
        sheet: LedgerSheet,
        at: &RowPlace,
        branch: &PlaceCode,
        label: String,
        fields: Vec<FieldChange>,
    ) -> bool {
        let is_changed = !fields.is_empty();
        if let Some(summary) = self.summary(sheet) {
            if is_changed {
                summary.changed += 1;
            } else {
                summary.unchanged += 1;
            }
        }
        if is_changed {
            self.plan.touched.entry(branch.clone()).or_default().changed += 1;
            for field in &fields {
                let _ = writeln!(self.state, "*{} {} {} {}", sheet.name(), at.number, field.label, field.old);
            }
            let change = RowChange { sheet, row: at.number, label, kind: ChangeKind::Changed, fields };
            self.plan.preview.changes.push(change);
        }
        is_changed
    }

    fn absent(&mut self, sheet: LedgerSheet, labels: Vec<String>) {
        if let Some(summary) = self.summary(sheet) {
            summary.absent = labels;
        }
    }

    /// The change of a telephone number, masked; its state is told apart by the index, because masks may be alike.
    fn phone_change(
        &mut self,
        label: &'static str,
        sealed: Option<&str>,
        index: Option<&str>,
        new: Option<&str>,
    ) -> Option<FieldChange> {
        let new_index = new.map(|phone| self.grounds.keys.index(phone));
        if index == new_index.as_deref() {
            return None;
        }
        let _ = writeln!(self.state, "phone {}", index.unwrap_or_default());
        // A number sealed with a lost key cannot be shown, and the new one shall replace it all the same.
        let old = sealed.and_then(|sealed| self.grounds.keys.open(sealed).ok());
        let shown = |phone: Option<&str>| phone.map(mask_phone).unwrap_or_default();
        Some(FieldChange { label, old: shown(old.as_deref()), new: shown(new) })
    }

    fn finish(mut self) -> Plan {
        let ledger = self.grounds.ledger;
        for sheet in LedgerSheet::ALL.into_iter().filter(|sheet| !ledger.sheets.contains(sheet)) {
            if !ledger.sheets.is_empty() {
                let message = format!("工作簿里没有“{}”这张表，这部分资料保持不变。", sheet.name());
                self.plan.preview.warnings.push(CellProblem {
                    sheet: sheet.name().to_owned(),
                    cell: String::new(),
                    message,
                });
            }
        }
        let mut errors = ledger.problems.clone();
        errors.append(&mut self.problems);
        let preview = &mut self.plan.preview;
        preview.errors = in_reading_order(errors);
        if !preview.errors.is_empty() {
            // A row in error may be the very one that seems to be absent.
            preview.sheets.iter_mut().for_each(|summary| summary.absent.clear());
        }
        preview.warnings = in_reading_order(std::mem::take(&mut preview.warnings));
        preview.digest = self.grounds.keys.index(&self.state);
        self.plan
    }
}

/// Sheet by sheet, top to bottom, left to right, as a person goes through them.
fn in_reading_order(mut problems: Vec<CellProblem>) -> Vec<CellProblem> {
    problems.sort_by_cached_key(|problem| {
        let sheet = LedgerSheet::ALL.iter().position(|sheet| sheet.name() == problem.sheet);
        let letters = problem.cell.trim_end_matches(|c: char| c.is_ascii_digit());
        let row: u32 = problem.cell.get(letters.len()..).and_then(|row| row.parse().ok()).unwrap_or(0);
        (sheet.unwrap_or(usize::MAX), row, letters.len(), letters.to_owned())
    });
    problems
}

fn shown_date(date: &Option<Text<Date>>) -> String {
    date.as_ref().map(|date| chinese_date(date.0)).unwrap_or_default()
}

fn shown_hundredths(hundredths: i64) -> String {
    domain::money::Fen(hundredths).to_string()
}
