//! The page of the lengths.

use askama::Template;
use axum::response::Response;
use domain::{
    permission::Deed,
    place::{Level, PlaceCode},
    voice::{Length, Terms},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Problems, Shell},
};

use super::{actions::set_terms, store, store::row};
use crate::{desk::Desk, voices::urls};

/// The fields in the order of the page: name, label, hint.
const FIELDS: [(&str, &str, &str); 8] = [
    ("acknowledge", "受理（工作日）", "收到以后"),
    ("accept", "签收（工作日）", "转来、上报、要求重办以后"),
    ("consult", "咨询答复（工作日）", "从收到算起"),
    ("ordinary", "一般事项（工作日）", "求助、投诉、举报、建议，从收到算起"),
    ("complex", "复杂事项（工作日）", "要几个单位一起办的，从收到算起"),
    ("utilities", "停水停电停气（小时）", "从收到算起，休息日照算"),
    ("danger", "安全险情（小时）", "从收到算起，休息日照算"),
    ("call_back", "回访（工作日）", "办结以后"),
];

fn length(terms: &Terms, field: &str) -> Length {
    match field {
        "acknowledge" => terms.acknowledge,
        "accept" => terms.accept,
        "consult" => terms.consult,
        "ordinary" => terms.ordinary,
        "complex" => terms.complex,
        "utilities" => terms.utilities,
        "danger" => terms.danger,
        _ => terms.call_back,
    }
}

#[derive(Template)]
#[template(path = "voices/terms/show.html")]
struct TermsPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    versions: Vec<row::Model>,
    can_set: bool,
}

impl TermsPage {
    fn back(&self) -> &'static str {
        urls::VOICES
    }

    fn action(&self) -> &'static str {
        urls::TERMS
    }

    fn fields(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &FIELDS
    }

    fn terms(&self) -> Terms {
        self.versions.first().map(|row| row.terms.0).unwrap_or_default()
    }

    fn words(&self, field: &str) -> String {
        length(&self.terms(), field).words()
    }

    fn typed(&self, field: &str) -> String {
        match self.form.value(field) {
            "" if self.problems.any() => String::new(),
            "" => length(&self.terms(), field).number().to_string(),
            typed => typed.to_owned(),
        }
    }

    fn version(&self) -> i32 {
        self.versions.first().map_or(0, |row| row.version)
    }

    /// What a version set, in one line.
    fn in_short(&self, row: &row::Model) -> String {
        let one = |(field, label, _): &(&str, &str, &str)| {
            let label = label.split('（').next().unwrap_or(label);
            format!("{label} {}", length(&row.terms.0, field).words())
        };
        FIELDS.iter().map(one).collect::<Vec<_>>().join("，")
    }
}

fn county(desk: &Desk) -> Result<PlaceCode, Stop> {
    desk.officer.office.place.at(Level::County).ok_or(Stop::Missing)
}

async fn terms_page(desk: &Desk, form: Form, problems: Problems) -> Result<TermsPage, Stop> {
    let county = county(desk)?;
    desk.op.permit(Deed::ViewVoice, &desk.officer.office.place)?;
    Ok(TermsPage {
        shell: desk.shell("办理时限").await?,
        problems,
        form,
        versions: store::versions(desk.op.reader(), &county).await?,
        can_set: desk.op.can(Deed::SetVoiceTerms, &county),
    })
}

/// The lengths, and how they came about.
pub async fn show(desk: Desk) -> Result<Response, Stop> {
    page(&terms_page(&desk, Form::default(), Problems::default()).await?)
}

/// Sets them anew.
pub async fn set(desk: Desk, form: Form) -> Result<Response, Stop> {
    // Whoever sees the lengths is told that they are the county's to set.
    desk.op.permit(Deed::SetVoiceTerms, &desk.officer.office.place)?;
    let county = county(&desk)?;
    let outcome = match read(&form) {
        Ok((terms, reason)) => {
            set_terms(&desk.op, &county, terms, &reason, form.value("version").parse().unwrap_or(-1)).await
        }
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) => Ok(done(urls::TERMS, "已保存，从现在起收到的诉求按新的时限办理。")),
        Err(Stop::Refused(problems)) => refused(&terms_page(&desk, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

fn read(form: &Form) -> Result<(Terms, String), Stop> {
    let mut reading = form.read();
    let numbers = FIELDS.map(|(field, label, _)| {
        let of = length(&Terms::default(), field);
        reading.count(field, label, 1..=i64::from(of.most())).and_then(|number| u16::try_from(number).ok())
    });
    let reason = reading.required("reason", "依据或原因", 300);
    reading.finish()?;
    let [
        Some(acknowledge),
        Some(accept),
        Some(consult),
        Some(ordinary),
        Some(complex),
        Some(utilities),
        Some(danger),
        Some(call_back),
    ] = numbers
    else {
        return Err(Stop::fault("a form without a problem is complete"));
    };
    let terms = Terms {
        acknowledge: Length::WorkingDays(acknowledge),
        accept: Length::WorkingDays(accept),
        call_back: Length::WorkingDays(call_back),
        consult: Length::WorkingDays(consult),
        ordinary: Length::WorkingDays(ordinary),
        complex: Length::WorkingDays(complex),
        utilities: Length::Hours(utilities),
        danger: Length::Hours(danger),
    };
    Ok((terms, reason))
}
