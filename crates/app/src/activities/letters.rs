//! The sheet that is signed by hand at an activity and typed in later (签到表).

use office::letter::{Alignment, Block, Letter, LetterColumn, LetterTable};

use super::store::activity;

/// Empty lines for who was not signed up.
const SPARE: usize = 10;

/// The sheet: what, when, where, and a line for each of `names`.
#[must_use]
pub fn sign_in_sheet(place: &str, row: &activity::Model, names: &[String]) -> Letter {
    let labelled = |label: &str, text: String| Block::Labelled { label: label.to_owned(), text };
    let line = |(number, name): (usize, String)| vec![number.to_string(), name, String::new(), String::new()];
    let spare = std::iter::repeat_n(String::new(), SPARE);
    let table = LetterTable {
        columns: vec![
            LetterColumn::new("序号", 16, Alignment::Centre),
            LetterColumn::new("姓名", 40, Alignment::Centre),
            LetterColumn::new("签名", 60, Alignment::Centre),
            LetterColumn::new("时长（小时）", 40, Alignment::Centre),
        ],
        rows: (1..).zip(names.iter().cloned().chain(spare)).map(line).collect(),
    };
    Letter {
        title: format!("“{}”签到表", row.title),
        blocks: vec![
            labelled("时间：", row.starts_at.0.to_string()),
            labelled("地点：", row.venue.clone()),
            labelled("组织：", place.to_owned()),
            Block::Table(table),
        ],
        ..Letter::default()
    }
}
