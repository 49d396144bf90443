//! Any bytes as the XML inside a sound workbook, where the zip's checksums would stop a changed file: the first byte
//! says which part they are.
#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use office::workbook::probe_bytes;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const PARTS: [(&str, &[u8]); 6] = [
    (
        "_rels/.rels",
        br#"<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".as_bytes()),
    (
        "xl/_rels/workbook.xml.rels",
        br#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>"#,
    ),
    (
        "xl/worksheets/sheet1.xml",
        br#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>44927</v></c></row></sheetData></worksheet>"#,
    ),
    ("xl/sharedStrings.xml", "<sst><si><t>户数</t></si></sst>".as_bytes()),
    ("xl/styles.xml", br#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
];

fn workbook_with(which: usize, content: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (index, (name, usual)) in PARTS.iter().enumerate() {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))?;
        writer.write_all(if index == which { content } else { usual })?;
    }
    Ok(writer.finish()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    if let Some((which, content)) = bytes.split_first()
        && let Ok(workbook) = workbook_with(usize::from(*which) % PARTS.len(), content)
    {
        probe_bytes(&workbook);
    }
});
