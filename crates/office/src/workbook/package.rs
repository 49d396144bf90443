//! The parts around the sheets: which sheets there are, the shared texts, and which styles show dates.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use quick_xml::events::Event;

use super::archive::Archive;
use super::number_format::{is_builtin_date, is_date_code};
use super::xml::{XmlPart, attribute, push_text, unescape_excel};
use super::{Limits, WorkbookRefusal};

/// Excel itself allows 64,000 cell formats.
const STYLE_LIMIT: usize = 70_000;

/// A workbook relates to its sheets and a handful of other parts.
const RELATIONSHIP_LIMIT: usize = 5_000;

/// What the sheets need to be understood.
pub(super) struct Package {
    pub(super) sheets: Vec<SheetEntry>,
    pub(super) shared_texts: Vec<Arc<str>>,
    /// By style id: whether a number in this style is a date.
    pub(super) is_date_style: Vec<bool>,
    /// Whether serial 0 is 1904-01-01, as workbooks made on old Macs have it.
    pub(super) is_1904: bool,
}

/// One tab of the workbook.
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) is_hidden: bool,
}

/// One line of a relationships part.
struct Relationship {
    kind: String,
    target: String,
}

impl Package {
    pub(super) fn read(archive: &mut Archive<'_>, limits: &Limits) -> Result<Self, WorkbookRefusal> {
        let workbook_path = find_workbook_path(archive)?;
        let relationships = read_relationships(archive, &relationships_path(&workbook_path))?;
        let base = folder_of(&workbook_path).to_owned();
        let (sheets, is_1904) = read_workbook_part(archive, &workbook_path, &base, &relationships, limits)?;
        let path_of_kind = |kind: &str| {
            relationships
                .values()
                .find(|relationship| relationship.kind == kind)
                .map(|found| resolve(&base, &found.target))
        };
        let shared_texts = match path_of_kind("sharedStrings") {
            Some(path) => read_shared_texts(archive, &path, limits)?,
            None => Vec::new(),
        };
        let is_date_style = match path_of_kind("styles") {
            Some(path) => read_date_styles(archive, &path)?,
            None => Vec::new(),
        };
        Ok(Self { sheets, shared_texts, is_date_style, is_1904 })
    }
}

/// The main part is named by the package relationships; writers that leave it out mean the usual place.
fn find_workbook_path(archive: &mut Archive<'_>) -> Result<String, WorkbookRefusal> {
    let relationships = read_relationships(archive, "_rels/.rels")?;
    Ok(relationships
        .values()
        .find(|relationship| relationship.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |found| resolve("", &found.target)))
}

/// Reads a relationships part, by id; a missing part reads as empty.
fn read_relationships(
    archive: &mut Archive<'_>,
    path: &str,
) -> Result<BTreeMap<String, Relationship>, WorkbookRefusal> {
    let mut relationships = BTreeMap::new();
    let Some(part) = archive.part(path)? else {
        return Ok(relationships);
    };
    let mut xml = XmlPart::new(part);
    while let Some(event) = xml.next()? {
        if let Event::Start(element) = &event
            && element.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(kind), Some(target)) =
                (attribute(element, "Id"), attribute(element, "Type"), attribute(element, "Target"))
        {
            // Transitional and strict workbooks differ in the prefix of the type, not in its last word.
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relationships.insert(id, Relationship { kind, target });
            if relationships.len() > RELATIONSHIP_LIMIT {
                return Err(WorkbookRefusal::TooMuchContent);
            }
        }
    }
    Ok(relationships)
}

fn read_workbook_part(
    archive: &mut Archive<'_>,
    path: &str,
    base: &str,
    relationships: &BTreeMap<String, Relationship>,
    limits: &Limits,
) -> Result<(Vec<SheetEntry>, bool), WorkbookRefusal> {
    let part = archive.part(path)?.ok_or(WorkbookRefusal::Damaged)?;
    let mut xml = XmlPart::new(part);
    let mut sheets = Vec::new();
    let mut is_1904 = false;
    while let Some(event) = xml.next()? {
        let Event::Start(element) = &event else { continue };
        match element.local_name().as_ref() {
            "workbookPr" => {
                if let Some(flag) = attribute(element, "date1904") {
                    is_1904 = flag == "1" || flag == "true";
                }
            }
            "sheet" => {
                let name = attribute(element, "name").ok_or(WorkbookRefusal::Damaged)?;
                let id = attribute(element, "id").ok_or(WorkbookRefusal::Damaged)?;
                let relationship = relationships.get(&id).ok_or(WorkbookRefusal::Damaged)?;
                // Chart and dialog sheets hold no cells.
                if relationship.kind == "worksheet" {
                    let is_hidden = attribute(element, "state").is_some_and(|state| state != "visible");
                    sheets.push(SheetEntry { name, path: resolve(base, &relationship.target), is_hidden });
                }
            }
            _ => {}
        }
        if sheets.len() > limits.sheets {
            return Err(WorkbookRefusal::TooMuchContent);
        }
    }
    if sheets.is_empty() {
        return Err(WorkbookRefusal::NoSheets);
    }
    Ok((sheets, is_1904))
}

/// Reads the table of shared texts. Phonetic guides are left out; the declared count is not believed.
fn read_shared_texts(archive: &mut Archive<'_>, path: &str, limits: &Limits) -> Result<Vec<Arc<str>>, WorkbookRefusal> {
    let Some(part) = archive.part(path)? else {
        return Ok(Vec::new());
    };
    let mut xml = XmlPart::new(part);
    let mut texts = Vec::new();
    let mut text = String::new();
    let (mut is_in_text, mut is_phonetic) = (false, false);
    while let Some(event) = xml.next()? {
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "si" => text.clear(),
                "t" => is_in_text = !is_phonetic,
                "rPh" => is_phonetic = true,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "si" => {
                    if texts.len() >= limits.shared_texts {
                        return Err(WorkbookRefusal::TooMuchContent);
                    }
                    texts.push(Arc::from(unescape_excel(std::mem::take(&mut text))));
                }
                "t" => is_in_text = false,
                "rPh" => is_phonetic = false,
                _ => {}
            },
            event if is_in_text => push_text(event, &mut text),
            _ => {}
        }
    }
    Ok(texts)
}

/// Reads only what tells a date from a number: the custom codes and the list of cell formats.
fn read_date_styles(archive: &mut Archive<'_>, path: &str) -> Result<Vec<bool>, WorkbookRefusal> {
    let Some(part) = archive.part(path)? else {
        return Ok(Vec::new());
    };
    let mut xml = XmlPart::new(part);
    let mut custom: HashMap<u32, bool> = HashMap::new();
    let mut styles = Vec::new();
    let mut is_in_cell_formats = false;
    while let Some(event) = xml.next()? {
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(element, "numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(element, "formatCode")) {
                        custom.insert(id, is_date_code(&code));
                    }
                }
                "cellXfs" => is_in_cell_formats = true,
                "xf" if is_in_cell_formats => {
                    if styles.len() >= STYLE_LIMIT {
                        return Err(WorkbookRefusal::TooMuchContent);
                    }
                    let id = attribute(element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    styles.push(custom.get(&id).copied().unwrap_or_else(|| is_builtin_date(id)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => is_in_cell_formats = false,
            _ => {}
        }
    }
    Ok(styles)
}

fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..slash])
}

fn relationships_path(path: &str) -> String {
    match path.rfind('/') {
        Some(slash) => format!("{}/_rels/{}.rels", &path[..slash], &path[slash + 1..]),
        None => format!("_rels/{path}.rels"),
    }
}

/// Resolves a relationship target against the folder of the part that names it.
fn resolve(base: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut segments: Vec<&str> = if target.starts_with('/') { Vec::new() } else { base.split('/').collect() };
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    segments.retain(|segment| !segment.is_empty());
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_resolve_from_the_naming_folder() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "../custom/./sheet1.xml"), "custom/sheet1.xml");
        assert_eq!(resolve("xl", "..\\..\\..\\sheet1.xml"), "sheet1.xml");
        assert_eq!(resolve("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
