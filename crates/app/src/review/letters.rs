//! The agenda sheet for the standing committee (议题单) as a Word document.

use domain::selection::{
    application::Stage,
    review::{ConsultationReply, Verdict},
    score::points,
};
use office::letter::{Alignment, Block, Letter, LetterColumn, LetterTable};
use platform::db::column::Text;

use super::{
    Consultation,
    queries::{Candidate, PanelReplies},
};

/// What the agenda sheet is made from.
pub struct Agenda<'a> {
    /// The year that is judged.
    pub year: i32,
    /// Places of the county.
    pub seats: u32,
    /// The units of the panel.
    pub units: &'a [String],
    /// The applications that came to the panel.
    pub candidates: &'a [Candidate],
    /// What the units answered.
    pub replies: &'a PanelReplies,
    /// Who was asked, and what they said.
    pub consultations: &'a [Consultation],
}

/// The sheet: what the committee is asked, how the list came about, and the list.
#[must_use]
pub fn agenda_sheet(agenda: &Agenda<'_>) -> Letter {
    // Once it has decided, the sheet still shows the list that lay before it.
    let listed: Vec<&Candidate> = agenda
        .candidates
        .iter()
        .filter(|candidate| !matches!(candidate.application.stage, Stage::Recommended | Stage::PanelRejected))
        .collect();
    let year = agenda.year;
    let mut blocks = vec![
        Block::Heading1("一、提请事项".to_owned()),
        Block::Paragraph(format!(
            "提请县委常委会审定{year}年度红旗小区拟认定名单。全县名额{}个，本次提交{}个。",
            agenda.seats,
            listed.len()
        )),
        Block::Heading1("二、评选过程".to_owned()),
        Block::Paragraph(format!(
            "经小区党支部申报、社区党总支把关、街道党工委审核推荐，共推荐{}个小区党支部。评选组成员单位（{}）逐一提出意见，并逐项核查一票否决情形，形成初步意见。",
            agenda.candidates.len(),
            agenda.units.join("、")
        )),
        Block::Heading1("三、征求意见情况".to_owned()),
        Block::Paragraph(consulted(agenda.consultations)),
    ];
    let comments = agenda.consultations.iter().filter(|row| !row.reply_text.trim().is_empty());
    blocks.extend(comments.map(|row| Block::Paragraph(format!("{}：{}", row.consultee, row.reply_text))));
    blocks.push(Block::Heading1("四、建议名单".to_owned()));
    blocks.push(Block::Table(list(agenda, &listed)));
    let against: Vec<Block> = listed.iter().flat_map(|candidate| against(agenda, candidate)).collect();
    if !against.is_empty() {
        blocks.push(Block::Heading1("五、成员单位的不同意见".to_owned()));
        blocks.extend(against);
    }
    Letter {
        title: format!("县委常委会议题单\n关于审定{year}年度红旗小区名单的议题"),
        blocks,
        issuers: vec!["中共新平彝族傣族自治县委员会组织部".to_owned()],
        ..Letter::default()
    }
}

fn consulted(rows: &[Consultation]) -> String {
    let count = |reply| rows.iter().filter(|row| row.reply == Some(Text(reply))).count();
    format!(
        "征求县委常委及所在部门意见{}份，其中无意见{}份，有意见{}份，期满未回复{}份。",
        rows.len(),
        count(ConsultationReply::NoComment),
        count(ConsultationReply::Comment),
        count(ConsultationReply::Silent)
    )
}

fn against<'a>(agenda: &'a Agenda<'_>, candidate: &'a Candidate) -> impl Iterator<Item = Block> + 'a {
    let replies = agenda.replies.against(candidate.application.id);
    replies.map(|(unit, reason)| Block::Paragraph(format!("{}：{unit}不同意，理由是“{reason}”。", candidate.branch)))
}

fn list(agenda: &Agenda<'_>, listed: &[&Candidate]) -> LetterTable {
    let row = |(number, candidate): (usize, &&Candidate)| {
        let id = candidate.application.id;
        let count = |verdict| agenda.replies.count(id, verdict);
        vec![
            number.to_string(),
            candidate.street.clone(),
            candidate.branch.clone(),
            candidate.compounds.clone(),
            points(candidate.standing.score),
            format!("{}/{}/{}", count(Verdict::Agree), count(Verdict::Disagree), count(Verdict::NoComment)),
        ]
    };
    LetterTable {
        columns: vec![
            LetterColumn::new("序号", 10, Alignment::Centre),
            LetterColumn::new("街道", 22, Alignment::Centre),
            LetterColumn::new("小区党支部", 48, Alignment::Left),
            LetterColumn::new("覆盖小区", 40, Alignment::Left),
            LetterColumn::new("街道评分", 16, Alignment::Centre),
            LetterColumn::new("同意/不同意/无意见", 20, Alignment::Centre),
        ],
        rows: (1..).zip(listed).map(row).collect(),
    }
}
