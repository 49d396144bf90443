//! What anyone may read and do without signing in.

use axum::{
    body::Body,
    http::{Request, header},
};
use domain::permission::{Deed, OfficeKind};
use jiff::civil::date;
use platform::act::Subject;
use serde_json::Value;

use crate::{
    season::{decided, id, published, recommended},
    stories,
    world::{World, code, county},
};

stories!(
    an_empty_county_has_its_pages,
    the_directory_finds_branches_and_tells_of_no_person_but_the_committee,
    unchanged_pages_are_not_sent_again,
    objections_and_questions_are_counted,
    open_data_is_what_the_pages_say,
    several_counties_are_chosen_from,
);

const PAGES: [&str; 7] = ["/", "/notices", "/results", "/directory", "/open", "/objections", "/sign-in"];

/// Lays a second county into the tree, as a province's installation has it.
async fn install_second_county(world: &World) {
    let op = world.system();
    let mut act = op.act().await.expect("a deed");
    app::places::install_county(act.db(), "530426").await.expect("a county");
    let subject = Subject::new("place", "530426", None);
    act.record(Deed::ImportLedger, &subject, serde_json::json!({})).await.expect("recorded");
    act.commit().await.expect("committed");
}

async fn several_counties_are_chosen_from(world: &World) {
    world.import_ledger().await;
    let mut visitor = world.visitor();
    visitor.get("/").await.expect(200).says("新平彝族傣族自治县“红旗小区”评选").does_not_say("选择县");
    install_second_county(world).await;
    visitor.get("/directory").await.expect(200).says("href=\"/directory?county=530426\"").says("新平彝族傣族自治县");
    let home = visitor.get("/").await.expect(200).says("峨山彝族自治县").says("href=\"/?county=530427\"");
    home.does_not_say("最新公示");
    let chosen = visitor.get("/?county=530427").await.expect(200).says("新平彝族傣族自治县“红旗小区”评选");
    chosen.says("href=\"/directory?county=530427\"").says("href=\"/results?county=530427\"");
    visitor
        .get("/directory?county=530427")
        .await
        .expect(200)
        .says("阳光里联合党支部")
        .says("name=\"county\" value=\"530427\"");
    visitor.get("/directory?county=530426").await.expect(200).says("还没有登记小区党支部");
    visitor.get("/?county=539999").await.expect(404);
    visitor.get("/open/branches.json").await.expect(422).says("?county=");
    visitor.get("/open/branches.json?county=530427").await.expect(200).says("阳光里联合党支部");
}

async fn an_empty_county_has_its_pages(world: &World) {
    let mut visitor = world.visitor();
    for path in PAGES {
        visitor.get(path).await.expect(200);
    }
    visitor.get("/").await.expect(200).says("还没有启动评选");
    for path in ["/notices/x", "/notices/018c0000-0000-7000-8000-000000000000", "/results/2022", "/results/x"] {
        visitor.get(path).await.expect(404).says("没有找到");
    }
    visitor.get("/directory/5304270010010001").await.expect(404);
    visitor.get("/directory/%00").await.expect(404);
    visitor.get("/notices/018c0000-0000-7000-8000-000000000000/object").await.expect(404);
    visitor.post("/notices/018c0000-0000-7000-8000-000000000000/object", &[("text", "x")]).await.expect(404);
    assert_eq!(visitor.get("/open/progress.json").await.expect(200).text(), "null");
}

async fn the_directory_finds_branches_and_tells_of_no_person_but_the_committee(world: &World) {
    world.import_ledger().await;
    let mut visitor = world.visitor();
    visitor.get("/directory").await.expect(200).says("第 1–50 条，共 100 条").does_not_say("13800");
    visitor.get("/directory?from_row=50").await.expect(200).says("第 51–100 条");
    let within =
        visitor.get("/directory?within=530427001001").await.expect(200).says("五桂社区").does_not_say("扬武镇");
    let total: u32 = within.between("，共 ", " 条").parse().expect("a number");
    assert!((1..100).contains(&total), "{total} of them are in one community");
    visitor.get("/directory?awarded=yes").await.expect(200).says("没有找到小区党支部");
    let found = visitor.get("/directory?words=%E9%98%B3%E5%85%89%E9%87%8C").await.expect(200).says("阳光里联合党支部");
    let branch = format!("/directory/{}", found.between("/directory/", "\""));
    let page = visitor.get(&branch).await.expect(200).says("支部班子").says("书记").says("覆盖小区");
    // Telephones, members, stewards and hub households stay inside (R-NOT-08, R-PRI).
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let inside = officer.get(&branch.replace("/directory/", "/places/")).await.expect(200);
    assert!(inside.words().contains("****"), "the officer's page has masked telephones");
    page.does_not_say("****").does_not_say("楼栋长").does_not_say("中心户");
    for odd in
        ["words=%25%27%22%3Cscript%3E", "within=abc", "within=530428", "from_row=99999999999999999999", "%FF=%00"]
    {
        visitor.get(&format!("/directory?{odd}")).await.expect(200).does_not_say("<script>alert");
    }
}

async fn unchanged_pages_are_not_sent_again(world: &World) {
    world.import_ledger().await;
    let mut visitor = world.visitor();
    for path in ["/", "/directory", "/open/branches.json", "/open/branches.csv"] {
        let first = visitor.get(path).await.expect(200);
        let tag = first.headers.get(header::ETAG).expect("a tag").clone();
        assert!(tag.as_bytes().starts_with(b"\""), "a strong one");
        assert!(first.headers.get(header::CACHE_CONTROL).expect("said").to_str().expect("text").starts_with("public"));
        let again = Request::get(path).header(header::IF_NONE_MATCH, tag).body(Body::empty()).expect("a request");
        let unchanged = visitor.send(again).await.expect(304);
        assert!(unchanged.body.is_empty());
        let other = Request::get(path).header(header::IF_NONE_MATCH, "\"other\"").body(Body::empty());
        visitor.send(other.expect("a request")).await.expect(200);
    }
    // 长辈版 is another page for the same address, and what was said to one reader is for nobody else.
    let normal = visitor.get("/directory").await.headers.get(header::ETAG).cloned();
    visitor.post("/elder", &[("mode", "1"), ("back", "/directory")]).await.expect(303);
    let elder = visitor.get("/directory").await.headers.get(header::ETAG).cloned();
    assert_ne!(normal, elder);
    let said = Request::get("/directory").header(header::COOKIE, "flash=%E5%A5%BD").body(Body::empty());
    let said = world.visitor().send(said.expect("a request")).await.expect(200).says("好");
    assert_eq!(said.headers.get(header::CACHE_CONTROL).expect("said"), "no-store");
    // Nothing of an officer's desk is public.
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let desk = officer.get("/desk").await.expect(200);
    assert_eq!(desk.headers.get(header::CACHE_CONTROL).expect("said"), "no-store");
    assert!(desk.headers.get(header::ETAG).is_none());
}

async fn objections_and_questions_are_counted(world: &World) {
    let (season, applications) = recommended(world).await;
    let mut officer = decided(world, &season, &applications).await;
    let notice = published(&mut officer, &season).await;
    let mut resident = world.visitor();
    let page = resident.get(&format!("/notices/{notice}")).await.expect(200);
    let page = page.says("还有 8 天").says("0877-7011234").says("jiandu@example.org").says("平山路 1 号");
    page.does_not_say("139****").does_not_say("138****");
    let object = format!("/notices/{notice}/object");
    resident.get(&object).await.expect(200).says("只用于核实和答复这件异议");
    let stranger = [("application", "018c0000-0000-7000-8000-000000000000"), ("is_named", "no"), ("text", "不实")];
    resident.post(&object, &stranger).await.expect(422).says("公示名单里没有这个小区").says("不实");
    let nameless = [("is_named", "yes"), ("text", "不实"), ("reporter_name", "")];
    resident.post(&object, &nameless).await.expect(422).says("姓名或单位名称");
    let anonymous = [("application", id(&applications[0])), ("is_named", "no"), ("text", "<b>不实</b>")];
    let receipt = resident.post(&object, &anonymous).await.expect(200).says("匿名反映的办理结果请凭查询码查看");
    assert_eq!(receipt.headers.get(header::CACHE_CONTROL).expect("said"), "no-store");
    let receipt_code = receipt.between("class=\"code\">", "<");
    let typed = receipt_code.to_lowercase().replace('-', " ");
    resident.post("/objections", &[("code", &typed)]).await.expect(200).says("已收到，等待受理");
    // One address may file and ask only so often, and keeps what it typed.
    let mut last = None;
    for _ in 0..world.floor.config.objections_per_minute {
        last = Some(resident.post(&object, &anonymous).await);
    }
    let last = last.expect("there is a limit").expect(429).says("秒后再提交").says("&#60;b&#62;不实");
    assert!(last.headers.contains_key(header::RETRY_AFTER));
    for _ in 0..world.floor.config.queries_per_minute {
        last_question(&mut resident).await;
    }
    resident.post("/objections", &[("code", &receipt_code)]).await.expect(429).says("秒后再提交");
    world.set_date(date(2022, 11, 15));
    resident.get(&object).await.expect(200).says("公示期已结束");
}

async fn last_question(resident: &mut crate::client::Client) {
    let answer = resident.post("/objections", &[("code", "0000-0000-0000-0000")]).await;
    assert!(matches!(answer.status.as_u16(), 422 | 429), "{}", answer.words());
}

async fn open_data_is_what_the_pages_say(world: &World) {
    let (season, applications) = recommended(world).await;
    let mut officer = decided(world, &season, &applications).await;
    let mut visitor = world.visitor();
    // Before the notice the county's totals are open, and no name of the season.
    let progress: Value =
        serde_json::from_slice(&visitor.get("/open/progress.json").await.expect(200).body).expect("JSON");
    let passed = |step: usize| progress["steps"][step]["passed"].clone();
    assert_eq!((passed(0), passed(4), passed(5)), (2.into(), 2.into(), 0.into()));
    assert_eq!(visitor.get("/open/notices.json").await.expect(200).text(), "[]");
    visitor.get("/").await.expect(200).does_not_say("阳光里联合党支部");
    let notice = published(&mut officer, &season).await;
    let notices: Value =
        serde_json::from_slice(&visitor.get("/open/notices.json").await.expect(200).body).expect("JSON");
    assert_eq!(notices[0]["id"], notice.as_str());
    assert_eq!((&notices[0]["published_on"], &notices[0]["ends_on"]), (&"2022-11-07".into(), &"2022-11-14".into()));
    assert_eq!(notices[0]["entries"].as_array().expect("a list").len(), 2);
    let csv = visitor.get("/open/notices.csv").await.expect(200).text();
    assert_eq!((csv.starts_with('\u{feff}'), csv.lines().count()), (true, 3));

    world.set_date(date(2022, 11, 15));
    let chosen: Vec<(&str, &str)> = applications.iter().map(|it| ("chosen", id(it))).collect();
    officer.post(&format!("/awards/{}/confirm", id(&season)), &chosen).await.expect(303);
    let results: Value =
        serde_json::from_slice(&visitor.get("/open/results.json").await.expect(200).body).expect("JSON");
    assert_eq!((&results[0]["year"], &results[0]["confirmed_on"]), (&2022.into(), &"2022-11-15".into()));
    assert_eq!(results[0]["revoked_on"], Value::Null);
    assert_eq!(visitor.get("/results").await.expect(303).location, "/results/2022");
    visitor.get("/results/2022").await.expect(200).says("共 2 个").says("阳光里联合党支部");
    visitor.get("/directory?awarded=yes").await.expect(200).says("共 2 条").says("2022年度红旗小区");
    let branches: Value =
        serde_json::from_slice(&visitor.get("/open/branches.json").await.expect(200).body).expect("JSON");
    assert_eq!(branches.as_array().expect("a list").len(), 100);
    assert_eq!(branches[0]["code"], code("5304270010010001").to_string());
    assert_eq!(branches[0]["awarded_years"][0], 2022);
    let document: Value =
        serde_json::from_slice(&visitor.get("/open/openapi.json").await.expect(200).body).expect("JSON");
    assert_eq!(document["openapi"], "3.1.0");
    visitor.get("/open").await.expect(200).says("/open/branches.json").says("OpenNotice");
}
