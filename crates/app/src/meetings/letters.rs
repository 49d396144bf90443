//! The minutes of a meeting as a Word document (会议记录).

use std::collections::BTreeMap;

use domain::meeting::Presence;
use office::letter::{Block, Letter};

use super::{
    roll::{Attendee, Line},
    store::{candidate, meeting, topic},
};
use crate::resolutions::Resolution;

/// The minutes: when, where, who, each topic with its vote, the summary, and what was added later.
#[must_use]
pub fn minutes(
    branch: &str,
    row: &meeting::Model,
    topics: &[topic::Model],
    resolved: &[Resolution],
    candidates: &[candidate::Model],
    roll: &[Line],
    presence: &BTreeMap<Attendee, Presence>,
) -> Letter {
    let labelled = |label: &str, text: String| Block::Labelled { label: label.to_owned(), text };
    let names = |wanted: Presence| {
        let those = roll.iter().filter(|line| presence.get(&line.attendee()) == Some(&wanted));
        let names: Vec<&str> = those.map(|line| line.person.name.as_str()).collect();
        if names.is_empty() { "无".to_owned() } else { format!("{}人：{}", names.len(), names.join("、")) }
    };
    let mut blocks = vec![
        labelled("会议种类：", row.gathering().label()),
        labelled("时间：", row.starts_at.0.to_string()),
        labelled("地点：", row.venue.clone()),
        labelled("到会：", names(Presence::Present)),
        labelled("请假：", names(Presence::Excused)),
        labelled("缺席：", names(Presence::Absent)),
    ];
    for (number, topic) in (1..).zip(topics) {
        blocks.push(labelled(&format!("议题{number}："), topic.title.clone()));
        if !topic.text.is_empty() {
            blocks.push(Block::Paragraph(topic.text.clone()));
        }
        let names: Vec<&str> =
            candidates.iter().filter(|it| it.topic_id == topic.id).map(|it| it.name.as_str()).collect();
        if !names.is_empty() {
            let seats = topic.seats.unwrap_or(0);
            let words = format!("应选 {seats} 名，候选人（按姓氏笔画排列）：{}。", names.join("、"));
            blocks.push(Block::Paragraph(words));
        }
        if let Some(resolution) = resolved.iter().find(|it| Some(it.id) == topic.resolution_id) {
            blocks.push(Block::Paragraph(voted(topic, resolution)));
        }
    }
    if row.published_at.is_none() {
        blocks.push(Block::Paragraph("本次会议没有在系统中发出通知，会后补登，不登记表决。".to_owned()));
    }
    blocks.push(labelled("会议小结：", row.summary.clone()));
    blocks.extend(row.addenda.lines().map(|line| Block::Paragraph(line.to_owned())));
    blocks.push(labelled("登记人：", row.closed_by.clone()));
    Letter {
        title: format!("{branch}{}记录", row.kind.0.label()),
        blocks,
        issuers: vec![branch.to_owned()],
        date: Some(row.starts_at.0.date()),
        ..Letter::default()
    }
}

/// How a topic was decided: the counts of a vote, or the votes of each candidate.
fn voted(topic: &topic::Model, resolution: &Resolution) -> String {
    if topic.outcome.is_some() {
        return format!("选举：{}。{}", resolution.words(), resolution.text);
    }
    let (no, abstained) = (topic.no.unwrap_or(0), topic.abstained.unwrap_or(0));
    format!("表决：{}（反对 {no} 票，弃权 {abstained} 票）。", resolution.words())
}
