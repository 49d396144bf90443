//! From the bytes of a workbook to typed rows. What is wrong is noted beside its cell, and reading goes on, so that a
//! person learns of everything at once.

mod reading;
mod rows;
mod words;

use std::sync::Arc;

use office::{
    table::{CellProblem, Table},
    workbook::{Sheet, Workbook, WorkbookRefusal},
};

use super::columns::LedgerSheet;
pub use rows::{BranchRow, BuildingRow, MemberRow, PersonCells, PostRow};

/// What a workbook says.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Rows of 小区台账.
    pub branches: Vec<BranchRow>,
    /// Rows of 楼栋.
    pub buildings: Vec<BuildingRow>,
    /// Rows of 支部班子.
    pub posts: Vec<PostRow>,
    /// Rows of 党员名册.
    pub members: Vec<MemberRow>,
    /// Which sheets were found.
    pub sheets: Vec<LedgerSheet>,
    /// What is wrong, sheet by sheet and row by row.
    pub problems: Vec<CellProblem>,
}

impl Ledger {
    fn is_empty(&self) -> bool {
        self.branches.is_empty() && self.buildings.is_empty() && self.posts.is_empty() && self.members.is_empty()
    }
}

/// Where a row stands in the workbook, so that what is found out later can still point to its cells.
#[derive(Debug, Clone)]
pub struct RowPlace {
    layout: Arc<SheetLayout>,
    /// Row number as Excel shows it.
    pub number: u32,
}

#[derive(Debug)]
struct SheetLayout {
    name: String,
    columns: Vec<(&'static str, u32)>,
}

impl RowPlace {
    /// A problem in the row's cell of column `key`, or in its first cell when there is no such column.
    #[must_use]
    pub fn problem(&self, key: &str, message: impl Into<String>) -> CellProblem {
        let column = self.layout.columns.iter().find(|(known, _)| *known == key).map_or(1, |(_, column)| *column);
        CellProblem::new(&self.layout.name, self.number, column, message)
    }
}

/// Reads a workbook. Only a file that is no workbook at all is refused as a whole.
///
/// # Errors
/// The refusal of the reader, with words.
pub fn read(bytes: &[u8]) -> Result<Ledger, WorkbookRefusal> {
    let workbook = Workbook::read(bytes)?;
    let mut ledger = Ledger::default();
    let mut claimed: Vec<&str> = Vec::new();
    for kind in LedgerSheet::ALL {
        let Some(sheet) = find_sheet(&workbook, kind, &claimed) else {
            continue;
        };
        claimed.push(sheet.name());
        ledger.sheets.push(kind);
        match Table::find(sheet, &kind.specs()) {
            Ok(table) => read_table(&mut ledger, kind, &table),
            Err(problems) => ledger.problems.extend(problems),
        }
    }
    if ledger.sheets.is_empty() {
        let first = workbook.sheets().first().map_or("", Sheet::name);
        let message = "工作簿里没有“小区台账”“楼栋”“支部班子”“党员名册”中的任何一张表。请检查是否选错了文件，或下载模板对照填写。";
        ledger.problems.push(CellProblem::new(first, 1, 1, message));
    } else if ledger.is_empty() && ledger.problems.is_empty() {
        let name = claimed.first().copied().unwrap_or_default();
        let message = "表里只有表头，没有填数据。请在表头下面逐行填写后再导入。";
        ledger.problems.push(CellProblem::new(name, 1, 1, message));
    }
    Ok(ledger)
}

/// A sheet by its name; or, when offices renamed the tab, the first other sheet that holds such a table.
fn find_sheet<'w>(workbook: &'w Workbook, kind: LedgerSheet, claimed: &[&str]) -> Option<&'w Sheet> {
    if let Some(sheet) = workbook.sheet(kind.name()) {
        return Some(sheet);
    }
    let is_of_another_kind = |sheet: &Sheet| {
        LedgerSheet::ALL.iter().any(|other| workbook.sheet(other.name()).is_some_and(|found| found == sheet))
    };
    workbook.sheets().iter().find(|sheet| {
        !claimed.contains(&sheet.name()) && !is_of_another_kind(sheet) && Table::find(sheet, &kind.specs()).is_ok()
    })
}

fn read_table(ledger: &mut Ledger, kind: LedgerSheet, table: &Table<'_>) {
    let columns = kind.specs().iter().filter_map(|spec| Some((spec.key, table.column_number(spec.key)?))).collect();
    let layout = Arc::new(SheetLayout { name: table.sheet().name().to_owned(), columns });
    for row in table.rows() {
        let place = RowPlace { layout: Arc::clone(&layout), number: row.number() };
        let mut reading = reading::RowReading::new(table, row, &mut ledger.problems);
        match kind {
            LedgerSheet::Branches => ledger.branches.extend(rows::read_branch(place, &mut reading)),
            LedgerSheet::Buildings => ledger.buildings.extend(rows::read_building(place, &mut reading)),
            LedgerSheet::Committee => ledger.posts.extend(rows::read_post(place, &mut reading)),
            LedgerSheet::Members => ledger.members.extend(rows::read_member(place, &mut reading)),
        }
    }
}

/// The form in which two names are the same name: without blanks, brackets of one width, letters of one case.
#[must_use]
pub fn likeness(name: &str) -> String {
    let signs = name.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
        '（' => '(',
        '）' => ')',
        other => other,
    });
    signs.flat_map(char::to_lowercase).collect()
}
