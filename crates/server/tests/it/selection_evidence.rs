//! The score sheet begins with what the year's records say, and whoever judges it can follow each number to its records.

use app::{
    activities::{NewActivity, Summary, WhenAndWhere, plan_activity, publish_activity, sum_up_activity},
    units::{confirm_unit, register_unit, registrations_of},
};
use domain::{activity::ActivityKind, clock::Instant, permission::OfficeKind, place::Level};
use jiff::civil::date;

use crate::{
    client::{Answer, Client},
    deliberations::deliberated,
    disputes::{quarrelled, settled_or_handed_up},
    points::{adopted, by, given, keepers, members},
    selection::{open_season, pass_community, submit},
    stories,
    voices::{entered, seen_through},
    world::{World, code},
};

stories!(the_sheet_begins_with_the_records_and_leads_to_them);

const BRANCH: &str = "5304270010010001";

/// The row of an item in a page.
fn row(answer: &Answer, code: &str) -> String {
    let text = answer.text();
    let mut rows = text.split("<tr>").filter(|row| row.contains(&format!("{code} ")));
    rows.next()
        .unwrap_or_else(|| panic!("no {code} in {}", answer.words()))
        .split("</tr>")
        .next()
        .unwrap_or("")
        .to_owned()
}

/// Opens every page that the row leads to; answers how many there are.
async fn follow(client: &mut Client, row: &str) -> usize {
    let links: Vec<&str> = row.split("<a href=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    for link in &links {
        let answer = client.get(link).await;
        assert!(matches!(answer.status.as_u16(), 200 | 303), "{link}: {}", answer.words());
    }
    links.len()
}

async fn the_sheet_begins_with_the_records_and_leads_to_them(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    // Two meetings with that of the session below; one problem solved by two members; one training of the community with one member.
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    given(world, &keepers, &branch, "P13", 100, date(2022, 11, 3)).await;
    given(world, &keepers, &branch, "P07", 100, date(2022, 11, 4)).await;
    let community = branch.at(Level::Community).expect("a community");
    let training = NewActivity {
        kind: ActivityKind::Training,
        title: "支部书记培训班".to_owned(),
        text: String::new(),
        at: WhenAndWhere {
            starts_at: Instant::at(date(2022, 11, 5).at(9, 0, 0, 0)),
            hours: 300,
            venue: "社区党群服务中心".to_owned(),
            capacity: None,
        },
        audiences: Vec::new(),
        audience: "支部书记".to_owned(),
        is_with_service: false,
    };
    let op = by(world, &keepers.community, date(2022, 11, 3));
    let id = plan_activity(&op, &community, training).await.expect("planned");
    publish_activity(&op, id).await.expect("published");
    let came = [(members(world, &branch).await[0], 300)].into();
    let told = Summary { came, text: "按计划完成。".to_owned(), ..Summary::default() };
    sum_up_activity(&by(world, &keepers.community, date(2022, 11, 6)), id, told).await.expect("summed up");

    // A unit that reported to the community, and was confirmed.
    let unit = code("530427-0001");
    let contact = world.swear_in(OfficeKind::UnitContact, &unit).await;
    let op = by(world, &contact, date(2022, 11, 4));
    register_unit(&op, &unit, &community, "办公室".to_owned(), String::new()).await.expect("reported");
    let report = registrations_of(world.floor.db.reader(), &unit).await.expect("read").remove(0);
    confirm_unit(&by(world, &keepers.community, date(2022, 11, 4)), report.id.0).await.expect("confirmed");

    // Two disputes, one settled before the branch and one handed up; a third is within its time.
    for is_settled in [true, false] {
        settled_or_handed_up(world, &keepers.secretary, &branch, is_settled).await;
    }
    quarrelled(world, &keepers.secretary, &branch).await;

    // One session of the parties.
    deliberated(world, &keepers, &branch, None).await;

    // A voice from the owners' group and one from the web; the first is done in time and answered.
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &branch).await;
    let group = entered(&mut secretary, "group", "").await;
    seen_through(&mut secretary, &group).await;
    entered(&mut secretary, "phone", "").await;

    let season = open_season(world).await;
    let start = [("season", season.rsplit('/').next().expect("an id"))];
    let edit = secretary.post("/applications/start", &start).await.expect(303).location;
    let page = secretary.get(&edit).await.expect(200);
    let roll = members(world, &branch).await.len();
    page.says(&format!("在册党员 {roll} 名，半年内核对过 {roll} 名，折 5"));
    let page = secretary.get(&edit).await.expect(200);
    assert!(row(&page, "A4").contains("组织活动共 2 次，参加上级培训 1 次，折 1.5 分"), "{}", row(&page, "A4"));
    assert!(row(&page, "A5").contains("共 1 件，折 0.5"), "what two did together is one: {}", row(&page, "A5"));
    assert!(
        row(&page, "B2")
            .contains("1 个单位党组织到本社区报到，与社区及以上共同开展活动 1 次（其中培训 1 次），折 3 分"),
        "{}",
        row(&page, "B2")
    );
    let c2 = "到期应办结 2 件，就地调解办结 1 件，上交 1 件，折 3 分";
    assert!(row(&page, "C2").contains(c2), "{}", row(&page, "C2"));
    let b5 = "红色议事厅议事有记录的 1 次，折 1 分";
    assert!(row(&page, "B5").contains(b5), "{}", row(&page, "B5"));
    let b3 = "2 种渠道在用：物业窗口 0 件，红色议事厅 0 件、议事 1 次，业主群 1 件，折 4 分";
    assert!(row(&page, "B3").contains(b3), "{}", row(&page, "B3"));
    let b4 = "到期应办结 1 件，按时办结 1 件；应回访 1 件，居民有评价 1 件，折 8 分";
    assert!(row(&page, "B4").contains(b4), "{}", row(&page, "B4"));
    for (code, links) in
        [("B3", 1), ("B4", 1), ("B5", 1), ("A2", 1), ("A4", 2), ("A5", 2), ("A7", 1), ("B2", 1), ("C2", 1)]
    {
        assert_eq!(follow(&mut secretary, &row(&page, code)).await, links, "{code}");
    }
    // The levels that read it find the same records, as far as they may.
    let application = submit(&mut secretary, &season, 0).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &community).await;
    let page = community.get(&application).await.expect(200);
    assert!(follow(&mut community, &row(&page, "A4")).await >= 1);
    assert!(row(&page, "A4").contains("?year=2022"), "the records are those of the season's year");
    assert_eq!(follow(&mut community, &row(&page, "B2")).await, 2, "who confirms reports of units finds them");
    pass_community(&mut community, &application).await;
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    let page = street.get(&format!("{application}/assess")).await.expect(200);
    assert!(follow(&mut street, &row(&page, "A5")).await >= 1, "{}", row(&page, "A5"));
}
