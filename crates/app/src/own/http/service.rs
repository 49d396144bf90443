//! The own hours, posts and wishes.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    activity::RecordState,
    ids::{PostClaimId, ServicePostId, WishId},
    permission::Deed,
    points::Points,
    service::{ClaimState, WishState},
};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{done, refused},
    shell::{Chip, Problems, Shell},
};

use super::{parse, permit, shown};
use crate::{
    activities::{self, Served, ServiceRecord, record_service},
    desk::{Desk, asked_year, years},
    own::{queries::own_line, urls},
    service::{self, ClaimedPost, MicroWish, ServicePost},
};

#[derive(Template)]
#[template(path = "own/service.html")]
struct ServicePage {
    shell: Shell,
    problems: Problems,
    form: Form,
    years: Vec<Chip>,
    year: i16,
    served: Served,
    records: Vec<ServiceRecord>,
    held: Vec<ClaimedPost>,
    open: Vec<(ServicePost, usize)>,
    own_wishes: Vec<MicroWish>,
    wishes: Vec<MicroWish>,
}

impl ServicePage {
    fn hours(&self, hours: &i64) -> String {
        Points(*hours).short()
    }

    fn when(&self, row: &ServiceRecord) -> String {
        row.starts_at.0.to_string()
    }

    fn tone(&self, row: &ServiceRecord) -> &'static str {
        match row.state.0 {
            RecordState::Entered => "info",
            RecordState::Confirmed => "good",
            RecordState::Rejected | RecordState::Withdrawn => "warn",
        }
    }

    fn since(&self, (claim, _): &ClaimedPost) -> String {
        domain::clock::chinese_date(claim.claimed_on.0)
    }

    fn leave(&self, (claim, _): &ClaimedPost) -> String {
        urls::leave_post(claim.id.0)
    }

    fn claim(&self, post: &ServicePost) -> String {
        urls::claim_post(post.id.0)
    }

    fn room(&self, post: &ServicePost, held: &usize) -> String {
        post.places.map_or_else(|| format!("{held} 人在岗"), |places| format!("{held} / {places} 人"))
    }

    fn of_wish(&self, path: &str, wish: &MicroWish) -> String {
        urls::of_wish(path, wish.id.0)
    }

    fn is_claimed(&self, wish: &MicroWish) -> bool {
        wish.state.0 == WishState::Claimed
    }

    fn is_entering(&self) -> bool {
        !self.form.value("title").is_empty()
    }
}

/// The page.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let year = asked_year(desk.op.now(), &query);
    shown(&desk, service_page(&desk, year, Problems::default(), Form::default()).await).await
}

async fn service_page(desk: &Desk, year: i16, problems: Problems, form: Form) -> Result<ServicePage, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, _) = own_line(desk).await?;
    let (db, branch, id) = (desk.op.reader(), &line.branch.0, line.id.0);
    let mut held = service::claims_of_member(db, id).await?;
    held.retain(|(claim, _)| claim.state.0 == ClaimState::Active);
    let mut open = service::open_posts(db, branch).await?;
    open.retain(|(post, _)| !held.iter().any(|(claim, _)| claim.post_id == post.id));
    let all = service::wishes_of(db, branch, &[WishState::Published, WishState::Claimed, WishState::Done]).await?;
    let (own_wishes, mut wishes): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|wish| wish.membership_id.is_some_and(|member| member.0 == id));
    wishes.retain(|wish| wish.state.0 == WishState::Published);
    Ok(ServicePage {
        shell: desk.shell("我的服务").await?,
        problems,
        form,
        years: years(desk.op.now(), year, |year| Query::at(urls::SERVICE).with("year", &year.to_string()).address()),
        year,
        served: activities::served_in_year(db, branch, year).await?.remove(&id).unwrap_or_default(),
        records: activities::records_of_member(db, id, year).await?,
        held,
        open,
        own_wishes,
        wishes,
    })
}

async fn answer(desk: &Desk, outcome: Result<(), Stop>, form: Form, words: &str) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(urls::SERVICE, words)),
        Err(Stop::Refused(problems)) => {
            let year = desk.op.now().date().year();
            refused(&service_page(desk, year, Problems(problems), form).await?)
        }
        Err(stop) => Err(stop),
    }
}

/// Enters own service.
pub async fn record(desk: Desk, form: Form) -> Result<Response, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, _) = own_line(&desk).await?;
    let outcome = match activities::read_record(&form) {
        Ok(new) => {
            let own = activities::NewRecord { members: vec![line.id.0], ..new };
            record_service(&desk.op, &line.branch.0, own).await.map(drop)
        }
        Err(stop) => Err(stop),
    };
    answer(&desk, outcome, form, "已登记，由支部确认。").await
}

/// Takes a post on.
pub async fn claim_post(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: ServicePostId = parse(&id)?;
    permit(&desk, &service::place_of_post(desk.op.reader(), id).await?.ok_or(Stop::Missing)?)?;
    let (line, _) = own_line(&desk).await?;
    let outcome = service::claim_post(&desk.op, id, line.id.0).await.map(drop);
    answer(&desk, outcome, form, "已认领。").await
}

/// Gives a post up.
pub async fn leave_post(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: PostClaimId = parse(&id)?;
    permit(&desk, &service::place_of_claim(desk.op.reader(), id).await?.ok_or(Stop::Missing)?)?;
    own_line(&desk).await?;
    let outcome = service::leave_post(&desk.op, id).await.map(drop);
    answer(&desk, outcome, form, "已卸任。").await
}

async fn wish_at(desk: &Desk, id: &str) -> Result<WishId, Stop> {
    let id: WishId = parse(id)?;
    permit(desk, &service::place_of_wish(desk.op.reader(), id).await?.ok_or(Stop::Missing)?)?;
    Ok(id)
}

/// Takes a wish on.
pub async fn claim_wish(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = wish_at(&desk, &id).await?;
    let (line, _) = own_line(&desk).await?;
    let outcome = service::claim_wish(&desk.op, id, line.id.0).await.map(drop);
    answer(&desk, outcome, form, "已认领，办好以后请在这里报告。").await
}

/// Gives it back.
pub async fn give_back_wish(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = wish_at(&desk, &id).await?;
    own_line(&desk).await?;
    let outcome = service::give_wish_back(&desk.op, id).await.map(drop);
    answer(&desk, outcome, form, "已退回，可以由别的党员认领。").await
}

/// It is done.
pub async fn finish_wish(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = wish_at(&desk, &id).await?;
    own_line(&desk).await?;
    let note: String = form.value("note").chars().take(300).collect();
    let outcome = service::finish_wish(&desk.op, id, &note).await.map(drop);
    answer(&desk, outcome, form, "已报告，等提出的人或支部确认。").await
}
