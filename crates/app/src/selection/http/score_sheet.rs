//! The score sheet and the veto items in the editor of parameters: rows are changed, added in empty rows, and removed by
//! emptying them, all without scripts.

use std::ops::RangeInclusive;

use domain::{
    money::Fen,
    selection::parameters::{Part, ScoreItem, VetoItem},
};
use platform::forms::{Form, Reading};

use super::parameters::lines;

/// The empty rows below the table; whoever needs more saves first.
pub const SPARE_ROWS: RangeInclusive<usize> = 1..=4;

/// Every item with its points and words, those that were emptied left out, and those that were added; in the order of
/// their codes.
pub fn read_items(reading: &mut Reading<'_>, form: &Form, items: Vec<ScoreItem>) -> Vec<ScoreItem> {
    let mut read: Vec<ScoreItem> = items
        .into_iter()
        .filter(|item| !is_emptied(form, &item.code))
        .map(|item| changed(reading, form, item))
        .collect();
    for row in SPARE_ROWS {
        let typed = |prefix: &str| form.value(&format!("{prefix}.{row}")).trim();
        if ["new_code", "new_name", "new_evidence", "new_item"].iter().all(|prefix| typed(prefix).is_empty()) {
            continue;
        }
        read.extend(added(reading, row, typed("new_code")));
    }
    read.sort_by_key(|item| (item.part, number(&item.code)));
    read
}

/// Whether name and points of a row were sent, and both empty. What a form does not send at all stays.
fn is_emptied(form: &Form, code: &str) -> bool {
    ["item_name", "item"].iter().all(|prefix| {
        let field = format!("{prefix}.{code}");
        let mut sent = form.values(&field).peekable();
        sent.peek().is_some() && sent.all(|value| value.trim().is_empty())
    })
}

fn changed(reading: &mut Reading<'_>, form: &Form, item: ScoreItem) -> ScoreItem {
    let code = &item.code;
    let most = reading.hundredths_if_any(&format!("item.{code}"), code).unwrap_or(0);
    let mut words = |prefix: &str, label: &str, most: usize, kept: &String| {
        let field = format!("{prefix}.{code}");
        if form.values(&field).next().is_none() {
            return kept.clone();
        }
        reading.text(&field, &format!("{code} {label}"), most)
    };
    let name = words("item_name", "项目", 60, &item.name);
    let evidence = words("item_evidence", "佐证和评分", 200, &item.evidence);
    ScoreItem { most, name, evidence, ..item }
}

fn added(reading: &mut Reading<'_>, row: usize, code: &str) -> Option<ScoreItem> {
    let field = |prefix: &str| format!("{prefix}.{row}");
    let code = code.to_uppercase();
    let part = part_of(&code);
    if part.is_none() {
        reading.note(&field("new_code"), "编号应为 A、B 或 C 加一到两位数字，例如 A8；字母表示属于哪一部分。");
    }
    let name = reading.required(&field("new_name"), "新增项目", 60);
    let evidence = reading.text(&field("new_evidence"), "新增项目的佐证和评分", 200);
    let most = reading.hundredths_if_any(&field("new_item"), "新增项目的满分");
    if most.is_none_or(|most| most <= 0) {
        reading.note(&field("new_item"), "请填写新增项目的满分，应大于 0。");
    }
    Some(ScoreItem { code, part: part?, name, most: most.unwrap_or(0), evidence })
}

/// The part that the letter of a code names; `None` when it is no code.
fn part_of(code: &str) -> Option<Part> {
    let is_number = |digits: &str| (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let part = |part: &&Part| code.strip_prefix(part.code()).is_some_and(is_number);
    Part::ALL.iter().find(part).copied()
}

/// The number of a code, so that A10 comes after A9.
fn number(code: &str) -> u32 {
    code.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or(u32::MAX)
}

/// Points of all rows as they are typed, in hundredths; what cannot be read counts nothing.
pub fn sum_typed(form: &Form) -> i64 {
    let points = form.with_prefix("item.").chain(form.with_prefix("new_item."));
    points.filter_map(|(_, value)| value.trim().parse::<Fen>().ok()).fold(0, |sum, Fen(most)| sum.saturating_add(most))
}

/// One veto item a line, `V1 材料弄虚作假`; a line more or less is an item more or less.
pub fn read_vetoes(reading: &mut Reading<'_>, form: &Form, kept: Vec<VetoItem>) -> Vec<VetoItem> {
    if form.values("vetoes").next().is_none() {
        return kept;
    }
    let mut vetoes = Vec::new();
    for line in lines(form.value("vetoes")) {
        match line.split_once(char::is_whitespace) {
            Some((code, name)) if code.len() <= 4 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                vetoes.push(VetoItem { code: code.to_owned(), name: name.trim().to_owned() });
            }
            _ => reading.note("vetoes", format!("“{line}”请写成“编号 空格 情形”，例如“V1 材料弄虚作假”。")),
        }
    }
    vetoes
}

#[cfg(test)]
mod tests {
    use domain::selection::programme::programme;

    use super::*;

    fn read(fields: &[(&str, &str)]) -> (Vec<String>, bool) {
        let items = programme(2022).items;
        let mut all: Vec<(String, String)> =
            items.iter().map(|item| (format!("item.{}", item.code), "5".to_owned())).collect();
        for (name, value) in fields {
            all.retain(|(known, _)| known != name);
            all.push(((*name).to_owned(), (*value).to_owned()));
        }
        let form = Form::of(all);
        let mut reading = form.read();
        let read = read_items(&mut reading, &form, items);
        (read.into_iter().map(|item| item.code).collect(), reading.finish().is_ok())
    }

    #[test]
    fn a_row_that_is_emptied_is_removed_and_a_new_one_is_put_in_its_place() {
        let (codes, is_good) = read(&[
            ("item_name.A2", " "),
            ("item.A2", ""),
            ("new_code.1", "a10"),
            ("new_name.1", "志愿服务"),
            ("new_item.1", "5"),
            ("new_code.3", "B6"),
            ("new_name.3", "线上议事"),
            ("new_item.3", "0.5"),
        ]);
        assert!(is_good);
        assert!(!codes.contains(&"A2".to_owned()));
        assert_eq!(codes.iter().rfind(|code| code.starts_with('A')), Some(&"A10".to_owned()));
        assert!(codes.windows(2).any(|pair| pair == ["B5", "B6"]));
    }

    #[test]
    fn half_a_new_row_is_told_at_its_fields() {
        for wrong in [
            &[("new_code.1", "D1"), ("new_name.1", "x"), ("new_item.1", "5")][..],
            &[("new_code.1", "A"), ("new_name.1", "x"), ("new_item.1", "5")],
            &[("new_code.1", "A8"), ("new_item.1", "5")],
            &[("new_code.1", "A8"), ("new_name.1", "x")],
            &[("new_code.1", "A8"), ("new_name.1", "x"), ("new_item.1", "0")],
            &[("new_evidence.2", "x")],
        ] {
            assert!(!read(wrong).1, "{wrong:?}");
        }
        let (codes, is_good) = read(&[("item_name.A2", "党员底数清"), ("item.A2", "")]);
        assert!(is_good && codes.contains(&"A2".to_owned()), "points of 0 are refused by the document, not dropped");
    }
}
