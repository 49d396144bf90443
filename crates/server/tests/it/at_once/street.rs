//! From the opening of a season to the street's recommendation.

use app::selection;
use domain::{ids::SeasonId, permission::OfficeKind, selection::programme::programme};

use super::{Fields, at_once, both_or_one, one_is_told, owned};
use crate::{
    client::Client,
    review::borrowed,
    season::id,
    selection::{application_fields, open_season, parameter_fields, seen},
    stories,
    world::{World, code, county},
};

stories!(a_season_is_opened_once, an_application_is_moved_once_at_each_step);

const BRANCH: &str = "5304270010010001";

async fn a_season_is_opened_once(world: &World) {
    world.import_ledger().await;
    let mut one = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let mut two = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let fields = parameter_fields();
    let fields = borrowed(&fields);
    let saved = at_once(world, one.post("/parameters/2022", &fields), two.post("/parameters/2022", &fields)).await;
    let saved = both_or_one("parameters", saved);
    let versions = selection::parameter_versions(world.floor.db.reader(), &county()).await.expect("read");
    assert_eq!(versions.len(), saved);
    let path = format!("/parameter-versions/{}/open", versions[0].id.0);
    let reason = [("reason", "")];
    one_is_told("opening", at_once(world, one.post(&path, &reason), two.post(&path, &reason)).await);
    let seasons = selection::seasons_of(world.floor.db.reader(), &county()).await.expect("read");
    assert_eq!(seasons.len(), 1);
}

async fn an_application_is_moved_once_at_each_step(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let season: SeasonId = id(&season).parse().expect("an id");
    let db = world.floor.db.reader();
    let branch = code(BRANCH);
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &branch).await;
    let mut member = world.officer(OfficeKind::BranchCommittee, &branch).await;
    let season_id = season.to_string();
    let start = [("season", season_id.as_str())];
    let path = "/applications/start";
    both_or_one("starting", at_once(world, secretary.post(path, &start), member.post(path, &start)).await);
    let rows = selection::applications_under(db, season, &branch, &[]).await.expect("read");
    assert_eq!(rows.len(), 1, "one branch has one application");
    let application = format!("/applications/{}", rows[0].id.0);
    attach_both(world, &application, &mut secretary, &mut member).await;

    let (submit, fields) = (format!("{application}/submit"), application_fields(1));
    let other = application_fields(2);
    let (fields, other) = (borrowed(&fields), borrowed(&other));
    one_is_told("submitting", at_once(world, secretary.post(&submit, &fields), member.post(&submit, &other)).await);
    let submissions = selection::submissions_of(db, rows[0].id.0).await.expect("read");
    assert_eq!(submissions.len(), 1);

    let community = code("530427001001");
    let mut one = world.officer(OfficeKind::CommunityOfficer, &community).await;
    let mut two = world.officer(OfficeKind::CommunityOfficer, &community).await;
    let version = seen(&mut one, &application).await;
    let materials = programme(2022).materials;
    let mut pass: Vec<(&str, &str)> = materials.iter().map(|it| ("materials", it.as_str())).collect();
    pass.extend([("seen", version.as_str()), ("verdict", "pass"), ("reason", "材料齐全")]);
    let check = format!("{application}/check");
    one_is_told("checking", at_once(world, one.post(&check, &pass), two.post(&check, &pass)).await);
    the_street_moves_it(world, &application, &submissions[0]).await;
}

async fn attach_both(world: &World, application: &str, one: &mut Client, two: &mut Client) {
    let (files, item) = (format!("{application}/files"), [("item", "A1")]);
    let (first, second) = (&b"%PDF-1.7\n1"[..], &b"%PDF-1.7\n2"[..]);
    let attached = at_once(
        world,
        one.upload(&files, &item, ("file", "一.pdf", first)),
        two.upload(&files, &item, ("file", "二.pdf", second)),
    )
    .await;
    assert_eq!(both_or_one("attaching", attached), 2, "two files are two files");
    let page = one.get(&format!("{application}/edit")).await.expect(200).says("一.pdf").says("二.pdf");
    let detach = format!("/attachments/{}/detach", page.between("href=\"/attachments/", "\""));
    both_or_one("detaching", at_once(world, one.post(&detach, &[]), two.post(&detach, &[])).await);
    // The same file at the same time is kept once, and listed twice.
    let attached = at_once(
        world,
        one.upload(&files, &item, ("file", "三.pdf", first)),
        two.upload(&files, &item, ("file", "四.pdf", first)),
    )
    .await;
    assert_eq!(both_or_one("attaching the same", attached), 2);
}

/// How many assessors' sheets are kept on a version.
async fn sheets(world: &World, submission: &selection::Submission) -> usize {
    let (db, application) = (world.floor.db.reader(), submission.application_id.0);
    let parameters = selection::in_season(db, application).await.expect("read").parameters;
    let visit = selection::site_visit(db, &parameters, application, submission.id.0).await.expect("read");
    visit.sheets.len()
}

async fn the_street_moves_it(world: &World, application: &str, submission: &selection::Submission) {
    let street = code("530427001");
    let mut one = world.officer(OfficeKind::StreetOfficer, &street).await;
    let mut two = world.officer(OfficeKind::StreetOfficer, &street).await;
    let version = seen(&mut one, application).await;
    let sheet = |less| -> Fields {
        let scores = application_fields(less).into_iter().filter(|(name, _)| name.starts_with("score."));
        scores.chain(owned(&[("seen", &version), ("notes", "走访了三栋楼。")])).collect()
    };
    let (first, second) = (sheet(1), sheet(2));
    let (first, second) = (borrowed(&first), borrowed(&second));
    let assess = format!("{application}/assess");
    let done = both_or_one("assessing", at_once(world, one.post(&assess, &first), two.post(&assess, &second)).await);
    assert_eq!(sheets(world, submission).await, done, "no sheet is lost");
    // Who was told sends the same sheet again.
    both_or_one("again", (one.post(&assess, &first).await, two.post(&assess, &second).await));
    assert_eq!(sheets(world, submission).await, 2);

    let screen = format!("{application}/screen");
    let pass = [("seen", version.as_str()), ("verdict", "pass"), ("reason", "")];
    one_is_told("screening", at_once(world, one.post(&screen, &pass), two.post(&screen, &pass)).await);
    let ranking = one.get("/ranking").await.expect(303).location;
    let (rank, shown) = (format!("rank.{}", id(application)), format!("seen.{}", id(application)));
    let fields = [(rank.as_str(), "1"), (shown.as_str(), &version), ("met_on", "2022-11-07"), ("record", "研究同意。")];
    let known = one.post(&ranking, &fields).await.expect(200).between("name=\"known\" value=\"", "\"");
    let fields = [&fields[..], &[("known", known.as_str())]].concat();
    one_is_told("recommending", at_once(world, one.post(&ranking, &fields), two.post(&ranking, &fields)).await);
}
