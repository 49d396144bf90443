//! Requests around the activities.

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    activity::{ActivityKind, ActivityState, TRAININGS_A_YEAR, TakingPart},
    clock::Instant,
    ids::{ActivityId, MembershipId},
    permission::Deed,
    place::{Level, PlaceCode},
};
use jiff::civil::{Time, date};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{done, letter, page, refused},
    shell::{Chip, Crumb, Problems, Step, StepState},
};

use super::{
    actions::{self, NewActivity, cancel_activity, plan_activity, publish_activity, sign_up},
    letters,
    pages::{ActivityPage, Line, ListPage, NewPage},
    queries::{above, trainings_in_year},
    store::{self, activity, person},
    sum_up::{Summary, sum_up_activity},
    urls,
};
use crate::{
    audit_log,
    desk::Desk,
    people::{self, Membership},
    places,
};

fn parse(text: &str) -> Result<ActivityId, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// On to the activities of one's own place.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::ViewActivity, place)?;
    Ok(Redirect::to(&urls::of_place(urls::PLACE, place)).into_response())
}

/// The activities of a place in a month: its own, those above it that are for it too, and those below it.
pub async fn list(desk: Desk, Path(place): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::ViewActivity, &place)?;
    let (db, today) = (desk.op.reader(), desk.op.now().date());
    let here = places::place(db, &place).await?.ok_or(Stop::Missing)?;
    let month: i8 = query.value("month").parse().ok().filter(|month| (1..=12).contains(month)).unwrap_or(today.month());
    let kind: Option<ActivityKind> = query.value("kind").parse().ok();
    let from = Instant::start_of(date(today.year(), month, 1));
    let until = Instant::end_of(date(today.year(), month, 1).last_of_month());
    let mut rows = store::activities(db, &place, above(&place), from, until).await?;
    let is_keeper = |row: &activity::Model| desk.op.can(Deed::EditActivity, &row.place.0);
    rows.retain(|row| {
        kind.is_none_or(|kind| row.kind.0 == kind) && (row.state.0 != ActivityState::Planned || is_keeper(row))
    });
    let names = places::names(db, rows.iter().map(|row| row.place.0.clone()).collect()).await?;
    let address = |month: i8, kind: Option<ActivityKind>| {
        let kind = kind.map_or("", ActivityKind::code);
        Query::at(urls::of_place(urls::PLACE, &place)).with("month", &month.to_string()).with("kind", kind).address()
    };
    let months = (1..=12).map(|it| Chip { label: format!("{it}月"), href: address(it, kind), is_on: it == month });
    let every = Chip { label: "全部".to_owned(), href: address(month, None), is_on: kind.is_none() };
    let kinds = ActivityKind::ALL.iter().map(|it| Chip {
        label: it.label().to_owned(),
        href: address(month, Some(*it)),
        is_on: kind == Some(*it),
    });
    let trainings = match place.level() {
        Level::County => Some((trainings_in_year(db, &place, today.year()).await?, TRAININGS_A_YEAR)),
        _ => None,
    };
    page(&ListPage {
        shell: desk.shell(format!("{}的活动", here.name)).await?,
        months: months.collect(),
        kinds: std::iter::once(every).chain(kinds).collect(),
        rows: rows
            .into_iter()
            .map(|row| (row.clone(), names.get(row.place.0.as_str()).cloned().unwrap_or_default()))
            .collect(),
        new: desk.op.can(Deed::EditActivity, &place).then(|| urls::of_place(urls::NEW, &place)),
        feed: (place.level() != Level::County).then(|| urls::of_place(urls::FEED, &place)),
        name: here.name,
        trainings,
    })
}

/// The form of a new activity.
pub async fn show_new(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    page(&new_page(&desk, &place, Problems::default(), Form::default()).await?)
}

async fn new_page(desk: &Desk, place: &str, problems: Problems, typed: Form) -> Result<NewPage, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::EditActivity, &place)?;
    let here = places::place(desk.op.reader(), &place).await?.ok_or(Stop::Missing)?;
    Ok(NewPage {
        shell: desk.shell("组织活动").await?,
        problems,
        crumbs: vec![Crumb { label: format!("{}的活动", here.name), href: urls::of_place(urls::PLACE, &place) }],
        action: urls::of_place(urls::NEW, &place),
        typed,
    })
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
        Ok(id) => Ok(done(&urls::of_activity(urls::ACTIVITY, id), "活动已保存，核对后请发布。")),
        Err(Stop::Refused(problems)) => refused(&new_page(&desk, &place, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

fn read(form: &Form) -> Result<NewActivity, Stop> {
    let mut reading = form.read();
    let kind = reading.choice::<ActivityKind>("kind", "活动种类");
    let title = reading.required("title", "活动名称", 60);
    let text = reading.text("text", "活动内容", 1000);
    let day = reading.date("date", "活动日期");
    let time = Time::strptime("%H:%M", form.value("time").trim()).ok();
    if time.is_none() {
        reading.note("time", "请填写开始时间，例如 09:30。");
    }
    let hours = reading.hundredths_if_any("hours", "时长");
    if hours.is_none_or(|hours| !(1..=1_200).contains(&hours)) {
        reading.note("hours", "“时长”应大于 0、不超过 12 小时，例如 2 或 1.5。");
    }
    let venue = reading.required("venue", "活动地点", 60);
    let capacity =
        reading.count_if_any("capacity", "名额", 1..=10_000).and_then(|capacity| i32::try_from(capacity).ok());
    let audience = reading.text("audience", "参加对象", 60);
    reading.finish()?;
    match (kind, day, time, hours) {
        (Some(kind), Some(day), Some(time), Some(hours)) => {
            let starts_at = Instant::at(day.to_datetime(time));
            Ok(NewActivity { kind, title, text, starts_at, hours, venue, capacity, audience })
        }
        _ => Err(Stop::fault("a form without a problem is complete")),
    }
}

/// One activity.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&activity_page(&desk, parse(&id)?, Problems::default(), Form::default()).await?)
}

async fn find(desk: &Desk, deed: Deed, id: ActivityId) -> Result<activity::Model, Stop> {
    let row = store::activity(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(deed, &row.place.0)?;
    Ok(row)
}

async fn activity_page(desk: &Desk, id: ActivityId, problems: Problems, typed: Form) -> Result<ActivityPage, Stop> {
    let db = desk.op.reader();
    let row = find(desk, Deed::ViewActivity, id).await?;
    let can_edit = desk.op.can(Deed::EditActivity, &row.place.0);
    if row.state.0 == ActivityState::Planned && !can_edit {
        return Err(Stop::Missing);
    }
    let here = places::place(db, &row.place.0).await?.ok_or(Stop::Missing)?;
    let parts = store::people_of(db, id).await?;
    let own = &desk.officer.office.place;
    let can_sign = desk.op.can(Deed::SignUpForActivity, &row.place.0);
    let mut counts: BTreeMap<TakingPart, usize> = BTreeMap::new();
    for part in &parts {
        *counts.entry(part.state.0).or_default() += 1;
    }
    // Names are for those who keep the activity, and of one's own place for others.
    let scope = if can_edit { &row.place.0 } else { own };
    let is_keeper = can_edit || desk.op.can(Deed::ViewMembers, own);
    let (people, roll) =
        if is_keeper { lines(desk, &row, scope, parts.clone()).await? } else { (Vec::new(), Vec::new()) };
    let is_free = |line: &&Line| line.part.as_ref().is_none_or(|part| part.state.0 == TakingPart::Left);
    Ok(ActivityPage {
        shell: desk.shell(row.title.clone()).await?,
        problems,
        crumbs: vec![Crumb {
            label: format!("{}的活动", here.name), href: urls::of_place(urls::PLACE, &row.place.0)
        }],
        steps: steps(&row),
        open: roll.iter().filter(is_free).map(|line| (line.id.to_string(), line.name.clone())).collect(),
        people,
        roll,
        counts,
        history: audit_log::history(db, &id.to_string()).await?,
        can_edit,
        can_sign: can_sign && is_keeper,
        own: if can_sign && !is_keeper { own_part(desk, &row, &parts).await? } else { None },
        has_begun: row.starts_at.0 <= desk.op.now(),
        row,
        typed,
    })
}

/// The member who looks, and how they take part.
async fn own_part(
    desk: &Desk,
    row: &activity::Model,
    parts: &[person::Model],
) -> Result<Option<(String, Option<TakingPart>)>, Stop> {
    let lines = people::lines_of_account(desk.op.reader(), desk.officer.account).await?;
    let own = lines.into_iter().find(|(line, _)| line.state.0.is_living() && line.branch.0.is_within(&row.place.0));
    let part = |id: MembershipId| parts.iter().find(|part| part.membership_id.0 == id).map(|part| part.state.0);
    Ok(own.map(|(line, _)| (line.id.0.to_string(), part(line.id.0))))
}

/// Those within `scope` who take part, and those who may have come. The roll of a whole county is not a tick list: above a
/// branch it holds those who signed up.
async fn lines(
    desk: &Desk,
    row: &activity::Model,
    scope: &PlaceCode,
    parts: Vec<person::Model>,
) -> Result<(Vec<Line>, Vec<Line>), Stop> {
    let db = desk.op.reader();
    let is_branch = scope.level() == Level::Branch;
    let part_of: BTreeMap<MembershipId, person::Model> =
        parts.iter().map(|part| (part.membership_id.0, part.clone())).collect();
    let mut members: Vec<Membership> = people::memberships_under(db, scope).await?;
    members.retain(|member| {
        let is_here = member.branch.0.is_within(&row.place.0) || row.place.0.is_within(&member.branch.0);
        let is_of = part_of.contains_key(&member.id.0);
        is_of || (is_branch && is_here && member.is_in_roll_on(row.starts_at.0.date()))
    });
    let persons = people::persons_of(db, members.iter().map(|member| member.id.0)).await?;
    let names = places::names(db, members.iter().map(|member| member.branch.0.clone()).collect()).await?;
    let line = |member: &Membership| Line {
        id: member.id.0,
        name: persons.get(&member.id.0).map(|person| person.name.clone()).unwrap_or_default(),
        branch: names.get(member.branch.0.as_str()).cloned().unwrap_or_default(),
        part: part_of.get(&member.id.0).cloned(),
    };
    let mut roll: Vec<Line> = members.iter().map(line).collect();
    roll.sort_by(|one, two| (&one.name, one.id).cmp(&(&two.name, two.id)));
    let people =
        parts.iter().filter_map(|part| members.iter().find(|member| member.id == part.membership_id).map(line));
    Ok((people.collect(), roll))
}

/// The sheet to be signed by hand.
pub async fn sheet(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditActivity, parse(&id)?).await?;
    let parts = store::people_of(desk.op.reader(), row.id.0).await?;
    let (people, roll) = lines(&desk, &row, &row.place.0, parts).await?;
    let names: Vec<String> = if people.is_empty() { roll } else { people }.into_iter().map(|line| line.name).collect();
    let here = places::place(desk.op.reader(), &row.place.0).await?.ok_or(Stop::Missing)?;
    letter(&format!("{}签到表", row.title), &letters::sign_in_sheet(&here.name, &row, &names))
}

fn steps(row: &activity::Model) -> Vec<Step> {
    let reached = match row.state.0 {
        ActivityState::Planned => 0,
        ActivityState::Published => 1,
        ActivityState::SummedUp => 3,
        ActivityState::Cancelled => 9,
    };
    let step = |(index, label): (usize, &str)| Step {
        label: label.to_owned(),
        state: match index {
            _ if reached == 9 => StepState::Ended,
            _ if index < reached => StepState::Done,
            _ if index == reached => StepState::Now,
            _ => StepState::Ahead,
        },
        note: String::new(),
    };
    ["策划", "发布和报名", "总结、登记参加人员"].into_iter().enumerate().map(step).collect()
}

/// Tells the members.
pub async fn publish(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditActivity, parse(&id)?).await?;
    let outcome = publish_activity(&desk.op, row.id.0).await;
    answer(&desk, row.id.0, outcome, form, "活动已发布，可以报名了。").await
}

/// Calls it off.
pub async fn cancel(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditActivity, parse(&id)?).await?;
    let outcome = cancel_activity(&desk.op, row.id.0, form.value("reason")).await;
    answer(&desk, row.id.0, outcome, form, "活动已取消。").await
}

/// Signs a member up.
pub async fn sign(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::SignUpForActivity, parse(&id)?).await?;
    let (outcome, words) = match member_of(&form) {
        Ok(member) => match sign_up(&desk.op, row.id.0, member).await {
            Ok(TakingPart::Waiting) => (Ok(()), "名额已满，已列入候补；有人退出时按先后递补。"),
            Ok(_) => (Ok(()), "已报名。"),
            Err(stop) => (Err(stop), ""),
        },
        Err(stop) => (Err(stop), ""),
    };
    answer(&desk, row.id.0, outcome, form, words).await
}

/// Takes a sign-up back.
pub async fn sign_off(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::SignUpForActivity, parse(&id)?).await?;
    let outcome = match member_of(&form) {
        Ok(member) => actions::sign_off(&desk.op, row.id.0, member).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, row.id.0, outcome, form, "已退出报名。").await
}

fn member_of(form: &Form) -> Result<MembershipId, Stop> {
    match form.value("member") {
        "" => Err(Stop::refused_at("member", "请选择党员。")),
        id => id.parse().map_err(|_| Stop::Missing),
    }
}

/// Who came, for how long, and what was done.
pub async fn sum_up(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditActivity, parse(&id)?).await?;
    let outcome = match read_summary(&form) {
        Ok(told) => sum_up_activity(&desk.op, row.id.0, told).await,
        Err(stop) => Err(stop),
    };
    let words = match outcome {
        Ok(0) => "已总结。这类活动不计分，或支部还没有生效的积分明细，没有提出计分。".to_owned(),
        Ok(count) => format!("已总结，并提出 {count} 笔计分，由支部另一名同志审核。"),
        Err(_) => String::new(),
    };
    answer(&desk, row.id.0, outcome.map(drop), form, &words).await
}

fn read_summary(form: &Form) -> Result<Summary, Stop> {
    let mut reading = form.read();
    let mut summary = Summary::default();
    for id in form.values("came") {
        let member: MembershipId = id.parse().map_err(|_| Stop::Missing)?;
        let field = format!("hours.{id}");
        // Too long a time is told with the name by the rule itself.
        match reading.hundredths_if_any(&field, "时长") {
            Some(hours) => drop(summary.came.insert(member, hours)),
            None => reading.note(&field, "请填写时长，例如 2 或 1.5。"),
        }
    }
    summary.text = reading.required("text", "活动总结", 2000);
    summary.residents = reading
        .count_if_any("residents", "服务居民人数", 0..=100_000)
        .and_then(|residents| i32::try_from(residents).ok());
    reading.finish()?;
    Ok(summary)
}

async fn answer(
    desk: &Desk,
    id: ActivityId,
    outcome: Result<(), Stop>,
    form: Form,
    words: &str,
) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(&urls::of_activity(urls::ACTIVITY, id), words)),
        Err(Stop::Refused(problems)) => refused(&activity_page(desk, id, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}
