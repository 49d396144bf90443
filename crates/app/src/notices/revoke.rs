//! Taking an award back (R-SEL-19).

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{ids::ApplicationId, permission::Deed, place::Level};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Problems, Shell},
};

use super::{
    Award,
    actions::{NoticeDraft, Revocation, revocation_draft, revoke_award},
    store, urls,
    wording::{as_form, read_draft},
};
use crate::desk::Desk;

/// Characters of a reason.
const REASON: usize = 500;

#[derive(Template)]
#[template(path = "notices/revoke.html")]
struct RevokePage {
    shell: Shell,
    problems: Problems,
    form: Form,
    award: Award,
}

impl RevokePage {
    fn action(&self) -> String {
        urls::revoke(self.award.application_id.0)
    }

    fn back(&self) -> String {
        urls::awards(self.award.season_id.0)
    }
}

async fn standing(desk: &Desk, id: &str) -> Result<Award, Stop> {
    let id: ApplicationId = id.parse().map_err(|_| Stop::Missing)?;
    let award = store::award_of(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::RevokeAward, &award.place.0)?;
    Ok(award)
}

async fn revoke_page(desk: &Desk, award: Award, form: Form, problems: Problems) -> Result<RevokePage, Stop> {
    let shell = desk.shell(format!("撤销{}的认定", award.branch)).await?;
    Ok(RevokePage { shell, problems, form, award })
}

/// The form, with the notice as it would be published.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let award = standing(&desk, &id).await?;
    let county = award.place.0.at(Level::County).ok_or(Stop::Missing)?;
    let before = store::published(desk.op.reader(), &county, 0, 1).await?.pop();
    let draft = revocation_draft(&award.branch, award.year, before.as_ref().map(|before| &before.content.0));
    page(&revoke_page(&desk, award, as_form(&draft), Problems::default()).await?)
}

/// Takes it back.
pub async fn revoke(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let award = standing(&desk, &id).await?;
    let revoked = match read_revocation(&form) {
        Ok(revocation) => revoke_award(&desk.op, award.application_id.0, revocation).await,
        Err(stop) => Err(stop),
    };
    match revoked {
        Ok(notice) => Ok(done(&urls::notice(notice), "认定已撤销，撤销公示已发布。")),
        Err(Stop::Refused(problems)) => refused(&revoke_page(&desk, award, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

fn read_revocation(form: &Form) -> Result<Revocation, Stop> {
    let mut reading = form.read();
    let reason = reading.required("reason", "撤销原因", REASON);
    let source_document = reading.required("source_document", "查实文件", 120);
    let notice: NoticeDraft = read_draft(&mut reading);
    reading.finish()?;
    Ok(Revocation { reason, source_document, notice })
}
