//! Requests around the ledger's import and export.

use axum::{extract::Path, response::Response};
use domain::{ids::ImportId, permission::Deed, place::PlaceCode};
use platform::{
    act::Op,
    error::{Problem, Stop},
    files,
    forms::{Form, Query, QueryForm},
    pages::{done, page, refused, workbook},
    shell::{Chip, Pager, Problems},
};

use super::{
    actions,
    columns::LedgerSheet,
    pages::{IndexPage, PreviewPage, ResultPage},
    preview::{Preview, RowChange},
    sheets,
    store::{self, import},
    urls,
};
use crate::desk::Desk;

/// Changes on a page.
const PAGE: u64 = 50;
/// How many imports the first page lists.
const LATEST: u64 = 20;
/// Rows of a list of errors or warnings that a page shows; a workbook may have thousands.
const TOLD: usize = 500;

async fn index_page(desk: &Desk, problems: Problems) -> Result<IndexPage, Stop> {
    let place = &desk.officer.office.place;
    let can_import = desk.op.can(Deed::ImportLedger, place);
    let imports = if can_import { store::imports_of(desk.op.reader(), place, LATEST).await? } else { Vec::new() };
    Ok(IndexPage {
        shell: desk.shell("台账导入导出").await?,
        problems,
        imports,
        can_import,
        can_export: desk.op.can(Deed::ExportLedger, place),
    })
}

/// Uploading, template, export, and the latest imports.
pub async fn index(desk: Desk) -> Result<Response, Stop> {
    desk.op.permit(Deed::ExportLedger, &desk.officer.office.place)?;
    page(&index_page(&desk, Problems::default()).await?)
}

/// The empty workbook.
pub async fn template(desk: Desk) -> Result<Response, Stop> {
    desk.op.permit(Deed::ExportLedger, &desk.officer.office.place)?;
    workbook("小区党组织台账模板", &sheets::template())
}

/// Everything at or under a place, one's own unless another is named.
pub async fn export(op: Op, form: Form) -> Result<Response, Stop> {
    let place: PlaceCode = match form.value("place") {
        "" => op.actor.officer()?.office.place.clone(),
        code => code.parse().map_err(|_| Stop::Missing)?,
    };
    workbook("小区党组织台账", &actions::export_ledger(&op, &place).await?)
}

/// Keeps a workbook and goes on to its preview.
pub async fn upload(desk: Desk, form: Form) -> Result<Response, Stop> {
    let county = desk.officer.office.place.clone();
    desk.op.permit(Deed::ImportLedger, &county)?;
    let uploaded = match form.files.iter().find(|file| file.field == "file") {
        Some(file) => actions::upload_ledger(&desk.op, &county, &file.name, file.bytes.clone()).await,
        None => Err(Stop::refused_at("file", "请选择台账文件（.xlsx）。")),
    };
    match uploaded {
        Ok(id) => Ok(done(&urls::import(id), "台账已读取，还没有写入，请看下面的核对结果。")),
        Err(Stop::Refused(problems)) => refused(&index_page(&desk, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// What an import would do; what it did, once it is done.
pub async fn show(desk: Desk, Path(id): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let import = find(&desk.op, &id).await?;
    if import.done_at.is_some() {
        return page(&ResultPage { shell: desk.shell("导入结果").await?, import });
    }
    page(&preview_page(&desk, import, &query, Problems::default()).await?)
}

async fn find(op: &Op, id: &str) -> Result<import::Model, Stop> {
    let id: ImportId = id.parse().map_err(|_| Stop::Missing)?;
    let import = store::import(op.reader(), id).await?.ok_or(Stop::Missing)?;
    op.permit(Deed::ImportLedger, &import.place.0)?;
    Ok(import)
}

async fn preview_page(
    desk: &Desk,
    import: import::Model,
    query: &Form,
    problems: Problems,
) -> Result<PreviewPage, Stop> {
    let (_, bytes) = files::fetch(&desk.op.floor, &import.hash).await?;
    let mut preview = actions::preview_ledger(&desk.op, &import.place.0, bytes).await?;
    let here = urls::import(import.id.0);
    let sheet = LedgerSheet::ALL.into_iter().find(|sheet| sheet.name() == query.value("sheet"));
    let offset = query.value("from").parse().unwrap_or(0);
    let (changes, total) = on_page(&preview, sheet, offset);
    let sheet_name = sheet.map_or("", LedgerSheet::name);
    let pager = Pager::of(offset, PAGE, total, |row| {
        Query::at(here.as_str()).with("sheet", sheet_name).with("from", &row.to_string()).address()
    });
    let chips = chips(&preview, &here, sheet);
    preview.errors.truncate(TOLD);
    preview.warnings.truncate(TOLD);
    Ok(PreviewPage { shell: desk.shell("导入预览").await?, problems, import, preview, chips, changes, pager })
}

fn on_page(preview: &Preview, sheet: Option<LedgerSheet>, offset: u64) -> (Vec<RowChange>, u64) {
    let chosen = || preview.changes.iter().filter(|change| sheet.is_none_or(|sheet| change.sheet == sheet));
    let (skip, take) = (usize::try_from(offset).unwrap_or(usize::MAX), usize::try_from(PAGE).unwrap_or(usize::MAX));
    (chosen().skip(skip).take(take).cloned().collect(), chosen().count() as u64)
}

fn chips(preview: &Preview, here: &str, chosen: Option<LedgerSheet>) -> Vec<Chip> {
    let all = Chip { label: "全部".to_owned(), href: here.to_owned(), is_on: chosen.is_none() };
    let of_sheet = |sum: &super::SheetSummary| Chip {
        label: format!("{}（{}）", sum.sheet.name(), sum.added + sum.changed),
        href: Query::at(here).with("sheet", sum.sheet.name()).address(),
        is_on: chosen == Some(sum.sheet),
    };
    std::iter::once(all).chain(preview.sheets.iter().map(of_sheet)).collect()
}

/// Imports what was shown.
pub async fn confirm(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let import = find(&desk.op, &id).await?;
    let here = urls::import(import.id.0);
    match actions::import_ledger(&desk.op, import.id.0, form.value("digest")).await {
        Ok(()) => Ok(done(&here, "台账已导入。")),
        Err(Stop::Refused(problems)) if import.done_at.is_none() => {
            refused(&preview_page(&desk, import, &Form::default(), Problems(problems)).await?)
        }
        Err(Stop::Refused(problems)) => {
            let words: Vec<String> = problems.into_iter().map(|Problem { message, .. }| message).collect();
            Ok(done(&here, &words.concat()))
        }
        Err(stop) => Err(stop),
    }
}
