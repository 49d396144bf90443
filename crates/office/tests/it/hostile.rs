//! Files that are no workbooks, or worse.

use std::io::Write;

use office::workbook::{ForeignKind, Limits, Workbook, WorkbookRefusal, probe_bytes};
use proptest::prelude::*;

use crate::{CONTENT_TYPES, ROOT_RELATIONSHIPS, ledger_bytes, workbook_of, zip_of};

fn refusal(bytes: &[u8]) -> WorkbookRefusal {
    Workbook::read(bytes).expect_err("it is refused")
}

#[test]
fn other_files_are_refused_by_name() {
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0, 0];
    let mut encrypted = ole.to_vec();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refusal(b""), WorkbookRefusal::Empty);
    assert_eq!(refusal(&ole), WorkbookRefusal::OldExcel);
    assert_eq!(refusal(&encrypted), WorkbookRefusal::Encrypted);
    for (bytes, kind) in [
        (&b"%PDF-1.7"[..], ForeignKind::Pdf),
        (b"\x89PNG\r\n", ForeignKind::Picture),
        ("街道,社区\r\n".as_bytes(), ForeignKind::PlainText),
        (b"\xBD\xD6\xB5\xC0,1\r\n", ForeignKind::PlainText),
        (b"\xFF\xFEa\0", ForeignKind::PlainText),
        (b"\r\n<HTML xmlns:x='urn:schemas-microsoft-com:office:excel'>", ForeignKind::WebPage),
        (b"\x00\x01\x02", ForeignKind::Unknown),
    ] {
        assert_eq!(refusal(bytes), WorkbookRefusal::Foreign(kind));
    }
    let word = zip_of(&[("[Content_Types].xml", CONTENT_TYPES.as_bytes()), ("word/document.xml", b"<x/>")]);
    assert_eq!(refusal(&word), WorkbookRefusal::Foreign(ForeignKind::Word));
    let ods = zip_of(&[("mimetype", b"application/vnd.oasis"), ("content.xml", b"<x/>")]);
    assert_eq!(refusal(&ods), WorkbookRefusal::Foreign(ForeignKind::OpenDocument));
    let binary = zip_of(&[("[Content_Types].xml", CONTENT_TYPES.as_bytes()), ("xl/workbook.bin", b"x")]);
    assert_eq!(refusal(&binary), WorkbookRefusal::Foreign(ForeignKind::BinaryWorkbook));
    assert_eq!(refusal(&zip_of(&[("a.txt", b"x")])), WorkbookRefusal::Foreign(ForeignKind::Unknown));
    assert!(refusal(&word).to_string().contains("这是 Word 文档，不是 Excel 工作簿。请"));
}

#[test]
fn macros_are_refused_by_part_and_by_type() {
    let by_part = workbook_of("<worksheet/>", &[("xl/vbaProject.bin", b"x")]);
    assert_eq!(refusal(&by_part), WorkbookRefusal::Macros);
    let types = r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>"#;
    let by_type = workbook_of("<worksheet/>", &[("[Content_Types].xml", types.as_bytes())]);
    assert_eq!(refusal(&by_type), WorkbookRefusal::Macros);
    let old_macro_sheet = workbook_of("<worksheet/>", &[("xl/macrosheets/sheet1.xml", b"<x/>")]);
    assert_eq!(refusal(&old_macro_sheet), WorkbookRefusal::Macros);
}

#[test]
fn too_large_a_file_is_refused_before_it_is_opened() {
    let bytes = vec![b'P'; 20 * 1024 * 1024 + 1];
    assert_eq!(refusal(&bytes), WorkbookRefusal::TooLarge { megabytes: 21, limit: 20 });
}

#[test]
fn a_bomb_is_refused_by_what_it_declares() {
    let zeros = vec![b' '; 51 * 1024 * 1024];
    let bytes = workbook_of("<worksheet/>", &[("xl/sharedStrings.xml", &zeros)]);
    assert!(bytes.len() < 200_000);
    assert_eq!(refusal(&bytes), WorkbookRefusal::Bomb);
}

#[test]
fn a_part_that_lies_about_its_size_is_refused() {
    let sheet = format!("<worksheet><sheetData/>{}</worksheet>", " ".repeat(300_000));
    let mut bytes = workbook_of(&sheet, &[]);
    // Both headers of the part claim ten bytes.
    let real = u32::try_from(sheet.len()).expect("small").to_le_bytes();
    let places: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, window)| *window == real).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert!(matches!(refusal(&bytes), WorkbookRefusal::Damaged | WorkbookRefusal::Bomb));
}

#[test]
fn a_bomb_is_refused_by_what_it_inflates_to() {
    // One part that every sheet points to: little is declared, much would be read.
    let sheet = format!("<worksheet><sheetData/>{}</worksheet>", " ".repeat(50_000));
    let tabs: String = (1..=9).map(|tab| format!(r#"<sheet name="{tab}" id="rId1"/>"#)).collect();
    let workbook = format!("<workbook><sheets>{tabs}</sheets></workbook>");
    let bytes = workbook_of(&sheet, &[("xl/workbook.xml", workbook.as_bytes())]);
    assert!(Workbook::read(&bytes).is_ok());
    let limits = Limits { total_bytes: 200_000, ..Limits::OFFICE };
    assert_eq!(Workbook::read_within(&bytes, &limits), Err(WorkbookRefusal::Bomb));
}

#[test]
fn every_limit_is_kept() {
    let sheet = r#"<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>"#;
    let bytes = workbook_of(sheet, &[("xl/sharedStrings.xml", b"<sst><si><t>a</t></si><si><t>b</t></si></sst>")]);
    assert!(Workbook::read(&bytes).is_ok());
    for (limits, refusal) in [
        (Limits { rows: 1, ..Limits::OFFICE }, WorkbookRefusal::TooManyRows { limit: 1 }),
        (Limits { columns: 1, ..Limits::OFFICE }, WorkbookRefusal::TooManyColumns { limit: 1 }),
        (Limits { cells: 2, ..Limits::OFFICE }, WorkbookRefusal::TooMuchContent),
        (Limits { merges: 0, ..Limits::OFFICE }, WorkbookRefusal::TooMuchContent),
        (Limits { sheets: 0, ..Limits::OFFICE }, WorkbookRefusal::TooMuchContent),
        (Limits { shared_texts: 1, ..Limits::OFFICE }, WorkbookRefusal::TooMuchContent),
        (Limits { parts: 5, ..Limits::OFFICE }, WorkbookRefusal::Bomb),
        (Limits { total_bytes: 800, ..Limits::OFFICE }, WorkbookRefusal::Bomb),
    ] {
        assert_eq!(Workbook::read_within(&bytes, &limits), Err(refusal));
    }
}

#[test]
fn broken_insides_are_refused_as_damaged() {
    for sheet in [
        r#"<worksheet><sheetData><row r="0"/></sheetData></worksheet>"#,
        r#"<worksheet><sheetData><row r="99999999999999"/></sheetData></worksheet>"#,
        r#"<worksheet><sheetData><row><c r="AAAAAAA1"><v>1</v></c></row></sheetData></worksheet>"#,
        r#"<worksheet><sheetData><row><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>"#,
        r#"<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>"#,
        r#"<worksheet><mergeCells><mergeCell ref="A0:B1"/></mergeCells></worksheet>"#,
        "<worksheet><sheetData><row",
    ] {
        assert_eq!(refusal(&workbook_of(sheet, &[])), WorkbookRefusal::Damaged, "{sheet}");
    }
    let without_sheet = zip_of(&[("_rels/.rels", ROOT_RELATIONSHIPS.as_bytes()), ("xl/workbook.xml", b"<workbook/>")]);
    assert_eq!(refusal(&without_sheet), WorkbookRefusal::NoSheets);
    let ledger = ledger_bytes();
    assert_eq!(refusal(&ledger[..ledger.len() / 2]), WorkbookRefusal::Damaged);
}

/// A small workbook whose parts are stored, so that changed bytes reach the XML instead of breaking the deflate.
fn stored_workbook() -> Vec<u8> {
    let bytes = workbook_of(
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2" s="0"><v>12</v></c><c r="C2" t="str"><f>A1</f><v>2021.3</v></c></row></sheetData>
        <mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>"#,
        &[("xl/sharedStrings.xml", "<sst><si><t>户数</t></si><si><t>成立日期</t></si></sst>".as_bytes())],
    );
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a zip");
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(name, options).expect("a part can be started");
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).expect("the part reads");
        writer.write_all(&content).expect("a part can be written");
    }
    writer.finish().expect("a zip can be finished").into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_return(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        probe_bytes(&bytes);
        let mut with_magic = b"PK\x03\x04".to_vec();
        with_magic.extend(bytes);
        probe_bytes(&with_magic);
    }

    #[test]
    fn a_changed_workbook_returns(changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = stored_workbook();
        for (place, byte) in changes {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        probe_bytes(&bytes);
    }

    #[test]
    fn a_cut_workbook_returns(cut in any::<proptest::sample::Index>()) {
        let bytes = stored_workbook();
        probe_bytes(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn any_sheet_xml_returns(xml in "(<worksheet>|<sheetData>|<row|<c| r=\"[A-Z]{0,8}[0-9]{0,12}\"| t=\"[a-z]{0,3}\"| s=\"[0-9]{0,20}\"|>|/>|<v>|</v>|<f>|</f>|<is>|<t>|</t>|</c>|</row>|&#x?[0-9a-f]{0,8};|&[a-z]{0,4};|[0-9.eE+-]{0,12}|户数|姓名|_x[0-9A-F]{0,4}_|<mergeCell ref=\"[A-Z0-9:$]{0,12}\"/>){0,40}") {
        probe_bytes(&workbook_of(&xml, &[("xl/sharedStrings.xml", xml.as_bytes()), ("xl/styles.xml", xml.as_bytes())]));
    }

    #[test]
    fn any_text_in_a_row_is_read_or_refused(texts in proptest::collection::vec("(?s).{0,20}", 3)) {
        let cells: String = texts.iter().map(|text| {
            let text: String = text.chars().filter(|character| !matches!(character, '<' | '&')).collect();
            format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
        }).collect();
        let header: String = ["姓名", "户数", "联系电话"].map(|label| format!("<c t=\"inlineStr\"><is><t>{label}</t></is></c>")).concat();
        probe_bytes(&workbook_of(&format!("<worksheet><sheetData><row>{header}</row><row>{cells}</row></sheetData></worksheet>"), &[]));
    }
}
