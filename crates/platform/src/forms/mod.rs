//! What people send: forms and queries as plain texts, read field by field with Chinese words for what is wrong.
//!
//! Promises that no input is too strange to be read: unknown fields are ignored, broken encodings are replaced, control
//! characters are dropped, and what was typed can be shown again.

mod query;
mod read;
mod upload;

use std::convert::Infallible;

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::{header::CONTENT_TYPE, request::Parts},
};

use crate::error::{Problem, Stop};

pub use query::Query;
pub use read::{Reading, half_width};
pub use upload::UploadedFile;

/// Bytes of a form without files. Score sheets with long texts stay far below.
const FORM_LIMIT: usize = 2 * 1024 * 1024;

/// The hidden field of a form's key.
const ONCE: &str = "once";
/// Letters of a key.
const ONCE_LENGTH: usize = 64;

/// The fields of a form or a query, in the order sent.
#[derive(Debug, Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    /// The files sent with it.
    pub files: Vec<UploadedFile>,
}

impl Form {
    /// Reads `a=1&b=2`.
    #[must_use]
    pub fn parse(encoded: &[u8]) -> Self {
        let fields = form_urlencoded::parse(encoded).map(|(name, value)| (name.into_owned(), clean(&value))).collect();
        Self { fields, files: Vec::new() }
    }

    /// A form as the demo and the tests fill it in.
    pub fn of<N: Into<String>, V: Into<String>>(fields: impl IntoIterator<Item = (N, V)>) -> Self {
        let fields = fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { fields, files: Vec::new() }
    }

    /// The first value of `name` as typed; empty when it was not sent.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// What makes this form unlike every other, so that one that is sent twice is told from two of the same: the key that came
    /// with it, or a new one.
    #[must_use]
    pub fn once(&self) -> String {
        match self.sent_once() {
            key if key.is_empty() => uuid::Uuid::now_v7().simple().to_string(),
            key => key,
        }
    }

    /// The key that came with the form; empty where none did.
    #[must_use]
    pub fn sent_once(&self) -> String {
        self.value(ONCE).chars().take(ONCE_LENGTH).collect()
    }

    /// Takes out the file that was chosen in `field`.
    pub fn take_file(&mut self, field: &str) -> Option<UploadedFile> {
        let place = self.files.iter().position(|file| file.field == field)?;
        Some(self.files.swap_remove(place))
    }

    /// Every value of `name`, for check boxes and repeated rows.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Every field whose name begins with `prefix`, with the rest of its name.
    pub fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields.iter().filter_map(move |(field, value)| Some((field.strip_prefix(prefix)?, value.as_str())))
    }

    /// Whether a field was sent at all, were it empty.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    /// Whether a check box was ticked.
    #[must_use]
    pub fn is_ticked(&self, name: &str) -> bool {
        !self.value(name).is_empty()
    }

    /// Begins to read the fields into typed values, collecting every problem.
    #[must_use]
    pub const fn read(&self) -> Reading<'_> {
        Reading::new(self)
    }
}

/// Drops what no database and no document can hold, and makes line ends one character.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect()
}

/// The query of a URL, read like a form; never fails.
#[derive(Debug, Clone, Default)]
pub struct QueryForm(pub Form);

impl<S: Sync> FromRequestParts<S> for QueryForm {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Form::parse(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Stop;

    async fn from_request(request: Request, state: &S) -> Result<Self, Stop> {
        let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if content_type.starts_with("multipart/form-data") {
            return upload::read_multipart(request, state).await;
        }
        let body = axum::body::to_bytes(request.into_body(), FORM_LIMIT)
            .await
            .map_err(|_| Stop::Refused(vec![Problem::whole("提交的内容太长或没有完整送达，请缩短后重新提交。")]))?;
        Ok(Self::parse(&body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_whatever_was_sent() {
        let form = Form::parse("name=%E6%9D%8E&tick=on&x=a%00b%0D%0Ac&bad=%FF%FE&tick=two&s.A1=3".as_bytes());
        assert_eq!(form.value("name"), "李");
        assert_eq!(form.value("x"), "ab\nc");
        assert_eq!(form.value("missing"), "");
        assert_eq!(form.values("tick").collect::<Vec<_>>(), ["on", "two"]);
        assert_eq!(form.with_prefix("s.").collect::<Vec<_>>(), [("A1", "3")]);
        assert_eq!(form.value("bad"), "\u{fffd}\u{fffd}");
    }
}
