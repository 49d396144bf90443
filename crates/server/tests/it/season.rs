//! The county's half of the season through HTTP: panel, consultation, decision, notice, objection, award, money.

use domain::{permission::OfficeKind, selection::programme::programme};
use jiff::civil::date;

use crate::{
    client::Client,
    review::{recommend, report_nobody},
    selection::{assess, open_season, pass_community, seen, submit},
    stories,
    world::{World, code, county},
};

stories!(the_county_decides_and_the_award_is_paid, a_notice_keeps_its_rules);

/// The units of the panel, as the parameters name them.
async fn panel(world: &World) -> Vec<Client> {
    let mut units = Vec::new();
    for unit in programme(2022).panel_units {
        let (login, _) = world.swear_in_for_organ(OfficeKind::PanelUnit, &county(), &unit).await;
        let mut client = world.visitor();
        client.sign_in(&login, crate::world::PASSWORD).await.expect(303);
        units.push(client);
    }
    units
}

/// Two branches of the first street, recommended; answers with the season and the applications.
pub async fn recommended(world: &World) -> (String, Vec<String>) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let applications = recommended_in(world, &season).await;
    (season, applications)
}

/// The same in a season that is open.
pub async fn recommended_in(world: &World, season: &str) -> Vec<String> {
    let street = code("530427001");
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    let mut first = world.officer(OfficeKind::StreetOfficer, &street).await;
    let mut second = world.officer(OfficeKind::StreetOfficer, &street).await;
    let mut applications = Vec::new();
    for (branch, less) in [("5304270010010001", 0), ("5304270010010002", 2)] {
        let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(branch)).await;
        let application = submit(&mut secretary, season, less).await;
        pass_community(&mut community, &application).await;
        assert_eq!(assess(&mut first, &application, less).await, 303);
        assert_eq!(assess(&mut second, &application, less).await, 303);
        let version = seen(&mut first, &application).await;
        let pass = [("seen", version.as_str()), ("verdict", "pass"), ("reason", "")];
        first.post(&format!("{application}/screen"), &pass).await.expect(303);
        applications.push(application);
    }
    let ids: Vec<String> = applications.iter().map(|path| id(path).to_owned()).collect();
    recommend(&mut first, &ids).await;
    report_nobody(world).await;
    applications
}

pub fn id(address: &str) -> &str {
    address.rsplit('/').next().expect("an id")
}

/// Every hidden version that a page of many applications carries, as fields to post back.
fn versions(page: &str, applications: &[String]) -> Vec<(String, String)> {
    let field = |application: &String| {
        let name = format!("seen.{}", id(application));
        let after = page.split_once(&format!("name=\"{name}\" value=\"")).map(|(_, after)| after);
        (name, after.and_then(|after| after.split('"').next()).unwrap_or_default().to_owned())
    };
    applications.iter().map(field).collect()
}

async fn post(client: &mut Client, path: &str, fields: &[(String, String)]) -> crate::client::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(path, &fields).await
}

/// Panel, veto check, preliminary opinions, consultation and decision; answers with the organisation department.
pub async fn decided(world: &World, season: &str, applications: &[String]) -> Client {
    let season = id(season);
    let path = format!("/review/panel/{season}");
    for mut unit in panel(world).await {
        let page = unit.get(&path).await.expect(200).text();
        let mut fields = versions(&page, applications);
        let silent =
            [fields.clone(), vec![(format!("verdict.{}", id(&applications[0])), "disagree".to_owned())]].concat();
        post(&mut unit, &path, &silent).await.expect(422);
        fields.extend(applications.iter().map(|it| (format!("verdict.{}", id(it)), "agree".to_owned())));
        post(&mut unit, &path, &fields).await.expect(303);
    }
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    for application in applications {
        let path = format!("/review/preliminary/applications/{}", id(application));
        let version = officer.get(&path).await.expect(200).between("name=\"seen\" value=\"", "\"");
        let pass = [("seen", version.as_str()), ("opinion", "pass"), ("reason", "")];
        officer.post(&format!("{path}/opinion"), &pass).await.expect(422);
        let mut vetoes: Vec<_> =
            programme(2022).vetoes.into_iter().map(|veto| ("item".to_owned(), veto.code)).collect();
        vetoes.push(("rest".to_owned(), "no".to_owned()));
        post(&mut officer, &format!("{path}/veto"), &vetoes).await.expect(303);
        officer.post(&format!("{path}/opinion"), &pass).await.expect(303);
    }
    let path = format!("/review/consultations/{season}");
    officer.post(&path, &[]).await.expect(303);
    let mut committee = world.officer(OfficeKind::StandingCommittee, &county()).await;
    let decision = format!("/review/decision/{season}");
    let early = [("meeting_on", "2022-11-07"), ("minutes_number", "新常纪〔2022〕20号")];
    committee.post(&decision, &early).await.expect(422).says("征求意见还没有结束");
    let page = officer.get(&path).await.expect(200).text();
    let consultations: Vec<String> = page
        .split("/review/consultations/replies/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|id| format!("/review/consultations/replies/{id}"))
        .collect();
    assert_eq!(consultations.len(), programme(2022).consulted.len());
    for consultation in consultations {
        let reply = [("reply", "no_comment"), ("reply_text", ""), ("replied_on", "2022-11-07")];
        officer.post(&consultation, &reply).await.expect(303);
    }
    let page = committee.get(&decision).await.expect(200).text();
    let mut fields = versions(&page, applications);
    fields.extend(applications.iter().map(|it| (format!("resolution.{}", id(it)), "approve".to_owned())));
    fields.extend(early.map(|(name, value)| (name.to_owned(), value.to_owned())));
    post(&mut committee, &decision, &fields).await.expect(303);
    officer
}

const NOTICE: [(&str, &str); 10] = [
    ("title", "关于2022年度县级“红旗小区”拟认定名单的公示"),
    ("basis", "新组通〔2021〕12号"),
    ("procedure", "小区党支部申报、社区把关、街道审核、评选组评选、县委常委会审定"),
    ("accepting_body", "县委组织部干部监督科"),
    ("phone", "0877-7011234"),
    ("address", "新平县桂山街道平山路 1 号"),
    ("postcode", "653400"),
    ("mailbox", "jiandu@example.org"),
    ("objection_rule", "请在公示期内反映，提倡署名。"),
    ("issuer", "中共新平县委组织部"),
];

/// Drafts and publishes the notice; answers with its identifier.
pub async fn published(officer: &mut Client, season: &str) -> String {
    let season = id(season);
    let draft = format!("/notice-desk/{season}/draft");
    let drafted = officer.post(&draft, &NOTICE).await.expect(303).location;
    let page = officer.get(&drafted).await.expect(200);
    let notice = page.between("/notice-desk/notices/", "/publish");
    let version = page.between("name=\"seen\" value=\"", "\"");
    officer.post(&format!("/notice-desk/notices/{notice}/publish"), &[("seen", &version)]).await.expect(303);
    notice
}

async fn the_county_decides_and_the_award_is_paid(world: &World) {
    let (season, applications) = recommended(world).await;
    let mut officer = decided(world, &season, &applications).await;
    let notice = published(&mut officer, &season).await;

    let mut resident = world.visitor();
    resident.get("/").await.expect(200).says("公示中");
    let page = resident.get(&format!("/notices/{notice}")).await.expect(200).says("阳光里联合党支部");
    page.says("2022年11月7日至2022年11月14日").does_not_say("13800000011");
    let object = format!("/notices/{notice}/object");
    resident.post(&object, &[("text", ""), ("is_named", "no")]).await.expect(422).says("请填写");
    let about = id(&applications[1]).to_owned();
    let words = [
        ("application", about.as_str()),
        ("is_named", "yes"),
        ("reporter_name", "王女士"),
        ("reporter_contact", "13900000001"),
        ("text", "议事会次数不实。"),
    ];
    let receipt = resident.post(&object, &words).await.expect(200).says("查询码");
    let query_code = receipt.between("class=\"code\">", "<");
    resident.post("/objections", &[("code", &query_code)]).await.expect(200);
    resident.post("/objections", &[("code", "AAAA-AAAA-AAAA-AAAA")]).await.expect(422).says("没有查到");

    let season_id = id(&season);
    let first = id(&applications[0]).to_owned();
    let confirm = format!("/awards/{season_id}/confirm");
    officer.post(&confirm, &[("chosen", &first)]).await.expect(422).says("期满后才能认定");
    world.set_date(date(2022, 11, 15));
    officer.post(&confirm, &[("chosen", &about)]).await.expect(422).says("没有办结");

    let mut verifier = world.officer(OfficeKind::Verifier, &county()).await;
    let page = verifier.get("/objection-desk").await.expect(200).does_not_say("王女士");
    let objection = format!("/objection-desk/objections/{}", page.between("/objection-desk/objections/", "\""));
    officer.get(&objection).await.expect(200).does_not_say("王女士").does_not_say("13900000001");
    officer.post(&format!("{objection}/reporter"), &[]).await.expect(403);
    verifier.post(&format!("{objection}/reporter"), &[]).await.expect(200).says("王女士");
    verifier.post(&format!("{objection}/acknowledge"), &[]).await.expect(303);
    verifier.post(&format!("{objection}/verify"), &[]).await.expect(303);
    let upheld = [("finding", "upheld"), ("grounds", "查阅纪要，反映属实。")];
    verifier.post(&format!("{objection}/decide"), &upheld).await.expect(303);
    verifier
        .post(&format!("{objection}/answer"), &[("answer", "经核实，反映属实，已取消评选资格。")])
        .await
        .expect(303);
    resident.post("/objections", &[("code", &query_code)]).await.expect(200).says("已取消评选资格");
    officer.get(&applications[1]).await.expect(200).says("取消评选资格");

    officer.post(&confirm, &[("chosen", &about)]).await.expect(422);
    officer.post(&confirm, &[("chosen", &first)]).await.expect(303);
    let circular = [("number", "新组通〔2022〕30号"), ("issued_on", "2022-11-15")];
    officer.post(&format!("/awards/{season_id}/circular"), &circular).await.expect(303);
    officer.get(&applications[0]).await.expect(200).says("已通报表彰");
    for (name, path) in [
        ("application.docx", format!("{}/form.docx", applications[0])),
        ("notice.docx", format!("/notice-desk/notices/{notice}/notice.docx")),
        ("circular.docx", format!("/awards/{season_id}/circular.docx")),
        ("agenda.docx", format!("/review/decision/{season_id}/agenda.docx")),
        ("summary.xlsx", format!("{season}/summary.xlsx")),
    ] {
        keep_document(name, officer.get(&path).await.expect(200).body);
    }
    pay(world, &mut officer, season_id, &first).await;
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

/// The money: prepared, approved, paid and received by four different people.
async fn pay(world: &World, officer: &mut Client, season: &str, winner: &str) {
    let payee = format!("payee.{winner}");
    let prepare = [("application", winner), (payee.as_str(), "branch")];
    officer.post(&format!("/funds/seasons/{season}/prepare"), &prepare).await.expect(303);
    let page = officer.get(&format!("/funds/seasons/{season}")).await.expect(200).says("5,000.00");
    let commitment = page.between("/funds/commitments/", "\"");
    let approve = format!("/funds/seasons/{season}/approve");
    let minutes = [("commitment", commitment.as_str()), ("minutes", "部务会〔2022〕8号")];
    officer.post(&approve, &minutes).await.expect(403);
    let mut leader = world.officer(OfficeKind::CountyLeader, &county()).await;
    leader.post(&approve, &minutes).await.expect(303);
    let mut finance = world.officer(OfficeKind::FinanceOfficer, &county()).await;
    let paid = [("commitment", commitment.as_str()), ("voucher", "记-2022-118"), ("paid_on", "2022-11-15")];
    finance.post(&format!("/funds/seasons/{season}/pay"), &paid).await.expect(303);
    let payments = finance.get(&format!("/funds/seasons/{season}/payments.xlsx")).await.expect(200);
    keep_document("payments.xlsx", payments.body);
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code("5304270010010001")).await;
    let received = [("voucher", "收-1"), ("received_on", "2022-11-15")];
    branch.post(&format!("/funds/commitments/{commitment}/receipt"), &received).await.expect(303);
    let mut stranger = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    stranger.get(&format!("/funds/commitments/{commitment}")).await.expect(404);
}

/// Keeps a document for `scripts/check_documents.py`, which opens it with an independent reader.
fn keep_document(name: &str, bytes: Vec<u8>) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../test-output/documents");
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(format!("{folder}/{name}"), bytes).expect("kept");
}

async fn a_notice_keeps_its_rules(world: &World) {
    let (season, applications) = recommended(world).await;
    let mut officer = decided(world, &season, &applications).await;
    let draft = format!("/notice-desk/{}/draft", id(&season));
    let lacking: Vec<(&str, &str)> = NOTICE.into_iter().filter(|(name, _)| *name != "phone").collect();
    let drafted = officer.post(&draft, &lacking).await.expect(303).location;
    let page = officer.get(&drafted).await.expect(200);
    let notice = page.between("/notice-desk/notices/", "/publish");
    let version = page.between("name=\"seen\" value=\"", "\"");
    let publish = format!("/notice-desk/notices/{notice}/publish");
    officer.post(&publish, &[("seen", &version)]).await.expect(422).says("请填写“受理电话”");
    let whole = [NOTICE.as_slice(), &[("seen", version.as_str())]].concat();
    officer.post(&draft, &whole).await.expect(303);
    let stale = officer.post(&publish, &[("seen", &version)]).await;
    stale.expect(409).says("内容已被他人更新");
    let version = officer.get(&drafted).await.expect(200).between("name=\"seen\" value=\"", "\"");
    world.set_date(date(2026, 12, 30));
    officer.post(&publish, &[("seen", &version)]).await.expect(422).says("2027");
    world.set_date(date(2022, 12, 30));
    officer.post(&publish, &[("seen", &version)]).await.expect(303);
    world.visitor().get(&format!("/notices/{notice}")).await.expect(200).says("2023年1月9日");
}
