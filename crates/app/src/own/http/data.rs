//! The own data: see, ask for correction, take away; and the branch's answers (R-PRI-05).

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, ids::CorrectionId, organisation::Gender, permission::Deed};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Problems, Shell},
};

use super::{parse, shown};
use crate::{
    desk::Desk,
    own::{
        corrections::{answer_correction, ask_correction},
        queries::own_line,
        store::{self, correction},
        urls,
    },
    people::{self, Membership, Person},
    places,
};

#[derive(Template)]
#[template(path = "own/data.html")]
struct DataPage {
    shell: Shell,
    problems: Problems,
    facts: Vec<(&'static str, String)>,
    corrections: Vec<correction::Model>,
    form: Form,
}

impl DataPage {
    fn asked(&self, row: &correction::Model) -> String {
        chinese_date(row.asked_at.0.date())
    }
}

/// Everything that is kept of the member, in words. The own number is shown in full: it is theirs.
pub(super) async fn facts(
    desk: &Desk,
    line: &Membership,
    person: &Person,
) -> Result<Vec<(&'static str, String)>, Stop> {
    let mut codes = vec![line.branch.0.clone()];
    codes.extend(line.unit.as_ref().map(|unit| unit.0.clone()));
    let names = places::names(desk.op.reader(), codes.iter().cloned().collect()).await?;
    let name = |at: usize| codes.get(at).and_then(|code| names.get(code.as_str())).cloned().unwrap_or_default();
    let phone = person.phone_sealed.as_deref().and_then(|sealed| desk.op.floor.keys.open(sealed).ok());
    let date = |date: Option<platform::db::column::Text<jiff::civil::Date>>| {
        date.map(|date| chinese_date(date.0)).unwrap_or_default()
    };
    Ok(vec![
        ("姓名", person.name.clone()),
        ("性别", person.gender.map(|gender| Gender::label(gender.0).to_owned()).unwrap_or_default()),
        ("出生年月", person.birth_month.clone().unwrap_or_default()),
        ("联系电话", phone.unwrap_or_default()),
        ("小区党支部", name(0)),
        ("单位党支部", name(1)),
        ("党员类型", line.kind.0.label().to_owned()),
        ("组织关系", line.affiliation.0.label().to_owned()),
        ("身份", line.service.0.label().to_owned()),
        ("居住小区", line.compound.clone()),
        ("居住楼栋", line.building.clone()),
        ("特长", line.speciality.clone()),
        ("可服务时间", line.available_time.clone()),
        ("认领岗位", line.claimed_post.clone()),
        ("报到日期", date(line.registered_on)),
        ("最近核对", date(line.verified_on)),
    ])
}

async fn data_page(desk: &Desk, form: Form, problems: Problems) -> Result<DataPage, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, person) = own_line(desk).await?;
    Ok(DataPage {
        shell: desk.shell("我的资料").await?,
        problems,
        facts: facts(desk, &line, &person).await?,
        corrections: store::corrections_of(desk.op.reader(), line.id.0).await?,
        form,
    })
}

/// The page.
pub async fn show(desk: Desk) -> Result<Response, Stop> {
    shown(&desk, data_page(&desk, Form::default(), Problems::default()).await).await
}

/// Asks for a correction.
pub async fn correct(desk: Desk, form: Form) -> Result<Response, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, _) = own_line(&desk).await?;
    let mut reading = form.read();
    let body = reading.required("body", "要更正的内容", 500);
    let outcome = match reading.finish() {
        Ok(()) => ask_correction(&desk.op, line.id.0, body).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) => Ok(done(urls::DATA, "已提交，由支部核对后更正。")),
        Err(Stop::Refused(problems)) => refused(&data_page(&desk, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

#[derive(Template)]
#[template(path = "own/corrections.html")]
struct CorrectionsPage {
    shell: Shell,
    problems: Problems,
    rows: Vec<(correction::Model, String)>,
    /// The one whose answer was refused.
    answered: Option<CorrectionId>,
    form: Form,
}

impl CorrectionsPage {
    fn is_answered(&self, row: &correction::Model) -> bool {
        self.answered == Some(row.id.0)
    }

    fn typed(&self, row: &correction::Model) -> &str {
        if self.is_answered(row) { self.form.value("answer") } else { "" }
    }

    fn asked(&self, row: &correction::Model) -> String {
        chinese_date(row.asked_at.0.date())
    }

    fn answer(&self, row: &correction::Model) -> String {
        urls::answer(row.id.0)
    }

    fn member(&self, row: &correction::Model) -> String {
        people::urls::member(row.membership_id.0)
    }
}

async fn corrections_page(
    desk: &Desk,
    answered: Option<CorrectionId>,
    form: Form,
    problems: Problems,
) -> Result<CorrectionsPage, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::EditMembers, place)?;
    let rows = store::waiting_under(desk.op.reader(), place).await?;
    let persons = people::persons_of(desk.op.reader(), rows.iter().map(|row| row.membership_id.0)).await?;
    let name =
        |row: &correction::Model| persons.get(&row.membership_id.0).map(|it| it.name.clone()).unwrap_or_default();
    let rows = rows.into_iter().map(|row| (row.clone(), name(&row))).collect();
    Ok(CorrectionsPage { shell: desk.shell("更正申请").await?, problems, rows, answered, form })
}

/// What members asked to be corrected.
pub async fn list(desk: Desk) -> Result<Response, Stop> {
    page(&corrections_page(&desk, None, Form::default(), Problems::default()).await?)
}

/// Answers.
pub async fn answer(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: CorrectionId = parse(&id)?;
    let row = store::correction(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EditMembers, &row.branch.0)?;
    let words: String = form.value("answer").chars().take(300).collect();
    match answer_correction(&desk.op, id, form.value("is_done") == "yes", &words).await {
        Ok(()) => Ok(done(urls::CORRECTIONS, "已答复，本人会看到。")),
        Err(Stop::Refused(problems)) => refused(&corrections_page(&desk, Some(id), form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}
