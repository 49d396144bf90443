//! Elections of a branch: each candidate is counted, equal votes are voted on again, and fewer seats will do by consent.

use app::people;
use domain::organisation::{Affiliation, MemberKind};
use jiff::civil::date;

use crate::{
    client::{Answer, Client},
    meetings::fields_of,
    points::{client, keepers},
    stories,
    world::{World, code},
};

stories!(an_election_counts_each_candidate, fewer_seats_will_do_by_consent);

const BRANCH: &str = "5304270010010001";

/// A general meeting that elects a committee of two out of these candidates.
async fn election(secretary: &mut Client, on: &str, candidates: &str) -> Answer {
    let fields = [
        ("kind", "general"),
        ("title", "换届选举大会"),
        ("date", on),
        ("time", "09:30"),
        ("venue", "党群活动室"),
        ("topic.0.title", "选举支部委员"),
        ("topic.0.matter", "election"),
        ("topic.0.seats", "2"),
        ("topic.0.candidates", candidates),
    ];
    secretary.post(&format!("/meetings/places/{BRANCH}/new"), &fields).await
}

async fn an_election_counts_each_candidate(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    election(&mut secretary, "2022-11-08", "").await.expect(422).says("请写明候选人");
    election(&mut secretary, "2022-11-08", "张三、张三").await.expect(422).says("写了两次");
    election(&mut secretary, "2022-11-08", "张三").await.expect(422).says("不够选");
    // Two seats ask for three nominees; with two it is warned of, and what is planned may still change.
    let meeting = election(&mut secretary, "2022-11-08", "赵六、张三").await.expect(303).location;
    secretary.get(&meeting).await.expect(200).says("不少于 3 名，现有 2 名");
    let form = secretary.get(&format!("{meeting}/edit")).await.expect(200).says("赵六").text();
    assert!(form.contains("value=\"2022-11-08\"") && form.contains("value=\"09:30\""), "{form}");
    let change = [
        ("version", "0"),
        ("kind", "general"),
        ("title", "换届选举大会"),
        ("date", "2022-11-08"),
        ("time", "10:00"),
        ("venue", "会议室"),
        ("topic.0.title", "选举支部委员"),
        ("topic.0.matter", "election"),
        ("topic.0.seats", "2"),
        ("topic.0.candidates", "赵六\n张三、李四"),
    ];
    secretary.post(&format!("{meeting}/edit"), &change).await.expect(303);
    secretary.post(&format!("{meeting}/edit"), &change).await.expect(409);
    let page = secretary.get(&meeting).await.expect(200).says("会议室").does_not_say("不少于 3 名");
    // By the strokes of the names, whatever order they were typed in.
    let words = page.words();
    let place = |name: &str| words.rfind(name).expect("a candidate");
    assert!(place("张三") < place("李四") && place("李四") < place("赵六"), "{words}");
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    secretary.post(&format!("{meeting}/edit"), &change).await.expect(422).says("已通知");
    world.set_date(date(2022, 11, 9));

    let page = secretary.get(&meeting).await.expect(200);
    let (presence, elect) = (fields_of(&page, "presence."), fields_of(&page, "elect."));
    assert_eq!(elect.len(), 3, "a field for each candidate");
    let db = world.floor.db.reader();
    let roll = people::memberships_under(db, &branch).await.expect("read");
    let is_formal = |line: &&people::Membership| {
        line.kind.0 == MemberKind::Full && line.affiliation.0 == Affiliation::Here && !line.is_without_vote
    };
    let formal = roll.iter().filter(is_formal).count();
    assert!(formal >= 3, "{formal} formal members");
    let mut send = async |votes: [String; 3]| {
        let mut fields: Vec<(&str, &str)> = presence.iter().map(|field| (field.as_str(), "present")).collect();
        fields.extend(elect.iter().zip(&votes).map(|(field, votes)| (field.as_str(), votes.as_str())));
        fields.push(("summary", "选举产生新一届支部委员会"));
        secretary.post(&format!("{meeting}/close"), &fields).await
    };
    let (all, more) = (formal.to_string(), (formal + 1).to_string());
    send([all.clone(), String::new(), String::new()]).await.expect(422).says("没有填全");
    send([more, "0".to_owned(), "0".to_owned()]).await.expect(422).says("得票填错了");
    send([all.clone(), all.clone(), "1".to_owned()]).await.expect(422).says("每张选票最多选 2 名");
    send([all.clone(), all.clone(), "0".to_owned()]).await.expect(303);
    let page = secretary.get(&meeting).await.expect(200);
    let told = page.says("选出全部名额").words();
    assert!(told.contains(&format!("李四 {all} 票 当选")) && told.contains(&format!("张三 {all} 票 当选")), "{told}");
    let page = secretary.get(&meeting).await.expect(200);
    let resolution = page.between("href=\"/resolutions/", "\"");
    let words = format!("应到会有选举权 {formal} 人，实到 {formal} 人");
    secretary.get(&format!("/resolutions/{resolution}")).await.expect(200).says("选举").says("李四").says("当选");
    page.says(&words);
    let letter = secretary.get(&format!("{meeting}/minutes.docx")).await.expect(200);
    assert!(letter.body.starts_with(b"PK"), "a document");

    // Equal votes at the edge are voted on again.
    let meeting = election(&mut secretary, "2022-11-10", "赵六、张三、李四").await.expect(303).location;
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    world.set_date(date(2022, 11, 11));
    let page = secretary.get(&meeting).await.expect(200);
    let (presence, elect) = (fields_of(&page, "presence."), fields_of(&page, "elect."));
    let equal = (formal * 2 / 3).to_string();
    let mut fields: Vec<(&str, &str)> = presence.iter().map(|field| (field.as_str(), "present")).collect();
    fields.extend(elect.iter().map(|field| (field.as_str(), equal.as_str())));
    fields.push(("summary", "再次投票"));
    secretary.post(&format!("{meeting}/close"), &fields).await.expect(303);
    let told = secretary.get(&meeting).await.expect(200).says("得票相等，须再次投票").words();
    assert!(!told.contains("票 当选"), "{told}");
}

/// How many members of the branch vote in an election.
async fn formal_members(world: &World) -> usize {
    let roll = people::memberships_under(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    let is_formal = |line: &&people::Membership| {
        line.kind.0 == MemberKind::Full && line.affiliation.0 == Affiliation::Here && !line.is_without_vote
    };
    roll.iter().filter(is_formal).count()
}

async fn fewer_seats_will_do_by_consent(world: &World) {
    world.import_ledger().await;
    let keepers = keepers(world, &code(BRANCH)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let formal = formal_members(world).await;
    let (all, half) = (formal.to_string(), (formal / 2).to_string());
    let meeting = election(&mut secretary, "2022-11-10", "赵六、张三、李四").await.expect(303).location;
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    world.set_date(date(2022, 11, 11));
    let page = secretary.get(&meeting).await.expect(200).says("同意减少名额");
    let (presence, elect) = (fields_of(&page, "presence."), fields_of(&page, "elect."));
    let consent = fields_of(&page, "consent.").remove(0);
    let mut send = async |votes: [&str; 3], consents: &str| {
        let mut fields: Vec<(&str, &str)> = presence.iter().map(|field| (field.as_str(), "present")).collect();
        fields.extend(elect.iter().zip(votes).map(|(field, votes)| (field.as_str(), votes)));
        fields.extend([(consent.as_str(), consents), ("summary", "选举支部委员")]);
        secretary.post(&format!("{meeting}/close"), &fields).await
    };
    // Every seat is filled, or none: there is nothing to consent to. What was typed stays.
    send([&all, &all, "0"], &all).await.expect(422).says("名额没有选满").says(&format!("value=\"{all}\""));
    send(["1", "1", "1"], &all).await.expect(422).says("至少选出一名时才填");
    send([&all, "1", "1"], &(formal + 1).to_string()).await.expect(422).says("名额没有选满");
    send([&all, "1", "1"], "x").await.expect(422).says("应为 0 到");
    send([&all, "1", "1"], &all).await.expect(303);
    let page = secretary.get(&meeting).await.expect(200).says("名额未满，经同意减少名额，不再选举").says("选举完成");
    let resolution = page.between("href=\"/resolutions/", "\"");
    let page = secretary.get(&format!("/resolutions/{resolution}")).await.expect(200);
    page.says(&format!("同意减少名额 {all} 票，超过应到会有选举权人数的一半，名额减为 1 名"));

    // Half of those entitled is not more than half.
    let meeting = election(&mut secretary, "2022-11-12", "赵六、张三、李四").await.expect(303).location;
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    world.set_date(date(2022, 11, 13));
    let page = secretary.get(&meeting).await.expect(200);
    let consent = fields_of(&page, "consent.").remove(0);
    let mut fields: Vec<(&str, &str)> = presence.iter().map(|field| (field.as_str(), "present")).collect();
    let elect = fields_of(&page, "elect.");
    fields.extend(elect.iter().zip([all.as_str(), "1", "1"]).map(|(field, votes)| (field.as_str(), votes)));
    fields.extend([(consent.as_str(), half.as_str()), ("summary", "选举支部委员")]);
    secretary.post(&format!("{meeting}/close"), &fields).await.expect(303);
    secretary.get(&meeting).await.expect(200).says("名额未满，须另行选举").says("没有选出全部名额");
}
