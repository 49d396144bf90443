//! The values that the shared macros draw.

use crate::error::Problem;

/// What was refused, beside its fields.
#[derive(Debug, Clone, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// The words beside `field`; empty when there are none.
    #[must_use]
    pub fn of(&self, field: &str) -> &str {
        self.0.iter().find(|problem| problem.field == field).map_or("", |problem| &problem.message)
    }

    /// Whether something was refused at one of `fields`, named with blanks between them: their form opens again.
    #[must_use]
    pub fn any_of(&self, fields: &str) -> bool {
        fields.split(' ').any(|field| !self.of(field).is_empty())
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

/// One step of the way to a page.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// How a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortOrder {
    /// The list is not sorted by it.
    Unsorted,
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

impl SortOrder {
    /// What `aria-sort` says.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unsorted => "none",
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

/// A heading that sorts its list.
#[derive(Debug, Clone)]
pub struct SortLink {
    /// What the column holds.
    pub label: String,
    /// The same list, sorted by it, or the other way round when it already is.
    pub href: String,
    /// How the list is sorted by it now.
    pub order: SortOrder,
    /// Whether the column holds numbers.
    pub is_number: bool,
}

/// One attachment of a thing.
#[derive(Debug, Clone)]
pub struct AttachmentLink {
    /// Its name.
    pub name: String,
    /// Where it is fetched.
    pub href: String,
    /// Size, by whom and when: `1.2 MB，张三 2022年12月21日上传`.
    pub note: String,
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
}
