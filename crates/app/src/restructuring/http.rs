//! The page where a branch is moved, dissolved or restored.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Crumb, Problems, Shell},
};

use super::actions::{dissolve_branch, move_branch, restore_branch, standing};
use crate::{
    desk::Desk,
    places::{self, BranchOfTree, common_name, urls},
};

#[derive(Template)]
#[template(path = "restructuring/branch.html")]
struct RestructuringPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    /// Which of the forms was refused: `move`, `dissolve` or `restore`.
    refused: &'static str,
    name: String,
    community: String,
    communities: Vec<(String, String)>,
    is_active: bool,
    is_applying: bool,
    code: PlaceCode,
}

impl RestructuringPage {
    fn at(&self, deed: &str) -> String {
        urls::restructuring(&self.code, deed)
    }

    fn back(&self) -> String {
        urls::place(&self.code)
    }

    /// Whether the form that was refused is not on the page any more, because somebody else was quicker.
    fn is_elsewhere(&self) -> bool {
        match self.refused {
            "restore" => self.is_active,
            "dissolve" => !self.is_active,
            "move" => !self.is_active || self.is_applying,
            _ => false,
        }
    }

    /// The reason as it was typed into the form that was refused.
    fn reason(&self, form: &str) -> &str {
        if self.refused == form { self.form.value("reason") } else { "" }
    }

    /// Problems of one form, so that the others stay clean.
    fn problems_of(&self, form: &str) -> Problems {
        if self.refused == form { self.problems.clone() } else { Problems::default() }
    }
}

async fn find(desk: &Desk, text: &str, deed: Deed) -> Result<BranchOfTree, Stop> {
    let code: PlaceCode = text.parse().map_err(|_| Stop::Missing)?;
    let found = places::branch(desk.op.reader(), &code).await?.ok_or(Stop::Missing)?;
    desk.op.permit(deed, &code)?;
    Ok(found)
}

/// The forms.
pub async fn show(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let found = find(&desk, &place, Deed::MoveBranch).await?;
    page(&restructuring_page(&desk, found, Form::default(), "", Problems::default()).await?)
}

async fn restructuring_page(
    desk: &Desk,
    found: BranchOfTree,
    form: Form,
    refused: &'static str,
    problems: Problems,
) -> Result<RestructuringPage, Stop> {
    let db = desk.op.reader();
    let code = found.branch.place.0.clone();
    let county = code.at(Level::County).ok_or(Stop::Missing)?;
    let line = places::ancestors(db, &code).await?;
    let community = line.iter().find(|place| place.level.0 == Level::Community);
    let standing = standing(db, &found, desk.op.now()).await?;
    let own = code.parent();
    let divisions = places::divisions_under(db, &county).await?;
    let street = |community: &PlaceCode| {
        let street = community.at(Level::Street);
        divisions.iter().find(|place| Some(&place.code.0) == street.as_ref()).map_or("", |place| place.name.as_str())
    };
    let communities = divisions
        .iter()
        .filter(|place| place.level.0 == Level::Community && place.is_active && Some(&place.code.0) != own.as_ref())
        .map(|place| (place.code.0.to_string(), format!("{} {}", street(&place.code.0), common_name(&place.name))))
        .collect();
    let crumb = |place: &places::Place| Crumb { label: common_name(&place.name), href: urls::place(&place.code.0) };
    let title = "调整隶属、撤销支部";
    Ok(RestructuringPage {
        shell: desk.shell(title).await?,
        crumbs: line.iter().map(crumb).collect(),
        problems,
        form,
        refused,
        community: community.map(|place| common_name(&place.name)).unwrap_or_default(),
        communities,
        is_active: standing.is_active,
        is_applying: standing.is_applying,
        name: found.place.name,
        code,
    })
}

/// Moves the branch.
pub async fn move_to(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let found = find(&desk, &place, Deed::MoveBranch).await?;
    let code = found.branch.place.0.clone();
    let moved = match form.value("community").parse() {
        Ok(community) => move_branch(&desk.op, &code, &community, form.value("reason")).await,
        Err(_) => Err(Stop::refused_at("community", "请选择要调整到的社区。")),
    };
    match moved {
        Ok(to) => Ok(done(&urls::place(&to), "隶属已调整，支部的资料、申报、荣誉和资金记录都已随支部转过来。")),
        Err(Stop::Refused(problems)) => {
            refused(&restructuring_page(&desk, found, form, "move", Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}

/// Dissolves the branch.
pub async fn dissolve(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let found = find(&desk, &place, Deed::DissolveBranch).await?;
    let code = found.branch.place.0.clone();
    match dissolve_branch(&desk.op, &code, form.value("reason")).await {
        Ok(()) => Ok(done(&urls::place(&code), "支部已撤销，资料和记录保留。")),
        Err(Stop::Refused(problems)) => {
            refused(&restructuring_page(&desk, found, form, "dissolve", Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}

/// Restores the branch.
pub async fn restore(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let found = find(&desk, &place, Deed::RestoreBranch).await?;
    let code = found.branch.place.0.clone();
    match restore_branch(&desk.op, &code, form.value("reason")).await {
        Ok(()) => Ok(done(&urls::place(&code), "支部已恢复。")),
        Err(Stop::Refused(problems)) => {
            refused(&restructuring_page(&desk, found, form, "restore", Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}
