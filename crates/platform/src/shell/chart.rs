//! Pictures of numbers. Each carries its table, and the script draws from the same numbers.

use office::sheet::{CellValue, SheetColumn, SheetTable};
use serde::Serialize;

/// The kinds of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Columns beside each other.
    Bar,
    /// A trend.
    Line,
    /// What is left after each step.
    Funnel,
    /// Parts of a whole.
    Ring,
    /// Labels across, rows of numbers down, the larger the darker.
    Heat,
}

/// One row of numbers of a picture.
#[derive(Debug, Clone, Serialize)]
pub struct Series {
    /// What the numbers are.
    pub name: String,
    /// One for each label.
    pub values: Vec<i64>,
}

/// A picture with its table.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// The kind of picture.
    pub kind: ChartKind,
    /// What it shows.
    pub title: String,
    /// Labels of the points or columns.
    pub labels: Vec<String>,
    /// The numbers.
    pub series: Vec<Series>,
}

impl Chart {
    /// What the script reads; `<` is escaped so that no text can end the block.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }

    /// The same numbers as rows of the table: a label, and one number for each series.
    #[must_use]
    pub fn rows(&self) -> Vec<(&str, Vec<i64>)> {
        let value =
            |index: usize| self.series.iter().map(|series| series.values.get(index).copied().unwrap_or(0)).collect();
        self.labels.iter().enumerate().map(|(index, label)| (label.as_str(), value(index))).collect()
    }

    /// The same numbers as an Excel table.
    #[must_use]
    pub fn sheet(&self) -> SheetTable {
        let first = std::iter::once(SheetColumn::text("", 28.0));
        let row = |(label, values): (&str, Vec<i64>)| {
            std::iter::once(label.into()).chain(values.into_iter().map(CellValue::Count)).collect()
        };
        SheetTable {
            name: self.title.clone(),
            title: Some(self.title.clone()),
            columns: first.chain(self.series.iter().map(|series| SheetColumn::count(&series.name))).collect(),
            rows: self.rows().into_iter().map(row).collect(),
            ..SheetTable::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_cannot_end_its_own_block() {
        let series = vec![Series { name: "数".into(), values: vec![1] }];
        let chart = Chart { kind: ChartKind::Bar, title: "</script>".into(), labels: vec!["a".into()], series };
        assert!(!chart.json().contains('<'));
        assert_eq!(chart.rows(), [("a", vec![1])]);
    }
}
