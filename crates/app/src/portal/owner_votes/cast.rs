//! Voting over the net: the code of the slip, the owner's name, what is said, and a page to confirm it.
//!
//! The code is sent in the form and never stands in an address. A ballot sent twice is one.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::PollId,
    owners::{BallotState, Choice, PollState},
};
use platform::{
    error::{Problem, Stop},
    forms::Form,
    pages::{page, refused, too_often},
    shell::{Crumb, PortalShell, Problems},
    throttle::ClientAddress,
};

use crate::{
    branches::options,
    owner_votes::{OnlineBallot, PublicPoll, cast_ballot, days_words, may_cast, public_poll, urls as polls},
    portal::frame::{Reader, Scope},
};

/// Characters of what is typed as a code, and of a name.
const CODE: usize = 60;
const NAME: usize = 60;

/// Which page answers.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// The form.
    Asked,
    /// What was chosen, to be confirmed.
    Confirming(Choice),
    /// It was taken.
    Cast(BallotState),
}

#[derive(Template)]
#[template(path = "portal/owner_votes/cast.html")]
struct CastPage {
    shell: PortalShell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    poll: PublicPoll,
    stage: Stage,
    here: String,
    back: String,
}

impl CastPage {
    fn days(&self) -> String {
        days_words(&self.poll.line.row)
    }

    fn is_open(&self) -> bool {
        self.poll.line.state == PollState::Open
    }

    fn choices(&self) -> Vec<(String, String)> {
        options!(Choice)
    }

    fn confirming(&self) -> Option<Choice> {
        match self.stage {
            Stage::Confirming(choice) => Some(choice),
            Stage::Asked | Stage::Cast(_) => None,
        }
    }

    /// What became of the ballot, once it was cast.
    fn told(&self) -> Option<&'static str> {
        match self.stage {
            Stage::Cast(BallotState::Conflicting) => Some(
                "您家先前已经投过一张意见不同的票：先投的那张有效，这张已留存备查，不计票。要改意见的，请在截止前到社区或小区党支部书面撤回先前那张，再重新投票。",
            ),
            Stage::Cast(BallotState::Later) => Some(
                "您家先前已经投过票，以先投的那张为准，这张不计。要改意见的，请在截止前到社区或小区党支部书面撤回先前那张，再重新投票。",
            ),
            Stage::Cast(BallotState::Withdrawn | BallotState::Struck) => {
                Some("这张票已经撤回或者剔除，不计票。要重新投票的，请回到表决公告，再点“凭投票码网上投票”。")
            }
            Stage::Cast(BallotState::Valid) => {
                Some("您的选票已收到，计一票。表决截止后会随机回访部分业主，核实是不是本人投的。")
            }
            Stage::Asked | Stage::Confirming(_) => None,
        }
    }
}

async fn cast_page(
    reader: &Reader,
    id: PollId,
    form: Form,
    stage: Stage,
    problems: Vec<Problem>,
) -> Result<CastPage, Stop> {
    let poll = public_poll(&reader.op, id).await?;
    let at = |scope: &Scope, path| scope.at(&polls::of_poll(path, id));
    let back = at(&reader.scope, polls::PUBLIC);
    Ok(CastPage {
        shell: reader.shell("网上投票"),
        crumbs: vec![Crumb { label: poll.line.row.title.clone(), href: back.clone() }],
        problems: Problems(problems),
        form,
        poll,
        stage,
        here: at(&reader.scope, polls::CAST),
        back,
    })
}

fn parse(id: &str) -> Result<PollId, Stop> {
    id.parse().map_err(|_| Stop::Missing)
}

/// The form.
pub async fn show(reader: Reader, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&cast_page(&reader, parse(&id)?, Form::default(), Stage::Asked, Vec::new()).await?)
}

fn read(form: &Form) -> Result<OnlineBallot, Stop> {
    let mut reading = form.read();
    let code = reading.required("code", "投票码", CODE);
    let name = reading.required("name", "业主姓名", NAME);
    let choice = reading.choice("choice", "您的意见");
    reading.finish_with(choice).map(|choice| OnlineBallot {
        code: code.parse().ok(),
        name,
        choice,
        once: form.sent_once(),
    })
}

/// Asks to confirm what was chosen, and takes it once it is.
pub async fn cast(reader: Reader, client: ClientAddress, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = parse(&id)?;
    let ended = match read(&form) {
        Ok(new) => {
            if let Err(wait) = reader.op.floor.throttles.queries.take(client) {
                let problem = Problem::whole(format!("{wait}。"));
                return too_often(&cast_page(&reader, id, form, Stage::Asked, vec![problem]).await?, wait);
            }
            let choice = new.choice;
            match form.value("sure") {
                "yes" => cast_ballot(&reader.op, id, &new).await.map(Stage::Cast),
                _ => may_cast(&reader.op, id, &new).await.map(|()| Stage::Confirming(choice)),
            }
        }
        Err(stop) => Err(stop),
    };
    match ended {
        Ok(stage) => page(&cast_page(&reader, id, form, stage, Vec::new()).await?),
        Err(Stop::Refused(problems)) => refused(&cast_page(&reader, id, form, Stage::Asked, problems).await?),
        Err(stop) => Err(stop),
    }
}
