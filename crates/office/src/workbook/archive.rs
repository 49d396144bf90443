//! The zip around a workbook: what is let in, and how much is inflated.
//!
//! Every byte that leaves the zip is counted here, so no part can be larger than it claims.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use zip::ZipArchive;

use super::{ForeignKind, Limits, WorkbookRefusal};

const OLE_MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const ZIP_MAGIC: &[u8] = b"PK\x03\x04";

/// The content-types part is a plain list; a real one is a few kilobytes.
const CONTENT_TYPES_BYTES: u64 = 1024 * 1024;

/// An opened workbook file, after the checks that need no XML.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Part path in [`part_key`] form → index in the zip.
    index_by_key: HashMap<String, usize>,
    part_bytes: u64,
    bytes_left: u64,
}

impl<'a> Archive<'a> {
    /// Opens the container and refuses what is no workbook, too large, or carries macros.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, WorkbookRefusal> {
        check_container(bytes, limits)?;
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookRefusal::Damaged)?;
        if zip.len() > limits.parts {
            return Err(WorkbookRefusal::Bomb);
        }
        let mut index_by_key = HashMap::with_capacity(zip.len());
        let mut declared_bytes = 0_u64;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|_| WorkbookRefusal::Damaged)?;
            if entry.encrypted() {
                return Err(WorkbookRefusal::Encrypted);
            }
            declared_bytes = declared_bytes.saturating_add(entry.size());
            if entry.size() > limits.part_bytes || declared_bytes > limits.total_bytes {
                return Err(WorkbookRefusal::Bomb);
            }
            let key = part_key(&String::from_utf8_lossy(entry.name_raw()));
            index_by_key.insert(key, index);
        }
        let mut archive = Self { zip, index_by_key, part_bytes: limits.part_bytes, bytes_left: limits.total_bytes };
        archive.check_kind()?;
        Ok(archive)
    }

    /// A counted reader over the part at this path, or `None` when there is no such part.
    ///
    /// Case, backslashes and a leading slash in the path do not matter: all of them occur in the wild.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<Box<dyn BufRead + '_>>, WorkbookRefusal> {
        let Some(&index) = self.index_by_key.get(&part_key(path)) else {
            return Ok(None);
        };
        match self.zip.by_index(index) {
            Ok(entry) => Ok(Some(Box::new(BufReader::new(Counted {
                inner: entry,
                part_left: self.part_bytes,
                total_left: &mut self.bytes_left,
            })))),
            Err(_) => Err(WorkbookRefusal::Damaged),
        }
    }

    fn has_part(&self, key: &str) -> bool {
        self.index_by_key.contains_key(key)
    }

    /// Looks at names and declared types only: macros are refused before anything else is read.
    fn check_kind(&mut self) -> Result<(), WorkbookRefusal> {
        let content_types = self.content_types()?;
        let is_macro_part = |key: &String| key.ends_with("vbaproject.bin") || key.starts_with("xl/macrosheets/");
        let has_macro_type =
            ["macroenabled", "vbaproject", "macrosheet"].iter().any(|word| content_types.contains(word));
        if has_macro_type || self.index_by_key.keys().any(is_macro_part) {
            return Err(WorkbookRefusal::Macros);
        }
        if self.has_part("xl/workbook.bin") {
            return Err(WorkbookRefusal::Foreign(ForeignKind::BinaryWorkbook));
        }
        if self.has_part("word/document.xml") {
            return Err(WorkbookRefusal::Foreign(ForeignKind::Word));
        }
        if self.has_part("mimetype") && self.has_part("content.xml") {
            return Err(WorkbookRefusal::Foreign(ForeignKind::OpenDocument));
        }
        if content_types.is_empty() && !self.has_part("_rels/.rels") {
            return Err(WorkbookRefusal::Foreign(ForeignKind::Unknown));
        }
        Ok(())
    }

    /// The content-types part in lower case, empty when there is none.
    fn content_types(&mut self) -> Result<String, WorkbookRefusal> {
        let Some(part) = self.part("[Content_Types].xml")? else {
            return Ok(String::new());
        };
        let mut bytes = Vec::new();
        part.take(CONTENT_TYPES_BYTES).read_to_end(&mut bytes).map_err(|error| refusal_of_io(&error))?;
        Ok(String::from_utf8_lossy(&bytes).to_ascii_lowercase())
    }
}

/// Tells the file's kind from its first bytes and refuses all but zips of a bearable size.
fn check_container(bytes: &[u8], limits: &Limits) -> Result<(), WorkbookRefusal> {
    const MEGABYTE: u64 = 1024 * 1024;
    let size = bytes.len() as u64;
    if size == 0 {
        return Err(WorkbookRefusal::Empty);
    }
    if size > limits.file_bytes {
        return Err(WorkbookRefusal::TooLarge {
            megabytes: size.div_ceil(MEGABYTE),
            limit: limits.file_bytes / MEGABYTE,
        });
    }
    if bytes.starts_with(&OLE_MAGIC) {
        return Err(if is_encrypted_package(bytes) { WorkbookRefusal::Encrypted } else { WorkbookRefusal::OldExcel });
    }
    if bytes.starts_with(ZIP_MAGIC) {
        return Ok(());
    }
    Err(WorkbookRefusal::Foreign(foreign_kind(bytes)))
}

/// An encrypted `.xlsx` is an OLE file with a stream of this name, stored as UTF-16.
fn is_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

fn foreign_kind(bytes: &[u8]) -> ForeignKind {
    if bytes.starts_with(b"%PDF-") {
        return ForeignKind::Pdf;
    }
    if bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xFF, 0xD8, 0xFF]) || bytes.starts_with(b"GIF8") {
        return ForeignKind::Picture;
    }
    let head = &bytes[..bytes.len().min(1024)];
    // A NUL never occurs in GBK or UTF-8 text; UTF-16 text announces itself by its byte order mark.
    let is_utf16 = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    let letters: String =
        head.iter().filter(|&&byte| byte != 0).map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    if ["<html", "<!doctype html", "<table", "urn:schemas-microsoft-com:office"]
        .iter()
        .any(|mark| letters.contains(mark))
    {
        return ForeignKind::WebPage;
    }
    let is_text = is_utf16 || !head.iter().any(|&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'));
    if is_text { ForeignKind::PlainText } else { ForeignKind::Unknown }
}

/// One spelling for a part path: lower case, forward slashes, no leading slash.
pub(super) fn part_key(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A reader that stops with [`Overflow`] when more is inflated than allowed.
struct Counted<'b, R> {
    inner: R,
    part_left: u64,
    total_left: &'b mut u64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let inflated = count as u64;
        if inflated > self.part_left || inflated > *self.total_left {
            return Err(io::Error::other(Overflow));
        }
        self.part_left -= inflated;
        *self.total_left -= inflated;
        Ok(count)
    }
}

/// The mark that tells "too much was inflated" from any other read error.
#[derive(Debug, thiserror::Error)]
#[error("more was inflated than the limit allows")]
struct Overflow;

/// The refusal behind a read error.
pub(super) fn refusal_of_io(error: &io::Error) -> WorkbookRefusal {
    if error.get_ref().is_some_and(|inner| inner.is::<Overflow>()) {
        WorkbookRefusal::Bomb
    } else {
        WorkbookRefusal::Damaged
    }
}
