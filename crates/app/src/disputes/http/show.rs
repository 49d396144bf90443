//! One file: where it stands, what it holds for whoever may read it, and what the desk can do now.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    dispute::{
        AgreementForm, DisputeState, EndCause, ItemOutcome, MOST_ITEMS, MOST_PARTIES, NotAccepted, UpwardCause,
        VisitResult, confirmable_until,
    },
    ids::DisputeId,
    permission::Deed,
    voice::Desk,
};
use platform::{
    error::Stop,
    forms::Form,
    keys::mask_phone,
    pages::page,
    shell::{Crumb, Problems, Shell, Step},
};

use super::{deeds::answered, dispute_id};
use crate::{
    branches::options,
    desk,
    disputes::{
        actions::{Party, print_agreement, reveal_parties},
        pages::{due_words, steps, tone},
        queries::{DisputeFile, ItemTold, dispute},
        read::{ITEM, NAME, TEXT, typed_agreement, typed_parties},
        urls,
    },
    voices,
};

#[derive(Template)]
#[template(path = "disputes/show.html")]
pub struct DisputePage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    file: DisputeFile,
    /// Whether it lies at the office's desk and the office mediates.
    is_here: bool,
    /// Whether the officer may mediate it: it is here, and they are no party and do not stand back.
    can_mediate: bool,
    can_reveal: bool,
    can_stand_back: bool,
    /// The page of the voice it was taken up from, where the office may see it.
    voice: Option<String>,
    /// Who the parties are, shown once on asking.
    revealed: Option<Vec<Party>>,
    today: String,
}

impl DisputePage {
    fn state(&self) -> DisputeState {
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
        steps(&self.file)
    }

    fn at(&self, path: &str) -> String {
        urls::of_dispute(path, self.file.line.row.id.0)
    }

    /// A telephone number as it stands before it is asked for.
    fn masked(&self, phone: &str) -> String {
        mask_phone(phone)
    }

    fn reasons(&self) -> Vec<(String, String)> {
        options!(NotAccepted)
    }

    fn causes(&self) -> Vec<(String, String)> {
        options!(EndCause)
    }

    fn upward(&self) -> Vec<(String, String)> {
        options!(UpwardCause)
    }

    fn forms(&self) -> Vec<(String, String)> {
        options!(AgreementForm)
    }

    fn results(&self) -> Vec<(String, String)> {
        options!(VisitResult)
    }

    /// What somebody who looks finds.
    fn outcomes(&self) -> Vec<(String, String)> {
        let found = ItemOutcome::ALL.iter().filter(|outcome| **outcome != ItemOutcome::Open);
        found.map(|outcome| (outcome.code().to_owned(), outcome.label().to_owned())).collect()
    }

    fn is_unchecked(&self, item: &ItemTold) -> bool {
        item.row.outcome.0 == ItemOutcome::Open
    }

    fn due_on(&self, item: &ItemTold) -> String {
        chinese_date(item.row.due_on.0)
    }

    fn outcome_field(&self, item: &ItemTold) -> String {
        format!("outcome.{}", item.row.id.0)
    }

    fn outcome_label(&self, item: &ItemTold) -> String {
        format!("第 {} 项：{}", item.row.number, item.text)
    }

    fn party(&self, index: &usize, name: &str) -> String {
        format!("party.{index}.{name}")
    }

    fn party_value(&self, index: &usize, name: &str) -> &str {
        self.form.value(&self.party(index, name))
    }

    /// The rows of the form that puts the parties right; it is there once they were shown.
    fn rows_of_parties(&self) -> std::ops::Range<usize> {
        let is_typed = self.form.with_prefix("party.").next().is_some();
        if is_typed { 0..MOST_PARTIES } else { 0..0 }
    }

    fn is_party_refused(&self) -> bool {
        self.rows_of_parties().any(|index| self.problems.any_of(&self.party(&index, "name")))
            || self.problems.any_of("matter party.0.phone party.1.phone")
    }

    /// Whether what was agreed on may still be put right: nobody has looked at what was done.
    fn is_amendable(&self) -> bool {
        let items = self.file.content.as_ref().map_or(&[][..], |content| &content.items);
        self.can_mediate && self.is_at("agreed performed") && items.iter().all(|item| self.is_unchecked(item))
    }

    fn item_field(&self, index: &usize, name: &str) -> String {
        format!("item.{index}.{name}")
    }

    fn item_value(&self, index: &usize, name: &str) -> &str {
        self.form.value(&self.item_field(index, name))
    }

    /// The first items of the form.
    fn few(&self) -> std::ops::Range<usize> {
        0..2
    }

    /// The others.
    fn more(&self) -> std::ops::Range<usize> {
        2..MOST_ITEMS
    }

    fn is_agreement_refused(&self) -> bool {
        self.problems.any_of("agreed_on form facts terms at_once item.0.text item.0.due_on item.1.text item.1.due_on")
            || (!self.form.value("terms").is_empty() && self.problems.any())
    }

    fn has_more(&self) -> bool {
        self.more().any(|index| {
            !self.item_value(&index, "text").is_empty() || self.problems.any_of(&self.item_field(&index, "text"))
        })
    }

    /// What was typed, or today.
    fn day(&self, field: &str) -> &str {
        match self.form.value(field) {
            "" => &self.today,
            typed => typed,
        }
    }

    /// What was typed, or the matter as it was told at first.
    fn facts<'page>(&'page self, matter: &'page str) -> &'page str {
        match self.form.value("facts") {
            "" => matter,
            typed => typed,
        }
    }

    /// The desk above, which gets what is handed up.
    fn above(&self) -> Option<&'static str> {
        match self.file.line.row.desk.0 {
            Desk::Branch => Some(Desk::Community.label()),
            Desk::Community => Some(Desk::Street.label()),
            Desk::Street | Desk::County => None,
        }
    }

    /// Until when the court may be asked to confirm what was agreed on.
    fn confirmable(&self) -> Option<String> {
        let row = &self.file.line.row;
        let (agreed_on, form) = row.agreed_on.zip(row.agreement_form)?;
        confirmable_until(agreed_on.0, form.0, row.desk.0).map(chinese_date)
    }

    fn agreed_on(&self) -> String {
        self.file.line.row.agreed_on.map(|day| chinese_date(day.0)).unwrap_or_default()
    }

    fn form_label(&self) -> &'static str {
        self.file.line.row.agreement_form.map_or("", |form| form.0.label())
    }

    fn most(&self) -> usize {
        TEXT
    }

    fn most_of_item(&self) -> usize {
        ITEM
    }

    fn most_of_name(&self) -> usize {
        NAME
    }
}

/// A form in which nothing was typed of the agreement begins with what is kept of it.
fn begun(file: &DisputeFile, form: Form) -> Form {
    let is_touched = !form.value("agreed_on").is_empty() || !form.value("terms").is_empty();
    let (row, content) = (&file.line.row, file.content.as_ref());
    let terms = content.and_then(|content| Some((content, content.terms.as_ref()?)));
    match (row.agreed_on.zip(row.agreement_form), terms) {
        (Some((day, kind)), Some((content, terms))) if !is_touched => {
            let kept = typed_agreement(day.0, kind.0, terms, &content.items);
            Form::of(form.with_prefix("").chain(kept.with_prefix("")))
        }
        _ => form,
    }
}

/// The page with what was refused and typed.
pub async fn dispute_page(
    desk: &desk::Desk,
    id: DisputeId,
    form: Form,
    problems: Problems,
    revealed: Option<Vec<Party>>,
) -> Result<DisputePage, Stop> {
    let file = dispute(&desk.op, id).await?;
    let form = begun(&file, form);
    let (row, op) = (&file.line.row, &desk.op);
    let is_here = file.standing.is_here && op.can(Deed::AcceptDispute, &row.place.0);
    let is_free = file.standing.barred != Some(domain::dispute::DisputeRefusal::StandsBack);
    let can_see_voice = file.standing.can_read && op.can(Deed::ViewVoice, &row.place.0);
    Ok(DisputePage {
        shell: desk.shell(format!("调解卷{}", row.called())).await?,
        crumbs: vec![Crumb { label: "矛盾调解".to_owned(), href: urls::DISPUTES.to_owned() }],
        problems,
        form,
        is_here,
        can_mediate: is_here && file.standing.barred.is_none(),
        can_reveal: file.standing.can_read && op.can(Deed::RevealParties, &row.place.0),
        can_stand_back: is_here && is_free && row.state.0.is_open(),
        voice: row.voice_id.filter(|_| can_see_voice).map(|voice| voices::urls::voice(voice.0)),
        revealed,
        today: op.now().date().to_string(),
        file,
    })
}

/// One file.
pub async fn show(desk: desk::Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&dispute_page(&desk, dispute_id(&id)?, Form::default(), Problems::default(), None).await?)
}

/// Shows who the parties are, once; each time is recorded.
pub async fn parties(desk: desk::Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = dispute_id(&id)?;
    match reveal_parties(&desk.op, id).await {
        Ok(parties) => {
            let matter = dispute(&desk.op, id).await?.content.map(|content| content.matter).unwrap_or_default();
            // The form that puts them right begins with them.
            let form = typed_parties(&parties, &matter);
            page(&dispute_page(&desk, id, form, Problems::default(), Some(parties)).await?)
        }
        Err(stop) => answered(&desk, id, Form::default(), Err(stop), "").await,
    }
}

/// The agreement as a Word document; each time is recorded.
pub async fn letter(desk: desk::Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = dispute_id(&id)?;
    match print_agreement(&desk.op, id).await {
        Ok((name, letter)) => platform::pages::letter(&name, &letter),
        Err(stop) => answered(&desk, id, Form::default(), Err(stop), "").await,
    }
}
