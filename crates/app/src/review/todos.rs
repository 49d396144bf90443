//! What waits on the county's offices in the review, derived from the current season.

use domain::{
    clock::Instant,
    permission::OfficeKind,
    selection::{application::Stage, parameters::Parameters},
};
use platform::{act::Op, error::Stop};

use super::{
    actions::{closed, vacancies},
    queries::{PanelReplies, applications_of},
    season::own_county,
    store, urls,
};
use crate::{
    desk::{Todo, Todos},
    selection::{self, Season},
};

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let kind = op.actor.officer()?.office.kind;
        if !matches!(
            kind,
            OfficeKind::PanelUnit
                | OfficeKind::CountyOrgDept
                | OfficeKind::StandingCommittee
                | OfficeKind::StreetOfficer
        ) {
            return Ok(Vec::new());
        }
        let Some(season) = selection::current_season(op.reader(), &own_county(op)?).await? else {
            return Ok(Vec::new());
        };
        let parameters = selection::parameters_of(op.reader(), &season).await?;
        match kind {
            OfficeKind::PanelUnit => panel(op, &season, &parameters).await,
            OfficeKind::CountyOrgDept => org_dept(op, &season, &parameters).await,
            OfficeKind::StreetOfficer => street(op, &season, &parameters).await,
            _ => committee(op, &season).await,
        }
    })
}

fn todo(title: String, due: Option<Instant>, href: String) -> Todo {
    Todo { title, place: String::new(), due, href }
}

async fn panel(op: &Op, season: &Season, parameters: &Parameters) -> Result<Vec<Todo>, Stop> {
    let unit = &op.actor.officer()?.office.organ;
    if !parameters.panel_units.contains(unit) {
        return Ok(Vec::new());
    }
    let replies = PanelReplies::of(op.reader(), season.id.0).await?;
    let applications = applications_of(op.reader(), season).await?;
    let open = applications
        .iter()
        .filter(|application| application.stage == Stage::Recommended && replies.by(application.id, unit).is_none())
        .count();
    if open == 0 {
        return Ok(Vec::new());
    }
    let title = format!("填写{}年度评选组意见（{open} 份）", season.year);
    Ok(vec![todo(title, parameters.preliminary_deadline(), urls::panel(season.id.0))])
}

async fn org_dept(op: &Op, season: &Season, parameters: &Parameters) -> Result<Vec<Todo>, Stop> {
    let applications = applications_of(op.reader(), season).await?;
    let count = |stage| applications.iter().filter(|application| application.stage == stage).count();
    let (recommended, passed) = (count(Stage::Recommended), count(Stage::PanelPassed));
    let deadline = parameters.preliminary_deadline();
    let mut todos = Vec::new();
    if recommended > 0 {
        let title = format!("提出{}年度初步意见（{recommended} 份）", season.year);
        todos.push(todo(title, deadline, urls::preliminary(season.id.0)));
    }
    if passed > 0 && recommended == 0 {
        let consultations = store::consultations(op.reader(), season.id.0).await?;
        let out: Vec<_> = consultations.iter().filter(|row| row.reply.is_none()).collect();
        let href = urls::consultations(season.id.0);
        if consultations.is_empty() {
            todos.push(todo(format!("发出{}年度评选征求意见", season.year), None, href));
        } else if let Some(first) = out.first() {
            let due = Some(Instant::end_of(first.due_on.0));
            todos.push(todo(format!("登记征求意见回复（还有 {} 份）", out.len()), due, href));
        }
    }
    Ok(todos)
}

/// R-SEL-16: a place that the panel freed, while the street may still fill it.
async fn street(op: &Op, season: &Season, parameters: &Parameters) -> Result<Vec<Todo>, Stop> {
    let deadline = parameters.preliminary_deadline();
    if !parameters.substitution_before_decision || deadline.is_none_or(|deadline| op.now() >= deadline) {
        return Ok(Vec::new());
    }
    let street = &op.actor.officer()?.office.place;
    let vacancies = vacancies(op.reader(), season, parameters, street).await?;
    if vacancies.is_decided || vacancies.freed.is_empty() || vacancies.waiting.is_empty() {
        return Ok(Vec::new());
    }
    let title = format!("递补推荐（空出 {} 个名额）", vacancies.freed.len());
    Ok(vec![todo(title, deadline, urls::substitution(season.id.0, street))])
}

async fn committee(op: &Op, season: &Season) -> Result<Vec<Todo>, Stop> {
    let consultations = store::consultations(op.reader(), season.id.0).await?;
    let is_ready = closed(&consultations).is_ok() && store::decision(op.reader(), season.id.0).await?.is_none();
    if !is_ready {
        return Ok(Vec::new());
    }
    let title = format!("登记{}年度红旗小区审定结果", season.year);
    Ok(vec![todo(title, None, urls::decision(season.id.0))])
}
