//! The poster for the lift or the notice board, with the code that leads residents to the form.

use askama::Template;
use axum::{extract::Path, http::HeaderMap, response::Response};
use domain::{permission::Deed, place::PlaceCode};
use platform::{
    error::Stop,
    forms::{Query, QueryForm},
    pages::page,
    shell::{Chip, Crumb, Shell},
};

use crate::{desk::Desk, members, places, voices::urls};

#[derive(Template)]
#[template(path = "voices/poster.html")]
struct PosterPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    /// Compound and building, or the branch where neither is chosen.
    title: String,
    compounds: Vec<Chip>,
    buildings: Vec<Chip>,
    address: String,
    code: String,
}

/// One poster: of the branch, of a compound, or of a building.
pub async fn poster(
    desk: Desk,
    headers: HeaderMap,
    Path(branch): Path<String>,
    QueryForm(query): QueryForm,
) -> Result<Response, Stop> {
    let branch: PlaceCode = branch.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::EnterVoice, &branch)?;
    let db = desk.op.reader();
    let found = places::branch(db, &branch).await?.ok_or(Stop::Missing)?;
    let compounds = places::compounds_of(db, std::slice::from_ref(&branch)).await?;
    let asked = query.value("compound");
    let only = (compounds.len() == 1).then(|| compounds.first()).flatten();
    let compound = compounds.iter().find(|compound| compound.id.0.to_string() == asked).or(only);
    let mut buildings = places::buildings_of(db, std::slice::from_ref(&branch)).await?;
    buildings.retain(|building| compound.is_some_and(|compound| compound.id == building.compound_id));
    let building = buildings.iter().find(|building| building.name == query.value("spot"));
    let chosen = compound.map(|compound| compound.id.0.to_string()).unwrap_or_default();
    let spot = building.map(|building| building.name.clone()).unwrap_or_default();
    let at = |path: String, compound: &str, spot: &str| {
        Query::at(path).with("compound", compound).with("spot", spot).address()
    };
    let form = at(urls::speak_at(&branch), &chosen, &spot);
    let (address, code) = members::code_for(&headers, &form)?;
    let chip = |label: &str, compound: &str, chip_spot: &str| Chip {
        label: label.to_owned(),
        href: at(urls::poster(&branch), compound, chip_spot),
        is_on: compound == chosen && chip_spot == spot,
    };
    let of_compound = |compound: &places::Compound| Chip {
        is_on: compound.id.0.to_string() == chosen,
        ..chip(&compound.name, &compound.id.0.to_string(), "")
    };
    let name = compound.map_or_else(|| found.place.name.clone(), |compound| compound.name.clone());
    page(&PosterPage {
        shell: desk.shell("反映诉求二维码海报").await?,
        crumbs: vec![Crumb { label: "社情民意".to_owned(), href: urls::VOICES.to_owned() }],
        title: format!("{name}{spot}"),
        compounds: if only.is_some() { Vec::new() } else { compounds.iter().map(of_compound).collect() },
        buildings: std::iter::once(chip("整个小区", &chosen, ""))
            .chain(buildings.iter().map(|building| chip(&building.name, &chosen, &building.name)))
            .collect(),
        address,
        code,
    })
}
