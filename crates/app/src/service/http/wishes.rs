//! The wishes of residents: the branch's page, and the public page of who asked.

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    clock::chinese_date,
    ids::WishId,
    permission::Deed,
    place::{Level, PlaceCode},
    selection::query_code::QueryCode,
    service::WishState,
};
use platform::{
    act::Op,
    db::column::Text,
    error::{OrRefuse as _, Problem, Stop},
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{PortalShell, Problems, Shell},
    throttle::ClientAddress,
    view::View,
};

use super::{chosen_member, find_place, members};
use crate::{
    desk::Desk,
    people,
    places::Names,
    points,
    service::{
        sheets,
        store::{self, wish},
        urls,
        wishes::{
            NewWish, RevealedAsker, claim_wish, confirm_wish, confirm_wish_by_code, finish_wish, give_wish_back,
            publish_wish, reveal_asker, undo_wish, undo_wish_by_code, wish_by_code, withdraw_wish,
        },
    },
};

/// A wish with the names around it.
pub struct Line {
    pub row: wish::Model,
    pub branch: String,
    /// Who took it on.
    pub member: String,
    /// Whether somebody was noted who asked, and may still be looked up.
    has_asker: bool,
}

#[derive(Template)]
#[template(path = "service/wishes.html")]
struct WishesPage {
    shell: Shell,
    problems: Problems,
    place: PlaceCode,
    name: String,
    is_branch: bool,
    lines: Vec<Line>,
    members: Vec<(String, String)>,
    /// The wish whose form was refused.
    acted: Option<WishId>,
    form: Form,
}

impl WishesPage {
    fn is_acted(&self, line: &Line) -> bool {
        self.acted == Some(line.row.id.0)
    }

    /// What was typed into a field of the wish's form.
    fn typed(&self, line: &Line, field: &str) -> &str {
        if self.is_acted(line) { self.form.value(field) } else { "" }
    }

    fn note<'a>(&'a self, line: &'a Line) -> &'a str {
        if self.is_acted(line) { self.form.value("note") } else { &line.row.note }
    }

    fn url(&self, path: &str) -> String {
        urls::of_place(path, &self.place)
    }

    fn add(&self) -> String {
        urls::of_place(urls::NEW_WISH, &self.place)
    }

    fn at(&self, path: &str, line: &Line) -> String {
        urls::of_wish(path, line.row.id.0)
    }

    fn is_at(&self, line: &Line, state: &str) -> bool {
        line.row.state.0.code() == state
    }

    fn tone(&self, line: &Line) -> &'static str {
        tone(line.row.state.0)
    }

    fn published(&self, line: &Line) -> String {
        chinese_date(line.row.published_at.0.date())
    }

    fn done(&self, line: &Line) -> String {
        line.row.done_on.map(|date| chinese_date(date.0)).unwrap_or_default()
    }

    fn is_publishing(&self) -> bool {
        !self.problems.of("title").is_empty()
    }
}

/// The tone of a state.
#[must_use]
pub const fn tone(state: WishState) -> &'static str {
    match state {
        WishState::Published => "warn",
        WishState::Claimed | WishState::Done => "info",
        WishState::Confirmed => "good",
        WishState::Withdrawn => "calm",
    }
}

/// On to the wishes of one's own place.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::EditWishes, place)?;
    Ok(Redirect::to(&urls::of_place(urls::WISHES_OF, place)).into_response())
}

/// The page.
pub async fn show(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    page(&wishes_page(&desk, &place, Problems::default(), None, Form::default()).await?)
}

/// The same as an Excel table.
pub async fn export(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let here = find_place(&desk, Deed::EditWishes, &place).await?;
    let title = format!("{}微心愿", here.name);
    workbook(&title, &[sheets::wishes(&title, lines(&desk, &here.code.0).await?)])
}

/// The wishes under a place with who took them on.
async fn lines(desk: &Desk, place: &PlaceCode) -> Result<Vec<Line>, Stop> {
    let db = desk.op.reader();
    let rows = store::wishes_under(db, place, WishState::ALL).await?;
    let persons = people::persons_of(db, rows.iter().filter_map(|row| row.membership_id.map(|id| id.0))).await?;
    let names = Names::under(db, place).await?;
    let line = |row: wish::Model| Line {
        branch: names.at(&row.branch.0, Level::Branch).to_owned(),
        member: row.membership_id.and_then(|id| persons.get(&id.0)).map(|it| it.name.clone()).unwrap_or_default(),
        has_asker: row.asker_sealed.is_some() && !row.rule().is_over(),
        row,
    };
    Ok(rows.into_iter().map(line).collect())
}

async fn wishes_page(
    desk: &Desk,
    place: &str,
    problems: Problems,
    acted: Option<WishId>,
    form: Form,
) -> Result<WishesPage, Stop> {
    let here = find_place(desk, Deed::EditWishes, place).await?;
    let code = here.code.0;
    Ok(WishesPage {
        shell: desk.shell(format!("{}的微心愿", here.name)).await?,
        problems,
        is_branch: code.level() == Level::Branch,
        lines: lines(desk, &code).await?,
        members: members(desk, &code).await?,
        place: code,
        name: here.name,
        acted,
        form,
    })
}

async fn answer(
    desk: &Desk,
    branch: &PlaceCode,
    acted: Option<WishId>,
    outcome: Result<String, Stop>,
    form: Form,
) -> Result<Response, Stop> {
    match outcome {
        Ok(words) => Ok(done(&urls::of_place(urls::WISHES_OF, branch), &words)),
        Err(Stop::Refused(problems)) => {
            refused(&wishes_page(desk, branch.as_str(), Problems(problems), acted, form).await?)
        }
        Err(stop) => Err(stop),
    }
}

/// Publishes one, and tells the code once.
pub async fn publish(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let branch = find_place(&desk, Deed::EditWishes, &place).await?.code.0;
    let mut reading = form.read();
    let title = reading.required("title", "心愿", 40);
    let body = reading.text("body", "具体情况", 300);
    let asker = reading.text("asker", "提出的人和联系方式", 60);
    let outcome = match reading.finish() {
        Ok(()) => publish_wish(&desk.op, &branch, NewWish { title, body, asker }).await,
        Err(stop) => Err(stop),
    };
    let words =
        |code: QueryCode| format!("微心愿已发布。请把查询码告诉提出的人，办好后凭它确认：{code}（只显示这一次）");
    answer(&desk, &branch, None, outcome.map(words), form).await
}

async fn find(desk: &Desk, id: &str) -> Result<wish::Model, Stop> {
    let id: WishId = id.parse().map_err(|_| Stop::Missing)?;
    let row = store::wish(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EditWishes, &row.branch.0)?;
    Ok(row)
}

/// A member takes it on.
pub async fn claim(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, &id).await?;
    let outcome = match chosen_member(&form) {
        Ok(member) => claim_wish(&desk.op, row.id.0, member).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, &row.branch.0, Some(row.id.0), outcome.map(|_| "已登记认领。".to_owned()), form).await
}

/// A member gives it back.
pub async fn give_back(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, &id).await?;
    let outcome = give_wish_back(&desk.op, row.id.0).await;
    answer(
        &desk,
        &row.branch.0,
        Some(row.id.0),
        outcome.map(|_| "已退回。没有人在办的，别的党员可以认领。".to_owned()),
        form,
    )
    .await
}

/// It is done.
pub async fn finish(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, &id).await?;
    let note: String = form.value("note").chars().take(300).collect();
    let outcome = finish_wish(&desk.op, row.id.0, &note).await;
    answer(&desk, &row.branch.0, Some(row.id.0), outcome.map(|_| "已登记办好，等待确认。".to_owned()), form).await
}

/// An officer confirms.
pub async fn confirm(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, &id).await?;
    let outcome = match confirm_wish(&desk.op, row.id.0).await {
        Ok((branch, count)) => {
            let day = row.done_on.map_or(desk.op.now().date(), |Text(date)| date);
            let points = points::proposed_words(desk.op.reader(), &branch, day, count).await?;
            Ok(format!("微心愿已实现。{points}"))
        }
        Err(stop) => Err(stop),
    };
    answer(&desk, &row.branch.0, Some(row.id.0), outcome, form).await
}

/// It was not done after all.
pub async fn undo(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, &id).await?;
    let reason: String = form.value("reason").chars().take(300).collect();
    let outcome = undo_wish(&desk.op, row.id.0, &reason).await;
    let words = "已退回继续办理，认领的党员会看到原因；人已离开名册的，可以由别的党员认领。".to_owned();
    answer(&desk, &row.branch.0, Some(row.id.0), outcome.map(|_| words), form).await
}

#[derive(Template)]
#[template(path = "service/asker.html")]
struct AskerPage {
    shell: Shell,
    asked: RevealedAsker,
    back: String,
}

/// Who asked, shown once, with a record.
pub async fn asker(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: WishId = id.parse().map_err(|_| Stop::Missing)?;
    let row = store::wish(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::RevealAsker, &row.branch.0)?;
    match reveal_asker(&desk.op, id).await {
        Ok(asked) => {
            let back = urls::of_place(urls::WISHES_OF, &asked.branch);
            page(&AskerPage { shell: desk.shell("查看提出的人").await?, asked, back })
        }
        Err(stop) => answer(&desk, &row.branch.0, Some(id), Err(stop), form).await,
    }
}

/// Takes one down.
pub async fn withdraw(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, &id).await?;
    let reason: String = form.value("reason").chars().take(300).collect();
    let outcome = withdraw_wish(&desk.op, row.id.0, &reason).await;
    answer(&desk, &row.branch.0, Some(row.id.0), outcome.map(|_| "已撤下。".to_owned()), form).await
}

#[derive(Template)]
#[template(path = "service/wish_query.html")]
struct QueryPage {
    shell: PortalShell,
    problems: Problems,
    code: String,
    reason: String,
    found: Option<wish::Model>,
}

impl QueryPage {
    fn done(&self, row: &wish::Model) -> String {
        row.done_on.map(|date| chinese_date(date.0)).unwrap_or_default()
    }

    fn is_done(&self, row: &wish::Model) -> bool {
        row.state.0 == WishState::Done
    }
}

fn query_page(op: &Op, view: &View, form: &Form, found: Option<wish::Model>, problems: Problems) -> QueryPage {
    let code = form.value("code").trim().to_owned();
    let reason = form.value("reason").to_owned();
    QueryPage { shell: PortalShell::of(op, view, "查询微心愿"), problems, code, reason, found }
}

/// The form for the code of the receipt.
pub async fn ask(op: Op, view: View) -> Result<Response, Stop> {
    page(&query_page(&op, &view, &Form::default(), None, Problems::default()))
}

/// How it stands.
pub async fn answer_query(op: Op, view: View, client: ClientAddress, form: Form) -> Result<Response, Stop> {
    let outcome = match read_code(&op, client, &form) {
        Ok(code) => wish_by_code(&op, &code).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(Some(row)) => page(&query_page(&op, &view, &form, Some(row), Problems::default())),
        Ok(None) => unknown(&op, &view, &form),
        Err(Stop::Refused(problems)) => refused(&query_page(&op, &view, &form, None, Problems(problems))),
        Err(stop) => Err(stop),
    }
}

/// The code, unless this address has tried too many: nobody shall go through them.
fn read_code(op: &Op, client: ClientAddress, form: &Form) -> Result<QueryCode, Stop> {
    if let Err(wait) = op.floor.throttles.queries.take(client) {
        return Err(Stop::refused_at("code", format!("{wait}。")));
    }
    form.value("code").parse::<QueryCode>().or_refuse()
}

fn unknown(op: &Op, view: &View, form: &Form) -> Result<Response, Stop> {
    let problems = Problems(vec![Problem::at("code", "没有这个查询码对应的微心愿，请对照核对。")]);
    refused(&query_page(op, view, form, None, problems))
}

/// Who asked confirms.
pub async fn confirm_by_code(op: Op, view: View, client: ClientAddress, form: Form) -> Result<Response, Stop> {
    let outcome = match read_code(&op, client, &form) {
        Ok(code) => confirm_wish_by_code(&op, &code).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) => Ok(done(urls::WISH_QUERY, "谢谢您的确认，微心愿已实现。")),
        Err(Stop::Missing) => unknown(&op, &view, &form),
        Err(Stop::Refused(problems)) => refused(&query_page(&op, &view, &form, None, Problems(problems))),
        Err(stop) => Err(stop),
    }
}

/// Who asked tells that it was not done.
pub async fn undo_by_code(op: Op, view: View, client: ClientAddress, form: Form) -> Result<Response, Stop> {
    let code = match read_code(&op, client, &form) {
        Ok(code) => code,
        Err(Stop::Refused(problems)) => {
            return refused(&query_page(&op, &view, &form, None, Problems(problems)));
        }
        Err(stop) => return Err(stop),
    };
    let reason: String = form.value("reason").chars().take(300).collect();
    match undo_wish_by_code(&op, &code, &reason).await {
        Ok(()) => Ok(done(urls::WISH_QUERY, "已转告支部继续办理。")),
        Err(Stop::Missing) => unknown(&op, &view, &form),
        Err(Stop::Refused(problems)) => {
            let found = wish_by_code(&op, &code).await?;
            refused(&query_page(&op, &view, &form, found, Problems(problems)))
        }
        Err(stop) => Err(stop),
    }
}
