//! A branch's own list of members, read and laid beside its roll: planned first, written only as a whole.

use std::collections::{HashMap, HashSet};

use domain::{
    ids::{MembershipId, PersonId},
    members::{MemberRefusal, MemberState},
    organisation::{Affiliation, Gender, MemberKind, Service},
    place::PlaceCode,
};
use jiff::civil::Date;
use office::{
    table::{ColumnSpec, Row, Table},
    workbook::Workbook,
};
use platform::keys::Keys;

use crate::people::{MemberParticulars, Membership, NewMember, Person, RollChanges};

/// How many rows a list may have.
const MOST_ROWS: usize = 2_000;

const COLUMNS: [ColumnSpec; 13] = [
    ColumnSpec::required("name", &["姓名", "党员姓名"]),
    ColumnSpec::optional("gender", &["性别"]),
    ColumnSpec::optional("phone", &["联系电话", "电话", "手机号码"]),
    ColumnSpec::optional("kind", &["党员类型", "党员类别"]),
    ColumnSpec::optional("affiliation", &["组织关系", "组织关系所在"]),
    ColumnSpec::optional("service", &["身份", "在职情况"]),
    ColumnSpec::optional("unit", &["单位党支部", "工作单位", "单位"]),
    ColumnSpec::optional("building", &["居住楼栋", "楼栋"]),
    ColumnSpec::optional("speciality", &["特长"]),
    ColumnSpec::optional("compound", &["居住小区", "小区"]),
    ColumnSpec::optional("available_time", &["可服务时间", "服务时间"]),
    ColumnSpec::optional("registered_on", &["报到日期", "报到时间"]),
    ColumnSpec::optional("key", &["名册编号"]),
];

/// What an import would do.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// What is written.
    pub changes: RollChanges,
    /// Names of those who are new, with their rows.
    pub added: Vec<(u32, String)>,
    /// Names of those whose line changes, with what changes.
    pub changed: Vec<(u32, String, String)>,
    /// How many lines stay as they are.
    pub unchanged: usize,
    /// Members of the roll whom the list does not name; nothing happens to them.
    pub unnamed: Vec<String>,
    /// What should be looked at.
    pub warnings: Vec<String>,
    /// What is wrong; with any, nothing is imported.
    pub errors: Vec<String>,
}

/// What planning stands on.
pub struct Grounds<'g> {
    /// The roll of the branch.
    pub roll: &'g [(Membership, Person)],
    /// Who is in other rolls of the county, by name and number.
    pub elsewhere: &'g HashSet<(String, String)>,
    /// Persons whom another branch has confirmed.
    pub confirmed_elsewhere: &'g HashSet<PersonId>,
    /// The compounds of the branch, by name.
    pub compounds: &'g [String],
    /// The branches of work units by name.
    pub units: &'g HashMap<String, PlaceCode>,
    /// The day of the import.
    pub today: Date,
    /// By which numbers are compared without being opened.
    pub keys: &'g Keys,
}

/// Reads the list and lays it beside the roll.
#[must_use]
pub fn plan(bytes: &[u8], grounds: &Grounds<'_>) -> Plan {
    let mut plan = Plan::default();
    let workbook = match Workbook::read(bytes) {
        Ok(workbook) => workbook,
        Err(refusal) => {
            plan.errors.push(refusal.to_string());
            return plan;
        }
    };
    let Some(sheet) = workbook.sheets().first() else {
        plan.errors.push("工作簿里没有工作表。".to_owned());
        return plan;
    };
    let mut named = HashSet::new();
    match Table::find(sheet, &COLUMNS) {
        Err(problems) => plan.errors.extend(problems.iter().map(ToString::to_string)),
        Ok(table) => {
            if table.row_count() > MOST_ROWS {
                plan.errors.push(format!("名册最多 {MOST_ROWS} 行，请分开导入。"));
            }
            for row in table.rows().take(MOST_ROWS) {
                read_row(&row, grounds, &mut named, &mut plan);
            }
        }
    }
    let is_named = |line: &Membership| named.contains(&line.id.0);
    plan.unnamed =
        grounds.roll.iter().filter(|(line, _)| !is_named(line)).map(|(_, person)| person.name.clone()).collect();
    if plan.errors.is_empty() && plan.added.is_empty() && plan.changed.is_empty() && plan.unchanged == 0 {
        plan.errors.push("表里没有一行数据，请对照模板填写后再上传。".to_owned());
    }
    plan
}

/// A row as it was read; what a cell leaves empty stays as it is.
struct Told {
    name: String,
    gender: Option<Gender>,
    phone: Option<String>,
    kind: Option<MemberKind>,
    affiliation: Option<Affiliation>,
    service: Option<Service>,
    unit: Option<PlaceCode>,
    building: Option<String>,
    speciality: Option<String>,
    compound: Option<String>,
    available_time: Option<String>,
    registered_on: Option<Date>,
    /// The number of the line in the downloaded roll.
    key: Option<String>,
}

fn read_row(row: &Row<'_>, grounds: &Grounds<'_>, named: &mut HashSet<MembershipId>, plan: &mut Plan) {
    let Some(told) = told(row, grounds, plan) else { return };
    let index = told.phone.as_deref().map(|phone| grounds.keys.index(phone));
    let mut same: Vec<_> = grounds.roll.iter().filter(|(_, person)| person.name == told.name).collect();
    if let Some(key) = &told.key {
        same.retain(|(line, _)| line.number().eq_ignore_ascii_case(key));
        if same.is_empty() {
            let words = "本支部名册里没有这个编号和姓名的同志；新增的请留空，其他的请不要改动编号。";
            plan.errors.push(row.problem("key", words).to_string());
            return;
        }
    } else {
        same.retain(|(_, person)| index.is_none() || person.phone_index.is_none() || person.phone_index == index);
    }
    match same.as_slice() {
        [(line, person)] => {
            if !named.insert(line.id.0) {
                plan.errors.push(row.problem("name", "这名同志在表里出现了两次，请删去一行。").to_string());
                return;
            }
            change(row, told, line, person, grounds, plan);
        }
        [] => add(row, told, index, grounds, plan),
        _ => plan.errors.push(
            row.problem("name", "本支部有同名的党员，请填写名册编号（见下载的名册）或联系电话加以区分。").to_string(),
        ),
    }
}

fn add(row: &Row<'_>, told: Told, index: Option<String>, grounds: &Grounds<'_>, plan: &mut Plan) {
    if index.is_some_and(|index| grounds.elsewhere.contains(&(told.name.clone(), index))) {
        let words = "这名同志已在另一个小区党支部的名册里，请先在原支部办理转出。";
        plan.errors.push(row.problem("name", words).to_string());
        return;
    }
    let is_again = plan.changes.added.iter().any(|new| new.name == told.name && new.phone == told.phone);
    if is_again {
        plan.errors.push(row.problem("name", "这名同志在表里出现了两次，请删去一行。").to_string());
        return;
    }
    let affiliation =
        told.affiliation.unwrap_or(if told.unit.is_some() { Affiliation::Unit } else { Affiliation::Here });
    let otherwise = if told.unit.is_some() { Service::InService } else { Service::NonService };
    plan.added.push((row.number(), told.name.clone()));
    plan.changes.added.push(NewMember {
        name: told.name,
        gender: told.gender,
        phone: told.phone,
        particulars: MemberParticulars {
            kind: told.kind.unwrap_or(MemberKind::Full),
            affiliation,
            service: told.service.unwrap_or(otherwise),
            unit: told.unit,
            building: told.building.unwrap_or_default(),
            speciality: told.speciality.unwrap_or_default(),
            compound: told.compound.unwrap_or_default(),
            available_time: told.available_time.unwrap_or_default(),
            is_without_vote: false,
            registered_on: told.registered_on,
        },
    });
}

fn change(row: &Row<'_>, told: Told, line: &Membership, person: &Person, grounds: &Grounds<'_>, plan: &mut Plan) {
    let is_waiting = line.state.0 == MemberState::Reported;
    if is_waiting && grounds.confirmed_elsewhere.contains(&person.id.0) {
        plan.errors.push(row.problem("name", format!("{}。", MemberRefusal::Elsewhere)).to_string());
        return;
    }
    let old = MemberParticulars::of(line);
    let new = MemberParticulars {
        kind: told.kind.unwrap_or(old.kind),
        affiliation: told.affiliation.unwrap_or(old.affiliation),
        service: told.service.unwrap_or(old.service),
        unit: told.unit.or_else(|| old.unit.clone()),
        building: told.building.unwrap_or_else(|| old.building.clone()),
        speciality: told.speciality.unwrap_or_else(|| old.speciality.clone()),
        compound: told.compound.unwrap_or_else(|| old.compound.clone()),
        available_time: told.available_time.unwrap_or_else(|| old.available_time.clone()),
        is_without_vote: old.is_without_vote,
        registered_on: told.registered_on.or(old.registered_on),
    };
    let phone = told.phone.filter(|phone| person.phone_index.as_deref() != Some(&grounds.keys.index(phone)));
    let fields = [
        ("党员类型", old.kind != new.kind),
        ("组织关系", old.affiliation != new.affiliation),
        ("身份", old.service != new.service),
        ("单位党支部", old.unit != new.unit),
        ("居住楼栋", old.building != new.building),
        ("特长", old.speciality != new.speciality),
        ("居住小区", old.compound != new.compound),
        ("可服务时间", old.available_time != new.available_time),
        ("报到日期", old.registered_on != new.registered_on),
        ("联系电话", phone.is_some()),
    ];
    let changed: Vec<&str> = fields.iter().filter(|(_, is_changed)| *is_changed).map(|(label, _)| *label).collect();
    if changed.is_empty() {
        plan.unchanged += 1;
        return;
    }
    plan.changed.push((row.number(), told.name, changed.join("、")));
    plan.changes.changed.push((line.id.0, new, phone));
}

/// Reads a row, and notes what is wrong with it.
fn told(row: &Row<'_>, grounds: &Grounds<'_>, plan: &mut Plan) -> Option<Told> {
    let mut words = Vec::new();
    let name = row.required_person_name("name").map_err(|problem| words.push(problem.to_string())).ok();
    let phone = row.phone("phone").map_err(|problem| words.push(problem.to_string())).ok().flatten();
    let mut text = |key: &str| match row.text(key) {
        Ok(text) => text.filter(|text| !text.is_empty()),
        Err(problem) => {
            words.push(problem.to_string());
            None
        }
    };
    let [gender, kind, affiliation, service, unit] =
        ["gender", "kind", "affiliation", "service", "unit"].map(&mut text);
    let [building, speciality, compound, available_time, key] =
        ["building", "speciality", "compound", "available_time", "key"].map(&mut text);
    let registered_on = row.date("registered_on").map_err(|problem| words.push(problem.to_string())).ok().flatten();
    if registered_on.is_some_and(|day| day > grounds.today) {
        words.push(row.problem("registered_on", "报到日期不能晚于今天。").to_string());
    }
    if compound.as_ref().is_some_and(|told| !grounds.compounds.contains(told)) {
        let message = format!("本支部没有这个小区，请填写：{}。", grounds.compounds.join("、"));
        words.push(row.problem("compound", message).to_string());
    }
    for (key, told) in [("building", &building), ("speciality", &speciality), ("available_time", &available_time)] {
        if told.as_ref().is_some_and(|told| told.chars().count() > 30) {
            words.push(row.problem(key, "最多 30 个字。").to_string());
        }
    }
    let mut choose = |key: &'static str, told: Option<String>, labels: Vec<&'static str>| -> Option<usize> {
        let told = told?;
        let found = labels.iter().position(|label| *label == told || label.starts_with(told.as_str()));
        if found.is_none() {
            words.push(row.problem(key, format!("“{told}”不是可选的值，请填写：{}。", labels.join("、"))).to_string());
        }
        found
    };
    let gender = choose("gender", gender, Gender::ALL.iter().map(|it| it.label()).collect());
    let kind = choose("kind", kind, MemberKind::ALL.iter().map(|it| it.label()).collect());
    let affiliation = choose("affiliation", affiliation, Affiliation::ALL.iter().map(|it| it.label()).collect());
    let service = choose("service", service, Service::ALL.iter().map(|it| it.label()).collect());
    if !words.is_empty() {
        plan.errors.extend(words);
        return None;
    }
    let code = unit.as_ref().and_then(|unit| grounds.units.get(unit)).cloned();
    if let Some(unit) = unit.filter(|_| code.is_none()) {
        let words = format!("单位“{unit}”还没有登记，先不填写；请县委组织部登记单位后补填。");
        plan.warnings.push(row.problem("unit", words).to_string());
    }
    Some(Told {
        name: name?,
        gender: gender.and_then(|at| Gender::ALL.get(at)).copied(),
        phone,
        kind: kind.and_then(|at| MemberKind::ALL.get(at)).copied(),
        affiliation: affiliation.and_then(|at| Affiliation::ALL.get(at)).copied(),
        service: service.and_then(|at| Service::ALL.get(at)).copied(),
        unit: code,
        building,
        speciality,
        compound,
        available_time,
        registered_on,
        key,
    })
}
