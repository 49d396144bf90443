//! The posts and teams of a branch, or of the branches under a place.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    clock::chinese_date,
    ids::{MembershipId, PostClaimId, ServicePostId},
    permission::Deed,
    place::{Level, PlaceCode},
    service::{PostKind, PostState, check_kept},
};
use jiff::civil::Date;
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{Problems, Shell},
};

use super::{chosen_member, find_place, members};
use crate::{
    branches::options,
    desk::Desk,
    people,
    places::Names,
    points,
    service::{
        posts::{NewPost, claim_post, confirm_kept, edit_post, leave_post, set_up_post},
        sheets,
        store::{self, claim, post},
        urls,
    },
};

/// A post with who holds it.
pub struct Line {
    pub row: post::Model,
    pub branch: String,
    pub holders: Vec<(claim::Model, String)>,
}

#[derive(Template)]
#[template(path = "service/posts.html")]
struct PostsPage {
    shell: Shell,
    problems: Problems,
    place: PlaceCode,
    name: String,
    is_branch: bool,
    can_edit: bool,
    lines: Vec<Line>,
    members: Vec<(String, String)>,
    today: Date,
    /// The post whose form was refused.
    acted: Option<ServicePostId>,
    /// What is wrong with the form for a new post.
    fresh: Problems,
    form: Form,
}

impl PostsPage {
    fn kinds(&self) -> Vec<(String, String)> {
        options!(PostKind)
    }

    fn kind(&self) -> &str {
        match self.of_new("kind") {
            "" => PostKind::Post.code(),
            typed => typed,
        }
    }

    fn url(&self, path: &str) -> String {
        urls::of_place(path, &self.place)
    }

    fn add(&self) -> String {
        urls::of_place(urls::NEW_POST, &self.place)
    }

    fn at(&self, path: &str, line: &Line) -> String {
        urls::of_post(path, line.row.id.0)
    }

    fn of_claim(&self, path: &str, claim: &claim::Model) -> String {
        urls::of_claim(path, claim.id.0)
    }

    fn taken(&self, line: &Line) -> String {
        let held = line.holders.len();
        line.row.places.map_or_else(|| format!("{held} 人在岗，名额不限"), |places| format!("{held} / {places} 人"))
    }

    fn is_acted(&self, line: &Line) -> bool {
        self.acted == Some(line.row.id.0)
    }

    /// Whether the form that changes the post was refused; it is the one that tells the version.
    fn is_editing(&self, line: &Line) -> bool {
        self.is_acted(line) && !self.form.value("version").is_empty()
    }

    fn is_claiming(&self, line: &Line) -> bool {
        self.is_acted(line) && self.form.value("version").is_empty()
    }

    /// What was typed, or else what is kept.
    fn typed<'a>(&'a self, line: &Line, field: &'a str, kept: &'a str) -> &'a str {
        if self.is_editing(line) { self.form.value(field) } else { kept }
    }

    fn is_closing(&self, line: &Line) -> bool {
        if self.is_editing(line) { self.form.is_ticked("is_closed") } else { !self.is_open(line) }
    }

    fn chosen(&self, line: &Line) -> &str {
        if self.is_claiming(line) { self.form.value("member") } else { "" }
    }

    /// What was typed into the form for a new post.
    fn of_new(&self, field: &str) -> &str {
        if self.acted.is_none() { self.form.value(field) } else { "" }
    }

    fn places(&self, line: &Line) -> String {
        line.row.places.map(|places| places.to_string()).unwrap_or_default()
    }

    fn since(&self, claim: &claim::Model) -> String {
        chinese_date(claim.claimed_on.0)
    }

    fn is_kept(&self, claim: &claim::Model) -> bool {
        check_kept(claim.claimed_on.0, claim.halves, self.today).is_ok()
    }

    fn is_open(&self, line: &Line) -> bool {
        line.row.state.0 == PostState::Open
    }

    /// Whether the form for a new post is what was refused.
    fn is_setting_up(&self) -> bool {
        self.fresh.any()
    }
}

/// On to the posts of one's own place.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::EditPosts, place)?;
    Ok(Redirect::to(&urls::of_place(urls::POSTS_OF, place)).into_response())
}

/// The page.
pub async fn show(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    page(&posts_page(&desk, &place, Problems::default(), None, Form::default()).await?)
}

/// The same as an Excel table.
pub async fn export(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let here = find_place(&desk, Deed::EditPosts, &place).await?;
    let title = format!("{}岗位和服务队", here.name);
    workbook(&title, &[sheets::posts(&title, &lines(&desk, &here.code.0).await?)])
}

/// The posts under a place with who holds them.
async fn lines(desk: &Desk, place: &PlaceCode) -> Result<Vec<Line>, Stop> {
    let db = desk.op.reader();
    let claims = store::active_claims_under(db, place).await?;
    let persons = people::persons_of(db, claims.iter().map(|claim| claim.membership_id.0)).await?;
    let name = |id: MembershipId| persons.get(&id).map(|person| person.name.clone()).unwrap_or_default();
    let names = Names::under(db, place).await?;
    let mut held: BTreeMap<ServicePostId, Vec<(claim::Model, String)>> = BTreeMap::new();
    for claim in claims {
        let who = name(claim.membership_id.0);
        held.entry(claim.post_id.0).or_default().push((claim, who));
    }
    let line = |row: post::Model| Line {
        branch: names.at(&row.branch.0, Level::Branch).to_owned(),
        holders: held.remove(&row.id.0).unwrap_or_default(),
        row,
    };
    Ok(store::posts_under(db, place).await?.into_iter().map(line).collect())
}

async fn posts_page(
    desk: &Desk,
    place: &str,
    problems: Problems,
    acted: Option<ServicePostId>,
    form: Form,
) -> Result<PostsPage, Stop> {
    let here = find_place(desk, Deed::EditPosts, place).await?;
    let code = here.code.0;
    Ok(PostsPage {
        shell: desk.shell(format!("{}的岗位和服务队", here.name)).await?,
        fresh: if acted.is_none() { problems.clone() } else { Problems::default() },
        problems,
        acted,
        is_branch: code.level() == Level::Branch,
        can_edit: code.level() == Level::Branch,
        lines: lines(desk, &code).await?,
        members: members(desk, &code).await?,
        today: desk.op.now().date(),
        place: code,
        name: here.name,
        form,
    })
}

fn read(form: &Form) -> Result<NewPost, Stop> {
    let mut reading = form.read();
    let kind = reading.choice::<PostKind>("kind", "种类");
    let title = reading.required("title", "名称", 30);
    let duty = reading.text("duty", "职责", 300);
    let places = reading.count_if_any("places", "名额", 1..=1000).and_then(|places| i32::try_from(places).ok());
    reading.finish()?;
    let kind = kind.ok_or_else(|| Stop::fault("a form without a problem is complete"))?;
    let state = if form.is_ticked("is_closed") { PostState::Closed } else { PostState::Open };
    Ok(NewPost { kind, title, duty, places, state })
}

async fn answer(
    desk: &Desk,
    branch: &PlaceCode,
    acted: Option<ServicePostId>,
    outcome: Result<String, Stop>,
    form: Form,
) -> Result<Response, Stop> {
    match outcome {
        Ok(words) => Ok(done(&urls::of_place(urls::POSTS_OF, branch), &words)),
        Err(Stop::Refused(problems)) => {
            refused(&posts_page(desk, branch.as_str(), Problems(problems), acted, form).await?)
        }
        Err(stop) => Err(stop),
    }
}

/// Sets one up.
pub async fn set_up(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let branch = find_place(&desk, Deed::EditPosts, &place).await?.code.0;
    let outcome = match read(&form) {
        Ok(new) => set_up_post(&desk.op, &branch, new).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, &branch, None, outcome.map(|_| "已设置，党员可以认领了。".to_owned()), form).await
}

async fn find(desk: &Desk, id: &str) -> Result<post::Model, Stop> {
    let id: ServicePostId = id.parse().map_err(|_| Stop::Missing)?;
    let row = store::post(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EditPosts, &row.branch.0)?;
    Ok(row)
}

async fn find_claim(desk: &Desk, id: &str) -> Result<claim::Model, Stop> {
    let id: PostClaimId = id.parse().map_err(|_| Stop::Missing)?;
    let (claim, _) = store::claim(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EditPosts, &claim.branch.0)?;
    Ok(claim)
}

/// Changes one.
pub async fn edit(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, &id).await?;
    let version = form.value("version").parse().unwrap_or(-1);
    let outcome = match read(&form) {
        Ok(told) => edit_post(&desk.op, row.id.0, told, version).await.map(drop),
        Err(stop) => Err(stop),
    };
    answer(&desk, &row.branch.0, Some(row.id.0), outcome.map(|()| "已保存。".to_owned()), form).await
}

/// A member takes one on.
pub async fn take_on(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, &id).await?;
    let outcome = match chosen_member(&form) {
        Ok(member) => claim_post(&desk.op, row.id.0, member).await.map(drop),
        Err(stop) => Err(stop),
    };
    answer(&desk, &row.branch.0, Some(row.id.0), outcome.map(|()| "已登记认领。".to_owned()), form).await
}

/// A member gives one up.
pub async fn leave(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let claim = find_claim(&desk, &id).await?;
    let outcome = leave_post(&desk.op, claim.id.0).await;
    answer(&desk, &claim.branch.0, Some(claim.post_id.0), outcome.map(|_| "已登记卸任。".to_owned()), form).await
}

/// Half a year was kept.
pub async fn kept(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let claim = find_claim(&desk, &id).await?;
    let outcome = match confirm_kept(&desk.op, claim.id.0).await {
        Ok((branch, count)) => {
            let today = desk.op.now().date();
            let points = points::proposed_words(desk.op.reader(), &branch, today, count).await?;
            Ok(format!("已登记履职。{points}"))
        }
        Err(stop) => Err(stop),
    };
    answer(&desk, &claim.branch.0, Some(claim.post_id.0), outcome, form).await
}
