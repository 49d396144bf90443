//! What misses its street's list: nothing goes on with it, it ends in words, and nobody is asked for it any more.

use domain::permission::OfficeKind;
use jiff::civil::date;
use platform::jobs;

use crate::{
    selection::{open_season, pass_community, seen, submit},
    stories,
    world::{World, code, county},
};

stories!(what_is_not_reported_in_time_ends);

const COMMUNITY: &str = "530427001001";

async fn what_is_not_reported_in_time_ends(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    let mut branches = Vec::new();
    for number in 1..=2 {
        let mut branch = world.officer(OfficeKind::BranchSecretary, &code(&format!("{COMMUNITY}{number:04}"))).await;
        let application = submit(&mut branch, &season, 0).await;
        branches.push((branch, application));
    }
    pass_community(&mut community, &branches[1].1).await;
    community.get("/desk").await.expect(200).says("核查");
    street.get("/desk").await.expect(200).says("评估和初选");
    street.get("/dashboard").await.expect(200).says("社区把关");

    let waiting = branches[0].1.clone();
    let version = seen(&mut community, &waiting).await;
    world.set_date(date(2023, 1, 3));
    community.get(&waiting).await.expect(200).does_not_say("通过，报街道");
    let back = [("seen", version.as_str()), ("verdict", "return"), ("reason", "缺材料")];
    community.post(&format!("{waiting}/check"), &back).await.expect(422).says("已超过截止时间（2022年12月30日 24:00）");
    let ranking = street.get("/ranking").await.expect(303).location;
    street.get(&ranking).await.expect(200).says("已超过截止时间").does_not_say("核对并上报");

    jobs::run_due(&world.floor, &app::modules::jobs()).await.expect("run");
    for ((branch, application), words) in branches.iter_mut().zip(["还没有完成社区把关", "还没有完成街道初选"])
    {
        let page = branch.get(application).await.expect(200).says("街道未推荐").says("推荐截止登记").says(words);
        page.says("系统");
        branch.get("/messages").await.expect(200).says("未列入推荐，原因见申报页面");
    }
    community.get("/desk").await.expect(200).does_not_say("核查");
    street.get("/desk").await.expect(200).does_not_say("评估和初选").does_not_say("推荐名单");
    let told = "桂山街道还有 2 份申报没有推荐上报";
    street.get("/messages").await.expect(200).says(told);
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.get("/messages").await.expect(200).says(told);
    // Once is enough.
    jobs::run_due(&world.floor, &app::modules::jobs()).await.expect("run");
    assert_eq!(officer.get("/messages").await.expect(200).text().matches(told).count(), 1);
}
