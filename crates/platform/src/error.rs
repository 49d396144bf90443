//! How a request can end without success.
//!
//! A *refusal* is something the person can act on: words beside a field, with what was typed kept. A *fault* is ours:
//! one incident number to the person, the whole chain once to the log.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::refusal::Refusal;
use sea_orm::{DbErr, RuntimeErr, sqlx};
use uuid::Uuid;

/// One refusal, ready to be shown: which field (empty for the whole form) and what to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the form field; empty when it concerns the whole deed.
    pub field: String,
    /// A Chinese sentence: what happened, why, what to do now.
    pub message: String,
}

impl Problem {
    /// A problem with one field.
    pub fn at(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }

    /// A problem with the deed as a whole.
    pub fn whole(message: impl Into<String>) -> Self {
        Self::at("", message)
    }
}

/// Why a deed or a page did not come about.
#[derive(Debug)]
pub enum Stop {
    /// The person can mend it; shown in the form.
    Refused(Vec<Problem>),
    /// There is no such thing, or its existence is not this office's business.
    Missing,
    /// The thing may be seen, but not this done to it.
    Forbidden,
    /// Nobody is signed in, or the session has ended.
    SignedOut,
    /// Somebody else changed the thing since it was read.
    Conflict,
    /// The database cannot be reached at the moment.
    Away(DbErr),
    /// Our fault.
    Fault(anyhow::Error),
}

impl Stop {
    /// A refusal in words, for the deed as a whole.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::Refused(vec![Problem::whole(message)])
    }

    /// A refusal in words, at a field.
    pub fn refused_at(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Refused(vec![Problem::at(field, message)])
    }

    /// The same with what was said of `field` told at `at`: the rules know one name, each form of a page its own.
    #[must_use]
    pub fn moved(self, field: &str, at: &str) -> Self {
        let moved = |problem: Problem| match problem.field == field {
            true => Problem { field: at.to_owned(), ..problem },
            false => problem,
        };
        match self {
            Self::Refused(problems) => Self::Refused(problems.into_iter().map(moved).collect()),
            stop => stop,
        }
    }

    /// A fault in words for the log.
    pub fn fault(message: impl Into<String>) -> Self {
        Self::Fault(anyhow::Error::msg(message.into()))
    }
}

/// Turns a rule's typed refusal into words at its field.
pub trait OrRefuse<T> {
    /// Stops with the rule's own words, at the rule's own field.
    ///
    /// # Errors
    /// [`Stop::Refused`] when the rule refused.
    fn or_refuse(self) -> Result<T, Stop>;

    /// Stops with the rule's own words, at `field`.
    ///
    /// # Errors
    /// [`Stop::Refused`] when the rule refused.
    fn or_refuse_at(self, field: &str) -> Result<T, Stop>;
}

impl<T, R: Refusal> OrRefuse<T> for Result<T, R> {
    fn or_refuse(self) -> Result<T, Stop> {
        self.map_err(|refusal| Stop::refused_at(refusal.field(), refusal.to_string()))
    }

    fn or_refuse_at(self, field: &str) -> Result<T, Stop> {
        self.map_err(|refusal| Stop::refused_at(field, refusal.to_string()))
    }
}

impl From<DbErr> for Stop {
    fn from(error: DbErr) -> Self {
        if is_away(&error) {
            return Self::Away(error);
        }
        if was_overtaken(&error) {
            tracing::warn!(error = %error, "overtaken");
            return Self::Conflict;
        }
        Self::Fault(error.into())
    }
}

/// The database's own error, when it is one.
fn sqlx_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

/// Whether the database could not be asked at all, or the connection broke off while it was asked.
fn is_away(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
        return true;
    }
    match sqlx_error(error) {
        Some(sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => true,
        // Connection exceptions; a server that shuts down, has crashed or is not up yet; a file that another process
        // holds for longer than anyone waits.
        Some(sqlx::Error::Database(error)) => {
            let code = error.code().unwrap_or_default();
            code.starts_with("08") || code.starts_with("57P") || matches!(&*code, "5" | "261" | "517")
        }
        _ => false,
    }
}

/// Whether somebody else wrote between our reading and our writing: kept the same thing first, took away what ours
/// points to, or waited for us while we waited for them. They win, and the person is told.
fn was_overtaken(error: &DbErr) -> bool {
    let is_deadlock = |code: &str| matches!(code, "40001" | "40P01");
    match sqlx_error(error) {
        Some(sqlx::Error::Database(error)) => {
            error.is_unique_violation()
                || error.is_foreign_key_violation()
                || error.code().as_deref().is_some_and(is_deadlock)
        }
        _ => false,
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Fault(error)
    }
}

impl From<askama::Error> for Stop {
    fn from(error: askama::Error) -> Self {
        Self::Fault(error.into())
    }
}

/// What the error page says; put into the response's extensions and drawn by the outermost layer, which knows the reader.
#[derive(Debug, Clone)]
pub struct Apology {
    /// Heading.
    pub title: &'static str,
    /// One or two sentences.
    pub message: String,
    /// Number to quote, for faults of ours.
    pub incident: Option<String>,
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        let (status, title, message, incident) = match self {
            Self::Refused(problems) => {
                let words: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
                (StatusCode::UNPROCESSABLE_ENTITY, "没有办成", words.join("；"), None)
            }
            Self::Missing => (
                StatusCode::NOT_FOUND,
                "没有找到",
                "您要看的内容不存在，或者不在您当前身份的范围内。请核对地址，或切换身份后再试。".to_owned(),
                None,
            ),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                "当前身份不能这样做",
                "您当前的身份可以查看这项内容，但不能办理这一步。请切换到负责的身份，或联系负责的同志。".to_owned(),
                None,
            ),
            Self::SignedOut => {
                (StatusCode::UNAUTHORIZED, "请先登录", "您还没有登录，或者登录已经过期。请重新登录后再试。".to_owned(), None)
            }
            Self::Conflict => (
                StatusCode::CONFLICT,
                "内容已被他人更新",
                "在您办理的同时，另一位同志刚刚更新了这项内容，您的这一步没有生效。请返回刷新后查看最新情况，再决定是否继续。"
                    .to_owned(),
                None,
            ),
            Self::Away(error) => {
                tracing::error!(error = %error, "database away");
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    "系统暂时连不上数据库",
                    "请过几分钟再试，数据库恢复后系统会自动继续。如果刚才提交了内容，请届时先核对是否已经保存，没有保存的再重新提交。"
                        .to_owned(),
                    None,
                )
            }
            Self::Fault(error) => {
                let incident = incident_number();
                tracing::error!(incident, error = format!("{error:#}"), "fault");
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "系统出了差错",
                    "这是系统的问题，不是您的操作有误，本次操作没有保存。请稍后再试；如果仍然不行，请把下面的编号告诉管理员。"
                        .to_owned(),
                    Some(incident),
                )
            }
        };
        let mut response = (status, title).into_response();
        response.extensions_mut().insert(Apology { title, message, incident });
        response
    }
}

/// Eight hex digits: short enough to be read out on the telephone.
pub(crate) fn incident_number() -> String {
    let random = Uuid::now_v7().simple().to_string();
    random.get(24..).unwrap_or(&random).to_uppercase()
}
