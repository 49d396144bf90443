//! Work units and members come in: contacts of some units, the units' scores, and members with their own pages.

use std::{cmp::Reverse, collections::BTreeMap};

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
    units::{confirm_unit, register_unit, registrations_of},
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
    report_to_communities(floor, roll, year, until).await?;
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

/// How many communities a unit reports to: those where most of its members live.
const COMMUNITIES: usize = 3;

/// Units report where their members live, and the communities confirm it (双报到).
async fn report_to_communities(floor: &Floor, roll: &Roll, year: i16, until: Instant) -> Result<(), Stop> {
    let (county, db) = (crate::demo::county()?, floor.db.reader());
    let at = |hour| Instant::at(date(year, 3, 10).at(hour, 0, 0, 0));
    if at(18) > until {
        return Ok(());
    }
    for unit in places::units_under(db, &county).await?.into_iter().filter(|place| place.level.0 == Level::Unit) {
        let mut homes: BTreeMap<PlaceCode, usize> = BTreeMap::new();
        for (line, _) in people::members_of_unit(db, &unit.code.0).await? {
            if let Some(community) = line.branch.0.at(Level::Community) {
                *homes.entry(community).or_default() += 1;
            }
        }
        let mut homes: Vec<_> = homes.into_iter().collect();
        homes.sort_by_key(|(community, members)| (Reverse(*members), community.clone()));
        for (community, _) in homes.into_iter().take(COMMUNITIES) {
            let op = roll.op(floor, OfficeKind::CountyOrgDept, &county, 0, at(9))?;
            let offer = "每季度一次进小区服务".to_owned();
            register_unit(&op, &unit.code.0, &community, "办公室".to_owned(), offer).await?;
        }
        for report in registrations_of(db, &unit.code.0).await? {
            let op = roll.op(floor, OfficeKind::CommunityOfficer, &report.community.0, 0, at(15))?;
            confirm_unit(&op, report.id.0).await?;
        }
    }
    Ok(())
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
