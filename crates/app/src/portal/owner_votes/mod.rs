//! Polls of owners for everybody: what is voted on, when and how, and what it came to. Nobody's name, nobody's ballot.

pub mod cast;

use std::borrow::Borrow;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::PollId,
    owners::{PollState, Side, VoteOutcome, area_words},
    place::PlaceCode,
};
use platform::{
    error::Stop,
    shell::{Crumb, PortalShell},
};

use super::{
    frame::{Reader, Scope, public_page},
    urls,
};
use crate::{
    owner_votes::{PublicPoll, days_words, public_poll, public_polls, urls as polls},
    places,
};

const fn tone(outcome: VoteOutcome) -> &'static str {
    match outcome {
        VoteOutcome::Passed => "good",
        VoteOutcome::Failed | VoteOutcome::NoQuorum => "bad",
    }
}

#[derive(Template)]
#[template(path = "portal/owner_votes/list.html")]
struct ListPage {
    shell: PortalShell,
    crumbs: Vec<Crumb>,
    scope: Scope,
    branch: String,
    polls: Vec<PublicPoll>,
}

impl ListPage {
    fn href(&self, poll: &PublicPoll) -> String {
        self.scope.at(&polls::of_poll(polls::PUBLIC, poll.line.row.id.0))
    }

    fn days(&self, poll: &PublicPoll) -> String {
        days_words(&poll.line.row)
    }

    fn outcome(&self, poll: &PublicPoll) -> Option<(&'static str, &'static str)> {
        poll.result.as_ref().map(|(_, outcome)| (tone(*outcome), outcome.label()))
    }
}

/// The polls of a branch's compounds that were announced.
pub async fn list(reader: Reader, Path(branch): Path<String>) -> Result<Response, Stop> {
    let branch: PlaceCode = branch.parse().map_err(|_| Stop::Missing)?;
    let found = places::branch(reader.op.reader(), &branch).await?.ok_or(Stop::Missing)?;
    public_page(&ListPage {
        shell: reader.shell("业主表决"),
        crumbs: vec![Crumb { label: found.place.name.clone(), href: reader.scope.at(&urls::branch(&branch)) }],
        polls: public_polls(&reader.op, &branch).await?,
        scope: reader.scope.clone(),
        branch: found.place.name,
    })
}

#[derive(Template)]
#[template(path = "portal/owner_votes/show.html")]
struct PollPage {
    shell: PortalShell,
    scope: Scope,
    crumbs: Vec<Crumb>,
    poll: PublicPoll,
}

impl PollPage {
    fn days(&self) -> String {
        days_words(&self.poll.line.row)
    }

    fn side(&self, side: impl Borrow<Side>) -> String {
        let side = side.borrow();
        format!("{} 平方米，{} 人", area_words(side.area), side.persons)
    }

    fn tone(&self, outcome: &VoteOutcome) -> &'static str {
        tone(*outcome)
    }

    /// Where owners vote over the net, while they may.
    fn cast(&self) -> Option<String> {
        let is_open = self.poll.line.state == PollState::Open;
        is_open.then(|| self.scope.at(&polls::of_poll(polls::CAST, self.poll.line.row.id.0)))
    }

    fn announced(&self) -> String {
        self.poll.line.row.announced_at.map(|at| at.0.to_string()).unwrap_or_default()
    }
}

/// One of them.
pub async fn show(reader: Reader, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: PollId = id.parse().map_err(|_| Stop::Missing)?;
    let poll = public_poll(&reader.op, id).await?;
    public_page(&PollPage {
        scope: reader.scope.clone(),
        shell: reader.shell(poll.line.row.title.clone()),
        crumbs: vec![Crumb {
            label: "业主表决".to_owned(),
            href: reader.scope.at(&polls::public_at(&poll.line.row.place.0)),
        }],
        poll,
    })
}
