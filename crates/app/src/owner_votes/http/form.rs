//! Preparing a poll, and changing it before it is frozen.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::PollId,
    owners::{Matter, Nature, Parking, Poll, area_words},
    permission::Deed,
    place::PlaceCode,
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Crumb, Problems, Shell},
};

use super::parse;
use crate::{
    branches::options,
    desk::Desk,
    owner_votes::{
        actions::{edit_poll, prepare_poll},
        queries::line_for,
        read::read_poll,
        store::poll::{natural, row},
        urls,
    },
    places,
};

#[derive(Template)]
#[template(path = "owner_votes/form.html")]
struct FormPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    action: String,
    is_new: bool,
    compounds: Vec<(String, String)>,
    /// What the ledger's buildings of each compound add up to.
    area_hint: String,
    /// From when voting may begin, if it is announced today.
    earliest: String,
}

impl FormPage {
    fn matters(&self) -> Vec<(String, String)> {
        let words = |(number, matter): (usize, &Matter)| {
            format!("（{number}）{}：{}", matter.label(), matter.majority().label())
        };
        (1..).zip(Matter::ALL).map(|pair| (pair.1.code().to_owned(), words(pair))).collect()
    }

    fn natures(&self) -> Vec<(String, String)> {
        options!(Nature)
    }

    fn parkings(&self) -> Vec<(String, String)> {
        options!(Parking)
    }
}

async fn form_page(
    desk: &Desk,
    branch: &PlaceCode,
    poll: Option<PollId>,
    form: Form,
    problems: Problems,
) -> Result<FormPage, Stop> {
    desk.op.permit(Deed::PreparePoll, branch)?;
    let db = desk.op.reader();
    let compounds = places::compounds_of(db, std::slice::from_ref(branch)).await?;
    let buildings = places::buildings_of(db, std::slice::from_ref(branch)).await?;
    let known = compounds.iter().filter_map(|compound| {
        let own = buildings.iter().filter(|building| building.compound_id == compound.id);
        let area: i64 = own.map(|building| building.exclusive_area).sum();
        (area > 0).then(|| format!("{} {}", compound.name, area_words(natural(area))))
    });
    let known: Vec<String> = known.collect();
    let ledger =
        if known.is_empty() { String::new() } else { format!("；台账楼栋面积合计：{}", known.join("，")) };
    let earliest = Poll::earliest_opening(desk.op.now().date());
    let title = if poll.is_some() { "修改表决" } else { "准备表决" };
    Ok(FormPage {
        shell: desk.shell(title).await?,
        crumbs: vec![Crumb { label: "业主表决".to_owned(), href: urls::POLLS.to_owned() }],
        problems,
        form,
        action: poll.map_or_else(|| urls::NEW.to_owned(), |poll| urls::of_poll(urls::EDIT, poll)),
        is_new: poll.is_none(),
        compounds: compounds.into_iter().map(|it| (it.id.0.to_string(), it.name)).collect(),
        area_hint: format!(
            "计入表决的专有部分面积合计，按测绘报告或不动产登记，平方米；名册加起来必须和它相等{ledger}"
        ),
        earliest: format!("公告后满 15 天；今天公告，最早{}", chinese_date(earliest)),
    })
}

/// The form of a new poll.
pub async fn show_new(desk: Desk) -> Result<Response, Stop> {
    let place = desk.officer.office.place.clone();
    let form = Form::of([("nature", Nature::Named.code()), ("parking", Parking::NotCounted.code())]);
    page(&form_page(&desk, &place, None, form, Problems::default()).await?)
}

/// Begins it.
pub async fn prepare(desk: Desk, form: Form) -> Result<Response, Stop> {
    let place = desk.officer.office.place.clone();
    desk.op.permit(Deed::PreparePoll, &place)?;
    let ended = match read_poll(&form) {
        Ok(draft) => prepare_poll(&desk.op, &place, draft).await,
        Err(stop) => Err(stop),
    };
    match ended {
        Ok(id) => Ok(done(&urls::of_poll(urls::REGISTER, id), "表决已建好，请录入或导入名册。")),
        Err(Stop::Refused(problems)) => refused(&form_page(&desk, &place, None, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

fn filled(row: &row::Model) -> Form {
    let area = area_words(natural(row.declared_area)).replace(',', "");
    Form::of([
        ("compound", row.compound_id.0.to_string()),
        ("title", row.title.clone()),
        ("matter", row.matter.0.to_string()),
        ("text", row.text.clone()),
        ("convener", row.convener.clone()),
        ("nature", row.nature.0.to_string()),
        ("parking", row.parking.0.to_string()),
        ("declared_area", area),
        ("opens_on", row.opens_on.0.to_string()),
        ("closes_on", row.closes_on.0.to_string()),
        ("version", row.version.to_string()),
    ])
}

/// The form with what is there.
pub async fn show_edit(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let line = line_for(&desk.op, parse(&id)?, Deed::PreparePoll).await?;
    let (id, place) = (line.row.id.0, line.row.place.0.clone());
    page(&form_page(&desk, &place, Some(id), filled(&line.row), Problems::default()).await?)
}

/// Changes it.
pub async fn edit(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let line = line_for(&desk.op, parse(&id)?, Deed::PreparePoll).await?;
    let id = line.row.id.0;
    let version = form.value("version").parse().unwrap_or(-1);
    let ended = match read_poll(&form) {
        Ok(draft) => edit_poll(&desk.op, id, draft, version).await,
        Err(stop) => Err(stop),
    };
    match ended {
        Ok(()) => Ok(done(&urls::of_poll(urls::POLL, id), "已保存。")),
        Err(Stop::Refused(problems)) => {
            refused(&form_page(&desk, &line.row.place.0, Some(id), form, Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}
