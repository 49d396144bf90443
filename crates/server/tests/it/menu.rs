//! The menu: whatever it offers an office can be opened, before the first season as well.

use app::modules;
use domain::{
    permission::{OfficeKind, Verdict, judge},
    place::Level,
};

use crate::{
    stories,
    world::{World, code},
};

stories!(every_entry_opens_before_the_first_season);

const BRANCH: &str = "5304270010010001";

async fn every_entry_opens_before_the_first_season(world: &World) {
    world.import_ledger().await;
    for kind in OfficeKind::ALL {
        // Work units stand beside the line of four.
        let place = code(BRANCH).at(kind.level()).unwrap_or_else(|| code("530427-0001"));
        let mut officer = world.officer(*kind, &place).await;
        for entry in modules::registry().menu {
            if judge(*kind, entry.deed, &place, &place) != Verdict::Allowed {
                continue;
            }
            let answer = officer.get(entry.href).await;
            let page = if answer.status == 303 { officer.get(&answer.location).await } else { answer };
            page.expect(200);
        }
    }
    let mut unit = world.officer(OfficeKind::PanelUnit, &code(BRANCH).at(Level::County).expect("a county")).await;
    unit.get("/review/panel").await.expect(200).says("还没有启动评选").does_not_say("编制评选参数并启动评选");
}
