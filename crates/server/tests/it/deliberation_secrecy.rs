//! Who learns who gave a view, who sat for the residents, and from whose voice a matter came, through HTTP.

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    deliberations::{BRANCH, COMMUNITY, deliberated, do_it, hall, raised},
    points::{client, keepers},
    stories,
    voices::{newest, speak},
    world::{World, code, county},
};

stories!(a_view_giver_is_known_to_the_branch_alone, a_voice_is_taken_up_without_who_spoke);

const NAME: &str = "段秋菊";

// R-PRI-01
async fn a_view_giver_is_known_to_the_branch_alone(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let held = format!("/deliberations/threads/{}", deliberated(world, &keepers, &branch, None).await);
    let thread = raised(world, &mut secretary).await;
    do_it(&mut secretary, &thread, "take-up", &[("until", "2022-11-10")]).await;
    world.visitor().post(&hall(&thread), &[("words", "路灯太暗"), ("name", NAME)]).await.expect(303);
    // Whoever is signed in gives a view as anybody.
    secretary.post(&hall(&thread), &[("words", "同意")]).await.expect(303);
    secretary.get(&thread).await.expect(200).says("路灯太暗").does_not_say(NAME);
    let givers = format!("{thread}/view-givers");
    let pages = [&thread, "/deliberations?show=all", "/deliberations/deliberations.xlsx?show=all", "/desk"];
    for (kind, place) in [
        (OfficeKind::CommunityOfficer, code(COMMUNITY)),
        (OfficeKind::StreetOfficer, code("530427001")),
        (OfficeKind::CountyOrgDept, county()),
    ] {
        let mut above = world.officer(kind, &place).await;
        for page in pages {
            above.get(page).await.expect(200).does_not_say(NAME);
        }
        above.post(&givers, &[]).await.expect(403).does_not_say(NAME);
        // Who sat for the residents stays with the branch and its community.
        let (page, minutes) = (above.get(&held).await.expect(200), format!("{held}/minutes.docx?number=1"));
        if kind == OfficeKind::CommunityOfficer {
            page.says("孙桂芳");
            above.get(&minutes).await.expect(200);
        } else {
            page.does_not_say("孙桂芳").says("3 人到会");
            above.get(&minutes).await.expect(403);
        }
    }
    for (kind, place) in [
        (OfficeKind::BranchSecretary, code("5304270010010002")),
        (OfficeKind::Member, branch.clone()),
        (OfficeKind::UnitContact, code("530427-0001")),
    ] {
        let mut other = world.officer(kind, &place).await;
        other.get(&thread).await.expect(404);
        other.post(&givers, &[]).await.expect(404);
    }
    for page in [hall(&thread), hall(&held), format!("/deliberation-hall/at/{BRANCH}")] {
        let page = world.visitor().get(&page).await.expect(200);
        page.does_not_say(NAME).does_not_say("路灯太暗").does_not_say("孙桂芳");
    }
    secretary.post(&givers, &[]).await.expect(200).says(NAME).says("没有留称呼").says("记入操作记录");
    secretary.get(&thread).await.expect(200).does_not_say(NAME);
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    let record = auditor.get("/audit").await.expect(200).says("查看提意见的居民").says("发表意见").says("议事议题");
    record.does_not_say(NAME).does_not_say("路灯太暗");
}

async fn a_voice_is_taken_up_without_who_spoke(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    speak(world, "suggestion", "我住3栋402，路灯太暗", &[("name", NAME), ("phone", "13987740077")]).await;
    let voice = newest(&mut secretary).await;
    let link = secretary.get(&voice).await.expect(200).says("转为议事").between("href=\"/deliberations/new?", "\"");
    let form = secretary.get(&format!("/deliberations/new?{link}")).await.expect(200).says("由居民诉求转来");
    form.does_not_say(NAME).does_not_say("402");
    let voice_id = voice.rsplit('/').next().expect("an id");
    let compound = app::places::compounds_of(world.floor.db.reader(), &[branch]).await.expect("read")[0].id.0;
    let compound = compound.to_string();
    let fields = [
        ("voice", voice_id),
        ("title", "更换楼道灯"),
        ("text", "楼道灯太暗。"),
        ("compound", &compound),
        ("topic", "facilities"),
        ("vote", "none"),
    ];
    let thread = secretary.post("/deliberations/new", &fields).await.expect(303).location;
    secretary.get(&voice).await.expect(200).says("已转为议事议题〔2022〕第1号");
    secretary.get(&thread).await.expect(200).says("居民诉求转来").says(&voice).does_not_say(NAME);
    do_it(&mut secretary, &thread, "take-up", &[("until", "2022-11-12")]).await;
    world.set_date(date(2022, 11, 8));
    let page = world.visitor().get(&hall(&thread)).await.expect(200).says("楼道灯太暗");
    page.does_not_say(NAME).does_not_say(voice_id);
}
