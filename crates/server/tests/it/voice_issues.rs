//! What comes again and again at one place becomes one issue with its own owner (R-VOI-12), through HTTP.

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    client::Client,
    stories,
    voices::{BRANCH, COMMUNITY, on, speak},
    world::{World, code},
};

stories!(the_same_three_times_in_a_month_is_one_issue);

/// The page of the first issue that an office sees.
pub async fn first_issue(client: &mut Client) -> String {
    let list = client.get("/voice-desk/issues").await.expect(200);
    format!("/voice-desk/issues/{}", list.between("href=\"/voice-desk/issues/", "\""))
}

async fn the_same_three_times_in_a_month_is_one_issue(world: &World) {
    world.import_ledger().await;
    on(world, date(2022, 11, 7)).await;
    for words in ["水管漏水", "还在漏"] {
        speak(world, "help", words, &[]).await;
    }
    // A report of the same is none of the branch's business.
    speak(world, "report", "有人把水管砸了", &[]).await;
    on(world, date(2022, 11, 8)).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    secretary.get("/voice-desk/issues").await.expect(200).says("没有这样的共性问题");
    speak(world, "complaint", "又漏了", &[]).await;
    on(world, date(2022, 11, 9)).await;
    secretary.get("/messages").await.expect(200).says("一个月内有 3 件“漏水维修”诉求");
    secretary.get("/desk").await.expect(200).says("确定共性问题“漏水维修”的负责人");
    let issue = first_issue(&mut secretary).await;
    secretary.get(&issue).await.expect(200).says("3 件").says("还没有确定").does_not_say("举报");
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010002")).await;
    other.get(&issue).await.expect(404);
    other.post(&format!("{issue}/owner"), &[("owner", "我")]).await.expect(404);

    secretary.post(&format!("{issue}/settle"), &[("outcome", "换管")]).await.expect(422).says("请先确定负责人");
    let plan = [("owner", ""), ("plan", "更换主管")];
    secretary.post(&format!("{issue}/owner"), &plan).await.expect(422).says("请填写“负责人”").says("更换主管");
    let plan = [("owner", "物业项目经理"), ("plan", "更换主管")];
    secretary.post(&format!("{issue}/owner"), &plan).await.expect(303);
    secretary.get("/desk").await.expect(200).does_not_say("确定共性问题");
    // What comes later joins it; the voices keep their own way.
    speak(world, "help", "三楼也漏", &[]).await;
    on(world, date(2022, 11, 10)).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let page = community.get(&issue).await.expect(200).says("4 件").says("物业项目经理");
    let voice = page.between("href=\"/voice-desk/voices/", "\"");
    secretary.get(&format!("/voice-desk/voices/{voice}")).await.expect(200).says("已并为共性问题");
    secretary
        .post(&format!("{issue}/settle"), &[("outcome", " ")])
        .await
        .expect(422)
        .says("请写明怎样解决的")
        .says("更换主管");
    secretary.post(&format!("{issue}/settle"), &[("outcome", "主管已更换")]).await.expect(303);
    secretary.post(&format!("{issue}/owner"), &plan).await.expect(422).says("已经解决");
    secretary.get("/voice-desk/issues?state=settled").await.expect(200).says("物业项目经理");
    secretary.get("/voice-desk/issues.xlsx?state=settled").await.expect(200);

    // After that, one more is no issue yet.
    speak(world, "help", "又漏", &[]).await;
    on(world, date(2022, 11, 11)).await;
    secretary.get("/voice-desk/issues").await.expect(200).says("没有这样的共性问题");
}
