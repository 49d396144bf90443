//! The money through HTTP: the budget line, three persons, and the ways back.

use domain::{
    permission::{Deed, OfficeKind},
    selection::programme::programme,
};
use jiff::civil::date;

use crate::{
    client::Client,
    season::{decided, id, published, recommended},
    stories,
    world::{PASSWORD, World, code, county},
};

stories!(
    the_line_is_never_passed_and_three_persons_hold_the_money,
    money_comes_back_and_goes_again,
    who_approves_may_send_it_back,
    what_was_paid_to_a_lost_award_is_demanded_back,
);

const WINNER: &str = "5304270010010001";

/// Two awards; answers with the organisation department, the season's page and the applications.
pub async fn awarded(world: &World) -> (Client, String, Vec<String>) {
    let (season, applications) = recommended(world).await;
    let mut officer = decided(world, &season, &applications).await;
    published(&mut officer, &season).await;
    world.set_date(date(2022, 11, 15));
    let season = id(&season).to_owned();
    let chosen: Vec<(&str, &str)> = applications.iter().map(|it| ("chosen", id(it))).collect();
    officer.post(&format!("/awards/{season}/confirm"), &chosen).await.expect(303);
    (officer, format!("/funds/seasons/{season}"), applications)
}

async fn prepare(officer: &mut Client, funds: &str, applications: &[String]) -> crate::client::Answer {
    let fields: Vec<(String, String)> = applications
        .iter()
        .flat_map(|it| {
            [("application".to_owned(), id(it).to_owned()), (format!("payee.{}", id(it)), "community".to_owned())]
        })
        .collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    officer.post(&format!("{funds}/prepare"), &fields).await
}

/// The commitment of the first branch, as its page is addressed from the list.
pub async fn first_commitment(client: &mut Client, funds: &str) -> String {
    let page = client.get(funds).await.expect(200);
    page.between("href=\"/funds/commitments/", "\"")
}

async fn the_line_is_never_passed_and_three_persons_hold_the_money(world: &World) {
    let (mut officer, funds, applications) = awarded(world).await;
    let waits = "编制2022年度红旗小区的补助资金（2 个小区党支部）";
    officer.get("/desk").await.expect(200).says(waits);
    // Next year's season does not push last year's winners off the desk.
    let version = app::selection::save_parameters(&world.system(), &county(), programme(2023)).await;
    let version = version.expect("parameters");
    app::selection::open_season(&world.system(), version, "方案正在修订").await.expect("a season");
    officer.get("/desk").await.expect(200).says(waits);
    // R-FUND-02: what else the line pays for leaves room for one award and not for two.
    let plan = format!("{funds}/plan");
    officer.post(&plan, &[("plan.training", "300,000.01")]).await.expect(422).says("还剩 300,000.00 元");
    officer.post(&plan, &[("plan.training", "二十万")]).await.expect(422).says("应为不小于 0 的数").says("二十万");
    officer.post(&plan, &[("plan.training", "200000"), ("plan.visits", "91,000")]).await.expect(303);
    prepare(&mut officer, &funds, &applications)
        .await
        .expect(422)
        .says("还剩 9,000.00 元，不够安排这次的 10,000.00 元");
    officer.post(&plan, &[("plan.training", "200000"), ("plan.visits", "90,000")]).await.expect(303);
    prepare(&mut officer, &funds, &[]).await.expect(422).says("请勾选");
    let stranger = ["018c0000-0000-7000-8000-000000000000".to_owned()];
    prepare(&mut officer, &funds, &stranger).await.expect(404);
    prepare(&mut officer, &funds, &applications).await.expect(303);
    prepare(&mut officer, &funds, &applications).await.expect(422).says("同一年度只补助一次");
    officer.post(&plan, &[("plan.training", "290,000.01")]).await.expect(422).says("还剩 290,000.00 元");
    officer.get(&funds).await.expect(200).says("10,000.00").says("五桂社区").says("专账");

    // R-FUND-03: one person with three offices holds the money once.
    let commitment = first_commitment(&mut officer, &funds).await;
    let (login, person) = world.swear_in(OfficeKind::CountyLeader, &county()).await;
    let finance_office = world.also(&person, OfficeKind::FinanceOfficer, &county()).await;
    let mut leader = world.visitor();
    leader.sign_in(&login, PASSWORD).await.expect(303);
    leader.get("/desk").await.expect(200).says("审批补助资金（2022年度，2 笔）");
    let approve = format!("{funds}/approve");
    leader.post(&approve, &[("commitment", &commitment), ("minutes", "")]).await.expect(422).says("会议纪要编号");
    leader.post(&approve, &[("minutes", "部务会〔2022〕8号")]).await.expect(422).says("请勾选");
    leader.post(&approve, &[("commitment", "x"), ("minutes", "部务会〔2022〕8号")]).await.expect(404);
    leader.post(&approve, &[("commitment", &commitment), ("minutes", "部务会〔2022〕8号")]).await.expect(303);
    leader.post("/switch-office", &[("office", &finance_office.to_string())]).await.expect(303);
    let pay = format!("{funds}/pay");
    let paid = [("commitment", commitment.as_str()), ("voucher", "记-118"), ("paid_on", "2022-11-15")];
    leader.post(&pay, &paid).await.expect(422).says("须由三名不同的同志办理").says("记-118");

    let mut finance = world.officer(OfficeKind::FinanceOfficer, &county()).await;
    finance.get("/desk").await.expect(200).says("支付补助资金并登记凭证（2022年度，1 笔）");
    let early = [("commitment", commitment.as_str()), ("voucher", "记-118"), ("paid_on", "2022-11-16")];
    finance.post(&pay, &early).await.expect(422).says("支付日期不能晚于今天");
    finance.post(&pay, &paid).await.expect(303);
    finance.post(&pay, &paid).await.expect(422).says("已支付，待确认到账");
    let sheet = finance.get(&format!("{funds}/payments.xlsx")).await.expect(200);
    assert!(sheet.body.starts_with(b"PK"), "a workbook");
    let mut stranger = world.officer(OfficeKind::PanelUnit, &county()).await;
    for path in [funds.clone(), format!("{funds}/payments.xlsx"), format!("/funds/commitments/{commitment}")] {
        stranger.get(&path).await.expect(404);
    }
}

/// Prepared, approved and paid; answers with the commitment's page.
async fn paid(world: &World, officer: &mut Client, funds: &str, applications: &[String]) -> String {
    prepare(officer, funds, applications).await.expect(303);
    let commitment = first_commitment(officer, funds).await;
    let mut leader = world.officer(OfficeKind::CountyLeader, &county()).await;
    let minutes = [("commitment", commitment.as_str()), ("minutes", "部务会〔2022〕8号")];
    leader.post(&format!("{funds}/approve"), &minutes).await.expect(303);
    pay(world, funds, &commitment).await;
    format!("/funds/commitments/{commitment}")
}

async fn pay(world: &World, funds: &str, commitment: &str) {
    let mut finance = world.officer(OfficeKind::FinanceOfficer, &county()).await;
    let paid = [("commitment", commitment), ("voucher", "记-118"), ("paid_on", "2022-11-15")];
    finance.post(&format!("{funds}/pay"), &paid).await.expect(303);
}

async fn who_approves_may_send_it_back(world: &World) {
    let (mut officer, funds, applications) = awarded(world).await;
    let first = applications[..1].to_vec();
    prepare(&mut officer, &funds, &first).await.expect(303);
    let commitment = format!("/funds/commitments/{}", first_commitment(&mut officer, &funds).await);
    let refuse = format!("{commitment}/refuse");
    officer.post(&refuse, &[("reason", "x")]).await.expect(403);
    let mut leader = world.officer(OfficeKind::CountyLeader, &county()).await;
    leader.get(&commitment).await.expect(200).says("审批不通过，退回");
    leader.post(&refuse, &[("reason", " ")]).await.expect(422).says("请写明原因");
    leader.post(&refuse, &[("reason", "收款账户没有核对")]).await.expect(303);
    leader.post(&refuse, &[("reason", "收款账户没有核对")]).await.expect(422);
    officer.get("/messages").await.expect(200).says("审批没有通过，原因：收款账户没有核对");
    officer.get("/desk").await.expect(200).says("编制2022年度红旗小区的补助资金");
    prepare(&mut officer, &funds, &first).await.expect(303);
}

async fn money_comes_back_and_goes_again(world: &World) {
    let (mut officer, funds, applications) = awarded(world).await;
    let first = applications[..1].to_vec();
    // Cancelled before it was approved, it may be prepared once more.
    prepare(&mut officer, &funds, &first).await.expect(303);
    let cancelled = format!("/funds/commitments/{}", first_commitment(&mut officer, &funds).await);
    officer.post(&format!("{cancelled}/cancel"), &[("reason", " ")]).await.expect(422).says("请写明原因");
    officer.post(&format!("{cancelled}/cancel"), &[("reason", "收款账户选错")]).await.expect(303);
    officer.get(&cancelled).await.expect(200).says("已取消").says("收款账户选错");
    prepare(&mut officer, &funds, &first).await.expect(303);
    let page = officer.get(&funds).await.expect(200).text();
    let commitment = page
        .split("href=\"/funds/commitments/")
        .filter_map(|rest| rest.split('"').next())
        .find(|id| id.len() == 36 && !cancelled.ends_with(id))
        .expect("the second attempt")
        .to_owned();
    let mut leader = world.officer(OfficeKind::CountyLeader, &county()).await;
    let minutes = [("commitment", commitment.as_str()), ("minutes", "部务会〔2022〕8号")];
    leader.post(&format!("{funds}/approve"), &minutes).await.expect(303);
    pay(world, &funds, &commitment).await;
    // Sent back by the bank, it is paid again, and received.
    let path = format!("/funds/commitments/{commitment}");
    officer.post(&format!("{path}/return"), &[("reason", "户名与账号不符")]).await.expect(303);
    officer.post(&format!("{path}/return"), &[("reason", "再退一次")]).await.expect(422).says("已退回");
    pay(world, &funds, &commitment).await;
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code(WINNER)).await;
    branch.get("/desk").await.expect(200).says("核对并确认补助资金到账");
    branch.get(&funds).await.expect(200).does_not_say("300,000.00");
    let receipt = format!("{path}/receipt");
    let early = [("voucher", "收-1"), ("received_on", "2022-11-14")];
    branch.post(&receipt, &early).await.expect(422).says("到账日期应在支付日期和今天之间").says("收-1");
    branch.post(&receipt, &[("voucher", "收-1"), ("received_on", "2022-11-15")]).await.expect(303);
    branch.get(&path).await.expect(200).says("已到账").says("编制补助").says("登记支付");
    branch.post(&format!("{path}/cancel"), &[("reason", "x")]).await.expect(403);
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    other.post(&receipt, &[]).await.expect(404);
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    community.get(&path).await.expect(200);
    community.post(&receipt, &[]).await.expect(403);
}

async fn what_was_paid_to_a_lost_award_is_demanded_back(world: &World) {
    let (mut officer, funds, applications) = awarded(world).await;
    let path = paid(world, &mut officer, &funds, &applications).await;
    officer.post(&format!("{path}/recover"), &[("reason", "x")]).await.expect(422).says("请先办理撤销认定");
    for application in &applications {
        let revoke = format!("/awards/applications/{}/revoke", id(application));
        let fields = [
            ("reason", "查实弄虚作假。"),
            ("source_document", "新纪通〔2022〕3号"),
            ("title", "关于撤销认定的公示"),
            ("basis", "新纪通〔2022〕3号"),
            ("procedure", "经核查属实"),
            ("accepting_body", "县委组织部"),
            ("phone", "0877-7011234"),
            ("address", "平山路 1 号"),
            ("mailbox", "jiandu@example.org"),
            ("objection_rule", "请在公示期内反映。"),
            ("issuer", "中共新平县委组织部"),
        ];
        officer.post(&revoke, &fields).await.expect(303);
    }
    officer
        .get("/desk")
        .await
        .expect(200)
        .says("追回已撤销认定的小区的补助资金")
        .says("取消已撤销认定的小区的补助资金");
    officer.post(&format!("{path}/recover"), &[("reason", "认定已撤销")]).await.expect(303);
    officer.post(&format!("{path}/recovered"), &[("voucher", "")]).await.expect(422).says("凭证编号");
    officer.post(&format!("{path}/recovered"), &[("voucher", "收-9")]).await.expect(303);
    officer.get(&path).await.expect(200).says("已追回").says("收-9");
    // The other one was never paid, and cannot be any more.
    let page = officer.get(&funds).await.expect(200).text();
    let open = page
        .split("href=\"/funds/commitments/")
        .filter_map(|rest| rest.split('"').next())
        .find(|id| id.len() == 36 && !path.ends_with(id))
        .expect("the other one")
        .to_owned();
    let mut leader = world.officer(OfficeKind::CountyLeader, &county()).await;
    let minutes = [("commitment", open.as_str()), ("minutes", "部务会〔2022〕9号")];
    leader.post(&format!("{funds}/approve"), &minutes).await.expect(422).says("只有已认定的红旗小区");
    world.visitor().get("/results/2022").await.expect(200).says("共 0 个").says("已于2022年11月15日撤销");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty(), "{} is in the record", Deed::CancelCommitment);
}
