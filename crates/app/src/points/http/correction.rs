//! One correction of a settled year, and the decision on it.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::{Instant, chinese_date},
    permission::Deed,
    points::Decider,
};
use platform::{
    db::column::{Int, Text},
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Problems, Shell},
};

use super::parse;
use crate::{
    desk::Desk,
    people, places,
    points::{
        actions::{approve_correction, reject_correction},
        queries::{self, MemberYear},
        store::{
            correction::{self, row},
            entry,
        },
        urls,
    },
};

#[derive(Template)]
#[template(path = "points/correction.html")]
struct CorrectionPage {
    shell: Shell,
    problems: Problems,
    row: row::Model,
    name: String,
    branch: String,
    item: String,
    /// The year as it is computed now.
    stands: String,
    /// What the item comes to in the year, with its cap.
    sum: String,
    /// The member's year, for those who see it by name.
    member: Option<String>,
    can_decide: bool,
    /// Why the officer in use does not decide.
    stands_back: String,
}

impl CorrectionPage {
    fn at(&self, path: &str) -> String {
        urls::of_correction(path, self.row.id.0)
    }

    fn occurred(&self) -> String {
        chinese_date(self.row.occurred_on.0)
    }

    fn notified(&self) -> String {
        self.row.notified_on.map(|Text(day)| chinese_date(day)).unwrap_or_default()
    }

    fn proposed(&self) -> String {
        format!("{}，{}", self.row.proposed_by, chinese_date(self.row.proposed_at.0.date()))
    }

    fn decided(&self) -> String {
        let on = |Int(at): Int<Instant>| format!("{}，{}", self.row.decided_by, chinese_date(at.date()));
        self.row.decided_at.map(on).unwrap_or_default()
    }
}

/// The page.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&correction_page(&desk, &id, Problems::default()).await?)
}

async fn found(desk: &Desk, id: &str) -> Result<row::Model, Stop> {
    let row = correction::correction(desk.op.reader(), parse(id)?).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::DecideCorrection, &row.branch.0)?;
    Ok(row)
}

async fn correction_page(desk: &Desk, id: &str, problems: Problems) -> Result<CorrectionPage, Stop> {
    let row = found(desk, id).await?;
    let (db, branch) = (desk.op.reader(), row.branch.0.clone());
    let (_, person) = people::membership(db, row.membership_id.0).await?.ok_or(Stop::Missing)?;
    let here = places::place(db, &branch).await?.ok_or(Stop::Missing)?;
    let catalogues = queries::Catalogues::of_branch(db, &branch).await?;
    let item = catalogues.item_on(row.occurred_on.0, &row.item.0);
    let years = queries::members_in_year(db, &branch, row.year).await?;
    let stands = years.iter().find(|year| year.membership.id.0 == row.membership_id.0);
    let sums = entry::sums_of(db, &[row.membership_id.0], row.year).await?.remove(&row.membership_id.0);
    let sum = sums.and_then(|mut sums| sums.remove(&row.item.0)).unwrap_or_default().rounded().short();
    let cap = item.and_then(|item| item.cap).map(|cap| format!("，全年封顶 {} 分", cap.short())).unwrap_or_default();
    let by = Decider { account: desk.officer.account, is_beneficiary: person.is(&desk.officer) };
    let decides = row.rule().decide(by);
    Ok(CorrectionPage {
        shell: desk.shell(format!("{}的{}年度积分更正", person.name, row.year)).await?,
        problems,
        branch: here.name,
        item: item.map_or_else(|| row.item.0.to_string(), |item| format!("{} {}", item.code, item.title)),
        sum: format!("{sum} 分{cap}"),
        stands: stands.map(MemberYear::arithmetic).unwrap_or_default(),
        member: desk
            .op
            .can(Deed::ViewPoints, &branch)
            .then(|| urls::of_member(urls::MEMBER, row.membership_id.0, row.year)),
        can_decide: decides.is_ok(),
        stands_back: match decides {
            Err(why) if row.decided_at.is_none() => format!("{why}。"),
            _ => String::new(),
        },
        name: person.name,
        row,
    })
}

/// Puts it into effect.
pub async fn approve(desk: Desk, Path(id): Path<String>, _: Form) -> Result<Response, Stop> {
    let row = found(&desk, &id).await?;
    let outcome = approve_correction(&desk.op, row.id.0).await;
    answer(&desk, &id, outcome, "已更正并重新结算，原结果保留在历次结算里。").await
}

/// Leaves the year as it is.
pub async fn reject(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = found(&desk, &id).await?;
    let mut reading = form.read();
    let reason = reading.text("answer", "不予更正的原因", 500);
    let outcome = match reading.finish() {
        Ok(()) => reject_correction(&desk.op, row.id.0, &reason).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, &id, outcome, "已记为不予更正，年度积分不变。").await
}

async fn answer(desk: &Desk, id: &str, outcome: Result<(), Stop>, words: &str) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(&urls::correction(parse(id)?), words)),
        Err(Stop::Refused(problems)) => refused(&correction_page(desk, id, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}
