//! A thin reading head over one XML part.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::WorkbookRefusal;
use super::archive::refusal_of_io;

/// Reads events of one part. Empty elements come as a start and an end.
pub(super) struct XmlPart<'a> {
    reader: Reader<Box<dyn BufRead + 'a>>,
    buffer: Vec<u8>,
}

impl<'a> XmlPart<'a> {
    pub(super) fn new(part: Box<dyn BufRead + 'a>) -> Self {
        let mut reader = Reader::from_reader(part);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        // End names are not compared: it would cost a stack of names as deep as the file likes.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        Self { reader, buffer: Vec::new() }
    }

    /// The next event, or `None` at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<Event<'_>>, WorkbookRefusal> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(quick_xml::Error::Io(error)) => Err(refusal_of_io(&error)),
            Err(_) => Err(WorkbookRefusal::Damaged),
        }
    }
}

/// The value of the attribute with this local name, entities resolved.
pub(super) fn attribute(element: &BytesStart<'_>, local_name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == local_name).map(
        |attribute| match attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
            Ok(value) => value.into_owned(),
            Err(_) => attribute.value.into_owned(),
        },
    )
}

/// Appends the text of a text-like event; other events add nothing.
pub(super) fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(content) => text.push_str(&content.xml10_content()),
        Event::CData(content) => text.push_str(&content.xml10_content()),
        Event::GeneralRef(reference) => push_reference(reference, text),
        _ => {}
    }
}

/// Only the five predefined entities and character references exist here; a workbook may declare none of its own.
fn push_reference(reference: &BytesRef<'_>, text: &mut String) {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => text.push(character),
        Ok(None) => text.push_str(match reference.as_ref() {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => "",
        }),
        Err(_) => {}
    }
}

/// Undoes Excel's `_xHHHH_` spelling of characters that XML cannot hold.
pub(super) fn unescape_excel(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find("_x") {
        let escaped = rest.get(start + 2..start + 7).filter(|tail| tail.ends_with('_'));
        let character = escaped
            .and_then(|tail| u32::from_str_radix(tail.trim_end_matches('_'), 16).ok())
            .filter(|_| escaped.is_some_and(|tail| tail.bytes().take(4).all(|byte| byte.is_ascii_hexdigit())))
            .and_then(char::from_u32);
        match character {
            Some(character) => {
                result.push_str(&rest[..start]);
                result.push(character);
                rest = &rest[start + 7..];
            }
            None => {
                result.push_str(&rest[..start + 2]);
                rest = &rest[start + 2..];
            }
        }
    }
    result.push_str(rest);
    result
}
