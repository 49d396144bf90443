//! One version of a year's parameters, as it was kept; nobody changes it any more.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::ParametersId,
    permission::Deed,
    selection::{
        parameters::{MonthDay, Parameters, ScoreItem},
        score::points,
    },
};
use platform::{error::Stop, pages::page, shell::Shell};

use super::parse;
use crate::{
    desk::Desk,
    selection::{self, ParametersVersion, Season, urls},
};

#[derive(Template)]
#[template(path = "selection/parameters_version.html")]
struct VersionPage {
    shell: Shell,
    version: ParametersVersion,
    parameters: Parameters,
    /// Every version of the same year, the newest first.
    versions: Vec<ParametersVersion>,
    /// The season that is run by this version.
    season: Option<Season>,
    can_edit: bool,
    /// Whom the county asks is for the county's own offices.
    sees_county: bool,
}

impl VersionPage {
    fn facts(&self) -> Vec<(&'static str, String)> {
        let Parameters { year, .. } = self.parameters;
        let day = |year: i16, day: MonthDay| format!("{year}年{}月{}日", day.month, day.day);
        let it = &self.parameters;
        let substitutes =
            if it.substitution_before_decision { "审定前可由街道依次递补" } else { "不递补" };
        vec![
            ("县级名额", format!("{} 个", it.seats)),
            ("街道推荐比例", format!("{}%", it.ratio_percent)),
            ("名额取整办法", it.quota_policy.label().to_owned()),
            ("评选组未通过的", substitutes.to_owned()),
            ("申报开始", day(year, it.opens_on)),
            ("推荐截止", format!("{} 24:00", day(year, it.recommend_until))),
            ("初步意见截止", format!("{} 24:00", day(year.saturating_add(1), it.preliminary_until))),
            ("社区把关", format!("{} 个工作日", it.community_days)),
            ("征求意见", format!("{} 个工作日", it.consultation_days)),
            ("公示", format!("{} 个工作日", it.notice_days)),
            ("异议受理", format!("{} 个工作日", it.acknowledge_days)),
            ("异议核查", format!("{} 个工作日", it.verify_days)),
            ("实地评估人数", format!("至少 {} 人", it.assessors)),
            ("分差提示线", format!("{} 分", points(it.divergence))),
            ("每个支部补助", format!("{} 元", it.award)),
            ("预算总额", format!("{} 元", it.budget)),
        ]
    }

    fn basis(&self) -> String {
        basis(&self.parameters).unwrap_or_else(|| "没有填写评选依据".to_owned())
    }

    fn most(&self, item: &ScoreItem) -> String {
        points(item.most)
    }

    fn href(&self, version: &ParametersVersion) -> String {
        urls::parameters_version(version.id.0)
    }

    fn edit(&self) -> String {
        urls::edit_parameters(self.version.year)
    }

    fn season_page(&self, season: &Season) -> String {
        urls::season(season.id.0)
    }
}

/// The legal basis in words, when there is one.
pub(super) fn basis(parameters: &Parameters) -> Option<String> {
    let basis = parameters.legal_basis.as_ref()?;
    Some(format!("{}（{}，有效期至{}）", basis.number, basis.approver, chinese_date(basis.valid_until)))
}

/// The version of the address.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: ParametersId = parse(&id)?;
    let db = desk.op.reader();
    let version = selection::parameters_by_id(db, id).await?.ok_or(Stop::Missing)?;
    let county = version.county.0.clone();
    desk.op.permit(Deed::ViewSeason, &county)?;
    let mut versions = selection::parameter_versions(db, &county).await?;
    versions.retain(|other| other.year == version.year);
    let seasons = selection::seasons_of(db, &county).await?;
    page(&VersionPage {
        shell: desk.shell(format!("{}年度评选参数（第 {} 版）", version.year, version.version)).await?,
        parameters: version.document.0.clone(),
        versions,
        season: seasons.into_iter().find(|season| season.parameters_id == version.id),
        can_edit: desk.op.can(Deed::EditParameters, &county),
        sees_county: desk.op.can(Deed::ViewApplication, &county),
        version,
    })
}
