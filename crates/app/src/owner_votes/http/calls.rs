//! Owners to be called back.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::PollId,
    owners::{CallResult, PollState},
    permission::Deed,
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{Crumb, Problems, Shell},
};

use super::parse;
use crate::{
    branches::options,
    desk::Desk,
    owner_votes::{
        actions::{draw_calls, record_call},
        queries::{CallLine, PollLine, calls_of, line_for},
        read::REASON,
        sheets::calls_sheet,
        urls,
    },
};

#[derive(Template)]
#[template(path = "owner_votes/calls.html")]
struct CallsPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    poll: PollLine,
    calls: Vec<CallLine>,
    can_call: bool,
}

impl CallsPage {
    fn url(&self, path: &str) -> String {
        urls::of_poll(path, self.poll.row.id.0)
    }

    fn call_href(&self, call: &CallLine) -> String {
        urls::call(self.poll.row.id.0, call.row.id.0)
    }

    fn owner_href(&self, call: &CallLine) -> String {
        urls::of_owner(urls::OWNER, self.poll.row.id.0, call.row.owner_id.0)
    }

    fn seed(&self) -> &str {
        self.poll.row.seed.as_deref().unwrap_or_default()
    }

    fn is_closed(&self) -> bool {
        self.poll.state == PollState::Closed
    }

    fn results(&self) -> Vec<(String, String)> {
        options!(CallResult)
    }

    fn tone(&self, result: &CallResult) -> &'static str {
        match result {
            CallResult::Confirmed => "good",
            CallResult::Denied => "bad",
            CallResult::NotReached => "warn",
        }
    }

    /// Whether what was said may still be entered or mended.
    fn offers_result(&self, call: &CallLine) -> bool {
        self.can_call && call.row.result.is_none_or(|result| result.0 != CallResult::Denied)
    }
}

async fn calls_page(desk: &Desk, id: PollId, problems: Problems) -> Result<CallsPage, Stop> {
    let (poll, calls) = calls_of(&desk.op, id).await?;
    let here = Crumb { label: poll.row.title.clone(), href: urls::of_poll(urls::POLL, id) };
    Ok(CallsPage {
        shell: desk.shell(format!("{}：回访", poll.row.title)).await?,
        crumbs: vec![Crumb { label: "业主表决".to_owned(), href: urls::POLLS.to_owned() }, here],
        problems,
        can_call: poll.state == PollState::Closed && desk.op.can(Deed::CallBackOwners, &poll.row.place.0),
        poll,
        calls,
    })
}

async fn answered(desk: &Desk, id: PollId, ended: Result<(), Stop>, words: &str) -> Result<Response, Stop> {
    match ended {
        Ok(()) => Ok(done(&urls::of_poll(urls::CALLS, id), words)),
        Err(Stop::Refused(problems)) => refused(&calls_page(desk, id, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// The list.
pub async fn list(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&calls_page(&desk, parse(&id)?, Problems::default()).await?)
}

/// The list as an Excel table.
pub async fn sheet(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let (poll, calls) = calls_of(&desk.op, parse(&id)?).await?;
    workbook("业主回访登记表", &[calls_sheet(&poll.row.title, &calls)])
}

/// Draws the owners.
pub async fn draw(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = parse(&id)?;
    let ended = draw_calls(&desk.op, id).await.map(drop);
    answered(&desk, id, ended, "已抽取，请逐户回访并登记。").await
}

/// Keeps what one of them said.
pub async fn call(desk: Desk, Path((id, call)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let id = line_for(&desk.op, parse(&id)?, Deed::CallBackOwners).await?.row.id.0;
    let mut reading = form.read();
    let result = reading.choice("result", "回访结果");
    let note = reading.text("note", "说明", REASON);
    let ended = match reading.finish_with(result) {
        Ok(result) => record_call(&desk.op, id, parse(&call)?, result, &note).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, ended, "回访结果已登记。").await
}
