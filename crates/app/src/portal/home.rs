//! The first page: how the season stands, what is in public notice, and how to have a say.

use askama::Template;
use axum::response::Response;
use domain::{
    clock::{Instant, chinese_date},
    selection::parameters::Parameters,
};
use platform::{
    error::Stop,
    shell::{Chart, PortalShell},
};

use super::{
    frame::{Reader, Scope, Whose, public_page},
    notices::{Line, line},
    urls,
};
use crate::{notices, selection, voices};

/// How many notices the first page shows.
const NOTICES: usize = 5;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    shell: PortalShell,
    scope: Scope,
    county: String,
    season: Option<SeasonBox>,
    notices: Vec<Line>,
}

/// The season under way: its dates, and how far it has come in totals (R-NOT-08).
struct SeasonBox {
    year: i32,
    facts: Vec<(&'static str, String)>,
    funnel: Chart,
}

impl HomePage {
    fn doors(&self) -> [(String, &'static str, &'static str); 5] {
        let door = |(href, label, note): (&str, _, _)| (self.scope.at(href), label, note);
        [
            (voices::urls::SPEAK, "我要反映", "难事、烦心事、好建议，不用注册"),
            (urls::NOTICES, "公示公告", "看名单，公示期内可以提出异议"),
            (urls::QUERY, "查询异议", "凭查询码看办到哪一步"),
            (urls::RESULTS, "评选结果", "历年认定的“红旗小区”"),
            (urls::DIRECTORY, "小区名录", "各小区党支部和服务品牌"),
        ]
        .map(door)
    }
}

/// The first page.
pub async fn home(reader: Reader) -> Result<Response, Stop> {
    let (db, now) = (reader.op.reader(), reader.op.now());
    let county = match reader.whose().await? {
        Whose::County(county) => county,
        Whose::Choice(page) => return Ok(page),
    };
    let season = match selection::current_season(db, &county.code.0).await? {
        Some(season) => {
            let parameters = selection::parameters_of(db, &season).await?;
            let stages = selection::stages(db, season.id.0, &county.code.0).await?;
            let funnel = selection::funnel_chart(format!("{}年度评选走到哪一步", season.year), &stages);
            Some(SeasonBox { year: season.year, facts: facts(&parameters), funnel })
        }
        None => None,
    };
    let found = notices::current_notices(db, &county.code.0).await?;
    public_page(&HomePage {
        shell: reader.shell("首页"),
        county: county.name,
        season,
        notices: found.iter().take(NOTICES).map(|notice| line(notice, &reader.scope, now)).collect(),
        scope: reader.scope,
    })
}

fn facts(parameters: &Parameters) -> Vec<(&'static str, String)> {
    // 24:00 of a day is the moment the next one begins.
    let until = |at: Option<Instant>| {
        at.map(|at| format!("{} 24:00", chinese_date(at.plus_micros(-1).date()))).unwrap_or_default()
    };
    vec![
        ("申报、审核和推荐截止", until(parameters.recommend_deadline())),
        ("评选组提出初步意见", until(parameters.preliminary_deadline())),
        ("公示", format!("不少于 {} 个工作日", parameters.notice_days)),
        ("全县名额", format!("{} 个，各街道按支部数的 {}% 推荐", parameters.seats, parameters.ratio_percent)),
    ]
}
