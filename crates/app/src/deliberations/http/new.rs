//! Raising a matter.

use askama::Template;
use axum::response::Response;
use domain::{
    deliberation::{DeliberationOrigin, DeliberationTopic},
    owners::Matter,
    permission::Deed,
    voice::VoiceTopic,
};
use platform::{
    error::Stop,
    forms::{Form, QueryForm},
    pages::{done, page, refused},
    shell::{Crumb, Problems, Shell},
};

use crate::{
    branches::options,
    deliberations::{
        actions::raise_deliberation,
        read::{NAME, NO_VOTE, TEXT, read_matter},
        urls,
    },
    desk::Desk,
    places, voices,
};

#[derive(Template)]
#[template(path = "deliberations/new.html")]
struct NewPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    compounds: Vec<(String, String)>,
}

impl NewPage {
    fn action(&self) -> &'static str {
        urls::NEW
    }

    /// The compound, when the branch has no other to choose.
    fn sole_compound(&self) -> Option<&(String, String)> {
        self.compounds.first().filter(|_| self.compounds.len() == 1)
    }

    fn topics(&self) -> Vec<(String, String)> {
        options!(DeliberationTopic)
    }

    /// Who raises it; a voice comes by its own page.
    fn origins(&self) -> Vec<(String, String)> {
        let typed = DeliberationOrigin::ALL.iter().filter(|origin| **origin != DeliberationOrigin::Voice);
        typed.map(|origin| (origin.code().to_owned(), origin.label().to_owned())).collect()
    }

    /// The nine matters of art. 278, and none of them.
    fn votes(&self) -> Vec<(String, String)> {
        let none = (NO_VOTE.to_owned(), "不需要，各方商定就能办".to_owned());
        let vote = |matter: &Matter| (matter.code().to_owned(), format!("需要：{}", matter.label()));
        std::iter::once(none).chain(Matter::ALL.iter().map(vote)).collect()
    }

    fn is_of_voice(&self) -> bool {
        !self.form.value("voice").is_empty()
    }

    const fn most(&self) -> (usize, usize) {
        (NAME, TEXT)
    }
}

async fn new_page(desk: &Desk, form: Form, problems: Problems) -> Result<NewPage, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::RaiseDeliberation, place)?;
    let compounds = places::compounds_of(desk.op.reader(), std::slice::from_ref(place)).await?;
    Ok(NewPage {
        shell: desk.shell("提出议题").await?,
        crumbs: vec![Crumb { label: "议事".to_owned(), href: urls::DELIBERATIONS.to_owned() }],
        problems,
        form,
        compounds: compounds.into_iter().map(|compound| (compound.id.0.to_string(), compound.name)).collect(),
    })
}

/// The category that is likely for a voice.
const fn likely(topic: VoiceTopic) -> &'static str {
    match topic {
        VoiceTopic::Parking => DeliberationTopic::Parking.code(),
        VoiceTopic::Repairs => DeliberationTopic::Facilities.code(),
        VoiceTopic::Property => DeliberationTopic::Property.code(),
        _ => "",
    }
}

/// The form. With a voice it begins with its compound and category; what the resident said is not copied, because everybody
/// reads what a matter says.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let form = match query.value("voice") {
        "" => Form::default(),
        voice => {
            let file = voices::voice(&desk.op, voice.parse().map_err(|_| Stop::Missing)?).await?;
            let row = &file.line.row;
            let compound = row.compound_id.map(|compound| compound.0.to_string()).unwrap_or_default();
            Form::of([("voice", voice), ("topic", likely(row.topic.0)), ("compound", compound.as_str())])
        }
    };
    page(&new_page(&desk, form, Problems::default()).await?)
}

/// Raises it.
pub async fn raise(desk: Desk, form: Form) -> Result<Response, Stop> {
    let branch = desk.officer.office.place.clone();
    desk.op.permit(Deed::RaiseDeliberation, &branch)?;
    let raised = match read_matter(&form) {
        Ok(new) => raise_deliberation(&desk.op, &branch, new).await,
        Err(stop) => Err(stop),
    };
    match raised {
        Ok(id) => Ok(done(&urls::thread(id), "议题已提出，请受理并征集居民意见，或者说明不予受理的原因。")),
        Err(Stop::Refused(problems)) => refused(&new_page(&desk, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}
