//! One member of a branch: what is known, correcting it, moving on, ending, and the history.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::MembershipId,
    members::MemberState,
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Crumb, Problems, Shell, TimelineEntry},
};

use super::{read_particulars, register::Choices};
use crate::{
    audit_log,
    branches::{birth_month, crumbs, masked, phone},
    desk::Desk,
    members::{
        departures::{end_registration, move_member},
        urls,
    },
    people::{self, Correction, Departure, Membership, Person, Stay, edit_member},
    places,
};

#[derive(Template)]
#[template(path = "members/show.html")]
struct MemberPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    choices: Choices,
    line: Membership,
    person: Person,
    phone: String,
    unit: String,
    elsewhere: Vec<String>,
    branches: Vec<(String, String)>,
    /// Earlier times in this roll.
    stays: Vec<Stay>,
    history: Vec<TimelineEntry>,
    can_edit: bool,
    can_confirm: bool,
    can_end: bool,
    /// Whether it waits here while another branch has the person in its roll.
    is_of_another: bool,
    form: Form,
}

impl MemberPage {
    fn at(&self, path: &str) -> String {
        urls::of_member(path, self.line.id.0)
    }

    fn place(&self, path: &str) -> String {
        urls::of_place(path, &self.line.branch.0)
    }

    fn link(&self) -> String {
        urls::hand_out_link(self.line.id.0)
    }

    fn registered(&self) -> String {
        self.line.registered_on.map_or_else(|| "没有登记".to_owned(), |date| chinese_date(date.0))
    }

    fn verified(&self) -> String {
        self.line.verified_on.map_or_else(|| "还没有核对过".to_owned(), |date| chinese_date(date.0))
    }

    fn ended(&self) -> Option<String> {
        self.line.ended_on.map(|date| format!("{}，{}", chinese_date(date.0), self.line.ended_reason))
    }

    fn stay(&self, stay: &Stay) -> String {
        let on = |date: Option<platform::db::column::Text<jiff::civil::Date>>| {
            date.map_or_else(|| "日期不详".to_owned(), |date| chinese_date(date.0))
        };
        let why = if stay.reason.is_empty() { String::new() } else { format!("：{}", stay.reason) };
        format!("{}至{}，{}{why}", on(stay.registered_on), on(stay.ended_on), stay.state.0.label())
    }

    fn is_correcting(&self) -> bool {
        self.problems.iter().any(|problem| !["", "branch", "ended_on", "reason"].contains(&problem.field.as_str()))
    }

    fn is_waiting(&self) -> bool {
        self.line.state.0 == MemberState::Reported
    }

    fn tone(&self) -> &'static str {
        match self.line.state.0 {
            MemberState::Reported => "warn",
            MemberState::Confirmed => "good",
            MemberState::Moved | MemberState::Ended => "calm",
        }
    }

    fn vote(&self) -> &'static str {
        if self.line.is_without_vote { "留党察看期间没有表决权" } else { "有" }
    }

    fn or_none<'a>(&self, text: &'a str) -> &'a str {
        if text.is_empty() { "没有登记" } else { text }
    }

    fn is_problem(&self, field: &str) -> bool {
        !self.problems.of(field).is_empty()
    }
}

async fn find(desk: &Desk, deed: Deed, id: &str) -> Result<(Membership, Person), Stop> {
    let id: MembershipId = id.parse().map_err(|_| Stop::Missing)?;
    let found = people::membership(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(deed, &found.0.branch.0)?;
    Ok(found)
}

fn filled_in((line, person): &(Membership, Person)) -> Vec<(&'static str, String)> {
    vec![
        ("version", line.version.to_string()),
        ("kind", line.kind.0.code().to_owned()),
        ("affiliation", line.affiliation.0.code().to_owned()),
        ("service", line.service.0.code().to_owned()),
        ("unit", line.unit.as_ref().map(|unit| unit.0.to_string()).unwrap_or_default()),
        ("building", line.building.clone()),
        ("speciality", line.speciality.clone()),
        ("compound", line.compound.clone()),
        ("available_time", line.available_time.clone()),
        ("registered_on", line.registered_on.map(|day| day.0.to_string()).unwrap_or_default()),
        ("name", person.name.clone()),
        ("gender", person.gender.map(|gender| gender.0.code().to_owned()).unwrap_or_default()),
        ("birth_month", person.birth_month.as_deref().map(|month| month.replace('-', ".")).unwrap_or_default()),
        ("is_without_vote", if line.is_without_vote { "yes" } else { "" }.to_owned()),
    ]
}

async fn member_page(
    desk: &Desk,
    (line, person): (Membership, Person),
    form: Option<Form>,
    problems: Problems,
) -> Result<MemberPage, Stop> {
    let form = form.unwrap_or_else(|| Form::of(filled_in(&(line.clone(), person.clone()))));
    let (db, branch) = (desk.op.reader(), line.branch.0.clone());
    let is_of_another = people::is_of_another(db, person.id.0, &branch).await?;
    let is_own = line.state.0.is_living() && !is_of_another;
    let can_edit = is_own && desk.op.can(Deed::EditMembers, &branch);
    let can_end = line.state.0.is_living() && desk.op.can(Deed::ConfirmRegistration, &branch);
    let can_confirm = is_own && can_end;
    let choices = Choices::of(&desk.op, &branch).await?;
    let unit = line.unit.as_ref().map(|unit| unit.0.to_string()).unwrap_or_default();
    let unit = choices.units.iter().find(|(code, _)| *code == unit).map(|(_, name)| name.clone()).unwrap_or_default();
    let others = people::memberships_of_persons(db, &[person.id.0]).await?;
    let others: Vec<_> = others.into_iter().filter(|other| other.id != line.id).collect();
    let names = places::names(db, others.iter().map(|other| other.branch.0.clone()).collect()).await?;
    let elsewhere = others.iter().map(|other| {
        let name = names.get(other.branch.0.as_str()).map_or("另一个支部", String::as_str);
        format!("{name}（{}）", other.state.0.label())
    });
    let mut steps = vec![Crumb { label: "党员名册".to_owned(), href: people::urls::members(&branch) }];
    let mut way = crumbs(&places::ancestors(db, &branch).await?, desk);
    way.append(&mut steps);
    Ok(MemberPage {
        shell: desk.shell(format!("党员{}", person.name)).await?,
        crumbs: way,
        problems,
        choices,
        phone: if is_own { masked(&desk.op, person.phone_sealed.as_deref()) } else { String::new() },
        unit,
        elsewhere: elsewhere.collect(),
        branches: if can_confirm && line.state.0 == MemberState::Confirmed {
            other_branches(desk, &branch).await?
        } else {
            Vec::new()
        },
        stays: people::stays_of(db, &[line.id.0]).await?,
        history: audit_log::history(db, &line.id.0.to_string()).await?,
        can_edit,
        can_confirm,
        can_end,
        is_of_another: is_of_another && line.state.0.is_living(),
        form,
        line,
        person,
    })
}

async fn other_branches(desk: &Desk, branch: &PlaceCode) -> Result<Vec<(String, String)>, Stop> {
    let county = branch.at(Level::County).ok_or(Stop::Missing)?;
    let all = places::branches_under(desk.op.reader(), &county).await?;
    let others = all.into_iter().filter(|found| found.place.is_active && found.place.code.0 != *branch);
    Ok(others.map(|found| (found.place.code.0.to_string(), found.place.name)).collect())
}

/// The page.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let found = find(&desk, Deed::ViewMembers, &id).await?;
    page(&member_page(&desk, found, None, Problems::default()).await?)
}

/// Corrects a line.
pub async fn save(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let found = find(&desk, Deed::EditMembers, &id).await?;
    let mut reading = form.read();
    let name = reading.required("name", "姓名", 30);
    let birth_month = birth_month(&mut reading);
    let phone = phone(&mut reading, &form, "phone", "联系电话");
    let told = read_particulars(&mut reading, &form);
    let (gender, version) = (form.value("gender").parse().ok(), form.value("version").parse().unwrap_or(-1));
    let outcome = match (reading.finish(), told) {
        (Ok(()), Some(particulars)) => {
            let told = Correction { name, gender, birth_month, phone, particulars };
            edit_member(&desk.op, found.0.id.0, told, version).await
        }
        (Ok(()), None) => Err(Stop::fault("a form without a problem is complete")),
        (Err(stop), _) => Err(stop),
    };
    match outcome {
        Ok(()) => Ok(done(&people::urls::member(found.0.id.0), "已保存，这一行也记为今天核对过。")),
        Err(Stop::Refused(problems)) => refused(&member_page(&desk, found, Some(form), Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

fn departure(form: &Form) -> Result<Departure, Stop> {
    let mut reading = form.read();
    let on = reading.date("ended_on", "日期");
    let reason = reading.required("reason", "原因", 200);
    reading.finish()?;
    on.map(|on| Departure { on, reason }).ok_or_else(|| Stop::fault("a form without a problem is complete"))
}

/// Ends, or moves on to another branch.
pub async fn end(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let found = find(&desk, Deed::ConfirmRegistration, &id).await?;
    let id = found.0.id.0;
    let (outcome, words) = match (form.value("branch"), departure(&form)) {
        (_, Err(stop)) => (Err(stop), ""),
        ("", Ok(departure)) => (end_registration(&desk.op, id, departure).await, "已办理结束，经历仍保留。"),
        (to, Ok(departure)) => {
            let to: PlaceCode = to.parse().map_err(|_| Stop::Missing)?;
            (move_member(&desk.op, id, &to, departure).await, "已转出，等对方支部确认。")
        }
    };
    match outcome {
        Ok(branch) => Ok(done(&people::urls::members(&branch), words)),
        Err(Stop::Refused(problems)) => {
            let typed = ["branch", "ended_on", "reason"].map(|field| (field, form.value(field).to_owned()));
            let shown = Form::of(filled_in(&found).into_iter().chain(typed));
            refused(&member_page(&desk, found, Some(shown), Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}
