//! Everything that is kept of the member, of all years and of every roll they were in, as one workbook (R-PRI-05).

use axum::response::Response;
use domain::{clock::chinese_date, ids::MembershipId, permission::Deed};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{error::Stop, pages::workbook};

use super::data::facts;
use crate::{
    activities,
    desk::Desk,
    meetings,
    own::{queries::own_line, store},
    people::{self, Membership},
    places, points, service,
};

/// The first year of which anything can be kept.
const FIRST_YEAR: i32 = 2020;

type Rows = Vec<Vec<CellValue>>;

fn text(label: &str, width: f64) -> SheetColumn {
    SheetColumn::new(label, width, ColumnKind::Text)
}

fn date() -> SheetColumn {
    SheetColumn::new("日期", 14.0, ColumnKind::Date)
}

fn number(label: &str) -> SheetColumn {
    SheetColumn::new(label, 10.0, ColumnKind::Decimal)
}

fn table(name: &str, columns: Vec<SheetColumn>, rows: Rows) -> SheetTable {
    SheetTable { name: name.to_owned(), title: None, note: None, columns, rows, totals: None }
}

/// Takes everything away.
pub async fn export(desk: Desk) -> Result<Response, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, person) = own_line(&desk).await?;
    let own = facts(&desk, &line, &person).await?;
    let own = own.into_iter().map(|(label, value)| vec![label.into(), value.into()]).collect();
    let lines = people::memberships_of_persons(desk.op.reader(), &[person.id.0]).await?;
    let mut tables = vec![table("基本资料", vec![text("项目", 14.0), text("内容", 40.0)], own)];
    tables.push(rolls(&desk, &lines).await?);
    tables.extend([scores(&desk, &lines).await?, appeals(&desk, &lines).await?]);
    tables.extend([served(&desk, &lines).await?, took_part(&desk, &lines).await?, came(&desk, &lines).await?]);
    tables.extend([held(&desk, &lines).await?, wished(&desk, &lines).await?, reported(&desk, &lines).await?]);
    tables.push(asked(&desk, &lines).await?);
    workbook("我的资料", &tables)
}

fn ids(lines: &[Membership]) -> impl Iterator<Item = MembershipId> {
    lines.iter().map(|line| line.id.0)
}

async fn rolls(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let db = desk.op.reader();
    let names = places::names(db, lines.iter().map(|line| line.branch.0.clone()).collect()).await?;
    let mut rows = Vec::new();
    for line in lines {
        let branch = names.get(line.branch.0.as_str()).cloned().unwrap_or_default();
        for stay in people::stays_of(db, line.id.0).await? {
            rows.push(vec![
                branch.clone().into(),
                stay.registered_on.map(|date| date.0).into(),
                stay.ended_on.map(|date| date.0).into(),
                stay.state.0.label().into(),
                stay.reason.into(),
            ]);
        }
        rows.push(vec![
            branch.into(),
            line.registered_on.map(|date| date.0).into(),
            line.ended_on.map(|date| date.0).into(),
            line.state.0.label().into(),
            line.ended_reason.clone().into(),
        ]);
    }
    let day = |label| SheetColumn::new(label, 14.0, ColumnKind::Date);
    let columns =
        vec![text("小区党支部", 28.0), day("报到日期"), day("结束日期"), text("状态", 12.0), text("原因", 40.0)];
    Ok(table("报到经历", columns, rows))
}

async fn scores(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let (db, this_year) = (desk.op.reader(), i32::from(desk.op.now().date().year()));
    let mut rows = Vec::new();
    for line in lines {
        for year in FIRST_YEAR..=this_year {
            let of_year = points::lines_of_member(db, &line.branch.0, line.id.0, year).await?;
            rows.extend(of_year.into_iter().map(|it| {
                vec![
                    it.row.occurred_on.0.into(),
                    it.title.into(),
                    CellValue::Hundredths(it.row.points.0.0),
                    it.row.note.into(),
                    it.row.state.0.label().into(),
                    it.rule.into(),
                ]
            }));
        }
    }
    let columns =
        vec![date(), text("项目", 24.0), number("分值"), text("说明", 40.0), text("状态", 10.0), text("规则", 40.0)];
    Ok(table("计分明细", columns, rows))
}

async fn appeals(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(points::appeals_of_member(desk.op.reader(), id).await?.into_iter().map(|row| {
            vec![row.filed_at.0.date().into(), row.text.into(), row.state.0.label().into(), row.answer.into()]
        }));
    }
    let columns = vec![date(), text("申诉理由", 50.0), text("状态", 12.0), text("答复", 50.0)];
    Ok(table("积分申诉", columns, rows))
}

async fn served(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(activities::all_records_of_member(desk.op.reader(), id).await?.into_iter().map(|row| {
            vec![
                activities::at(row.starts_at.0).into(),
                row.title.into(),
                CellValue::Hundredths(row.hours),
                row.venue.into(),
                row.state.0.label().into(),
                row.reason.into(),
            ]
        }));
    }
    let columns = vec![
        text("时间", 22.0),
        text("服务内容", 40.0),
        number("时长"),
        text("地点", 24.0),
        text("状态", 10.0),
        text("原因", 30.0),
    ];
    Ok(table("服务记录", columns, rows))
}

async fn took_part(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(activities::taken_part(desk.op.reader(), id).await?.into_iter().map(|(activity, part)| {
            vec![
                activities::when(&activity).into(),
                activity.title.into(),
                part.state.0.label().into(),
                part.hours.map_or(CellValue::Empty, CellValue::Hundredths),
            ]
        }));
    }
    let columns = vec![text("时间", 22.0), text("活动", 40.0), text("状态", 10.0), number("时长")];
    Ok(table("活动", columns, rows))
}

async fn came(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(meetings::presences_of(desk.op.reader(), id).await?.into_iter().map(|(meeting, presence)| {
            vec![meeting.starts_at.0.date().into(), meeting.title.into(), presence.label().into()]
        }));
    }
    Ok(table("支部会议", vec![date(), text("会议", 40.0), text("到会情况", 12.0)], rows))
}

async fn held(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(service::claims_of_member(desk.op.reader(), id).await?.into_iter().map(|(claim, post)| {
            vec![
                claim.claimed_on.0.into(),
                post.title.into(),
                claim.state.0.label().into(),
                claim.left_on.map(|date| chinese_date(date.0)).unwrap_or_default().into(),
            ]
        }));
    }
    Ok(table("岗位", vec![date(), text("岗位", 30.0), text("状态", 10.0), text("卸任日期", 18.0)], rows))
}

async fn wished(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(service::wishes_of_member(desk.op.reader(), id).await?.into_iter().map(|row| {
            vec![row.done_on.map(|date| date.0).into(), row.title.into(), row.state.0.label().into(), row.note.into()]
        }));
    }
    Ok(table("微心愿", vec![date(), text("心愿", 40.0), text("状态", 10.0), text("办理情况", 50.0)], rows))
}

async fn reported(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(service::reports_of_member(desk.op.reader(), id).await?.into_iter().map(|row| {
            vec![
                row.year.to_string().into(),
                row.state.0.label().into(),
                service::figures_words(&row.figures.0).into(),
                row.body.into(),
                row.plan.into(),
            ]
        }));
    }
    let columns = vec![
        text("年度", 8.0),
        text("状态", 10.0),
        text("记录里的情况", 50.0),
        text("服务情况", 60.0),
        text("下一年打算", 40.0),
    ];
    Ok(table("双报告", columns, rows))
}

async fn asked(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(store::corrections_of(desk.op.reader(), id).await?.into_iter().map(|row| {
            vec![row.asked_at.0.date().into(), row.body.into(), row.state.0.label().into(), row.answer.into()]
        }));
    }
    Ok(table("更正申请", vec![date(), text("要更正的内容", 50.0), text("状态", 10.0), text("答复", 50.0)], rows))
}
