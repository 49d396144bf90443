//! What the pages of the county's review read.

use std::collections::BTreeMap;

use domain::{
    ids::{ApplicationId, SeasonId},
    place::Level,
    selection::{application::Application, parameters::Parameters, review::Verdict},
};
use platform::{db::column::Text, error::Stop};
use sea_orm::ConnectionTrait;

use super::store::{self, consultation, decision, panel_reply, veto_finding};
use crate::{
    places::Names,
    selection::{self, Season},
};

/// An application that came to the panel, with its names.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The application.
    pub application: Application,
    /// Its street.
    pub street: String,
    /// Its community.
    pub community: String,
    /// Its branch.
    pub branch: String,
    /// Names of its compounds.
    pub compounds: String,
    /// How its street ranked and scored it.
    pub standing: Standing,
}

/// How a street ranked and scored an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// 1 for the best.
    pub rank: i32,
    /// Average of the site assessments, in hundredths.
    pub score: i64,
    /// What the branch gave itself, in hundredths.
    pub self_score: i64,
}

/// Every application of a season, as the rules know it, by branch.
///
/// # Errors
/// When the database cannot be read.
pub async fn applications_of(db: &impl ConnectionTrait, season: &Season) -> Result<Vec<Application>, Stop> {
    let rows = selection::applications_under(db, season.id.0, &season.county.0, &[]).await?;
    Ok(rows.iter().map(selection::Application::to_application).collect())
}

/// Steps that an application has behind it once its street has recommended it.
const RECOMMENDED: u8 = 3;

/// The applications of a season that came to the panel, by street, rank and code.
///
/// # Errors
/// When the database cannot be read.
pub async fn candidates(db: &impl ConnectionTrait, season: &Season) -> Result<Vec<Candidate>, Stop> {
    let names = Names::under(db, &season.county.0).await?;
    let rows = selection::applications_under(db, season.id.0, &season.county.0, &[]).await?;
    let came = rows.iter().filter(|row| row.stage.0.steps_done() >= RECOMMENDED);
    let mut candidates: Vec<Candidate> = came
        .map(|row| {
            let name = |level| names.at(&row.branch.0, level).to_owned();
            Candidate {
                street: name(Level::Street),
                community: name(Level::Community),
                branch: name(Level::Branch),
                compounds: names.compounds(&row.branch.0),
                standing: Standing {
                    rank: row.street_rank,
                    score: row.street_average.into(),
                    self_score: row.self_total.into(),
                },
                application: row.to_application(),
            }
        })
        .collect();
    candidates.sort_by_key(|candidate| {
        let branch = &candidate.application.branch;
        (branch.at(Level::Street), candidate.standing.rank, branch.clone())
    });
    Ok(candidates)
}

/// The panel's answers of a season, by application and unit.
#[derive(Debug, Clone, Default)]
pub struct PanelReplies(BTreeMap<ApplicationId, BTreeMap<String, panel_reply::Model>>);

impl PanelReplies {
    /// Reads them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(db: &impl ConnectionTrait, season: SeasonId) -> Result<Self, Stop> {
        let mut replies = Self::default();
        for reply in store::replies(db, season).await? {
            replies.0.entry(reply.application_id.0).or_default().insert(reply.unit.clone(), reply);
        }
        Ok(replies)
    }

    /// What `unit` answered on `application`.
    #[must_use]
    pub fn by(&self, application: ApplicationId, unit: &str) -> Option<&panel_reply::Model> {
        self.0.get(&application)?.get(unit)
    }

    /// How many units gave `verdict` on `application`.
    #[must_use]
    pub fn count(&self, application: ApplicationId, verdict: Verdict) -> usize {
        self.0.get(&application).map_or(0, |units| units.values().filter(|reply| reply.verdict.0 == verdict).count())
    }

    /// The units that are against `application`, with their reasons.
    pub fn against(&self, application: ApplicationId) -> impl Iterator<Item = (&str, &str)> {
        let replies = self.0.get(&application).into_iter().flat_map(BTreeMap::values);
        let against = replies.filter(|reply| reply.verdict.0 == Verdict::Disagree);
        against.map(|reply| (reply.unit.as_str(), reply.reason.as_str()))
    }

    /// How many of `units` have answered on `application`.
    #[must_use]
    pub fn answered(&self, application: ApplicationId, units: &[String]) -> usize {
        units.iter().filter(|unit| self.by(application, unit).is_some()).count()
    }
}

/// The veto findings of a season, by application.
#[derive(Debug, Clone, Default)]
pub struct VetoFindings(BTreeMap<ApplicationId, Vec<veto_finding::Model>>);

impl VetoFindings {
    /// Reads them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(db: &impl ConnectionTrait, season: SeasonId) -> Result<Self, Stop> {
        let mut findings = Self::default();
        for finding in store::findings(db, season).await? {
            findings.0.entry(finding.application_id.0).or_default().push(finding);
        }
        Ok(findings)
    }

    /// The finding of `code` on `application`.
    #[must_use]
    pub fn on(&self, application: ApplicationId, code: &str) -> Option<&veto_finding::Model> {
        self.0.get(&application)?.iter().find(|finding| finding.code == code)
    }

    /// Whether every item of `parameters` was checked on `application`.
    #[must_use]
    pub fn is_complete(&self, application: ApplicationId, parameters: &Parameters) -> bool {
        parameters.vetoes.iter().all(|item| self.on(application, &item.code).is_some())
    }

    /// The codes upheld against `application`, `、` between them.
    #[must_use]
    pub fn upheld(&self, application: ApplicationId) -> String {
        let findings = self.0.get(&application).into_iter().flatten();
        findings.filter(|finding| finding.is_upheld).map(|finding| finding.code.as_str()).collect::<Vec<_>>().join("、")
    }

    /// The veto check in words, for lists.
    #[must_use]
    pub fn words(&self, application: ApplicationId, parameters: &Parameters) -> String {
        match self.upheld(application).as_str() {
            "" if self.is_complete(application, parameters) => "未发现".to_owned(),
            "" => "未核查".to_owned(),
            codes => format!("查实 {codes}"),
        }
    }
}

/// The consultations of a season, in the order of its parameters.
///
/// # Errors
/// When the database cannot be read.
pub async fn season_consultations(
    db: &impl ConnectionTrait,
    season: SeasonId,
) -> Result<Vec<consultation::Model>, Stop> {
    store::consultations(db, season).await
}

/// The standing committee's decision of a season, once there is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn season_decision(db: &impl ConnectionTrait, season: SeasonId) -> Result<Option<decision::Model>, Stop> {
    store::decision(db, season).await
}

/// How many of `consultations` are still out.
#[must_use]
pub fn still_out(consultations: &[consultation::Model]) -> usize {
    consultations.iter().filter(|row| row.reply.is_none()).count()
}

/// The answer of a consultation in words.
#[must_use]
pub fn reply_words(row: &consultation::Model) -> &'static str {
    row.reply.map_or("等待回复", |Text(reply)| reply.label())
}
