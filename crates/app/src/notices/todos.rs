//! What waits on the org department and on verifiers: the notice, the award, and objections with their deadlines.

use domain::{
    clock::Instant,
    permission::{Deed, OfficeKind},
    selection::{application::Stage, objection::ObjectionState},
};
use platform::{act::Op, error::Stop};

use super::{
    Notice,
    queries::{OpenObjections, objections, season_awards, season_notice},
    urls,
};
use crate::{
    desk::{Todo, Todos},
    review::{applications_of, own_county},
    selection,
};

/// Objections that wait for a step of the verifier.
const WAITING: &[ObjectionState] = &[
    ObjectionState::Received,
    ObjectionState::Acknowledged,
    ObjectionState::Verifying,
    ObjectionState::Upheld,
    ObjectionState::NotUpheld,
    ObjectionState::Insufficient,
];

/// How many objections are told one by one; the list shows them all.
const TOLD: u64 = 50;

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        match op.actor.officer()?.office.kind {
            OfficeKind::Verifier => verifier(op).await,
            OfficeKind::CountyOrgDept => org_dept(op).await,
            _ => Ok(Vec::new()),
        }
    })
}

async fn verifier(op: &Op) -> Result<Vec<Todo>, Stop> {
    if !op.can(Deed::VerifyObjection, &op.actor.officer()?.office.place) {
        return Ok(Vec::new());
    }
    let (lines, _) = objections(op, WAITING, 0, TOLD).await?;
    let todo = |line: super::ObjectionLine| {
        let deed = match line.row.state.0 {
            ObjectionState::Received => "受理",
            ObjectionState::Acknowledged | ObjectionState::Verifying => "核实",
            _ => "答复",
        };
        Todo {
            title: format!("{deed}关于{}的异议", line.against),
            place: String::new(),
            due: line.due,
            href: urls::objection(line.row.id.0),
        }
    };
    Ok(lines.into_iter().map(todo).collect())
}

async fn org_dept(op: &Op) -> Result<Vec<Todo>, Stop> {
    let db = op.reader();
    let Some(season) = selection::current_season(db, &own_county(op)?).await? else { return Ok(Vec::new()) };
    let applications = applications_of(db, &season).await?;
    let count = |stage| applications.iter().filter(|application| application.stage == stage).count();
    let todo = |title: String, due: Option<Instant>, href: String| Todo { title, place: String::new(), due, href };
    let mut todos = Vec::new();
    if count(Stage::Decided) > 0 {
        todos.push(todo(format!("拟制并发布{}年度公示", season.year), None, urls::season_notice(season.id.0)));
    }
    if count(Stage::Noticed) > 0 {
        let notice = season_notice(db, season.id.0).await?;
        let period = notice.as_ref().and_then(Notice::period).filter(|period| period.is_over(op.now()));
        let open = OpenObjections::of(db, &season.id.0.to_string()).await?;
        let is_ready = |application: &domain::selection::application::Application| {
            application.stage == Stage::Noticed && open.against(application.id) == 0
        };
        let ready = applications.iter().filter(|application| is_ready(application)).count();
        if period.is_some() && ready > 0 {
            let title = format!("认定公示期满的小区（{ready} 个）");
            todos.push(todo(title, None, urls::awards(season.id.0)));
        }
    }
    if count(Stage::Confirmed) > 0 {
        let awards = season_awards(db, season.id.0).await?;
        let waiting = awards.iter().filter(|award| award.circular_id.is_none() && award.revoked_at.is_none()).count();
        todos.push(todo(format!("登记通报表扬（{waiting} 个）"), None, urls::awards(season.id.0)));
    }
    Ok(todos)
}
