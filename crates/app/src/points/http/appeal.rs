//! One appeal, and the community's decision on it.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    permission::Deed,
    points::{AppealOutcome, AppealRefusal, AppealState, Points},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Problems, Shell},
};

use super::parse;
use crate::{
    desk::Desk,
    people::{self, Person},
    points::{
        actions::decide_appeal,
        free::{Owned, decided_at},
        queries,
        store::{appeal, entry},
        urls,
    },
};

#[derive(Template)]
#[template(path = "points/appeal.html")]
struct AppealPage {
    shell: Shell,
    problems: Problems,
    row: appeal::row::Model,
    name: String,
    title: String,
    rule: String,
    entry: entry::row::Model,
    /// The member's year, for those who see it by name.
    member: Option<String>,
    can_decide: bool,
    /// Why the officer in use does not decide, when somebody else must.
    stands_back: String,
    typed: Form,
}

impl AppealPage {
    fn filed(&self) -> String {
        format!("{}，{}", self.row.filed_by, chinese_date(self.row.filed_at.0.date()))
    }

    fn decided(&self) -> String {
        self.row
            .decided_at
            .map(|at| format!("{}，{}", self.row.decided_by, chinese_date(at.0.date())))
            .unwrap_or_default()
    }

    fn here(&self) -> String {
        urls::appeal(self.row.id.0)
    }

    fn outcomes(&self) -> Vec<(String, String)> {
        [AppealState::Upheld, AppealState::Adjusted]
            .map(|state| (state.code().to_owned(), state.label().replace("已调整", "调整计分")))
            .into()
    }
}

/// The page.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&appeal_page(&desk, &id, Problems::default(), Form::default()).await?)
}

async fn appeal_page(desk: &Desk, id: &str, problems: Problems, typed: Form) -> Result<AppealPage, Stop> {
    let db = desk.op.reader();
    let row = appeal::appeal(db, parse(id)?).await?.ok_or(Stop::Missing)?;
    let branch = row.branch.0.clone();
    desk.op.permit(Deed::ViewAppeal, &branch)?;
    let (_, person) = people::membership(db, row.membership_id.0).await?.ok_or(Stop::Missing)?;
    let entry = entry::entry(db, row.entry_id.0).await?.ok_or(Stop::Missing)?;
    let catalogues = queries::Catalogues::of_branch(db, &branch).await?;
    let item = catalogues.item_on(entry.occurred_on.0, &entry.item.0);
    let waits = row.state.0 == AppealState::Filed && desk.op.can(Deed::DecideAppeal, &branch);
    let stands_back = if waits { stands_back(desk, &entry, &person).await? } else { String::new() };
    let sees_member = desk.op.can(Deed::ViewPoints, &branch);
    Ok(AppealPage {
        shell: desk.shell(format!("{}的积分申诉", person.name)).await?,
        problems,
        title: item.map_or_else(|| entry.item.0.to_string(), |item| item.title.clone()),
        rule: item.map(domain::points::Item::words).unwrap_or_default(),
        member: sees_member.then(|| urls::of_member(urls::MEMBER, row.membership_id.0, entry.year)),
        can_decide: waits && stands_back.is_empty(),
        stands_back,
        name: person.name,
        row,
        entry,
        typed,
    })
}

/// Why the officer in use leaves the appeal to others; empty when it is theirs to decide.
async fn stands_back(desk: &Desk, entry: &entry::row::Model, person: &Person) -> Result<String, Stop> {
    let owned = Owned { entry, person: Some(person) };
    let (level, _) = decided_at(desk.op.reader(), &owned, desk.op.now().date()).await?;
    Ok(if !owned.is_free(&desk.officer) {
        let whose = if desk.officer.office.place.level() == level { "另一名同志" } else { "的同志" };
        format!("您提出或审核过这笔计分，或者它是您本人的，由{}{whose}处理。", level.label())
    } else if desk.officer.office.place.level() < level {
        format!("{}。", AppealRefusal::ForNearer(level))
    } else {
        String::new()
    })
}

/// Decides.
pub async fn decide(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = appeal::appeal(desk.op.reader(), parse(&id)?).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::DecideAppeal, &row.branch.0)?;
    let mut reading = form.read();
    let state = reading.choice::<AppealState>("outcome", "处理结果");
    let points = match state {
        Some(AppealState::Adjusted) => reading.parsed::<Points>("points", "调整后的分值"),
        _ => Some(Points::ZERO),
    };
    let answer = reading.required("answer", "处理意见", 500);
    let outcome = match (reading.finish(), state, points) {
        (Ok(()), Some(AppealState::Adjusted), Some(points)) => {
            decide_appeal(&desk.op, row.id.0, AppealOutcome::Adjusted(points), &answer).await
        }
        (Ok(()), ..) => decide_appeal(&desk.op, row.id.0, AppealOutcome::Upheld, &answer).await,
        (Err(stop), ..) => Err(stop),
    };
    match outcome {
        Ok(()) => Ok(done(&urls::appeal(row.id.0), "申诉已处理，支部和本人会看到结果。")),
        Err(Stop::Refused(problems)) => refused(&appeal_page(&desk, &id, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}
