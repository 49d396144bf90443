//! What a branch writes in its application (申报表, `domain.md` §7).

use std::collections::BTreeMap;

use domain::{
    coded_enum,
    organisation::Grade,
    refusal::Refusal,
    selection::{
        parameters::Parameters,
        score::{self, ScoreRefusal, Scores},
    },
};
use platform::error::Problem;
use serde::{Deserialize, Serialize};

/// Most characters of the main deeds (主要做法与成效).
pub const LONGEST_DEEDS: usize = 1_500;
/// Most characters of the words to one item.
pub const LONGEST_EVIDENCE: usize = 500;

/// The written part of an application; the facts about the branch are added from the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Points the branch gives itself, by item, in hundredths.
    #[serde(default)]
    pub scores: Scores,
    /// What shows them, by item.
    #[serde(default)]
    pub evidence: BTreeMap<String, String>,
    /// Main deeds and results.
    #[serde(default)]
    pub deeds: String,
    /// Veto items declared not to exist, by code.
    #[serde(default)]
    pub declared: Vec<String>,
    /// What the branch says to veto items it does not declare away, by code.
    #[serde(default)]
    pub explained: BTreeMap<String, String>,
    /// How the secretary was graded in the year before (书记年度考核).
    #[serde(default)]
    pub appraisal: Option<Grade>,
    /// Words of the branch (支部意见).
    #[serde(default)]
    pub opinion: String,
    /// Contact person for questions.
    #[serde(default)]
    pub contact: String,
    /// The branch as the ledger had it at submission; empty in drafts.
    #[serde(default)]
    pub facts: Vec<(String, String)>,
}

/// What keeps a draft from being submitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentRefusal {
    /// A score is missing or out of range.
    #[error("{0}")]
    Score(#[from] ScoreRefusal),
    /// No main deeds.
    #[error("请填写“主要做法与成效”")]
    NoDeeds,
    /// No grade of the secretary.
    #[error("请选择书记上一年度考核等次")]
    NoAppraisal,
    /// No words of the branch.
    #[error("请填写“支部意见”")]
    NoOpinion,
    /// No contact.
    #[error("请填写联系人")]
    NoContact,
    /// A veto item is neither declared nor explained.
    #[error("否决情形 {0} 请勾选“无此情形”，或写明情况")]
    VetoOpen(String),
}

impl Refusal for ContentRefusal {}

impl ContentRefusal {
    /// It, at its field of the form.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem::at(self.form_field(), format!("{self}。"))
    }

    fn form_field(&self) -> String {
        match self {
            Self::Score(refusal) => format!("score.{}", refusal.code()),
            Self::NoDeeds => "deeds".to_owned(),
            Self::NoAppraisal => "appraisal".to_owned(),
            Self::NoOpinion => "opinion".to_owned(),
            Self::NoContact => "contact".to_owned(),
            Self::VetoOpen(code) => format!("veto.{code}"),
        }
    }
}

impl Content {
    /// What cannot stand in a draft either: scores outside their range, as opposed to what is still missing.
    #[must_use]
    pub fn impossible(&self, parameters: &Parameters) -> Vec<ContentRefusal> {
        let scores = score::problems(parameters, &self.scores).into_iter();
        scores.filter(|refusal| !matches!(refusal, ScoreRefusal::Missing(_))).map(ContentRefusal::Score).collect()
    }

    /// Puts back at a field of the form what `stored` has there.
    pub fn put_back(&mut self, field: &str, stored: &Self) {
        fn of<V: Clone>(map: &mut BTreeMap<String, V>, stored: &BTreeMap<String, V>, code: &str) {
            match stored.get(code) {
                Some(value) => map.insert(code.to_owned(), value.clone()),
                None => map.remove(code),
            };
        }
        match field.split_once('.') {
            Some(("score", code)) => of(&mut self.scores, &stored.scores, code),
            Some(("evidence", code)) => of(&mut self.evidence, &stored.evidence, code),
            Some(("explain", code)) => of(&mut self.explained, &stored.explained, code),
            _ if field == "deeds" => self.deeds.clone_from(&stored.deeds),
            _ if field == "opinion" => self.opinion.clone_from(&stored.opinion),
            _ if field == "contact" => self.contact.clone_from(&stored.contact),
            _ => {}
        }
    }

    /// Everything that keeps it from being submitted.
    #[must_use]
    pub fn problems(&self, parameters: &Parameters) -> Vec<ContentRefusal> {
        let mut problems: Vec<ContentRefusal> =
            score::problems(parameters, &self.scores).into_iter().map(ContentRefusal::Score).collect();
        let mut note = |is_wrong: bool, problem| {
            if is_wrong {
                problems.push(problem);
            }
        };
        note(self.deeds.trim().is_empty(), ContentRefusal::NoDeeds);
        note(self.appraisal.is_none(), ContentRefusal::NoAppraisal);
        note(self.opinion.trim().is_empty(), ContentRefusal::NoOpinion);
        note(self.contact.trim().is_empty(), ContentRefusal::NoContact);
        for veto in &parameters.vetoes {
            let is_open = !self.declared.contains(&veto.code)
                && self.explained.get(&veto.code).is_none_or(|words| words.trim().is_empty());
            note(is_open, ContentRefusal::VetoOpen(veto.code.clone()));
        }
        problems
    }

    /// What was said to an item.
    #[must_use]
    pub fn evidence_of(&self, code: &str) -> &str {
        self.evidence.get(code).map_or("", String::as_str)
    }

    /// Points of an item as they are shown; empty when there are none yet.
    #[must_use]
    pub fn score_of(&self, code: &str) -> String {
        self.scores.get(code).map(|score| score::points(*score)).unwrap_or_default()
    }
}

coded_enum! {
    /// The step at which an opinion was given; each level signs its own.
    pub enum OpinionStep {
        /// 社区把关.
        Community = "community" => "社区党总支意见",
        /// 初选筛查.
        Screening = "screening" => "街道党工委初选意见",
        /// 推荐上报.
        Recommendation = "recommendation" => "街道党工委推荐意见",
        /// 名单上报或截止时还没有办完.
        Missed = "missed" => "推荐截止登记",
        /// 评选组初步意见.
        Preliminary = "preliminary" => "评选组初步意见",
        /// 常委会审定.
        Decision = "decision" => "县委常委会审定意见",
        /// 公示.
        Notice = "notice" => "列入公示",
        /// 认定.
        Confirmation = "confirmation" => "认定红旗小区",
        /// 通报表扬.
        Commendation = "commendation" => "通报表扬",
        /// 撤回.
        Withdrawal = "withdrawal" => "支部撤回说明",
        /// 取消资格.
        Disqualification = "disqualification" => "取消评选资格",
        /// 撤销认定.
        Revocation = "revocation" => "撤销认定",
    }
}

impl OpinionStep {
    /// What was said at this step, in a word.
    #[must_use]
    pub const fn verdict(self, is_favourable: bool) -> &'static str {
        match self {
            Self::Community if !is_favourable => "退回支部",
            Self::Screening if !is_favourable => "退回或不予推荐",
            Self::Recommendation | Self::Preliminary | Self::Decision if !is_favourable => "不同意",
            Self::Community | Self::Screening | Self::Recommendation | Self::Preliminary | Self::Decision => "同意",
            Self::Missed => "未列入推荐",
            Self::Notice => "已公示",
            Self::Confirmation => "已认定",
            Self::Commendation => "已通报",
            Self::Withdrawal => "已撤回",
            Self::Disqualification => "已取消",
            Self::Revocation => "已撤销",
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::selection::programme::programme;

    use super::*;

    #[test]
    fn an_empty_draft_is_told_everything_that_is_missing() {
        let parameters = programme(2022);
        let problems = Content::default().problems(&parameters);
        let fields: Vec<_> = problems.iter().map(ContentRefusal::form_field).collect();
        assert!(["score.A1", "deeds", "opinion", "contact", "veto.V10"].iter().all(|f| fields.contains(&(*f).into())));
    }

    #[test]
    fn a_full_draft_may_be_submitted() {
        let parameters = programme(2022);
        let content = Content {
            scores: parameters.items.iter().map(|item| (item.code.clone(), item.most)).collect(),
            deeds: "做法".into(),
            opinion: "同意申报".into(),
            contact: "李".into(),
            appraisal: Some(Grade::Competent),
            declared: parameters.vetoes.iter().skip(1).map(|veto| veto.code.clone()).collect(),
            explained: [("V1".to_owned(), "已整改".to_owned())].into(),
            ..Content::default()
        };
        assert_eq!(content.problems(&parameters), []);
    }
}
