//! What neighbours may know: what is worked on in their compounds, at which desk, since when.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::place::PlaceCode;
use platform::{error::Stop, pictures::numbered, shell::PortalShell};

use crate::{
    places,
    portal::frame::{Reader, public_page},
    voices::{PublicVoice, public_voices, urls},
};

#[derive(Template)]
#[template(path = "portal/voices/neighbours.html")]
struct NeighboursPage {
    shell: PortalShell,
    branch: String,
    voices: Vec<PublicVoice>,
    speak: String,
}

impl NeighboursPage {
    fn shown(&self, voice: &PublicVoice) -> Vec<(String, String)> {
        numbered(voice.photos.iter().map(|photo| urls::public_photo(*photo)))
    }
}

/// The list of a branch's compounds.
pub async fn list(reader: Reader, Path(branch): Path<String>) -> Result<Response, Stop> {
    let branch: PlaceCode = branch.parse().map_err(|_| Stop::Missing)?;
    let found = places::branch(reader.op.reader(), &branch).await?.ok_or(Stop::Missing)?;
    public_page(&NeighboursPage {
        shell: reader.shell("诉求办理情况"),
        voices: public_voices(&reader.op, &branch).await?,
        speak: urls::speak_at(&branch),
        branch: found.place.name,
    })
}
