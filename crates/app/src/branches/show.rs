//! A branch with all that belongs to it.

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    clock::chinese_date,
    ids::BuildingId,
    money::Fen,
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{
    db::column::Text,
    error::Stop,
    forms::QueryForm,
    pages::page,
    shell::{Crumb, Shell, TimelineEntry},
};
use sea_orm::ConnectionTrait;

use super::{
    list, masked,
    standing::{Standing, post_ends_on, standings},
};
use crate::{
    audit_log,
    desk::Desk,
    people,
    people::{CommitteePost, Person},
    places::{self, BranchOfTree, Building, Move, urls},
};

#[derive(Template)]
#[template(path = "branches/show.html")]
struct BranchPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    found: BranchOfTree,
    standing: Standing,
    committee: Vec<CommitteeRow>,
    /// Who held a post before: name, post, from, until.
    past: Vec<(String, &'static str, String, String)>,
    /// Where it belonged before, and until when.
    former: Vec<String>,
    buildings: Vec<BuildingRow>,
    history: Vec<TimelineEntry>,
    can: Can,
}

/// What the office may do here.
struct Can {
    edit_branch: bool,
    edit_buildings: bool,
    edit_committee: bool,
    see_members: bool,
    reveal: bool,
    export: bool,
    restructure: bool,
}

struct CommitteeRow {
    post: CommitteePost,
    person: Person,
    phone: String,
    ends_on: String,
    is_over: bool,
}

struct BuildingRow {
    building: Building,
    compound: String,
    phone: String,
}

impl BranchPage {
    fn code(&self) -> &PlaceCode {
        &self.found.branch.place.0
    }

    fn founded_on(&self) -> String {
        self.found.branch.founded_on.map_or_else(|| "未登记".to_owned(), |date| chinese_date(date.0))
    }

    fn venue(&self) -> String {
        self.found.branch.venue_area.map_or_else(|| "未登记".to_owned(), |area| format!("{} 平方米", Fen(area)))
    }

    fn buildings_told(&self) -> String {
        format!("{} 栋，{} 个单元", self.found.branch.buildings, self.found.branch.stairwells)
    }

    fn counted(&self, count: &i32, unit: &str) -> String {
        format!("{count} {unit}")
    }

    fn posted_duties(&self) -> &'static str {
        if self.found.branch.has_posted_duties { "已公布" } else { "未登记" }
    }

    fn owners(&self) -> String {
        self.found.branch.owners_words()
    }

    fn or_none<'a>(&self, text: &'a str) -> &'a str {
        if text.is_empty() { "无" } else { text }
    }

    fn since(&self, post: &CommitteePost) -> String {
        post.since.map(|date| chinese_date(date.0)).unwrap_or_default()
    }

    fn edit(&self) -> String {
        urls::edit_branch(self.code())
    }

    fn restructuring(&self) -> String {
        urls::restructuring(self.code(), "")
    }

    fn new_building(&self) -> String {
        urls::new_building(self.code())
    }

    fn buildings_export(&self) -> String {
        urls::buildings_export(self.code())
    }

    fn building(&self, id: &BuildingId) -> String {
        urls::building(*id)
    }

    fn reveal_steward(&self, id: &BuildingId) -> String {
        urls::reveal_steward(*id)
    }

    fn committee_form(&self) -> String {
        people::urls::committee(self.code())
    }

    fn committee_export(&self) -> String {
        people::urls::committee_export(self.code())
    }

    fn post(&self, post: &CommitteePost) -> String {
        people::urls::post(post.id.0)
    }

    fn reveal_post(&self, post: &CommitteePost) -> String {
        people::urls::reveal_post(post.id.0)
    }

    fn members(&self) -> String {
        people::urls::members(self.code())
    }

    fn export(&self) -> &'static str {
        urls::LEDGER_EXPORT
    }
}

/// A place's page: a branch, or the tree from there on.
pub async fn show(desk: Desk, Path(place): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let code: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    if code.level() != Level::Branch {
        return list::show(desk, &code, &query).await;
    }
    let Some(found) = places::branch(desk.op.reader(), &code).await? else {
        return moved_away(&desk, &code).await;
    };
    desk.op.permit(Deed::ViewPlace, &code)?;
    page(&branch_page(&desk, found).await?)
}

async fn branch_page(desk: &Desk, found: BranchOfTree) -> Result<BranchPage, Stop> {
    let (op, db) = (&desk.op, desk.op.reader());
    let code = &found.branch.place.0;
    let today = op.now().date();
    let standing = standings(db, std::slice::from_ref(&found), today).await?.remove(code).unwrap_or_default();
    let can = Can {
        edit_branch: op.can(Deed::EditBranch, code),
        edit_buildings: op.can(Deed::EditBuildings, code),
        edit_committee: op.can(Deed::EditCommittee, code),
        see_members: op.can(Deed::ViewMembers, code),
        reveal: op.can(Deed::RevealPhone, code),
        export: op.can(Deed::ExportLedger, code),
        restructure: op.can(Deed::MoveBranch, code),
    };
    let committee = |(post, person): &(CommitteePost, Person)| {
        let ends_on = post_ends_on(post);
        CommitteeRow {
            phone: masked(op, person.phone_sealed.as_deref().filter(|_| can.reveal)),
            ends_on: ends_on.map(chinese_date).unwrap_or_default(),
            is_over: ends_on.is_some_and(|day| day < today),
            post: post.clone(),
            person: person.clone(),
        }
    };
    let compound_of = |building: &Building| {
        standing
            .compounds
            .iter()
            .find(|compound| compound.id == building.compound_id)
            .map(|compound| compound.name.clone())
    };
    let building = |building: &Building| BuildingRow {
        compound: compound_of(building).unwrap_or_default(),
        phone: masked(op, building.steward_phone_sealed.as_deref().filter(|_| can.reveal)),
        building: building.clone(),
    };
    let line = places::ancestors(db, code).await?;
    let moves = places::former_codes(db, code).await?;
    let subjects =
        std::iter::once(code).chain(moves.iter().map(|it| &it.from_code.0)).map(PlaceCode::to_string).collect();
    Ok(BranchPage {
        shell: desk.shell(found.place.name.clone()).await?,
        crumbs: list::crumbs(&line, desk),
        committee: standing.committee.iter().map(committee).collect(),
        buildings: standing.buildings.iter().map(building).collect(),
        past: past_committee(db, code).await?,
        former: former_communities(db, &moves).await?,
        history: audit_log::history_of_all(db, subjects).await?,
        found,
        standing,
        can,
    })
}

/// On to where the branch is today that had this code once; its old address stands in letters and messages.
async fn moved_away(desk: &Desk, code: &PlaceCode) -> Result<Response, Stop> {
    let to = places::moved_to(desk.op.reader(), code).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::ViewPlace, &to)?;
    Ok(Redirect::to(&urls::place(&to)).into_response())
}

async fn past_committee(
    db: &impl ConnectionTrait,
    code: &PlaceCode,
) -> Result<Vec<(String, &'static str, String, String)>, Stop> {
    let date = |date: Option<Text<jiff::civil::Date>>| date.map(|date| chinese_date(date.0)).unwrap_or_default();
    let line = |(post, person): (CommitteePost, Person)| {
        (person.name, post.post.0.label(), date(post.since), date(post.until))
    };
    Ok(people::past_committee_of(db, code).await?.into_iter().map(line).collect())
}

async fn former_communities(db: &impl ConnectionTrait, moves: &[Move]) -> Result<Vec<String>, Stop> {
    let communities = moves.iter().filter_map(|step| step.from_code.0.parent()).collect();
    let names = places::names(db, communities).await?;
    let words = |step: &Move| {
        let community =
            step.from_code.0.parent().and_then(|code| names.get(code.as_str())).cloned().unwrap_or_default();
        format!("{community}（至{}，代码 {}）", chinese_date(step.moved_at.0.date()), step.from_code.0)
    };
    Ok(moves.iter().map(words).collect())
}
