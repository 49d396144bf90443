//! Work units and members come in: contacts of some units, the units' scores, and members with their own pages.

use bytes::Bytes;
use domain::{
    clock::Instant,
    permission::OfficeKind,
    place::{Level, PlaceCode},
};
use jiff::civil::date;
use platform::{act::Op, actor::Actor, error::Stop, floor::Floor};

use crate::{
    demo::officers::Roll,
    own::{enter_with_link, hand_out_link},
    people, places,
    points::import_unit_scores,
};

/// How many units have a contact who signs in, and how many members of the first branch do.
const DOORS: usize = 3;

/// The units' scores of `year` are imported, some members come in by a link, and each of their deeds is one a person would do.
pub(in crate::demo) async fn open_doors(
    floor: &Floor,
    roll: &mut Roll,
    year: i16,
    scores: Bytes,
    until: Instant,
) -> Result<(), Stop> {
    let county = crate::demo::county()?;
    let op = Op::at(floor, Actor::System, Instant::at(date(2021, 1, 4).at(9, 30, 0, 0)));
    let units = places::units_under(floor.db.reader(), &county).await?;
    for (index, unit) in units.iter().filter(|place| place.level.0 == Level::Unit).take(DOORS).enumerate() {
        roll.add_unit_contact(&op, index + 1, &unit.code.0, &unit.name).await?;
    }
    let day = date(year, 12, 16);
    let at = |hour| Instant::at(day.at(hour, 0, 0, 0));
    if at(18) > until {
        return Ok(());
    }
    let op = roll.op(floor, OfficeKind::CountyOrgDept, &county, 0, at(9))?;
    import_unit_scores(&op, &county, year.into(), scores).await?;
    let branches = places::branches_under(floor.db.reader(), &county).await?;
    let Some(first) = branches.first().map(|found| found.place.code.0.clone()) else { return Ok(()) };
    members(floor, roll, &first, at(10)).await
}

async fn members(floor: &Floor, roll: &Roll, branch: &PlaceCode, at: Instant) -> Result<(), Stop> {
    let mut lines = people::living_under(floor.db.reader(), branch).await?;
    lines.retain(|(line, _)| line.unit.is_some());
    for (line, _) in lines.into_iter().take(DOORS) {
        let op = roll.op(floor, OfficeKind::BranchSecretary, branch, 0, at)?;
        let token = hand_out_link(&op, line.id.0).await?;
        enter_with_link(&Op::at(floor, Actor::Visitor, at), &token.to_string()).await?;
    }
    Ok(())
}
