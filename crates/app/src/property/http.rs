//! Requests around the supervision.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{Crumb, Problems},
};

use super::{
    actions::{enter_saying, keep_contract, keep_finding, open_appraisal, publish_appraisal, record_check},
    pages::{ListPage, ServicePage},
    queries::{companies, service},
    read::{read_appraisal, read_check, read_contract, read_finding, read_told_saying},
    sheets::companies_sheet,
    urls,
};
use crate::{desk::Desk, places};

/// On to the page of one's own place.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::ViewPropertyService, place)?;
    Ok(Redirect::to(&urls::of_place(urls::PLACE, place)).into_response())
}

fn code(place: &str) -> Result<PlaceCode, Stop> {
    place.parse().map_err(|_| Stop::Missing)
}

/// A branch's company, or those of the branches below.
pub async fn show(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let place = code(&place)?;
    if place.level() == Level::Branch {
        return page(&service_page(&desk, &place, Form::default(), Problems::default()).await?);
    }
    desk.op.permit(Deed::ViewPropertyService, &place)?;
    let here = places::place(desk.op.reader(), &place).await?.ok_or(Stop::Missing)?;
    page(&ListPage {
        shell: desk.shell("物业监督").await?,
        name: here.name,
        lines: companies(&desk.op, &place).await?,
        sheet: urls::of_place(urls::SHEET, &place),
    })
}

/// The same as an Excel table.
pub async fn sheet(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let place = code(&place)?;
    desk.op.permit(Deed::ViewPropertyService, &place)?;
    let here = places::place(desk.op.reader(), &place).await?.ok_or(Stop::Missing)?;
    let title = format!("{}物业监督", here.name);
    workbook(&title, &[companies_sheet(&title, &companies(&desk.op, &place).await?)])
}

async fn service_page(desk: &Desk, branch: &PlaceCode, typed: Form, problems: Problems) -> Result<ServicePage, Stop> {
    desk.op.permit(Deed::ViewPropertyService, branch)?;
    let found = places::branch(desk.op.reader(), branch).await?.ok_or(Stop::Missing)?;
    let own = &desk.officer.office.place;
    let above =
        (own != branch).then(|| Crumb { label: "物业监督".to_owned(), href: urls::of_place(urls::PLACE, own) });
    Ok(ServicePage {
        shell: desk.shell("物业监督").await?,
        crumbs: above.into_iter().collect(),
        problems,
        typed,
        name: found.place.name,
        branch: branch.clone(),
        service: service(&desk.op, branch).await?,
        company: found.branch.property_company,
        can_keep: desk.op.can(Deed::SupervisePropertyService, branch),
        now: desk.op.now(),
    })
}

/// The branch, once supervising its company is permitted.
fn kept_by(desk: &Desk, place: &str) -> Result<PlaceCode, Stop> {
    let place = code(place)?;
    desk.op.permit(Deed::SupervisePropertyService, &place)?;
    Ok(place)
}

fn year_of(year: &str) -> Result<i32, Stop> {
    year.parse().map_err(|_| Stop::Missing)
}

async fn answered(
    desk: &Desk,
    branch: &PlaceCode,
    ended: Result<(), Stop>,
    form: Form,
    words: &str,
) -> Result<Response, Stop> {
    match ended {
        Ok(()) => Ok(done(&urls::of_place(urls::PLACE, branch), words)),
        Err(Stop::Refused(problems)) => refused(&service_page(desk, branch, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// Keeps a contract.
pub async fn contract(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let branch = kept_by(&desk, &place)?;
    let ended = match read_contract(&form) {
        Ok(new) => keep_contract(&desk.op, &branch, new).await.map(drop),
        Err(stop) => Err(stop),
    };
    answered(&desk, &branch, ended, form, "合同已登记，居民能看到约定的服务职责。").await
}

/// Keeps what a check found.
pub async fn check(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let branch = kept_by(&desk, &place)?;
    let ended = match read_check(&form) {
        Ok(new) => record_check(&desk.op, &branch, new).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, &branch, ended, form, "检查已登记。").await
}

/// Opens the appraisal of a year.
pub async fn open(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let branch = kept_by(&desk, &place)?;
    let ended = match read_appraisal(&form) {
        Ok(new) => open_appraisal(&desk.op, &branch, new).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, &branch, ended, form, "考评已开始，居民现在可以在公开页面上评价。").await
}

/// Keeps what the branch and the owners' committee find.
pub async fn finding(desk: Desk, Path((year, place)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let (branch, year) = (kept_by(&desk, &place)?, year_of(&year)?);
    let version = form.value("version").parse().unwrap_or(-1);
    let ended = match read_finding(&form) {
        Ok(new) => keep_finding(&desk.op, &branch, year, version, new).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, &branch, ended, form, "考评等次已登记，公布以前可以再改。").await
}

/// Enters what a resident says.
pub async fn saying(desk: Desk, Path((year, place)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let (branch, year) = (kept_by(&desk, &place)?, year_of(&year)?);
    let ended = match read_told_saying(&form) {
        Ok((new, channel)) => enter_saying(&desk.op, &branch, year, new, channel).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, &branch, ended, form, "评价已登记。").await
}

/// Publishes the appraisal.
pub async fn publish(desk: Desk, Path((year, place)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let (branch, year) = (kept_by(&desk, &place)?, year_of(&year)?);
    let version = form.value("version").parse().unwrap_or(-1);
    let ended = publish_appraisal(&desk.op, &branch, year, version).await;
    answered(&desk, &branch, ended, form, "考评结果已公布。").await
}
