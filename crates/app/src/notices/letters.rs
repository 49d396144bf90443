//! The public notice and the commendation circular as Word documents, by the form of `domain.md` §9.

use domain::selection::notice::{NoticeContent, NoticeKind};
use office::letter::{Alignment, Block, Letter, LetterColumn, LetterTable, chinese_date};

use super::{Award, Circular, Extension, Notice, NoticeEntry};

/// The notice with its list; `revocation_reason` is empty unless it tells of a revocation.
#[must_use]
pub fn notice_letter(notice: &Notice, entries: &[NoticeEntry], revocation_reason: &str) -> Letter {
    let content = &notice.content.0;
    let mut blocks = vec![Block::Paragraph(opening(notice, entries.len()))];
    if !revocation_reason.is_empty() {
        blocks.push(Block::Labelled { label: "撤销原因：".to_owned(), text: revocation_reason.to_owned() });
    }
    if !notice.correction_reason.is_empty() {
        blocks.push(Block::Paragraph(format!("本公示为第{}版，更正说明：{}", notice.number, notice.correction_reason)));
    }
    if let Some(text) = period_words(notice) {
        blocks.push(Block::Labelled { label: "公示时间：".to_owned(), text });
        blocks.extend(extension_words(notice).into_iter().map(Block::Paragraph));
    }
    blocks.extend(accepting(content));
    blocks.push(Block::Labelled { label: "反映要求：".to_owned(), text: content.objection_rule.clone() });
    blocks.push(Block::Labelled { label: "公示名单：".to_owned(), text: String::new() });
    blocks.push(Block::Table(names(
        entries.iter().map(|entry| [&entry.street, &entry.community, &entry.branch, &entry.compounds]),
    )));
    Letter {
        title: notice.title.clone(),
        blocks,
        issuers: vec![content.issuer.clone()],
        date: notice.published_at.map(|at| at.0.date()),
        ..Letter::default()
    }
}

/// The first sentence of a notice of `count` names; the page and the document say the same.
#[must_use]
pub fn opening(notice: &Notice, count: usize) -> String {
    let NoticeContent { basis, procedure, .. } = &notice.content.0;
    let (basis, procedure) = (basis.trim_end_matches(['，', '。']), procedure.trim_end_matches(['，', '。']));
    match notice.kind.0 {
        NoticeKind::Winners => {
            format!("根据{basis}，{procedure}，拟认定下列{count}个小区党支部（小区）为红旗小区，现予以公示。")
        }
        NoticeKind::Revocation => format!("根据{basis}，{procedure}，现予以公示。"),
    }
}

/// From when to when it stands, and how many working days that is; nothing before it is published. Pages and document say the same.
#[must_use]
pub fn period_words(notice: &Notice) -> Option<String> {
    let period = notice.period()?;
    let (from, to) = (chinese_date(period.published_on), chinese_date(period.ends_on));
    let days = match notice.extensions.0.len() {
        0 => format!("{}个工作日", notice.working_days),
        longer => format!("{}个工作日，因无法查看延长{longer}个工作日", notice.working_days),
    };
    Some(format!("{from}至{to}（{days}，发布当天不计）"))
}

/// Why it stands longer than it was first told, a sentence for each time (R-NOT-06).
#[must_use]
pub fn extension_words(notice: &Notice) -> Vec<String> {
    let words = |known: &Extension| {
        let (before, now) = (chinese_date(known.ended_on), chinese_date(known.ends_on));
        format!("因{}（{}至{}），公示由{before}延长到{now} 24:00 结束。", known.reason, known.from, known.until)
    };
    notice.extensions.0.iter().map(words).collect()
}

fn accepting(content: &NoticeContent) -> Vec<Block> {
    let postcode = content.postcode.clone().unwrap_or_default();
    let lines = [
        ("受理单位：", &content.accepting_body),
        ("受理电话：", &content.phone),
        ("受理邮箱：", &content.mailbox),
        ("受理地址：", &content.address),
        ("邮政编码：", &postcode),
    ];
    let filled = lines.into_iter().filter(|(_, text)| !text.trim().is_empty());
    filled.map(|(label, text)| Block::Labelled { label: label.to_owned(), text: text.clone() }).collect()
}

fn names<'a>(rows: impl Iterator<Item = [&'a String; 4]>) -> LetterTable {
    let row = |(number, cells): (usize, [&String; 4])| {
        std::iter::once(number.to_string()).chain(cells.into_iter().cloned()).collect()
    };
    LetterTable {
        columns: vec![
            LetterColumn::new("序号", 12, Alignment::Centre),
            LetterColumn::new("街道", 26, Alignment::Centre),
            LetterColumn::new("社区", 26, Alignment::Centre),
            LetterColumn::new("小区党支部", 50, Alignment::Left),
            LetterColumn::new("小区", 42, Alignment::Left),
        ],
        rows: (1..).zip(rows).map(row).collect(),
    }
}

/// The commendation circular (通报表扬) of a year.
#[must_use]
pub fn circular_letter(year: i32, issuer: &str, circular: &Circular, awards: &[Award]) -> Letter {
    let blocks = vec![
        Block::Paragraph(format!(
            "{year}年，全县各街道、社区和小区党支部坚持党建引领，深入推进“红色物业”“红旗小区”创建，工作组织有保障、治理机制有活力、小区治理有成效。经申报、把关、审核、评选、审定和公示，决定认定下列{}个小区党支部（小区）为{year}年度红旗小区，予以通报表扬。",
            awards.len()
        )),
        Block::Paragraph(
            "希望受到表扬的小区党支部珍惜荣誉、再接再厉。各小区党支部要以先进为榜样，进一步提升小区治理水平，更好服务居民群众。"
                .to_owned(),
        ),
        Block::Labelled { label: "名单：".to_owned(), text: String::new() },
        Block::Table(names(awards.iter().map(|award| {
            [&award.street, &award.community, &award.branch, &award.compounds]
        }))),
    ];
    Letter {
        letterhead: Some(format!("{issuer}文件")),
        document_number: Some(circular.number.clone()),
        title: format!("关于表扬{year}年度红旗小区的通报"),
        addressee: Some("各街道党工委，各社区党总支，各小区党支部".to_owned()),
        blocks,
        issuers: vec![issuer.to_owned()],
        date: Some(circular.issued_on.0),
    }
}
