//! The calendar of a place: its month on the page, and its feed at a secret address.

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    activities::published_activity,
    points::{client, keepers},
    stories,
    world::{World, code, county},
};

stories!(calendars_are_fed_at_an_address_that_nobody_guesses);

const BRANCH: &str = "5304270010010001";

async fn calendars_are_fed_at_an_address_that_nobody_guesses(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let page = format!("/activities/places/{BRANCH}");
    let kept = published_activity(world, &keepers, &branch, date(2022, 11, 9), None).await;
    let off = published_activity(world, &keepers, &branch, date(2023, 1, 20), None).await;
    secretary.post(&format!("/activities/{off}/cancel"), &[("reason", "下雨")]).await.expect(303);
    let meeting = [
        ("kind", "general"),
        ("title", "年底党员大会"),
        ("date", "2022-12-20"),
        ("time", "19:00"),
        ("venue", "党群活动室"),
        ("topic.0.title", "总结"),
        ("topic.0.matter", "report"),
    ];
    let meeting = secretary.post(&format!("/meetings/places/{BRANCH}/new"), &meeting).await.expect(303).location;
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    // The month shows both, and on other months as well.
    secretary.get(&page).await.expect(200).says("2022年11月").says("09:00 清扫楼道");
    secretary.get(&format!("{page}?year=2022&month=12")).await.expect(200).says("19:00 年底党员大会");
    secretary.get(&format!("{page}?year=2023&month=1")).await.expect(200).says("<s>清扫楼道</s>（已取消）");

    secretary.get(&page).await.expect(200).says("还没有开通");
    let mut community = client(world, &keepers.community).await;
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    other.post(&format!("{page}/calendar/open"), &[]).await.expect(404);
    secretary.post(&format!("{page}/calendar/open"), &[]).await.expect(303);
    let address = secretary.get(&page).await.expect(200).between("/calendars/", "\"");
    let address = format!("/calendars/{address}");
    community.get(&page).await.expect(200).says("日历订阅");
    let feed = world.visitor().get(&address).await.expect(200).text();
    assert!(feed.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "{feed}");
    assert!(feed.contains("DTSTART:20221109T010000Z\r\n") && feed.contains(&format!("UID:{kept}\r\n")), "{feed}");
    assert!(feed.contains("SUMMARY:年底党员大会\r\n"), "{feed}");
    let cancelled =
        feed.split("BEGIN:VEVENT").find(|event| event.contains(&off.to_string())).expect("the cancelled one");
    assert!(cancelled.contains("STATUS:CANCELLED\r\n"), "{feed}");
    assert_eq!(feed.matches("STATUS:CANCELLED").count(), 1, "{feed}");
    // The code of the place alone opens nothing, nor does an old address.
    for guess in [format!("/calendars/{BRANCH}/calendar.ics"), format!("/calendars/{BRANCH}-1/calendar.ics")] {
        world.visitor().get(&guess).await.expect(404);
    }
    world.visitor().get(&format!("{page}/calendar.ics")).await.expect(404);
    secretary.post(&format!("{page}/calendar/open"), &[]).await.expect(303);
    world.visitor().get(&address).await.expect(404);
    let renewed = secretary.get(&page).await.expect(200).between("/calendars/", "\"");
    world.visitor().get(&format!("/calendars/{renewed}")).await.expect(200);
    secretary.post(&format!("{page}/calendar/shut"), &[]).await.expect(303);
    world.visitor().get(&format!("/calendars/{renewed}")).await.expect(404);
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.post("/activities/places/530427/calendar/open", &[]).await.expect(404);
}
