//! Signing in and out, and switching hats.

use axum::response::{IntoResponse as _, Redirect, Response};
use domain::ids::OfficeId;
use platform::{
    act::Op,
    error::{Problem, Stop},
    forms::{Form, QueryForm},
    pages::{done, page, refused, too_often},
    shell::{ElderMode, LINKS, PortalShell, Problems},
    throttle::ClientAddress,
    view::{ELDER_COOKIE, View},
};
use tower_sessions::Session;

use super::{
    actions::{Credentials, sign_in},
    pages::{DemoOffice, SignInPage},
    session::{self, Hats},
    store,
};

/// The sign-in page; in demo mode with one click for each office.
pub async fn show_sign_in(op: Op, view: View, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    page(&sign_in_page(&op, &view, &query, Problems::default()).await?)
}

/// Signs in, and goes where the person wanted to go.
pub async fn submit_sign_in(
    op: Op,
    view: View,
    session: Session,
    client: ClientAddress,
    form: Form,
) -> Result<Response, Stop> {
    if let Err(wait) = op.floor.throttles.sign_ins.take(client) {
        let problems = Problems(vec![Problem::whole(format!("{wait}。"))]);
        return too_often(&sign_in_page(&op, &view, &form, problems).await?, wait);
    }
    let mut reading = form.read();
    let credentials = Credentials {
        name: reading.required("name", "登录名或手机号", 60),
        password: form.value("password").to_owned(),
        code: reading.text("code", "动态口令", 6),
    };
    let signed_in = match reading.finish() {
        Ok(()) => sign_in(&op, credentials).await,
        Err(stop) => Err(stop),
    };
    match signed_in {
        Ok((account, offices)) => {
            let office = offices.first().ok_or(Stop::Missing)?.id.0;
            session::begin(&session, &account, office).await?;
            Ok(Redirect::to(inside(form.value("next"))).into_response())
        }
        Err(Stop::Refused(problems)) => refused(&sign_in_page(&op, &view, &form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

async fn sign_in_page(op: &Op, view: &View, form: &Form, problems: Problems) -> Result<SignInPage, Stop> {
    let demo_offices = if op.floor.clock.is_demo() { demo_offices(op).await? } else { Vec::new() };
    Ok(SignInPage {
        shell: PortalShell::of(op, view, "登录"),
        problems,
        name: form.value("name").to_owned(),
        next: inside(form.value("next")).to_owned(),
        demo_offices,
    })
}

/// Where to go after signing in: a page of ours, whatever the query said.
#[must_use]
pub fn inside(next: &str) -> &str {
    let is_an_address = !next.contains('\\') && !next.contains(char::is_control);
    let is_ours = is_an_address && next.starts_with('/') && !next.starts_with("//");
    if is_ours { next } else { LINKS.home }
}

async fn demo_offices(op: &Op) -> Result<Vec<DemoOffice>, Stop> {
    let offices = store::offices_in_term(op.reader(), op.now().date()).await?;
    Ok(DemoOffice::some_of_each(&offices))
}

/// One click into an office, in demo mode only; outside it this address does not exist.
pub async fn demo_sign_in(op: Op, session: Session, form: Form) -> Result<Response, Stop> {
    if !op.floor.clock.is_demo() {
        return Err(Stop::Missing);
    }
    let id: OfficeId = form.value("office").parse().map_err(|_| Stop::Missing)?;
    let office = store::office(op.reader(), id).await?.ok_or(Stop::Missing)?;
    let account = store::account(op.reader(), office.account_id.0).await?.ok_or(Stop::Missing)?;
    if !office.is_in_term(op.now().date()) || account.is_closed {
        return Err(Stop::Missing);
    }
    session::begin(&session, &account, id).await?;
    Ok(Redirect::to(LINKS.home).into_response())
}

/// Ends this session.
pub async fn sign_out(session: Session) -> Result<Response, Stop> {
    session::end(&session).await?;
    Ok(done(LINKS.sign_in, "您已退出登录。"))
}

/// Acts under another of one's own offices from now on.
pub async fn switch_office(
    op: Op,
    session: Session,
    hats: axum::Extension<Hats>,
    form: Form,
) -> Result<Response, Stop> {
    op.actor.officer()?;
    let id: OfficeId = form.value("office").parse().map_err(|_| Stop::Missing)?;
    let office = hats.0.0.iter().find(|office| office.id == id).ok_or(Stop::Missing)?;
    session::go_on(&session, id, None).await?;
    Ok(done(LINKS.home, &format!("已切换为：{}", office.title)))
}

/// Goes on in this session after a deed that ended all others.
pub async fn stay_signed_in(op: &Op, session: &Session, epoch: i32) -> Result<(), Stop> {
    session::go_on(session, op.actor.officer()?.office.id, Some(epoch)).await
}

/// Switches 长辈版 and remembers it for a year.
pub async fn switch_elder(form: Form) -> Response {
    let mode = [ElderMode::Off, ElderMode::On, ElderMode::ExtraLarge];
    let mode = mode.into_iter().find(|mode| mode.code() == form.value("mode")).unwrap_or(ElderMode::Off);
    let cookie = format!("{ELDER_COOKIE}={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", mode.code());
    ([(axum::http::header::SET_COOKIE, cookie)], Redirect::to(inside(form.value("back")))).into_response()
}
