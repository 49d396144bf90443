//! Objecting without an account, and asking with a code how it stands (异议).

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, selection::query_code::QueryCode};
use platform::{
    error::{Problem, Stop},
    forms::Form,
    pages::{page, refused},
    shell::{PortalShell, Problems},
    throttle::ClientAddress,
};

use super::{
    frame::Reader,
    notices::{countdown, published},
    urls,
};
use crate::notices::{self, Notice, NoticeEntry, ObjectionStatus, file_objection, objection_by_code, read_objection};

#[derive(Template)]
#[template(path = "portal/object.html")]
struct ObjectPage {
    shell: PortalShell,
    problems: Problems,
    form: Form,
    notice: Notice,
    entries: Vec<NoticeEntry>,
    countdown: String,
    is_running: bool,
}

impl ObjectPage {
    fn subjects(&self) -> Vec<(String, String)> {
        let one = |entry: &NoticeEntry| {
            (entry.application_id.0.to_string(), format!("{}（{}）", entry.branch, entry.compounds))
        };
        self.entries.iter().map(one).collect()
    }

    fn names(&self) -> Vec<(String, String)> {
        [("no", "匿名反映"), ("yes", "署名反映")].map(|(code, words)| (code.to_owned(), words.to_owned())).into()
    }

    fn is_named(&self) -> &str {
        if self.form.value("is_named") == "yes" { "yes" } else { "no" }
    }

    fn back(&self) -> String {
        urls::notice(self.notice.id.0)
    }
}

async fn object_page(reader: &Reader, notice: Notice, form: Form, problems: Problems) -> Result<ObjectPage, Stop> {
    let now = reader.op.now();
    Ok(ObjectPage {
        shell: reader.shell("提出异议"),
        problems,
        form,
        entries: notices::notice_entries(reader.op.reader(), notice.id.0).await?,
        countdown: countdown(&notice, now),
        is_running: notice.is_current() && notice.period().is_some_and(|period| !period.is_over(now)),
        notice,
    })
}

/// The form.
pub async fn show(reader: Reader, Path(id): Path<String>) -> Result<Response, Stop> {
    let notice = published(&reader, &id).await?;
    page(&object_page(&reader, notice, Form::default(), Problems::default()).await?)
}

#[derive(Template)]
#[template(path = "portal/receipt.html")]
struct ReceiptPage {
    shell: PortalShell,
    code: String,
    received: String,
    is_named: bool,
}

impl ReceiptPage {
    fn query(&self) -> &'static str {
        urls::QUERY
    }
}

/// Takes the objection in and shows the receipt with its code, this once.
pub async fn submit(
    reader: Reader,
    client: ClientAddress,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Stop> {
    let notice = published(&reader, &id).await?;
    let filed = match (reader.op.floor.throttles.objections.take(client), read_objection(&form, notice.id.0)) {
        (Err(wait), _) => Err(Stop::refused(format!("{wait}。"))),
        (Ok(()), Err(stop)) => Err(stop),
        (Ok(()), Ok(new)) => {
            let is_named = new.reporter.is_some();
            file_objection(&reader.op, new).await.map(|receipt| (receipt, is_named))
        }
    };
    match filed {
        Ok((receipt, is_named)) => page(&ReceiptPage {
            shell: reader.shell("异议已收到"),
            code: receipt.code.to_string(),
            received: receipt.received_at.to_string(),
            is_named,
        }),
        Err(Stop::Refused(problems)) => refused(&object_page(&reader, notice, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

#[derive(Template)]
#[template(path = "portal/query.html")]
struct QueryPage {
    shell: PortalShell,
    problems: Problems,
    code: String,
    status: Option<ObjectionStatus>,
}

impl QueryPage {
    fn due(&self, status: &ObjectionStatus) -> String {
        status
            .due
            .map(|due| format!("下一步最迟{}前办理", chinese_date(due.plus_micros(-1).date())))
            .unwrap_or_default()
    }
}

/// The form for a code.
pub async fn show_query(reader: Reader) -> Result<Response, Stop> {
    let shell = reader.shell("查询异议");
    page(&QueryPage { shell, problems: Problems::default(), code: String::new(), status: None })
}

/// How the objection with this code stands. A wrong code and an unknown one are told alike.
pub async fn query(reader: Reader, client: ClientAddress, form: Form) -> Result<Response, Stop> {
    let code = form.value("code").trim().chars().take(60).collect::<String>();
    let unknown = || Problem::at("code", "没有查到这个查询码，请核对后再试；查询码共 16 位，不分大小写。");
    let found = match (reader.op.floor.throttles.queries.take(client), code.parse::<QueryCode>()) {
        (Err(wait), _) => Err(Problem::at("code", format!("{wait}。"))),
        (Ok(()), Err(_)) => Err(unknown()),
        (Ok(()), Ok(code)) => objection_by_code(&reader.op, &code).await?.ok_or_else(unknown),
    };
    let shell = reader.shell("查询异议");
    match found {
        Ok(status) => page(&QueryPage { shell, problems: Problems::default(), code, status: Some(status) }),
        Err(problem) => refused(&QueryPage { shell, problems: Problems(vec![problem]), code, status: None }),
    }
}
