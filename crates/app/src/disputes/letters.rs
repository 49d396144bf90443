//! The agreement as a Word document (调解协议书、人民调解协议书), for the parties to sign (人民调解法 art. 29).

use domain::{clock::chinese_date, dispute::AgreementForm, voice::Desk};
use jiff::civil::Date;
use office::letter::{Alignment, Block, Letter, LetterColumn, LetterTable};

use super::{
    queries::ItemTold,
    sealed::{Party, Terms},
};

/// What the document says.
pub struct Agreed<'a> {
    /// `〔2022〕第3号`.
    pub number: String,
    /// The desk that mediated.
    pub desk: Desk,
    /// Who sits there, by name.
    pub body: String,
    /// The parties.
    pub parties: &'a [Party],
    /// The facts and the terms.
    pub terms: &'a Terms,
    /// What is to be done.
    pub items: &'a [ItemTold],
    /// On paper or by word of mouth.
    pub form: AgreementForm,
    /// The last day to ask the court for its confirmation.
    pub confirmable_until: Option<Date>,
}

/// What is not known and is filled in by hand.
const BLANK: &str = "________";

/// The agreement, or the record of what was agreed on by word of mouth. A branch is no mediation committee, and its paper
/// does not say so.
#[must_use]
pub fn agreement(agreed: &Agreed<'_>) -> Letter {
    let is_committee = agreed.desk > Desk::Branch;
    let title = match (agreed.form, is_committee) {
        (AgreementForm::Written, true) => "人民调解协议书",
        (AgreementForm::Written, false) => "调解协议书",
        (AgreementForm::Oral, true) => "人民调解口头协议登记表",
        (AgreementForm::Oral, false) => "口头调解协议记录",
    };
    let mediator = if is_committee { format!("{}人民调解委员会", agreed.body) } else { agreed.body.clone() };
    let mut blocks = vec![Block::FlushLeft(format!("编号：{}", agreed.number))];
    for (number, party) in (1..).zip(agreed.parties) {
        blocks.push(labelled(&format!("当事人{number}："), &person(party)));
    }
    blocks.push(labelled("纠纷主要事实和争议事项：", &agreed.terms.facts));
    blocks.push(labelled("经调解，各方自愿达成如下协议：", &agreed.terms.terms));
    match agreed.items {
        [] => blocks.push(labelled("履行方式和期限：", "当场履行完毕。")),
        items => {
            blocks.push(labelled("履行方式和期限：", ""));
            blocks.push(Block::Table(performance(items)));
        }
    }
    if let Some(day) = agreed.confirmable_until {
        blocks.push(Block::Paragraph(format!(
            "各方当事人认为有必要的，可以自本协议生效之日起三十日内（即{}以前）共同向人民法院申请司法确认。",
            chinese_date(day)
        )));
    }
    let copies = agreed.parties.len() + 1;
    let paper = if agreed.form == AgreementForm::Written {
        format!("本协议一式 {copies} 份，当事人各执一份，{mediator}留存一份，自各方签名、盖章或者按指印之日起生效。")
    } else {
        "本协议由各方口头达成，自达成之日起生效，由调解员记录留存。".to_owned()
    };
    blocks.push(Block::Paragraph(paper));
    blocks.extend(signatures(agreed, &mediator, is_committee));
    Letter { title: title.to_owned(), blocks, ..Letter::default() }
}

fn labelled(label: &str, text: &str) -> Block {
    Block::Labelled { label: label.to_owned(), text: text.to_owned() }
}

/// What a party is called and where they are; what the system does not ask for is written by hand.
fn person(party: &Party) -> String {
    let or_blank = |text: &str| if text.is_empty() { BLANK.to_owned() } else { text.to_owned() };
    format!(
        "{}，性别____，民族____，年龄____，职业或职务{BLANK}，联系方式 {}，单位或住址 {}",
        party.name,
        or_blank(&party.phone),
        or_blank(&party.home)
    )
}

fn performance(items: &[ItemTold]) -> LetterTable {
    LetterTable {
        columns: vec![
            LetterColumn::new("序号", 16, Alignment::Centre),
            LetterColumn::new("履行内容和方式", 100, Alignment::Left),
            LetterColumn::new("期限", 40, Alignment::Centre),
        ],
        rows: items
            .iter()
            .map(|item| {
                vec![item.row.number.to_string(), item.text.clone(), format!("{}前", chinese_date(item.row.due_on.0))]
            })
            .collect(),
    }
}

fn signatures(agreed: &Agreed<'_>, mediator: &str, is_committee: bool) -> Vec<Block> {
    let line = |who: &str| Block::FlushLeft(format!("{who}{BLANK}{BLANK}"));
    let mut lines: Vec<Block> =
        agreed.parties.iter().map(|party| line(&format!("当事人 {}（签名、盖章或者按指印）：", party.name))).collect();
    lines.push(line("调解员（签名）："));
    lines.push(line("记录人（签名）："));
    lines.push(Block::FlushLeft(format!("{mediator}（{}）", if is_committee { "印章" } else { "盖章" })));
    lines.push(Block::FlushLeft("______年____月____日".to_owned()));
    lines
}
