//! The yearly reports as Word documents.

use domain::{points::Points, service::Figures};
use jiff::civil::Date;
use office::letter::{Block, Letter};

/// `参加支部会议 10 次，…`.
#[must_use]
pub fn words(figures: &Figures) -> String {
    format!(
        "参加支部会议 {} 次，参加活动和服务 {} 次，服务时长 {} 小时，在岗 {} 个，办成微心愿 {} 个",
        figures.meetings,
        figures.activities,
        Points(figures.hours).short(),
        figures.posts,
        figures.wishes
    )
}

/// What a report says.
pub struct Content<'c> {
    /// The year.
    pub year: i16,
    /// What the records say.
    pub figures: &'c Figures,
    /// What was done.
    pub body: &'c str,
    /// What comes next.
    pub plan: &'c str,
    /// The day it was sent.
    pub date: Option<Date>,
}

/// A member's report to unit and community.
#[must_use]
pub fn member_report(name: &str, branch: &str, unit: &str, content: &Content<'_>) -> Letter {
    let to = if unit.is_empty() { "社区党总支".to_owned() } else { format!("{unit}、社区党总支") };
    let first = format!("{}年，我在{branch}报到，{}。", content.year, words(content.figures));
    Letter {
        title: format!("{}年度在职党员双报到双服务情况报告", content.year),
        addressee: Some(to),
        blocks: blocks(first, content, ("服务情况", "下一年打算")),
        issuers: vec![name.to_owned()],
        date: content.date,
        ..Letter::default()
    }
}

/// A community's feedback to a unit: how many of its members, and what they did together. No single member is named.
#[must_use]
pub fn feedback(community: &str, unit: &str, content: &Content<'_>) -> Letter {
    let first = format!(
        "{}年，贵单位共有 {} 名在职党员在本社区报到，合计{}。",
        content.year,
        content.figures.members,
        words(content.figures)
    );
    Letter {
        title: format!("关于{unit}在职党员{}年度双报到双服务情况的反馈", content.year),
        addressee: Some(unit.to_owned()),
        blocks: blocks(first, content, ("总体评价", "意见建议")),
        issuers: vec![community.to_owned()],
        date: content.date,
        ..Letter::default()
    }
}

fn blocks(first: String, content: &Content<'_>, (body, plan): (&str, &str)) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(first)];
    for (label, text) in [(body, content.body), (plan, content.plan)] {
        if !text.is_empty() {
            blocks.push(Block::Labelled { label: format!("{label}："), text: String::new() });
            blocks
                .extend(text.lines().filter(|line| !line.trim().is_empty()).map(|it| Block::Paragraph(it.to_owned())));
        }
    }
    blocks
}
