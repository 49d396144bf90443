//! How it goes with voices, in counts: rates, the year's course, where things wait, and a compound's buildings.

use domain::permission::OfficeKind;
use jiff::civil::date;
use office::workbook::Workbook;

use crate::{
    stories,
    voices::{BRANCH, COMMUNITY, FORM, entered, on, seen_through, speak},
    world::{World, code, county},
};

stories!(a_place_is_seen_in_counts_down_to_its_buildings);

const PICTURE: &str = "/voice-desk/rates";

// R-VOI-07
async fn a_place_is_seen_in_counts_down_to_its_buildings(world: &World) {
    world.import_ledger().await;
    on(world, date(2022, 11, 7)).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    secretary.get(PICTURE).await.expect(200).says("这一年没有收到诉求").says("没有未办结的诉求");
    let done = entered(&mut secretary, "window", "1栋").await;
    seen_through(&mut secretary, &done).await;
    let form = secretary.get(FORM).await.expect(200);
    let form = form.text();
    let mut choices = form.split("value=\"").filter_map(|rest| rest.split_once("\">"));
    let (compound, _) = choices.find(|(_, label)| label.starts_with("阳光里<")).expect("a compound to choose");
    speak(world, "help", "楼顶漏水", &[("compound", compound)]).await;
    speak(world, "help", "路灯不亮", &[]).await;
    let page = secretary.get(PICTURE).await.expect(200);
    let page = page.says("各楼栋未办结的诉求").says("100.00%（1/1）");
    let tile = |page: &crate::client::Answer, name: &str| {
        page.between(&format!("<span class=\"building-name\">{name}</span>"), "</li>")
    };
    assert!(tile(&page, "3栋").contains("1 件"), "the building that the words name");
    assert!(tile(&page, "1栋").contains("没有"), "what is done is open nowhere");
    assert!(tile(&page, "小区其他地方").contains("没有"));
    assert!(tile(&page, "本支部各小区").contains("1 件"), "who names no compound speaks of any of them");

    // By time alone it goes up, and counts as late from then on, wherever it lies.
    on(world, date(2022, 11, 9)).await;
    let page = secretary.get(PICTURE).await.expect(200).says("33.33%（1/3）");
    assert!(page.text().contains("五桂社区"), "where it waits: {}", page.words());
    secretary.get("/desk").await.expect(200).says("未办结的诉求");

    // Each level sees the next, and opens a place below; nobody sees beside.
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.get(PICTURE).await.expect(200).says("桂山街道").says(&format!("{PICTURE}?place=530427001"));
    let below = format!("{PICTURE}?place={BRANCH}&year=2022");
    officer.get(&below).await.expect(200).says("阳光里联合党支部").says("楼栋");
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.get(&below).await.expect(200).says("物业窗口");
    let mut beside = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    beside.get(&below).await.expect(404);
    officer.get(&format!("{PICTURE}?place=nowhere")).await.expect(404);

    let bytes = officer.get("/voice-desk/rates.xlsx?place=530427&year=2022").await.expect(200).body;
    let book = Workbook::read(&bytes).expect("a workbook");
    let names: Vec<&str> = book.sheets().iter().map(|sheet| sheet.name()).collect();
    assert_eq!(names, ["办理情况", "各月收到和办结", "从哪里来"]);
}
