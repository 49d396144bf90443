//! Everything that is kept of a member, of all years and of every roll they were in (R-PRI-05): the page and the workbook draw the
//! same tables.

mod life;
mod points;

use domain::{clock::chinese_date, ids::MembershipId, organisation::Gender};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{db::column::Text, error::Stop};

use super::store;
use crate::{
    desk::Desk,
    people::{self, Membership, Person},
    places,
};

type Rows = Vec<Vec<CellValue>>;

/// Who the member is and what the line of the roll says, in words. The own number is shown in full: it is theirs.
///
/// # Errors
/// When the database cannot be read.
pub async fn facts(desk: &Desk, line: &Membership, person: &Person) -> Result<Vec<(&'static str, String)>, Stop> {
    let mut codes = vec![line.branch.0.clone()];
    codes.extend(line.unit.as_ref().map(|unit| unit.0.clone()));
    let names = places::names(desk.op.reader(), codes.iter().cloned().collect()).await?;
    let name = |at: usize| codes.get(at).and_then(|code| names.get(code.as_str())).cloned().unwrap_or_default();
    let phone = person.phone_sealed.as_deref().and_then(|sealed| desk.op.floor.keys.open(sealed).ok());
    let date = |date: Option<Text<jiff::civil::Date>>| date.map(|date| chinese_date(date.0)).unwrap_or_default();
    let vote = if line.is_without_vote { "留党察看期间没有表决权" } else { "有" };
    Ok(vec![
        ("姓名", person.name.clone()),
        ("性别", person.gender.map(|gender| Gender::label(gender.0).to_owned()).unwrap_or_default()),
        ("出生年月", person.birth_month.clone().unwrap_or_default()),
        ("联系电话", phone.unwrap_or_default()),
        ("小区党支部", name(0)),
        ("单位党支部", name(1)),
        ("党员类型", line.kind.0.label().to_owned()),
        ("组织关系", line.affiliation.0.label().to_owned()),
        ("身份", line.service.0.label().to_owned()),
        ("居住小区", line.compound.clone()),
        ("居住楼栋", line.building.clone()),
        ("特长", line.speciality.clone()),
        ("可服务时间", line.available_time.clone()),
        ("党小组", line.party_group.map(|group| group.0.label()).unwrap_or_default()),
        ("认领岗位", line.claimed_post.clone()),
        ("表决权", vote.to_owned()),
        ("报到日期", date(line.registered_on)),
        ("最近核对", date(line.verified_on)),
    ])
}

/// Everything else, table by table, the latest first; a table without rows says that there is nothing of its kind.
///
/// # Errors
/// When the database cannot be read.
pub async fn tables(desk: &Desk, person: &Person) -> Result<Vec<SheetTable>, Stop> {
    let lines = people::memberships_of_persons(desk.op.reader(), &[person.id.0]).await?;
    let mut tables = vec![rolls(desk, &lines).await?, posts(desk, person).await?];
    tables.extend([points::scores(desk, &lines).await?, points::appeals(desk, &lines).await?]);
    tables.extend([points::unit_scores(desk, person).await?, points::years(desk, &lines).await?]);
    tables.extend([
        life::served(desk, &lines).await?,
        life::took_part(desk, &lines).await?,
        life::came(desk, &lines, person).await?,
    ]);
    tables.extend([
        life::held(desk, &lines).await?,
        life::wished(desk, &lines).await?,
        life::reported(desk, &lines).await?,
    ]);
    tables.push(asked(desk, &lines).await?);
    Ok(tables)
}

fn day(label: &str) -> SheetColumn {
    SheetColumn::new(label, 14.0, ColumnKind::Date)
}

fn number(label: &str) -> SheetColumn {
    SheetColumn::new(label, 10.0, ColumnKind::Decimal)
}

/// The facts as a table.
pub fn facts_table(facts: Vec<(&'static str, String)>) -> SheetTable {
    let rows = facts.into_iter().map(|(label, value)| vec![label.into(), value.into()]).collect();
    table("基本资料", vec![SheetColumn::text("项目", 14.0), SheetColumn::text("内容", 40.0)], rows)
}

/// A table of one kind.
fn table(name: &str, columns: Vec<SheetColumn>, rows: Rows) -> SheetTable {
    SheetTable { name: name.to_owned(), title: None, note: None, columns, rows, totals: None }
}

fn ids(lines: &[Membership]) -> impl Iterator<Item = MembershipId> {
    lines.iter().map(|line| line.id.0)
}

async fn rolls(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let db = desk.op.reader();
    let names = places::names(db, lines.iter().map(|line| line.branch.0.clone()).collect()).await?;
    let mut rows = Vec::new();
    for line in lines.iter().rev() {
        let branch = names.get(line.branch.0.as_str()).cloned().unwrap_or_default();
        rows.push(vec![
            branch.clone().into(),
            line.registered_on.map(|date| date.0).into(),
            line.ended_on.map(|date| date.0).into(),
            line.state.0.label().into(),
            line.ended_reason.clone().into(),
        ]);
        for stay in people::stays_of(db, &[line.id.0]).await? {
            rows.push(vec![
                branch.clone().into(),
                stay.registered_on.map(|date| date.0).into(),
                stay.ended_on.map(|date| date.0).into(),
                stay.state.0.label().into(),
                stay.reason.into(),
            ]);
        }
    }
    let columns = vec![
        SheetColumn::text("小区党支部", 28.0),
        day("报到日期"),
        day("结束日期"),
        SheetColumn::text("状态", 12.0),
        SheetColumn::text("原因", 40.0),
    ];
    Ok(table("报到经历", columns, rows))
}

async fn posts(desk: &Desk, person: &Person) -> Result<SheetTable, Stop> {
    let held = people::posts_of_person(desk.op.reader(), person.id.0).await?;
    let names = places::names(desk.op.reader(), held.iter().map(|row| row.branch.0.clone()).collect()).await?;
    let row = |row: people::CommitteePost| {
        vec![
            names.get(row.branch.0.as_str()).cloned().unwrap_or_default().into(),
            row.post.0.label().into(),
            row.since.map(|date| date.0).into(),
            row.until.map(|date| date.0).into(),
        ]
    };
    let columns =
        vec![SheetColumn::text("小区党支部", 28.0), SheetColumn::text("职务", 16.0), day("任职日期"), day("离任日期")];
    Ok(table("班子任职", columns, held.into_iter().map(row).collect()))
}

async fn asked(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(store::corrections_of(desk.op.reader(), id).await?.into_iter().map(|row| {
            vec![
                row.asked_at.0.date().into(),
                row.body.into(),
                row.state.0.label().into(),
                row.answer.into(),
                row.answered_by.into(),
            ]
        }));
    }
    let columns = vec![
        day("申请日期"),
        SheetColumn::text("要更正的内容", 50.0),
        SheetColumn::text("状态", 10.0),
        SheetColumn::text("答复", 50.0),
        SheetColumn::text("答复人", 24.0),
    ];
    Ok(table("更正申请", columns, rows))
}
