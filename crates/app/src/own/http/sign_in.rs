//! The door for members: a code by telephone, or a link from the branch.

use std::time::Duration;

use askama::Template;
use axum::{
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{ids::MembershipId, permission::Deed};
use platform::{
    act::Op,
    error::{Problem, Stop},
    forms::Form,
    pages::{page, refused, too_often},
    shell::{Crumb, PortalShell, Problems, Shell},
    throttle::ClientAddress,
    view::View,
};
use tower_sessions::Session;

use super::parse;
use crate::{
    desk::Desk,
    identity::session,
    members,
    own::{
        sign_in::{Entrance, enter_with_code, enter_with_link, hand_out_link, request_code},
        urls,
    },
    people,
};

#[derive(Template)]
#[template(path = "own/sign_in.html")]
struct SignInPage {
    shell: PortalShell,
    problems: Problems,
    form: Form,
    /// Whether a code was asked for, so that it is to be typed now.
    is_sent: bool,
    /// The code itself, where the settings show it on the screen.
    shown: Option<String>,
}

fn sign_in_page(op: &Op, view: &View, form: &Form, is_sent: bool, problems: Problems) -> SignInPage {
    let shell = PortalShell::of(op, view, "党员登录");
    SignInPage { shell, problems, form: form.clone(), is_sent, shown: None }
}

/// The form.
pub async fn show(op: Op, view: View) -> Result<Response, Stop> {
    page(&sign_in_page(&op, &view, &Form::default(), false, Problems::default()))
}

fn told(form: &Form) -> Result<(String, String), Stop> {
    let mut reading = form.read();
    let name = reading.required("name", "姓名", 30);
    let phone = crate::branches::phone(&mut reading, form, "phone", "手机号");
    if phone.is_none() && form.value("phone").trim().is_empty() {
        reading.note("phone", "请填写“手机号”。");
    }
    reading.finish()?;
    phone.map(|phone| (name, phone)).ok_or_else(|| Stop::fault("a form without a problem is complete"))
}

/// How long the door takes at least, whatever it finds: nobody shall tell from the pace who is in a roll.
const PACE: Duration = Duration::from_millis(300);

/// The outcome of `deed`, and not before the door's pace is over.
async fn at_the_doors_pace<T>(deed: impl Future<Output = T>) -> T {
    let (outcome, ()) = tokio::join!(deed, tokio::time::sleep(PACE));
    outcome
}

/// Sends a code. The answer is the same whether there is such a member or not, and comes as soon.
pub async fn request(op: Op, view: View, client: ClientAddress, form: Form) -> Result<Response, Stop> {
    if let Err(wait) = op.floor.throttles.sign_ins.take(client) {
        let problems = Problems(vec![Problem::whole(format!("{wait}。"))]);
        return too_often(&sign_in_page(&op, &view, &form, false, problems), wait);
    }
    let sent = match told(&form) {
        Ok((name, phone)) => at_the_doors_pace(request_code(&op, &name, &phone)).await,
        Err(stop) => Err(stop),
    };
    match sent {
        Ok(shown) => page(&SignInPage { shown, ..sign_in_page(&op, &view, &form, true, Problems::default()) }),
        Err(Stop::Refused(problems)) => refused(&sign_in_page(&op, &view, &form, false, Problems(problems))),
        Err(stop) => Err(stop),
    }
}

/// Comes in with the code.
pub async fn enter(op: Op, view: View, session: Session, client: ClientAddress, form: Form) -> Result<Response, Stop> {
    if let Err(wait) = op.floor.throttles.sign_ins.take(client) {
        let problems = Problems(vec![Problem::whole(format!("{wait}。"))]);
        return too_often(&sign_in_page(&op, &view, &form, true, problems), wait);
    }
    let entered = match told(&form) {
        Ok((name, phone)) => at_the_doors_pace(enter_with_code(&op, &name, &phone, form.value("code").trim())).await,
        Err(stop) => Err(stop),
    };
    match entered {
        Ok(entrance) => go_in(&op, &session, entrance).await,
        Err(Stop::Refused(problems)) => refused(&sign_in_page(&op, &view, &form, true, Problems(problems))),
        Err(stop) => Err(stop),
    }
}

async fn go_in(op: &Op, session: &Session, entrance: Entrance) -> Result<Response, Stop> {
    session::begin_for(op, session, entrance.account, entrance.office).await?;
    Ok(Redirect::to(urls::HOME).into_response())
}

#[derive(Template)]
#[template(path = "own/link.html")]
struct LinkPage {
    shell: PortalShell,
    problems: Problems,
    action: String,
}

fn link_page(op: &Op, view: &View, token: &str, problems: Problems) -> LinkPage {
    LinkPage { shell: PortalShell::of(op, view, "党员登录"), problems, action: urls::link(token) }
}

/// The page of a link, with a button: programs that look at links before people do must not use them up.
pub async fn show_link(op: Op, view: View, Path(token): Path<String>) -> Result<Response, Stop> {
    page(&link_page(&op, &view, &token, Problems::default()))
}

/// Comes in with a link.
pub async fn follow_link(
    op: Op,
    view: View,
    session: Session,
    client: ClientAddress,
    Path(token): Path<String>,
) -> Result<Response, Stop> {
    if let Err(wait) = op.floor.throttles.sign_ins.take(client) {
        let problems = Problems(vec![Problem::whole(format!("{wait}。"))]);
        return too_often(&link_page(&op, &view, &token, problems), wait);
    }
    match enter_with_link(&op, &token).await {
        Ok(entrance) => go_in(&op, &session, entrance).await,
        Err(Stop::Refused(problems)) => refused(&link_page(&op, &view, &token, Problems(problems))),
        Err(stop) => Err(stop),
    }
}

#[derive(Template)]
#[template(path = "own/hand_out.html")]
struct HandOutPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    name: String,
    address: String,
    code: String,
}

/// Hands a link out, shown this once.
pub async fn hand_out(desk: Desk, headers: HeaderMap, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: MembershipId = parse(&id)?;
    let (line, person) = people::membership(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::HandOutLink, &line.branch.0)?;
    let token = hand_out_link(&desk.op, id).await?;
    let (address, code) = members::code_for(&headers, &urls::link(&token.to_string()))?;
    page(&HandOutPage {
        shell: desk.shell("登录链接").await?,
        crumbs: vec![Crumb { label: person.name.clone(), href: people::urls::member(id) }],
        name: person.name,
        address,
        code,
    })
}
