//! The org department's page of a season's notice while it is written.

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    ids::NoticeId,
    permission::Deed,
    selection::{application::Stage, notice::period},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Problems, Shell},
};

use super::{
    Notice,
    actions::{NoticeDraft, draft_notice, publish_notice},
    queries::season_notice,
    store, urls,
    wording::{as_form, first_draft, read_draft},
};
use crate::{
    calendar,
    desk::Desk,
    review::{Candidate, Entry, candidates, season_of},
    selection::{self, Season},
};

#[derive(Template)]
#[template(path = "notices/draft.html")]
struct DraftPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    season: Season,
    draft: Option<Notice>,
    list: Vec<Candidate>,
    days: u16,
    /// When the period would end if it were published today, or why that cannot be told.
    ends: Result<String, String>,
    can_publish: bool,
}

impl DraftPage {
    fn save(&self) -> String {
        urls::draft(self.season.id.0)
    }

    fn publish(&self, draft: &Notice) -> String {
        urls::publish(draft.id.0)
    }

    fn seen(&self) -> String {
        self.draft.as_ref().map(|draft| draft.version.to_string()).unwrap_or_default()
    }
}

async fn draft_page(desk: &Desk, season: Season, form: Option<Form>, problems: Problems) -> Result<DraftPage, Stop> {
    let db = desk.op.reader();
    let parameters = selection::parameters_of(db, &season).await?;
    let draft = season_notice(db, season.id.0).await?;
    let form = match (form, &draft) {
        (Some(form), _) => form,
        (None, Some(known)) => as_form(&NoticeDraft { title: known.title.clone(), content: known.content.0.clone() }),
        (None, None) => {
            let before = store::published(db, &season.county.0, 0, 1).await?.pop();
            as_form(&first_draft(season.year, before.as_ref().map(|before| &before.content.0)))
        }
    };
    let mut list = candidates(db, &season).await?;
    list.retain(|candidate| candidate.application.stage == Stage::Decided);
    let calendar = calendar::load(db).await?;
    let ends = period(desk.op.now().date(), parameters.notice_days, &calendar);
    Ok(DraftPage {
        shell: desk.shell(format!("{}年度公示", season.year)).await?,
        problems,
        form,
        days: parameters.notice_days,
        ends: ends.map(|period| domain::clock::chinese_date(period.ends_on)).map_err(|unknown| unknown.to_string()),
        can_publish: desk.op.can(Deed::PublishNotice, &season.county.0),
        list,
        draft,
        season,
    })
}

/// The notice of the latest season.
pub async fn latest(desk: Desk) -> Result<Response, Stop> {
    let entry = Entry {
        deed: Deed::DraftNotice, title: "公示", hint: "县委常委会审定以后，在这里拟制和发布公示。"
    };
    entry.to_latest(&desk, urls::season_notice).await
}

/// The draft of a season's notice; leads to the notice once it is published.
pub async fn show(desk: Desk, Path(season): Path<String>) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::DraftNotice).await?;
    match season_notice(desk.op.reader(), season.id.0).await? {
        Some(notice) if notice.published_at.is_some() => Ok(Redirect::to(&urls::notice(notice.id.0)).into_response()),
        _ => page(&draft_page(&desk, season, None, Problems::default()).await?),
    }
}

/// Keeps the draft.
pub async fn save(desk: Desk, Path(season): Path<String>, form: Form) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::DraftNotice).await?;
    match keep(&desk, &season, &form).await {
        Ok(_) => Ok(done(&urls::season_notice(season.id.0), "公示草稿已保存。")),
        Err(Stop::Refused(problems)) => refused(&draft_page(&desk, season, Some(form), Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

async fn keep(desk: &Desk, season: &Season, form: &Form) -> Result<NoticeId, Stop> {
    let mut reading = form.read();
    let draft = read_draft(&mut reading);
    reading.finish()?;
    draft_notice(&desk.op, season.id.0, draft, form.value("seen").parse().ok()).await
}

/// Publishes it.
pub async fn publish(desk: Desk, Path(notice): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: NoticeId = notice.parse().map_err(|_| Stop::Missing)?;
    let notice = store::notice(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::PublishNotice, &notice.place.0)?;
    let seen = form.value("seen").parse().map_err(|_| Stop::Conflict)?;
    match publish_notice(&desk.op, id, seen).await {
        Ok(()) => Ok(done(&urls::notice(id), "公示已发布，公示期从今天起计算。")),
        Err(Stop::Refused(problems)) => {
            let season = selection::season(desk.op.reader(), notice.season_id.0).await?.ok_or(Stop::Missing)?;
            refused(&draft_page(&desk, season, None, Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}
