//! The body of a letter: head, text, signature, and the page it stands on.

use super::form::form_markup;
use super::markup::{CHARACTER, LINE, Look, lines, paragraph, paragraphs, right_indent, run, twips};
use super::styles::NAMESPACE;
use super::table::table_markup;
use super::{Block, Letter, chinese_date};

/// A4 in twips.
const PAGE_WIDTH: u32 = twips(210);
const PAGE_HEIGHT: u32 = twips(297);
/// The date stands four characters from the right edge, in hundredths of a character.
const DATE_INDENT: i32 = 400;

/// The document part.
pub(super) fn document(letter: &Letter) -> String {
    let mut markup = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"{NAMESPACE}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>"
    );
    markup.push_str(&head(letter));
    for block in &letter.blocks {
        markup.push_str(&block_markup(block));
    }
    markup.push_str(&signature(letter));
    // Word wants a paragraph after a table at the end of the body; it is made so small that it starts no page.
    if matches!(letter.blocks.last(), Some(Block::Table(_) | Block::Form(_)))
        && letter.issuers.is_empty()
        && letter.date.is_none()
    {
        markup.push_str(&paragraph("TableText", "<w:spacing w:line=\"20\" w:lineRule=\"exact\"/>", ""));
    }
    markup.push_str(&section());
    markup.push_str("</w:body></w:document>");
    markup
}

/// Letterhead, document number, title and addressee.
fn head(letter: &Letter) -> String {
    let mut markup = String::new();
    if let Some(letterhead) = &letter.letterhead {
        let longest = lines(letterhead).iter().map(|line| line.chars().count()).max().unwrap_or_default();
        markup.push_str(&paragraphs("Letterhead", "", letterhead, Look::letterhead(longest)));
    }
    let number = letter.document_number.as_deref().unwrap_or_default();
    if letter.letterhead.is_some() {
        // The number stands two lines below the name, the red rule 4 mm (11 pt) below the number.
        let rule = "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"18\" w:space=\"11\" w:color=\"FF0000\"/></w:pBdr>";
        let spacing = format!("<w:spacing w:before=\"{}\" w:line=\"{LINE}\" w:lineRule=\"exact\"/>", 2 * LINE);
        let properties = format!("{rule}{spacing}<w:jc w:val=\"center\"/>");
        markup.push_str(&paragraph("Normal", &properties, &run(number, Look::BODY)));
    } else if !number.is_empty() {
        markup.push_str(&paragraph("Normal", "<w:jc w:val=\"center\"/>", &run(number, Look::BODY)));
    }
    if !letter.title.trim().is_empty() {
        let is_after_rule = letter.letterhead.is_some() || !number.is_empty();
        for (index, line) in lines(&letter.title).into_iter().enumerate() {
            // Two lines below the rule. Spacing is kept out of the other lines of the title.
            let before = if index == 0 && is_after_rule { 2 * LINE } else { 0 };
            let properties = format!("<w:spacing w:before=\"{before}\" w:line=\"680\" w:lineRule=\"exact\"/>");
            markup.push_str(&paragraph("Title", &properties, &run(line, Look::TITLE)));
        }
        // One line between the title and what follows.
        if !matches!(letter.blocks.first(), Some(Block::Form(_) | Block::Centred(_))) || letter.addressee.is_some() {
            markup.push_str(&paragraph("Normal", "", ""));
        }
    }
    if let Some(addressee) = &letter.addressee {
        let addressee = addressee.trim_end_matches([':', '：']);
        markup.push_str(&paragraph("Normal", "", &run(&format!("{addressee}："), Look::BODY)));
    }
    markup
}

fn block_markup(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => paragraphs("Body", "", text, Look::BODY),
        Block::Labelled { label, text } => {
            let mut text_lines = lines(text).into_iter();
            let first = text_lines.next().unwrap_or_default();
            let mut markup = paragraph("Body", "", &(run(label, Look::HEADING1) + &run(first, Look::BODY)));
            for line in text_lines {
                markup.push_str(&paragraph("Body", "", &run(line, Look::BODY)));
            }
            markup
        }
        Block::Heading1(text) => paragraphs("Heading1", "", text, Look::HEADING1),
        Block::Heading2(text) => paragraphs("Heading2", "", text, Look::HEADING2),
        Block::Heading3(text) => paragraphs("Heading3", "", text, Look::HEADING3),
        Block::FlushLeft(text) => paragraphs("Normal", "", text, Look::BODY),
        Block::Centred(text) => paragraphs("Normal", "<w:jc w:val=\"center\"/>", text, Look::BODY),
        Block::Attachments(names) => attachments(names),
        Block::Table(table) => table_markup(table),
        Block::Form(form) => form_markup(form),
        Block::PageBreak => {
            paragraph("Normal", "<w:spacing w:line=\"20\" w:lineRule=\"exact\"/>", "<w:r><w:br w:type=\"page\"/></w:r>")
        }
    }
}

/// 附件说明: one line below the text, two characters in; further names and turned lines align with the first name.
fn attachments(names: &[String]) -> String {
    let mut markup = String::new();
    if !names.is_empty() {
        markup.push_str(&paragraph("Normal", "", ""));
    }
    for (index, name) in names.iter().enumerate() {
        let number = if names.len() > 1 { format!("{}.", index + 1) } else { String::new() };
        let lead = if index == 0 { "附件：" } else { "" };
        // "附件：" is three characters, a number about one more.
        let hanging = (if index == 0 { 3 } else { 0 } + i32::from(names.len() > 1)) * CHARACTER;
        let left = (5 + i32::from(names.len() > 1)) * CHARACTER;
        let properties = format!("<w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/>");
        markup.push_str(&paragraph("Normal", &properties, &run(&format!("{lead}{number}{name}"), Look::BODY)));
    }
    markup
}

/// Issuers and date, two lines below the text; each issuer is centred over the date as far as the edge allows.
fn signature(letter: &Letter) -> String {
    let date = letter.date.map(chinese_date).unwrap_or_default();
    let mut signing: Vec<&str> = letter.issuers.iter().map(String::as_str).collect();
    if !date.is_empty() {
        signing.push(&date);
    }
    let mut markup = String::new();
    for (index, line) in signing.iter().enumerate() {
        let indent = DATE_INDENT + (width(&date) - width(line)) / 2;
        let before = if index == 0 { 2 * LINE } else { 0 };
        let keep = if index + 1 < signing.len() { "<w:keepNext/>" } else { "" };
        let properties = format!(
            "{keep}<w:spacing w:before=\"{before}\" w:line=\"{LINE}\" w:lineRule=\"exact\"/>{}<w:jc w:val=\"right\"/>",
            right_indent(indent.max(0))
        );
        markup.push_str(&paragraph("Normal", &properties, &run(line, Look::BODY)));
    }
    markup
}

/// The width of a text in hundredths of a character; ASCII takes half of one.
fn width(text: &str) -> i32 {
    text.chars().map(|character| if character.is_ascii() { 50 } else { 100 }).sum()
}

/// Page size, margins, footers and the grid of 22 lines.
fn section() -> String {
    let (top, right, bottom, left) = (twips(37), twips(26), twips(35), twips(28));
    // The page number's line, some 5 mm high, ends 7 mm below the type area.
    let footer = twips(35 - 7 - 5);
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rIdOdd\"/><w:footerReference w:type=\"even\" r:id=\"rIdEven\"/>\
<w:pgSz w:w=\"{PAGE_WIDTH}\" w:h=\"{PAGE_HEIGHT}\"/>\
<w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"851\" w:footer=\"{footer}\" w:gutter=\"0\"/>\
<w:docGrid w:type=\"lines\" w:linePitch=\"{LINE}\"/></w:sectPr>"
    )
}
