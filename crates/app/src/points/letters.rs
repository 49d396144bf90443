//! The year's reports to branches and units as Word documents (积分反馈).

use domain::points::{Annual, Points};
use jiff::civil::Date;
use office::letter::{Alignment, Block, Letter, LetterColumn, LetterTable};

use super::queries::MemberYear;

/// The report to a branch: its members alphabetically, and how many are where.
#[must_use]
pub fn branch_report(branch: &str, year: i32, members: &[MemberYear], today: Date) -> Letter {
    report(&format!("关于{branch}{year}年度党员积分的反馈"), branch, year, members, today)
}

/// The report to a work unit: its own members only.
#[must_use]
pub fn unit_report(unit: &str, year: i32, members: &[MemberYear], today: Date) -> Letter {
    report(&format!("关于{unit}在职党员{year}年度积分的反馈"), unit, year, members, today)
}

fn report(title: &str, to: &str, year: i32, members: &[MemberYear], today: Date) -> Letter {
    let pending = members.iter().filter(|member| member.result() == Annual::PendingUnit).count();
    let meets =
        |member: &&MemberYear| matches!(member.result(), Annual::Settled(points) if points >= Points::whole(60));
    let mut words = format!(
        "{year}年度党员积分已按“单位党支部 50%、小区党支部 50%”的办法结算。{to}共 {} 名党员，其中年度积分 60 分以上的 {} 名",
        members.len(),
        members.iter().filter(meets).count()
    );
    if pending > 0 {
        words.push_str(&format!("，等待单位报送的 {pending} 名（不等于 0 分）"));
    }
    words.push_str("。名单按姓名排列，不排名次。");
    let mut blocks = vec![Block::Paragraph(words), Block::Table(table(members))];
    if !members.is_empty() {
        // So that each result can be gone through on paper as well.
        let working = |member: &MemberYear| Block::Labelled {
            label: format!("{}：", member.name),
            text: format!("{}。", member.arithmetic()),
        };
        blocks.push(Block::Labelled { label: "计算过程：".to_owned(), text: String::new() });
        blocks.extend(members.iter().map(working));
    }
    Letter { title: title.to_owned(), blocks, date: Some(today), ..Letter::default() }
}

fn table(members: &[MemberYear]) -> LetterTable {
    let row = |member: &MemberYear| {
        vec![
            member.name.clone(),
            member.kind().label().to_owned(),
            member.tally().base.to_string(),
            member.tally().bonus.to_string(),
            member.tally().deduction.to_string(),
            member.compound().to_string(),
            member.unit_words(),
            member.result_words(),
        ]
    };
    LetterTable {
        columns: vec![
            LetterColumn::new("姓名", 22, Alignment::Centre),
            LetterColumn::new("类别", 20, Alignment::Centre),
            LetterColumn::new("基础分", 17, Alignment::Right),
            LetterColumn::new("加分", 17, Alignment::Right),
            LetterColumn::new("扣分", 17, Alignment::Right),
            LetterColumn::new("小区得分", 19, Alignment::Right),
            LetterColumn::new("单位得分", 22, Alignment::Centre),
            LetterColumn::new("年度积分", 22, Alignment::Right),
        ],
        rows: members.iter().map(row).collect(),
    }
}
