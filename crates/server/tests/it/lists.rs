//! Every list can be taken away as an Excel table: the page leads to it, and it opens.

use domain::permission::OfficeKind::{
    self, Administrator, Auditor, BranchSecretary, CommunityOfficer, CountyOrgDept, PanelUnit, StreetOfficer,
    UnitContact, Verifier,
};
use office::workbook::Workbook;

use crate::{
    client::Client,
    positions::Things,
    stories,
    world::{World, code},
};

stories!(every_list_leads_to_its_table);

const COUNTY: &str = "530427";
const STREET: &str = "530427001";
const COMMUNITY: &str = "530427001001";
const BRANCH: &str = "5304270010010001";
const UNIT: &str = "530427-0001";

/// Who looks at which list, and what the table begins with.
const LISTS: &[(OfficeKind, &str, &str, &str)] = &[
    (BranchSecretary, BRANCH, "/meetings/places/5304270010010001", "年支部会议"),
    (CountyOrgDept, COUNTY, "/meetings/places/530427", "年支部会议"),
    (BranchSecretary, BRANCH, "/activities/places/5304270010010001", "年活动"),
    (StreetOfficer, STREET, "/activities/places/530427001?kind=training", "年培训班"),
    (CountyOrgDept, COUNTY, "/units", "单位党组织"),
    (CommunityOfficer, COMMUNITY, "/unit-registrations", "单位报到"),
    (BranchSecretary, BRANCH, "/posts/places/5304270010010001", "岗位和服务队"),
    (CommunityOfficer, COMMUNITY, "/wishes/places/530427001001", "微心愿"),
    (BranchSecretary, BRANCH, "/duty-reports/2022/places/5304270010010001", "2022年双报告"),
    (CommunityOfficer, COMMUNITY, "/duty-reports/2022/places/530427001001", "2022年双报告"),
    (BranchSecretary, BRANCH, "/points/2022/places/5304270010010001", "2022年度党员积分"),
    (CountyOrgDept, COUNTY, "/points/2022/places/530427", "2022年度党员积分"),
    (CommunityOfficer, COMMUNITY, "/service-hours/2022/places/530427001001", "2022年"),
    (CountyOrgDept, COUNTY, "/seasons", "历年“红旗小区”评选"),
    (CountyOrgDept, COUNTY, "/seasons/{season}", "2022年度各街道推荐名额"),
    (CountyOrgDept, COUNTY, "/seasons/{season}/summary", "汇总表"),
    (CountyOrgDept, COUNTY, "/applications", "申报"),
    (StreetOfficer, STREET, "/dashboard", "申报走到了哪一步"),
    (CountyOrgDept, COUNTY, "/awards", "红旗小区"),
    (CountyOrgDept, COUNTY, "/review/decision/{season}", "建议名单"),
    (PanelUnit, COUNTY, "/review/panel/{season}", "评选组意见"),
    (CountyOrgDept, COUNTY, "/review/consultations/{season}", "征求意见"),
    (CountyOrgDept, COUNTY, "/funds/seasons/{season}", ""),
    (Verifier, COUNTY, "/objection-desk", "公示异议登记表"),
    (BranchSecretary, BRANCH, "/voice-desk", "社情民意登记表"),
    (CountyOrgDept, COUNTY, "/voice-desk/rates", "年诉求办理情况"),
    (BranchSecretary, BRANCH, "/owner-polls", "业主表决登记表"),
    (BranchSecretary, BRANCH, "/owner-polls/{poll}/register", "表决名册"),
    (CommunityOfficer, COMMUNITY, "/owner-polls/{poll}/owners", "业主和投票情况"),
    (CommunityOfficer, COMMUNITY, "/owner-polls/{poll}/calls", "业主回访登记表"),
    (BranchSecretary, BRANCH, "/deliberations?show=all", "红色议事厅议题登记表"),
    (BranchSecretary, BRANCH, "/disputes", "矛盾纠纷登记表"),
    (CountyOrgDept, COUNTY, "/disputes/counts", "年矛盾纠纷办理情况"),
    (CommunityOfficer, COMMUNITY, "/places/530427001001/members", "党员"),
    (CountyOrgDept, COUNTY, "/places", ""),
    (Administrator, COUNTY, "/accounts", ""),
    (Auditor, COUNTY, "/audit", ""),
    (UnitContact, UNIT, "/units/530427-0001", "在职党员报到情况"),
];

async fn every_list_leads_to_its_table(world: &World) {
    let things = Things::make(world).await;
    let season = &things.named["season"][0].id;
    let mut findings = Vec::new();
    for (kind, place, page, words) in LISTS {
        let mut client = world.officer(*kind, &code(place)).await;
        let page = page.replace("{season}", season).replace("{poll}", &things.named["poll"][0].id);
        if let Err(finding) = leads_to_its_table(&mut client, &page, words).await {
            findings.push(format!("{kind:?} at {place}, {page}: {finding}"));
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// The page leads to a table, and the table says `words`.
async fn leads_to_its_table(client: &mut Client, page: &str, words: &str) -> Result<(), String> {
    let shown = client.get(page).await;
    if shown.status != 200 {
        return Err(format!("{}", shown.status));
    }
    let shown = shown.text().replace("&#38;", "&");
    let (before, after) = shown.split_once(".xlsx").ok_or("no table")?;
    let (before, after) = (before.rsplit_once('"').ok_or("no link")?.1, after.split_once('"').ok_or("no link")?.0);
    let table = client.get(&format!("{before}.xlsx{after}")).await;
    let book = Workbook::read(&table.body).map_err(|refusal| format!("{} {refusal}", table.status))?;
    let first = format!("{:?}", book.sheets()[0]);
    if first.contains(words) { Ok(()) } else { Err(format!("the table does not say “{words}”: {first:.300}")) }
}
