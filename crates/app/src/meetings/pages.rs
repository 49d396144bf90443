//! The pages of meetings.

use std::collections::BTreeMap;

use askama::Template;
use domain::{
    clock::chinese_date,
    meeting::{Gathering, Matter, MeetingKind, MeetingState, Presence},
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    forms::Form,
    shell::{Chip, Crumb, Problems, Shell, Step, TimelineEntry},
};

use super::{
    election::few_nominees,
    queries::Missed,
    roll::{Attendee, Line},
    store::{candidate, meeting, topic},
    urls,
};
use crate::resolutions::Resolution;

/// How many topics the form of a new meeting offers.
pub const TOPICS: usize = 6;

/// The meetings of a branch.
#[derive(Template)]
#[template(path = "meetings/list.html")]
pub struct ListPage {
    pub shell: Shell,
    pub name: String,
    pub place: PlaceCode,
    pub years: Vec<Chip>,
    pub rows: Vec<meeting::Model>,
    pub missed: Missed,
    pub can_edit: bool,
    pub sheet: String,
}

impl ListPage {
    fn at(&self, row: &meeting::Model) -> String {
        row.starts_at.0.to_string()
    }

    fn href(&self, row: &meeting::Model) -> String {
        urls::of_meeting(urls::MEETING, row.id.0)
    }

    fn new_href(&self) -> String {
        urls::of_place(urls::NEW, &self.place)
    }

    fn late_words(&self) -> String {
        let late = self.missed.late.iter().map(|late| format!("{}{}没有召开", late.turn_before(), late.label()));
        let late: Vec<String> = late.collect();
        format!(
            "{}，已超过规定的间隔（支部党员大会每季度，支委会、党小组会每月至少一次），请安排召开。",
            late.join("、")
        )
    }

    fn asked_words(&self) -> String {
        let asked = |(it, until): &(Gathering, Date)| {
            format!("{}{}还没有召开（{}以前）", it.turn(), it.label(), chinese_date(*until))
        };
        let asked: Vec<String> = self.missed.asked.iter().map(asked).collect();
        format!("{}，请安排。", asked.join("；"))
    }
}

/// How the branches of a place keep their meetings.
#[derive(Template)]
#[template(path = "meetings/overview.html")]
pub struct OverviewPage {
    pub shell: Shell,
    pub name: String,
    pub years: Vec<Chip>,
    pub rows: Vec<OverviewRow>,
    pub sheet: String,
}

/// One branch.
pub struct OverviewRow {
    pub name: String,
    pub href: String,
    pub held: Vec<usize>,
    pub late: String,
}

impl OverviewPage {
    fn kinds(&self) -> &'static [MeetingKind] {
        MeetingKind::ALL
    }
}

/// Convening one, or changing what is planned.
#[derive(Template)]
#[template(path = "meetings/plan.html")]
pub struct PlanPage {
    pub shell: Shell,
    pub problems: Problems,
    pub crumbs: Vec<Crumb>,
    pub action: String,
    pub title: &'static str,
    /// The groups of the branch, to choose from; empty where it has none.
    pub groups: Vec<(String, String)>,
    pub typed: Form,
}

impl PlanPage {
    fn value(&self, field: &str) -> &str {
        self.typed.value(field)
    }

    fn topic_field(&self, index: &usize, field: &str) -> String {
        format!("topic.{index}.{field}")
    }

    fn topic_value(&self, index: &usize, field: &str) -> &str {
        self.typed.value(&self.topic_field(index, field))
    }

    /// Whether the fields of an election stand open: something is in them, or amiss with them.
    fn is_election(&self, problems: &Problems, index: &usize) -> bool {
        let field = |name: &str| self.topic_field(index, name);
        !self.topic_value(index, "candidates").is_empty()
            || ["seats", "candidates"].iter().any(|name| !problems.of(&field(name)).is_empty())
    }

    fn topics(&self) -> Vec<usize> {
        (0..TOPICS).collect()
    }

    fn kinds(&self) -> Vec<(String, String)> {
        MeetingKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.label().to_owned())).collect()
    }

    fn matters(&self) -> Vec<(String, String)> {
        Matter::ALL.iter().map(|matter| (matter.code().to_owned(), matter.label().to_owned())).collect()
    }
}

/// A topic, what was resolved on it, and who stands for election.
pub struct TopicLine {
    pub topic: topic::Model,
    pub resolution: Option<Resolution>,
    pub candidates: Vec<candidate::Model>,
}

impl TopicLine {
    fn is_election(&self) -> bool {
        !self.candidates.is_empty()
    }

    fn seats(&self) -> u32 {
        self.topic.seats.and_then(|seats| u32::try_from(seats).ok()).unwrap_or(0)
    }

    fn few_nominees(&self) -> Option<String> {
        few_nominees(self.seats(), self.candidates.len()).filter(|_| self.is_election())
    }
}

/// One meeting.
#[derive(Template)]
#[template(path = "meetings/show.html")]
pub struct MeetingPage {
    pub shell: Shell,
    pub problems: Problems,
    pub crumbs: Vec<Crumb>,
    pub row: meeting::Model,
    pub steps: Vec<Step>,
    pub topics: Vec<TopicLine>,
    pub roll: Vec<Line>,
    pub presence: BTreeMap<Attendee, Presence>,
    pub history: Vec<TimelineEntry>,
    pub can_edit: bool,
    pub has_begun: bool,
    /// The fields of another time or place: what was typed, or how they stand.
    pub moving: Form,
    pub typed: Form,
}

impl MeetingPage {
    fn url(&self, path: &str) -> String {
        urls::of_meeting(path, self.row.id.0)
    }

    fn starts(&self) -> String {
        self.row.starts_at.0.to_string()
    }

    fn is_at(&self, state: &str) -> bool {
        self.row.state.0.code() == state
    }

    fn offers_close(&self) -> bool {
        self.can_edit && self.has_begun && self.row.state.0 == MeetingState::Published
    }

    /// What was held on paper and never announced here.
    fn offers_entering_later(&self) -> bool {
        self.can_edit && self.has_begun && self.row.state.0 == MeetingState::Planned
    }

    fn may_be_voted_on(&self, topic: &topic::Model) -> bool {
        self.row.published_at.is_some() && self.row.kind.0.decides(topic.matter.0)
    }

    fn offers_cancel(&self) -> bool {
        self.can_edit && matches!(self.row.state.0, MeetingState::Planned | MeetingState::Published)
    }

    fn offers_reschedule(&self) -> bool {
        self.can_edit && !self.has_begun && self.row.state.0 == MeetingState::Published
    }

    fn is_rescheduling(&self) -> bool {
        self.typed.has("date")
    }

    /// Who came decided what was resolved, and stays as it is.
    fn offers_correction(&self) -> bool {
        self.can_edit
            && self.row.state.0 == MeetingState::Closed
            && self.topics.iter().all(|line| line.resolution.is_none())
    }

    fn is_correcting(&self) -> bool {
        ["attendee", "corrected", "correction"].iter().any(|field| !self.problems.of(field).is_empty())
    }

    fn attendees(&self) -> Vec<(String, String)> {
        self.roll.iter().map(|line| (line.attendee().to_string(), line.called.clone())).collect()
    }

    fn presence_choices(&self) -> Vec<(String, String)> {
        Presence::ALL.iter().map(|it| (it.code().to_owned(), it.label().to_owned())).collect()
    }

    fn is_unvoted(&self, topic: &topic::Model) -> bool {
        self.typed.is_ticked(&self.field("unvoted", &topic.id.0))
    }

    fn presences(&self) -> &'static [Presence] {
        Presence::ALL
    }

    fn field(&self, name: &str, id: &impl std::fmt::Display) -> String {
        format!("{name}.{id}")
    }

    fn typed(&self, name: &str, id: &impl std::fmt::Display) -> &str {
        self.typed.value(&format!("{name}.{id}"))
    }

    fn presence_field(&self, line: &Line) -> String {
        self.field("presence", &line.attendee())
    }

    /// What is ticked: what was typed, or else that everybody came.
    fn is_presence(&self, line: &Line, presence: &Presence) -> bool {
        match self.typed("presence", &line.attendee()) {
            "" => *presence == Presence::Present,
            typed => typed == presence.code(),
        }
    }

    fn noted(&self, line: &Line) -> &'static str {
        self.presence.get(&line.attendee()).map_or("", |presence| presence.label())
    }

    fn came(&self) -> usize {
        self.presence.values().filter(|presence| **presence == Presence::Present).count()
    }

    fn tone(&self, resolution: &Resolution) -> &'static str {
        if resolution.has_passed() { "good" } else { "warn" }
    }

    fn resolution(&self, resolution: &Resolution) -> String {
        crate::resolutions::urls::resolution(resolution.id.0)
    }

    fn addenda(&self) -> Vec<&str> {
        self.row.addenda.lines().collect()
    }
}
