//! The own points of a year, line by line with the rule behind each, and appealing.

use std::collections::BTreeSet;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, ids::PointsEntryId, permission::Deed, points::EntryState};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{done, refused},
    shell::{Chip, Problems, Shell},
};

use super::{parse, permit, shown};
use crate::{
    desk::Desk,
    own::{queries::own_line, urls},
    points::{self, MemberLine, MemberYear, NewAppeal, appeal_points},
};

#[derive(Template)]
#[template(path = "own/points.html")]
struct PointsPage {
    shell: Shell,
    problems: Problems,
    years: Vec<Chip>,
    state: &'static str,
    mine: Option<MemberYear>,
    lines: Vec<MemberLine>,
    appealed: BTreeSet<PointsEntryId>,
}

impl PointsPage {
    fn on(&self, line: &MemberLine) -> String {
        chinese_date(line.row.occurred_on.0)
    }

    fn state_words(&self, line: &MemberLine) -> &'static str {
        match (line.row.is_reversed, self.appealed.contains(&line.row.id.0)) {
            (true, _) => "已冲正",
            (_, true) => "申诉中或已申诉",
            _ => line.row.state.0.label(),
        }
    }

    fn tone(&self, line: &MemberLine) -> &'static str {
        match line.row.state.0 {
            _ if line.row.is_reversed => "calm",
            EntryState::Approved => "good",
            EntryState::Proposed => "info",
            EntryState::Rejected => "warn",
        }
    }

    fn appeal(&self, line: &MemberLine) -> Option<String> {
        let stands = line.row.state.0 == EntryState::Approved && !line.row.is_reversed;
        (stands && !self.appealed.contains(&line.row.id.0)).then(|| urls::appeal(line.row.id.0))
    }
}

/// The page.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let this_year: i32 = desk.op.now().date().year().into();
    let year = query.value("year").parse().ok().filter(|year| (this_year - 2..=this_year).contains(year));
    shown(&desk, points_page(&desk, year.unwrap_or(this_year), Problems::default()).await).await
}

async fn points_page(desk: &Desk, year: i32, problems: Problems) -> Result<PointsPage, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, _) = own_line(desk).await?;
    let (db, branch, id) = (desk.op.reader(), &line.branch.0, line.id.0);
    let lines = points::lines_of_member(db, branch, id, year).await?;
    let this_year: i32 = desk.op.now().date().year().into();
    let chip = |chosen: i32| Chip {
        label: format!("{chosen}年度"),
        href: Query::at(urls::POINTS).with("year", &chosen.to_string()).address(),
        is_on: chosen == year,
    };
    Ok(PointsPage {
        shell: desk.shell("我的积分").await?,
        problems,
        years: (0..3).map(|back| chip(this_year - back)).collect(),
        state: points::state_of(db, branch, year).await?.label(),
        mine: points::members_in_year(db, branch, year).await?.into_iter().find(|it| it.membership.id.0 == id),
        appealed: points::appealed(db, lines.iter().map(|line| line.row.id.0)).await?,
        lines,
    })
}

/// Appeals against a line.
pub async fn appeal(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: PointsEntryId = parse(&id)?;
    let (branch, year) = points::entry_place(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    permit(&desk, &branch)?;
    own_line(&desk).await?;
    let new = NewAppeal { entry: id, text: form.value("text").chars().take(1000).collect() };
    match appeal_points(&desk.op, &new).await {
        Ok(_) => {
            let back = Query::at(urls::POINTS).with("year", &year.to_string()).address();
            Ok(done(&back, "申诉已提交，社区将在 10 个工作日内处理。"))
        }
        Err(Stop::Refused(problems)) => refused(&points_page(&desk, year, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}
