//! Catalogues: the versions of a place, one version, and its way into effect.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    clock::chinese_date,
    ids::{CatalogueId, ResolutionId},
    meeting::Matter,
    permission::Deed,
    place::{Level, PlaceCode},
    points::{CatalogueState, Category, Item, ItemCode, Points},
};
use platform::{
    db::column::Text,
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Problems, Shell, Step, StepState},
};

use super::{parse, parse_place};
use crate::{
    desk::Desk,
    places,
    points::{
        actions::{
            Adoption, adopt_catalogue, check_catalogue, draft_catalogue, give_back_catalogue, save_catalogue,
            submit_catalogue,
        },
        queries::Catalogues,
        store::catalogue::{self, row},
        urls,
    },
    resolutions,
};

/// Own items that the form offers beside those that are there.
const OWN_ROWS: usize = 5;

#[derive(Template)]
#[template(path = "points/catalogue.html")]
struct CataloguePage {
    shell: Shell,
    problems: Problems,
    name: String,
    row: row::Model,
    is_template: bool,
    in_effect: bool,
    steps: Vec<Step>,
    lines: Vec<Line>,
    others: Vec<(String, String)>,
    may: May,
    resolutions: Vec<(String, String)>,
    earliest: String,
    typed: Form,
}

/// What the office in use may do with it now.
struct May {
    save: bool,
    submit: bool,
    check: bool,
    adopt: bool,
    renew: bool,
}

/// One line of the form or the table.
struct Line {
    item: Item,
    /// What the county allows at most, in words.
    bounds: String,
    is_fixed: bool,
    is_on: bool,
    title: String,
    points: String,
    cap: String,
}

impl CataloguePage {
    fn at(&self, path: &str) -> String {
        urls::of_catalogue(path, self.row.id.0)
    }

    fn renew(&self) -> String {
        urls::CATALOGUES.replace("{place}", self.row.place.0.as_str())
    }

    fn resolution(&self) -> Option<String> {
        self.row.resolution_id.map(|Text(id)| resolutions::urls::resolution(id))
    }

    fn effective_from(&self) -> String {
        self.row.effective_from.map(|Text(date)| chinese_date(date)).unwrap_or_default()
    }

    fn returned(&self) -> String {
        format!("社区退回：{}", self.row.reason)
    }

    fn effective_default(&self) -> &str {
        match self.typed.value("effective_from") {
            "" => &self.earliest,
            typed => typed,
        }
    }

    fn version(&self) -> String {
        match self.typed.value("version") {
            "" => self.row.version.to_string(),
            typed => typed.to_owned(),
        }
    }
}

/// On to the newest version of a place; a page that offers to begin when there is none.
pub async fn list(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let place = parse_place(&place)?;
    desk.op.permit(Deed::ViewCatalogue, &place)?;
    let here = places::place(desk.op.reader(), &place).await?.ok_or(Stop::Missing)?;
    match catalogue::versions_of(desk.op.reader(), &place).await?.first() {
        Some(row) => Ok(Redirect::to(&urls::catalogue(row.id.0)).into_response()),
        None => {
            let template = Catalogues::template(desk.op.reader(), &place, desk.op.now().date()).await?;
            page(&NonePage {
                shell: desk.shell(format!("{}积分明细", here.name)).await?,
                name: here.name,
                can_draft: desk.op.can(writing(&place), &place),
                action: urls::CATALOGUES.replace("{place}", place.as_str()),
                items: template,
            })
        }
    }
}

#[derive(Template)]
#[template(path = "points/no_catalogue.html")]
struct NonePage {
    shell: Shell,
    name: String,
    can_draft: bool,
    action: String,
    items: Vec<Item>,
}

fn writing(place: &PlaceCode) -> Deed {
    if place.level() == Level::County { Deed::EditPointsTemplate } else { Deed::DraftCatalogue }
}

/// Begins a version.
pub async fn draft(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let place = parse_place(&place)?;
    let id = draft_catalogue(&desk.op, &place).await?;
    Ok(done(&urls::catalogue(id), "积分明细已拟出，请核对各项分值和封顶后提交。"))
}

/// One version.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&catalogue_page(&desk, parse(&id)?, Problems::default(), Form::default()).await?)
}

async fn catalogue_page(desk: &Desk, id: CatalogueId, problems: Problems, typed: Form) -> Result<CataloguePage, Stop> {
    let (db, today) = (desk.op.reader(), desk.op.now().date());
    let row = catalogue::catalogue(db, id).await?.ok_or(Stop::Missing)?;
    let place = row.place.0.clone();
    desk.op.permit(Deed::ViewCatalogue, &place)?;
    let here = places::place(db, &place).await?.ok_or(Stop::Missing)?;
    let (state, is_template) = (row.state.0, place.level() == Level::County);
    let template = Catalogues::offered(db, &place, today).await?;
    let versions = catalogue::versions_of(db, &place).await?;
    let is_newest = versions.first().is_some_and(|it| it.id == row.id);
    let may = May {
        save: state == CatalogueState::Draft && desk.op.can(writing(&place), &place),
        submit: !is_template && state == CatalogueState::Draft && desk.op.can(Deed::DraftCatalogue, &place),
        check: state == CatalogueState::Submitted && desk.op.can(Deed::CheckCatalogue, &place),
        adopt: if is_template {
            state == CatalogueState::Draft && desk.op.can(Deed::EditPointsTemplate, &place)
        } else {
            state == CatalogueState::Checked && desk.op.can(Deed::AdoptCatalogue, &place)
        },
        renew: is_newest && state == CatalogueState::Adopted && desk.op.can(writing(&place), &place),
    };
    let is_to_be_resolved = may.adopt && !is_template;
    let mut passed =
        if is_to_be_resolved { resolutions::passed_on(db, &place, Matter::Catalogue).await? } else { Vec::new() };
    // Not what another version stands on, nor what was passed before this one was checked.
    passed.retain(|it| versions.iter().all(|version| version.resolution_id != Some(it.id)));
    passed.retain(|it| row.checked_on.is_none_or(|checked| it.decided_on.0 >= checked.0));
    let in_effect = Catalogues::of_branch(db, &place).await?.on(today).is_some_and(|it| it.id == row.id);
    Ok(CataloguePage {
        shell: desk.shell(format!("{}积分明细", here.name)).await?,
        problems,
        name: here.name,
        is_template,
        in_effect,
        steps: steps(&row, is_template),
        lines: lines(&row, &template, may.save, &typed),
        others: versions.iter().filter(|it| it.id != row.id).map(other).collect(),
        resolutions: passed
            .into_iter()
            .map(|it| (it.id.0.to_string(), format!("{}（{}）", it.title, chinese_date(it.decided_on.0))))
            .collect(),
        earliest: today.tomorrow().unwrap_or(today).to_string(),
        may,
        row,
        typed,
    })
}

fn other(row: &row::Model) -> (String, String) {
    let from = row.effective_from.map(|Text(date)| format!("，{}起生效", chinese_date(date))).unwrap_or_default();
    (format!("第 {} 版：{}{from}", row.number, row.state.0.label()), urls::catalogue(row.id.0))
}

fn steps(row: &row::Model, is_template: bool) -> Vec<Step> {
    let labels: &[&str] = if is_template {
        &["编制", "生效"]
    } else {
        &["支部拟制", "社区审核", "支部党员大会通过", "生效"]
    };
    let reached = match row.state.0 {
        CatalogueState::Draft => 0,
        CatalogueState::Submitted => 1,
        CatalogueState::Checked => 2,
        CatalogueState::Adopted => labels.len(),
    };
    let notes = [row.drafted_by.clone(), row.checked_by.clone(), String::new(), String::new()];
    let step = |(index, label): (usize, &&str)| Step {
        label: (*label).to_owned(),
        state: match index {
            _ if index < reached => StepState::Done,
            _ if index == reached => StepState::Now,
            _ => StepState::Ahead,
        },
        note: if is_template { String::new() } else { notes.get(index).cloned().unwrap_or_default() },
    };
    labels.iter().enumerate().map(step).collect()
}

/// The items of the version; while it is written, also the template's that it leaves out and blank own ones.
fn lines(row: &row::Model, template: &[Item], is_written: bool, typed: &Form) -> Vec<Line> {
    let mut items: BTreeMap<ItemCode, (Item, bool)> =
        row.items.0.iter().map(|item| (item.code.clone(), (item.clone(), true))).collect();
    if is_written {
        for item in template {
            items.entry(item.code.clone()).or_insert_with(|| (item.clone(), false));
        }
        for code in (1..=OWN_ROWS).filter_map(|number| format!("X{number:02}").parse::<ItemCode>().ok()) {
            items.entry(code.clone()).or_insert_with(|| (own_item(code), false));
        }
    }
    let mut lines: Vec<Line> = items.into_values().map(|(item, is_on)| line(item, is_on, template, typed)).collect();
    // Points first, then the branch's own, then what is taken.
    lines.sort_by_key(|line| (line.item.code.category(), line.item.code.is_own(), line.item.code.clone()));
    lines
}

fn own_item(code: ItemCode) -> Item {
    Item {
        code,
        title: String::new(),
        points: Points::whole(1),
        per: 100,
        unit: "次".to_owned(),
        cap: Some(Points::whole(4)),
    }
}

fn line(item: Item, is_on: bool, template: &[Item], typed: &Form) -> Line {
    let known = template.iter().find(|known| known.code == item.code);
    let value = |field: &str, otherwise: String| match typed.value(&format!("{field}.{}", item.code)) {
        "" => otherwise,
        typed => typed.to_owned(),
    };
    let is_typed = !typed.value("version").is_empty();
    Line {
        bounds: known.map(Item::words).unwrap_or_else(|| "支部自设，每次和全年都不超过 6 分".to_owned()),
        is_fixed: matches!(item.code.category(), Category::Base | Category::Sanction),
        is_on: if is_typed { typed.is_ticked(&format!("on.{}", item.code)) } else { is_on },
        title: value("title", item.title.clone()),
        points: value("points", item.points.short()),
        cap: value("cap", item.cap.map(Points::short).unwrap_or_default()),
        item,
    }
}

/// Saves the items.
pub async fn save(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = permitted(&desk, &id, writing).await?;
    let template = Catalogues::offered(desk.op.reader(), &row.place.0, desk.op.now().date()).await?;
    let outcome = match read(&form, &row, &template) {
        Ok((version, items)) => save_catalogue(&desk.op, row.id.0, version, items).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, row.id.0, outcome, form, "积分明细已保存。").await
}

fn read(form: &Form, row: &row::Model, template: &[Item]) -> Result<(i32, Vec<Item>), Stop> {
    let mut reading = form.read();
    let mut items = Vec::new();
    let version = form.value("version").parse().unwrap_or(row.version);
    for line in lines(row, template, true, &Form::default()) {
        let code = &line.item.code;
        if line.is_fixed {
            items.push(line.item);
            continue;
        }
        if !form.is_ticked(&format!("on.{code}")) {
            continue;
        }
        let title = reading.required(&format!("title.{code}"), &format!("{code} 的内容"), 60);
        let points = reading.parsed::<Points>(&format!("points.{code}"), &format!("{code} 的分值"));
        let cap = reading.parsed::<Points>(&format!("cap.{code}"), &format!("{code} 的全年封顶"));
        if let (Some(points), Some(cap)) = (points, cap) {
            items.push(Item { title, points, cap: Some(cap), ..line.item });
        }
    }
    reading.finish()?;
    Ok((version, items))
}

/// Hands it to the community.
pub async fn submit(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = permitted(&desk, &id, |_| Deed::DraftCatalogue).await?;
    let outcome = submit_catalogue(&desk.op, row.id.0).await;
    answer(&desk, row.id.0, outcome, form, "已提交社区审核。").await
}

/// The community has nothing against it.
pub async fn check(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = permitted(&desk, &id, |_| Deed::CheckCatalogue).await?;
    let outcome = check_catalogue(&desk.op, row.id.0).await;
    answer(&desk, row.id.0, outcome, form, "已审核，支部可以提交党员大会表决。").await
}

/// The community gives it back.
pub async fn give_back(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = permitted(&desk, &id, |_| Deed::CheckCatalogue).await?;
    let outcome = give_back_catalogue(&desk.op, row.id.0, form.value("reason")).await;
    answer(&desk, row.id.0, outcome, form, "已退回支部，支部会看到原因。").await
}

/// Brings it into effect.
pub async fn adopt(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let adopting = |place: &PlaceCode| match place.level() {
        Level::County => Deed::EditPointsTemplate,
        _ => Deed::AdoptCatalogue,
    };
    let row = permitted(&desk, &id, adopting).await?;
    let mut reading = form.read();
    let effective_from = reading.date("effective_from", "生效日期");
    let resolution: Option<ResolutionId> = form.value("resolution").parse().ok();
    let outcome = match (reading.finish(), effective_from) {
        (Ok(()), Some(effective_from)) => {
            adopt_catalogue(&desk.op, row.id.0, Adoption { resolution, effective_from }).await
        }
        (Ok(()), None) => Err(Stop::fault("a date without a problem is there")),
        (Err(stop), _) => Err(stop),
    };
    answer(&desk, row.id.0, outcome, form, "积分明细已通过，从生效日期起按它计分。").await
}

async fn permitted(desk: &Desk, id: &str, deed: impl Fn(&PlaceCode) -> Deed) -> Result<row::Model, Stop> {
    let row = catalogue::catalogue(desk.op.reader(), parse(id)?).await?.ok_or(Stop::Missing)?;
    desk.op.permit(deed(&row.place.0), &row.place.0)?;
    Ok(row)
}

async fn answer(
    desk: &Desk,
    id: CatalogueId,
    outcome: Result<(), Stop>,
    form: Form,
    words: &str,
) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(&urls::catalogue(id), words)),
        Err(Stop::Refused(problems)) => refused(&catalogue_page(desk, id, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}
