//! A street's next one for one that the panel rejected, through HTTP (R-SEL-16).

use domain::permission::OfficeKind;

use crate::{
    review::{Recommended, all_units_agree, borrowed, recommended_of, veto_fields},
    stories,
    world::{World, code, county},
};

stories!(a_street_substitutes_only_where_the_season_allows);

const STREET: &str = "530427001";

async fn a_street_substitutes_only_where_the_season_allows(world: &World) {
    let season = recommended_of(world, 1, 3, &[("substitution", "on")]).await;
    let applications = season.applications.clone();
    let panel = Recommended { applications: applications[..1].to_vec(), ..season };
    all_units_agree(world, &panel).await;
    let path = format!("/review/substitution/{}/{STREET}", panel.season);
    let mut street = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    street.get(&path).await.expect(200).says("没有可以递补的名额");
    let waiting = format!("/applications/{}", applications[1]);
    street.get(&waiting).await.expect(200).says("未列入推荐名单，等待递补：得分靠后");
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let page = format!("/review/preliminary/applications/{}", applications[0]);
    officer.post(&format!("{page}/veto"), &borrowed(&veto_fields(None))).await.expect(303);
    let version = officer.get(&page).await.expect(200).between("name=\"seen\" value=\"", "\"");
    let reject = [("seen", version.as_str()), ("opinion", "reject"), ("reason", "台账不全")];
    officer.post(&format!("{page}/opinion"), &reject).await.expect(303);
    street.get("/desk").await.expect(200).says("递补推荐（空出 1 个名额）");
    let shown = street.get(&path).await.expect(200);
    let next = shown.between("name=\"application\" value=\"", "\"");
    let version = shown.between("name=\"seen\" value=\"", "\"");
    assert_eq!(next, applications[1], "equal scores: the earlier submission is next");
    street.post(&path, &[("application", "x"), ("seen", ""), ("reason", "得分靠前")]).await.expect(404);
    let wordless = [("application", next.as_str()), ("seen", version.as_str()), ("reason", "")];
    street.post(&path, &wordless).await.expect(422).says("请填写递补推荐的理由");
    let right = [("application", next.as_str()), ("seen", version.as_str()), ("reason", "得分靠前")];
    street.post(&path, &right).await.expect(303);
    street.post(&path, &right).await.expect(422).says("已推荐，待评选组审查");
    street.get(&path).await.expect(200).says("没有可以递补的名额");
    officer.get(&format!("/review/preliminary/applications/{next}")).await.expect(200).says("街道排名第 2");
    let mut elsewhere = world.officer(OfficeKind::StreetOfficer, &code("530427002")).await;
    elsewhere.get(&path).await.expect(404);
    let mut panel = world.officer(OfficeKind::PanelUnit, &county()).await;
    panel.get(&path).await.expect(403);
}
