//! Objecting without an account, and asking with a code how it stands (异议).

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, ids::NoticeId, selection::query_code::QueryCode};
use platform::{
    error::{Problem, Stop},
    forms::Form,
    pages::{page, refused, too_often},
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

    // R-PRI-01: told before anything is collected.
    /// What the name and the contact are for, who sees them, and whom to ask.
    fn privacy(&self) -> String {
        let content = &self.notice.content.0;
        format!(
            "姓名和联系方式由{}收集，只用于核实和答复这件异议，加密保存，只有负责核查的人员可以查看，每次查看都有记录。您可以不提供；需要查询、更正或删除的，请拨打{}。",
            content.accepting_body, content.phone
        )
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

/// The version that people are to read now: who opened the form before a correction objects to what it says today.
async fn current(reader: &Reader, id: &str) -> Result<Notice, Stop> {
    let notice = published(reader, id).await?;
    if notice.is_current() {
        return Ok(notice);
    }
    let versions = notices::notice_versions(reader.op.reader(), &notice).await?;
    Ok(versions.into_iter().find(Notice::is_current).unwrap_or(notice))
}

/// The form.
pub async fn show(reader: Reader, Path(id): Path<String>) -> Result<Response, Stop> {
    let notice = current(&reader, &id).await?;
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

/// Takes the objection in and shows the receipt with its code, this once. The notice is read by the deed itself; the page
/// around a refusal reads it again.
pub async fn submit(
    reader: Reader,
    client: ClientAddress,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Stop> {
    let notice: NoticeId = id.parse().map_err(|_| Stop::Missing)?;
    let filed = match read_objection(&form, notice) {
        Ok(new) => {
            // Counted only now: mending what one typed is no further objection.
            if let Err(wait) = reader.op.floor.throttles.objections.take(client) {
                let problems = Problems(vec![Problem::whole(format!("{wait}。"))]);
                let notice = current(&reader, &id).await?;
                return too_often(&object_page(&reader, notice, form, problems).await?, wait);
            }
            let is_named = new.reporter.is_some();
            file_objection(&reader.op, new).await.map(|receipt| (receipt, is_named))
        }
        Err(stop) => Err(stop),
    };
    match filed {
        Ok((receipt, is_named)) => page(&ReceiptPage {
            shell: reader.shell("异议已收到"),
            code: receipt.code.to_string(),
            received: receipt.received_at.to_string(),
            is_named,
        }),
        Err(Stop::Refused(problems)) => {
            let notice = current(&reader, &id).await?;
            refused(&object_page(&reader, notice, form, Problems(problems)).await?)
        }
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
    let query_page = |problems, status| QueryPage {
        shell: reader.shell("查询异议"),
        problems: Problems(problems),
        code: code.clone(),
        status,
    };
    if let Err(wait) = reader.op.floor.throttles.queries.take(client) {
        return too_often(&query_page(vec![Problem::at("code", format!("{wait}。"))], None), wait);
    }
    let found = match code.parse::<QueryCode>() {
        Ok(code) => objection_by_code(&reader.op, &code).await?,
        Err(_) => None,
    };
    match found {
        Some(status) => page(&query_page(Vec::new(), Some(status))),
        None => {
            let words = "没有查到这个查询码，请核对后再试；查询码共 16 位，不分大小写。";
            refused(&query_page(vec![Problem::at("code", words)], None))
        }
    }
}
