//! Panel, consultation and money.

use app::review;
use domain::{ids::SeasonId, permission::OfficeKind, selection::programme::programme};

use super::{at_once, both_or_one, one_is_told};
use crate::{
    funds::{awarded, first_commitment},
    review::{answers, borrowed, panel_officer, veto_fields},
    season::{id, recommended},
    stories,
    world::{World, code, county},
};

stories!(the_panel_loses_no_answer_and_opines_once, the_money_is_moved_once_and_never_passes_the_line);

async fn the_panel_loses_no_answer_and_opines_once(world: &World) {
    let (season, applications) = recommended(world).await;
    let applications: Vec<String> = applications.iter().map(|it| id(it).to_owned()).collect();
    let path = format!("/review/panel/{}", id(&season));
    let mut units = Vec::new();
    for (number, unit) in programme(2022).panel_units.iter().enumerate() {
        units.push(panel_officer(world, unit, &format!("panel{number}")).await);
    }
    // All units at once, each on all applications; who was told asks again.
    for _ in 0..units.len() {
        let mut tasks = tokio::task::JoinSet::new();
        for mut unit in units.clone() {
            let fields = answers(&mut unit, &path, &applications, "agree", "").await;
            let path = path.clone();
            tasks.spawn(async move { unit.post(&path, &borrowed(&fields)).await });
        }
        for answer in tasks.join_all().await {
            assert!(matches!(answer.status.as_u16(), 303 | 409 | 422), "{}", answer.words());
        }
    }
    let db = world.floor.db.reader();
    let season_id: SeasonId = id(&season).parse().expect("an id");
    let replies = review::PanelReplies::of(db, season_id).await.expect("read");
    for unit in &programme(2022).panel_units {
        for application in &applications {
            assert!(replies.by(application.parse().expect("an id"), unit).is_some(), "{unit} has answered");
        }
    }
    let mut one = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let mut two = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    for application in &applications {
        let page = format!("/review/preliminary/applications/{application}");
        let (veto, fields) = (format!("{page}/veto"), veto_fields(None));
        let fields = borrowed(&fields);
        both_or_one("veto check", at_once(world, one.post(&veto, &fields), two.post(&veto, &fields)).await);
        let version = one.get(&page).await.expect(200).between("name=\"seen\" value=\"", "\"");
        let opinion = format!("{page}/opinion");
        let pass = [("seen", version.as_str()), ("opinion", "pass"), ("reason", "")];
        one_is_told("opinion", at_once(world, one.post(&opinion, &pass), two.post(&opinion, &pass)).await);
    }
    let path = format!("/review/consultations/{}", id(&season));
    one_is_told("sending", at_once(world, one.post(&path, &[]), two.post(&path, &[])).await);
    let sent = review::season_consultations(db, season_id).await.expect("read");
    assert_eq!(sent.len(), programme(2022).consulted.len());
    let reply = format!("/review/consultations/replies/{}", sent[0].id.0);
    let fields = [("reply", "no_comment"), ("reply_text", ""), ("replied_on", "2022-11-07")];
    both_or_one("keeping a reply", at_once(world, one.post(&reply, &fields), two.post(&reply, &fields)).await);
}

async fn the_money_is_moved_once_and_never_passes_the_line(world: &World) {
    let (mut one, funds, applications) = awarded(world).await;
    let mut two = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    // R-FUND-02: there is room for one of the two.
    let plan = format!("{funds}/plan");
    one.post(&plan, &[("plan.training", "294000")]).await.expect(303);
    let (path, [first, second]) = (format!("{funds}/prepare"), [id(&applications[0]), id(&applications[1])]);
    let payees = [format!("payee.{first}"), format!("payee.{second}")];
    let fields = [
        [("application", first), (payees[0].as_str(), "branch")],
        [("application", second), (payees[1].as_str(), "branch")],
    ];
    let (mine, theirs) = at_once(world, one.post(&path, &fields[0]), two.post(&path, &fields[1])).await;
    let left = if mine.status == 303 { fields[1] } else { fields[0] };
    one_is_told("the line", (mine, theirs));
    // What is planned and what is prepared meet at the same line.
    one.post(&plan, &[("plan.training", "290000")]).await.expect(303);
    let more = [("plan.training", "295000")];
    one_is_told("plan or prepare", at_once(world, one.post(&path, &left), two.post(&plan, &more)).await);

    let commitment = first_commitment(&mut one, &funds).await;
    let mut leader = world.officer(OfficeKind::CountyLeader, &county()).await;
    let mut deputy = world.officer(OfficeKind::CountyLeader, &county()).await;
    let approve = format!("{funds}/approve");
    let minutes = [("commitment", commitment.as_str()), ("minutes", "部务会〔2022〕8号")];
    one_is_told("approving", at_once(world, leader.post(&approve, &minutes), deputy.post(&approve, &minutes)).await);
    let mut finance = world.officer(OfficeKind::FinanceOfficer, &county()).await;
    let mut clerk = world.officer(OfficeKind::FinanceOfficer, &county()).await;
    let pay = format!("{funds}/pay");
    let voucher = |voucher| [("commitment", commitment.as_str()), ("voucher", voucher), ("paid_on", "2022-11-15")];
    let (first, second) = (voucher("记-118"), voucher("记-119"));
    one_is_told("paying", at_once(world, finance.post(&pay, &first), clerk.post(&pay, &second)).await);
    let path = format!("/funds/commitments/{commitment}");
    let page = one.get(&path).await.expect(200);
    let branch = ["5304270010010001", "5304270010010002"];
    let at = branch[usize::from(!page.text().contains("阳光里联合党支部"))];
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(at)).await;
    let (receipt, back) = (format!("{path}/receipt"), format!("{path}/return"));
    let received = [("voucher", "收-1"), ("received_on", "2022-11-15")];
    let reason = [("reason", "户名与账号不符")];
    one_is_told(
        "receipt or return",
        at_once(world, secretary.post(&receipt, &received), one.post(&back, &reason)).await,
    );
}
