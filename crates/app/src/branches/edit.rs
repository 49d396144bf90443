//! The form for a branch's particulars.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    money::Fen,
    organisation::{BranchKind, OwnersCommittee},
    permission::Deed,
    place::PlaceCode,
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Crumb, Problems, Shell},
};

use super::{list, options};
use crate::{
    desk::Desk,
    places::{self, BranchOfTree, BranchParticulars, urls},
};

/// The largest count that a form takes; nothing a compound counts comes near it.
const MOST: i64 = 1_000_000;

#[derive(Template)]
#[template(path = "branches/edit.html")]
struct EditPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    back: String,
}

impl EditPage {
    fn kinds(&self) -> Vec<(String, String)> {
        options!(BranchKind)
    }

    fn owners(&self) -> Vec<(String, String)> {
        options!(OwnersCommittee)
    }
}

async fn edit_page(desk: &Desk, code: &PlaceCode, form: Form, problems: Problems) -> Result<EditPage, Stop> {
    let line = places::ancestors(desk.op.reader(), code).await?;
    Ok(EditPage {
        shell: desk.shell("修改支部资料").await?,
        crumbs: list::crumbs(&line, desk),
        problems,
        form,
        back: urls::place(code),
    })
}

/// The branch as it is, in the fields of the form.
fn filled_in(branch: &BranchParticulars) -> Form {
    let area = branch.venue_area.map(|area| Fen(area).to_string().replace(',', "")).unwrap_or_default();
    let founded_on = branch.founded_on.map(|date| date.to_string()).unwrap_or_default();
    Form::of([
        ("version", branch.version.to_string()),
        ("name", branch.name.clone()),
        ("kind", branch.kind.code().to_owned()),
        ("founded_on", founded_on),
        ("compounds", branch.compounds.join("、")),
        ("buildings", branch.buildings.to_string()),
        ("stairwells", branch.stairwells.to_string()),
        ("households", branch.households.to_string()),
        ("residents", branch.residents.to_string()),
        ("owners_committee", branch.owners_committee.code().to_owned()),
        ("property_company", branch.property_company.clone()),
        ("grids", branch.grids.to_string()),
        ("venue_area", area),
        ("brand", branch.brand.clone()),
        ("owners_term", branch.owners_term.clone()),
        ("owners_members", branch.owners_members.to_string()),
        ("owners_party", branch.owners_party.to_string()),
        ("company_terms", branch.company_terms.clone()),
        ("grid_workers", branch.grid_workers.clone()),
        ("has_posted_duties", if branch.has_posted_duties { "1".to_owned() } else { String::new() }),
    ])
}

async fn find(desk: &Desk, place: &str) -> Result<BranchOfTree, Stop> {
    let code: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    let found = places::branch(desk.op.reader(), &code).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EditBranch, &code)?;
    Ok(found)
}

/// The form.
pub async fn show(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let found = find(&desk, &place).await?;
    let code = &found.branch.place.0;
    let told = places::particulars(desk.op.reader(), code).await?;
    page(&edit_page(&desk, code, filled_in(&told), Problems::default()).await?)
}

/// Changes the branch.
pub async fn save(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let code = find(&desk, &place).await?.branch.place.0;
    let saved = match told(&form) {
        Ok(particulars) => places::edit_branch(&desk.op, &code, particulars).await,
        Err(stop) => Err(stop),
    };
    match saved {
        Ok(()) => Ok(done(&urls::place(&code), "支部资料已保存。")),
        Err(Stop::Refused(problems)) => refused(&edit_page(&desk, &code, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

fn told(form: &Form) -> Result<BranchParticulars, Stop> {
    let mut reading = form.read();
    let name = reading.required("name", "支部名称", 60);
    let kind = reading.choice::<BranchKind>("kind", "党支部类型");
    let founded_on = reading.date_if_any("founded_on", "成立日期");
    let compounds = split(&reading.required("compounds", "覆盖小区", 300));
    let mut count = |field, label| {
        let count = reading.count_if_any(field, label, 0..=MOST).unwrap_or_default();
        i32::try_from(count).unwrap_or_default()
    };
    let (buildings, stairwells) = (count("buildings", "楼栋数"), count("stairwells", "单元数"));
    let (households, residents) = (count("households", "户数"), count("residents", "居民数"));
    let grids = count("grids", "网格数");
    let (owners_members, owners_party) = (count("owners_members", "业委会成员数"), count("owners_party", "其中党员数"));
    let owners_committee = reading.choice::<OwnersCommittee>("owners_committee", "业主委员会");
    let property_company = reading.text("property_company", "物业服务企业", 60);
    let venue_area = reading.hundredths_if_any("venue_area", "活动阵地面积");
    let brand = reading.text("brand", "服务品牌", 60);
    let owners_term = reading.text("owners_term", "业委会届期", 60);
    let company_terms = reading.text("company_terms", "物业资质和合同期", 100);
    let grid_workers = reading.text("grid_workers", "网格员", 100);
    let (kind, owners_committee) = reading.finish_with(kind.zip(owners_committee))?;
    Ok(BranchParticulars {
        name,
        kind,
        founded_on,
        buildings,
        stairwells,
        households,
        residents,
        owners_committee,
        property_company,
        grids,
        venue_area,
        brand,
        has_posted_duties: form.is_ticked("has_posted_duties"),
        owners_term,
        owners_members,
        owners_party,
        company_terms,
        grid_workers,
        compounds,
        version: version(form),
    })
}

/// The version that the form showed; a form without one has seen none, and will be told that it is out of date.
pub(super) fn version(form: &Form) -> i32 {
    form.value("version").parse().unwrap_or(-1)
}

/// Names separated as officials separate them, each once.
fn split(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in text.split(['、', '，', ',', '；', ';', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
