//! The pages of activities.

use std::collections::BTreeMap;

use askama::Template;
use domain::{
    activity::{ActivityKind, ActivityState, Audience, TakingPart},
    ids::MembershipId,
    place::{Level, PlaceCode},
    points::Points,
};
use platform::{
    forms::Form,
    shell::{Chip, Crumb, Problems, Shell, Step, TimelineEntry},
};

use super::{
    month::Day,
    store::{activity, person},
    urls,
};

/// The activities of a place in a month.
#[derive(Template)]
#[template(path = "activities/list.html")]
pub struct ListPage {
    pub shell: Shell,
    pub name: String,
    pub place: PlaceCode,
    /// The year that is shown.
    pub year: i16,
    pub years: Vec<Chip>,
    pub months: Vec<Chip>,
    pub kinds: Vec<Chip>,
    /// The month as weeks of days.
    pub weeks: Vec<Vec<Day>>,
    /// `2022年11月`.
    pub title: String,
    pub previous: String,
    pub next: String,
    /// How many activities of places below are in the list only.
    pub below: usize,
    pub rows: Vec<(activity::Model, String)>,
    pub new: Option<String>,
    /// The year's activities as an Excel table.
    pub sheet: String,
    /// The address of the calendar, when it is open.
    pub feed: Option<String>,
    /// Whether the office in use opens and shuts the calendar.
    pub offers_feed: bool,
    /// Training sessions of the year and how many there should be, above a branch.
    pub trainings: Option<(usize, usize)>,
}

impl ListPage {
    fn at(&self, row: &activity::Model) -> String {
        row.starts_at.0.to_string()
    }

    fn href(&self, row: &activity::Model) -> String {
        urls::of_activity(urls::ACTIVITY, row.id.0)
    }

    fn url(&self, path: &str) -> String {
        urls::of_place(path, &self.place)
    }

    fn weekday(&self, index: &usize) -> &'static str {
        self.weekdays().get(*index).copied().unwrap_or_default()
    }

    fn weekdays(&self) -> [&'static str; 7] {
        ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    }

    fn trainings_label(&self) -> String {
        let scope = if self.place.level() == Level::County { "" } else { "，含上级举办的" };
        format!("{}年已办培训班（期{scope}）", self.year)
    }

    fn tone(&self, row: &activity::Model) -> &'static str {
        match row.state.0 {
            ActivityState::Planned => "calm",
            ActivityState::Published => "info",
            ActivityState::SummedUp => "good",
            ActivityState::Cancelled => "warn",
        }
    }
}

/// Planning one, or changing what is planned.
#[derive(Template)]
#[template(path = "activities/plan.html")]
pub struct PlanPage {
    pub shell: Shell,
    pub problems: Problems,
    pub crumbs: Vec<Crumb>,
    pub action: String,
    pub title: &'static str,
    /// The audiences that are ticked.
    pub chosen: Vec<String>,
    pub typed: Form,
}

impl PlanPage {
    fn value(&self, field: &str) -> &str {
        self.typed.value(field)
    }

    fn audiences(&self) -> Vec<(String, String)> {
        Audience::ALL.iter().map(|it| (it.code().to_owned(), it.label().to_owned())).collect()
    }

    fn kinds(&self) -> Vec<(String, String)> {
        ActivityKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.label().to_owned())).collect()
    }
}

/// Somebody who may take part or does.
pub struct Line {
    pub id: MembershipId,
    pub name: String,
    pub branch: String,
    pub part: Option<person::Model>,
}

/// One activity.
#[derive(Template)]
#[template(path = "activities/show.html")]
pub struct ActivityPage {
    pub shell: Shell,
    pub problems: Problems,
    pub crumbs: Vec<Crumb>,
    pub row: activity::Model,
    pub steps: Vec<Step>,
    /// Those who take part, in the order they signed up.
    pub people: Vec<Line>,
    /// Everybody who may have come, by name: for the tick list.
    pub roll: Vec<Line>,
    /// Members that the office in use may sign up.
    pub open: Vec<(String, String)>,
    pub counts: BTreeMap<TakingPart, usize>,
    pub history: Vec<TimelineEntry>,
    pub can_edit: bool,
    pub can_sign: bool,
    /// For a member who looks: their line of the roll, and how they take part.
    pub own: Option<(String, Option<TakingPart>)>,
    pub has_begun: bool,
    /// Whether the tick list holds everybody who may have come.
    pub is_whole_roll: bool,
    /// The name that was looked up.
    pub wanted: String,
    /// Who was found by it: identifier, name, branch.
    pub found: Vec<(String, String, String)>,
    /// The fields of another time, place or number: what was typed, or how they stand.
    pub moving: Form,
    pub typed: Form,
}

impl ActivityPage {
    fn url(&self, path: &str) -> String {
        urls::of_activity(path, self.row.id.0)
    }

    fn starts(&self) -> String {
        self.row.starts_at.0.to_string()
    }

    fn hours(&self) -> String {
        format!("{} 小时", Points(self.row.hours).short())
    }

    fn places(&self) -> String {
        let signed = self.counts.get(&TakingPart::Signed).copied().unwrap_or(0);
        let waiting = self.counts.get(&TakingPart::Waiting).copied().unwrap_or(0);
        match self.row.capacity {
            Some(capacity) => format!("名额 {capacity} 人，已报名 {signed} 人，候补 {waiting} 人"),
            None => format!("不限名额，已报名 {signed} 人"),
        }
    }

    fn is_at(&self, state: &str) -> bool {
        self.row.state.0.code() == state
    }

    fn offers_sign_up(&self) -> bool {
        self.can_sign && !self.has_begun && self.row.state.0 == ActivityState::Published
    }

    /// The member who may sign up now, with the words of how they take part, and whether they may take it back.
    fn own_sign_up(&self) -> Option<(&str, &'static str, bool)> {
        let (id, part) = self.own.as_ref()?;
        let is_open = !self.has_begun && self.row.state.0 == ActivityState::Published;
        let is_in = part.is_some_and(|part| matches!(part, TakingPart::Signed | TakingPart::Waiting));
        let words = part.filter(|part| *part != TakingPart::Left).map_or("还没有报名", TakingPart::label);
        is_open.then_some((id.as_str(), words, is_in))
    }

    fn offers_reschedule(&self) -> bool {
        self.can_edit && !self.has_begun && self.row.state.0 == ActivityState::Published
    }

    fn is_rescheduling(&self) -> bool {
        self.typed.has("date")
    }

    fn offers_sum_up(&self) -> bool {
        self.can_edit && self.has_begun && matches!(self.row.state.0, ActivityState::Planned | ActivityState::Published)
    }

    fn offers_cancel(&self) -> bool {
        self.can_edit && matches!(self.row.state.0, ActivityState::Planned | ActivityState::Published)
    }

    /// Who came is set right after it was summed up.
    fn offers_correction(&self) -> bool {
        self.can_edit && self.row.state.0 == ActivityState::SummedUp && !self.roll.is_empty()
    }

    fn is_correcting(&self) -> bool {
        self.typed.values("correction").next().is_some()
    }

    /// Everybody who may have come, with how they are noted.
    fn noted(&self) -> Vec<(String, String)> {
        let words = |line: &Line| match (self.part(line), self.served(line)) {
            ("", _) => format!("{}（没有登记）", line.name),
            (part, hours) if hours.is_empty() => format!("{}（{part}）", line.name),
            (part, hours) => format!("{}（{part}，{hours} 小时）", line.name),
        };
        self.roll.iter().map(|line| (line.id.to_string(), words(line))).collect()
    }

    fn presences(&self) -> Vec<(String, String)> {
        [("came", "到场"), ("absent", "没有到场")].map(|(code, words)| (code.to_owned(), words.to_owned())).into()
    }

    fn field(&self, name: &str, line: &Line) -> String {
        format!("{name}.{}", line.id)
    }

    /// Whether the form that sums up was refused: it shows what was ticked and typed, also where that is nothing.
    fn is_summing_up(&self) -> bool {
        self.typed.values("text").next().is_some()
    }

    fn is_ticked(&self, line: &Line) -> bool {
        if self.is_summing_up() {
            return self.typed.values("came").any(|id| id == line.id.to_string());
        }
        line.part.as_ref().is_some_and(|part| part.state.0 == TakingPart::Signed)
    }

    fn hours_of(&self, line: &Line) -> String {
        match self.typed.values(&self.field("hours", line)).next() {
            Some(typed) if self.is_summing_up() => typed.to_owned(),
            _ => Points(self.row.hours).short(),
        }
    }

    fn part(&self, line: &Line) -> &'static str {
        line.part.as_ref().map_or("", |part| part.state.0.label())
    }

    fn served(&self, line: &Line) -> String {
        line.part.as_ref().and_then(|part| part.hours).map(|hours| Points(hours).short()).unwrap_or_default()
    }

    fn may_leave(&self, line: &Line) -> bool {
        self.offers_sign_up()
            && line.part.as_ref().is_some_and(|part| matches!(part.state.0, TakingPart::Signed | TakingPart::Waiting))
    }

    /// Who came besides members: `服务居民 40 人，业委会成员 5 人`.
    fn heads(&self) -> String {
        let told = [("服务居民", self.row.residents), ("业委会成员", self.row.owners), ("楼栋长", self.row.stewards)];
        let words = told.iter().filter_map(|(label, heads)| heads.map(|heads| format!("{label} {heads} 人")));
        words.collect::<Vec<_>>().join("，")
    }

    fn counts_words(&self) -> &'static str {
        if self.row.counts_hours { "计入服务时长" } else { "不计服务时长" }
    }
}
