//! The county's own ledger with bytes flipped, cut, repeated and put in, in the file and inside its parts: it is read or
//! refused, in bounded time, and nothing panics.

use std::{
    io::{Cursor, Read, Write},
    sync::LazyLock,
    time::{Duration, Instant},
};

use office::workbook::{Workbook, probe_bytes};
use proptest::{prelude::*, sample::Index};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::ledger_bytes;

/// How long a workbook of this size may take, without optimisation and with the other tests beside it.
const AT_MOST: Duration = Duration::from_secs(20);
/// Rows kept of each sheet, so that many cases fit into a test.
const ROWS: usize = 40;
/// What is put in: pieces of the format where it does not expect them, and plain bytes.
const PIECES: &[&str] = &[
    "<c r=\"A1\">",
    "</c>",
    "<row r=\"1048577\">",
    "<row r=\"0\">",
    "</row>",
    "</sheetData>",
    " t=\"s\"",
    " t=\"e\"",
    " r=\"ZZZZZZ9\"",
    " s=\"4294967296\"",
    "<v>1e999</v>",
    "<v>-0.1</v>",
    "<v>45000.99999999</v>",
    "<f>A1</f>",
    "<is><t>",
    "&#0;",
    "&#x110000;",
    "&lol;",
    "<!DOCTYPE a [<!ENTITY lol \"lol\">]>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "\u{feff}",
    "\u{0}",
    "\"",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "2021年13月32日",
];

#[derive(Debug, Clone)]
enum Change {
    Flip(Index, u8),
    Cut(Index, u16),
    Repeat(Index, u16),
    Insert(Index, &'static str),
    Bytes(Index, Vec<u8>),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = any::<Index>;
    let change = prop_oneof![
        (at(), 1..=u8::MAX).prop_map(|(at, mask)| Change::Flip(at, mask)),
        (at(), any::<u16>()).prop_map(|(at, length)| Change::Cut(at, length)),
        (at(), 1..2_000_u16).prop_map(|(at, length)| Change::Repeat(at, length)),
        (at(), prop::sample::select(PIECES)).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (at(), prop::collection::vec(any::<u8>(), 1..40)).prop_map(|(at, bytes)| Change::Bytes(at, bytes)),
    ];
    prop::collection::vec(change, 1..8)
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        match change {
            Change::Flip(at, mask) => bytes[at.index(length)] ^= mask,
            Change::Cut(at, count) => {
                let at = at.index(length);
                drop(bytes.drain(at..length.min(at + usize::from(*count))));
            }
            Change::Repeat(at, count) => {
                let at = at.index(length);
                let piece = bytes[at..length.min(at + usize::from(*count))].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            Change::Insert(at, piece) => drop(bytes.splice(at.index(length)..at.index(length), piece.bytes())),
            Change::Bytes(at, piece) => {
                drop(bytes.splice(at.index(length)..at.index(length), piece.iter().copied()));
            }
        }
    }
    bytes
}

/// The parts of the ledger, its sheets cut to their first rows.
static PARTS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let ledger = ledger_bytes();
    let mut archive = ZipArchive::new(Cursor::new(&ledger)).expect("a zip");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("the part reads");
        if name.starts_with("xl/worksheets/sheet") {
            content = first_rows(&String::from_utf8(content).expect("text")).into_bytes();
        }
        parts.push((name, content));
    }
    parts
});

fn first_rows(sheet: &str) -> String {
    let kept: String = sheet.split_inclusive("</row>").take(ROWS).collect();
    let rest = sheet.rsplit_once("</row>").map_or("", |(_, rest)| rest);
    kept + rest
}

/// The ledger again, without compression; the zip's checksums are right, so that the change reaches the reader.
fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(name.as_str(), stored).expect("a part can be started");
        writer.write_all(content).expect("a part can be written");
    }
    writer.finish().expect("a zip can be finished").into_inner()
}

fn probe(bytes: &[u8]) {
    let begun = Instant::now();
    probe_bytes(bytes);
    assert!(begun.elapsed() < AT_MOST, "{} bytes took {:?}", bytes.len(), begun.elapsed());
}

#[test]
fn the_shortened_ledger_is_still_a_ledger() {
    let workbook = Workbook::read(&zipped(&PARTS)).expect("a workbook");
    assert_eq!(workbook.sheets().len(), 4);
    assert!(workbook.sheet("小区台账").is_some_and(|sheet| sheet.row_numbers().count() > 10));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_part_is_read_or_refused(part in any::<Index>(), changes in changes()) {
        let mut parts = PARTS.clone();
        let at = part.index(parts.len());
        parts[at].1 = changed(std::mem::take(&mut parts[at].1), &changes);
        probe(&zipped(&parts));
    }

    #[test]
    fn a_changed_file_is_read_or_refused(changes in changes()) {
        probe(&changed(ledger_bytes(), &changes));
        probe(&changed(zipped(&PARTS), &changes));
    }

    #[test]
    fn exchanged_parts_are_read_or_refused(one in any::<Index>(), two in any::<Index>()) {
        let mut parts = PARTS.clone();
        let (one, two) = (one.index(parts.len()), two.index(parts.len()));
        parts[one].1 = PARTS[two].1.clone();
        parts[two].1.clear();
        probe(&zipped(&parts));
    }
}
