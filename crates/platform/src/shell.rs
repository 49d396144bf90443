//! What the frame around every page shows, and what the shared macros draw, as plain values; the templates are in
//! `templates/`, and the macros with their arguments are listed at the top of `templates/macros.html`.

mod chart;
mod parts;
#[cfg(test)]
mod sample;

use domain::clock::chinese_date;

use crate::{
    act::Op,
    assets::{Assets, assets},
    view::View,
};

pub use chart::{Chart, ChartKind, Series};
pub use parts::{AttachmentLink, Chip, Crumb, Pager, Problems, SortLink, SortOrder, Step, StepState, TimelineEntry};

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
