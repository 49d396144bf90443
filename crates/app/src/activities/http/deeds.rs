//! Deeds on one activity.

use axum::{extract::Path, response::Response};
use domain::{activity::TakingPart, ids::MembershipId, permission::Deed};
use platform::{
    error::Stop,
    forms::{Form, Reading},
};

use super::{answer, find, parse, plan::read_when_and_where};
use crate::{
    activities::{
        actions::{self, cancel_activity, note_attendee, publish_activity, sign_up},
        correct::{Correction, correct_attendance},
        reschedule::reschedule_activity,
        sum_up::{Summary, sum_up_activity},
    },
    desk::Desk,
    points::{self, Followed},
};

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

/// Another time, place or number.
pub async fn reschedule(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditActivity, parse(&id)?).await?;
    let mut reading = form.read();
    let told = read_when_and_where(&mut reading);
    let version = form.value("version").parse().unwrap_or(-1);
    let outcome = match reading.finish_with(told) {
        Ok(told) => reschedule_activity(&desk.op, row.id.0, version, told).await,
        Err(stop) => Err(stop),
    };
    let words = match outcome {
        Ok(false) => "名额已改；有候补的，已按先后递补并告诉本人。",
        Ok(true) | Err(_) => "时间地点已改，并已告诉有关同志。",
    };
    answer(&desk, row.id.0, outcome.map(drop), form, words).await
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

/// Notes somebody who came without having signed up.
pub async fn attend(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditActivity, parse(&id)?).await?;
    let outcome = match member_of(&form) {
        Ok(member) => note_attendee(&desk.op, row.id.0, member).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, row.id.0, outcome, form, "已加入参加人员，总结时一并登记。").await
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
    let words = match &outcome {
        Ok(summed) => {
            let day = row.starts_at.0.date();
            let points = points::proposed_words(desk.op.reader(), &row.place.0, day, summed.proposed).await?;
            let own = if summed.own > 0 {
                "您自己的时长已列入待确认的服务，由支部另一名同志确认。"
            } else {
                ""
            };
            format!("已总结。{points}{own}")
        }
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
    summary.residents = heads(&mut reading, "residents", "服务居民人数");
    summary.owners = heads(&mut reading, "owners", "业委会成员人数");
    summary.stewards = heads(&mut reading, "stewards", "楼栋长人数");
    reading.finish()?;
    Ok(summary)
}

/// Sets right who came, or for how long.
pub async fn correct(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditActivity, parse(&id)?).await?;
    let outcome = match read_correction(&form) {
        Ok(told) => correct_attendance(&desk.op, row.id.0, told).await,
        Err(stop) => Err(stop),
    };
    let words = match outcome {
        Ok(Followed::Closed) => {
            "到场情况已更正。这一年度已截止计分，积分没有变动；需要变动的，请社区按年度积分更正办理。"
        }
        Ok(Followed::Nothing) => {
            "到场情况已更正。按支部的积分明细，更正后没有可计的分；原来的计分由支部另一名同志审核冲正。"
        }
        Ok(Followed::Whole) | Err(_) => "到场情况已更正。相应的积分冲正和计分由支部另一名同志审核后生效。",
    };
    answer(&desk, row.id.0, outcome.map(drop), form, words).await
}

fn read_correction(form: &Form) -> Result<Correction, Stop> {
    let member = member_of(form)?;
    let mut reading = form.read();
    let reason = reading.required("correction", "更正原因", 200);
    let hours = match form.value("presence") {
        "came" => {
            let hours = reading.hundredths_if_any("corrected_hours", "时长");
            if hours.is_none() {
                reading.note("corrected_hours", "请填写时长，例如 2 或 1.5。");
            }
            hours
        }
        "absent" => None,
        _ => {
            reading.note("presence", "请选择是否到场。");
            None
        }
    };
    reading.finish()?;
    Ok(Correction { member, hours, reason })
}

fn heads(reading: &mut Reading<'_>, field: &str, label: &str) -> Option<i32> {
    reading.count_if_any(field, label, 0..=100_000).and_then(|heads| i32::try_from(heads).ok())
}
