//! The first page: how the season stands, what is in public notice, and how to have a say.

use askama::Template;
use axum::response::Response;
use platform::{
    error::Stop,
    shell::{Chart, ChartKind, PortalShell, Series},
};

use super::{
    frame::{Reader, public_page},
    notices::{Line, line},
    urls,
};
use crate::{notices, selection};

/// How many notices the first page shows.
const NOTICES: usize = 5;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    shell: PortalShell,
    county: String,
    funnel: Option<Chart>,
    notices: Vec<Line>,
}

impl HomePage {
    fn doors(&self) -> [(&'static str, &'static str, &'static str); 4] {
        [
            (urls::NOTICES, "公示公告", "看名单，公示期内可以提出异议"),
            (urls::QUERY, "查询异议", "凭查询码看办到哪一步"),
            (urls::RESULTS, "评选结果", "历年认定的“红旗小区”"),
            (urls::DIRECTORY, "小区名录", "各小区党支部和服务品牌"),
        ]
    }
}

/// The first page. Of a season under way it shows totals only (R-NOT-08).
pub async fn home(reader: Reader) -> Result<Response, Stop> {
    let (db, now) = (reader.op.reader(), reader.op.now());
    let county = reader.county().await?;
    let place = &county.code.0;
    let season = selection::current_season(db, place).await?;
    let funnel = match &season {
        Some(season) => {
            let stages = selection::stages(db, season.id.0, place).await?;
            let (labels, values) = selection::funnel(&stages)
                .into_iter()
                .map(|(label, count)| (label.to_owned(), i64::try_from(count).unwrap_or(i64::MAX)))
                .unzip();
            let series = vec![Series { name: "小区党支部".to_owned(), values }];
            let title = format!("{}年度评选走到哪一步", season.year);
            Some(Chart { kind: ChartKind::Funnel, title, labels, series })
        }
        None => None,
    };
    let found = notices::current_notices(db, place).await?;
    public_page(&HomePage {
        shell: reader.shell("首页"),
        county: county.name.clone(),
        funnel,
        notices: found.iter().take(NOTICES).map(|notice| line(notice, now)).collect(),
    })
}
