//! A county with at least one thing of each kind that an address can name, made through the pages.

use std::{cell::RefCell, collections::BTreeMap};

use app::{
    activities::{feed_address, open_feed},
    deliberations::{NewMilestone, publish_decision, record_progress},
    people, places,
    points::{NewAppeal, appeal_points, reject_entries},
    resolutions, review, selection,
    voices::gather_voices,
};
use domain::{
    ids::DeliberationId,
    permission::OfficeKind,
    place::{Level, PlaceCode},
};
use jiff::civil::date;

use super::samples::Sample;
use crate::{
    activities::published_activity,
    client::Client,
    deliberations::deliberated,
    disputes::quarrelled,
    ledger::households,
    own::asked_correction,
    owner_votes::closed_poll,
    points::{Keepers, adopted, by, client, given, keepers, members, told_correction, waiting},
    season::{decided, id, published, recommended_in},
    selection::{application_fields, open_season},
    service::{received, taken_on},
    units::reported_unit,
    voice_issues::first_issue,
    voice_photos::{PICTURE, first_photo},
    voices::{ACKNOWLEDGED, spoken},
    world::{World, code, county},
};

/// A work unit, beside the line of four.
pub const UNIT: &str = "530427-0001";
/// The branch that most things lie at.
pub const BRANCH: &str = "5304270010010001";
/// Its community.
pub const COMMUNITY: &str = "530427001001";
/// Its street.
pub const STREET: &str = "530427001";
/// Another branch of the community, which submitted with a file and was left behind by its street's list.
pub const SUBMITTED: &str = "5304270010010003";

/// The things by the name of their parameter.
pub struct Things {
    pub named: BTreeMap<&'static str, Vec<Sample>>,
    /// A community of another street.
    pub other_community: PlaceCode,
    spare_buildings: RefCell<Vec<Sample>>,
}

impl Things {
    /// A season with an award that is being paid, an application under way, an open objection, and the ledger's places
    /// and people.
    pub async fn make(world: &World) -> Self {
        world.import_ledger().await;
        let season = open_season(world).await;
        let (submitted, attachment) = submit_with_file(world, id(&season)).await;
        let applications = recommended_in(world, &season).await;
        let mut officer = decided(world, &season, &applications).await;
        let notice = published(&mut officer, &season).await;
        let objection = object(world, &notice, id(&applications[1])).await;
        world.set_date(date(2022, 11, 15));
        let (season, awarded) = (id(&season).to_owned(), id(&applications[0]).to_owned());
        officer.post(&format!("/awards/{season}/confirm"), &[("chosen", &awarded)]).await.expect(303);
        let circular = [("number", "新组通〔2022〕30号"), ("issued_on", "2022-11-15")];
        officer.post(&format!("/awards/{season}/circular"), &circular).await.expect(303);
        let commitment = prepare(&mut officer, &season, &awarded).await;
        let import = officer.upload("/ledger/imports", &[], ("file", "台账.xlsx", &households("301"))).await;
        let import = import.expect(303).location;
        let (_, spare) = world.swear_in(OfficeKind::Auditor, &county()).await;

        let at = |id: &str, place: &str| Sample { id: id.to_owned(), place: code(place) };
        let of_county = |id: &str| vec![Sample { id: id.to_owned(), place: county() }];
        let mut named = BTreeMap::from([
            ("season", of_county(&season)),
            ("notice", of_county(&notice)),
            ("objection", of_county(&objection)),
            ("import", of_county(id(&import))),
            ("account", of_county(&spare.account.to_string())),
            ("office", of_county(&spare.office.id.to_string())),
            ("application", vec![at(&awarded, BRANCH), at(&submitted, SUBMITTED)]),
            ("awarded", vec![at(&awarded, BRANCH)]),
            ("attachment", vec![at(&attachment, SUBMITTED)]),
            ("commitment", vec![at(&commitment, BRANCH)]),
        ]);
        let spare_buildings = of_the_ledger(world, &mut named).await;
        of_the_points(world, &mut named).await;
        of_the_season(world, &season, &mut named).await;
        let street = code("530427002");
        let elsewhere = places::branches_under(world.floor.db.reader(), &street).await.expect("read");
        let other_community = elsewhere.first().and_then(|it| it.branch.place.0.at(Level::Community));
        Self {
            named,
            other_community: other_community.expect("the other street has a community"),
            spare_buildings: RefCell::new(spare_buildings),
        }
    }

    /// A building that may go.
    pub fn spare_building(&self) -> Option<Sample> {
        self.spare_buildings.borrow().last().cloned()
    }

    /// It has gone.
    pub fn use_up_building(&self) {
        self.spare_buildings.borrow_mut().pop();
    }
}

async fn submit_with_file(world: &World, season: &str) -> (String, String) {
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(SUBMITTED)).await;
    let edit = secretary.post("/applications/start", &[("season", season)]).await.expect(303).location;
    let application = edit.trim_end_matches("/edit").to_owned();
    let file = ("file", "记录.pdf", &b"%PDF-1.7\n%%EOF"[..]);
    secretary.upload(&format!("{application}/files"), &[("item", "A1")], file).await.expect(303);
    let attachment = secretary.get(&edit).await.expect(200).between("href=\"/attachments/", "\"");
    let fields = application_fields(0);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    secretary.post(&format!("{application}/submit"), &fields).await.expect(303);
    (id(&application).to_owned(), attachment)
}

async fn object(world: &World, notice: &str, application: &str) -> String {
    let words = [("application", application), ("is_named", "no"), ("text", "议事会次数不实。")];
    world.visitor().post(&format!("/notices/{notice}/object"), &words).await.expect(200);
    let mut verifier = world.officer(OfficeKind::Verifier, &county()).await;
    verifier.get("/objection-desk").await.expect(200).between("/objection-desk/objections/", "\"")
}

async fn prepare(officer: &mut Client, season: &str, winner: &str) -> String {
    let payee = format!("payee.{winner}");
    let fields = [("application", winner), (payee.as_str(), "branch")];
    officer.post(&format!("/funds/seasons/{season}/prepare"), &fields).await.expect(303);
    officer.get(&format!("/funds/seasons/{season}")).await.expect(200).between("/funds/commitments/", "\"")
}

/// Things that the ledger brought: one of each, and the other buildings to spare.
async fn of_the_ledger(world: &World, named: &mut BTreeMap<&'static str, Vec<Sample>>) -> Vec<Sample> {
    let (db, branch) = (world.floor.db.reader(), code(BRANCH));
    let here = |id: String| Sample { id, place: branch.clone() };
    let posts = people::posts_under(db, &branch).await.expect("read");
    let members = people::memberships_under(db, &branch).await.expect("read");
    let buildings = places::buildings_under(db, &branch).await.expect("read");
    named.insert("post", posts.iter().take(1).map(|it| here(it.id.0.to_string())).collect());
    // Of the unit, so that what the unit received is of them.
    let of_unit = members.iter().filter(|it| it.unit.as_ref().is_some_and(|unit| unit.0.is_within(&code(UNIT))));
    named.insert("membership", of_unit.take(1).map(|it| here(it.id.0.to_string())).collect());
    named.insert("first", members.iter().take(1).map(|it| here(it.id.0.to_string())).collect());
    named.insert("second", members.iter().skip(1).take(1).map(|it| here(it.id.0.to_string())).collect());
    let mut buildings: Vec<Sample> = buildings.iter().map(|it| here(it.id.0.to_string())).collect();
    let first = buildings.remove(0);
    named.insert("building", vec![first]);
    buildings
}

/// A catalogue in effect by a resolution of a meeting, an entry, and an appeal against it.
async fn of_the_points(world: &World, named: &mut BTreeMap<&'static str, Vec<Sample>>) {
    let (db, branch) = (world.floor.db.reader(), code(BRANCH));
    let here = |id: String| vec![Sample { id, place: branch.clone() }];
    let keepers = keepers(world, &branch).await;
    let correction = told_correction(world, &keepers, &branch).await;
    let catalogue = adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    // The catalogue of 2021 gave points for the meeting that adopted this one.
    let came = waiting(world, &branch).await;
    let committee = by(world, &keepers.committee, date(2022, 11, 3));
    reject_entries(&committee, &branch, &came, "不另计").await.expect("rejected");
    given(world, &keepers, &branch, "P04", 200, date(2022, 11, 10)).await;
    let member = members(world, &branch).await[0];
    let line = app::points::lines_of_member(db, &branch, member, 2022).await.expect("read").remove(0);
    let entry = line.row.id.0;
    let new = NewAppeal { entry, text: "少计了一小时".to_owned() };
    let appeal = appeal_points(&by(world, &keepers.secretary, date(2022, 11, 11)), &new).await.expect("appealed");
    let resolution = resolutions::passed_resolutions(db, &branch).await.expect("read").remove(0);
    named.insert("catalogue", here(catalogue.to_string()));
    named.insert("entry", here(entry.to_string()));
    named.insert("appeal", here(appeal.to_string()));
    named.insert("points_correction", here(correction.to_string()));
    named.insert("meeting", here(resolution.meeting_id.0.to_string()));
    let activity = published_activity(world, &keepers, &branch, date(2022, 11, 20), None).await;
    named.insert("activity", here(activity.to_string()));
    named.insert("feed", vec![Sample { id: opened_calendar(world, &keepers).await, place: code(COMMUNITY) }]);
    let (post, claim, wish) = taken_on(world, &keepers, &branch).await;
    named.insert("service_post", here(post));
    named.insert("claim", here(claim));
    named.insert("wish", here(wish));
    received(world, &keepers, named["membership"][0].id.parse().expect("an id")).await;
    named.insert("unit_registration", vec![Sample { id: reported_unit(world).await, place: code(COMMUNITY) }]);
    named.insert("community", vec![Sample { id: COMMUNITY.to_owned(), place: code(COMMUNITY) }]);
    named.insert("token", here("K7QD-3M2X-9VTA-5HJR".to_owned()));
    named.insert("correction", here(asked_correction(world, &keepers, member).await));
    named.insert("resolution", here(resolution.id.0.to_string()));
    let deliberation = deliberated(world, &keepers, &branch, None).await;
    named.insert("deliberation", here(deliberation.to_string()));
    let [hidden, shown] = carried_out(world, &keepers, deliberation).await;
    named.insert("milestone_photo", here(hidden));
    named.insert("shown_milestone_photo", vec![Sample { id: shown, place: county() }]);
    named.insert("dispute", here(quarrelled(world, &keepers.secretary, &branch).await.to_string()));
    of_the_voices(world, &keepers, &branch, named).await;
    let polled = closed_poll(world, &keepers, &branch).await;
    for (name, id) in [
        ("poll", polled.poll),
        ("poll_unit", polled.unit),
        ("poll_owner", polled.owner),
        ("ballot", polled.ballot),
        ("poll_call", polled.call),
    ] {
        named.insert(name, here(id));
    }
}

/// Photos of how what was agreed on is carried out.
async fn carried_out(world: &World, keepers: &Keepers, deliberation: DeliberationId) -> [String; 2] {
    let secretary = by(world, &keepers.secretary, date(2022, 11, 12));
    publish_decision(&secretary, deliberation, "更换声控灯", "").await.expect("published");
    let photos = vec![PICTURE.into(), PICTURE.into()];
    let new = NewMilestone { on: date(2022, 11, 12), words: "装好了".to_owned(), amount: None, photos };
    record_progress(&secretary, deliberation, new).await.expect("reached");
    let mut client = client(world, &keepers.secretary).await;
    let page = client.get(&format!("/deliberations/threads/{deliberation}")).await.expect(200).text();
    let mut found = page.split("href=\"/deliberations/photos/").skip(1).filter_map(|rest| rest.split('"').next());
    [(); 2].map(|()| found.next().expect("a photo").to_owned())
}

/// What residents said, and what came of it.
async fn of_the_voices(
    world: &World,
    keepers: &Keepers,
    branch: &PlaceCode,
    named: &mut BTreeMap<&'static str, Vec<Sample>>,
) {
    let here = |id: String| vec![Sample { id, place: branch.clone() }];
    let voice = spoken(world, branch).await.to_string();
    let mut secretary = client(world, &keepers.secretary).await;
    let page = secretary.get(&format!("/voice-desk/voices/{voice}")).await.expect(200).text();
    named.insert("photo", here(first_photo(&page)));
    let shown = spoken(world, branch).await;
    spoken(world, branch).await;
    let page = secretary.get(&format!("/voice-desk/voices/{shown}")).await.expect(200).text();
    let shown = first_photo(&page);
    secretary.post(&format!("/voice-desk/photos/{shown}/publish"), &[("public", "yes")]).await.expect(303);
    named.insert("shown_photo", vec![Sample { id: shown, place: county() }]);
    gather_voices(&world.system()).await.expect("gathered");
    let issue = first_issue(&mut secretary).await;
    named.insert("issue", here(issue.rsplit('/').next().expect("an id").to_owned()));
    named.insert("voice_call", here(called_in(world, branch, &mut secretary).await));
    named.insert("voice", here(voice));
}

/// Somebody called in for a voice that is worked on.
async fn called_in(world: &World, branch: &PlaceCode, secretary: &mut Client) -> String {
    let voice = format!("/voice-desk/voices/{}", spoken(world, branch).await);
    secretary.post(&format!("{voice}/acknowledge"), ACKNOWLEDGED).await.expect(303);
    let call = [("callee", "property_company"), ("called", "物业公司"), ("call", "请派人来修")];
    secretary.post(&format!("{voice}/call"), &call).await.expect(303);
    secretary.get(&voice).await.expect(200).between("/voice-desk/calls/", "/")
}

/// The code in the address of the community's calendar.
async fn opened_calendar(world: &World, keepers: &Keepers) -> String {
    let op = by(world, &keepers.community, date(2022, 11, 8));
    open_feed(&op, &code(COMMUNITY)).await.expect("opened");
    let address = feed_address(&op, &code(COMMUNITY)).await.expect("read").expect("open");
    address.split('/').nth(2).expect("a code").to_owned()
}

/// Things that the season brought.
async fn of_the_season(world: &World, season: &str, named: &mut BTreeMap<&'static str, Vec<Sample>>) {
    let db = world.floor.db.reader();
    let of_county = |id: String| vec![Sample { id, place: county() }];
    let season = season.parse().expect("an id");
    let consultation = review::season_consultations(db, season).await.expect("read").remove(0);
    named.insert("consultation", of_county(consultation.id.0.to_string()));
    let parameters = selection::parameter_versions(db, &county()).await.expect("read").remove(0);
    named.insert("parameters", of_county(parameters.id.0.to_string()));
}
