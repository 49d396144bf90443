//! The street's page of substitution: what the panel rejected, and who is next.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::ApplicationId,
    permission::Deed,
    place::{Level, PlaceCode},
    selection::score::points,
};
use platform::{
    db::column::Text,
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Problems, Shell},
};

use super::{
    actions::{Vacancies, substitute_application, vacancies},
    panel::deadline_words,
    season::season_of,
    urls,
};
use crate::{
    desk::Desk,
    places::Names,
    selection::{self, Application, Season},
};

#[derive(Template)]
#[template(path = "review/substitution.html")]
struct SubstitutionPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    season: Season,
    street: PlaceCode,
    names: Names,
    is_allowed: bool,
    deadline: String,
    vacancies: Vacancies,
}

impl SubstitutionPage {
    fn action(&self) -> String {
        urls::substitution(self.season.id.0, &self.street)
    }

    fn name(&self, row: &Application) -> &str {
        self.names.at(&row.branch.0, Level::Branch)
    }

    fn application(&self, id: &Text<ApplicationId>) -> String {
        selection::urls::application(id.0)
    }

    fn score(&self, row: &Application) -> String {
        points(row.street_average.into())
    }

    fn seen(&self, row: &Application) -> String {
        row.submission_id.map(|id| id.0.to_string()).unwrap_or_default()
    }

    /// The one that may be recommended now.
    fn next(&self) -> Option<&Application> {
        let is_open = self.is_allowed && !self.vacancies.is_decided && !self.vacancies.freed.is_empty();
        self.vacancies.waiting.first().filter(|_| is_open)
    }
}

async fn substitution_page(
    desk: &Desk,
    (season, street): (&str, &str),
    form: Form,
    problems: Problems,
) -> Result<SubstitutionPage, Stop> {
    let season = season_of(&desk.op, season, Deed::ViewSeason).await?;
    let street: PlaceCode = street.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::RecommendApplications, &street)?;
    let db = desk.op.reader();
    let parameters = selection::parameters_of(db, &season).await?;
    Ok(SubstitutionPage {
        shell: desk.shell("递补推荐").await?,
        problems,
        form,
        names: Names::under(db, &street).await?,
        is_allowed: parameters.substitution_before_decision,
        deadline: deadline_words(&parameters),
        vacancies: vacancies(db, &season, &parameters, &street).await?,
        season,
        street,
    })
}

/// The vacancies of a street.
pub async fn show(desk: Desk, Path((season, street)): Path<(String, String)>) -> Result<Response, Stop> {
    page(&substitution_page(&desk, (&season, &street), Form::default(), Problems::default()).await?)
}

/// Recommends the next one.
pub async fn submit(desk: Desk, Path((season, street)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let place: PlaceCode = street.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::RecommendApplications, &place)?;
    let application: ApplicationId = form.value("application").parse().map_err(|_| Stop::Missing)?;
    let seen = form.value("seen").parse().map_err(|_| Stop::Conflict)?;
    let mut reading = form.read();
    let reason = reading.text("reason", "推荐理由", 300);
    let substituted = match reading.finish() {
        Ok(()) => substitute_application(&desk.op, application, seen, &reason).await,
        Err(stop) => Err(stop),
    };
    match substituted {
        Ok(season) => Ok(done(&urls::substitution(season, &place), "已递补推荐，评选组会收到通知。")),
        Err(Stop::Refused(problems)) => {
            refused(&substitution_page(&desk, (&season, &street), form, Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}
