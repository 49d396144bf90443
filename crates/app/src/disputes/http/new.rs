//! Opening a file.

use askama::Template;
use axum::response::Response;
use domain::{
    dispute::{DisputeKind, DisputeOrigin, MOST_PARTIES},
    permission::Deed,
    place::{Level, PlaceCode},
    voice::VoiceTopic,
};
use platform::{
    error::{Problem, Stop},
    forms::{Form, QueryForm},
    pages::{done, page, refused},
    shell::{Crumb, Problems, Shell},
};

use crate::{
    branches::options,
    desk::Desk,
    disputes::{
        actions::open_dispute,
        read::{NAME, TEXT, read_dispute},
        urls,
    },
    places, voices,
};

#[derive(Template)]
#[template(path = "disputes/new.html")]
struct NewPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    places: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    origins: Vec<(String, String)>,
}

impl NewPage {
    fn action(&self) -> &'static str {
        urls::NEW
    }

    fn party(&self, index: &usize, name: &str) -> String {
        format!("party.{index}.{name}")
    }

    fn value(&self, index: &usize, name: &str) -> &str {
        self.form.value(&self.party(index, name))
    }

    /// The parties that every dispute has.
    fn two(&self) -> std::ops::Range<usize> {
        0..2
    }

    /// Those that some have.
    fn more(&self) -> std::ops::Range<usize> {
        2..MOST_PARTIES
    }

    fn has_more(&self) -> bool {
        self.more().any(|index| {
            !self.value(&index, "name").is_empty() || !self.problems.of(&self.party(&index, "name")).is_empty()
        })
    }

    fn most(&self) -> usize {
        TEXT
    }

    fn most_of_name(&self) -> usize {
        NAME
    }

    fn is_of_voice(&self) -> bool {
        !self.form.value("voice").is_empty()
    }
}

async fn new_page(desk: &Desk, form: Form, problems: Problems) -> Result<NewPage, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::OpenDispute, place)?;
    let under = places::places_under(desk.op.reader(), place).await?;
    let offered = under.into_iter().filter(|place| place.is_active).filter_map(|place| match place.code.0.level() {
        Level::Branch => Some((place.code.0.to_string(), place.name)),
        Level::Community => Some((place.code.0.to_string(), format!("{}（社区层面）", place.name))),
        _ => None,
    });
    Ok(NewPage {
        shell: desk.shell("登记矛盾纠纷").await?,
        crumbs: vec![Crumb { label: "矛盾调解".to_owned(), href: urls::DISPUTES.to_owned() }],
        problems,
        form,
        places: offered.collect(),
        kinds: options!(DisputeKind),
        origins: DisputeOrigin::ALL
            .iter()
            .filter(|origin| **origin != DisputeOrigin::Voice)
            .map(|origin| (origin.code().to_owned(), origin.label().to_owned()))
            .collect(),
    })
}

/// The kind that is likely for a voice.
const fn likely(topic: VoiceTopic) -> &'static str {
    match topic {
        VoiceTopic::Parking => DisputeKind::Parking.code(),
        VoiceTopic::Noise => DisputeKind::Noise.code(),
        VoiceTopic::Repairs => DisputeKind::Works.code(),
        VoiceTopic::Property => DisputeKind::Property.code(),
        VoiceTopic::Neighbours => DisputeKind::Neighbours.code(),
        _ => "",
    }
}

/// The form; with a voice it begins with what was said, and the branch's own office has nothing to choose.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    let own = if place.level() == Level::Branch { place.as_str() } else { "" };
    let form = match query.value("voice") {
        "" => Form::of([("place", own)]),
        voice => {
            let file = voices::voice(&desk.op, voice.parse().map_err(|_| Stop::Missing)?).await?;
            let row = &file.line.row;
            let kind = likely(row.topic.0);
            Form::of([("place", row.place.0.as_str()), ("voice", voice), ("kind", kind), ("matter", row.text.as_str())])
        }
    };
    page(&new_page(&desk, form, Problems::default()).await?)
}

/// Opens it.
pub async fn open(desk: Desk, form: Form) -> Result<Response, Stop> {
    let place = form.value("place").trim().parse::<PlaceCode>();
    let opened = match place {
        Ok(place) => {
            desk.op.permit(Deed::OpenDispute, &place)?;
            match read_dispute(&form, place) {
                Ok(new) => open_dispute(&desk.op, new).await,
                Err(stop) => Err(stop),
            }
        }
        Err(_) => Err(Stop::Refused(vec![Problem::at("place", "请选择“发生在哪里”。")])),
    };
    match opened {
        Ok(id) => Ok(done(&urls::dispute(id), "已登记，请在 3 个工作日内受理或告知去处。")),
        Err(Stop::Refused(problems)) => refused(&new_page(&desk, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}
