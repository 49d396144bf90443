//! A roll as an Excel table.

use office::sheet::{SheetColumn, SheetTable};

use super::list::Row;

/// The rows of a roll, numbers masked.
pub(super) fn sheet(title: &str, rows: Vec<Row>) -> SheetTable {
    let row = |row: Row| {
        let member = row.membership;
        vec![
            row.branch.into(),
            row.person.name.into(),
            row.person.gender.map(|gender| gender.0.label()).into(),
            member.kind.0.label().into(),
            member.affiliation.0.label().into(),
            member.service.0.label().into(),
            row.unit.into(),
            member.compound.into(),
            member.building.into(),
            member.speciality.into(),
            member.available_time.into(),
            member.claimed_post.into(),
            member.party_group.map(|group| group.0.label()).into(),
            member.registered_on.map(|date| date.0).into(),
            row.phone.into(),
        ]
    };
    SheetTable {
        name: "党员名册".to_owned(),
        title: Some(title.to_owned()),
        note: None,
        columns: vec![
            SheetColumn::text("小区党支部", 26.0),
            SheetColumn::text("姓名", 12.0),
            SheetColumn::text("性别", 6.0),
            SheetColumn::text("党员类型", 10.0),
            SheetColumn::text("组织关系", 18.0),
            SheetColumn::text("身份", 10.0),
            SheetColumn::text("单位党支部", 26.0),
            SheetColumn::text("居住小区", 20.0),
            SheetColumn::text("居住楼栋", 10.0),
            SheetColumn::text("特长", 14.0),
            SheetColumn::text("可服务时间", 18.0),
            SheetColumn::text("认领岗位", 14.0),
            SheetColumn::text("党小组", 12.0),
            SheetColumn::date("报到日期"),
            SheetColumn::text("联系电话", 16.0),
        ],
        rows: rows.into_iter().map(row).collect(),
        totals: None,
    }
}
