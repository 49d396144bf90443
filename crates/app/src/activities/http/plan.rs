//! Planning an activity, and changing what is planned.

use axum::{extract::Path, response::Response};
use domain::{
    activity::{ActivityKind, Audience, MOST_HOURS},
    ids::ActivityId,
    permission::Deed,
    place::PlaceCode,
    points::Points,
};
use platform::{
    error::{OrRefuse as _, Stop},
    forms::{Form, Reading},
    pages::{done, page, refused},
    shell::{Crumb, Problems},
};

use super::{find, parse};
use crate::{
    activities::{
        actions::{NewActivity, WhenAndWhere, change_activity, plan_activity},
        pages::PlanPage,
        store::activity,
        urls,
    },
    desk::Desk,
    places,
};

/// The form of a new activity.
pub async fn show_new(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    page(&new_page(&desk, &place, Problems::default(), Form::default()).await?)
}

async fn new_page(desk: &Desk, place: &str, problems: Problems, typed: Form) -> Result<PlanPage, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::EditActivity, &place)?;
    let here = places::place(desk.op.reader(), &place).await?.ok_or(Stop::Missing)?;
    Ok(PlanPage {
        shell: desk.shell("组织活动").await?,
        problems,
        crumbs: vec![Crumb { label: format!("{}的活动", here.name), href: urls::of_place(urls::PLACE, &place) }],
        action: urls::of_place(urls::NEW, &place),
        title: "组织活动",
        chosen: chosen(&typed),
        typed,
    })
}

fn chosen(typed: &Form) -> Vec<String> {
    typed.values("audiences").map(str::to_owned).collect()
}

/// Plans an activity.
pub async fn plan(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let code: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::EditActivity, &code)?;
    let outcome = match read(&form) {
        Ok(new) => plan_activity(&desk.op, &code, new).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(id) => Ok(done(&urls::of_activity(urls::ACTIVITY, id), "活动已保存，核对后请发布；已经办完的，请补登。")),
        Err(Stop::Refused(problems)) => refused(&new_page(&desk, &place, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

/// The form of a planned activity.
pub async fn show_edit(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditActivity, parse(&id)?).await?;
    row.rule().must_be_planned().or_refuse()?;
    let typed = typed_of(&row);
    page(&edit_page(&desk, &row, Problems::default(), typed).await?)
}

async fn edit_page(desk: &Desk, row: &activity::Model, problems: Problems, typed: Form) -> Result<PlanPage, Stop> {
    Ok(PlanPage {
        shell: desk.shell("修改活动").await?,
        problems,
        crumbs: vec![Crumb { label: row.title.clone(), href: urls::of_activity(urls::ACTIVITY, row.id.0) }],
        action: urls::of_activity(urls::EDIT, row.id.0),
        title: "修改活动",
        chosen: chosen(&typed),
        typed,
    })
}

/// What the form would hold for a planned activity.
fn typed_of(row: &activity::Model) -> Form {
    let mut fields = vec![
        ("kind", row.kind.0.code().to_owned()),
        ("title", row.title.clone()),
        ("text", row.text.clone()),
        ("audience", row.audience.clone()),
    ];
    fields.extend(when_and_where_of(row));
    fields.extend(row.audiences.0.iter().map(|audience| ("audiences", audience.code().to_owned())));
    if row.kind.0 == ActivityKind::Culture && row.counts_hours {
        fields.push(("with_service", "yes".to_owned()));
    }
    Form::of(fields)
}

/// What the fields of time, place and number would hold, with the version that was read.
pub(super) fn when_and_where_of(row: &activity::Model) -> [(&'static str, String); 6] {
    let starts_at = row.starts_at.0;
    [
        ("version", row.version.to_string()),
        ("date", starts_at.date().to_string()),
        ("time", starts_at.time_of_day()),
        ("hours", Points(row.hours).short()),
        ("venue", row.venue.clone()),
        ("capacity", row.capacity.map(|capacity| capacity.to_string()).unwrap_or_default()),
    ]
}

/// Changes what is planned.
pub async fn change(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditActivity, parse(&id)?).await?;
    let id: ActivityId = row.id.0;
    let outcome = match read(&form) {
        Ok(new) => change_activity(&desk.op, id, form.value("version").parse().unwrap_or(-1), new).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) => Ok(done(&urls::of_activity(urls::ACTIVITY, id), "活动已修改。")),
        Err(Stop::Refused(problems)) => refused(&edit_page(&desk, &row, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

fn read(form: &Form) -> Result<NewActivity, Stop> {
    let audiences: Result<Vec<Audience>, Stop> = form
        .values("audiences")
        .map(|code| code.parse().map_err(|_| Stop::refused_at("audiences", "请在列出的参加对象里选。")))
        .collect();
    let mut reading = form.read();
    let kind = reading.choice::<ActivityKind>("kind", "活动种类");
    let title = reading.required("title", "活动名称", 60);
    let text = reading.text("text", "活动内容", 1000);
    let when_and_where = read_when_and_where(&mut reading);
    let audience = reading.text("audience", "其他参加对象", 60);
    reading.finish()?;
    match (kind, when_and_where) {
        (Some(kind), Some(at)) => Ok(NewActivity {
            kind,
            title,
            text,
            at,
            audiences: audiences?,
            audience,
            is_with_service: form.is_ticked("with_service"),
        }),
        _ => Err(Stop::fault("a form without a problem is complete")),
    }
}

/// When, how long, where and for how many.
pub(super) fn read_when_and_where(reading: &mut Reading<'_>) -> Option<WhenAndWhere> {
    let starts_at = reading.moment(("date", "活动日期"), ("time", "开始时间"));
    let hours = reading.hundredths_if_any("hours", "时长");
    if hours.is_none_or(|hours| !(1..=MOST_HOURS).contains(&hours)) {
        reading.note("hours", "“时长”应大于 0、不超过 12 小时，例如 2 或 1.5。");
    }
    let venue = reading.required("venue", "活动地点", 60);
    let capacity =
        reading.count_if_any("capacity", "名额", 1..=10_000).and_then(|capacity| i32::try_from(capacity).ok());
    Some(WhenAndWhere { starts_at: starts_at?, hours: hours?, venue, capacity })
}
