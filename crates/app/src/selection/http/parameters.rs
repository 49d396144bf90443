//! The editor of a year's parameters.

use std::ops::RangeInclusive;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    permission::Deed,
    place::{Level, PlaceCode},
    selection::{
        parameters::{LegalBasis, MonthDay, Parameters, ScoreItem},
        programme::programme,
        quota::QuotaPolicy,
        score::points,
    },
};
use platform::{
    error::Stop,
    forms::{Form, Reading},
    pages::{done, page, refused},
    shell::{Problems, Shell},
};

use super::score_sheet::{SPARE_ROWS, read_items, read_vetoes, sum_typed};
use crate::{
    desk::Desk,
    selection::{self, actions::save_parameters, urls},
};

#[derive(Template)]
#[template(path = "selection/parameters.html")]
struct ParametersPage {
    shell: Shell,
    problems: Problems,
    year: i16,
    origin: String,
    form: Form,
    items: Vec<ScoreItem>,
}

impl ParametersPage {
    fn value(&self, name: &str) -> &str {
        self.form.value(name)
    }

    fn policies(&self) -> Vec<(String, String)> {
        QuotaPolicy::ALL.iter().map(|policy| (policy.code().to_owned(), policy.label().to_owned())).collect()
    }

    /// What is typed for an item: `item` its points, `item_name` and `item_evidence` its words.
    fn item(&self, prefix: &str, item: &ScoreItem) -> &str {
        self.form.value(&format!("{prefix}.{}", item.code))
    }

    /// Numbers of the empty rows in which further items can be written.
    fn spare_rows(&self) -> RangeInclusive<usize> {
        SPARE_ROWS
    }

    /// What is typed in an empty row.
    fn spare(&self, prefix: &str, row: &usize) -> &str {
        self.form.value(&format!("{prefix}.{row}"))
    }

    /// Points of the rows as they are typed.
    fn sum(&self) -> String {
        points(sum_typed(&self.form))
    }

    fn substitutes(&self) -> bool {
        self.form.is_ticked("substitution")
    }
}

fn county_of(desk: &Desk) -> Result<PlaceCode, Stop> {
    desk.officer.office.place.at(Level::County).ok_or(Stop::Missing)
}

/// What the editor begins from: the year's newest version, else the newest of any year, else the programme's text.
async fn origin(desk: &Desk, county: &PlaceCode, year: i16) -> Result<(Parameters, String), Stop> {
    let versions = selection::parameter_versions(desk.op.reader(), county).await?;
    let same_year = versions.iter().find(|version| version.year == i32::from(year));
    Ok(match same_year.or(versions.first()) {
        Some(version) if version.year == i32::from(year) => {
            (version.document.0.clone(), format!("当前为第 {} 版，保存后生成新版本，原版本保留。", version.version))
        }
        Some(version) => {
            (Parameters { year, ..version.document.0.clone() }, format!("从{}年度参数复制而来。", version.year))
        }
        None => (programme(year), "从方案原文的默认值开始。".to_owned()),
    })
}

fn year(text: &str) -> Result<i16, Stop> {
    text.parse().ok().filter(|year| (2021..=2100).contains(year)).ok_or(Stop::Missing)
}

/// The form for a year's parameters.
pub async fn show(desk: Desk, Path(text): Path<String>) -> Result<Response, Stop> {
    let county = county_of(&desk)?;
    desk.op.permit(Deed::EditParameters, &county)?;
    let year = year(&text)?;
    let (parameters, origin) = origin(&desk, &county, year).await?;
    let form = fill(&parameters);
    let items = parameters.items;
    let shell = desk.shell(format!("{year}年度评选参数")).await?;
    page(&ParametersPage { shell, problems: Problems::default(), year, origin, form, items })
}

/// Keeps a new version.
pub async fn save(desk: Desk, Path(text): Path<String>, form: Form) -> Result<Response, Stop> {
    let county = county_of(&desk)?;
    desk.op.permit(Deed::EditParameters, &county)?;
    let year = year(&text)?;
    let (base, origin) = origin(&desk, &county, year).await?;
    let items = base.items.clone();
    let saved = match read(&form, base) {
        Ok(parameters) => save_parameters(&desk.op, &county, parameters).await,
        Err(stop) => Err(stop),
    };
    match saved {
        Ok(_) => Ok(done(urls::SEASONS, &format!("{year}年度参数已保存为新版本。"))),
        Err(Stop::Refused(problems)) => {
            let shell = desk.shell(format!("{year}年度评选参数")).await?;
            refused(&ParametersPage { shell, problems: Problems(problems), year, origin, form, items })
        }
        Err(stop) => Err(stop),
    }
}

fn fill(parameters: &Parameters) -> Form {
    let day = |day: MonthDay| format!("{}-{}", day.month, day.day);
    let basis = parameters.legal_basis.as_ref();
    let mut fields: Vec<(String, String)> = vec![
        ("seats".into(), parameters.seats.to_string()),
        ("ratio_percent".into(), parameters.ratio_percent.to_string()),
        ("quota_policy".into(), parameters.quota_policy.to_string()),
        ("opens_on".into(), day(parameters.opens_on)),
        ("recommend_until".into(), day(parameters.recommend_until)),
        ("preliminary_until".into(), day(parameters.preliminary_until)),
        ("community_days".into(), parameters.community_days.to_string()),
        ("notice_days".into(), parameters.notice_days.to_string()),
        ("consultation_days".into(), parameters.consultation_days.to_string()),
        ("acknowledge_days".into(), parameters.acknowledge_days.to_string()),
        ("verify_days".into(), parameters.verify_days.to_string()),
        ("assessors".into(), parameters.assessors.to_string()),
        ("divergence".into(), points(parameters.divergence)),
        ("award".into(), parameters.award.to_string()),
        ("budget".into(), parameters.budget.to_string()),
        ("materials".into(), parameters.materials.join("\n")),
        ("panel_units".into(), parameters.panel_units.join("\n")),
        ("consulted".into(), parameters.consulted.join("\n")),
        ("basis_number".into(), basis.map(|basis| basis.number.clone()).unwrap_or_default()),
        ("basis_approver".into(), basis.map(|basis| basis.approver.clone()).unwrap_or_default()),
        ("basis_valid_until".into(), basis.map(|basis| basis.valid_until.to_string()).unwrap_or_default()),
    ];
    if parameters.substitution_before_decision {
        fields.push(("substitution".into(), "on".into()));
    }
    for item in &parameters.items {
        fields.push((format!("item.{}", item.code), points(item.most)));
        fields.push((format!("item_name.{}", item.code), item.name.clone()));
        fields.push((format!("item_evidence.{}", item.code), item.evidence.clone()));
    }
    let vetoes: Vec<String> = parameters.vetoes.iter().map(|veto| format!("{} {}", veto.code, veto.name)).collect();
    fields.push(("vetoes".into(), vetoes.join("\n")));
    Form::of(fields)
}

fn read(form: &Form, base: Parameters) -> Result<Parameters, Stop> {
    let mut reading = form.read();
    let number = |reading: &mut Reading<'_>, field: &str, label: &str| {
        u32::try_from(reading.count(field, label, 0..=10_000).unwrap_or(0)).unwrap_or(0)
    };
    let seats = number(&mut reading, "seats", "县级名额");
    let ratio_percent = number(&mut reading, "ratio_percent", "推荐比例");
    let assessors = number(&mut reading, "assessors", "评估人数");
    let days = |reading: &mut Reading<'_>, field: &str, label: &str| {
        u16::try_from(reading.count(field, label, 0..=365).unwrap_or(0)).unwrap_or(0)
    };
    let community_days = days(&mut reading, "community_days", "社区把关期限");
    let notice_days = days(&mut reading, "notice_days", "公示工作日");
    let consultation_days = days(&mut reading, "consultation_days", "征求意见期限");
    let acknowledge_days = days(&mut reading, "acknowledge_days", "异议受理期限");
    let verify_days = days(&mut reading, "verify_days", "异议核查期限");
    let opens_on = month_day(&mut reading, form, "opens_on", "申报开始日");
    let recommend_until = month_day(&mut reading, form, "recommend_until", "推荐截止日");
    let preliminary_until = month_day(&mut reading, form, "preliminary_until", "初步意见截止日");
    let quota_policy = reading.choice::<QuotaPolicy>("quota_policy", "名额取整办法");
    let divergence = reading.hundredths_if_any("divergence", "分差提示线").unwrap_or(0);
    let award = reading.money("award", "补助标准").unwrap_or_default();
    let budget = reading.money("budget", "预算").unwrap_or_default();
    let legal_basis = read_basis(&mut reading);
    let items = read_items(&mut reading, form, base.items);
    let vetoes = read_vetoes(&mut reading, form, base.vetoes);
    reading.finish()?;
    Ok(Parameters {
        year: base.year,
        seats,
        ratio_percent,
        quota_policy: quota_policy.unwrap_or(base.quota_policy),
        opens_on,
        recommend_until,
        preliminary_until,
        community_days,
        notice_days,
        consultation_days,
        acknowledge_days,
        verify_days,
        assessors,
        divergence,
        substitution_before_decision: form.is_ticked("substitution"),
        award,
        budget,
        items,
        vetoes,
        materials: lines(form.value("materials")),
        panel_units: lines(form.value("panel_units")),
        consulted: lines(form.value("consulted")),
        legal_basis,
    })
}

fn read_basis(reading: &mut Reading<'_>) -> Option<LegalBasis> {
    let number = reading.text("basis_number", "文件名称和文号", 120);
    if number.is_empty() {
        return None;
    }
    let approver = reading.required("basis_approver", "批准机关", 60);
    let valid_until = reading.date("basis_valid_until", "有效期至")?;
    Some(LegalBasis { number, approver, valid_until })
}

/// `12-30` as a day of the year.
fn month_day(reading: &mut Reading<'_>, form: &Form, field: &str, label: &str) -> MonthDay {
    let parsed =
        form.value(field).trim().split_once('-').and_then(|(month, day)| {
            Some(MonthDay { month: month.trim().parse().ok()?, day: day.trim().parse().ok()? })
        });
    parsed.unwrap_or_else(|| {
        reading.note(field, format!("“{label}”请按“月-日”填写，例如 12-30。"));
        MonthDay { month: 1, day: 1 }
    })
}

pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
