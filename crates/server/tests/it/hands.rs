//! R-SEL-05 through HTTP: whoever has a part in an application at one level has none at another.

use domain::{ids::OfficeId, permission::OfficeKind};
use jiff::civil::date;

use crate::{
    client::Client,
    notices::{object, only_objection, publish},
    review::decided,
    stories,
    world::{PASSWORD, World, county},
};

stories!(whoever_judges_an_objection_has_no_other_part);

/// A person who holds both the organisation department's and the verifier's office, in that order.
async fn of_two_offices(world: &World) -> (Client, [OfficeId; 2]) {
    let (login, person) = world.swear_in(OfficeKind::CountyOrgDept, &county()).await;
    let verifier = world.also(&person, OfficeKind::Verifier, &county()).await;
    let mut client = world.visitor();
    client.sign_in(&login, PASSWORD).await.expect(303);
    (client, [person.office.id, verifier])
}

async fn switch(client: &mut Client, office: OfficeId) {
    client.post("/switch-office", &[("office", &office.to_string())]).await.expect(303);
}

async fn whoever_judges_an_objection_has_no_other_part(world: &World) {
    let season = decided(world, 1, 1).await;
    let application = season.applications[0].as_str();
    let (mut publisher, offices) = of_two_offices(world).await;
    switch(&mut publisher, offices[0]).await;
    let notice = publish(&mut publisher, &season.season).await;
    object(world, &notice, Some(application), None).await;
    switch(&mut publisher, offices[1]).await;
    let objection = only_objection(&mut publisher).await;
    publisher.post(&format!("{objection}/acknowledge"), &[]).await.expect(303);
    let refused = publisher.post(&format!("{objection}/verify"), &[]).await.expect(422);
    refused.says("您已在“县级”环节办理过这份申报");

    let (mut judge, offices_of_judge) = of_two_offices(world).await;
    switch(&mut judge, offices_of_judge[1]).await;
    judge.post(&format!("{objection}/verify"), &[]).await.expect(303);
    let grounds = [("finding", "not_upheld"), ("grounds", "查阅台账，情况不实。")];
    judge.post(&format!("{objection}/decide"), &grounds).await.expect(303);
    judge.post(&format!("{objection}/answer"), &[("answer", "经查阅台账，情况不实。")]).await.expect(303);
    world.set_date(date(2022, 11, 15));
    let confirm = format!("/awards/{}/confirm", season.season);
    switch(&mut judge, offices_of_judge[0]).await;
    let refused = judge.post(&confirm, &[("chosen", application)]).await.expect(422);
    refused.says("阳光里联合党支部：您已在“异议核查”环节办理过这份申报");

    switch(&mut publisher, offices[0]).await;
    publisher.post(&confirm, &[("chosen", application)]).await.expect(303);
    let circular = [("number", "新组通〔2022〕30号"), ("issued_on", "2022-11-15")];
    publisher.post(&format!("/awards/{}/circular", season.season), &circular).await.expect(303);
    // Each step stands among the opinions, signed, with its reason.
    let page = publisher.get(&format!("/applications/{application}")).await.expect(200);
    page.says("公示期2022年11月7日至2022年11月14日")
        .says("没有未办结的异议，予以认定")
        .says("新组通〔2022〕30号予以通报表扬");
}
