//! The register: shown, typed in unit by unit, and imported from a table.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::PollId,
    owners::{OwnerKind, PollState, Side, UnitUse, area_words},
    permission::Deed,
};
use platform::{
    error::{Problem, Stop},
    forms::{Form, QueryForm},
    pages::{done, page, refused, workbook},
    shell::{Crumb, Pager, Problems, Shell},
};

use super::parse;
use crate::{
    branches::options,
    desk::Desk,
    owner_votes::{
        actions::{add_unit, confirm_register, drop_unit, preview_register},
        import::{self, Plan},
        queries::{PollLine, UnitLine, line_for, register_of},
        read::read_unit,
        sheets::register_sheet,
        store::poll::natural,
        urls,
    },
};

/// Units on a page.
const PAGE: usize = 100;
/// Problems of a table shown at most.
const TOLD: usize = 100;

/// A table that was read.
struct Preview {
    plan: Plan,
    errors: usize,
    /// The version of the poll that keeps it.
    version: i32,
}

#[derive(Template)]
#[template(path = "owner_votes/register.html")]
struct RegisterPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    poll: PollLine,
    units: Vec<UnitLine>,
    total: usize,
    pager: Pager,
    preview: Option<Preview>,
    can_edit: bool,
}

impl RegisterPage {
    fn url(&self, path: &str) -> String {
        urls::of_poll(path, self.poll.row.id.0)
    }

    fn drop_href(&self, unit: &UnitLine) -> String {
        urls::drop_unit(self.poll.row.id.0, unit.row.id.0)
    }

    fn area(&self, unit: &UnitLine) -> String {
        area_words(natural(unit.row.area))
    }

    fn declared(&self) -> u64 {
        natural(self.poll.row.declared_area)
    }

    fn side(&self, side: &Side) -> String {
        format!("{} 平方米", area_words(side.area))
    }

    /// By how much a table's areas are not what they should be.
    fn difference(&self, side: &Side) -> Option<String> {
        let declared = self.declared();
        let which = if side.area < declared { "少" } else { "多" };
        (side.area != declared).then(|| {
            let by = area_words(side.area.abs_diff(declared));
            format!(
                "面积合计和应有的 {} 平方米不相等，{which} {by} 平方米；可以先导入，冻结前要核对一致。",
                area_words(declared)
            )
        })
    }

    fn usages(&self) -> Vec<(String, String)> {
        options!(UnitUse)
    }

    fn kinds(&self) -> Vec<(String, String)> {
        options!(OwnerKind)
    }

    fn chosen<'a>(&'a self, field: &str, otherwise: &'a str) -> &'a str {
        match self.form.value(field) {
            "" => otherwise,
            typed => typed,
        }
    }
}

async fn register_page(
    desk: &Desk,
    id: PollId,
    from: usize,
    form: Form,
    problems: Problems,
    preview: Option<Preview>,
) -> Result<RegisterPage, Stop> {
    let (poll, units) = register_of(&desk.op, id).await?;
    let total = units.len();
    let href = |row: u64| format!("{}?from={row}", urls::of_poll(urls::REGISTER, id));
    let here = Crumb { label: poll.row.title.clone(), href: urls::of_poll(urls::POLL, id) };
    Ok(RegisterPage {
        shell: desk.shell(format!("{}：名册", poll.row.title)).await?,
        crumbs: vec![Crumb { label: "业主表决".to_owned(), href: urls::POLLS.to_owned() }, here],
        problems,
        form,
        can_edit: poll.state == PollState::Prepared && desk.op.can(Deed::PreparePoll, &poll.row.place.0),
        poll,
        units: units.into_iter().skip(from).take(PAGE).collect(),
        pager: Pager::of(from as u64, PAGE as u64, total as u64, href),
        total,
        preview,
    })
}

/// The register.
pub async fn show(desk: Desk, Path(id): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let from = usize::from(query.value("from").parse::<u16>().unwrap_or(0));
    page(&register_page(&desk, parse(&id)?, from, Form::default(), Problems::default(), None).await?)
}

/// The register as an Excel table, names masked.
pub async fn sheet(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let (poll, units) = register_of(&desk.op, parse(&id)?).await?;
    workbook("表决名册", &[register_sheet(&poll.row.title, &units)])
}

/// The table to be filled in.
pub async fn template(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    line_for(&desk.op, parse(&id)?, Deed::PreparePoll).await?;
    workbook("业主表决名册模板", &[import::template()])
}

async fn answered(desk: &Desk, id: PollId, form: Form, ended: Result<(), Stop>, words: &str) -> Result<Response, Stop> {
    match ended {
        Ok(()) => Ok(done(&urls::of_poll(urls::REGISTER, id), words)),
        Err(Stop::Refused(problems)) => refused(&register_page(desk, id, 0, form, Problems(problems), None).await?),
        Err(stop) => Err(stop),
    }
}

/// Types one unit in.
pub async fn add(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = line_for(&desk.op, parse(&id)?, Deed::PreparePoll).await?.row.id.0;
    let ended = match read_unit(&form) {
        Ok(unit) => add_unit(&desk.op, id, unit).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, id, form, ended, "已录入一套。").await
}

/// Takes one unit out.
pub async fn drop_it(desk: Desk, Path((id, unit)): Path<(String, String)>) -> Result<Response, Stop> {
    let id = parse(&id)?;
    let ended = drop_unit(&desk.op, id, parse(&unit)?).await;
    answered(&desk, id, Form::default(), ended, "已删去一套。").await
}

/// Reads a table and shows what it would bring; it is kept sealed until it is taken over.
pub async fn preview(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let line = line_for(&desk.op, parse(&id)?, Deed::PreparePoll).await?;
    let id = line.row.id.0;
    let Some(file) = form.files.iter().find(|file| file.field == "file") else {
        let problems = Problems(vec![Problem::at("file", "请选择名册（.xlsx）。")]);
        return refused(&register_page(&desk, id, 0, form, problems, None).await?);
    };
    // A table takes a moment to read, and other requests shall not wait for it.
    let (bytes, parking) = (file.bytes.to_vec(), line.row.parking.0);
    let planned = tokio::task::spawn_blocking(move || import::plan(&bytes, parking)).await;
    let mut plan = planned.map_err(|error| Stop::Fault(error.into()))?;
    let errors = plan.errors.len();
    if errors > 0 {
        plan.errors.truncate(TOLD);
        let preview = Some(Preview { plan, errors, version: 0 });
        return refused(&register_page(&desk, id, 0, Form::default(), Problems::default(), preview).await?);
    }
    match preview_register(&desk.op, id, &plan.units).await {
        Ok(version) => {
            let preview = Some(Preview { plan, errors, version });
            page(&register_page(&desk, id, 0, Form::default(), Problems::default(), preview).await?)
        }
        Err(stop) => answered(&desk, id, Form::default(), Err(stop), "").await,
    }
}

/// Takes over what was previewed.
pub async fn confirm(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = line_for(&desk.op, parse(&id)?, Deed::PreparePoll).await?.row.id.0;
    let version = form.value("version").parse().unwrap_or(-1);
    let ended = confirm_register(&desk.op, id, version).await.map(drop);
    answered(&desk, id, Form::default(), ended, "名册已导入。").await
}
