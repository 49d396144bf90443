//! The files under one's place.

use askama::Template;
use axum::response::Response;
use domain::{clock::Instant, dispute::DisputeState, permission::Deed, voice::Desk};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{page, workbook},
    shell::{Chip, Pager, Shell},
};

use crate::{
    desk,
    disputes::{
        pages::{due_words, tone},
        queries::{DisputeLine, count, disputes},
        sheets::disputes_sheet,
        store::dispute::DisputeFilter,
        urls,
    },
};

/// Rows on a page.
const PAGE: u64 = 50;
/// Rows of an export.
const EXPORT: u64 = 50_000;

/// The filters, by what stands in the address.
const SHOWN: &[(&str, &str)] = &[("mine", "待我办理"), ("open", "未结案"), ("late", "已超期"), ("all", "全部")];

/// What the list was asked for.
struct Asked {
    shown: &'static str,
    state: Option<DisputeState>,
    /// The desk of the office, if it mediates.
    own: Option<Desk>,
    now: Instant,
}

impl Asked {
    fn of(desk: &desk::Desk, query: &Form) -> Self {
        let place = &desk.officer.office.place;
        let own = Desk::at(place.level()).filter(|_| desk.op.can(Deed::AcceptDispute, place));
        let state: Option<DisputeState> = query.value("state").parse().ok();
        let asked = SHOWN.iter().find(|(code, _)| *code == query.value("show")).map(|(code, _)| *code);
        let first = if own.is_some() { "mine" } else { "open" };
        // A state is looked for among all files.
        let shown = if state.is_some() { "all" } else { asked.unwrap_or(first) };
        Self { shown, state, own, now: desk.op.now() }
    }

    fn filter(&self, shown: &str) -> DisputeFilter {
        let open = || DisputeState::ALL.iter().copied().filter(|state| state.is_open()).collect();
        DisputeFilter {
            states: match (self.state, shown) {
                (Some(state), _) => vec![state],
                (None, "all") => Vec::new(),
                (None, _) => open(),
            },
            desk: self.own.filter(|_| shown == "mine"),
            due_before: (shown == "late").then_some(self.now),
        }
    }

    fn address(path: &str, shown: &str, state: Option<DisputeState>, from: u64) -> String {
        let from = if from == 0 { String::new() } else { from.to_string() };
        let state = state.map_or("", DisputeState::code);
        Query::at(path).with("show", shown).with("state", state).with("from", &from).address()
    }

    fn chips(&self) -> Vec<Chip> {
        let offered = SHOWN.iter().filter(|(code, _)| *code != "mine" || self.own.is_some());
        let chip = |(code, label): &(&str, &str)| Chip {
            label: (*label).to_owned(),
            href: Self::address(urls::DISPUTES, code, None, 0),
            is_on: *code == self.shown && self.state.is_none(),
        };
        offered.map(chip).collect()
    }

    fn states(&self) -> Vec<Chip> {
        let chip = |state: &DisputeState| Chip {
            label: state.short_label().to_owned(),
            href: Self::address(urls::DISPUTES, "", Some(*state), 0),
            is_on: self.state == Some(*state),
        };
        DisputeState::ALL.iter().map(chip).collect()
    }
}

#[derive(Template)]
#[template(path = "disputes/list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<DisputeLine>,
    chips: Vec<Chip>,
    states: Vec<Chip>,
    pager: Pager,
    sheet: String,
    can_open: bool,
    is_mine: bool,
    now: Instant,
}

impl ListPage {
    fn nothing(&self) -> &'static str {
        if self.is_mine { "现在没有等您办理的调解卷" } else { "没有这样的调解卷" }
    }

    fn href(&self, line: &DisputeLine) -> String {
        urls::dispute(line.row.id.0)
    }

    fn title(&self, line: &DisputeLine) -> String {
        match &line.parties {
            Some(parties) => format!("{parties}：{}", line.kind()),
            None => "内容保密".to_owned(),
        }
    }

    fn due(&self, line: &DisputeLine) -> String {
        due_words(&line.row)
    }

    fn tone(&self, line: &DisputeLine) -> &'static str {
        tone(line.row.state.0)
    }

    fn is_late(&self, line: &DisputeLine) -> bool {
        line.row.state.0.is_open() && line.row.due_at.is_some_and(|due| due.0 <= self.now)
    }

    fn open(&self) -> &'static str {
        urls::NEW
    }

    fn counts(&self) -> &'static str {
        urls::COUNTS
    }
}

/// The list.
pub async fn list(desk: desk::Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let place = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewDispute, &place)?;
    let asked = Asked::of(&desk, &query);
    let filter = asked.filter(asked.shown);
    let offset = u64::from(query.value("from").parse::<u32>().unwrap_or(0));
    let total = count(&desk.op, &place, &filter).await?;
    let lines = disputes(&desk.op, &place, &filter, offset, PAGE).await?;
    page(&ListPage {
        lines,
        chips: asked.chips(),
        states: asked.states(),
        pager: Pager::of(offset, PAGE, total, |from| Asked::address(urls::DISPUTES, asked.shown, asked.state, from)),
        sheet: Asked::address(urls::SHEET, asked.shown, asked.state, 0),
        can_open: desk.op.can(Deed::OpenDispute, &place),
        is_mine: asked.shown == "mine",
        now: asked.now,
        shell: desk.shell("矛盾调解").await?,
    })
}

/// The list as an Excel table.
pub async fn sheet(desk: desk::Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let asked = Asked::of(&desk, &query);
    let lines = disputes(&desk.op, &desk.officer.office.place, &asked.filter(asked.shown), 0, EXPORT).await?;
    workbook("矛盾纠纷登记表", &[disputes_sheet("矛盾纠纷登记表", &lines)])
}
