//! What can be set from outside: environment variables `HONGQI_*`, or a TOML file named by `HONGQI_CONFIG`.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::Context as _;
use figment::{
    Figment,
    providers::{Env, Format as _, Toml},
};
use serde::Deserialize;

/// The settings of one instance.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://…` (`HONGQI_DATABASE_URL`). Empty: `hongqi.db` in the data folder.
    pub database_url: String,
    /// Folder for the database file, uploads and the key file (`HONGQI_DATA_DIR`).
    pub data_dir: PathBuf,
    /// Address to listen on (`HONGQI_LISTEN`).
    pub listen: SocketAddr,
    /// Where uploads are kept (`HONGQI_STORAGE_URL`): empty for the data folder, or a URL that `object_store` knows.
    pub storage_url: String,
    /// 64 hex digits that encrypt personal data (`HONGQI_SECRET_KEY`). Empty: a key file is made in the data folder.
    pub secret_key: String,
    /// Whether the service stands behind TLS, so that cookies may be `Secure` (`HONGQI_TLS`).
    pub tls: bool,
    /// Whether the address of the client is taken from `X-Forwarded-For`, set by a proxy of ours (`HONGQI_BEHIND_PROXY`).
    pub behind_proxy: bool,
    /// Minutes without a click after which one is signed out (`HONGQI_SESSION_MINUTES`).
    pub session_minutes: i64,
    /// Attempts to sign in from one address in a minute; 0 for no limit (`HONGQI_SIGN_INS_PER_MINUTE`).
    pub sign_ins_per_minute: u32,
    /// Objections from one address in a minute; 0 for no limit (`HONGQI_OBJECTIONS_PER_MINUTE`).
    pub objections_per_minute: u32,
    /// Questions with a query code from one address in a minute; 0 for no limit (`HONGQI_QUERIES_PER_MINUTE`).
    pub queries_per_minute: u32,
    /// How short messages reach telephones (`HONGQI_TEXT_SENDER`), one-time codes of members and news for residents who left a
    /// number: empty for not at all, so that branches hand out links; `screen` to show them on pages, for trials only; or the address of a webhook that is sent `{"phone": …, "text": …}` as JSON.
    pub text_sender: String,
    /// Whether logs are JSON lines (`HONGQI_LOG_JSON`).
    pub log_json: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: String::new(),
            data_dir: PathBuf::from("hongqi-data"),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            storage_url: String::new(),
            secret_key: String::new(),
            tls: false,
            behind_proxy: false,
            session_minutes: 8 * 60,
            // An office, and many a phone, share their address with others.
            sign_ins_per_minute: 60,
            objections_per_minute: 10,
            queries_per_minute: 20,
            text_sender: String::new(),
            log_json: false,
        }
    }
}

/// Most minutes of `session_minutes`: a month.
const LONGEST_SESSION: i64 = 31 * 24 * 60;

impl Config {
    /// Reads the settings; the environment wins over the file.
    ///
    /// # Errors
    /// When a value has the wrong form; the message names it.
    pub fn load() -> anyhow::Result<Self> {
        let mut figment = Figment::new();
        if let Some(file) = std::env::var_os("HONGQI_CONFIG") {
            figment = figment.merge(Toml::file(PathBuf::from(file)));
        }
        let read = figment.merge(Env::prefixed("HONGQI_")).extract();
        let config: Self = read.context("配置有误，请检查 HONGQI_ 开头的环境变量")?;
        let minutes = config.session_minutes;
        anyhow::ensure!(
            (1..=LONGEST_SESSION).contains(&minutes),
            "配置有误：HONGQI_SESSION_MINUTES 是 {minutes}，应为 1 到 {LONGEST_SESSION} 之间的分钟数"
        );
        Ok(config)
    }

    /// The database to open.
    #[must_use]
    pub fn database(&self) -> String {
        if self.database_url.is_empty() {
            format!("sqlite:{}", self.data_dir.join("hongqi.db").display())
        } else {
            self.database_url.clone()
        }
    }
}
