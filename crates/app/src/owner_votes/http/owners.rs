//! The owners of a frozen register, and who has voted: the list by which people go from door to door.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{ids::PollId, owners::area_words};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{page, workbook},
    shell::{Chip, Crumb, Pager, Shell},
};

use super::parse;
use crate::{
    desk::Desk,
    owner_votes::{
        queries::{OwnerLine, PollLine, owners_of_poll},
        sheets::owners_sheet,
        store::poll::natural,
        urls,
    },
    places,
};

/// Owners on a page.
const PAGE: usize = 100;

/// The filters, by what stands in the address.
const SHOWN: &[(&str, &str)] = &[("missing", "未投票"), ("voted", "已投票"), ("all", "全部")];

/// What the list was asked for.
struct Asked {
    id: PollId,
    shown: &'static str,
    building: String,
    words: String,
}

impl Asked {
    fn of(id: PollId, query: &Form) -> Self {
        let shown = SHOWN.iter().find(|(code, _)| *code == query.value("show")).map_or("all", |(code, _)| *code);
        let words = query.value("words").split_whitespace().collect();
        Self { id, shown, building: query.value("building").to_owned(), words }
    }

    fn address(&self, path: &str, shown: &str, building: &str, from: u64) -> String {
        let from = if from == 0 { String::new() } else { from.to_string() };
        let query = Query::at(urls::of_poll(path, self.id)).with("show", shown).with("building", building);
        query.with("words", &self.words).with("from", &from).address()
    }

    fn wants(&self, owner: &OwnerLine) -> bool {
        let is_shown = match self.shown {
            "missing" => owner.ballot.is_none() && owner.row.area > 0,
            "voted" => owner.ballot.is_some(),
            _ => true,
        };
        let is_there = self.building.is_empty() || owner.buildings.contains(&self.building);
        // Typed as people say it: 3栋502, 502.
        let address: String = owner.addresses.split_whitespace().collect();
        is_shown && is_there && address.contains(&self.words)
    }
}

#[derive(Template)]
#[template(path = "owner_votes/owners.html")]
struct OwnersPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    poll: PollLine,
    owners: Vec<OwnerLine>,
    chips: Vec<Chip>,
    buildings: Vec<Chip>,
    pager: Pager,
    sheet: String,
    shown: &'static str,
    building: String,
    words: String,
    /// Whether what was voted may be shown.
    is_named: bool,
}

impl OwnersPage {
    fn here(&self) -> String {
        urls::of_poll(urls::OWNERS, self.poll.row.id.0)
    }

    fn href(&self, owner: &OwnerLine) -> String {
        urls::of_owner(urls::OWNER, self.poll.row.id.0, owner.row.id.0)
    }

    fn area(&self, owner: &OwnerLine) -> String {
        area_words(natural(owner.row.area))
    }

    /// Whether they voted, and what where that may be shown.
    fn voted(&self, owner: &OwnerLine) -> (&'static str, &'static str) {
        match &owner.ballot {
            Some(ballot) => ("good", ballot.choice.map_or("已投票", |choice| choice.label())),
            None if owner.row.area == 0 => ("calm", "不计入"),
            None if owner.row.is_sold => ("calm", "已全部转让"),
            None => ("warn", "未投票"),
        }
    }
}

/// The list.
pub async fn list(desk: Desk, Path(id): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let id: PollId = parse(&id)?;
    let (poll, owners) = owners_of_poll(&desk.op, id).await?;
    let asked = Asked::of(id, &query);
    let count = |shown: &str| {
        let asked = Asked { shown: "", building: asked.building.clone(), words: asked.words.clone(), id };
        let wanted = owners.iter().filter(|owner| asked.wants(owner));
        wanted
            .filter(|owner| match shown {
                "missing" => owner.ballot.is_none() && owner.row.area > 0,
                "voted" => owner.ballot.is_some(),
                _ => true,
            })
            .count()
    };
    let chip = |(code, label): &(&str, &str)| Chip {
        label: format!("{label} {}", count(code)),
        href: asked.address(urls::OWNERS, code, &asked.building, 0),
        is_on: *code == asked.shown,
    };
    let chips = SHOWN.iter().map(chip).collect();
    let mut names: Vec<&String> = owners.iter().flat_map(|owner| &owner.buildings).collect();
    names.sort_by(|one, two| places::natural_order(one, two));
    names.dedup();
    let building = |name: &str| Chip {
        label: if name.is_empty() { "全部".to_owned() } else { name.to_owned() },
        href: asked.address(urls::OWNERS, asked.shown, name, 0),
        is_on: name == asked.building,
    };
    let buildings = std::iter::once(building("")).chain(names.iter().map(|name| building(name))).collect();
    let offset = usize::from(query.value("from").parse::<u16>().unwrap_or(0));
    let total = owners.iter().filter(|owner| asked.wants(owner)).count();
    let href = |row| asked.address(urls::OWNERS, asked.shown, &asked.building, row);
    let here = Crumb { label: poll.row.title.clone(), href: urls::of_poll(urls::POLL, id) };
    page(&OwnersPage {
        shell: desk.shell(format!("{}：业主和选票", poll.row.title)).await?,
        crumbs: vec![Crumb { label: "业主表决".to_owned(), href: urls::POLLS.to_owned() }, here],
        is_named: poll.row.nature.0 == domain::owners::Nature::Named,
        poll,
        chips,
        buildings,
        pager: Pager::of(offset as u64, PAGE as u64, total as u64, href),
        sheet: asked.address(urls::OWNERS_SHEET, asked.shown, &asked.building, 0),
        owners: owners.iter().filter(|owner| asked.wants(owner)).skip(offset).take(PAGE).cloned().collect(),
        shown: asked.shown,
        building: asked.building,
        words: asked.words,
    })
}

/// The same as an Excel table.
pub async fn sheet(desk: Desk, Path(id): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let id: PollId = parse(&id)?;
    let (poll, mut owners) = owners_of_poll(&desk.op, id).await?;
    let asked = Asked::of(id, &query);
    owners.retain(|owner| asked.wants(owner));
    workbook("业主和投票情况", &[owners_sheet(&poll.row.title, &owners)])
}
