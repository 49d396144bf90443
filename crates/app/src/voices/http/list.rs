//! The voices under one's place.

use askama::Template;
use axum::response::Response;
use domain::{
    permission::Deed,
    place::Level,
    voice::{Desk, VoiceKind, VoiceState},
};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{page, workbook},
    shell::{Chip, Pager, Shell},
};

use crate::{
    desk,
    voices::{
        pages::{due_words, tone},
        queries::{Counts, VoiceLine, counts, voices},
        sheets::voices_sheet,
        store::voice::VoiceFilter,
        urls,
    },
};

/// Rows on a page.
const PAGE: u64 = 50;
/// Rows of an export.
const EXPORT: u64 = 50_000;
/// Characters of what was said that a list shows.
const EXCERPT: usize = 40;
/// Characters of what is searched for.
const WORDS: usize = 60;

/// What the list was asked for.
struct Asked {
    shown: &'static str,
    kind: Option<VoiceKind>,
    /// The desk of the office, if it works on voices.
    own: Option<Desk>,
    /// What is searched for, as it was typed.
    words: String,
}

/// The filters, by what stands in the address.
const SHOWN: &[(&str, &str)] = &[
    ("mine", "待我办理"),
    ("open", "未办结"),
    ("late", "已逾期"),
    ("done", "待回访"),
    ("closed", "已结案"),
    ("all", "全部"),
];

impl Asked {
    fn of(desk: &desk::Desk, query: &Form) -> Self {
        let place = &desk.officer.office.place;
        let own = Desk::at(place.level()).filter(|_| desk.op.can(Deed::AcceptVoice, place));
        let asked = SHOWN.iter().find(|(code, _)| *code == query.value("show")).map(|(code, _)| *code);
        let words: String = query.value("words").trim().chars().take(WORDS).collect();
        // Whoever searches does not know where it lies.
        let usual = if !words.is_empty() {
            "all"
        } else if own.is_some() {
            "mine"
        } else {
            "open"
        };
        Self { shown: asked.unwrap_or(usual), kind: query.value("kind").parse().ok(), own, words }
    }

    fn is_meant(&self, shown: &str, state: VoiceState, desk: Desk) -> bool {
        match shown {
            "mine" => self.own == Some(desk) && (state.is_open() || state == VoiceState::Done),
            "open" | "late" => state.is_open(),
            "done" => matches!(state, VoiceState::Done | VoiceState::CalledBack),
            "closed" => matches!(state, VoiceState::Merged | VoiceState::Closed | VoiceState::OutOfScope),
            _ => true,
        }
    }

    fn filter(&self, now: domain::clock::Instant) -> VoiceFilter {
        let desk = self.own.filter(|_| self.shown == "mine");
        let at = desk.unwrap_or(Desk::Branch);
        let is_meant = |state: &&VoiceState| match desk {
            Some(_) => self.is_meant("mine", **state, at),
            None => self.is_meant(self.shown, **state, at),
        };
        VoiceFilter {
            states: VoiceState::ALL.iter().filter(is_meant).copied().collect(),
            desk,
            kind: self.kind,
            due_before: (self.shown == "late").then_some(now),
            words: self.words(),
        }
    }

    fn words(&self) -> Vec<String> {
        self.words.split_whitespace().map(str::to_owned).collect()
    }

    fn address(&self, path: &str, shown: &str, kind: Option<VoiceKind>, from: u64) -> String {
        let from = if from == 0 { String::new() } else { from.to_string() };
        let kind = kind.map_or("", VoiceKind::code);
        let query = Query::at(path).with("show", shown).with("kind", kind);
        query.with("words", &self.words).with("from", &from).address()
    }

    /// How many there are; `None` of those that are over, which nobody counts.
    fn count(&self, shown: &str, counts: &Counts) -> Option<u64> {
        match shown {
            "late" => Some(counts.late),
            "closed" | "all" => None,
            _ => Some(counts.of(|state, desk| self.is_meant(shown, state, desk))),
        }
    }

    /// The pages of the list, of which `rows` were found and one more where there is a next.
    fn pager(&self, offset: u64, rows: u64, counts: &Counts) -> Pager {
        let href = |row| self.address(urls::VOICES, self.shown, self.kind, row);
        match self.count(self.shown, counts) {
            Some(total) => Pager::of(offset, PAGE, total, href),
            None => Pager {
                previous: (offset > 0).then(|| href(offset.saturating_sub(PAGE))),
                next: (rows > PAGE).then(|| href(offset + PAGE)),
                words: format!("第 {}–{} 条", offset + 1, offset + rows.min(PAGE)),
            },
        }
    }

    fn chips(&self, counts: &Counts) -> Vec<Chip> {
        let offered = SHOWN.iter().filter(|(code, _)| *code != "mine" || self.own.is_some());
        let chip = |(code, label): &(&str, &str)| Chip {
            label: self.count(code, counts).map_or_else(|| (*label).to_owned(), |count| format!("{label} {count}")),
            href: self.address(urls::VOICES, code, self.kind, 0),
            is_on: *code == self.shown,
        };
        offered.map(chip).collect()
    }

    fn kinds(&self) -> Vec<Chip> {
        let chip = |kind: Option<VoiceKind>| Chip {
            label: kind.map_or("全部类型", VoiceKind::label).to_owned(),
            href: self.address(urls::VOICES, self.shown, kind, 0),
            is_on: kind == self.kind,
        };
        std::iter::once(None).chain(VoiceKind::ALL.iter().copied().map(Some)).map(chip).collect()
    }
}

#[derive(Template)]
#[template(path = "voices/list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<VoiceLine>,
    chips: Vec<Chip>,
    kinds: Vec<Chip>,
    pager: Pager,
    sheet: String,
    poster: Option<String>,
    can_enter: bool,
    words: String,
    now: domain::clock::Instant,
}

impl ListPage {
    /// What an empty list says: the first of the states is what waits for the office in use.
    fn nothing(&self) -> &'static str {
        let is_own = self.chips.first().is_some_and(|chip| chip.is_on);
        if !self.words.is_empty() {
            "没有找到包含这些字的诉求"
        } else if is_own {
            "现在没有等您办理的诉求"
        } else {
            "没有这样的诉求"
        }
    }

    fn href(&self, line: &VoiceLine) -> String {
        urls::voice(line.row.id.0)
    }

    fn due(&self, line: &VoiceLine) -> String {
        due_words(&line.row)
    }

    fn tone(&self, line: &VoiceLine) -> &'static str {
        tone(line.row.state.0)
    }

    fn is_late(&self, line: &VoiceLine) -> bool {
        line.row.state.0.is_open() && line.row.due_at.is_some_and(|due| due.0 <= self.now)
    }

    fn excerpt(&self, line: &VoiceLine) -> String {
        let mut letters = line.row.text.chars().map(|c| if c == '\n' { ' ' } else { c });
        let excerpt: String = letters.by_ref().take(EXCERPT).collect();
        if letters.next().is_some() { format!("{excerpt}……") } else { excerpt }
    }

    fn enter(&self) -> &'static str {
        urls::ENTER
    }

    fn rates(&self) -> &'static str {
        urls::RATES
    }
}

/// The list.
pub async fn list(desk: desk::Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let place = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewVoice, &place)?;
    let (asked, now) = (Asked::of(&desk, &query), desk.op.now());
    let offset = u64::from(query.value("from").parse::<u32>().unwrap_or(0));
    let of_kind = VoiceFilter { kind: asked.kind, words: asked.words(), ..VoiceFilter::default() };
    let counts = counts(&desk.op, &place, &of_kind).await?;
    // One more than is shown tells whether there is a next page.
    let mut lines = voices(&desk.op, &place, &asked.filter(now), offset, PAGE + 1).await?;
    let pager = asked.pager(offset, lines.len() as u64, &counts);
    lines.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    page(&ListPage {
        lines,
        chips: asked.chips(&counts),
        kinds: asked.kinds(),
        pager,
        sheet: asked.address(urls::SHEET, asked.shown, asked.kind, 0),
        poster: (place.level() == Level::Branch).then(|| urls::poster(&place)),
        can_enter: desk.op.can(Deed::EnterVoice, &place),
        words: asked.words,
        shell: desk.shell("社情民意").await?,
        now,
    })
}

/// The list as an Excel table.
pub async fn sheet(desk: desk::Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    let asked = Asked::of(&desk, &query);
    let lines = voices(&desk.op, place, &asked.filter(desk.op.now()), 0, EXPORT).await?;
    workbook("社情民意登记表", &[voices_sheet("社情民意登记表", &lines)])
}
