//! Requests around the rolls.

mod care;
pub mod duplicates;
pub mod import;
pub mod list;
pub mod register;
mod sheet;
pub mod show;

use domain::{
    organisation::{Affiliation, MemberKind, Service},
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{
    act::Op,
    error::Stop,
    forms::{Form, Reading},
};

use crate::{
    desk::Desk,
    people::MemberParticulars,
    places::{self, BranchOfTree},
};

fn parse_place(text: &str) -> Result<PlaceCode, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// The branch, once the deed is permitted there.
async fn find_branch(desk: &Desk, deed: Deed, place: &str) -> Result<BranchOfTree, Stop> {
    let code = parse_place(place)?;
    desk.op.permit(deed, &code)?;
    places::branch(desk.op.reader(), &code).await?.ok_or(Stop::Missing)
}

/// The branches of the county's work units, to choose from.
async fn units(op: &Op, branch: &PlaceCode) -> Result<Vec<(String, String)>, Stop> {
    let county = branch.at(Level::County).ok_or(Stop::Missing)?;
    let units = places::units_under(op.reader(), &county).await?;
    let branches = units.into_iter().filter(|place| place.level.0 == Level::UnitBranch && place.is_active);
    Ok(branches.map(|place| (place.code.0.to_string(), place.name)).collect())
}

/// The branch's compounds, to choose from.
async fn compounds(op: &Op, branch: &PlaceCode) -> Result<Vec<(String, String)>, Stop> {
    let compounds = places::compounds_of(op.reader(), std::slice::from_ref(branch)).await?;
    Ok(compounds.into_iter().map(|compound| (compound.name.clone(), compound.name)).collect())
}

/// What a form says of a member.
fn read_particulars(reading: &mut Reading<'_>, form: &Form) -> Option<MemberParticulars> {
    let kind = reading.choice::<MemberKind>("kind", "党员类型");
    let affiliation = reading.choice::<Affiliation>("affiliation", "组织关系");
    let service = reading.choice::<Service>("service", "身份");
    let building = reading.text("building", "居住楼栋", 30);
    let speciality = reading.text("speciality", "特长", 30);
    let compound = reading.text("compound", "居住小区", 40);
    let available_time = reading.text("available_time", "可服务时间", 30);
    let registered_on = reading.date_if_any("registered_on", "报到日期");
    let unit = match form.value("unit") {
        "" => None,
        text => match text.parse() {
            Ok(code) => Some(code),
            Err(_) => {
                reading.note("unit", "请从列表里选择单位党支部。");
                None
            }
        },
    };
    Some(MemberParticulars {
        kind: kind?,
        affiliation: affiliation?,
        service: service?,
        unit,
        building,
        speciality,
        compound,
        available_time,
        is_without_vote: form.is_ticked("is_without_vote"),
        registered_on,
    })
}
