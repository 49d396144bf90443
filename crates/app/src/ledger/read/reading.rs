//! Reading one row cell by cell.

use jiff::civil::Date;
use office::table::{CellProblem, Row, Table};

use super::{
    rows::PersonCells,
    words::{GENDERS, Words},
};

/// Characters of a name.
const NAME: usize = 60;
/// Characters of any other text.
const TEXT: usize = 200;

/// A row being read; every getter notes what is wrong and goes on.
pub(super) struct RowReading<'t, 'p> {
    pub table: &'t Table<'t>,
    pub row: Row<'t>,
    problems: &'p mut Vec<CellProblem>,
    /// Whether every cell read so far could be read.
    pub is_sound: bool,
}

impl<'t, 'p> RowReading<'t, 'p> {
    pub fn new(table: &'t Table<'t>, row: Row<'t>, problems: &'p mut Vec<CellProblem>) -> Self {
        Self { table, row, problems, is_sound: true }
    }

    fn note(&mut self, problem: CellProblem) {
        self.problems.push(problem);
        self.is_sound = false;
    }

    pub fn take<T>(&mut self, read: Result<T, CellProblem>) -> Option<T> {
        read.map_err(|problem| self.note(problem)).ok()
    }

    /// What `read` finds, when the sheet has the column.
    fn told<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&Row<'t>, &str) -> Result<Option<T>, CellProblem>,
    ) -> Option<Option<T>> {
        if !self.table.has(key) {
            return None;
        }
        let found = read(&self.row, key);
        Some(self.take(found).flatten())
    }

    fn within(&mut self, key: &str, text: String, most: usize) -> String {
        let length = text.chars().count();
        if length > most {
            let problem = self.row.problem(key, format!("这里写了 {length} 个字，最多 {most} 个字。请精简。"));
            self.note(problem);
            return String::new();
        }
        text
    }

    /// A name that must be there.
    pub fn name(&mut self, key: &str) -> Option<String> {
        let read = self.row.required_person_name(key);
        let name = self.take(read)?;
        Some(self.within(key, name, NAME)).filter(|name| !name.is_empty())
    }

    /// A name that may be missing, as may its column.
    pub fn name_if_any(&mut self, key: &str) -> Option<String> {
        let name = self.told(key, |row, key| row.person_name(key))?.unwrap_or_default();
        Some(self.within(key, nothing_is_empty(name), NAME))
    }

    pub fn text(&mut self, key: &str) -> Option<String> {
        let text = self.told(key, |row, key| row.text(key))?.unwrap_or_default();
        Some(self.within(key, nothing_is_empty(text), TEXT))
    }

    pub fn count(&mut self, key: &str) -> Option<i32> {
        let count = self.told(key, |row, key| row.count(key))?;
        Some(count.and_then(|count| i32::try_from(count).ok()).unwrap_or_default())
    }

    pub fn area(&mut self, key: &str) -> Option<Option<i64>> {
        let area = self.told(key, |row, key| row.decimal_hundredths(key))?;
        if area.is_some_and(|area| area < 0) {
            let message = format!("面积写的是“{}”，不能是负数。请改成 0 或更大的数。", self.row.shown(key));
            let problem = self.row.problem(key, message);
            self.note(problem);
        }
        Some(area)
    }

    pub fn date(&mut self, key: &str) -> Option<Option<Date>> {
        if !self.table.has(key) {
            return None;
        }
        let read = self.row.date(key);
        Some(self.take(read).flatten())
    }

    /// One word of a vocabulary; an empty cell is `None` and no problem.
    pub fn choice<T: Copy>(&mut self, key: &str, words: &Words<T>) -> Option<T> {
        let read = self.row.text(key);
        let text = self.take(read).flatten()?;
        let found = words.find(&text);
        if found.is_none() {
            let shown = self.row.shown(key);
            let message = format!("这里写的是“{shown}”，不在可选的范围内。请填{}。", words.listed());
            let problem = self.row.problem(key, message);
            self.note(problem);
        }
        found
    }

    /// One word of a vocabulary, which must be there.
    pub fn must_choose<T: Copy>(&mut self, key: &str, words: &Words<T>) -> Option<T> {
        let problems = self.problems.len();
        let choice = self.choice(key, words);
        if choice.is_none() && self.problems.len() == problems {
            let problem = self.row.problem(key, format!("这一格没有填。请填{}。", words.listed()));
            self.note(problem);
        }
        choice
    }

    pub fn person(&mut self) -> Option<PersonCells> {
        let name = self.name("name");
        let gender = self.table.has("gender").then(|| self.choice("gender", &GENDERS));
        let birth_month = self.table.has("birth").then(|| {
            let read = self.row.month("birth");
            self.take(read).flatten().map(|month| format!("{}-{:02}", month.year, month.month))
        });
        let read = self.row.phone("phone");
        let phone = self.take(read).flatten();
        Some(PersonCells { name: name?, gender, birth_month, phone })
    }
}

/// The marks by which offices say that there is none.
fn nothing_is_empty(text: String) -> String {
    if matches!(text.as_str(), "/" | "\\" | "-" | "—" | "——" | "无" | "暂无") { String::new() } else { text }
}
