//! The description of open data as a page: drawn here, so that nothing of it is loaded from elsewhere or inline.

use askama::Template;
use axum::response::Response;
use platform::{error::Stop, shell::PortalShell};
use utoipa::OpenApi as _;

use super::http::Description;
use crate::portal::{
    frame::{Reader, Scope, public_page},
    urls,
};

/// One address.
struct Address {
    path: String,
    summary: String,
    words: String,
    /// Name of the record it answers with; empty for tables.
    record: String,
}

/// One kind of record.
struct Record {
    name: String,
    words: String,
    /// Name, kind and meaning of each field.
    fields: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "portal/open/open.html")]
struct OpenPage {
    shell: PortalShell,
    scope: Scope,
    words: String,
    addresses: Vec<Address>,
    records: Vec<Record>,
    document: &'static str,
}

/// What open data there is.
pub async fn show(reader: Reader) -> Result<Response, Stop> {
    let document = serde_json::to_value(Description::openapi()).map_err(anyhow::Error::from)?;
    public_page(&OpenPage {
        shell: reader.shell("开放数据"),
        words: text(&document["info"]["description"]),
        addresses: addresses(&document),
        records: records(&document),
        document: urls::OPENAPI,
        scope: reader.scope,
    })
}

/// The page reads the same document that programs read, so that the two cannot differ.
fn addresses(document: &serde_json::Value) -> Vec<Address> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let address = |(path, item): (&String, &serde_json::Value)| {
        let get = &item["get"];
        let answer = &get["responses"]["200"];
        Address {
            path: path.clone(),
            summary: text(&get["summary"]),
            words: text(&answer["description"]),
            record: record_of(&answer["content"]["application/json"]["schema"]),
        }
    };
    paths.map(address).collect()
}

fn records(document: &serde_json::Value) -> Vec<Record> {
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    let record = |(name, schema): (&String, &serde_json::Value)| {
        let properties = schema["properties"].as_object().into_iter().flatten();
        let field = |(field, property): (&String, &serde_json::Value)| {
            (field.clone(), kind_of(property), text(&property["description"]))
        };
        Record { name: name.clone(), words: text(&schema["description"]), fields: properties.map(field).collect() }
    };
    schemas.map(record).collect()
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The name of the record that a schema refers to, wherever it does.
fn record_of(schema: &serde_json::Value) -> String {
    match schema {
        serde_json::Value::Object(members) => match members.get("$ref").and_then(serde_json::Value::as_str) {
            Some(reference) => reference.rsplit('/').next().unwrap_or_default().to_owned(),
            None => members.values().map(record_of).find(|found| !found.is_empty()).unwrap_or_default(),
        },
        serde_json::Value::Array(members) => {
            members.iter().map(record_of).find(|found| !found.is_empty()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn kind_of(property: &serde_json::Value) -> String {
    let record = record_of(property);
    let kinds: Vec<&str> = match &property["type"] {
        serde_json::Value::String(kind) => vec![kind],
        serde_json::Value::Array(kinds) => kinds.iter().filter_map(serde_json::Value::as_str).collect(),
        _ => Vec::new(),
    };
    let words = |kind: &&str| match *kind {
        "integer" => "整数".to_owned(),
        "array" if record.is_empty() => "列表".to_owned(),
        "array" => format!("{record} 的列表"),
        "null" => "可以为空".to_owned(),
        "string" if property["format"] == "date" => "日期，如 2022-12-30".to_owned(),
        _ => "文字".to_owned(),
    };
    kinds.iter().map(words).collect::<Vec<_>>().join("，")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_reads_the_document() {
        let document = serde_json::to_value(Description::openapi()).expect("plain data");
        let addresses = addresses(&document);
        let branches = addresses.iter().find(|it| it.path == urls::OPEN_BRANCHES).expect("branches");
        assert_eq!((branches.summary.as_str(), branches.record.as_str()), ("小区党支部名录", "OpenBranch"));
        let records = records(&document);
        let notice = records.iter().find(|it| it.name == "OpenNotice").expect("notices");
        let field = |name: &str| notice.fields.iter().find(|it| it.0 == name).expect("a field").1.clone();
        assert_eq!(field("entries"), "OpenEntry 的列表");
        assert_eq!(field("ends_on"), "日期，如 2022-12-30");
        assert!(
            records.iter().all(|it| it.fields.iter().all(|(_, kind, words)| !kind.is_empty() && !words.is_empty()))
        );
    }
}
