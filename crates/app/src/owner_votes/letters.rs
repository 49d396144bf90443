//! The announcement of a poll and its result as Word documents.

use domain::{
    clock::chinese_date,
    owners::{Majority, OwnerVote, Reckoning, Side, VoteOutcome, area_words},
};
use office::letter::{Block, Letter};

use super::{pages::days_words, queries::PollLine};

fn labelled(label: &str, text: impl Into<String>) -> Block {
    Block::Labelled { label: label.to_owned(), text: text.into() }
}

fn side(side: Side) -> String {
    format!("专有部分面积 {} 平方米、业主 {} 人", area_words(side.area), side.persons)
}

/// 公告: what is voted on, by which rules, when and how.
#[must_use]
pub fn notice(line: &PollLine) -> Letter {
    let row = &line.row;
    let matter = row.matter.0;
    let blocks = vec![
        Block::Paragraph(format!(
            "根据《中华人民共和国民法典》第二百七十八条，现就“{}”由{}业主共同决定，有关事项公告如下。",
            row.title, line.compound
        )),
        labelled("表决事项：", format!("{}（{}）", matter.label(), matter.majority().label())),
        labelled("表决内容：", row.text.clone()),
        labelled("表决时间：", days_words(row)),
        labelled("表决方式：", row.nature.0.label()),
        labelled(
            "表决名册：",
            format!(
                "{}。{}。名册自冻结之日起不再变动；共有的业主算一票，一名业主有几套的算一人、面积合计。",
                side(row.total()),
                row.parking.0.label()
            ),
        ),
        labelled(
            "怎样投票：",
            "可以投票箱投票、由工作人员上门收取、到现场窗口投票，行动不便的可以电话投票（两人见证）；\
             也可以持身份证件到社区或者小区党支部核验身份、领取投票码后在网上投票。每名业主一票，先后两张意见不同的，以先投的为准；要改意见的，截止前书面撤回。",
        ),
        labelled(
            "怎样算通过：",
            match matter.majority() {
                Majority::Ordinary => {
                    "参与表决的专有部分面积和人数都达到三分之二以上，同意的面积和人数都超过参与表决的半数。"
                }
                Majority::Special => {
                    "参与表决的专有部分面积和人数都达到三分之二以上，同意的面积和人数都达到参与表决的四分之三以上。"
                }
            },
        ),
    ];
    Letter {
        title: format!("{}业主共同决定事项表决公告", line.compound),
        blocks,
        issuers: vec![row.convener.clone()],
        date: row.announced_at.map(|at| at.0.date()),
        ..Letter::default()
    }
}

/// 结果公告: the numbers, the count line by line, and what it came to.
#[must_use]
pub fn result(line: &PollLine, lines: &[Reckoning], outcome: VoteOutcome, vote: OwnerVote) -> Letter {
    let row = &line.row;
    let mut blocks = vec![
        Block::Paragraph(format!(
            "{}业主就“{}”的表决已于{}截止，计票结果公告如下。",
            line.compound,
            row.title,
            chinese_date(row.closes_on.0)
        )),
        labelled("表决事项：", format!("{}（{}）", row.matter.0.label(), row.matter.0.majority().label())),
        labelled("全体业主：", side(vote.total)),
        labelled("参与表决：", side(vote.part)),
        labelled("同　　意：", side(vote.yes)),
        labelled("反　　对：", side(row.no())),
        labelled("弃　　权：", side(row.abstained())),
        Block::Heading1("计算过程".to_owned()),
    ];
    let lines = lines.iter().map(|line| Block::Paragraph(format!("{}：{}。", line.asked, line.numbers)));
    blocks.extend(lines);
    blocks.push(labelled("表决结果：", format!("{}。", outcome.label())));
    Letter {
        title: format!("{}业主共同决定事项表决结果公告", line.compound),
        blocks,
        issuers: vec![row.convener.clone()],
        date: row.published_on.map(|day| day.0),
        ..Letter::default()
    }
}
