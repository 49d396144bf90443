//! Search: what is found lies within the office, and is what the office may see.

use app::people;
use domain::permission::OfficeKind;

use crate::{
    selection::{open_season, submit},
    stories,
    world::{World, code, county},
};

stories!(search_finds_what_the_office_may_see);

const BRANCH: &str = "5304270010010001";
const WANG: [(&str, &str); 5] =
    [("name", "王晓梅"), ("gender", "female"), ("kind", "full"), ("affiliation", "unit"), ("service", "in_service")];

async fn search_finds_what_the_office_may_see(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &branch).await;
    secretary.post(&format!("/places/{BRANCH}/members/new"), &WANG).await.expect(303);
    let roll = people::living_under(world.floor.db.reader(), &branch).await.expect("read");
    let (line, _) = roll.into_iter().find(|(_, person)| person.name == "王晓梅").expect("in the roll");
    let member = format!("/memberships/{}", line.id.0);
    secretary.get("/search?q=王晓").await.expect(200).says(&format!("href=\"{member}\"")).says("王晓梅");
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    street.get("/search?q=王晓").await.expect(200).says(&format!("href=\"{member}\""));
    // Who may see a place, but no roll, does not learn who is a member there.
    for kind in [OfficeKind::PanelUnit, OfficeKind::Verifier, OfficeKind::FinanceOfficer, OfficeKind::CountyLeader] {
        let mut other = world.officer(kind, &county()).await;
        other.get(&member).await.expect(403);
        other.get("/search?q=王晓").await.expect(200).does_not_say("王晓梅").says("没有找到");
        other.get("/search?q=阳光里").await.expect(200).says("阳光里联合党支部");
    }
    let mut elsewhere = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    elsewhere.get("/search?q=王晓").await.expect(200).does_not_say("王晓梅");

    // Somebody may hold a post and stand in no roll.
    let post = [("name", "新同志"), ("post", "welfare"), ("service", "in_service"), ("since", "2022-11-01")];
    secretary.post(&format!("/places/{BRANCH}/committee"), &post).await.expect(303);
    let found = secretary.get("/search?q=新同").await.expect(200).says("支部班子");
    found.says("新同志").says(&format!("/places/{BRANCH}\""));
    elsewhere.get("/search?q=新同").await.expect(200).does_not_say("新同志");

    let season = open_season(world).await;
    let application = submit(&mut secretary, &season, 0).await;
    street.get("/search?q=阳光里").await.expect(200).says(&application).says("2022年度");
    elsewhere.get("/search?q=阳光里").await.expect(200).does_not_say(&application);
    for odd in ["%25", "_", "%00", "'", "王%5C"] {
        street.get(&format!("/search?q={odd}")).await.expect(200);
    }
}
