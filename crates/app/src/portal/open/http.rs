//! The addresses of open data, each with its description.

use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use office::{csv_text::write_csv, sheet::SheetTable};
use platform::{
    error::Stop,
    pages::{download, public},
};
use serde::Serialize;
use utoipa::{IntoParams, OpenApi};

use super::{
    records::{
        OpenBranch, OpenNotice, OpenProgress, OpenResult, open_branches, open_notices, open_progress, open_results,
    },
    tables::{branches_table, notices_table, progress_table, results_table},
};
use crate::portal::frame::Reader;

/// The description of all of them.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "红旗小区开放数据",
        description = "小区党支部名录、红旗小区评选结果、公示和评选进展。不含个人信息，不需要登录。内容最多缓存一分钟，可用 ETag 判断是否有变化。",
        license(name = "可以自由使用，请注明来源")
    ),
    paths(branches, branches_csv, results, results_csv, notices, notices_csv, progress, progress_csv)
)]
pub struct Description;

/// 县（市、区）
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes the parameter, which the reader of every public page reads")]
struct OfCounty {
    /// 六位区划代码；只有一个县时可以不写
    #[param(example = "530427")]
    county: Option<String>,
}

fn json(value: &impl Serialize) -> Response {
    public(Json(value).into_response())
}

fn csv(name: &str, table: &SheetTable) -> Response {
    public(download(&format!("{name}.csv"), "text/csv; charset=utf-8", write_csv(table)))
}

/// 小区党支部名录
#[utoipa::path(get, path = "/open/branches.json", tag = "名录", params(OfCounty), responses((status = 200, description = "全部在册的小区党支部", body = [OpenBranch])))]
pub async fn branches(reader: Reader) -> Result<Response, Stop> {
    let county = reader.county().await?;
    Ok(json(&open_branches(reader.op.reader(), &county.code.0).await?))
}

/// 小区党支部名录（表格）
#[utoipa::path(get, path = "/open/branches.csv", tag = "名录", params(OfCounty), responses((status = 200, description = "UTF-8 编码的 CSV 表格，第一行是列名", content_type = "text/csv", body = String)))]
pub async fn branches_csv(reader: Reader) -> Result<Response, Stop> {
    let county = reader.county().await?;
    Ok(csv("小区党支部名录", &branches_table(&open_branches(reader.op.reader(), &county.code.0).await?)))
}

/// 历年评选结果
#[utoipa::path(get, path = "/open/results.json", tag = "评选", params(OfCounty), responses((status = 200, description = "历年认定的红旗小区，已撤销的标明撤销日期", body = [OpenResult])))]
pub async fn results(reader: Reader) -> Result<Response, Stop> {
    let county = reader.county().await?;
    Ok(json(&open_results(reader.op.reader(), &county.code.0).await?))
}

/// 历年评选结果（表格）
#[utoipa::path(get, path = "/open/results.csv", tag = "评选", params(OfCounty), responses((status = 200, description = "UTF-8 编码的 CSV 表格，第一行是列名", content_type = "text/csv", body = String)))]
pub async fn results_csv(reader: Reader) -> Result<Response, Stop> {
    let county = reader.county().await?;
    Ok(csv("红旗小区评选结果", &results_table(&open_results(reader.op.reader(), &county.code.0).await?)))
}

/// 公示
#[utoipa::path(get, path = "/open/notices.json", tag = "评选", params(OfCounty), responses((status = 200, description = "已发布公示的现行版本和名单，最新的在前", body = [OpenNotice])))]
pub async fn notices(reader: Reader) -> Result<Response, Stop> {
    let county = reader.county().await?;
    Ok(json(&open_notices(reader.op.reader(), &county.code.0).await?))
}

/// 公示（表格）
#[utoipa::path(get, path = "/open/notices.csv", tag = "评选", params(OfCounty), responses((status = 200, description = "UTF-8 编码的 CSV 表格，名单每行一条，第一行是列名", content_type = "text/csv", body = String)))]
pub async fn notices_csv(reader: Reader) -> Result<Response, Stop> {
    let county = reader.county().await?;
    Ok(csv("公示名单", &notices_table(&open_notices(reader.op.reader(), &county.code.0).await?)))
}

/// 评选进展
#[utoipa::path(get, path = "/open/progress.json", tag = "评选", params(OfCounty), responses((status = 200, description = "最近一次评选各步骤通过的小区党支部数；还没有评选时为 null", body = Option<OpenProgress>)))]
pub async fn progress(reader: Reader) -> Result<Response, Stop> {
    let county = reader.county().await?;
    Ok(json(&open_progress(reader.op.reader(), &county.code.0).await?))
}

/// 评选进展（表格）
#[utoipa::path(get, path = "/open/progress.csv", tag = "评选", params(OfCounty), responses((status = 200, description = "UTF-8 编码的 CSV 表格，每个步骤一行，第一行是列名", content_type = "text/csv", body = String)))]
pub async fn progress_csv(reader: Reader) -> Result<Response, Stop> {
    let county = reader.county().await?;
    Ok(csv("评选进展", &progress_table(open_progress(reader.op.reader(), &county.code.0).await?.as_ref())))
}

/// The description for programs.
pub async fn openapi() -> Response {
    json(&Description::openapi())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::{routes, urls};

    #[test]
    fn every_open_address_is_described_and_answered() {
        let document = serde_json::to_value(Description::openapi()).expect("plain data");
        assert_eq!(document["openapi"], "3.1.0");
        let described: Vec<&str> = document["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
        let mut answered: Vec<&str> = routes().iter().map(|route| route.path).collect();
        answered.retain(|path| path.starts_with("/open/") && *path != urls::OPENAPI);
        answered.sort_unstable();
        assert_eq!(described, answered);
    }
}
