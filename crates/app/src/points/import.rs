//! A unit's own table of scores, read and matched against its members: planned first, written only as a whole.

use std::collections::HashMap;

use domain::{
    ids::MembershipId,
    place::PlaceCode,
    points::{Points, UnitScore},
};
use office::{
    table::{ColumnSpec, Row, Table},
    workbook::Workbook,
};
use platform::keys::Keys;

use super::actions::NewUnitScore;
use crate::people::{Membership, Person};

/// How many rows a table may have.
const MOST_ROWS: usize = 20_000;

const COLUMNS: [ColumnSpec; 6] = [
    ColumnSpec::required("unit", &["单位党支部", "单位党组织", "单位"]),
    ColumnSpec::required("name", &["姓名", "党员姓名"]),
    ColumnSpec::optional("phone", &["联系电话", "电话", "手机号码"]),
    ColumnSpec::required("max", &["满分", "总分"]),
    ColumnSpec::required("score", &["得分", "积分", "单位得分"]),
    ColumnSpec::optional("note", &["备注", "说明"]),
];

/// A row that was not matched, with where it stands and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// Row of the sheet.
    pub row: u32,
    /// Unit as written.
    pub unit: String,
    /// Name as written.
    pub name: String,
    /// Why, and what to do.
    pub why: String,
}

/// What an import would do.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Rows matched to a member.
    pub matched: Vec<NewUnitScore>,
    /// Rows that fit no member, or more than one.
    pub unmatched: Vec<Unmatched>,
    /// How many rows have no score yet; nothing happens to them.
    pub blank: usize,
    /// What is wrong with cells; with any, nothing is imported.
    pub errors: Vec<String>,
}

/// The members that a table may be about, to be found by unit, name and telephone.
pub struct Members<'m> {
    by_name: HashMap<String, Vec<&'m (Membership, Person)>>,
    units: &'m HashMap<PlaceCode, String>,
    keys: &'m Keys,
}

impl<'m> Members<'m> {
    /// Over the members of the units in question.
    pub fn new(members: &'m [(Membership, Person)], units: &'m HashMap<PlaceCode, String>, keys: &'m Keys) -> Self {
        let mut by_name: HashMap<String, Vec<&(Membership, Person)>> = HashMap::new();
        for member in members {
            by_name.entry(member.1.name.clone()).or_default().push(member);
        }
        Self { by_name, units, keys }
    }

    /// The one member meant by unit, name and perhaps telephone.
    fn find(&self, unit: &str, name: &str, phone: Option<&str>) -> Result<MembershipId, String> {
        let named = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        let of_unit: Vec<_> = named.iter().filter(|(member, _)| self.is_unit(member, unit)).collect();
        let index = phone.map(|phone| self.keys.index(phone));
        let by_phone: Vec<_> = of_unit
            .iter()
            .filter(|(_, person)| index.is_none() || person.phone_index.is_none() || person.phone_index == index)
            .collect();
        match (by_phone.as_slice(), of_unit.len(), named.len()) {
            ([(member, _)], ..) => Ok(member.id.0),
            ([], 0, 0) => Err("名册里没有这名在职党员，请核对姓名，或先办理报到".to_owned()),
            ([], 0, _) => Err("名册里这名同志的单位党支部与此不同，请核对单位".to_owned()),
            ([], ..) => Err("姓名和单位相符，电话与名册不同，请核对电话".to_owned()),
            _ => Err("有同名的党员，请填写联系电话加以区分".to_owned()),
        }
    }

    fn is_unit(&self, member: &Membership, unit: &str) -> bool {
        let known = member.unit.as_ref().and_then(|code| self.units.get(&code.0));
        known.is_some_and(|known| known == unit || crate::places::unit_of_branch_name(known) == unit)
    }
}

/// Reads the table and matches its rows.
pub fn plan(bytes: &[u8], members: &Members<'_>) -> Plan {
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
    match Table::find(sheet, &COLUMNS) {
        Err(problems) => plan.errors.extend(problems.iter().map(ToString::to_string)),
        Ok(table) => {
            let mut seen: HashMap<MembershipId, u32> = HashMap::new();
            let rows = table.rows().count();
            if rows > MOST_ROWS {
                plan.errors.push(format!("表里有 {rows} 行，一次最多导入 {MOST_ROWS} 行，请分成几份上传。"));
                return plan;
            }
            for row in table.rows() {
                read_row(&row, members, &mut seen, &mut plan);
            }
        }
    }
    if plan.errors.is_empty() && plan.matched.is_empty() && plan.unmatched.is_empty() {
        plan.errors.push("表里没有一行填了得分，请对照模板填写后再上传。".to_owned());
    }
    plan
}

fn read_row(row: &Row<'_>, members: &Members<'_>, seen: &mut HashMap<MembershipId, u32>, plan: &mut Plan) {
    let texts = (row.required_text("unit"), row.required_person_name("name"), row.phone("phone"), row.text("note"));
    // A row of the table that was handed out and is not filled in yet.
    if matches!(row.decimal_hundredths("score"), Ok(None)) {
        plan.blank += 1;
        return;
    }
    let numbers = (row.required_decimal_hundredths("max"), row.required_decimal_hundredths("score"));
    let ((Ok(unit), Ok(name), Ok(phone), Ok(note)), (Ok(max), Ok(score))) = (&texts, &numbers) else {
        let (unit, name, phone, note) = texts;
        let errors = [unit.err(), name.err(), phone.err(), note.err(), numbers.0.err(), numbers.1.err()];
        plan.errors.extend(errors.into_iter().flatten().map(|problem| problem.to_string()));
        return;
    };
    let told = match UnitScore::told(Points(*score), Points(*max)) {
        Ok(told) => told,
        Err(refusal) => {
            plan.errors
                .push(row.problem(domain::refusal::Refusal::field(&refusal), format!("{refusal}。")).to_string());
            return;
        }
    };
    let unmatched = |why: String| Unmatched { row: row.number(), unit: unit.clone(), name: name.clone(), why };
    match members.find(unit, name, phone.as_deref()) {
        Ok(membership) => {
            if let Some(first) = seen.insert(membership, row.number()) {
                plan.errors.push(row.problem("name", format!("与第 {first} 行是同一人，请删去其中一行。")).to_string());
                return;
            }
            let note = note.clone().unwrap_or_default().chars().take(200).collect();
            plan.matched.push(NewUnitScore { membership, score: Some(told), note });
        }
        Err(why) => plan.unmatched.push(unmatched(why)),
    }
}
