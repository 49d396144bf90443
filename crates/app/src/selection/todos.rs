//! What waits on branch, community and street offices, derived from the current season.

use domain::{permission::OfficeKind, selection::application::Stage};
use platform::{act::Op, error::Stop};

use super::{
    queries,
    store::{application::applications_under, season},
    timeline::due_of,
    urls,
};
use crate::{
    calendar,
    desk::{Todo, Todos},
};

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let officer = op.actor.officer()?;
        match officer.office.kind {
            OfficeKind::BranchSecretary | OfficeKind::BranchCommittee => branch(op).await,
            OfficeKind::CommunityOfficer => community(op).await,
            OfficeKind::StreetOfficer => street_todos(op).await,
            _ => Ok(Vec::new()),
        }
    })
}

async fn branch(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place) = (op.reader(), &op.actor.officer()?.office.place);
    let Some(current) = queries::current_season(db, place).await? else { return Ok(Vec::new()) };
    let parameters = queries::parameters_of(db, &current).await?;
    let window = queries::window(&parameters)?;
    let has_reported = queries::reported_at(db, current.id.0, place).await?.is_some();
    if has_reported || op.now() < window.opens || op.now() >= window.closes.plus_days(30) {
        return Ok(Vec::new());
    }
    let todo = |title: String, href: String| Todo { title, place: String::new(), due: Some(window.closes), href };
    let own = applications_under(db, current.id.0, place, &[]).await?;
    Ok(match own.first() {
        Some(row) if row.stage.0 == Stage::Draft => {
            let again = if row.submission_number > 0 { "修改后重新提交" } else { "填写并提交" };
            vec![todo(format!("{again}{}年度申报表", current.year), urls::part(row.id.0, "edit"))]
        }
        None if op.now() < window.closes && season::is_in_snapshot(db, current.id.0, place).await? => {
            vec![todo(format!("申报{}年度“红旗小区”（自愿）", current.year), urls::APPLICATIONS.to_owned())]
        }
        Some(_) | None => Vec::new(),
    })
}

async fn community(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place) = (op.reader(), &op.actor.officer()?.office.place);
    let Some(current) = queries::current_season(db, place).await? else { return Ok(Vec::new()) };
    let rows = applications_under(db, current.id.0, place, &[Stage::Submitted]).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let parameters = queries::parameters_of(db, &current).await?;
    let (names, calendar) = (queries::place_names(db, place).await?, calendar::load(db).await?);
    let todo = |row: &super::Application| {
        let name = names.get(&row.branch.0).cloned().unwrap_or_default();
        let due = due_of(row.stage.0, row.stage_since.0, &parameters, &calendar);
        let href = urls::application(row.id.0);
        Todo { title: format!("核查{name}的申报材料"), place: name, due, href }
    };
    Ok(rows.iter().map(todo).collect())
}

async fn street_todos(op: &Op) -> Result<Vec<Todo>, Stop> {
    let officer = op.actor.officer()?;
    let (db, place) = (op.reader(), &officer.office.place);
    let Some(current) = queries::current_season(db, place).await? else { return Ok(Vec::new()) };
    if queries::reported_at(db, current.id.0, place).await?.is_some() {
        return Ok(Vec::new());
    }
    let closes = queries::window(&queries::parameters_of(db, &current).await?)?.closes;
    let rows = applications_under(db, current.id.0, place, &[Stage::CommunityPassed, Stage::Screened]).await?;
    let names = queries::place_names(db, place).await?;
    let mut todos: Vec<Todo> = rows
        .iter()
        .filter(|row| row.stage.0 == Stage::CommunityPassed)
        .map(|row| {
            let name = names.get(&row.branch.0).cloned().unwrap_or_default();
            let title = format!("评估和初选{name}的申报");
            Todo { title, place: name, due: Some(closes), href: urls::application(row.id.0) }
        })
        .collect();
    if rows.iter().any(|row| row.stage.0 == Stage::Screened) {
        let title = format!("上报{}年度推荐名单", current.year);
        todos.push(Todo { title, place: String::new(), due: Some(closes), href: urls::RANKING.to_owned() });
    }
    Ok(todos)
}
