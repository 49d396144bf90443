//! The own points of a year, line by line with the rule behind each, and appealing.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::PointsEntryId,
    permission::Deed,
    points::{AppealState, EntryState},
};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{done, refused},
    shell::{Chip, Problems, Shell},
};

use super::{parse, shown};
use crate::{
    desk::{Desk, asked_year},
    own::{queries::own_line, urls},
    people::{self, Membership},
    points::{self, MemberLine, MemberYear, NewAppeal, PointsAppeal, appeal_points},
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
    appeals: BTreeMap<PointsEntryId, PointsAppeal>,
    /// What may still be appealed against.
    open: BTreeSet<PointsEntryId>,
    /// The appeal that was refused, with what was typed.
    typed: Option<(PointsEntryId, String)>,
}

impl PointsPage {
    fn on(&self, line: &MemberLine) -> String {
        chinese_date(line.row.occurred_on.0)
    }

    fn state_words(&self, line: &MemberLine) -> &'static str {
        if line.row.is_reversed { "已冲正" } else { line.row.state.0.label() }
    }

    fn appeal_of(&self, line: &MemberLine) -> Option<&PointsAppeal> {
        self.appeals.get(&line.row.id.0)
    }

    /// Where the appeal stands: `社区 王芳，2022年11月20日`, once it is decided.
    fn decided(&self, appeal: &PointsAppeal) -> String {
        let on = appeal.decided_at.map(|at| chinese_date(at.0.date())).unwrap_or_default();
        if appeal.state.0 == AppealState::Filed { String::new() } else { format!("{}，{on}", appeal.decided_by) }
    }

    fn typed(&self, line: &MemberLine) -> Option<&str> {
        self.typed.as_ref().filter(|(id, _)| *id == line.row.id.0).map(|(_, text)| text.as_str())
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
        let id = line.row.id.0;
        let is_open = self.open.contains(&id) && self.appeal_of(line).is_none();
        (is_open || self.typed(line).is_some()).then(|| urls::appeal(id))
    }
}

/// The page.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let year = asked_year(desk.op.now(), &query).into();
    shown(&desk, points_page(&desk, year, Problems::default(), None).await).await
}

async fn points_page(
    desk: &Desk,
    year: i32,
    problems: Problems,
    typed: Option<(PointsEntryId, String)>,
) -> Result<PointsPage, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, _) = own_line(desk).await?;
    let (db, branch) = (desk.op.reader(), &line.branch.0);
    // Who has moved sees what was earned before as well: it counts, and may be appealed against.
    let all = people::lines_of_account(db, desk.officer.account).await?;
    let all: Vec<Membership> = all.into_iter().map(|(line, _)| line).collect();
    let lines = points::own_lines(db, &all, year).await?;
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
        mine: points::own_year(db, &all, year).await?,
        open: points::open_to_appeal(db, &lines, desk.op.now().date()).await?,
        appeals: points::appeals_against(db, lines.iter().map(|line| line.row.id.0)).await?,
        lines,
        typed,
    })
}

/// Appeals against a line.
pub async fn appeal(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: PointsEntryId = parse(&id)?;
    let (branch, year) = points::entry_place(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    // An entry of another branch is theirs only if they have moved; the deed itself asks whose it is.
    if branch == desk.officer.office.place {
        own_line(&desk).await?;
    }
    let new = NewAppeal { entry: id, text: form.value("text").chars().take(1000).collect() };
    match appeal_points(&desk.op, &new).await {
        Ok(_) => {
            let back = Query::at(urls::POINTS).with("year", &year.to_string()).address();
            Ok(done(&back, "申诉已提交，将在 10 个工作日内处理。"))
        }
        Err(Stop::Refused(problems)) => {
            refused(&points_page(&desk, year, Problems(problems), Some((id, new.text))).await?)
        }
        Err(stop) => Err(stop),
    }
}
