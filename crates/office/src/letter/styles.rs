//! The named styles of a letter, so that whoever edits it on finds them in the list.

use std::fmt::Write;

use super::markup::{CHARACTER, Face, LINE, Look};

/// The namespace of WordprocessingML.
pub(super) const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// One paragraph style.
struct StyleSpec {
    id: &'static str,
    /// The name in Word's list.
    name: &'static str,
    look: Look,
    /// Paragraph properties in schema order.
    paragraph: String,
}

/// The style sheet part.
pub(super) fn styles_part() -> String {
    let mut markup = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:styles xmlns:w=\"{NAMESPACE}\"><w:docDefaults><w:rPrDefault>{}</w:rPrDefault><w:pPrDefault/></w:docDefaults>",
        Look::BODY.properties().replace("</w:rPr>", "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr>")
    );
    for (index, style) in specs().iter().enumerate() {
        let StyleSpec { id, name, look, paragraph } = style;
        let (default, base) = if index == 0 { (" w:default=\"1\"", "") } else { ("", "<w:basedOn w:val=\"Normal\"/>") };
        let properties = look.properties();
        // Writing to a String cannot fail.
        let _ = write!(
            markup,
            "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{base}<w:qFormat/><w:pPr>{paragraph}</w:pPr>{properties}</w:style>"
        );
    }
    markup.push_str("</w:styles>");
    markup
}

fn specs() -> Vec<StyleSpec> {
    // Characters for Word, twips for LibreOffice, which does not know the former here.
    let two_characters = format!("<w:ind w:firstLineChars=\"200\" w:firstLine=\"{}\"/>", 2 * CHARACTER);
    let exact = |line: i32| format!("<w:spacing w:line=\"{line}\" w:lineRule=\"exact\"/>");
    let heading = |level: u32| {
        format!("<w:keepNext/>{}{two_characters}<w:jc w:val=\"both\"/><w:outlineLvl w:val=\"{level}\"/>", exact(LINE))
    };
    let spec = |id, name, look, paragraph| StyleSpec { id, name, look, paragraph };
    vec![
        spec(
            "Normal",
            "Normal",
            Look::BODY,
            format!("<w:widowControl w:val=\"0\"/>{}<w:jc w:val=\"both\"/>", exact(LINE)),
        ),
        spec("Body", "公文正文", Look::BODY, format!("{}{two_characters}<w:jc w:val=\"both\"/>", exact(LINE))),
        spec(
            "Letterhead",
            "发文机关标志",
            Look::letterhead(0),
            "<w:spacing w:before=\"1134\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>"
                .to_owned(),
        ),
        spec("Title", "公文标题", Look::TITLE, format!("<w:keepNext/>{}<w:jc w:val=\"center\"/>", exact(680))),
        spec("Heading1", "heading 1", Look::HEADING1, heading(0)),
        spec("Heading2", "heading 2", Look::HEADING2, heading(1)),
        spec("Heading3", "heading 3", Look::HEADING3, heading(2)),
        spec(
            "TableText",
            "表格文字",
            Look::TABLE,
            format!("<w:snapToGrid w:val=\"0\"/>{}<w:jc w:val=\"left\"/>", exact(400)),
        ),
        spec(
            "PageNumber",
            "页码",
            Look::PAGE_NUMBER,
            "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"240\" w:lineRule=\"auto\"/>".to_owned(),
        ),
    ]
}

/// The font table part: for each face the names to fall back on.
pub(super) fn font_table_part() -> String {
    let mut markup =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:fonts xmlns:w=\"{NAMESPACE}\">");
    for face in Face::ALL {
        // 134 is the Chinese GB character set. Writing to a String cannot fail.
        let _ = write!(
            markup,
            "<w:font w:name=\"{}\"><w:altName w:val=\"{}\"/><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/><w:pitch w:val=\"variable\"/></w:font>",
            face.name(),
            face.alternatives()
        );
    }
    markup.push_str("<w:font w:name=\"Times New Roman\"><w:charset w:val=\"00\"/><w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>");
    markup
}
