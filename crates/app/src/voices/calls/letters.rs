//! The slip that goes to whoever is called in (协办单), as a Word document.

use domain::clock::chinese_date;
use office::letter::{Block, Letter};

use super::store::row;
use crate::voices::{pages::until_words, queries::VoiceFile};

/// The slip: where, what about, what is asked and until when. Neither who spoke nor what they said is on it (R-VOI-11).
#[must_use]
pub fn slip(file: &VoiceFile, call: &row::Model) -> Letter {
    let voice = &file.line.row;
    let place = [file.line.place.as_str(), &file.compound, &voice.spot];
    let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，");
    let labelled = |label: &str, text: String| Block::Labelled { label: format!("{label}："), text };
    let mut blocks = vec![
        labelled("地点", place),
        labelled("事项", voice.topic.0.label().to_owned()),
        labelled("请协助办理", call.words.clone()),
    ];
    if let Some(due) = call.due_at {
        blocks.push(labelled("请回复期限", until_words(due.0)));
    }
    blocks.push(labelled("办理结果（由贵单位填写）", "\n\n\n".to_owned()));
    blocks.push(Block::Paragraph("请不要打听、追查反映人。".to_owned()));
    Letter {
        title: "居民诉求协办单".to_owned(),
        addressee: Some(call.called.clone()),
        blocks,
        issuers: vec![file.desks.name(&voice.place.0, call.desk.0)],
        date: Some(call.called_at.0.date()),
        ..Letter::default()
    }
}

/// Its name as a file.
#[must_use]
pub fn name(call: &row::Model) -> String {
    format!("协办单 {} {}", call.called, chinese_date(call.called_at.0.date()))
}
