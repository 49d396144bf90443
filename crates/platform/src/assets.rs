//! The front-end bundle, embedded at build time from `web/dist` (made by `make web`).

use std::{collections::BTreeMap, sync::LazyLock};

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist/"]
struct Bundle;

/// Addresses of the bundle's files; their names hold a hash of their content.
#[derive(Debug)]
pub struct Assets {
    /// Style sheet.
    pub css: String,
    /// Small comforts.
    pub app: String,
    /// Charts, loaded on pages that have some.
    pub charts: String,
    /// Icon.
    pub icon: String,
}

/// The bundle of this binary. When it was built without one, the addresses lead nowhere and pages work without style.
#[must_use]
pub fn assets() -> &'static Assets {
    static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
        let manifest: BTreeMap<String, String> =
            Bundle::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default();
        let address = |name: &str| format!("/assets/{}", manifest.get(name).map_or(name, String::as_str));
        Assets {
            css: address("app.css"),
            app: address("app.js"),
            charts: address("charts.js"),
            icon: address("icon.svg"),
        }
    });
    &ASSETS
}

/// A file of the bundle: its bytes, media type and entity tag.
#[must_use]
pub fn get(name: &str) -> Option<(Vec<u8>, String, String)> {
    let file = Bundle::get(name)?;
    let media_type = file.metadata.mimetype().to_owned();
    let etag = format!("\"{}\"", hex::encode(file.metadata.sha256_hash()));
    Some((file.data.into_owned(), media_type, etag))
}
