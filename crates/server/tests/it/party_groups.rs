//! Groups of a branch: members are put into them, and each meets by itself (R-MTG-01).

use app::{meetings::upcoming_for, people};
use domain::clock::Instant;
use jiff::civil::date;

use crate::{
    client::{Answer, Client},
    meetings::fields_of,
    own::member_client,
    points::{client, keepers},
    stories,
    world::{World, code},
};

stories!(members_meet_in_groups, a_branch_without_groups_meets_as_a_whole);

const BRANCH: &str = "5304270010010001";

async fn group_meeting(secretary: &mut Client, group: &str, on: &str) -> Answer {
    let fields = [
        ("kind", "group"),
        ("party_group", group),
        ("title", "小组的会议"),
        ("date", on),
        ("time", "09:30"),
        ("venue", "党群活动室"),
        ("topic.0.title", "谈心谈话"),
        ("topic.0.matter", "report"),
    ];
    secretary.post(&format!("/meetings/places/{BRANCH}/new"), &fields).await
}

async fn members_meet_in_groups(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let db = world.floor.db.reader();
    let roll = people::memberships_under(db, &branch).await.expect("read");
    let ids: Vec<String> = roll.iter().map(|line| line.id.0.to_string()).collect();
    let (first, second) = ids.split_at(5);
    let list = format!("/places/{BRANCH}/members");
    let mut put = async |ids: &[String], group: &str| {
        let ticked = ids.iter().map(|id| ("member", id.as_str()));
        let fields: Vec<(&str, &str)> = ticked.chain([("party_group", group)]).collect();
        secretary.post(&format!("{list}/group"), &fields).await
    };
    put(&[], "1").await.expect(422).says("请勾选党员");
    put(first, "31").await.expect(422).says("应为 1 到 30 之间的整数").says("value=\"31\"");
    put(first, "1").await.expect(303);
    put(&second[..4], "2").await.expect(303);
    let page = secretary.get(&format!("{list}?in_group=none")).await.expect(200).says("还没有编组");
    page.does_not_say(&format!("value=\"{}\"", first[0])).says(&format!("value=\"{}\"", second[4]));
    let page = secretary.get(&format!("{list}?in_group=2")).await.expect(200);
    page.says(&format!("value=\"{}\"", second[0])).does_not_say(&format!("value=\"{}\"", first[0]));
    let page = secretary.get(&list).await.expect(200).says("第1党小组");
    assert!(page.words().contains("第2党小组"), "{}", page.words());
    secretary.get(&format!("/memberships/{}", first[0])).await.expect(200).says("第1党小组");
    secretary.get("/desk").await.expect(200).says("党小组会（第1党小组）已超过规定间隔");

    // Which group meets is told, and only its members are told, called and noted.
    let mut own = member_client(world, &keepers, roll[0].id.0).await;
    let mut others = member_client(world, &keepers, roll[5].id.0).await;
    let page = group_meeting(&mut secretary, "", "2022-11-08").await.expect(422);
    page.says("请选择是哪个党小组开会").says("小组的会议");
    group_meeting(&mut secretary, "3", "2022-11-08").await.expect(422).says("请选择是哪个党小组开会");
    let meeting = group_meeting(&mut secretary, "1", "2022-11-08").await.expect(303).location;
    secretary.get(&format!("{meeting}/edit")).await.expect(200).says("党小组");
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    own.get("/messages").await.expect(200).says("请参加小组的会议");
    others.get("/messages").await.expect(200).does_not_say("小组的会议");
    let now = Instant::at(date(2022, 11, 7).at(12, 0, 0, 0));
    let roll = people::memberships_under(db, &branch).await.expect("read");
    for (id, expected) in [(&first[0], 1), (&second[0], 0), (&second[4], 0)] {
        let member = roll.iter().find(|line| line.id.0.to_string() == *id).expect("a member");
        assert_eq!(upcoming_for(db, member, now).await.expect("read").len(), expected);
    }
    world.set_date(date(2022, 11, 9));
    let page = secretary.get(&meeting).await.expect(200).says("党小组会（第1党小组）");
    let presence = fields_of(&page, "presence.");
    assert_eq!(presence.len(), first.len(), "the group's members");
    let stranger = format!("presence.{}", second[0]);
    secretary
        .post(&format!("{meeting}/close"), &[(stranger.as_str(), "present"), ("summary", "谈心谈话")])
        .await
        .expect(404);
    let mut fields: Vec<(&str, &str)> = presence.iter().map(|field| (field.as_str(), "present")).collect();
    fields.push(("summary", "谈心谈话"));
    secretary.post(&format!("{meeting}/close"), &fields).await.expect(303);

    // The one has met, the other is still late; who is taken out of the groups stays in what was noted.
    let desk = secretary.get("/desk").await.expect(200).says("党小组会（第2党小组）已超过规定间隔");
    desk.does_not_say("党小组会（第1党小组）已超过规定间隔");
    let ticked: Vec<(&str, &str)> = ids[..9].iter().map(|id| ("member", id.as_str())).collect();
    secretary.post(&format!("{list}/group"), &ticked).await.expect(303);
    secretary.get("/desk").await.expect(200).does_not_say("党小组会");
    secretary.get(&meeting).await.expect(200).says(&format!("到会 {} 人", first.len()));
    secretary.get(&format!("{meeting}/minutes.docx")).await.expect(200);
}

async fn a_branch_without_groups_meets_as_a_whole(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    secretary.get(&format!("/meetings/places/{BRANCH}/new")).await.expect(200).does_not_say("哪个组开会");
    let meeting = group_meeting(&mut secretary, "", "2022-11-06").await.expect(303).location;
    let page = secretary.get(&meeting).await.expect(200).says("补登会议");
    let members = people::memberships_under(world.floor.db.reader(), &branch).await.expect("read").len();
    assert_eq!(fields_of(&page, "presence.").len(), members);
    // A group only talks things over.
    let voting = [
        ("kind", "group"),
        ("title", "小组的会议"),
        ("date", "2022-11-20"),
        ("time", "09:30"),
        ("venue", "党群活动室"),
        ("topic.0.title", "停车改造"),
        ("topic.0.matter", "compound"),
    ];
    secretary.post(&format!("/meetings/places/{BRANCH}/new"), &voting).await.expect(422).says("党小组会只讨论");
    // Members of another branch, or of none, are not this one's to group.
    let mut community = client(world, &keepers.community).await;
    community.post(&format!("/places/{BRANCH}/members/group"), &[("party_group", "1")]).await.expect(422);
    let other = people::memberships_under(world.floor.db.reader(), &code("5304270010010002")).await.expect("read");
    let id = other[0].id.0.to_string();
    let fields = [("member", id.as_str()), ("party_group", "1")];
    secretary.post(&format!("/places/{BRANCH}/members/group"), &fields).await.expect(404);
}
