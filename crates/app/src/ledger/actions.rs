//! Importing a workbook: sent and previewed first, then done whole or not at all.

use bytes::Bytes;
use domain::{ids::ImportId, permission::Deed, place::PlaceCode};
use office::{sheet::SheetTable, table::CellProblem};
use platform::{
    act::{Act, Op, Subject},
    actor::Actor,
    db::column::{Document, Int, Text},
    error::Stop,
    files,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    plan::{Grounds, Plan, plan},
    present::Present,
    preview::Preview,
    read::{self, Ledger},
    sheets,
    store::{self, Outcome, OutcomeOfSheet, Told, import},
};
use crate::{people, places};

/// How many remarks are kept with an import; the first of them show what is the matter.
const MOST_TOLD: usize = 200;

/// What an import would do to `county` now. Writes nothing.
///
/// # Errors
/// A refusal at `file` when the bytes are no workbook.
pub async fn preview_ledger(op: &Op, county: &PlaceCode, bytes: Bytes) -> Result<Preview, Stop> {
    op.permit(Deed::ImportLedger, county)?;
    let ledger = read_workbook(bytes).await?;
    let present = Present::load(op.reader(), county).await?;
    let grounds = Grounds { ledger: &ledger, present: &present, keys: &op.floor.keys, today: op.now().date() };
    Ok(plan(&grounds, &mut Uuid::now_v7).preview)
}

/// Keeps a workbook until it is confirmed.
///
/// # Errors
/// A refusal at `file` when the bytes are no workbook.
pub async fn upload_ledger(op: &Op, county: &PlaceCode, file_name: &str, bytes: Bytes) -> Result<ImportId, Stop> {
    op.permit(Deed::ImportLedger, county)?;
    read_workbook(bytes.clone()).await?;
    let mut act = op.act().await?;
    let import = keep(&act, county, file_name, bytes).await?;
    let body = json!({ "step": "uploaded", "file": import.hash });
    let id = import.id.0;
    store::insert_import(act.db(), import).await?;
    act.record(Deed::ImportLedger, &Subject::new("import", id, county), body).await?;
    act.commit().await?;
    Ok(id)
}

/// Imports a kept workbook as it was shown under `digest`.
///
/// # Errors
/// A refusal when the workbook has errors, when the ledger was changed since the preview, or when it was imported before.
pub async fn import_ledger(op: &Op, id: ImportId, digest: &str) -> Result<(), Stop> {
    let kept = store::import(op.reader(), id).await?.ok_or(Stop::Missing)?;
    op.permit(Deed::ImportLedger, &kept.place.0)?;
    let (_, bytes) = files::fetch(&op.floor, &kept.hash).await?;
    let ledger = read_workbook(bytes).await?;
    let mut act = op.act().await?;
    places::lock(act.db(), &kept.place.0).await?;
    let import = store::import(act.db(), id).await?.ok_or(Stop::Missing)?;
    if import.done_at.is_some() {
        return Err(Stop::refused("这份台账已经导入过了，不用再导入。要更新资料，请上传修改后的台账。"));
    }
    let plan = plan_within(&act, &import.place.0, &ledger).await?;
    if !plan.preview.errors.is_empty() {
        return Err(Stop::refused("台账里还有错误，没有导入。请按列出的位置改好后重新上传。"));
    }
    if plan.preview.digest != digest {
        return Err(Stop::refused(
            "预览之后，资料又被改动过，导入的结果会和您刚才看到的不一样，所以没有导入。请看过下面最新的预览后再确认。",
        ));
    }
    let import = done(&act, import, &plan.preview);
    carry_out(&mut act, &import, plan).await?;
    store::save_import(act.db(), import).await?;
    act.commit().await
}

/// How an import at once ended.
#[derive(Debug)]
pub enum Attempt {
    /// It was done.
    Done(Preview),
    /// Everything was known already, so that nothing was written.
    NothingNew(Preview),
    /// The workbook has errors, so that nothing was written.
    Wrong(Vec<CellProblem>),
}

/// Imports a workbook at once, as the command line does.
///
/// # Errors
/// A refusal at `file` when the bytes are no workbook.
pub async fn import_ledger_at_once(
    op: &Op,
    county: &PlaceCode,
    file_name: &str,
    bytes: Bytes,
) -> Result<Attempt, Stop> {
    op.permit(Deed::ImportLedger, county)?;
    let ledger = read_workbook(bytes.clone()).await?;
    let mut act = op.act().await?;
    places::lock(act.db(), county).await?;
    let plan = plan_within(&act, county, &ledger).await?;
    if !plan.preview.errors.is_empty() {
        return Ok(Attempt::Wrong(plan.preview.errors));
    }
    if plan.preview.changes_nothing() {
        return Ok(Attempt::NothingNew(plan.preview));
    }
    let preview = plan.preview.clone();
    let import = keep(&act, county, file_name, bytes).await?;
    let import = done(&act, import, &preview);
    store::insert_import(act.db(), import.clone()).await?;
    carry_out(&mut act, &import, plan).await?;
    act.commit().await?;
    Ok(Attempt::Done(preview))
}

/// Everything at or under `place` in the form of the workbook. Recorded, because it shows telephone numbers in full.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn export_ledger(op: &Op, place: &PlaceCode) -> Result<Vec<SheetTable>, Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::ExportLedger, place)?;
    let present = Present::load(act.db(), place).await?;
    let tables = sheets::export(&present, &act.floor().keys)?;
    let body = json!({ "branches": present.branches.len(), "members": present.memberships.len() });
    act.record(Deed::ExportLedger, &Subject::new("ledger", place, place), body).await?;
    act.commit().await?;
    Ok(tables)
}

/// Reading takes a moment, and other requests shall not wait for it.
pub(super) async fn read_workbook(bytes: Bytes) -> Result<Ledger, Stop> {
    let read = tokio::task::spawn_blocking(move || read::read(&bytes));
    let read = read.await.map_err(|error| Stop::Fault(error.into()))?;
    read.map_err(|refusal| Stop::refused_at("file", refusal.to_string()))
}

async fn plan_within(act: &Act<'_>, county: &PlaceCode, ledger: &Ledger) -> Result<Plan, Stop> {
    let present = Present::load(act.db(), county).await?;
    let grounds = Grounds { ledger, present: &present, keys: &act.floor().keys, today: act.now().date() };
    Ok(plan(&grounds, &mut Uuid::now_v7))
}

/// Stores the file and describes its import, which is not yet done.
async fn keep(act: &Act<'_>, county: &PlaceCode, file_name: &str, bytes: Bytes) -> Result<import::Model, Stop> {
    let blob = files::store(act.floor(), act.db(), act.now(), "file", bytes).await?;
    let uploaded_by = match act.actor() {
        Actor::Officer(officer) => format!("{} {}", officer.office.title, officer.name),
        Actor::System | Actor::Visitor => "命令行".to_owned(),
    };
    Ok(import::Model {
        id: Text(act.new_id()),
        place: Text(county.clone()),
        file_name: file_name.to_owned(),
        hash: blob.hash,
        uploaded_by,
        uploaded_at: Int(act.now()),
        done_at: None,
        outcome: Document(Outcome::default()),
        version: 0,
    })
}

fn done(act: &Act<'_>, import: import::Model, preview: &Preview) -> import::Model {
    let of_sheet = |summary: &super::SheetSummary| OutcomeOfSheet {
        name: summary.sheet.name().to_owned(),
        added: summary.added,
        changed: summary.changed,
        unchanged: summary.unchanged,
    };
    let sheets = preview.sheets.iter().map(of_sheet).collect();
    let told = |problem: &CellProblem| Told {
        sheet: problem.sheet.clone(),
        cell: problem.cell.clone(),
        message: problem.message.clone(),
    };
    let told = preview.warnings.iter().take(MOST_TOLD).map(told).collect();
    let outcome = Document(Outcome { sheets, warnings: preview.warnings.len(), told });
    import::Model { done_at: Some(Int(act.now())), outcome, ..import }
}

/// Writes everything that was planned, and records it: once for the import, and once for each branch it touches, so that
/// the branch's own history tells of it.
async fn carry_out(act: &mut Act<'_>, import: &import::Model, mut plan: Plan) -> Result<(), Stop> {
    let keys = &act.floor().keys;
    let persons = plan.people.added_persons.iter_mut().chain(&mut plan.people.changed_persons);
    for person in persons {
        if let Some(phone) = plan.phones.get(&person.id.0) {
            person.phone_sealed = Some(keys.seal(phone)?);
        }
    }
    let buildings = plan.places.added_buildings.iter_mut().chain(&mut plan.places.changed_buildings);
    for building in buildings {
        if let Some(phone) = plan.steward_phones.get(&building.id.0) {
            building.steward_phone_sealed = Some(keys.seal(phone)?);
        }
    }
    places::write_changes(act, plan.places).await?;
    people::write_changes(act, plan.people).await?;
    let (id, county) = (import.id.0, &import.place.0);
    let body = json!({ "step": "imported", "file": import.hash, "outcome": import.outcome.0 });
    act.record(Deed::ImportLedger, &Subject::new("import", id, county), body).await?;
    for (branch, touched) in &plan.touched {
        let body = json!({ "import": id, "rows": touched });
        act.record(Deed::ImportLedger, &Subject::new("branch", branch, branch), body).await?;
    }
    Ok(())
}
