//! One voice: where it stands, what happened, and what the desk can do now.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::Instant,
    ids::VoiceId,
    permission::Deed,
    voice::{
        CallState, Callee, Desk, Elsewhere, Satisfaction, Solved, Term, Terms, VoiceKind, VoiceState, VoiceTopic,
        may_call,
    },
};
use platform::{
    error::Stop,
    forms::Form,
    pages::page,
    shell::{Problems, Shell, Step},
};

use super::{deeds::PIECES, voice_id};
use crate::{
    branches::options,
    desk,
    voices::{
        actions::{Voicer, reveal_voicer},
        calls::store as call,
        pages::{due_words, in_short, steps, tone, until_words},
        queries::{VoiceFile, alike, voice},
        store::{photo, voice::row},
        terms::terms_at,
        urls,
    },
};

#[derive(Template)]
#[template(path = "voices/show.html")]
pub struct VoicePage {
    shell: Shell,
    problems: Problems,
    form: Form,
    file: VoiceFile,
    /// Whether it lies at the office's own desk.
    is_here: bool,
    /// Whether the office may speak to the resident: the desk that has it, and the one that received it first.
    can_speak: bool,
    can_note: bool,
    /// Opening a mediation file for it, where the office may and it is nothing that the branch is not to see.
    mediate: Option<String>,
    /// What it may be merged with, at the own desk.
    alike: Vec<row::Model>,
    /// Where it is raised as a matter for deliberation, by its branch.
    deliberate: Option<String>,
    /// Who spoke, shown once on asking.
    voicer: Option<Voicer>,
    now: Instant,
    /// How long each step of it may take.
    lengths: Terms,
}

impl VoicePage {
    fn photos(&self) -> Vec<(usize, &photo::row::Model)> {
        (1..).zip(&self.file.photos).collect()
    }

    fn of_photo(&self, path: &str, photo: &photo::row::Model) -> String {
        urls::of_photo(path, photo.id.0)
    }

    fn sender(&self, photo: &photo::row::Model) -> &'static str {
        photo.desk.map_or("反映时附的", |desk| desk.0.label())
    }

    /// The one about the same that it follows.
    fn leader(&self) -> Option<String> {
        self.file.line.row.merged_into.map(|leader| urls::voice(leader.0))
    }

    fn of(&self, row: &row::Model) -> String {
        urls::voice(row.id.0)
    }

    fn in_short(&self, row: &row::Model) -> String {
        in_short(row)
    }

    fn choices(&self) -> Vec<(String, String)> {
        self.alike.iter().map(|row| (row.id.0.to_string(), in_short(row))).collect()
    }

    /// The issue it belongs to.
    fn issue(&self) -> Option<String> {
        self.file.line.row.issue_id.map(|issue| urls::issue(issue.0))
    }

    fn is_report(&self) -> bool {
        self.file.line.row.kind.0 == VoiceKind::Report
    }

    fn state(&self) -> VoiceState {
        self.file.line.row.state.0
    }

    fn is_at(&self, codes: &str) -> bool {
        codes.split(' ').any(|code| code == self.state().code())
    }

    fn tone(&self) -> &'static str {
        tone(self.state())
    }

    fn due(&self) -> String {
        due_words(&self.file.line.row)
    }

    fn steps(&self) -> Vec<Step> {
        let row = &self.file.line.row;
        steps(&row.voice(), &self.file.line.desk, row.due_at.map(|due| due.0))
    }

    fn at(&self, path: &str) -> String {
        urls::of_voice(path, self.file.line.row.id.0)
    }

    fn list(&self) -> &'static str {
        urls::VOICES
    }

    fn first_desk(&self) -> String {
        let row = &self.file.line.row;
        self.file.desks.name(&row.place.0, row.first_desk.0)
    }

    /// Each term with its length, the proposed one marked by [`VoicePage::term`].
    fn terms(&self) -> Vec<(String, String)> {
        let words = |term: &Term| format!("{}，{}", term.label(), self.lengths.length(*term).words());
        Term::ALL.iter().map(|term| (term.code().to_owned(), words(term))).collect()
    }

    fn term(&self) -> &str {
        let row = &self.file.line.row;
        match self.form.value("term") {
            "" => row.topic.0.proposed(row.kind.0).code(),
            typed => typed,
        }
    }

    /// The other desks that may have it.
    fn desks(&self) -> Vec<(String, String)> {
        let row = &self.file.line.row;
        let others = Desk::ALL.iter().filter(|desk| **desk != row.desk.0 && row.place.0.at(desk.level()).is_some());
        let name = |desk: &Desk| format!("{}（{}）", self.file.desks.name(&row.place.0, *desk), desk.label());
        others.map(|desk| (desk.code().to_owned(), name(desk))).collect()
    }

    /// Who is to work on it, the own desk first.
    fn hands(&self) -> Vec<(String, String)> {
        let own = ("own".to_owned(), format!("本级办理（{}）", self.file.line.desk));
        std::iter::once(own).chain(self.desks().into_iter().map(|(code, name)| (code, format!("转{name}")))).collect()
    }

    fn chosen_hands(&self) -> &str {
        match self.form.value("hands") {
            "" => "own",
            typed => typed,
        }
    }

    /// The voice that it is a piece of.
    fn whole(&self) -> Option<String> {
        self.file.line.row.split_from.map(|whole| urls::voice(whole.0))
    }

    fn can_split(&self) -> bool {
        self.can_call() && self.whole().is_none()
    }

    fn piece_numbers(&self) -> std::ops::Range<usize> {
        0..PIECES
    }

    fn piece_field(&self, number: &usize, name: &str) -> String {
        format!("piece.{number}.{name}")
    }

    fn piece_value(&self, number: &usize, name: &str) -> &str {
        self.form.value(&self.piece_field(number, name))
    }

    /// Whether something is amiss with the pieces.
    fn is_splitting(&self) -> bool {
        let fields = ["topic", "words", "desk"];
        (0..PIECES)
            .any(|number| fields.iter().any(|name| !self.problems.of(&self.piece_field(&number, name)).is_empty()))
    }

    fn topics(&self) -> Vec<(String, String)> {
        options!(VoiceTopic)
    }

    /// Every desk that may have a piece, the own one included.
    fn piece_desks(&self) -> Vec<(String, String)> {
        let row = &self.file.line.row;
        let all = Desk::ALL.iter().filter(|desk| row.place.0.at(desk.level()).is_some());
        let name = |desk: &Desk| format!("{}（{}）", self.file.desks.name(&row.place.0, *desk), desk.label());
        all.map(|desk| (desk.code().to_owned(), name(desk))).collect()
    }

    /// `环境卫生：清运楼道堆物（办理中，某某社区）`.
    fn piece(&self, row: &row::Model) -> String {
        let desk = self.file.desks.name(&row.place.0, row.desk.0);
        format!("{}：{}（{}，{desk}）", row.topic.0.label(), row.text, row.state.0.label())
    }

    fn can_call(&self) -> bool {
        self.is_here && self.state() == VoiceState::InProgress
    }

    fn of_call(&self, path: &str, call: &call::row::Model) -> String {
        urls::of_call(path, call.id.0)
    }

    fn call_due(&self, call: &call::row::Model) -> String {
        call.due_at.map(|due| until_words(due.0)).unwrap_or_default()
    }

    fn is_call_open(&self, call: &call::row::Model) -> bool {
        call.state.0 == CallState::Open
    }

    fn is_call_late(&self, call: &call::row::Model) -> bool {
        call.is_late(self.now)
    }

    /// What came of a call, in words.
    fn came_of(&self, call: &call::row::Model) -> String {
        let theirs = match call.is_theirs {
            Some(true) => "属于其职责；",
            Some(false) => "对方认为不属于其职责；",
            None => "",
        };
        let solved = call.solved.map(|solved| format!("{}；", solved.0.label())).unwrap_or_default();
        format!("{theirs}{solved}{}", call.answer)
    }

    /// Who may be called in from this desk.
    fn callees(&self) -> Vec<(String, String)> {
        let row = &self.file.line.row;
        let may = |callee: &&Callee| may_call(**callee, row.desk.0, row.kind.0, row.state.0).is_ok();
        let callees = Callee::ALL.iter().filter(may);
        callees.map(|callee| (callee.code().to_owned(), callee.label().to_owned())).collect()
    }

    fn theirs(&self) -> Vec<(String, String)> {
        [("yes", "属于对方的职责"), ("no", "对方认为不属于")]
            .map(|(code, words)| (code.to_owned(), words.to_owned()))
            .into()
    }

    fn matters(&self) -> Vec<(String, String)> {
        options!(Elsewhere)
    }

    fn solved(&self) -> Vec<(String, String)> {
        options!(Solved)
    }

    fn satisfactions(&self) -> Vec<(String, String)> {
        options!(Satisfaction)
    }

    /// By how much it may be extended, in words.
    fn more_hint(&self) -> String {
        let length = self.lengths.length(self.file.line.row.term.0);
        format!("1 到 {} {}，只能延一次", length.number(), length.unit())
    }
}

/// The page with what was refused and typed.
pub async fn voice_page(
    desk: &desk::Desk,
    id: VoiceId,
    form: Form,
    problems: Problems,
    voicer: Option<Voicer>,
) -> Result<VoicePage, Stop> {
    let file = voice(&desk.op, id).await?;
    let (row, own) = (&file.line.row, Desk::at(desk.officer.office.place.level()));
    let can_work = desk.op.can(Deed::AcceptVoice, &row.place.0);
    let is_quarrel = row.kind.0 != VoiceKind::Report && row.state.0.is_open();
    let is_here = can_work && own == Some(row.desk.0);
    let is_piece = row.split_from.is_some();
    let may_merge = is_here && !is_piece && is_quarrel && row.state.0 != VoiceState::Parked;
    let alike = if may_merge { alike(&desk.op, row).await? } else { Vec::new() };
    let can_deliberate = is_quarrel && desk.op.can(Deed::RaiseDeliberation, &row.place.0);
    let can_mediate = is_quarrel && desk.op.can(Deed::OpenDispute, &row.place.0);
    Ok(VoicePage {
        mediate: can_mediate.then(|| urls::mediate(id)),
        deliberate: can_deliberate.then(|| urls::deliberate(id)),
        shell: desk.shell(format!("{}：{}", row.kind.0.label(), row.topic.0.label())).await?,
        problems,
        form,
        is_here,
        alike,
        // The resident follows the whole.
        can_speak: can_work && !is_piece && (own == Some(row.desk.0) || own == Some(row.first_desk.0)),
        can_note: can_work,
        now: desk.op.now(),
        lengths: terms_at(desk.op.reader(), &row.place.0, row.received_at.0).await?,
        file,
        voicer,
    })
}

/// One voice.
pub async fn show(desk: desk::Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&voice_page(&desk, voice_id(&id)?, Form::default(), Problems::default(), None).await?)
}

/// Shows who spoke, once; each time is recorded.
pub async fn voicer(desk: desk::Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = voice_id(&id)?;
    match reveal_voicer(&desk.op, id).await {
        Ok(voicer) => page(&voice_page(&desk, id, Form::default(), Problems::default(), Some(voicer)).await?),
        Err(stop) => super::deeds::answered(&desk, id, Form::default(), Err(stop), "").await,
    }
}
