//! The records of open data: names of places and things, and of no person (R-NOT-08).

use std::collections::BTreeMap;

use domain::place::{Level, PlaceCode};
use platform::{db::column::Text, error::Stop};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    notices::{self, Notice, NoticeEntry},
    places,
    portal::urls,
    selection,
};

/// 一个小区党支部。
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpenBranch {
    /// 地点代码（16 位）
    #[schema(example = "5304270010010001")]
    pub code: String,
    /// 小区党支部名称
    pub name: String,
    /// 街道（乡镇）
    pub street: String,
    /// 社区
    pub community: String,
    /// 覆盖的小区
    pub compounds: Vec<String>,
    /// 支部类别
    pub kind: String,
    /// 成立日期
    #[schema(format = Date)]
    pub founded_on: Option<String>,
    /// 户数
    pub households: i32,
    /// 楼栋数
    pub buildings: i32,
    /// 服务品牌，没有的为空
    pub brand: String,
    /// 获得红旗小区的年度，已撤销的不列
    pub awarded_years: Vec<i32>,
}

/// 一项评选结果。
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpenResult {
    /// 评选年度
    pub year: i32,
    /// 地点代码（16 位）
    pub code: String,
    /// 街道（乡镇）
    pub street: String,
    /// 社区
    pub community: String,
    /// 小区党支部，公示时的名称
    pub branch: String,
    /// 小区，公示时的名称
    pub compounds: String,
    /// 认定日期
    #[schema(format = Date)]
    pub confirmed_on: String,
    /// 撤销日期，没有撤销的为空
    #[schema(format = Date)]
    pub revoked_on: Option<String>,
    /// 撤销原因，没有撤销的为空
    pub revocation_reason: Option<String>,
}

/// 一份公示的现行版本。
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpenNotice {
    /// 公示编号
    pub id: String,
    /// 标题
    pub title: String,
    /// 类别
    pub kind: String,
    /// 版本号，更正一次加一
    pub version: i32,
    /// 公示期起算的发布日期，当天不计入公示期
    #[schema(format = Date)]
    pub published_on: String,
    /// 公示期最后一天，到 24:00 为止
    #[schema(format = Date)]
    pub ends_on: String,
    /// 公示的工作日数
    pub working_days: i32,
    /// 公示页面
    pub page: String,
    /// 名单
    pub entries: Vec<OpenEntry>,
}

/// 公示名单的一行。
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpenEntry {
    /// 序号
    pub position: i32,
    /// 地点代码（16 位）
    pub code: String,
    /// 街道（乡镇）
    pub street: String,
    /// 社区
    pub community: String,
    /// 小区党支部
    pub branch: String,
    /// 小区
    pub compounds: String,
}

/// 最近一次评选的进展。
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpenProgress {
    /// 评选年度
    pub year: i32,
    /// 全县名额
    pub seats: u32,
    /// 推荐比例（百分之几）
    pub ratio_percent: u32,
    /// 各步骤
    pub steps: Vec<OpenStep>,
}

/// 评选的一个步骤。
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpenStep {
    /// 步骤名称
    pub name: String,
    /// 通过这一步的小区党支部数
    pub passed: u64,
}

/// Every active branch of `county`, by code, in five statements however many there are.
pub async fn open_branches(db: &impl ConnectionTrait, county: &PlaceCode) -> Result<Vec<OpenBranch>, Stop> {
    let divisions = places::divisions_under(db, county).await?;
    let divisions: BTreeMap<PlaceCode, String> = divisions.into_iter().map(|it| (it.code.0, it.name)).collect();
    let mut compounds: BTreeMap<PlaceCode, Vec<String>> = BTreeMap::new();
    for compound in places::compounds_under(db, county).await? {
        compounds.entry(compound.branch.0).or_default().push(compound.name);
    }
    let mut years: BTreeMap<PlaceCode, Vec<i32>> = BTreeMap::new();
    for award in notices::awards(db, county, None).await? {
        if award.revoked_at.is_none() {
            years.entry(award.place.0).or_default().push(award.year);
        }
    }
    let branches = places::branches_under(db, county).await?;
    let record = |it: places::BranchOfTree| {
        let code = it.place.code.0;
        let above = |level: Level| code.at(level).and_then(|code| divisions.get(&code)).cloned().unwrap_or_default();
        OpenBranch {
            street: above(Level::Street),
            community: above(Level::Community),
            compounds: compounds.remove(&code).unwrap_or_default(),
            kind: it.branch.kind.0.label().to_owned(),
            founded_on: it.branch.founded_on.map(|Text(date)| date.to_string()),
            households: it.branch.households,
            buildings: it.branch.buildings,
            brand: it.branch.brand,
            awarded_years: years.remove(&code).unwrap_or_default(),
            name: it.place.name,
            code: code.to_string(),
        }
    };
    Ok(branches.into_iter().filter(|it| it.place.is_active).map(record).collect())
}

/// Every award of `county`, the latest year first; those that were taken back included.
pub async fn open_results(db: &impl ConnectionTrait, county: &PlaceCode) -> Result<Vec<OpenResult>, Stop> {
    let record = |award: notices::Award| OpenResult {
        year: award.year,
        code: award.place.0.to_string(),
        street: award.street,
        community: award.community,
        branch: award.branch,
        compounds: award.compounds,
        confirmed_on: award.confirmed_at.0.date().to_string(),
        revoked_on: award.revoked_at.map(|at| at.0.date().to_string()),
        revocation_reason: Some(award.revocation_reason).filter(|reason| !reason.is_empty()),
    };
    Ok(notices::awards(db, county, None).await?.into_iter().map(record).collect())
}

/// Published notices of `county` in the version that counts, newest first.
pub async fn open_notices(db: &impl ConnectionTrait, county: &PlaceCode) -> Result<Vec<OpenNotice>, Stop> {
    let current = notices::current_notices(db, county).await?;
    let mut entries: BTreeMap<_, Vec<NoticeEntry>> = BTreeMap::new();
    for entry in notices::entries_of(db, current.iter().map(|notice| notice.id.0)).await? {
        entries.entry(entry.notice_id).or_default().push(entry);
    }
    let record = |notice: Notice| OpenNotice {
        entries: entries.remove(&notice.id).unwrap_or_default().into_iter().map(open_entry).collect(),
        id: notice.id.0.to_string(),
        kind: notice.kind.0.label().to_owned(),
        version: notice.number,
        published_on: notice.published_on.map(|Text(date)| date.to_string()).unwrap_or_default(),
        ends_on: notice.ends_on.map(|Text(date)| date.to_string()).unwrap_or_default(),
        working_days: notice.working_days,
        page: urls::notice(notice.id.0),
        title: notice.title,
    };
    Ok(current.into_iter().map(record).collect())
}

fn open_entry(entry: NoticeEntry) -> OpenEntry {
    OpenEntry {
        position: entry.position,
        code: entry.place.0.to_string(),
        street: entry.street,
        community: entry.community,
        branch: entry.branch,
        compounds: entry.compounds,
    }
}

/// How far the newest season of `county` has come, in totals; `None` before the first.
pub async fn open_progress(db: &impl ConnectionTrait, county: &PlaceCode) -> Result<Option<OpenProgress>, Stop> {
    let Some(season) = selection::current_season(db, county).await? else { return Ok(None) };
    let parameters = selection::parameters_of(db, &season).await?;
    let stages = selection::stages(db, season.id.0, county).await?;
    let step = |(name, passed): (&str, u64)| OpenStep { name: name.to_owned(), passed };
    Ok(Some(OpenProgress {
        year: season.year,
        seats: parameters.seats,
        ratio_percent: parameters.ratio_percent,
        steps: selection::funnel(&stages).into_iter().map(step).collect(),
    }))
}
