//! The forms for the committee of a branch, and its Excel table.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::CommitteePostId,
    organisation::{Gender, PartyPost, Service, USUAL_TERM_YEARS},
    permission::Deed,
    place::PlaceCode,
};
use office::sheet::{SheetColumn, SheetTable};
use platform::{
    error::Stop,
    forms::{Form, Reading},
    pages::{done, page, refused, workbook},
    shell::{Crumb, Problems, Shell},
};

use super::{buildings::phone, edit::version, list, masked, options, standing::post_ends_on};
use crate::{
    desk::Desk,
    people::{self, CommitteePost, HolderParticulars, NewCommitteeMember, Person, PostParticulars},
    places::{self, urls},
};

#[derive(Template)]
#[template(path = "branches/committee.html")]
struct CommitteePage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    /// The name of the one whose post it is; `None` for somebody new.
    holder: Option<String>,
    /// The holder's number, masked.
    phone: String,
    /// Where the post is ended.
    end: Option<String>,
    back: String,
}

impl CommitteePage {
    fn genders(&self) -> Vec<(String, String)> {
        options!(Gender)
    }

    fn phone_hint(&self) -> String {
        if self.phone.is_empty() {
            return "手机号，或带区号的座机；加密保存".to_owned();
        }
        format!("现为 {}，不改的不填；加密保存", self.phone)
    }

    fn posts(&self) -> Vec<(String, String)> {
        options!(PartyPost)
    }

    fn services(&self) -> Vec<(String, String)> {
        options!(Service)
    }
}

async fn committee_page(
    desk: &Desk,
    branch: &PlaceCode,
    known: Option<&(CommitteePost, Person)>,
    form: Form,
    problems: Problems,
) -> Result<CommitteePage, Stop> {
    let line = places::ancestors(desk.op.reader(), branch).await?;
    let title = if known.is_some() { "修改班子成员" } else { "添加班子成员" };
    Ok(CommitteePage {
        shell: desk.shell(title).await?,
        crumbs: list::crumbs(&line, desk),
        problems,
        form,
        holder: known.map(|(_, person)| person.name.clone()),
        phone: known.map(|(_, person)| masked(&desk.op, person.phone_sealed.as_deref())).unwrap_or_default(),
        end: known.map(|(post, _)| people::urls::end_post(post.id.0)),
        back: urls::place(branch),
    })
}

async fn find_branch(desk: &Desk, place: &str) -> Result<PlaceCode, Stop> {
    let code: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    places::branch(desk.op.reader(), &code).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EditCommittee, &code)?;
    Ok(code)
}

async fn find_post(desk: &Desk, id: &str) -> Result<(CommitteePost, Person), Stop> {
    let id: CommitteePostId = id.parse().map_err(|_| Stop::Missing)?;
    let found = people::post_in_office(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EditCommittee, &found.0.branch.0)?;
    Ok(found)
}

/// The form for another member.
pub async fn show_new(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let branch = find_branch(&desk, &place).await?;
    page(&committee_page(&desk, &branch, None, Form::default(), Problems::default()).await?)
}

/// Enters another member.
pub async fn appoint(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let branch = find_branch(&desk, &place).await?;
    let appointed = match told_person(&form) {
        Ok(new) => people::appoint_committee_member(&desk.op, &branch, new).await,
        Err(stop) => Err(stop),
    };
    match appointed {
        Ok(()) => Ok(done(&urls::place(&branch), "班子成员已添加。")),
        Err(Stop::Refused(problems)) => refused(&committee_page(&desk, &branch, None, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

fn filled_in((post, person): &(CommitteePost, Person)) -> Form {
    Form::of([
        ("version", post.version.to_string()),
        ("person_version", person.version.to_string()),
        ("name", person.name.clone()),
        ("gender", person.gender.map(|gender| gender.0.code().to_owned()).unwrap_or_default()),
        ("birth_month", person.birth_month.clone().unwrap_or_default()),
        ("post", post.post.0.code().to_owned()),
        ("service", post.service.0.code().to_owned()),
        ("work_unit", post.work_unit.clone()),
        ("since", post.since.map(|date| date.0.to_string()).unwrap_or_default()),
        ("term_years", post.term_years.to_string()),
    ])
}

/// The form for a post that is held.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let mut found = find_post(&desk, &id).await?;
    // What another branch knows of who they are is not shown here.
    if people::is_of_another(desk.op.reader(), found.1.id.0, &found.0.branch.0).await? {
        found.1 = Person { birth_month: None, phone_sealed: None, ..found.1 };
    }
    let form = filled_in(&found);
    page(&committee_page(&desk, &found.0.branch.0, Some(&found), form, Problems::default()).await?)
}

/// Changes a post, and corrects who holds it.
pub async fn save(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let found = find_post(&desk, &id).await?;
    let saved = match told_post(&form) {
        Ok((told, holder)) => people::change_committee_post(&desk.op, found.0.id.0, told, holder).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, &found, form, saved, "班子成员已保存。").await
}

/// Ends a post.
pub async fn end(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let found = find_post(&desk, &id).await?;
    let mut reading = form.read();
    let until = reading.date("until", "离任日期");
    let ended = match reading.finish_with(until) {
        Ok(until) => people::end_committee_post(&desk.op, found.0.id.0, until, version(&form)).await,
        Err(stop) => Err(stop),
    };
    let shown = filled_in(&found);
    answer(&desk, &found, shown, ended, "已登记离任，班子名单已更新。").await
}

async fn answer(
    desk: &Desk,
    found: &(CommitteePost, Person),
    form: Form,
    outcome: Result<PlaceCode, Stop>,
    words: &str,
) -> Result<Response, Stop> {
    match outcome {
        Ok(branch) => Ok(done(&urls::place(&branch), words)),
        Err(Stop::Refused(problems)) => {
            let problems = Problems(problems);
            refused(&committee_page(desk, &found.0.branch.0, Some(found), form, problems).await?)
        }
        Err(stop) => Err(stop),
    }
}

fn told_person(form: &Form) -> Result<NewCommitteeMember, Stop> {
    let mut reading = form.read();
    let name = reading.required("name", "姓名", 30);
    let gender = form.value("gender").parse().ok();
    let birth_month = birth_month(&mut reading);
    let phone = phone(&mut reading, form, "phone", "联系电话");
    let post = post_of(&mut reading, form);
    let post = reading.finish_with(post)?;
    Ok(NewCommitteeMember { name, gender, birth_month, phone, post })
}

fn told_post(form: &Form) -> Result<(PostParticulars, HolderParticulars), Stop> {
    let mut reading = form.read();
    let holder = HolderParticulars {
        name: reading.required("name", "姓名", 30),
        gender: form.value("gender").parse().ok(),
        birth_month: birth_month(&mut reading),
        phone: phone(&mut reading, form, "phone", "联系电话"),
        version: form.value("person_version").parse().unwrap_or(-1),
    };
    let post = post_of(&mut reading, form);
    let post = reading.finish_with(post)?;
    Ok((post, holder))
}

fn post_of(reading: &mut Reading<'_>, form: &Form) -> Option<PostParticulars> {
    let post = reading.choice::<PartyPost>("post", "党内职务");
    let service = reading.choice::<Service>("service", "身份");
    let work_unit = reading.text("work_unit", "工作单位", 60);
    let since = reading.date_if_any("since", "任职时间");
    let term_years = term_years(reading);
    Some(PostParticulars { post: post?, service: service?, work_unit, since, term_years, version: version(form) })
}

// R-ORG-05
/// Years of the term: three unless told otherwise. A term that was approved to be longer or shorter differs by a year at
/// most, so that with the five years of other branches nothing lies outside two to six.
fn term_years(reading: &mut Reading<'_>) -> i16 {
    let told = reading.count_if_any("term_years", "任期", 2..=6);
    told.and_then(|years| i16::try_from(years).ok()).unwrap_or(USUAL_TERM_YEARS)
}

/// `1966-11` from the ways in which people write a month.
pub fn birth_month(reading: &mut Reading<'_>) -> Option<String> {
    let text = reading.text("birth_month", "出生年月", 10);
    if text.is_empty() {
        return None;
    }
    let mut parts = text.split(['-', '.', '年', '/']).map(|part| part.trim_end_matches('月'));
    let (year, month) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let read = (year.parse::<u16>().ok(), month.parse::<u8>().ok());
    if let (Some(year @ 1900..=2100), Some(month @ 1..=12)) = read {
        return Some(format!("{year}-{month:02}"));
    }
    reading.note("birth_month", "“出生年月”请写成 1966.11 这样。");
    None
}

/// The committee of a branch as an Excel table, numbers masked.
pub async fn export(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let code: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    let db = desk.op.reader();
    let found = places::branch(db, &code).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::ViewPlace, &code)?;
    let can_reveal = desk.op.can(Deed::RevealPhone, &code);
    let row = |(post, person): (CommitteePost, Person)| {
        vec![
            person.name.into(),
            post.post.0.label().into(),
            post.service.0.label().into(),
            post.work_unit.clone().into(),
            post.since.map(|date| date.0).into(),
            post_ends_on(&post).into(),
            masked(&desk.op, person.phone_sealed.as_deref().filter(|_| can_reveal)).into(),
        ]
    };
    let rows = people::committee_of(db, &code).await?.into_iter().map(row).collect();
    let title = format!("{}班子成员", found.place.name);
    let table = SheetTable {
        name: "支部班子".to_owned(),
        title: Some(title.clone()),
        note: None,
        columns: vec![
            SheetColumn::text("姓名", 12.0),
            SheetColumn::text("党内职务", 14.0),
            SheetColumn::text("身份", 10.0),
            SheetColumn::text("工作单位", 26.0),
            SheetColumn::date("任职时间"),
            SheetColumn::date("任期至"),
            SheetColumn::text("联系电话", 16.0),
        ],
        rows,
        totals: None,
    };
    workbook(&title, &[table])
}
