//! The pages of the supervision.

use crate::branches::options;
use askama::Template;
use domain::{
    clock::{Instant, chinese_date},
    deliberation::ViewChannel,
    place::PlaceCode,
    property::{AppraisalState, DutyResult, Grade, RATE_DAYS, Saying},
};
use platform::{
    forms::Form,
    shell::{Crumb, Problems, Shell},
};

use super::{
    queries::{AppraisalLine, CompanyLine, DutyLine, Service},
    read::{NAME, NO_COMMITTEE, WORDS},
    store::{Answered, appraisal, check, contract},
    urls,
};

/// The companies under a place.
#[derive(Template)]
#[template(path = "property/list.html")]
pub struct ListPage {
    pub shell: Shell,
    pub name: String,
    pub lines: Vec<CompanyLine>,
    pub sheet: String,
}

impl ListPage {
    fn href(&self, line: &CompanyLine) -> String {
        urls::of_place(urls::PLACE, &line.code)
    }

    fn until(&self, contract: &contract::Model) -> String {
        chinese_date(contract.ends_on.0)
    }

    fn appraised(&self, row: &appraisal::Model) -> String {
        appraised_words(row)
    }
}

/// `2022年：支部 良好，业委会 优秀，满意度指数 81.29`, or that it goes on.
#[must_use]
pub fn appraised_words(row: &appraisal::Model) -> String {
    let year = row.year;
    match row.state.0 {
        AppraisalState::Open => format!("{year}年：考评中"),
        AppraisalState::Published => {
            let index = row.figures.0.sayings.index_words();
            let index = index.map(|index| format!("，{index}")).unwrap_or_default();
            format!(
                "{year}年：支部{}，业委会{}{index}",
                grade_words(row.branch_grade.map(|it| it.0)),
                committee_words(row)
            )
        }
    }
}

fn grade_words(grade: Option<Grade>) -> &'static str {
    grade.map_or("未评", Grade::label)
}

/// The committee's grade; where there is none, that.
#[must_use]
pub fn committee_words(row: &appraisal::Model) -> &'static str {
    match row.committee_grade {
        None if !row.committee_words.is_empty() => "没有业主委员会",
        grade => grade_words(grade.map(|it| it.0)),
    }
}

/// How complaints were answered, with what the shares are counted from.
#[must_use]
pub fn answered_words(answered: &Answered) -> String {
    format!(
        "物业服务类诉求应办结 {} 件，按时办结 {} 件；请物业协办应答复 {} 次，按时答复 {} 次",
        answered.due, answered.timely, answered.called, answered.answered
    )
}

/// The tone of what a check found.
#[must_use]
pub const fn tone(result: DutyResult) -> &'static str {
    match result {
        DutyResult::Met => "good",
        DutyResult::Partly => "warn",
        DutyResult::Unmet => "bad",
    }
}

/// A branch's company.
#[derive(Template)]
#[template(path = "property/show.html")]
pub struct ServicePage {
    pub shell: Shell,
    pub crumbs: Vec<Crumb>,
    pub problems: Problems,
    pub typed: Form,
    pub name: String,
    pub branch: PlaceCode,
    pub service: Service,
    /// What the branch's particulars say, for a first contract.
    pub company: String,
    pub can_keep: bool,
    pub now: Instant,
}

impl ServicePage {
    fn at(&self, path: &str) -> String {
        urls::of_place(path, &self.branch)
    }

    fn of(&self, path: &str, row: &appraisal::Model) -> String {
        urls::of_year(path, &self.branch, row.year)
    }

    fn public(&self) -> String {
        urls::public(&self.branch)
    }

    fn day(&self, day: &jiff::civil::Date) -> String {
        chinese_date(*day)
    }

    fn term(&self, contract: &contract::Model) -> String {
        format!("{}至{}", chinese_date(contract.starts_on.0), chinese_date(contract.ends_on.0))
    }

    fn has_ended(&self, contract: &contract::Model) -> bool {
        contract.ends_on.0 < self.now.date()
    }

    fn tone(&self, check: &check::Model) -> &'static str {
        tone(check.result.0)
    }

    fn duty_of(&self, check: &check::Model) -> &str {
        let contract = self.service.promises.contracts.iter().find(|contract| contract.id == check.contract_id);
        let duties = contract.map(|contract| contract.duties.0.as_slice()).unwrap_or_default();
        usize::try_from(check.duty).ok().and_then(|index| duties.get(index)).map_or("", String::as_str)
    }

    /// Contracts besides the one in force: company and term.
    fn others(&self) -> Vec<String> {
        let of = self.service.promises.contract.as_ref().map(|contract| contract.id);
        let others = self.service.promises.contracts.iter().filter(|contract| Some(contract.id) != of);
        others.map(|contract| format!("{}，{}", contract.company, self.term(contract))).collect()
    }

    fn duties(&self) -> Vec<(String, String)> {
        let number = |(index, line): (usize, &DutyLine)| (index.to_string(), line.duty.clone());
        self.service.promises.duties.iter().enumerate().map(number).collect()
    }

    fn results(&self) -> Vec<(String, String)> {
        options!(DutyResult)
    }

    fn grades(&self) -> Vec<(String, String)> {
        options!(Grade)
    }

    fn committee_grades(&self) -> Vec<(String, String)> {
        let none = (NO_COMMITTEE.to_owned(), "没有业主委员会".to_owned());
        self.grades().into_iter().chain([none]).collect()
    }

    fn sayings(&self) -> Vec<(String, String)> {
        options!(Saying)
    }

    fn channels(&self) -> Vec<(String, String)> {
        let inside = ViewChannel::ALL.iter().filter(|channel| **channel != ViewChannel::Web);
        inside.map(|channel| (channel.code().to_owned(), channel.label().to_owned())).collect()
    }

    fn is_open(&self, line: &AppraisalLine) -> bool {
        line.row.state.0 == AppraisalState::Open
    }

    fn hears(&self, line: &AppraisalLine) -> bool {
        line.row.rule().hears(self.now)
    }

    fn answered(&self, answered: &Answered) -> String {
        answered_words(answered)
    }

    fn branch_grade(&self, row: &appraisal::Model) -> &'static str {
        grade_words(row.branch_grade.map(|it| it.0))
    }

    fn committee_grade(&self, row: &appraisal::Model) -> &'static str {
        committee_words(row)
    }

    fn remarks<'line>(&self, line: &'line AppraisalLine) -> Vec<&'line super::store::saying::Model> {
        line.sayings.iter().filter(|saying| self.can_keep && !saying.words.is_empty()).collect()
    }

    /// What was typed into a field, or else how it stands.
    fn or<'page>(&'page self, field: &str, stands: &'page str) -> &'page str {
        if self.typed.has(field) { self.typed.value(field) } else { stands }
    }

    /// The same where how it stands is worked out.
    fn or_else(&self, field: &str, stands: String) -> String {
        if self.typed.has(field) { self.typed.value(field).to_owned() } else { stands }
    }

    fn graded(&self, row: &appraisal::Model) -> [&'static str; 2] {
        let committee = match row.committee_grade {
            Some(grade) => grade.0.code(),
            None if row.committee_words.is_empty() => "",
            None => NO_COMMITTEE,
        };
        [row.branch_grade.map_or("", |grade| grade.0.code()), committee]
    }

    fn told_duties(&self) -> String {
        self.service.promises.contract.as_ref().map(|contract| contract.duties.0.join("\n")).unwrap_or_default()
    }

    fn told_company(&self) -> &str {
        self.service.promises.contract.as_ref().map_or(self.company.as_str(), |contract| contract.company.as_str())
    }

    fn today(&self) -> String {
        self.now.date().to_string()
    }

    /// The year to appraise: the last one in its first months, while nobody has.
    fn year(&self) -> String {
        let this = i32::from(self.now.date().year());
        let is_last = self.now.date().month() <= 3 && self.is_open_to(this - 1);
        if is_last || !self.is_open_to(this) { (this - 1).to_string() } else { this.to_string() }
    }

    fn is_open_to(&self, year: i32) -> bool {
        !self.service.appraisals.iter().any(|line| line.row.year == year)
    }

    fn rates_until(&self) -> String {
        self.now.plus_days(RATE_DAYS * 2).date().to_string()
    }

    /// Whether this year or the last is still to be appraised, and none is under way.
    fn offers_opening(&self) -> bool {
        let this = i32::from(self.now.date().year());
        let is_free = !self.service.appraisals.iter().any(|line| self.is_open(line));
        let is_left = self.is_open_to(this) || self.is_open_to(this - 1);
        self.can_keep && self.service.promises.contract.is_some() && is_free && is_left
    }

    const fn most(&self) -> (usize, usize) {
        (NAME, WORDS)
    }
}
