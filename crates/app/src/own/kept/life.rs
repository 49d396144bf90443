//! What the member did: services, activities, meetings, posts, wishes and reports.

use domain::meeting::Presence;
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::error::Stop;

use super::{day, ids, number, table};
use crate::{
    activities,
    desk::Desk,
    meetings::{self, Meeting},
    people::{Membership, Person},
    service,
};

pub(super) async fn served(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(activities::all_records_of_member(desk.op.reader(), id).await?.into_iter().map(|row| {
            vec![
                row.starts_at.0.to_string().into(),
                row.title.into(),
                CellValue::Hundredths(row.hours),
                row.venue.into(),
                row.state.0.label().into(),
                row.reason.into(),
            ]
        }));
    }
    let columns = vec![
        SheetColumn::text("时间", 22.0),
        SheetColumn::text("服务内容", 40.0),
        number("时长"),
        SheetColumn::text("地点", 24.0),
        SheetColumn::text("状态", 10.0),
        SheetColumn::text("原因", 30.0),
    ];
    Ok(table("服务记录", columns, rows))
}

pub(super) async fn took_part(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
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
    let columns = vec![
        SheetColumn::text("时间", 22.0),
        SheetColumn::text("活动", 40.0),
        SheetColumn::text("状态", 10.0),
        number("时长"),
    ];
    Ok(table("活动", columns, rows))
}

pub(super) async fn came(desk: &Desk, lines: &[Membership], person: &Person) -> Result<SheetTable, Stop> {
    let mut noted = meetings::presences_of_person(desk.op.reader(), person.id.0).await?;
    for id in ids(lines) {
        noted.extend(meetings::presences_of(desk.op.reader(), id).await?);
    }
    noted.sort_by_key(|(meeting, _)| std::cmp::Reverse(meeting.starts_at));
    let row = |(meeting, presence): (Meeting, Presence)| {
        vec![meeting.starts_at.0.date().into(), meeting.title.into(), presence.label().into()]
    };
    let columns = vec![day("日期"), SheetColumn::text("会议", 40.0), SheetColumn::text("到会情况", 12.0)];
    Ok(table("支部会议", columns, noted.into_iter().map(row).collect()))
}

pub(super) async fn held(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(service::claims_of_member(desk.op.reader(), id).await?.into_iter().map(|(claim, post)| {
            vec![
                claim.claimed_on.0.into(),
                post.title.into(),
                claim.state.0.label().into(),
                claim.left_on.map(|date| date.0).into(),
                CellValue::Count(claim.halves.into()),
            ]
        }));
    }
    let halves = SheetColumn::new("履职满半年（次）", 14.0, ColumnKind::Count);
    let columns = vec![
        day("认领日期"),
        SheetColumn::text("岗位", 30.0),
        SheetColumn::text("状态", 10.0),
        day("卸任日期"),
        halves,
    ];
    Ok(table("岗位", columns, rows))
}

pub(super) async fn wished(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(service::wishes_of_member(desk.op.reader(), id).await?.into_iter().map(|row| {
            vec![
                row.done_on.map(|date| date.0).into(),
                row.title.into(),
                row.state.0.label().into(),
                row.note.into(),
                row.undone.into(),
            ]
        }));
    }
    let columns = vec![
        day("办好日期"),
        SheetColumn::text("心愿", 40.0),
        SheetColumn::text("状态", 10.0),
        SheetColumn::text("办理情况", 50.0),
        SheetColumn::text("没有办好的原因", 30.0),
    ];
    Ok(table("微心愿", columns, rows))
}

pub(super) async fn reported(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        for row in service::reports_of_member(desk.op.reader(), id).await? {
            let sent = service::versions_of(desk.op.reader(), row.id.0).await?;
            let year = row.year.to_string();
            // What was sent last is the report as it stands; a draft stands beside what was sent before it.
            if row.sent_on.is_none() {
                rows.push(vec![
                    year.clone().into(),
                    row.state.0.label().into(),
                    CellValue::Empty,
                    service::figures_words(&row.figures.0).into(),
                    row.body.into(),
                    row.plan.into(),
                ]);
            }
            rows.extend(sent.into_iter().map(|version| {
                vec![
                    year.clone().into(),
                    format!("第 {} 版", version.number).into(),
                    version.sent_on.0.into(),
                    service::figures_words(&version.figures.0).into(),
                    version.body.into(),
                    version.plan.into(),
                ]
            }));
        }
    }
    let columns = vec![
        SheetColumn::text("年度", 8.0),
        SheetColumn::text("状态", 10.0),
        day("报送日期"),
        SheetColumn::text("记录里的情况", 50.0),
        SheetColumn::text("服务情况", 60.0),
        SheetColumn::text("下一年打算", 40.0),
    ];
    Ok(table("双报告", columns, rows))
}
