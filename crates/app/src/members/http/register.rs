//! Reporting: a member by an officer, oneself from a link, and the poster with the code that leads there.

use askama::Template;
use axum::{extract::Path, http::HeaderMap, response::Response};
use domain::{
    organisation::{Affiliation, Gender, MemberKind, Service},
    permission::Deed,
    place::PlaceCode,
};
use platform::{
    act::Op,
    error::{Problem, Stop},
    forms::Form,
    pages::{done, origin, page, refused, too_often},
    shell::{Crumb, PortalShell, Problems, Shell},
    throttle::ClientAddress,
    view::View,
};

use super::{compounds, find_branch, read_particulars, units};
use crate::{
    branches::{crumbs, options, phone},
    desk::Desk,
    members::urls,
    people::{self, NewMember, register_member},
    places::{self, BranchOfTree},
};

/// The choices of a form about a member.
pub struct Choices {
    /// 党员类型.
    pub kinds: Vec<(String, String)>,
    /// 组织关系.
    pub affiliations: Vec<(String, String)>,
    /// 身份.
    pub services: Vec<(String, String)>,
    /// 性别.
    pub genders: Vec<(String, String)>,
    /// 单位党支部.
    pub units: Vec<(String, String)>,
    /// 居住小区.
    pub compounds: Vec<(String, String)>,
}

impl Choices {
    /// Those of the branch's county.
    pub async fn of(op: &Op, branch: &PlaceCode) -> Result<Self, Stop> {
        Ok(Self {
            kinds: options!(MemberKind),
            affiliations: options!(Affiliation),
            services: options!(Service),
            genders: options!(Gender),
            units: units(op, branch).await?,
            compounds: compounds(op, branch).await?,
        })
    }
}

#[derive(Template)]
#[template(path = "members/new.html")]
struct NewPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    choices: Choices,
    back: String,
    form: Form,
}

async fn new_page(desk: &Desk, branch: &PlaceCode, form: Form, problems: Problems) -> Result<NewPage, Stop> {
    let line = places::ancestors(desk.op.reader(), branch).await?;
    Ok(NewPage {
        shell: desk.shell("登记党员报到").await?,
        crumbs: crumbs(&line, desk),
        problems,
        choices: Choices::of(&desk.op, branch).await?,
        back: people::urls::members(branch),
        form,
    })
}

/// The form.
pub async fn show(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let branch = find_branch(&desk, Deed::RegisterMember, &place).await?.place.code.0;
    let today = Form::of([("registered_on", desk.op.now().date().to_string())]);
    page(&new_page(&desk, &branch, today, Problems::default()).await?)
}

/// Reports a member.
pub async fn submit(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let branch = find_branch(&desk, Deed::RegisterMember, &place).await?.place.code.0;
    let outcome = match read(&form) {
        Ok(new) => register_member(&desk.op, &branch, new).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) => Ok(done(&people::urls::members(&branch), "报到已登记。")),
        Err(Stop::Refused(problems)) => refused(&new_page(&desk, &branch, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

fn read(form: &Form) -> Result<NewMember, Stop> {
    let mut reading = form.read();
    let name = reading.required("name", "姓名", 30);
    let phone = phone(&mut reading, form, "phone", "联系电话");
    let particulars = read_particulars(&mut reading, form);
    reading.finish()?;
    let particulars = particulars.ok_or_else(|| Stop::fault("a form without a problem is complete"))?;
    Ok(NewMember { name, gender: form.value("gender").parse().ok(), phone, particulars })
}

#[derive(Template)]
#[template(path = "members/join.html")]
struct JoinPage {
    shell: PortalShell,
    problems: Problems,
    choices: Choices,
    branch: String,
    form: Form,
    is_done: bool,
}

async fn join_page(
    op: &Op,
    view: &View,
    found: BranchOfTree,
    form: Form,
    problems: Problems,
) -> Result<JoinPage, Stop> {
    let choices = Choices::of(op, &found.place.code.0).await?;
    let shell = PortalShell::of(op, view, "党员报到");
    Ok(JoinPage { shell, problems, choices, branch: found.place.name, form, is_done: false })
}

/// A branch that takes reports.
async fn open_branch(op: &Op, place: &str) -> Result<BranchOfTree, Stop> {
    let code: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    let found = places::branch(op.reader(), &code).await?;
    found.filter(|found| found.place.is_active).ok_or(Stop::Missing)
}

/// The form for oneself, which anyone may open.
pub async fn show_join(op: Op, view: View, Path(place): Path<String>) -> Result<Response, Stop> {
    let found = open_branch(&op, &place).await?;
    page(&join_page(&op, &view, found, Form::default(), Problems::default()).await?)
}

/// Reports oneself; the branch confirms. Whether somebody is in a roll already is never told here.
pub async fn join(
    op: Op,
    view: View,
    client: ClientAddress,
    Path(place): Path<String>,
    form: Form,
) -> Result<Response, Stop> {
    let found = open_branch(&op, &place).await?;
    let branch = found.place.code.0.clone();
    let outcome = match read(&form) {
        Ok(new) if new.phone.is_none() => Err(Stop::refused_at("phone", "请填写联系电话，支部核对时要用。")),
        Ok(mut new) => {
            if let Err(wait) = op.floor.throttles.objections.take(client) {
                let problems = Problems(vec![Problem::whole(format!("{wait}。"))]);
                return too_often(&join_page(&op, &view, found, form, problems).await?, wait);
            }
            // Nobody deprives themselves of a vote.
            new.particulars.is_without_vote = false;
            new.particulars.registered_on = None;
            let visitor = op.as_visitor();
            register_member(&visitor, &branch, new).await
        }
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) => {
            let drawn = join_page(&op, &view, found, Form::default(), Problems::default()).await?;
            page(&JoinPage { is_done: true, ..drawn })
        }
        Err(Stop::Refused(problems)) => refused(&join_page(&op, &view, found, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

#[derive(Template)]
#[template(path = "members/poster.html")]
struct PosterPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    branch: String,
    address: String,
    code: String,
}

/// The poster for the lift or the notice board: a code that leads to the form.
pub async fn poster(desk: Desk, headers: HeaderMap, Path(place): Path<String>) -> Result<Response, Stop> {
    let found = find_branch(&desk, Deed::EditMembers, &place).await?;
    let branch = found.place.code.0;
    let (address, code) = code_for(&headers, &urls::of_place(urls::JOIN, &branch))?;
    page(&PosterPage {
        shell: desk.shell("报到二维码").await?,
        crumbs: vec![Crumb { label: "党员名册".to_owned(), href: people::urls::members(&branch) }],
        branch: found.place.name,
        address,
        code,
    })
}

/// The whole address of `path`, and the code that leads there as a picture.
///
/// # Errors
/// A fault when the address is too long for a code.
pub fn code_for(headers: &HeaderMap, path: &str) -> Result<(String, String), Stop> {
    let address = format!("{}{path}", origin(headers));
    let code = qrcode::QrCode::new(&address).map_err(|error| Stop::fault(error.to_string()))?;
    let drawn = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(240, 240).build();
    // Without the declaration that only whole files have.
    let svg = drawn.split_once("?>").map_or(drawn.as_str(), |(_, svg)| svg).to_owned();
    Ok((address, svg))
}
