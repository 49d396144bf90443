//! What the frame around every page shows, as plain values; the templates are in `templates/`.

use domain::clock::chinese_date;
use serde::Serialize;

use crate::{
    act::Op,
    assets::{Assets, assets},
    error::Problem,
    view::View,
};

/// 长辈版: larger text and targets, for whoever wants them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElderMode {
    /// The normal size.
    Off,
    /// Large.
    On,
    /// Largest.
    ExtraLarge,
}

impl ElderMode {
    /// The class of the page's root element.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Off => "",
            Self::On => "elder",
            Self::ExtraLarge => "elder elder-xl",
        }
    }

    /// The value that is kept in the cookie.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Off => "0",
            Self::On => "1",
            Self::ExtraLarge => "2",
        }
    }

    /// What the switch leads to next: normal, large, largest, and back.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Off => Self::On,
            Self::On => Self::ExtraLarge,
            Self::ExtraLarge => Self::Off,
        }
    }

    /// What the switch says.
    #[must_use]
    pub const fn switch_words(self) -> &'static str {
        match self {
            Self::Off => "长辈版",
            Self::On => "再大一些",
            Self::ExtraLarge => "标准版",
        }
    }
}

/// One office to switch to.
#[derive(Debug, Clone)]
pub struct HatLink {
    /// The office's identifier, as posted.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it is in use.
    pub is_current: bool,
}

/// One entry of a menu.
#[derive(Debug, Clone)]
pub struct MenuItem {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many things wait there.
    pub count: Option<u64>,
    /// Whether this is the page, or the page lies under it.
    pub is_current: bool,
}

/// Entries under one heading.
#[derive(Debug, Clone)]
pub struct MenuGroup {
    /// The heading.
    pub label: String,
    /// Its entries.
    pub items: Vec<MenuItem>,
}

/// The demo date and how to move it.
#[derive(Debug, Clone)]
pub struct DemoBar {
    /// `2022年12月20日`.
    pub today: String,
    /// `2022-12-20`.
    pub iso: String,
    /// Where the form is posted.
    pub action: String,
}

impl DemoBar {
    /// The bar, in demo mode only.
    #[must_use]
    pub fn of(op: &Op) -> Option<Self> {
        let today = op.now().date();
        op.floor.clock.is_demo().then(|| Self {
            today: chinese_date(today),
            iso: today.to_string(),
            action: LINKS.demo_date.to_owned(),
        })
    }
}

/// The few addresses the frame itself leads to.
#[derive(Debug, Clone)]
pub struct ShellLinks {
    /// The list of what waits.
    pub home: &'static str,
    /// The public portal.
    pub portal: &'static str,
    /// Messages.
    pub messages: &'static str,
    /// Search.
    pub search: &'static str,
    /// One's own account.
    pub account: &'static str,
    /// Signing in.
    pub sign_in: &'static str,
    /// Signing out.
    pub sign_out: &'static str,
    /// Switching the office.
    pub switch_office: &'static str,
    /// Switching 长辈版.
    pub elder: &'static str,
    /// Moving the demo date, in demo mode only.
    pub demo_date: &'static str,
}

/// The one place where the frame's addresses are written; the modules that answer at them take them from here.
pub const LINKS: ShellLinks = ShellLinks {
    home: "/desk",
    portal: "/",
    messages: "/messages",
    search: "/search",
    account: "/account",
    sign_in: "/sign-in",
    sign_out: "/sign-out",
    switch_office: "/switch-office",
    elder: "/elder",
    demo_date: "/demo/date",
};

/// The frame of the workbench.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Title of the page.
    pub title: String,
    /// The person signed in.
    pub person: String,
    /// The office in use.
    pub office: String,
    /// All offices in term.
    pub hats: Vec<HatLink>,
    /// The menu.
    pub menu: Vec<MenuGroup>,
    /// Messages not seen.
    pub unread: u64,
    /// 长辈版.
    pub elder: ElderMode,
    /// The demo date, in demo mode only.
    pub demo: Option<DemoBar>,
    /// The bundle.
    pub assets: &'static Assets,
    /// What the deed before had to say.
    pub flash: Option<String>,
    /// Path and query of this page.
    pub here: String,
    /// Addresses.
    pub links: ShellLinks,
}

/// The frame of the portal, and of the pages before signing in.
#[derive(Debug, Clone)]
pub struct PortalShell {
    /// Title of the page.
    pub title: String,
    /// The menu.
    pub menu: Vec<MenuItem>,
    /// 长辈版.
    pub elder: ElderMode,
    /// The demo date, in demo mode only.
    pub demo: Option<DemoBar>,
    /// The bundle.
    pub assets: &'static Assets,
    /// What the deed before had to say.
    pub flash: Option<String>,
    /// Path and query of this page.
    pub here: String,
    /// Addresses.
    pub links: ShellLinks,
}

impl PortalShell {
    /// The frame of a page without a menu of its own, such as the sign-in page.
    #[must_use]
    pub fn of(op: &Op, view: &View, title: &str) -> Self {
        Self::new(view, title, Vec::new(), DemoBar::of(op))
    }

    /// The frame of a page titled `title` for the reader of `view`.
    pub fn new(view: &View, title: impl Into<String>, menu: Vec<MenuItem>, demo: Option<DemoBar>) -> Self {
        Self {
            title: title.into(),
            menu,
            elder: view.elder,
            demo,
            assets: assets(),
            flash: view.flash.clone(),
            here: view.here.clone(),
            links: LINKS,
        }
    }
}

/// What was refused, beside its fields.
#[derive(Debug, Clone, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// The words beside `field`; empty when there are none.
    #[must_use]
    pub fn of(&self, field: &str) -> &str {
        self.0.iter().find(|problem| problem.field == field).map_or("", |problem| &problem.message)
    }

    /// Whether anything was refused.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// All of them, for the summary at the top.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}

/// How a step of a process stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// It lies behind.
    Done,
    /// It is being done.
    Now,
    /// It lies ahead.
    Ahead,
    /// It ended here.
    Ended,
}

impl StepState {
    /// The class it is drawn with.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Done => "is-done",
            Self::Now => "is-now",
            Self::Ahead => "is-ahead",
            Self::Ended => "is-ended",
        }
    }

    /// In words, beside the picture.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Done => "已完成",
            Self::Now => "进行中",
            Self::Ahead => "未开始",
            Self::Ended => "已终止",
        }
    }
}

/// One step of a process.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// How it stands.
    pub state: StepState,
    /// Who has it, since when, until when.
    pub note: String,
}

/// One filter that can be switched on or off by its address.
#[derive(Debug, Clone)]
pub struct Chip {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is on.
    pub is_on: bool,
}

/// The pages of a list.
#[derive(Debug, Clone, Default)]
pub struct Pager {
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// `第 51–100 条，共 583 条`.
    pub words: String,
}

impl Pager {
    /// Pages of `size` rows, `total` in all, showing the page that begins after `offset` rows; `href` addresses a page by its offset.
    pub fn of(offset: u64, size: u64, total: u64, href: impl Fn(u64) -> String) -> Self {
        let last = offset.saturating_add(size).min(total);
        Self {
            previous: (offset > 0).then(|| href(offset.saturating_sub(size))),
            next: (last < total).then(|| href(last)),
            words: if total == 0 {
                "共 0 条".to_owned()
            } else {
                format!("第 {}–{last} 条，共 {total} 条", offset.saturating_add(1).min(last))
            },
        }
    }
}

/// One line of a thing's history.
#[derive(Debug, Clone)]
pub struct TimelineEntry {
    /// `2022年12月30日 17:05`.
    pub at: String,
    /// Office and person.
    pub who: String,
    /// What was done.
    pub what: String,
    /// What was said with it.
    pub note: String,
}

/// The kinds of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Columns beside each other.
    Bar,
    /// A trend.
    Line,
    /// What is left after each step.
    Funnel,
    /// Parts of a whole.
    Ring,
}

/// One row of numbers of a picture.
#[derive(Debug, Clone, Serialize)]
pub struct Series {
    /// What the numbers are.
    pub name: String,
    /// One for each label.
    pub values: Vec<i64>,
}

/// A picture with its table.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// The kind of picture.
    pub kind: ChartKind,
    /// What it shows.
    pub title: String,
    /// Labels of the points or columns.
    pub labels: Vec<String>,
    /// The numbers.
    pub series: Vec<Series>,
}

impl Chart {
    /// What the script reads; `<` is escaped so that no text can end the block.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }

    /// The same numbers as rows of the table: a label, and one number for each series.
    #[must_use]
    pub fn rows(&self) -> Vec<(&str, Vec<i64>)> {
        let value =
            |index: usize| self.series.iter().map(|series| series.values.get(index).copied().unwrap_or(0)).collect();
        self.labels.iter().enumerate().map(|(index, label)| (label.as_str(), value(index))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pagers_tell_where_one_is() {
        let href = |offset| format!("?from={offset}");
        let middle = Pager::of(50, 50, 120, href);
        assert_eq!(middle.words, "第 51–100 条，共 120 条");
        assert_eq!((middle.previous.as_deref(), middle.next.as_deref()), (Some("?from=0"), Some("?from=100")));
        let beyond = Pager::of(u64::MAX, 50, 10, href);
        assert_eq!(beyond.next, None);
        assert_eq!(Pager::of(0, 50, 0, href).words, "共 0 条");
    }

    #[test]
    fn a_chart_cannot_end_its_own_block() {
        let series = vec![Series { name: "数".into(), values: vec![1] }];
        let chart = Chart { kind: ChartKind::Bar, title: "</script>".into(), labels: vec!["a".into()], series };
        assert!(!chart.json().contains('<'));
        assert_eq!(chart.rows(), [("a", vec![1])]);
    }
}
