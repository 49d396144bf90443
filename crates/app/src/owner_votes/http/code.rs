//! The slip with the code that votes over the net, shown once.

use askama::Template;
use axum::{extract::Path, http::HeaderMap, response::Response};
use domain::{owners::IdentityProof, permission::Deed, selection::query_code::QueryCode};
use platform::{
    error::Stop,
    forms::Form,
    pages::{page, refused},
    shell::{Crumb, Problems, Shell},
};

use super::{owner::owner_page, parse};
use crate::{
    desk::Desk,
    members,
    owner_votes::{
        actions::{SlipForm, issue_code},
        pages::days_words,
        queries::{PollLine, line_for, owner_file},
        store::register::unit,
        urls,
    },
};

#[derive(Template)]
#[template(path = "owner_votes/code.html")]
struct SlipPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    poll: PollLine,
    addresses: String,
    code: QueryCode,
    /// Where the owner votes, and the picture that leads there.
    address: String,
    picture: String,
    back: String,
}

impl SlipPage {
    fn days(&self) -> String {
        days_words(&self.poll.row)
    }
}

/// Gives the code out.
pub async fn issue(
    desk: Desk,
    headers: HeaderMap,
    Path((id, owner)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Stop> {
    let poll = line_for(&desk.op, parse(&id)?, Deed::IssueBallotCode).await?;
    let ids = (poll.row.id.0, parse(&owner)?);
    let mut reading = form.read();
    let proof = reading.choice::<IdentityProof>("proof", "怎样核验的");
    let slip = SlipForm { once: form.sent_once(), seen: form.value("seen").to_owned() };
    let issued = match reading.finish_with(proof) {
        Ok(proof) => issue_code(&desk.op, ids.0, ids.1, proof, &slip).await,
        Err(stop) => Err(stop),
    };
    let code = match issued {
        Ok(code) => code,
        Err(Stop::Refused(problems)) => {
            return refused(&owner_page(&desk, ids, form, Problems(problems), None).await?);
        }
        Err(stop) => return Err(stop),
    };
    let units = owner_file(&desk.op, ids.0, ids.1).await?.units;
    let (address, picture) = members::code_for(&headers, &urls::of_poll(urls::CAST, ids.0))?;
    let back = urls::of_owner(urls::OWNER, ids.0, ids.1);
    page(&SlipPage {
        shell: Shell { here: back.clone(), ..desk.shell("投票码凭条").await? },
        crumbs: vec![Crumb { label: "业主和选票".to_owned(), href: urls::of_poll(urls::OWNERS, ids.0) }],
        addresses: units.iter().map(unit::Model::address).collect::<Vec<_>>().join("、"),
        poll,
        code,
        address,
        picture,
        back,
    })
}
