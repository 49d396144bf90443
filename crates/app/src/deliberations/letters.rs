//! The minutes of a session as a Word document (议事记录), or the sheet for a session that is still to come.

use domain::{clock::chinese_date, deliberation::Party};
use office::letter::{Alignment, Block, Letter, LetterColumn, LetterTable};

use super::queries::{SessionTold, ThreadFile};

/// What is filled in by hand.
const BLANK: &str = "________________";

fn labelled(label: &str, text: impl Into<String>) -> Block {
    Block::Labelled { label: label.to_owned(), text: text.into() }
}

/// The minutes of `session`; without one a sheet with all that is known before it is held.
#[must_use]
pub fn minutes(file: &ThreadFile, session: Option<&SessionTold>) -> Letter {
    let row = &file.line.row;
    let or_blank = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(|| BLANK.to_owned());
    let announced = row.session_on.map(|day| format!("{}{}", chinese_date(day.0), row.session_time));
    let (held_on, venue) = match session {
        Some(session) => (Some(session.held_on()), Some(session.row.venue.clone())),
        None => (announced, Some(row.venue.clone())),
    };
    let people = session.and_then(|session| session.people.as_ref());
    let of = |text: fn(&SessionTold) -> &str| or_blank(session.map(|session| text(session).to_owned()));
    let mut blocks = vec![
        labelled("编号：", row.called()),
        labelled("议题：", row.title.clone()),
        labelled("内容：", row.text.clone()),
        labelled("小区：", file.line.compound.clone()),
        labelled("时间：", or_blank(held_on)),
        labelled("地点：", or_blank(venue)),
        labelled("主持：", or_blank(people.map(|people| people.chair.clone()))),
    ];
    if let Some(resolution) = &file.resolution {
        let words = format!("{}，{}", resolution.title, resolution.words());
        blocks.push(labelled(
            "支部意见：",
            format!("{}支部党员大会决议“{words}”", chinese_date(resolution.decided_on.0)),
        ));
    }
    blocks.push(labelled("居民意见：", format!("共征集 {} 条", file.views.len())));
    blocks.push(labelled("各方到会和意见：", ""));
    blocks.push(Block::Table(parties(session)));
    blocks.push(labelled("议事结果：", result(session)));
    blocks.push(labelled("商定的内容或分歧：", of(|session| &session.row.result)));
    blocks.push(labelled("不同意见：", of(|session| &session.row.dissent)));
    blocks.push(labelled("下一步由谁办：", of(|session| &session.row.next_owner)));
    if let Some(matter) = row.vote {
        let words = format!("本议题属于“{}”，议事意见不能代替业主表决，应由业主依法共同决定。", matter.0.label());
        blocks.push(Block::Paragraph(words));
    }
    let sign = |party: &Party| Block::FlushLeft(format!("{}（签名或者盖章）：{BLANK}", party.label()));
    blocks.extend(Party::ALL.iter().map(sign));
    blocks.push(Block::FlushLeft(format!("记录人（签名）：{BLANK}")));
    Letter { title: format!("{}红色议事厅议事记录", file.line.place), blocks, ..Letter::default() }
}

fn result(session: Option<&SessionTold>) -> String {
    match session {
        Some(session) if session.row.is_agreed => "达成一致".to_owned(),
        Some(_) => "未达成一致".to_owned(),
        None => "□ 达成一致    □ 未达成一致".to_owned(),
    }
}

fn parties(session: Option<&SessionTold>) -> LetterTable {
    let row = |party: &Party| {
        let seat = session.and_then(|session| session.seats.iter().find(|seat| seat.row.party.0 == *party));
        let told = seat.map(|seat| (seat.names.clone().unwrap_or_default(), seat.row.stance.0, seat.row.words.clone()));
        match told {
            Some((names, stance, words)) => vec![party.label().to_owned(), names, stance.label().to_owned(), words],
            None => vec![party.label().to_owned(), String::new(), String::new(), String::new()],
        }
    };
    LetterTable {
        columns: vec![
            LetterColumn::new("参加方", 28, Alignment::Centre),
            LetterColumn::new("到会人员", 42, Alignment::Left),
            LetterColumn::new("意见", 24, Alignment::Centre),
            LetterColumn::new("意见内容", 62, Alignment::Left),
        ],
        rows: Party::ALL.iter().map(row).collect(),
    }
}
