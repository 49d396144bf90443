//! Papers and pictures of a deliberation: the minutes as they were signed, and photos of how it is carried out.

use domain::permission::OfficeKind;

use crate::{
    client::{Answer, Client},
    deliberations::{COMMUNITY, hall},
    voice_photos::PICTURE,
    world::{World, code},
};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

/// The minutes as the parties signed them go to the branch and its community alone.
pub async fn signed_minutes_are_kept(world: &World, secretary: &mut Client, thread: &str) {
    let signed = format!("{thread}/signed-minutes");
    let number = [("number", "1")];
    secretary.get(&format!("{signed}?number=1")).await.expect(422).says("还没有上传");
    secretary.post(&signed, &number).await.expect(422).says("请选择签名的议事记录");
    secretary
        .upload(&signed, &number, ("scan", "记录.exe", b"MZ"))
        .await
        .expect(422)
        .says("不是 jpg、png 照片或 pdf 文件");
    secretary.upload(&signed, &[("number", "9")], ("scan", "记录.pdf", PDF)).await.expect(422).says("没有找到这次议事");
    secretary.upload(&signed, &number, ("scan", "记录.pdf", PDF)).await.expect(303);
    secretary.get(thread).await.expect(200).says("各方签名的记录").says("上传签名的议事记录");
    let kept = secretary.get(&format!("{signed}?number=1")).await.expect(200);
    assert!(kept.body.starts_with(b"%PDF"));
    // Where it was photographed stays behind.
    secretary.upload(&signed, &number, ("scan", "记录.png", PICTURE)).await.expect(303);
    let kept = secretary.get(&format!("{signed}?number=1")).await.expect(200);
    assert!(kept.body.starts_with(b"\xFF\xD8") && !kept.body.windows(3).any(|window| window == b"GPS"));
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.get(&format!("{signed}?number=1")).await.expect(200);
    community.upload(&signed, &number, ("scan", "记录.pdf", PDF)).await.expect(403);
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    street.get(&format!("{signed}?number=1")).await.expect(403);
}

/// Once the matter is over they stay as they are.
pub async fn signed_minutes_stay(secretary: &mut Client, thread: &str) {
    let late = ("scan", "记录.pdf", PDF);
    let refused = secretary.upload(&format!("{thread}/signed-minutes"), &[("number", "1")], late).await.expect(422);
    refused.says("不能再换");
}

/// Photos come with a milestone, and are kept once.
pub async fn photos_come_with_progress(world: &World, secretary: &mut Client, thread: &str, reached: &[(&str, &str)]) {
    let hall = hall(thread);
    let progress = format!("{thread}/progress");
    let wrong = secretary.upload(&progress, reached, ("photos", "录像.gif", b"GIF89a")).await.expect(422);
    wrong.says("不是 jpg 或 png 照片").says("装好 48 盏").says("照片没有保存，请重新选择");
    secretary
        .upload_all(&progress, reached, &[("photos", "1.png", PICTURE), ("photos", "2.png", PICTURE)])
        .await
        .expect(303);
    // A form sent twice is one line.
    secretary.upload_all(&progress, reached, &[("photos", "1.png", PICTURE)]).await.expect(303);
    assert_eq!(world.visitor().get(&hall).await.expect(200).text().matches("装好 48 盏").count(), 1);
    let photos = |page: Answer| page.text().matches("alt=\"照片").count();
    assert_eq!(photos(world.visitor().get(&hall).await.expect(200)), 2, "nor are its photos kept twice");
    photos_are_shown_until_they_are_taken_back(world, secretary, thread, &hall).await;
}

/// What a photo of the carrying out shows, and to whom.
async fn photos_are_shown_until_they_are_taken_back(world: &World, secretary: &mut Client, thread: &str, hall: &str) {
    let inside = secretary.get(thread).await.expect(200).says("附照片 2 张").between("/deliberations/photos/", "\"");
    let (inside, public) = (format!("/deliberations/photos/{inside}"), format!("/deliberation-hall/photos/{inside}"));
    let kept = secretary.get(&inside).await.expect(200);
    assert!(kept.body.starts_with(b"\xFF\xD8") && !kept.body.windows(3).any(|window| window == b"GPS"));
    let mut visitor = world.visitor();
    visitor.get(hall).await.expect(200).says(&public);
    visitor.get(&public).await.expect(200);
    visitor.get(&inside).await.expect(303);
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    street.get(&inside).await.expect(200);
    street.post(&format!("{inside}/publish"), &[("public", "no")]).await.expect(403);
    secretary.post(&format!("{inside}/publish"), &[("public", "no")]).await.expect(303);
    visitor.get(&public).await.expect(404);
    visitor.get(hall).await.expect(200).does_not_say(&public);
    secretary.get(thread).await.expect(200).says("不公开");
    secretary.post(&format!("{inside}/publish"), &[("public", "yes")]).await.expect(303);
    visitor.get(&public).await.expect(200);
}
