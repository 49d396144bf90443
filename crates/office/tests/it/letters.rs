//! Letters, as an independent look into their parts finds them. That they also open in other programs is checked
//! end to end elsewhere.

use jiff::civil::date;
use office::letter::{
    Alignment, Block, FormCell, FormRow, Letter, LetterColumn, LetterForm, LetterTable, chinese_date, write_letter,
};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::part_text;

fn notice() -> Letter {
    let column = |label: &str| LetterColumn::new(label, 40, Alignment::Left);
    Letter {
        title: "关于2022年度县级“红旗小区”\n拟认定名单的公示".to_owned(),
        addressee: Some("各街道党工委：".to_owned()),
        blocks: vec![
            Block::Paragraph("现予公示。\n欢迎监督。".to_owned()),
            Block::Labelled { label: "公示时间：".to_owned(), text: "5个工作日".to_owned() },
            Block::Heading1("一、受理方式".to_owned()),
            Block::Heading2("（一）电话".to_owned()),
            Block::Table(LetterTable {
                columns: vec![column("序号"), column("小区党支部")],
                rows: vec![vec!["1".to_owned(), "<阳光里>&联合党支部\u{0}".to_owned(), "多余".to_owned()], vec![]],
            }),
            Block::PageBreak,
            Block::Attachments(vec!["推荐汇总表".to_owned(), "申报表".to_owned()]),
        ],
        issuers: vec!["中共新平县委组织部".to_owned(), "新平县住房和城乡建设局".to_owned()],
        date: Some(date(2022, 12, 20)),
        ..Letter::default()
    }
}

fn document(letter: &Letter) -> String {
    part_text(&write_letter(letter).expect("it is written"), "word/document.xml")
}

/// The texts of the paragraphs, in order; panics when the markup is not well-formed.
fn paragraph_texts(document: &str) -> Vec<String> {
    let mut reader = Reader::from_str(document);
    let mut texts = Vec::new();
    loop {
        match reader.read_event().expect("well-formed markup") {
            Event::Eof => return texts,
            Event::Start(element) if element.name().as_ref() == "w:p" => texts.push(String::new()),
            Event::Text(text) => texts.last_mut().expect("text stands in paragraphs").push_str(&text),
            Event::GeneralRef(reference) => {
                let sign = match reference.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("unknown entity {other}"),
                };
                texts.last_mut().expect("text stands in paragraphs").push_str(sign);
            }
            _ => {}
        }
    }
}

/// The first element of this name, up to its `>`.
fn tag<'d>(document: &'d str, name: &str) -> &'d str {
    let start = document.find(&format!("<{name} ")).expect("the element is there");
    let length = document[start..].find('>').expect("the element ends");
    &document[start..=start + length]
}

#[test]
fn the_page_is_that_of_the_standard() {
    let document = document(&notice());
    // 210 × 297 mm; margins 37, 26, 35 and 28 mm, in twips.
    assert_eq!(tag(&document, "w:pgSz"), r#"<w:pgSz w:w="11906" w:h="16838"/>"#);
    let margins = tag(&document, "w:pgMar");
    for margin in [r#"w:top="2098""#, r#"w:right="1474""#, r#"w:bottom="1984""#, r#"w:left="1587""#] {
        assert!(margins.contains(margin), "{margins}");
    }
    assert!(tag(&document, "w:docGrid").contains(r#"w:linePitch="579""#));
    let bytes = write_letter(&notice()).expect("it is written");
    let odd = part_text(&bytes, "word/footer1.xml");
    assert!(odd.contains(">— </w:t>") && odd.contains(" PAGE ") && odd.contains(r#"<w:jc w:val="right"/>"#));
    assert!(part_text(&bytes, "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
}

#[test]
fn each_part_has_its_face_and_size() {
    let document = document(&notice());
    let run_of = |text: &str| {
        let end = document.find(text).expect("the text is there");
        let start = document[..end].rfind("<w:r>").expect("it stands in a run");
        &document[start..end]
    };
    for (text, face, half_points) in [
        ("关于2022年度", "方正小标宋简体", 44),
        ("现予公示", "仿宋_GB2312", 32),
        ("一、受理方式", "黑体", 32),
        ("（一）电话", "楷体_GB2312", 32),
        ("公示时间：", "黑体", 32),
        ("小区党支部", "黑体", 24),
    ] {
        let run = run_of(text);
        assert!(run.contains(&format!("w:eastAsia=\"{face}\"")), "{text}: {run}");
        assert!(run.contains(&format!("<w:sz w:val=\"{half_points}\"/>")), "{text}: {run}");
        assert!(run.contains(r#"w:ascii="Times New Roman""#), "{text}: {run}");
    }
    let bytes = write_letter(&notice()).expect("it is written");
    let styles = part_text(&bytes, "word/styles.xml");
    assert!(styles.contains(r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"#));
    assert!(styles.contains(r#"<w:spacing w:line="579" w:lineRule="exact"/>"#));
    assert!(part_text(&bytes, "word/fontTable.xml").contains(r#"<w:altName w:val="仿宋,FangSong"#));
}

#[test]
fn the_text_stands_in_order() {
    let texts: Vec<String> =
        paragraph_texts(&document(&notice())).into_iter().filter(|text| !text.is_empty()).collect();
    assert_eq!(
        texts,
        [
            "关于2022年度县级“红旗小区”",
            "拟认定名单的公示",
            "各街道党工委：",
            "现予公示。",
            "欢迎监督。",
            "公示时间：5个工作日",
            "一、受理方式",
            "（一）电话",
            "序号",
            "小区党支部",
            "1",
            "<阳光里>&联合党支部",
            "附件：1.推荐汇总表",
            "2.申报表",
            "中共新平县委组织部",
            "新平县住房和城乡建设局",
            "2022年12月20日",
        ]
    );
}

#[test]
fn tables_have_borders_and_a_repeated_header() {
    let document = document(&notice());
    assert_eq!(document.matches("<w:tblHeader/>").count(), 1);
    assert!(document.contains("<w:tblBorders>") && document.contains("<w:insideV "));
    assert_eq!(document.matches("<w:tc>").count(), 6);
}

#[test]
fn the_signature_is_centred_over_the_date() {
    let document = document(&notice());
    // The date is 7 characters wide and 4 from the edge; nine characters over it end 3 from the edge.
    let ends: Vec<&str> = document.match_indices("w:rightChars=").map(|(at, _)| &document[at + 14..at + 17]).collect();
    assert_eq!(ends, ["300", "200", "400"]);
    assert_eq!(chinese_date(date(2023, 1, 5)), "2023年1月5日");
}

#[test]
fn a_letterhead_is_red_above_a_red_rule() {
    let letter = Letter {
        letterhead: Some("中共新平县委组织部文件".to_owned()),
        document_number: Some("新组通〔2022〕12号".to_owned()),
        ..notice()
    };
    let document = document(&letter);
    assert!(document.contains(r#"<w:color w:val="FF0000"/>"#) && document.contains("<w:pBdr>"));
    let texts = paragraph_texts(&document);
    assert_eq!(texts[..2], ["中共新平县委组织部文件", "新组通〔2022〕12号"]);
}

#[test]
fn a_form_spans_rows_and_columns_and_leaves_room_to_sign() {
    let form = LetterForm {
        widths_mm: vec![30, 42, 42, 42],
        rows: vec![
            FormRow::new(vec![
                FormCell::label("支部班子").over_rows(2),
                FormCell::label("姓名"),
                FormCell::value("周强"),
            ]),
            FormRow::new(vec![FormCell::value("李明雨").over_columns(9)]),
            FormRow::new(vec![FormCell::label("意见"), FormCell::opinion("同意。", "", None).over_columns(3)])
                .with_height(40),
            FormRow::new(vec![
                FormCell::label("意见"),
                FormCell::opinion("同意。\n上报。", "王某", Some(date(2022, 12, 1))).over_columns(3),
            ])
            .splitting(),
        ],
    };
    let letter = Letter { title: "申报表".to_owned(), blocks: vec![Block::Form(form)], ..Letter::default() };
    let document = document(&letter);
    assert_eq!(document.matches(r#"<w:vMerge w:val="restart"/>"#).count(), 1);
    assert_eq!(document.matches("<w:vMerge/>").count(), 1);
    // Each row fills the four columns: 3 cells and a filler, 2 and 2 and 2 with spans of three.
    assert_eq!(document.matches("<w:tc>").count(), 10);
    assert_eq!(document.matches(r#"<w:gridSpan w:val="3"/>"#).count(), 3);
    let texts: Vec<String> = paragraph_texts(&document).into_iter().filter(|text| !text.is_empty()).collect();
    assert!(texts.contains(&"签字（盖章）：".to_owned()) && texts.contains(&"　　年　　月　　日".to_owned()));
    assert!(texts.contains(&"签字（盖章）：王某".to_owned()) && texts.contains(&"2022年12月1日".to_owned()));
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    assert_eq!(write_letter(&notice()).expect("it is written"), write_letter(&notice()).expect("it is written"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_well_formed_document(text in "(?s).{0,60}", widths in proptest::collection::vec(any::<u32>(), 0..5), spans in proptest::collection::vec((0..6_usize, 0..6_usize), 0..12)) {
        let cells: Vec<FormCell> =
            spans.iter().map(|&(columns, rows)| FormCell::text(&text).over_columns(columns).over_rows(rows)).collect();
        let rows = cells.chunks(3).map(|cells| FormRow::new(cells.to_vec())).collect();
        let table = LetterTable {
            columns: widths.iter().map(|&width| LetterColumn::new(&text, width, Alignment::Right)).collect(),
            rows: vec![vec![text.clone(); 3]],
        };
        let letter = Letter {
            letterhead: Some(text.clone()),
            document_number: Some(text.clone()),
            title: text.clone(),
            addressee: Some(text.clone()),
            blocks: vec![Block::Paragraph(text.clone()), Block::Table(table), Block::Form(LetterForm { widths_mm: widths, rows })],
            issuers: vec![text],
            date: None,
        };
        paragraph_texts(&document(&letter));
    }
}
