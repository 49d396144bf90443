//! The search for the header row.

use std::collections::{BTreeMap, BTreeSet};

use super::merges::MergeIndex;
use super::{CellProblem, ColumnSpec, FoundColumn};
use crate::text::{clean, excerpt, label_key, label_without_hint};
use crate::workbook::{Sheet, column_name};

/// How far down a header is looked for.
const SEARCHED_ROWS: u32 = 20;
/// How many found labels a message lists.
const LISTED_LABELS: usize = 20;

/// The header of a table.
pub(super) struct Header {
    /// The row with the labels.
    pub(super) row: u32,
    /// The last row that a label is merged into; data begin below.
    pub(super) last_row: u32,
    pub(super) columns: Vec<FoundColumn>,
}

/// One label of a row that may be the header.
struct Label {
    column: u32,
    /// As it stands in the sheet.
    shown: String,
    /// Comparable forms, the most telling first.
    keys: Vec<String>,
}

pub(super) fn find_header(sheet: &Sheet, specs: &[ColumnSpec]) -> Result<Header, Vec<CellProblem>> {
    let rows: Vec<u32> = sheet.row_numbers().take_while(|&row| row <= SEARCHED_ROWS).collect();
    let all_columns: BTreeSet<u32> =
        rows.iter().flat_map(|&row| sheet.row_cells(row).map(|(column, _)| column)).collect();
    let merges = MergeIndex::of_first_rows(sheet, SEARCHED_ROWS, &all_columns);
    let best = rows
        .iter()
        .map(|&row| {
            let labels = labels_of_row(sheet, &merges, row, &all_columns);
            let (columns, problems) = match_columns(sheet, row, &labels, specs);
            (row, labels, columns, problems)
        })
        // The first of equals: a header repeated for print comes later, and labels merged downward start above.
        .reduce(|best, next| if next.2.len() + next.3.len() > best.2.len() + best.3.len() { next } else { best });
    let needed = specs.iter().filter(|spec| spec.required).count().clamp(1, 2).min(specs.len());
    let is_header = |columns: &[FoundColumn], problems: &[KeyedProblem]| columns.len() + problems.len() >= needed;
    let best = best.filter(|(_, _, columns, problems)| is_header(columns, problems));
    let Some((row, labels, columns, mut problems)) = best else {
        return Err(vec![no_header(sheet, specs)]);
    };
    for spec in specs.iter().filter(|spec| spec.required) {
        let is_known = columns.iter().any(|found| found.key == spec.key);
        let is_ambiguous = problems.iter().any(|(key, _)| *key == spec.key);
        if !is_known && !is_ambiguous {
            problems.push((spec.key, missing_column(sheet, row, &labels, spec)));
        }
    }
    if !problems.is_empty() {
        return Err(problems.into_iter().map(|(_, problem)| problem).collect());
    }
    let last_row =
        columns.iter().filter_map(|found| merges.area(row, found.column).map(|area| area.last_row)).fold(row, u32::max);
    Ok(Header { row, last_row, columns })
}

/// The labels of a row, left to right. A label merged across counts for its first column alone, so that a title is
/// no row of labels; merged downward it is seen in every row it covers.
fn labels_of_row(sheet: &Sheet, merges: &MergeIndex, row: u32, columns: &BTreeSet<u32>) -> Vec<Label> {
    let seen = |row: u32, column: u32| {
        let (row, column) = merges.anchor(row, column).unwrap_or((row, column));
        sheet.cell(row, column).map(|cell| clean(&cell.shown())).filter(|text| !text.is_empty())
    };
    let mut labels = Vec::new();
    for &column in columns {
        let is_covered = merges.anchor(row, column).is_some_and(|(_, anchor_column)| anchor_column != column);
        let Some(shown) = (!is_covered).then(|| seen(row, column)).flatten() else {
            continue;
        };
        let own = label_key(&shown);
        let mut keys = Vec::new();
        let group = row
            .checked_sub(1)
            .filter(|&above| merges.area(above, column).is_some_and(|area| area.last_column > area.first_column));
        if let Some(group) = group.and_then(|above| seen(above, column)) {
            keys.push(label_key(&group) + &own);
        }
        keys.push(own);
        let without_hints: Vec<String> =
            keys.iter().filter_map(|key| label_without_hint(key)).map(str::to_owned).collect();
        keys.extend(without_hints);
        labels.push(Label { column, shown, keys });
    }
    labels
}

type KeyedProblem = (&'static str, CellProblem);

/// Gives each spec its column. A label that several columns carry is no answer but a problem.
fn match_columns(
    sheet: &Sheet,
    row: u32,
    labels: &[Label],
    specs: &[ColumnSpec],
) -> (Vec<FoundColumn>, Vec<KeyedProblem>) {
    let mut found: Vec<FoundColumn> = Vec::new();
    let mut problems = Vec::new();
    let mut by_key: BTreeMap<&str, Vec<&Label>> = BTreeMap::new();
    for label in labels {
        for key in &label.keys {
            by_key.entry(key).or_default().push(label);
        }
    }
    for spec in specs {
        let free = |label: &&&Label| !found.iter().any(|column| column.column == label.column);
        let candidates = spec.labels.iter().map(|label| label_key(label)).find_map(|key| {
            let matching: Vec<&Label> = by_key.get(key.as_str())?.iter().filter(free).copied().collect();
            (!matching.is_empty()).then_some(matching)
        });
        match candidates.as_deref() {
            None | Some([]) => {}
            Some([label]) => {
                found.push(FoundColumn { key: spec.key, label: label.shown.clone(), column: label.column });
            }
            Some([first, second, ..]) => {
                let message = format!(
                    "表头有两列都叫“{}”（{}列和{}列），分不清该读哪一列。请删去或改名其中一列。",
                    excerpt(&first.shown),
                    column_name(first.column),
                    column_name(second.column)
                );
                problems.push((spec.key, CellProblem::new(sheet.name(), row, second.column, message)));
            }
        }
    }
    (found, problems)
}

fn missing_column(sheet: &Sheet, row: u32, labels: &[Label], spec: &ColumnSpec) -> CellProblem {
    let found: Vec<String> = labels.iter().take(LISTED_LABELS).map(|label| excerpt(&label.shown)).collect();
    let ellipsis = if labels.len() > LISTED_LABELS { "等" } else { "" };
    let message = format!(
        "缺少“{}”一列。第{row}行的表头现有：{}{ellipsis}。请补上这一列，或把对应的列名改成“{}”。",
        spec.label(),
        found.join("、"),
        spec.label()
    );
    CellProblem::new(sheet.name(), row, 1, message)
}

fn no_header(sheet: &Sheet, specs: &[ColumnSpec]) -> CellProblem {
    let wanted: Vec<&str> = specs.iter().filter(|spec| spec.required).map(ColumnSpec::label).collect();
    let message = format!(
        "前{SEARCHED_ROWS}行里没有找到表头。这张表应当有一行列名，至少包括：{}。请对照模板检查后再上传。",
        wanted.join("、")
    );
    CellProblem::new(sheet.name(), 1, 1, message)
}
