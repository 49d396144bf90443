//! What the ledger already knows about a branch, for the application form (申报表): nothing is asked twice.

use domain::{clock::chinese_date, place::PlaceCode};
use platform::{act::Act, error::Stop};
use sea_orm::ConnectionTrait;

use crate::{people, places};

/// The facts of `branch` at this moment, kept with the submitted version.
pub(super) async fn of(act: &Act<'_>, branch: &PlaceCode) -> Result<Vec<(String, String)>, Stop> {
    facts(act.db(), branch).await
}

/// Label and value of each fact, in the order of the form.
///
/// # Errors
/// [`Stop::Missing`] when there is no such branch.
pub async fn facts(db: &impl ConnectionTrait, branch: &PlaceCode) -> Result<Vec<(String, String)>, Stop> {
    let found = places::branch(db, branch).await?.ok_or(Stop::Missing)?;
    let line = places::ancestors(db, branch).await?;
    let above = |index: usize| line.get(index).map(|place| places::common_name(&place.name)).unwrap_or_default();
    let compounds: Vec<String> = places::compounds_under(db, branch).await?.into_iter().map(|it| it.name).collect();
    let buildings = places::buildings_under(db, branch).await?;
    let committee = people::committee_of(db, branch).await?;
    let members = people::member_counts_under(db, branch).await?.remove(branch).unwrap_or_default();
    let count = |number: usize| number.to_string();
    let or_none = |text: &str| if text.is_empty() { "无".to_owned() } else { text.to_owned() };
    let particulars = &found.branch;
    let mut facts: Vec<(&str, String)> = vec![
        ("街道", above(1)),
        ("社区", above(2)),
        ("支部名称", found.place.name.clone()),
        ("支部类型", particulars.kind.0.label().to_owned()),
        ("成立日期", particulars.founded_on.map_or_else(|| "未登记".to_owned(), |date| chinese_date(date.0))),
        ("覆盖小区", or_none(&compounds.join("、"))),
        ("楼栋/单元", format!("{} 栋 / {} 个单元", particulars.buildings, particulars.stairwells)),
        ("户数", format!("{} 户", particulars.households)),
        ("居民数", format!("{} 人", particulars.residents)),
        ("正式党员", format!("{} 名", members.full)),
        ("预备党员", format!("{} 名", members.probationary)),
        ("在职报到党员", format!("{} 名", members.reported)),
        ("流动党员", format!("{} 名", members.mobile)),
    ];
    if let Some((post, person)) = committee.first() {
        let since = post.since.map_or_else(|| "未登记".to_owned(), |date| chinese_date(date.0));
        let gender = person.gender.map_or("", |gender| gender.0.label());
        let words = format!("{}，{gender}，{}，{since}任职", person.name, post.service.0.label());
        facts.push((post.post.0.label(), words));
    }
    let others: Vec<String> =
        committee.iter().skip(1).map(|(post, person)| format!("{}（{}）", person.name, post.post.0.label())).collect();
    facts.extend([
        ("支部委员", or_none(&others.join("、"))),
        ("楼栋长", format!("{} 名", count(buildings.iter().filter(|it| !it.steward.is_empty()).count()))),
        ("党员中心户", format!("{} 户", count(buildings.iter().filter(|it| !it.hub_household.is_empty()).count()))),
        ("业主委员会", joined([particulars.owners_committee.0.label().to_owned(), particulars.owners_words()])),
        ("物业服务企业", joined([or_none(&particulars.property_company), particulars.company_terms.clone()])),
        ("网格和网格员", joined([format!("{} 个", particulars.grids), particulars.grid_workers.clone()])),
        ("活动阵地", particulars.venue_area.map_or_else(|| "无".to_owned(), |area| format!("{} ㎡", hundredths(area)))),
        ("服务品牌", or_none(&particulars.brand)),
    ]);
    Ok(facts.into_iter().map(|(label, value)| (label.to_owned(), value)).collect())
}

fn joined(parts: [String; 2]) -> String {
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("，")
}

fn hundredths(value: i64) -> String {
    domain::selection::score::points(value)
}
