//! Notice, objection and award through HTTP.

use std::io::{Cursor, Read as _};

use app::notices::{NewObjection, Reporter, file_objection, objection_by_code};
use domain::permission::OfficeKind;
use jiff::civil::date;
use platform::{act::Op, actor::Actor};

use crate::{
    client::Client,
    review::{Recommended, borrowed, decided},
    season::id,
    stories,
    world::{World, code, county},
};

stories!(
    an_incomplete_notice_is_not_published,
    the_award_waits_for_the_period,
    a_correction_starts_anew_only_with_another_list,
    an_outage_makes_the_period_longer,
    an_upheld_objection_disqualifies_and_the_place_stays_empty,
    an_objection_to_the_whole_list_says_whom_it_is_about,
    who_drops_out_starts_no_new_period,
    an_open_objection_keeps_the_award_waiting,
    who_objected_is_for_verifiers_alone,
    an_award_is_taken_back_in_public,
    two_officers_publish_at_once,
    an_unknown_year_blocks_with_words,
);

/// The form of a complete notice.
pub fn notice_fields() -> Vec<(String, String)> {
    [
        ("title", "关于2022年度县级“红旗小区”拟认定名单的公示"),
        ("basis", "《在小区党组织中争创“红旗小区”的方案》"),
        ("procedure", "经申报、把关、审核、评选、征求意见、县委常委会审定"),
        ("accepting_body", "中共新平县委组织部"),
        ("phone", "0877-7012345"),
        ("address", "桂山街道平山路1号"),
        ("postcode", "653499"),
        ("mailbox", "hongqi@example.invalid"),
        ("objection_rule", "任何单位和个人均可反映情况，实名、匿名同样受理。"),
        ("issuer", "中共新平县委组织部"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

pub fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
    fields
}

/// Drafts and publishes the season's notice; answers with its address.
pub async fn publish(officer: &mut Client, season: &str) -> String {
    let desk = format!("/notice-desk/{season}");
    officer.post(&format!("{desk}/draft"), &borrowed(&notice_fields())).await.expect(303);
    let page = officer.get(&desk).await.expect(200);
    let id = page.between("action=\"/notice-desk/notices/", "/publish");
    let seen = page.between("name=\"seen\" value=\"", "\"");
    officer.post(&format!("/notice-desk/notices/{id}/publish"), &[("seen", &seen)]).await.expect(303).location
}

/// A season with a published notice that names its first `approved` applications.
pub async fn noticed(world: &World, count: usize, approved: usize) -> (Recommended, Client, String) {
    let season = decided(world, count, approved).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let notice = publish(&mut officer, &season.season).await;
    (season, officer, notice)
}

/// Somebody's objection over the net; answers with the query code.
pub async fn object(world: &World, notice: &str, application: Option<&str>, name: Option<&str>) -> String {
    let new = NewObjection {
        notice: notice.rsplit('/').next().expect("an id").parse().expect("an id"),
        application: application.map(|id| id.parse().expect("an id")),
        reporter: name.map(|name| Reporter { name: name.to_owned(), contact: "13800000009".to_owned() }),
        text: "公共收益没有公示过。".to_owned(),
    };
    let visitor = Op::new(&world.floor, Actor::Visitor);
    file_objection(&visitor, new).await.expect("taken in").code.to_string()
}

/// The address of the only objection.
pub async fn only_objection(verifier: &mut Client) -> String {
    let page = verifier.get("/objection-desk").await.expect(200);
    format!("/objection-desk/objections/{}", page.between("href=\"/objection-desk/objections/", "\""))
}

/// The verifier's way to a finding.
pub async fn find(verifier: &mut Client, objection: &str, finding: &str) {
    verifier.post(&format!("{objection}/acknowledge"), &[]).await.expect(303);
    verifier.post(&format!("{objection}/verify"), &[]).await.expect(303);
    let fields = [("finding", finding), ("grounds", "查阅台账、走访住户。")];
    verifier.post(&format!("{objection}/decide"), &fields).await.expect(303);
}

async fn an_incomplete_notice_is_not_published(world: &World) {
    let season = decided(world, 1, 1).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.get("/desk").await.expect(200).says("拟制并发布2022年度公示");
    let desk = officer.get("/notice-desk").await.expect(303).location;
    officer.get(&desk).await.expect(200).says("县委常委会审定通过 1 个").says("还没有草稿");
    let gaps = with(with(notice_fields(), "phone", ""), "mailbox", "");
    officer.post(&format!("{desk}/draft"), &borrowed(&gaps)).await.expect(303);
    let page = officer.get(&desk).await.expect(200).says("2022年11月14日 24:00 结束");
    let id = page.between("action=\"/notice-desk/notices/", "/publish");
    let seen = page.between("name=\"seen\" value=\"", "\"");
    let path = format!("/notice-desk/notices/{id}/publish");
    let refused = officer.post(&path, &[("seen", &seen)]).await.expect(422);
    refused.says("请填写“受理电话”").says("请填写“受理邮箱”");
    let wrong = with(notice_fields(), "postcode", "六五三");
    officer.post(&format!("{desk}/draft"), &borrowed(&wrong)).await.expect(422).says("邮政编码应为 6 位数字");
    let stale = with(notice_fields(), "seen", "7");
    officer.post(&format!("{desk}/draft"), &borrowed(&stale)).await.expect(409);
    let again = with(notice_fields(), "seen", &seen);
    officer.post(&format!("{desk}/draft"), &borrowed(&again)).await.expect(303);
    officer.post(&path, &[("seen", &seen)]).await.expect(409);
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    street.get(&desk).await.expect(403);
    street.get(&format!("/notice-desk/notices/{id}")).await.expect(404);
    let _ = season;
}

async fn the_award_waits_for_the_period(world: &World) {
    let (season, mut officer, notice) = noticed(world, 2, 1).await;
    officer
        .get(&notice)
        .await
        .expect(200)
        .says("2022年11月7日至2022年11月14日（5个工作日，发布当天不计）")
        .says("还剩 8 天");
    officer.get(&format!("{notice}/notice.docx")).await.expect(200);
    let awards = format!("/awards/{}", season.season);
    let chosen = [("chosen", season.applications[0].as_str())];
    officer.post(&format!("{awards}/confirm"), &chosen).await.expect(422).says("公示要到2022年11月14日 24:00 结束");
    world.set_date(date(2022, 11, 15));
    officer.get("/desk").await.expect(200).says("认定公示期满的小区（1 个）");
    let refused = [("chosen", season.applications[1].as_str())];
    officer.post(&format!("{awards}/confirm"), &refused).await.expect(422).says("不在公示名单里");
    officer.post(&format!("{awards}/confirm"), &[]).await.expect(422).says("请勾选要认定的小区");
    officer
        .post(&format!("{awards}/circular"), &[("number", "新组通〔2022〕9号"), ("issued_on", "2022-11-15")])
        .await
        .expect(422)
        .says("请先办理认定");
    officer.post(&format!("{awards}/confirm"), &chosen).await.expect(303);
    officer.post(&format!("{awards}/confirm"), &chosen).await.expect(422).says("已认定");
    officer.get("/desk").await.expect(200).says("登记通报表扬（1 个）");
    let padded = [("number", "新组通2022第09号"), ("issued_on", "2022-11-15")];
    officer.post(&format!("{awards}/circular"), &padded).await.expect(422).says("不补 0").says("新组通2022第09号");
    let late = [("number", "新组通〔2022〕9号"), ("issued_on", "2022-12-15")];
    officer.post(&format!("{awards}/circular"), &late).await.expect(422).says("印发日期不能晚于今天");
    let circular = [("number", "新组通〔2022〕9号"), ("issued_on", "2022-11-15")];
    officer.post(&format!("{awards}/circular"), &circular).await.expect(303);
    officer.get(&awards).await.expect(200).says("新组通〔2022〕9号").says("已通报表彰");
    officer.get(&format!("{awards}/circular.docx")).await.expect(200);
    officer.get("/awards/awards.xlsx?year=2022").await.expect(200);
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code("5304270010010001")).await;
    branch.get("/awards").await.expect(200).says("已通报表彰");
    branch.get("/messages").await.expect(200).says("已被认定为红旗小区");
    branch.get(&awards).await.expect(404);
    officer
        .post(&format!("{notice}/correct"), &borrowed(&with(notice_fields(), "reason", "改字")))
        .await
        .expect(422)
        .says("不能再更正");
}

async fn a_correction_starts_anew_only_with_another_list(world: &World) {
    let (season, mut officer, notice) = noticed(world, 1, 1).await;
    world.set_date(date(2022, 11, 9));
    let correct = format!("{notice}/correct");
    officer.post(&correct, &borrowed(&notice_fields())).await.expect(422).says("请写明更正的原因");
    let phone = with(with(notice_fields(), "phone", "0877-7011111"), "reason", "受理电话有误");
    let second = officer.post(&correct, &borrowed(&phone)).await.expect(303).location;
    officer.get(&second).await.expect(200).says("第 2 版").says("2022年11月7日至2022年11月14日").says("受理电话有误");
    officer.post(&correct, &borrowed(&phone)).await.expect(422).says("不是当前有效的版本");
    officer.get(&notice).await.expect(200).says("这一版已经更正");
    // What was said against the first version is not lost with it, and people with the old page open may still object.
    let code = object(world, &notice, Some(&season.applications[0]), None).await;
    assert_eq!(code.len(), 19);
    let mut visitor = world.visitor();
    let old = format!("/notices/{}", id(&notice));
    visitor.get(&format!("{old}/object")).await.expect(200).says("反映的情况").does_not_say("公示期已结束");
    let corrected = visitor.get(&old).await.expect(200).says(&format!("href=\"/notices/{}\"", id(&second)));
    corrected.says("这一版公示已被更正").does_not_say("公示中");
    officer.get(&second).await.expect(200).says("没有办结的异议 1 件");
    // R-NOT-07: another name on the list is another list.
    rename(world, "5304270010010001", "阳光里第一党支部").await;
    let named = with(phone, "reason", "支部名称有误");
    let third = officer.post(&correct_of(&second), &borrowed(&named)).await.expect(303).location;
    officer
        .get(&third)
        .await
        .expect(200)
        .says("第 3 版")
        .says("阳光里第一党支部")
        .says("2022年11月9日至2022年11月16日");
    world.visitor().get(&format!("/notices/{}", id(&third))).await.expect(200).says("2022年11月9日至2022年11月16日");
}

fn correct_of(notice: &str) -> String {
    format!("{notice}/correct")
}

/// Gives a branch another name by its form.
async fn rename(world: &World, branch: &str, name: &str) {
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(branch)).await;
    let edit = format!("/places/{branch}/edit");
    let version = secretary.get(&edit).await.expect(200).between("name=\"version\" value=\"", "\"");
    let fields = [
        ("version", version.as_str()),
        ("name", name),
        ("kind", "joint"),
        ("compounds", "阳光里、盛世名邸"),
        ("buildings", "10"),
        ("households", "288"),
        ("owners_committee", "interim"),
    ];
    secretary.post(&edit, &fields).await.expect(303);
}

async fn an_outage_makes_the_period_longer(world: &World) {
    let (_, mut officer, notice) = noticed(world, 1, 1).await;
    world.set_date(date(2022, 11, 10));
    let extend = format!("{notice}/extend");
    let outage = |until: &'static str| {
        [
            ("from", "2022-11-09"),
            ("from_time", "08:30"),
            ("until", "2022-11-09"),
            ("until_time", until),
            ("outage_reason", "机房停电"),
        ]
    };
    officer.post(&extend, &outage("12:30")).await.expect(422).says("没有超过 4 小时");
    officer.post(&extend, &outage("晚上")).await.expect(422).says("几点几分");
    officer.post(&extend, &outage("12:31")).await.expect(303);
    let longer = "2022年11月7日至2022年11月15日（5个工作日，因无法查看延长1个工作日，发布当天不计）";
    officer.get(&notice).await.expect(200).says(longer).says("机房停电");
    officer.post(&extend, &outage("15:00")).await.expect(422).says("已经登记过延长");
}

async fn an_upheld_objection_disqualifies_and_the_place_stays_empty(world: &World) {
    let (season, mut officer, notice) = noticed(world, 2, 2).await;
    let [first, second] = [season.applications[0].as_str(), season.applications[1].as_str()];
    let query = object(world, &notice, Some(first), Some("李群众")).await;
    let mut verifier = world.officer(OfficeKind::Verifier, &county()).await;
    verifier.get("/desk").await.expect(200).says("受理关于阳光里联合党支部的异议").says("2022年11月8日前");
    let objection = only_objection(&mut verifier).await;
    verifier.post(&format!("{objection}/verify"), &[]).await.expect(422).says("现在的状态是“已收到”");
    find(&mut verifier, &objection, "upheld").await;
    verifier.get(&format!("/applications/{first}")).await.expect(200).says("取消评选资格");
    officer.get(&format!("/applications/{second}")).await.expect(200).says("公示中");
    verifier.post(&format!("{objection}/answer"), &[("answer", "")]).await.expect(422).says("实名异议应当书面答复");
    let visitor = Op::new(&world.floor, Actor::Visitor);
    let code_of = query.to_lowercase().parse().expect("a code");
    let status = objection_by_code(&visitor, &code_of).await.expect("read").expect("known");
    assert_eq!((status.state, status.answer), ("核实完毕，正在准备答复", None));
    verifier.post(&format!("{objection}/answer"), &[("answer", "经核实，情况属实。")]).await.expect(303);
    let status = objection_by_code(&visitor, &code_of).await.expect("read").expect("known");
    assert_eq!(status.answer.as_deref(), Some("经核实，情况属实。"));
    world.set_date(date(2022, 11, 15));
    let confirm = format!("/awards/{}/confirm", season.season);
    officer.post(&confirm, &[("chosen", first)]).await.expect(422).says("取消评选资格");
    officer.post(&confirm, &[("chosen", second)]).await.expect(303);
    officer.get("/awards").await.expect(200).does_not_say("阳光里联合党支部");
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code("5304270010010001")).await;
    branch.get("/messages").await.expect(200).says("名额空缺不递补").does_not_say("公共收益");
}

async fn an_objection_to_the_whole_list_says_whom_it_is_about(world: &World) {
    let (season, mut officer, notice) = noticed(world, 2, 2).await;
    object(world, &notice, None, None).await;
    let mut verifier = world.officer(OfficeKind::Verifier, &county()).await;
    let objection = only_objection(&mut verifier).await;
    verifier.post(&format!("{objection}/acknowledge"), &[]).await.expect(303);
    verifier.post(&format!("{objection}/verify"), &[]).await.expect(303);
    let decide = format!("{objection}/decide");
    let found = |against: &'static str| [("finding", "upheld"), ("against", against), ("grounds", "核对会议记录")];
    verifier.post(&decide, &found("")).await.expect(422).says("请选择查实的问题涉及哪个小区").says("核对会议记录");
    let stranger = "01900000-0000-7000-8000-000000000000";
    verifier.post(&decide, &found(stranger)).await.expect(422).says("请从公示名单中选择");
    let about = season.applications[0].as_str();
    let told = [("finding", "upheld"), ("against", about), ("grounds", "核对会议记录")];
    verifier.post(&decide, &told).await.expect(303);
    officer.get(&format!("/applications/{about}")).await.expect(200).says("取消评选资格");
}

async fn who_drops_out_starts_no_new_period(world: &World) {
    let (season, mut officer, notice) = noticed(world, 2, 2).await;
    object(world, &notice, Some(season.applications[0].as_str()), None).await;
    let mut verifier = world.officer(OfficeKind::Verifier, &county()).await;
    let objection = only_objection(&mut verifier).await;
    find(&mut verifier, &objection, "upheld").await;
    world.set_date(date(2022, 11, 9));
    let without = with(notice_fields(), "reason", "一个小区已取消评选资格");
    let second = officer.post(&correct_of(&notice), &borrowed(&without)).await.expect(303).location;
    let page = officer.get(&second).await.expect(200).says("第 2 版").says("名单（1 个）");
    page.says("2022年11月7日至2022年11月14日").does_not_say("阳光里联合党支部");
}

async fn an_open_objection_keeps_the_award_waiting(world: &World) {
    let (season, mut officer, notice) = noticed(world, 2, 2).await;
    let [first, second] = [season.applications[0].as_str(), season.applications[1].as_str()];
    object(world, &notice, Some(first), None).await;
    world.set_date(date(2022, 11, 15));
    let confirm = format!("/awards/{}/confirm", season.season);
    let both = [("chosen", first), ("chosen", second)];
    officer.post(&confirm, &both).await.expect(422).says("还有 1 件异议没有办结");
    officer.get(&format!("/applications/{second}")).await.expect(200).says("公示中");
    officer.post(&confirm, &[("chosen", second)]).await.expect(303);
    let mut verifier = world.officer(OfficeKind::Verifier, &county()).await;
    let objection = only_objection(&mut verifier).await;
    verifier.get("/objection-desk").await.expect(200).says("已逾期");
    find(&mut verifier, &objection, "not_upheld").await;
    officer.post(&confirm, &[("chosen", first)]).await.expect(422).says("还有 1 件异议没有办结");
    verifier.get("/desk").await.expect(200).says("答复关于阳光里联合党支部的异议");
    verifier.post(&format!("{objection}/answer"), &[("answer", "经核实，不属实。")]).await.expect(303);
    officer.post(&confirm, &[("chosen", first)]).await.expect(303);
    let late = NewObjection {
        notice: notice.rsplit('/').next().expect("an id").parse().expect("an id"),
        application: None,
        reporter: None,
        text: "补充反映。".to_owned(),
    };
    let refused = file_objection(&Op::new(&world.floor, Actor::Visitor), late).await;
    let Err(platform::error::Stop::Refused(problems)) = refused else { panic!("the period is over") };
    assert!(problems[0].message.contains("公示期已于2022年11月14日 24:00 结束"));
}

async fn who_objected_is_for_verifiers_alone(world: &World) {
    let (season, mut officer, notice) = noticed(world, 1, 1).await;
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    let page = street.get("/objection-desk/new").await.expect(200).says("代录异议");
    let notice_id = page.between("name=\"notice\" value=\"", "\"");
    assert!(notice.ends_with(&notice_id));
    let entered = |name: &'static str| {
        vec![
            ("notice", notice_id.as_str()),
            ("application", season.applications[0].as_str()),
            ("channel", "phone"),
            ("received_at", "2022-11-07"),
            ("received_at_time", "08:10"),
            ("is_named", "yes"),
            ("reporter_name", name),
            ("reporter_contact", "13800000009"),
            ("text", "楼道堆物长期没有清理。"),
        ]
    };
    let refused = street.post("/objection-desk/new", &entered("")).await.expect(422);
    refused.says("请填写“姓名或单位名称”").says("楼道堆物长期没有清理");
    let receipt = street.post("/objection-desk/new", &entered("杨群众")).await.expect(200).says("查询码");
    assert_eq!(receipt.between("<code class=\"code\">", "</code>").len(), 19);
    street.get("/objection-desk").await.expect(404);
    let mut verifier = world.officer(OfficeKind::Verifier, &county()).await;
    let objection = only_objection(&mut verifier).await;
    let shown = officer.get(&objection).await.expect(200).says("楼道堆物").says("实名").says("来电");
    shown.does_not_say("杨群众").does_not_say("13800000009");
    officer.post(&format!("{objection}/reporter"), &[]).await.expect(403);
    officer.post(&format!("{objection}/acknowledge"), &[]).await.expect(403);
    verifier.get(&objection).await.expect(200).does_not_say("杨群众");
    verifier.post(&format!("{objection}/reporter"), &[]).await.expect(200).says("杨群众").says("13800000009");
    verifier.get(&objection).await.expect(200).says("查看反映人身份").does_not_say("杨群众");
    officer.get("/objection-desk/objections.xlsx").await.expect(200);
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    let deeds = auditor.get("/audit?deed=reveal_reporter").await.expect(200);
    deeds.says("查看反映人身份").does_not_say("杨群众");
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code("5304270010010001")).await;
    branch.get(&objection).await.expect(404);
}

/// What a Word document holds, tags and all.
pub fn document_text(bytes: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a document");
    let mut text = String::new();
    archive.by_name("word/document.xml").expect("its body").read_to_string(&mut text).expect("text");
    text
}

async fn an_award_is_taken_back_in_public(world: &World) {
    let (season, mut officer, _) = noticed(world, 1, 1).await;
    world.set_date(date(2022, 11, 15));
    let chosen = [("chosen", season.applications[0].as_str())];
    officer.post(&format!("/awards/{}/confirm", season.season), &chosen).await.expect(303);
    let revoke = format!("/awards/applications/{}/revoke", season.applications[0]);
    officer.get(&revoke).await.expect(200).says("关于撤销").says("0877-7012345");
    let notice = with(notice_fields(), "title", "关于撤销红旗小区认定的公示");
    officer.post(&revoke, &borrowed(&notice)).await.expect(422).says("请填写“撤销原因”").says("请填写“查实文件”");
    let full = with(with(notice, "reason", "挪用公共收益"), "source_document", "新纪处〔2022〕9号");
    let public = officer.post(&revoke, &borrowed(&full)).await.expect(303).location;
    officer.get(&public).await.expect(200).says("撤销公示").says("2022年11月22日");
    officer.post(&revoke, &borrowed(&full)).await.expect(422).says("已撤销");
    officer.get("/awards").await.expect(200).says("已撤销").says("挪用公共收益");
    officer.get(&public).await.expect(200).says("挪用公共收益");
    // R-SEL-19: the public reads why, and in what stands the finding is nobody's but the officers'.
    let mut visitor = world.visitor();
    let notice = format!("/notices/{}", id(&public));
    for page in [notice.as_str(), "/results/2022", "/directory/5304270010010001"] {
        visitor.get(page).await.expect(200).says("撤销原因：挪用公共收益");
    }
    let word = officer.get(&format!("{public}/notice.docx")).await.expect(200).body;
    let paragraphs = document_text(word);
    assert!(paragraphs.contains("撤销原因：") && paragraphs.contains("挪用公共收益"), "{paragraphs}");
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code("5304270010010001")).await;
    branch.post(&revoke, &borrowed(&full)).await.expect(403);
}

async fn two_officers_publish_at_once(world: &World) {
    let season = decided(world, 1, 1).await;
    let mut one = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let mut two = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let desk = format!("/notice-desk/{}", season.season);
    one.post(&format!("{desk}/draft"), &borrowed(&notice_fields())).await.expect(303);
    let page = two.get(&desk).await.expect(200);
    let id = page.between("action=\"/notice-desk/notices/", "/publish");
    let seen = page.between("name=\"seen\" value=\"", "\"");
    let path = format!("/notice-desk/notices/{id}/publish");
    let fields = [("seen", seen.as_str())];
    let (first, second) = tokio::join!(one.post(&path, &fields), two.post(&path, &fields));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert!(statuses == [303, 409] || statuses == [303, 422], "one publishes, the other is told: {statuses:?}");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn an_unknown_year_blocks_with_words(world: &World) {
    let season = decided(world, 1, 1).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let desk = format!("/notice-desk/{}", season.season);
    officer.post(&format!("{desk}/draft"), &borrowed(&notice_fields())).await.expect(303);
    let page = officer.get(&desk).await.expect(200);
    let id = page.between("action=\"/notice-desk/notices/", "/publish");
    let seen = page.between("name=\"seen\" value=\"", "\"");
    world.set_date(date(2026, 12, 29));
    officer.get(&desk).await.expect(200).says("系统里还没有 2027 年的节假日安排");
    let refused = officer.post(&format!("/notice-desk/notices/{id}/publish"), &[("seen", &seen)]).await;
    refused.expect(422).says("系统里还没有 2027 年的节假日安排");
}
