//! The county's review through HTTP: panel units, veto check, preliminary opinion, consultation, decision.

use app::{
    identity::{NewAccount, NewOffice, create_account, grant_office},
    places,
};
use domain::{permission::OfficeKind, selection::programme::programme};
use jiff::civil::date;

use crate::{
    client::{Answer, Client},
    selection::{assess, open_season_with, pass_community, seen, submit},
    stories,
    world::{PASSWORD, World, code, county},
};

stories!(
    the_panel_answers_and_the_committee_decides,
    an_upheld_veto_rules_out_whatever_the_score,
    nothing_goes_to_the_committee_while_opinions_are_out,
    nothing_is_consulted_on_while_a_street_is_at_work,
    the_county_never_awards_more_than_its_places,
    two_secretaries_decide_at_once,
);

const COMMUNITY: &str = "530427001001";
const STREET: &str = "530427001";

/// A season with recommended applications.
pub struct Recommended {
    /// Its identifier.
    pub season: String,
    /// Identifiers of the applications, in the order of their rank.
    pub applications: Vec<String>,
}

/// A season in which a street has recommended `count` branches, all through the pages.
pub async fn recommended(world: &World, count: usize) -> Recommended {
    recommended_of(world, count, count, &[]).await
}

/// A season with further parameters, in which a street has screened `screened` branches in and recommended `count`, and the other
/// nobody.
pub async fn recommended_of(world: &World, count: usize, screened: usize, parameters: &[(&str, &str)]) -> Recommended {
    let season = recommended_by_one(world, count, screened, parameters).await;
    report_nobody(world).await;
    season
}

/// The same before the other street has reported.
async fn recommended_by_one(world: &World, count: usize, screened: usize, parameters: &[(&str, &str)]) -> Recommended {
    world.import_ledger().await;
    let season = open_season_with(world, parameters).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let mut assessors = [
        world.officer(OfficeKind::StreetOfficer, &code(STREET)).await,
        world.officer(OfficeKind::StreetOfficer, &code(STREET)).await,
    ];
    let mut applications = Vec::new();
    for number in 1..=screened {
        let branch = code(&format!("{COMMUNITY}{number:04}"));
        let mut secretary = world.officer(OfficeKind::BranchSecretary, &branch).await;
        let application = submit(&mut secretary, &season, 0).await;
        pass_community(&mut community, &application).await;
        for assessor in &mut assessors {
            assert_eq!(assess(assessor, &application, 1).await, 303);
        }
        let version = seen(&mut assessors[0], &application).await;
        let screen = [("seen", version.as_str()), ("verdict", "pass"), ("reason", "")];
        assessors[0].post(&format!("{application}/screen"), &screen).await.expect(303);
        applications.push(application);
    }
    let ids: Vec<String> = applications.iter().map(|path| path.rsplit('/').next().expect("an id").to_owned()).collect();
    recommend_first(&mut assessors[0], &ids, count).await;
    Recommended { season: season.rsplit('/').next().expect("an id").to_owned(), applications: ids }
}

/// The other street has nobody to recommend, and says so.
pub async fn report_nobody(world: &World) {
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427002")).await;
    recommend(&mut street, &[]).await;
}

/// A street recommends applications in this order.
pub async fn recommend(street: &mut Client, ids: &[String]) {
    recommend_first(street, ids, ids.len()).await;
}

/// A street recommends the first `count` in this order, and says why the others are not listed.
async fn recommend_first(street: &mut Client, ids: &[String], count: usize) {
    let ranking = street.get("/ranking").await.expect(303).location;
    let page = street.get(&ranking).await.expect(200);
    let mut fields = [("met_on", "2022-11-07"), ("record", "党工委会议研究同意。")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
    for (rank, id) in (1..).zip(ids) {
        let (rank, why) = if rank <= count { (rank.to_string(), "") } else { (String::new(), "得分靠后") };
        fields.push((format!("rank.{id}"), rank));
        fields.push((format!("why.{id}"), why.to_owned()));
        fields.push((format!("seen.{id}"), page.between(&format!("name=\"seen.{id}\" value=\""), "\"")));
    }
    report(street, &ranking, &borrowed(&fields)).await.expect(303);
}

/// Confirms what the list was shown to come to.
pub async fn report(street: &mut Client, ranking: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = street.post(ranking, fields).await.expect(200).says("还没有上报");
    let known = shown.between("name=\"known\" value=\"", "\"");
    street.post(ranking, &[fields, &[("known", known.as_str())]].concat()).await
}

/// Fields as the client takes them.
pub fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The browser of an officer of the panel unit `unit`.
pub async fn panel_officer(world: &World, unit: &str, login: &str) -> Client {
    let op = world.system();
    let account = NewAccount {
        login: login.to_owned(),
        name: "同志".to_owned(),
        phone: String::new(),
        password: PASSWORD.to_owned(),
        is_lasting: true,
    };
    let account = create_account(&op, &county(), account).await.expect("an account");
    let office = NewOffice {
        account,
        kind: OfficeKind::PanelUnit,
        organ: unit.to_owned(),
        title: format!("评选组 {unit}"),
        place: county(),
        starts_on: date(2021, 1, 1),
        ends_on: date(2026, 12, 31),
    };
    grant_office(&op, office).await.expect("an office");
    let mut client = world.visitor();
    client.sign_in(login, PASSWORD).await.expect(303);
    client
}

/// Every panel unit agrees to everything.
pub async fn all_units_agree(world: &World, season: &Recommended) {
    for (number, unit) in programme(2022).panel_units.iter().enumerate() {
        let mut officer = panel_officer(world, unit, &format!("panel{number}")).await;
        let path = format!("/review/panel/{}", season.season);
        let fields = answers(&mut officer, &path, &season.applications, "agree", "").await;
        officer.post(&path, &borrowed(&fields)).await.expect(303);
    }
}

/// The same answer on every application, as the page would post it.
pub async fn answers(
    officer: &mut Client,
    path: &str,
    applications: &[String],
    verdict: &str,
    reason: &str,
) -> Vec<(String, String)> {
    let page = officer.get(path).await.expect(200);
    let mut fields = Vec::new();
    for id in applications {
        fields.push((format!("seen.{id}"), page.between(&format!("name=\"seen.{id}\" value=\""), "\"")));
        fields.push((format!("verdict.{id}"), verdict.to_owned()));
        fields.push((format!("reason.{id}"), reason.to_owned()));
    }
    fields
}

/// A veto check that finds nothing, or upholds `upheld`.
pub fn veto_fields(upheld: Option<(&str, &str)>) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for item in programme(2022).vetoes {
        let found = upheld.filter(|(code, _)| *code == item.code);
        fields.push(("item".to_owned(), item.code.clone()));
        fields.push((format!("veto.{}", item.code), if found.is_some() { "yes" } else { "no" }.to_owned()));
        fields.push((format!("source.{}", item.code), found.map_or("", |(_, source)| source).to_owned()));
    }
    fields
}

/// The org department checks the vetoes and passes `application`.
pub async fn pass_panel(officer: &mut Client, application: &str) {
    let page = format!("/review/preliminary/applications/{application}");
    officer.post(&format!("{page}/veto"), &borrowed(&veto_fields(None))).await.expect(303);
    let version = officer.get(&page).await.expect(200).between("name=\"seen\" value=\"", "\"");
    let opinion = [("seen", version.as_str()), ("opinion", "pass"), ("reason", "")];
    officer.post(&format!("{page}/opinion"), &opinion).await.expect(303);
}

/// Sends the consultations and keeps an answer of everyone.
pub async fn consult(officer: &mut Client, season: &str, today: &str) {
    let path = format!("/review/consultations/{season}");
    officer.post(&path, &[]).await.expect(303);
    for consultation in consultations(officer, &path).await {
        let answer = [("reply", "no_comment"), ("reply_text", ""), ("replied_on", today)];
        officer.post(&format!("/review/consultations/replies/{consultation}"), &answer).await.expect(303);
    }
}

async fn consultations(officer: &mut Client, path: &str) -> Vec<String> {
    let page = officer.get(path).await.expect(200).text();
    let rest = page.split("action=\"/review/consultations/replies/").skip(1);
    rest.map(|rest| rest.split('"').next().expect("an id").to_owned()).collect()
}

/// The committee's form: `approved` of the applications, the others refused.
pub async fn resolutions(committee: &mut Client, season: &str, approved: &[&String]) -> Vec<(String, String)> {
    let page = committee.get(&format!("/review/decision/{season}")).await.expect(200).text();
    let mut fields = vec![
        ("meeting_on".to_owned(), "2022-11-07".to_owned()),
        ("minutes_number".to_owned(), "新党常纪〔2022〕18号".to_owned()),
    ];
    for rest in page.split("name=\"seen.").skip(1) {
        let (id, rest) = rest.split_once('"').expect("an id");
        let version = rest.split_once("value=\"").expect("a version").1.split('"').next().expect("a version");
        let is_approved = approved.iter().any(|approved| approved.as_str() == id);
        fields.push((format!("seen.{id}"), version.to_owned()));
        fields.push((format!("resolution.{id}"), if is_approved { "approve" } else { "refuse" }.to_owned()));
        fields.push((format!("reason.{id}"), if is_approved { "" } else { "再培育一年" }.to_owned()));
    }
    fields
}

/// A season whose first `approved` applications the committee has approved.
pub async fn decided(world: &World, count: usize, approved: usize) -> Recommended {
    let season = recommended(world, count).await;
    all_units_agree(world, &season).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    for application in &season.applications {
        pass_panel(&mut officer, application).await;
    }
    consult(&mut officer, &season.season, "2022-11-07").await;
    let mut committee = world.officer(OfficeKind::StandingCommittee, &county()).await;
    let chosen: Vec<&String> = season.applications.iter().take(approved).collect();
    let fields = resolutions(&mut committee, &season.season, &chosen).await;
    committee.post(&format!("/review/decision/{}", season.season), &borrowed(&fields)).await.expect(303);
    season
}

async fn the_panel_answers_and_the_committee_decides(world: &World) {
    let season = recommended(world, 2).await;
    let [first, second] = [&season.applications[0], &season.applications[1]];
    let unit = &programme(2022).panel_units[1];
    let mut discipline = panel_officer(world, unit, "jiwei").await;
    discipline.get("/desk").await.expect(200).says("填写2022年度评选组意见（2 份）");
    let path = discipline.get("/review/panel").await.expect(303).location;
    let silent = answers(&mut discipline, &path, std::slice::from_ref(first), "disagree", " ").await;
    discipline.post(&path, &borrowed(&silent)).await.expect(422).says("不同意的要写明理由");
    let against = answers(&mut discipline, &path, std::slice::from_ref(first), "disagree", "消防通道堵塞").await;
    discipline.post(&path, &borrowed(&against)).await.expect(303);
    discipline.get(&path).await.expect(200).says("消防通道堵塞").says("未填写 1 份");
    discipline.post(&path, &borrowed(&against)).await.expect(422).says("没有新的意见");
    let mut rest = answers(&mut discipline, &path, &season.applications, "", "").await;
    rest.retain(|(name, _)| name.starts_with("seen."));
    rest.push(("rest".to_owned(), "agree".to_owned()));
    rest.push((format!("verdict.{first}"), "disagree".to_owned()));
    rest.push((format!("reason.{first}"), "消防通道堵塞".to_owned()));
    discipline.post(&path, &borrowed(&rest)).await.expect(303);
    discipline.get(&path).await.expect(200).says("消防通道堵塞").says("未填写 0 份");

    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.get("/desk").await.expect(200).says("提出2022年度初步意见（2 份）");
    let page = format!("/review/preliminary/applications/{first}");
    let version = officer.get(&page).await.expect(200).says("消防通道堵塞").between("name=\"seen\" value=\"", "\"");
    let pass = [("seen", version.as_str()), ("opinion", "pass"), ("reason", "")];
    officer.post(&format!("{page}/opinion"), &pass).await.expect(422).says("还没有填写意见");
    for (number, unit) in programme(2022).panel_units.iter().enumerate() {
        let mut unit = panel_officer(world, unit, &format!("panel{number}")).await;
        let fields = answers(&mut unit, &path, &season.applications, "no_comment", "").await;
        unit.post(&path, &borrowed(&fields)).await.expect(303);
    }
    officer.post(&format!("{page}/opinion"), &pass).await.expect(422).says("一票否决核查还没有做完");
    pass_panel(&mut officer, first).await;
    let late = answers_after(&season.applications[0], &version);
    discipline.post(&path, &borrowed(&late)).await.expect(422).says("已不能填写或修改");
    officer
        .post(&format!("/review/preliminary/applications/{second}/veto"), &borrowed(&veto_fields(None)))
        .await
        .expect(303);
    let version = officer
        .get(&format!("/review/preliminary/applications/{second}"))
        .await
        .between("name=\"seen\" value=\"", "\"");
    let reject = |reason| [("seen", version.as_str()), ("opinion", "reject"), ("reason", reason)];
    let opinion = format!("/review/preliminary/applications/{second}/opinion");
    officer.post(&opinion, &reject("")).await.expect(422).says("请写明理由");
    officer.post(&opinion, &reject("台账不全")).await.expect(303);

    consult(&mut officer, &season.season, "2022-11-07").await;
    let mut committee = world.officer(OfficeKind::StandingCommittee, &county()).await;
    committee.get("/desk").await.expect(200).says("登记2022年度红旗小区审定结果");
    let decision = committee.get("/review/decision").await.expect(303).location;
    let fields = resolutions(&mut committee, &season.season, &[first]).await;
    committee.post(&decision, &borrowed(&fields[1..])).await.expect(422).says("请填写“会议日期”");
    committee.get(&decision).await.expect(200).does_not_say(" checked");
    let choice = format!("resolution.{first}");
    let mut unsaid: Vec<_> = fields.into_iter().filter(|(name, _)| *name != choice).collect();
    committee.post(&decision, &borrowed(&unsaid)).await.expect(422).says("请选择“通过”或“不通过”");
    unsaid.push(("rest".to_owned(), "approve".to_owned()));
    committee.post(&decision, &borrowed(&unsaid)).await.expect(303);
    committee.get(&decision).await.expect(200).says("审定通过 1 个").says("新党常纪〔2022〕18号");
    committee.get(&format!("/applications/{first}")).await.expect(200).says("已审定，待公示");
    for file in [
        "panel/{}/panel.xlsx",
        "consultations/{}/consultations.xlsx",
        "decision/{}/decision.xlsx",
        "decision/{}/agenda.docx",
    ] {
        officer.get(&format!("/review/{}", file.replace("{}", &season.season))).await.expect(200);
    }
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code(&format!("{COMMUNITY}0002"))).await;
    branch.get("/messages").await.expect(200).says("台账不全");
    branch.get(&format!("/review/preliminary/applications/{second}")).await.expect(403);
    branch.get(&decision).await.expect(403);
}

/// An answer on an application that is no longer with the panel.
fn answers_after(application: &str, version: &str) -> Vec<(String, String)> {
    vec![
        (format!("seen.{application}"), version.to_owned()),
        (format!("verdict.{application}"), "agree".to_owned()),
        (format!("reason.{application}"), String::new()),
    ]
}

async fn an_upheld_veto_rules_out_whatever_the_score(world: &World) {
    let season = recommended(world, 1).await;
    all_units_agree(world, &season).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let page = format!("/review/preliminary/applications/{}", season.applications[0]);
    let rumour = veto_fields(Some(("V3", "")));
    officer.post(&format!("{page}/veto"), &borrowed(&rumour)).await.expect(422).says("不能只凭举报");
    let upheld = veto_fields(Some(("V3", "新纪处〔2022〕7号")));
    officer.post(&format!("{page}/veto"), &borrowed(&upheld)).await.expect(303);
    let shown = officer.get(&page).await.expect(200);
    let version = shown.between("name=\"seen\" value=\"", "\"");
    shown.says("新纪处〔2022〕7号");
    let pass = [("seen", version.as_str()), ("opinion", "pass"), ("reason", "")];
    officer.post(&format!("{page}/opinion"), &pass).await.expect(422).says("一票否决情形 V3 已查实");
    world.set_date(date(2023, 1, 11));
    let reject = [("seen", version.as_str()), ("opinion", "reject"), ("reason", "否决情形查实")];
    officer.post(&format!("{page}/opinion"), &reject).await.expect(422).says("2023年1月10日 24:00").says("逾期原因");
    // R-SEL-12: the county's delay ends nobody's application; it is explained.
    officer.post(&format!("/review/consultations/{}", season.season), &[]).await.expect(422).says("写明逾期原因");
    let late = [reject.as_slice(), &[("late_reason", "核查复函迟到")]].concat();
    officer.post(&format!("{page}/opinion"), &late).await.expect(303);
    let application = format!("/applications/{}", season.applications[0]);
    officer.get(&application).await.expect(200).says("否决情形查实（逾期提出，原因：核查复函迟到）");
}

async fn nothing_goes_to_the_committee_while_opinions_are_out(world: &World) {
    let season = recommended(world, 1).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let path = format!("/review/consultations/{}", season.season);
    officer.post(&path, &[]).await.expect(422).says("全部提出后才能征求意见");
    all_units_agree(world, &season).await;
    pass_panel(&mut officer, &season.applications[0]).await;
    officer.post(&path, &[]).await.expect(303);
    officer.post(&path, &[]).await.expect(422).says("已经发出");
    let all = consultations(&mut officer, &path).await;
    assert_eq!(all.len(), programme(2022).consulted.len());
    let mut committee = world.officer(OfficeKind::StandingCommittee, &county()).await;
    let decision = format!("/review/decision/{}", season.season);
    let open = [("meeting_on", "2022-11-07"), ("minutes_number", "纪1")];
    committee.post(&decision, &open).await.expect(422).says("征求意见还没有结束");
    let record = |id: &str| format!("/review/consultations/replies/{id}");
    let silent = [("reply", "silent"), ("reply_text", ""), ("replied_on", "")];
    officer.post(&record(&all[0]), &silent).await.expect(422).says("期满后才能登记“未回复”");
    let wordless = [("reply", "comment"), ("reply_text", ""), ("replied_on", "2022-11-07")];
    officer.post(&record(&all[0]), &wordless).await.expect(422).says("请写明意见内容");
    // Three working days after Monday the 7th: until 24:00 of Thursday the 10th.
    world.set_date(date(2022, 11, 11));
    for id in &all {
        officer.post(&record(id), &silent).await.expect(303);
    }
    officer.get(&path).await.expect(200).says("全部登记完毕").says("未回复");
    let mut street = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    street.get(&path).await.expect(403);
    street.post(&record(&all[0]), &silent).await.expect(403);
}

async fn nothing_is_consulted_on_while_a_street_is_at_work(world: &World) {
    let season = recommended_by_one(world, 1, 1, &[]).await;
    all_units_agree(world, &season).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    pass_panel(&mut officer, &season.applications[0]).await;
    let elsewhere = places::branches_under(world.floor.db.reader(), &code("530427002")).await.expect("read");
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &elsewhere[0].place.code.0).await;
    let application = submit(&mut secretary, &season.season, 0).await;
    let path = format!("/review/consultations/{}", season.season);
    officer.post(&path, &[]).await.expect(422).says("古城街道还没有上报推荐名单");
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427002")).await;
    let ranking = street.get("/ranking").await.expect(303).location;
    street.get(&ranking).await.expect(200).says("本年度没有推荐，上报").says("还有 1 份申报没有完成");
    let list = [("met_on", "2022-11-07"), ("record", "会议研究，本年度不推荐。")];
    let page = street.post(&ranking, &list).await.expect(200).says("还没有上报").says("还没有办完的 1 份申报");
    page.says("本街道本年度没有推荐的小区党支部");
    officer.post(&path, &[]).await.expect(422).says("古城街道还没有上报推荐名单");
    // What has changed since it was shown is shown again.
    let known = [&list[..], &[("known", "")]].concat();
    street.post(&ranking, &known).await.expect(422).says("申报又有了变化").says("会议研究，本年度不推荐。");
    report(&mut street, &ranking, &list).await.expect(303);
    secretary.get(&application).await.expect(200).says("街道未推荐").says("还没有完成社区把关");
    let mut other = world.officer(OfficeKind::BranchSecretary, &elsewhere[1].place.code.0).await;
    other.get("/applications").await.expect(200).says("街道已于2022年11月7日上报推荐名单");
    other.post("/applications/start", &[("season", &season.season)]).await.expect(422).says("街道已于");
    officer.post(&path, &[]).await.expect(303);
}

async fn the_county_never_awards_more_than_its_places(world: &World) {
    let season = recommended(world, 1).await;
    all_units_agree(world, &season).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    pass_panel(&mut officer, &season.applications[0]).await;
    consult(&mut officer, &season.season, "2022-11-07").await;
    let mut committee = world.officer(OfficeKind::StandingCommittee, &county()).await;
    let decision = format!("/review/decision/{}", season.season);
    let none = resolutions(&mut committee, &season.season, &[]).await;
    let silent: Vec<_> = none.iter().filter(|(name, _)| !name.starts_with("reason.")).cloned().collect();
    committee.post(&decision, &borrowed(&silent)).await.expect(422).says("未通过的要写明理由");
    let mut future = none.clone();
    future[0].1 = "2022-12-07".to_owned();
    committee.post(&decision, &borrowed(&future)).await.expect(422).says("会议日期不能晚于今天");
    committee.post(&decision, &borrowed(&none)).await.expect(303);
    committee.get(&decision).await.expect(200).says("审定通过 0 个").says("常委会未通过");
}

async fn two_secretaries_decide_at_once(world: &World) {
    let season = recommended(world, 1).await;
    all_units_agree(world, &season).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    pass_panel(&mut officer, &season.applications[0]).await;
    consult(&mut officer, &season.season, "2022-11-07").await;
    let mut one = world.officer(OfficeKind::StandingCommittee, &county()).await;
    let mut two = world.officer(OfficeKind::StandingCommittee, &county()).await;
    let decision = format!("/review/decision/{}", season.season);
    let approve = resolutions(&mut one, &season.season, &[&season.applications[0]]).await;
    let refuse = resolutions(&mut two, &season.season, &[]).await;
    let (approve, refuse) = (borrowed(&approve), borrowed(&refuse));
    let (first, second) = tokio::join!(one.post(&decision, &approve), two.post(&decision, &refuse));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "one decides, the other is told");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}
