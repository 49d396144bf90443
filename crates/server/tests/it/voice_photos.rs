//! Photos that residents send with their words, and officers show when it is done, through HTTP.

use domain::{ids::VoicePhotoId, permission::OfficeKind};
use jiff::civil::date;
use sea_orm::{ConnectionTrait as _, Statement};

use crate::{
    stories,
    voices::{ACKNOWLEDGED, BRANCH, COMMUNITY, FORM, do_it, follow, newest, on},
    world::{World, code, county},
};

stories!(photos_are_seen_by_the_desk_until_it_shows_them, the_photos_of_a_report_stay_with_the_community);

/// A picture of one red point, that says where it was taken.
pub const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\
    \0\0\0\x14tEXtGPS\x0024.0661,101.9912\xf6\xc9\x0e*\
    \0\0\0\x0cIDATx\x9cc\xd8*.\x0b\0\x02n\0\xea\x1b\x94\xc7\x9f\0\0\0\0IEND\xaeB`\x82";

const SAID: &[(&str, &str)] = &[("kind", "help"), ("topic", "repairs"), ("text", "楼道灯坏了"), ("spot", "3栋")];

/// The address of the first photo on a page.
pub fn first_photo(page: &str) -> String {
    let id = page.split("/voice-desk/photos/").nth(1).and_then(|rest| rest.get(..36)).expect("a photo");
    id.parse::<VoicePhotoId>().expect("an identifier").to_string()
}

async fn photos_are_seen_by_the_desk_until_it_shows_them(world: &World) {
    world.import_ledger().await;
    on(world, date(2022, 11, 7)).await;
    let mut resident = world.visitor();
    // What was typed stays; the photos are to be chosen again.
    let wrong = resident.upload(FORM, SAID, ("photos", "录像.gif", b"GIF89a")).await.expect(422);
    wrong.says("“录像.gif”不是 jpg 或 png 照片").says("楼道灯坏了").says("照片没有保存，请重新选择");
    let many: Vec<(&str, &str, &[u8])> = (0..30).map(|_| ("photos", "a.png", PICTURE)).collect();
    resident.upload_all(FORM, SAID, &many).await.expect(422).says("最多 6 张").says("楼道灯坏了");
    let receipt = resident.upload_all(FORM, SAID, &many[..2]).await.expect(200);
    let key = receipt.between("<strong class=\"code\">", "</strong>");
    follow(world, &key).await.expect(200).says("附照片 2 张，办理单位可以看到").does_not_say("已公开的照片");

    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let voice = newest(&mut secretary).await;
    let photo = first_photo(&secretary.get(&voice).await.expect(200).says("反映时附的").text());
    let (inside, public) = (format!("/voice-desk/photos/{photo}"), format!("/voices/photos/{photo}"));
    let kept = secretary.get(&inside).await.expect(200);
    assert!(kept.body.starts_with(b"\xFF\xD8") && !kept.body.windows(3).any(|window| window == b"GPS"));
    resident.get(&public).await.expect(404);
    resident.get(&inside).await.expect(303);
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010002")).await;
    other.get(&inside).await.expect(404);
    let publish = format!("{inside}/publish");
    other.post(&publish, &[("public", "yes")]).await.expect(404);
    let mut leader = world.officer(OfficeKind::CountyLeader, &county()).await;
    leader.post(&publish, &[("public", "yes")]).await.expect(403);
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.post(&publish, &[("public", "yes")]).await.expect(422).says("现在由小区党支部办理");

    // Shown when it is done, beside what the officers took.
    do_it(&mut secretary, &voice, "acknowledge", ACKNOWLEDGED).await;
    let finish = format!("{voice}/finish");
    secretary.upload(&finish, &[("proof", "换好了")], ("photos", "x", b"no picture")).await.expect(422).says("换好了");
    secretary.upload(&finish, &[("proof", "换好了")], ("photos", "好了.png", PICTURE)).await.expect(303);
    secretary.post(&publish, &[("public", "yes")]).await.expect(303);
    resident.get(&public).await.expect(200);
    let listed = world.visitor().get(&format!("{FORM}/list")).await.expect(200).says(&public);
    listed.does_not_say("楼道灯坏了");
    follow(world, &key).await.expect(200).says("换好了（附照片 1 张）").says(&public);
    secretary.post(&publish, &[("public", "no")]).await.expect(303);
    resident.get(&public).await.expect(404);
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    auditor.get("/audit").await.expect(200).says("公开诉求照片");

    // What neighbours were never shown is forgotten with who spoke.
    let rate = [("code", key.as_str()), ("solved", "yes"), ("satisfaction", "fair")];
    world.visitor().post("/voices/follow/rate", &rate).await.expect(200);
    let before = files_of(world).await;
    on(world, date(2023, 11, 8)).await;
    secretary.get(&inside).await.expect(404);
    // The same picture came three times, and each was kept by itself: what was forgotten is gone from the storage as well.
    let (rows, files) = files_of(world).await;
    assert!(
        rows < before.0 && files < before.1 && rows == i64::try_from(files).expect("few"),
        "{before:?} {rows} {files}"
    );
}

/// How many files are known, and how many lie in the storage.
async fn files_of(world: &World) -> (i64, usize) {
    let db = world.floor.db.reader();
    let sql = Statement::from_string(db.get_database_backend(), "SELECT COUNT(*) AS n FROM blobs");
    let row = db.query_one_raw(sql).await.expect("read").expect("a row");
    let mut folders = vec![world.floor.config.data_dir.join("files")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                files += 1;
            }
        }
    }
    (row.try_get("", "n").expect("a number"), files)
}

async fn the_photos_of_a_report_stay_with_the_community(world: &World) {
    world.import_ledger().await;
    let told = [("kind", "report"), ("topic", "repairs"), ("text", "有人违规"), ("spot", "")];
    world.visitor().upload(FORM, &told, ("photos", "a.png", PICTURE)).await.expect(200);
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let voice = newest(&mut community).await;
    let photo = first_photo(&community.get(&voice).await.expect(200).text());
    let inside = format!("/voice-desk/photos/{photo}");
    community.get(&inside).await.expect(200);
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    secretary.get(&inside).await.expect(404);
    community.post(&format!("{inside}/publish"), &[("public", "yes")]).await.expect(422).says("举报的照片不公开");
}
