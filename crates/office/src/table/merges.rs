//! Where merged areas cover the columns of a table.

use std::collections::{BTreeMap, BTreeSet};

use crate::workbook::{Merge, Sheet};

/// The merged areas of some columns, quick to ask by cell.
#[derive(Debug)]
pub(super) struct MergeIndex {
    /// By column: areas sorted by first row.
    areas: BTreeMap<u32, Vec<Merge>>,
}

impl MergeIndex {
    /// The areas of a whole table's columns.
    pub(super) fn of_columns(sheet: &Sheet, columns: impl Iterator<Item = u32>) -> Self {
        Self::of_areas(sheet.merges(), columns)
    }

    /// The areas that begin in the first rows, for the search of the header.
    ///
    /// No sound sheet has more areas than there are cells in these rows; a hostile one, where they overlap, would
    /// have every column remember all of them.
    pub(super) fn of_first_rows(sheet: &Sheet, last_row: u32, columns: &BTreeSet<u32>) -> Self {
        let cells = (last_row as usize).saturating_mul(columns.len());
        let areas: Vec<Merge> =
            sheet.merges().iter().filter(|merge| merge.first_row <= last_row).take(cells).copied().collect();
        Self::of_areas(&areas, columns.iter().copied())
    }

    fn of_areas(merges: &[Merge], columns: impl Iterator<Item = u32>) -> Self {
        let mut areas = BTreeMap::new();
        for column in columns {
            let mut covering: Vec<Merge> = merges
                .iter()
                .filter(|merge| (merge.first_column..=merge.last_column).contains(&column))
                .copied()
                .collect();
            covering.sort_by_key(|merge| merge.first_row);
            areas.insert(column, covering);
        }
        Self { areas }
    }

    /// The area that covers the cell. Areas never overlap in a sound workbook; where they do, the lower one counts.
    pub(super) fn area(&self, row: u32, column: u32) -> Option<&Merge> {
        let covering = self.areas.get(&column)?;
        let after = covering.partition_point(|merge| merge.first_row <= row);
        covering[..after].last().filter(|merge| merge.covers(row, column))
    }

    /// The row and column of the cell whose content shows here; `None` when the cell is not merged.
    pub(super) fn anchor(&self, row: u32, column: u32) -> Option<(u32, u32)> {
        self.area(row, column).map(|merge| (merge.first_row, merge.first_column))
    }
}
