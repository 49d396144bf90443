//! Branches that come under another community or are dissolved, and the terms of their committees, through HTTP.

use domain::{permission::OfficeKind, selection::programme::programme};
use jiff::civil::date;

use crate::{
    notices::noticed,
    selection::{open_season, pass_community, submit},
    stories,
    world::{World, code, county},
};

stories!(
    a_branch_moves_and_everything_follows,
    a_dissolved_branch_changes_nothing_in_an_open_season,
    terms_and_those_who_left_are_kept,
);

const BRANCH: &str = "5304270010010001";
const COMMUNITY: &str = "530427001001";
const OTHER: &str = "530427001002";

// R-ORG-01
async fn a_branch_moves_and_everything_follows(world: &World) {
    let (season, mut officer, _) = noticed(world, 1, 1).await;
    let application = format!("/applications/{}", season.applications[0]);
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut old_community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let mut new_community = world.officer(OfficeKind::CommunityOfficer, &code(OTHER)).await;
    let page = format!("/places/{BRANCH}/restructuring");
    let to = format!("{page}/move");
    let good = [("community", OTHER), ("reason", "区划调整，新组通〔2022〕15号")];
    officer.get(&format!("/places/{BRANCH}")).await.expect(200).says("调整隶属、撤销");
    officer.get(&page).await.expect(200).says("申报正在办理").does_not_say("确认调整");
    officer.post(&to, &good).await.expect(422).says("办结或撤回后再调整隶属");
    world.set_date(date(2022, 11, 15));
    let awards = format!("/awards/{}", season.season);
    officer.post(&format!("{awards}/confirm"), &[("chosen", &season.applications[0])]).await.expect(303);
    let circular = [("number", "新组通〔2022〕30号"), ("issued_on", "2022-11-15")];
    officer.post(&format!("{awards}/circular"), &circular).await.expect(303);
    officer.get(&page).await.expect(200).says("桂山街道 凤凰社区");

    for (community, reason, words) in [
        ("", "区划调整", "请选择要调整到的社区"),
        ("530427001", "区划调整", "请选择要调整到的社区"),
        (COMMUNITY, "区划调整", "现在就隶属这个社区"),
        ("530426001001", "区划调整", "不能调整到别的县"),
        ("530427001099", "区划调整", "没有这个社区"),
        (OTHER, " ", "请写明理由"),
    ] {
        let fields = [("community", community), ("reason", reason)];
        officer.post(&to, &fields).await.expect(422).says(words);
    }
    secretary.get(&page).await.expect(403);
    old_community.post(&to, &good).await.expect(403);
    new_community.post(&to, &good).await.expect(404);

    let moved = officer.post(&to, &good).await.expect(303).location;
    assert!(moved.starts_with(&format!("/places/{OTHER}")), "{moved}");
    assert_eq!(officer.get(&format!("/places/{BRANCH}")).await.expect(303).location, moved);
    let page = officer.get(&moved).await.expect(200).says("凤凰社区").says("调整支部隶属").says("区划调整");
    page.says("五桂社区（至2022年11月15日，代码 5304270010010001）").says("书记");
    // The offices, the application, the award and the notices follow; what was published stays as it was.
    secretary.get(&application).await.expect(200).says("已通报表彰");
    secretary.get(&moved).await.expect(200);
    new_community.get(&application).await.expect(200);
    new_community.get("/messages").await.expect(200).says("隶属已调整");
    old_community.get("/messages").await.expect(200).says("隶属已调整");
    old_community.get(&application).await.expect(404);
    let mut visitor = world.visitor();
    visitor.get("/results/2022").await.expect(200).says("五桂社区").says(&moved.replace("/places/", "/directory/"));
    let public = visitor.get(&format!("/directory/{BRANCH}")).await.expect(303).location;
    visitor.get(&public).await.expect(200).says("2022年度红旗小区").says("凤凰社区");
    // A second move, and no code is ever given away again.
    let back = [("community", COMMUNITY), ("reason", "恢复原隶属")];
    let again = officer.post(&format!("{moved}/restructuring/move"), &back).await.expect(303).location;
    assert_ne!(again, format!("/places/{BRANCH}"));
    assert_eq!(officer.get(&format!("/places/{BRANCH}")).await.expect(303).location, again);
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

// R-SEL-06
async fn a_dissolved_branch_changes_nothing_in_an_open_season(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let application = submit(&mut secretary, &season, 0).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let dissolve = format!("/places/{BRANCH}/restructuring/dissolve");
    officer.post(&dissolve, &[("reason", "")]).await.expect(422).says("请写明理由");
    officer.post(&dissolve, &[("reason", "小区拆迁，新组通〔2022〕16号")]).await.expect(303);
    officer.post(&dissolve, &[("reason", "再撤一次")]).await.expect(422).says("支部已经撤销");
    officer.get(&format!("/places/{BRANCH}")).await.expect(200).says("已撤销").says("恢复支部").says("小区拆迁");
    officer.get(&season).await.expect(200).says("57 个支部 × 20% = 11.40").says("共 11 个");
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    pass_community(&mut community, &application).await;
    secretary.get(&application).await.expect(200).says("社区通过，待街道审核");
    let mut visitor = world.visitor();
    visitor.get("/directory").await.expect(200).says("共 99 条");
    visitor.get(&format!("/directory/{BRANCH}")).await.expect(200).says("已经撤销");

    // A new season counts without it.
    world.set_date(date(2023, 11, 7));
    let version = app::selection::save_parameters(&world.system(), &county(), programme(2023)).await;
    let next = app::selection::open_season(&world.system(), version.expect("parameters"), "方案正在修订").await;
    officer.get(&format!("/seasons/{}", next.expect("a season"))).await.expect(200).says("56 个支部");
    let restore = format!("/places/{BRANCH}/restructuring/restore");
    officer.post(&restore, &[("reason", "误撤销")]).await.expect(303);
    officer.post(&restore, &[("reason", "误撤销")]).await.expect(422).says("没有撤销");
    visitor.get("/directory").await.expect(200).says("共 100 条");
}

// R-ORG-05
async fn terms_and_those_who_left_are_kept(world: &World) {
    world.import_ledger().await;
    let mut officer = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let branch = format!("/places/{BRANCH}");
    let page = officer.get(&branch).await.expect(200).does_not_say("历任成员");
    let post = format!("/committee-posts/{}", page.between("href=\"/committee-posts/", "\""));
    let form =
        officer.get(&post).await.expect(200).says("name=\"term_years\"").between("name=\"version\" value=\"", "\"");
    let page = officer.get(&post).await.expect(200);
    let typed = |name: &str| {
        let text = page.text();
        let before = text.split_once(&format!("id=\"f-{name}\"")).expect("the field").0;
        let value = before.rsplit_once("value=\"").expect("its value").1;
        value.split('"').next().unwrap_or_default().to_owned()
    };
    let (name, born) = (typed("name"), typed("birth_month"));
    let is_ticked = |gender: &&str| page.text().contains(&format!("value=\"{gender}\" checked"));
    let gender = ["female", "male"].into_iter().find(is_ticked).unwrap_or_default().to_owned();
    let fields = |years: &'static str, since: &'static str| {
        vec![
            ("name", name.as_str()),
            ("gender", gender.as_str()),
            ("birth_month", born.as_str()),
            ("person_version", "0"),
            ("post", "secretary"),
            ("service", "non_service"),
            ("work_unit", ""),
            ("since", since),
            ("term_years", years),
        ]
    };
    let told = |years, since, version| [fields(years, since), vec![("version", version)]].concat();
    officer.post(&post, &told("9", "2019-01-05", &form)).await.expect(422).says("2 到 6 之间");
    officer.post(&post, &told("", "2019-01-05", &form)).await.expect(303);
    officer.get(&branch).await.expect(200).says("2022年1月4日").says("班子任期已于2022年1月4日届满");
    let version = officer.get(&post).await.expect(200).between("name=\"version\" value=\"", "\"");
    officer.post(&post, &told("5", "2019-01-05", &version)).await.expect(303);
    officer.get(&branch).await.expect(200).says("2024年1月4日").does_not_say("任期已于2022年");
    let version = officer.get(&post).await.expect(200).between("name=\"version\" value=\"", "\"");
    let left = [("until", "2022-11-01"), ("version", version.as_str())];
    officer.post(&format!("{post}/end"), &left).await.expect(303);
    officer.get(&branch).await.expect(200).says("历任成员（1 人次）").says("2022年11月1日").says("没有登记党支部书记");
}
