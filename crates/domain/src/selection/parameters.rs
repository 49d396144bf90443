//! The parameters of a season: the programme as data (R-SEL-01). What is in use is never changed; a new version is.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, UnknownYear},
    clock::Instant,
    coded_enum,
    money::Fen,
};

use super::{quota::QuotaPolicy, score::points};

/// A day of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

impl MonthDay {
    /// That day in `year`, unless it has none.
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

/// What allows the county to hold the selection (立项依据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// Title and number of the document.
    pub number: String,
    /// Who approved it.
    pub approver: String,
    /// Last day it is valid.
    pub valid_until: Date,
}

coded_enum! {
    /// The three parts of the score sheet (`domain.md` §6).
    pub enum Part {
        /// 工作组织有保障.
        Organisation = "A" => "工作组织有保障",
        /// 治理机制有活力.
        Mechanism = "B" => "治理机制有活力",
        /// 小区治理有成效.
        Results = "C" => "小区治理有成效",
    }
}

/// One item of the score sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreItem {
    /// `A1` … `C5`.
    pub code: String,
    /// The part it counts in.
    pub part: Part,
    /// What is scored.
    pub name: String,
    /// Most points, in hundredths.
    pub most: i64,
    /// What shows it.
    pub evidence: String,
}

/// A circumstance that rules an application out, whatever its score (一票否决, R-SEL-15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VetoItem {
    /// `V1` … `V10`.
    pub code: String,
    /// What it is.
    pub name: String,
}

/// Everything a season is run by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// The year that is judged.
    pub year: i16,
    /// Places of the county, R-SEL-14.
    pub seats: u32,
    /// Share of its branches a street may recommend, in percent.
    pub ratio_percent: u32,
    /// How seats are rounded, R-SEL-07.
    pub quota_policy: QuotaPolicy,
    /// First day on which a branch may submit, in `year`.
    pub opens_on: MonthDay,
    /// Last day for recommendations, in `year`; until 24:00, R-SEL-09.
    pub recommend_until: MonthDay,
    /// Last day for the preliminary opinion, in the year after; until 24:00, R-SEL-12.
    pub preliminary_until: MonthDay,
    /// Working days the community has.
    pub community_days: u16,
    /// Working days of a notice, R-NOT-02.
    pub notice_days: u16,
    /// Working days for replies when opinions are asked, R-SEL-13.
    pub consultation_days: u16,
    /// Working days to acknowledge an objection, R-NOT-05.
    pub acknowledge_days: u16,
    /// Working days to verify an objection, R-NOT-05.
    pub verify_days: u16,
    /// Fewest assessors of a site assessment.
    pub assessors: u32,
    /// Spread of total scores, in hundredths, from which assessors are called divergent.
    pub divergence: i64,
    /// Whether a street may substitute its next one for one the panel rejected, R-SEL-16.
    pub substitution_before_decision: bool,
    /// What each winner gets, R-FUND-01.
    pub award: Fen,
    /// What all together may cost, R-FUND-02.
    pub budget: Fen,
    /// The score sheet.
    pub items: Vec<ScoreItem>,
    /// The veto items.
    pub vetoes: Vec<VetoItem>,
    /// What the community checks for.
    pub materials: Vec<String>,
    /// The units of the panel, R-SEL-11.
    pub panel_units: Vec<String>,
    /// Who is asked for an opinion, R-SEL-13.
    pub consulted: Vec<String>,
    /// The legal basis; without it the season opens only with a reason.
    pub legal_basis: Option<LegalBasis>,
}

/// One thing wrong with a parameter document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

impl Parameters {
    /// 24:00 of the last day for recommendations (R-SEL-09: no extension when it is no working day).
    #[must_use]
    pub fn recommend_deadline(&self) -> Option<Instant> {
        self.recommend_until.in_year(self.year).map(Instant::end_of)
    }

    // R-SEL-09
    /// The last working day until the deadline for recommendations, told beside it because offices close earlier.
    ///
    /// # Errors
    /// The year's table of holidays is missing.
    pub fn last_working_day_to_recommend(&self, calendar: &Calendar) -> Result<Option<Date>, UnknownYear> {
        let last = self.recommend_until.in_year(self.year);
        last.map(|day| calendar.last_working_day_on_or_before(day)).transpose()
    }

    /// The moment from which branches may submit.
    #[must_use]
    pub fn opening(&self) -> Option<Instant> {
        self.opens_on.in_year(self.year).map(Instant::start_of)
    }

    /// 24:00 of the last day for the preliminary opinion (R-SEL-12).
    #[must_use]
    pub fn preliminary_deadline(&self) -> Option<Instant> {
        self.preliminary_until.in_year(self.year.checked_add(1)?).map(Instant::end_of)
    }

    /// The item `code`.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<&ScoreItem> {
        self.items.iter().find(|item| item.code == code)
    }

    /// Points of the whole sheet, in hundredths.
    #[must_use]
    pub fn most_points(&self) -> i64 {
        self.items.iter().fold(0, |sum: i64, item| sum.saturating_add(item.most))
    }

    /// Everything that keeps this document from being used; empty when it may be.
    #[must_use]
    pub fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut note = |is_wrong: bool, field: &'static str, message: &str| {
            if is_wrong {
                problems.push(FieldProblem { field, message: message.to_owned() });
            }
        };
        note(!(2021..=2100).contains(&self.year), "year", "评选年度应在 2021 到 2100 之间。");
        note(!(1..=1000).contains(&self.seats), "seats", "名额应在 1 到 1000 之间。");
        note(!(1..=100).contains(&self.ratio_percent), "ratio_percent", "推荐比例应在 1% 到 100% 之间。");
        note(self.opening().is_none(), "opens_on", "申报开始日不是有效日期。");
        note(self.recommend_deadline().is_none(), "recommend_until", "推荐截止日不是有效日期。");
        note(self.opening() >= self.recommend_deadline(), "recommend_until", "推荐截止日应晚于申报开始日。");
        note(self.preliminary_deadline().is_none(), "preliminary_until", "初步意见截止日不是有效日期。");
        note(!(5..=60).contains(&self.notice_days), "notice_days", "公示不得少于 5 个工作日，最多 60 个。");
        for (field, days) in [
            ("community_days", self.community_days),
            ("consultation_days", self.consultation_days),
            ("acknowledge_days", self.acknowledge_days),
            ("verify_days", self.verify_days),
        ] {
            note(!(1..=60).contains(&days), field, "期限应在 1 到 60 个工作日之间。");
        }
        note(!(2..=9).contains(&self.assessors), "assessors", "实地评估至少 2 人，最多 9 人。");
        note(!(0..=10_000).contains(&self.divergence), "divergence", "分差提示线应在 0 到 100 分之间。");
        note(self.award.0 <= 0, "award", "补助金额应大于 0。");
        let seats = i64::from(self.seats);
        note(self.award.0.saturating_mul(seats) > self.budget.0, "budget", "预算不足以补助全部名额，请核对金额。");
        let most = points(self.most_points());
        let message = format!("评分表各项满分之和应为 100 分，现在是 {most} 分，请调整。");
        note(self.most_points() != 10_000, "items", &message);
        note(has_repeats(self.items.iter().map(|item| item.code.as_str())), "items", "评分项目编号有重复。");
        note(self.items.iter().any(|item| item.most <= 0), "items", "每个评分项目的满分都应大于 0。");
        note(is_any_blank(self.items.iter().map(|item| item.name.as_str())), "items", "每个评分项目都应有名称。");
        note(has_repeats(self.vetoes.iter().map(|veto| veto.code.as_str())), "vetoes", "否决情形编号有重复。");
        note(is_any_blank(self.vetoes.iter().map(|veto| veto.name.as_str())), "vetoes", "每个否决情形都应有名称。");
        note(self.materials.is_empty(), "materials", "请至少列出一项申报材料。");
        note(has_repeats(self.materials.iter().map(String::as_str)), "materials", "申报材料有重复或空行。");
        note(self.panel_units.is_empty(), "panel_units", "请至少列出一个评选组成员单位。");
        note(has_repeats(self.panel_units.iter().map(String::as_str)), "panel_units", "评选组成员单位有重复。");
        note(self.consulted.is_empty(), "consulted", "请至少列出一个征求意见对象。");
        note(has_repeats(self.consulted.iter().map(String::as_str)), "consulted", "征求意见对象有重复或空行。");
        if let Some(basis) = &self.legal_basis {
            note(basis.number.trim().is_empty(), "basis_number", "请填写评选依据的文件名称和文号。");
            note(basis.approver.trim().is_empty(), "basis_approver", "请填写评选依据的批准机关。");
        }
        problems
    }
}

fn has_repeats<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    names.into_iter().any(|name| name.trim().is_empty() || !seen.insert(name.trim()))
}

fn is_any_blank<'a>(mut names: impl Iterator<Item = &'a str>) -> bool {
    names.any(|name| name.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::programme::programme;
    use super::*;

    #[test]
    fn the_programme_is_without_problems_and_reads_back() {
        let parameters = programme(2022);
        assert_eq!(parameters.problems(), []);
        let text = serde_json::to_string(&parameters).expect("plain data");
        assert_eq!(serde_json::from_str::<Parameters>(&text).expect("its own text"), parameters);
        let deadline = parameters.recommend_deadline().expect("a date");
        assert_eq!(deadline, Instant::start_of(jiff::civil::date(2022, 12, 31)));
    }

    #[test]
    fn wrong_parameters_are_told_at_their_fields() {
        let mut parameters = programme(2022);
        parameters.notice_days = 4;
        parameters.recommend_until = MonthDay { month: 2, day: 30 };
        parameters.budget = Fen(1);
        parameters.items.pop();
        parameters.materials.push(" ".into());
        parameters.consulted.push("县委书记".into());
        parameters.vetoes[0].name = String::new();
        let valid_until = jiff::civil::date(2025, 12, 31);
        parameters.legal_basis = Some(LegalBasis { number: " ".into(), approver: String::new(), valid_until });
        let fields: Vec<_> = parameters.problems().into_iter().map(|problem| problem.field).collect();
        let wrong = ["notice_days", "recommend_until", "budget", "items", "vetoes", "materials", "consulted"];
        assert!(wrong.iter().all(|field| fields.contains(field)), "{fields:?}");
        assert!(["basis_number", "basis_approver"].iter().all(|field| fields.contains(field)), "{fields:?}");
    }
}
