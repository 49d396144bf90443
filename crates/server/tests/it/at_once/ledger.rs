//! Places, people, accounts and imports.

use app::{people, places, selection};
use domain::{ids::SeasonId, permission::OfficeKind};
use jiff::civil::date;

use super::{at_once, both_or_one, one_is_told};
use crate::{
    client::{Answer, Client},
    ledger::{digest, households, upload},
    season::id,
    selection::open_season,
    stories,
    world::{LEDGER, World, code, county},
};

stories!(
    a_branch_is_changed_by_one_at_a_time,
    a_committee_member_is_appointed_once,
    a_workbook_is_imported_once,
    an_account_is_opened_once,
    a_branch_moves_once_and_nothing_stays_behind,
);

const BRANCH: &str = "5304270010010001";
const PAGE: &str = "/places/5304270010010001";

async fn keepers(world: &World) -> (Client, Client) {
    let secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    (secretary, world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await)
}

/// One has done it; for the other the thing is as it was not seen, or gone.
#[track_caller]
fn one_is_too_late(what: &str, answers: (Answer, Answer)) {
    let mut statuses = [answers.0.status.as_u16(), answers.1.status.as_u16()];
    statuses.sort_unstable();
    assert!(statuses[0] == 303 && matches!(statuses[1], 404 | 409), "{what}: {statuses:?}");
}

async fn a_branch_is_changed_by_one_at_a_time(world: &World) {
    world.import_ledger().await;
    let (mut one, mut two) = keepers(world).await;
    let version = one.get(&format!("{PAGE}/edit")).await.expect(200).between("name=\"version\" value=\"", "\"");
    let fields = |households| {
        [
            ("version", version.as_str()),
            ("name", "阳光里联合党支部"),
            ("kind", "joint"),
            ("compounds", "阳光里、盛世名邸、新城"),
            ("buildings", "10"),
            ("households", households),
            ("owners_committee", "interim"),
        ]
    };
    let (edit, first, second) = (format!("{PAGE}/edit"), fields("290"), fields("291"));
    one_is_told("editing", at_once(world, one.post(&edit, &first), two.post(&edit, &second)).await);
    let compounds = places::compounds_under(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    assert_eq!(compounds.len(), 3);
    let compound = compounds[0].id.0.to_string();
    let building = [("compound", compound.as_str()), ("name", "11栋")];
    let new = format!("{PAGE}/buildings/new");
    one_is_told("adding", at_once(world, one.post(&new, &building), two.post(&new, &building)).await);
    let buildings = places::buildings_under(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    let added: Vec<_> = buildings.iter().filter(|building| building.name == "11栋").collect();
    assert_eq!(added.len(), 1);
    let path = format!("/buildings/{}", added[0].id.0);
    let (drop, change) = (format!("{path}/drop"), [("version", "0"), ("compound", &compound), ("name", "12栋")]);
    one_is_too_late("dropping", at_once(world, one.post(&drop, &[("version", "0")]), two.post(&path, &change)).await);
}

async fn a_committee_member_is_appointed_once(world: &World) {
    world.import_ledger().await;
    let (mut one, mut two) = keepers(world).await;
    let path = format!("{PAGE}/committee");
    let member = [
        ("name", "新同志"),
        ("phone", "13900001234"),
        ("post", "welfare"),
        ("service", "in_service"),
        ("since", "2022-11-01"),
    ];
    one_is_told("appointing", at_once(world, one.post(&path, &member), two.post(&path, &member)).await);
    let committee = people::committee_of(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    let posts: Vec<_> = committee.iter().filter(|(_, person)| person.name == "新同志").collect();
    assert_eq!(posts.len(), 1, "one person has one post");
    let end = format!("/committee-posts/{}/end", posts[0].0.id.0);
    let fields = [("version", "0"), ("until", "2022-11-05")];
    one_is_too_late("ending", at_once(world, one.post(&end, &fields), two.post(&end, &fields)).await);
}

async fn a_workbook_is_imported_once(world: &World) {
    let mut one = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let mut two = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let import = upload(&mut one, LEDGER).await;
    let shown = digest(&one.get(&import).await.expect(200));
    let (confirm, fields) = (format!("{import}/confirm"), [("digest", shown.as_str())]);
    // Who comes second is led to the result, which says that it was imported already.
    both_or_one("the same", at_once(world, one.post(&confirm, &fields), two.post(&confirm, &fields)).await);
    let members = people::memberships_under(world.floor.db.reader(), &county()).await.expect("read");
    assert_eq!(members.len(), 4079);
    let (first, second) = (upload(&mut one, &households("301")).await, upload(&mut two, &households("302")).await);
    let (mine, theirs) = (digest(&one.get(&first).await), digest(&two.get(&second).await));
    let (first, second) = (format!("{first}/confirm"), format!("{second}/confirm"));
    let (mine, theirs) = ([("digest", mine.as_str())], [("digest", theirs.as_str())]);
    one_is_told("different ones", at_once(world, one.post(&first, &mine), two.post(&second, &theirs)).await);
}

async fn an_account_is_opened_once(world: &World) {
    let mut one = world.officer(OfficeKind::Administrator, &county()).await;
    let mut two = world.officer(OfficeKind::Administrator, &county()).await;
    let account = [("login", "lisi"), ("name", "李四"), ("new_password", "hongqi2023")];
    one_is_told(
        "opening",
        at_once(world, one.post("/accounts/new", &account), two.post("/accounts/new", &account)).await,
    );
    let (_, officer) = world.swear_in_for(OfficeKind::Auditor, &county(), date(2022, 1, 1), date(2023, 1, 1)).await;
    let end = format!("/offices/{}/end", officer.office.id);
    one_is_told("ending", at_once(world, one.post(&end, &[]), two.post(&end, &[])).await);
    let path = format!("/accounts/{}/password", officer.account);
    let password = [("new_password", "hongqi2024")];
    both_or_one("resetting", at_once(world, one.post(&path, &password), two.post(&path, &password)).await);
}

async fn a_branch_moves_once_and_nothing_stays_behind(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let season: SeasonId = id(&season).parse().expect("an id");
    let db = world.floor.db.reader();
    let mut one = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let mut two = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let to = |community| [("community", community), ("reason", "区划调整")];
    let (there, elsewhere, back) = (to("530427001002"), to("530427001003"), to("530427001001"));
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let season_id = season.to_string();
    let start = [("season", season_id.as_str())];
    let path = format!("{PAGE}/restructuring/move");
    let answers = at_once(world, secretary.post("/applications/start", &start), one.post(&path, &there)).await;
    let is_moved = answers.1.status == 303;
    assert!(is_moved || answers.0.status == 303, "one of them is done: {}", answers.0.words());
    let kept = selection::applications_under(db, season, &county(), &[]).await.expect("read");
    assert_eq!(kept.len(), usize::from(answers.0.status == 303));
    for row in &kept {
        let place = places::place(db, &row.branch.0).await.expect("read").expect("the branch of an application");
        assert!(place.is_active && !is_moved, "an application keeps its branch where it is");
    }
    let other = "/places/5304270010010002/restructuring";
    let path = format!("{other}/move");
    let answers = at_once(world, one.post(&path, &there), two.post(&path, &elsewhere)).await;
    let moved = [&answers.0, &answers.1].into_iter().find(|it| it.status == 303).map(|it| it.location.clone());
    one_is_too_late("moving", answers);
    let path = format!("{}/restructuring", moved.expect("it moved"));
    let reason = [("reason", "小区拆迁")];
    let (dissolve, restore) = (format!("{path}/dissolve"), format!("{path}/restore"));
    one_is_told("dissolving", at_once(world, one.post(&dissolve, &reason), two.post(&dissolve, &reason)).await);
    one_is_told("restoring", at_once(world, one.post(&restore, &reason), two.post(&restore, &reason)).await);
    let path = format!("{path}/move");
    let answers = at_once(world, one.post(&path, &back), two.post(&dissolve, &reason)).await;
    assert!([answers.0.status.as_u16(), answers.1.status.as_u16()].contains(&303));
    assert!(!answers.0.status.is_server_error() && !answers.1.status.is_server_error());
}
