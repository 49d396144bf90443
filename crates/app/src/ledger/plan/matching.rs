//! Which line of a list is which: rows of the workbook against the lines a branch has already.

use std::collections::HashMap;

use domain::place::PlaceCode;

use crate::ledger::read::likeness;

/// By what a person's line is known within a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LineKey {
    pub branch: PlaceCode,
    /// Index of the telephone number.
    pub phone: Option<String>,
    /// The name in the form in which names are compared.
    pub name: String,
}

impl LineKey {
    pub fn new(branch: &PlaceCode, phone: Option<String>, name: &str) -> Self {
        Self { branch: branch.clone(), phone, name: likeness(name) }
    }
}

/// For each row the line it is about, if there is one: first the one with its telephone and name, then the one with its
/// telephone (the name was corrected), then the only one with its name (the telephone was corrected, or there is none).
pub(super) fn match_lines(rows: &[Option<LineKey>], lines: &[LineKey]) -> Vec<Option<usize>> {
    let mut matching = Matching { rows, lines, of_row: vec![None; rows.len()], is_taken: vec![false; lines.len()] };
    matching.pass(|key| key.phone.as_ref().map(|phone| (&key.branch, phone.as_str(), key.name.as_str())));
    matching.pass(|key| key.phone.as_ref().map(|phone| (&key.branch, phone.as_str(), "")));
    matching.pass(|key| Some((&key.branch, "", key.name.as_str())));
    matching.of_row
}

struct Matching<'k> {
    rows: &'k [Option<LineKey>],
    lines: &'k [LineKey],
    of_row: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

type Facet<'k> = (&'k PlaceCode, &'k str, &'k str);

impl<'k> Matching<'k> {
    /// Matches what is left where exactly one row and one line look alike.
    fn pass(&mut self, facet: impl Fn(&'k LineKey) -> Option<Facet<'k>>) {
        let mut rows: HashMap<Facet<'k>, Vec<usize>> = HashMap::new();
        for (index, row) in self.rows.iter().enumerate() {
            if let (None, Some(facet)) = (self.of_row.get(index).copied().flatten(), row.as_ref().and_then(&facet)) {
                rows.entry(facet).or_default().push(index);
            }
        }
        let mut lines: HashMap<Facet<'k>, Vec<usize>> = HashMap::new();
        for (index, line) in self.lines.iter().enumerate() {
            if let (Some(false), Some(facet)) = (self.is_taken.get(index), facet(line)) {
                lines.entry(facet).or_default().push(index);
            }
        }
        for (facet, rows) in rows {
            if let ([row], Some([line])) = (rows.as_slice(), lines.get(&facet).map(Vec::as_slice))
                && let (Some(matched), Some(is_taken)) = (self.of_row.get_mut(*row), self.is_taken.get_mut(*line))
            {
                *matched = Some(*line);
                *is_taken = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(branch: &str, phone: &str, name: &str) -> LineKey {
        let branch = branch.parse().expect("a code");
        LineKey::new(&branch, (!phone.is_empty()).then(|| phone.to_owned()), name)
    }

    #[test]
    fn lines_are_found_again_however_they_were_corrected() {
        const ONE: &str = "5304270010010001";
        const TWO: &str = "5304270010010002";
        let lines = [
            key(ONE, "1", "周强"),
            key(ONE, "2", "李明"),
            key(ONE, "", "王芳"),
            key(ONE, "4", "王芳"),
            key(ONE, "5", "孙伟"),
        ];
        let cases = [
            // As it was.
            (key(ONE, "1", "周　强"), Some(0)),
            // Name corrected.
            (key(ONE, "2", "李明雨"), Some(1)),
            // Telephone corrected.
            (key(ONE, "6", "孙伟"), Some(4)),
            // Another branch.
            (key(TWO, "1", "周强"), None),
            // Somebody new.
            (key(ONE, "7", "赵六"), None),
            // Two of that name: nobody can tell.
            (key(ONE, "8", "王芳"), None),
        ];
        for (row, expected) in cases {
            assert_eq!(match_lines(&[Some(row.clone())], &lines), [expected], "{row:?}");
        }
        // With the one taken by its telephone, the other is the only one left.
        let both = [Some(key(ONE, "4", "王芳")), Some(key(ONE, "", "王芳")), None];
        assert_eq!(match_lines(&both, &lines), [Some(3), Some(2), None]);
    }
}
