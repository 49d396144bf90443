//! How long voices may take, as the county has it: new versions for what comes, nothing changed of what came (R-VOI-04).

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    stories,
    voices::{ACKNOWLEDGED, COMMUNITY, do_it, newest, on, speak},
    world::{World, code, county},
};

stories!(a_county_sets_its_own_lengths, lengths_that_cannot_be_are_refused_in_words);

const BRANCH: &str = "5304270010010001";
const PAGE: &str = "/voice-desk/terms";

/// The form with these in the place of the defaults.
fn form<'f>(changed: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let defaults = [
        ("version", "0"),
        ("acknowledge", "1"),
        ("accept", "1"),
        ("consult", "2"),
        ("ordinary", "5"),
        ("complex", "15"),
        ("utilities", "24"),
        ("danger", "2"),
        ("call_back", "3"),
        ("reason", "元发〔2022〕8号"),
    ];
    let value = |name: &str, default: &'f str| {
        changed.iter().find(|(field, _)| *field == name).map_or(default, |(_, value)| *value)
    };
    defaults.map(|(name, default)| (name, value(name, default))).into()
}

async fn a_county_sets_its_own_lengths(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    speak(world, "complaint", "大门口乱停车", &[]).await;
    let before = newest(&mut secretary).await;
    secretary.get("/voice-desk").await.expect(200).says("办理时限");
    secretary.get(PAGE).await.expect(200).says("5 个工作日").says("还没有修改过").does_not_say("name=\"ordinary\"");
    secretary.post(PAGE, &form(&[("ordinary", "3")])).await.expect(403);
    officer.post(PAGE, &form(&[("ordinary", "3"), ("danger", "1")])).await.expect(303);
    // Who had the page open before is told.
    officer.post(PAGE, &form(&[("ordinary", "4")])).await.expect(409);
    secretary.get(PAGE).await.expect(200).says("3 个工作日").says("元发〔2022〕8号").says("一般事项 3 个工作日");

    // What came before keeps its five days, what comes after has three.
    secretary.get(&before).await.expect(200).says("一般事项，5 个工作日").does_not_say("一般事项，3 个工作日");
    world.set_date(date(2022, 11, 8));
    speak(world, "complaint", "楼道堆物", &[]).await;
    let after = newest(&mut secretary).await;
    secretary.get(&after).await.expect(200).says("一般事项，3 个工作日");
    do_it(&mut secretary, &before, "acknowledge", ACKNOWLEDGED).await;
    do_it(&mut secretary, &after, "acknowledge", ACKNOWLEDGED).await;
    secretary.get(&before).await.expect(200).says("11月14日");
    secretary.get(&after).await.expect(200).says("3 个工作日内办结").says("11月11日");
    on(world, date(2022, 11, 12)).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.get(&after).await.expect(200).says("逾期上报");
    community.get(&before).await.expect(200).says("办理中");
}

async fn lengths_that_cannot_be_are_refused_in_words(world: &World) {
    world.import_ledger().await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    for (changed, words) in [
        (("ordinary", "16"), "一般事项不长于复杂事项"),
        (("consult", "6"), "咨询不长于一般事项"),
        (("acknowledge", "3"), "受理、签收的时限不能比咨询答复的时限长"),
        (("danger", "25"), "安全险情的时限不能比停水停电停气的时限长"),
        (("danger", "0"), "应为 1 到 72 之间的整数"),
        (("complex", "61"), "应为 1 到 60 之间的整数"),
        (("utilities", "两天"), "应为 1 到 72 之间的整数"),
        (("reason", " "), "依据或原因"),
        (("call_back", ""), "请填写“回访（工作日）”"),
    ] {
        officer.post(PAGE, &form(&[changed])).await.expect(422).says(words).says(&format!("value=\"{}\"", changed.1));
    }
    officer.post(PAGE, &form(&[])).await.expect(422).says("时限没有变动");
    officer.get(PAGE).await.expect(200).says("还没有修改过");
}
