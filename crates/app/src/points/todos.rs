//! What waits on the offices that keep the points.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::Instant,
    ids::{MembershipId, PointsEntryId},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    points::{APPEAL_DAYS, CatalogueState, Decider, YearState, appeal_until, closes_by},
};
use jiff::civil::Date;
use platform::{act::Op, db::column::Int, error::Stop};
use sea_orm::ConnectionTrait;

use super::{
    free::{DECIDERS, Owned},
    queries,
    store::{appeal, catalogue, correction, entry, settlement, unit_score},
    urls,
};
use crate::{
    calendar,
    desk::{Todo, Todos},
    identity,
    messages::Due,
    people,
    places::Names,
};

/// Entries counted at most; more are told as `200 笔以上`.
const COUNTED: u64 = 200;
/// Entries of all branches of a community looked at, at most.
const COUNTED_ABOVE: u64 = 2_000;
/// Working days before the scores are due on which units are reminded.
const SCORES_AHEAD: u16 = 5;

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        match op.actor.officer()?.office.kind {
            OfficeKind::BranchSecretary | OfficeKind::BranchCommittee => branch(op).await,
            OfficeKind::CommunityOfficer => community(op).await,
            OfficeKind::StreetOfficer => street(op).await,
            OfficeKind::UnitContact => unit(op).await,
            OfficeKind::CountyOrgDept => county(op).await,
            OfficeKind::Member => member(op).await,
            _ => Ok(Vec::new()),
        }
    })
}

/// Entries that this officer may decide, and a catalogue that waits for its meeting.
async fn branch(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, officer) = (op.reader(), op.actor.officer()?);
    let place = &officer.office.place;
    let mut todos = Vec::new();
    let waiting = entry::waiting_of(db, place, COUNTED).await?;
    let persons = people::persons_of(db, waiting.iter().map(|row| row.membership_id.0)).await?;
    let is_free =
        |row: &&entry::row::Model| Owned { entry: row, person: persons.get(&row.membership_id.0) }.is_free(officer);
    let mine = waiting.iter().filter(is_free).count();
    if mine > 0 {
        let more = if waiting.len() as u64 == COUNTED { "以上" } else { "" };
        let title = format!("审核党员计分（{mine} 笔{more}）");
        let year = op.now().date().year().into();
        todos.push(Todo { title, place: String::new(), due: None, href: urls::branch(place, year) });
    }
    let newest = catalogue::versions_of(db, place).await?.into_iter().next();
    if let Some(row) = newest.filter(|row| row.state.0 == CatalogueState::Checked) {
        let title = "召开支部党员大会表决积分明细".to_owned();
        todos.push(Todo { title, place: String::new(), due: None, href: urls::catalogue(row.id.0) });
    }
    Ok(todos)
}

/// Catalogues to check, entries that their branch cannot decide, and appeals to decide within ten working days (R-PTS-09).
async fn community(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, officer) = (op.reader(), op.actor.officer()?);
    let place = &officer.office.place;
    let names = Names::under(db, place).await?;
    let mut todos = left_to_community(op, &names).await?;
    for row in catalogue::versions_at(db, place, CatalogueState::Submitted).await? {
        let title = "审核支部的积分明细".to_owned();
        let place = names.at(&row.place.0, Level::Branch).to_owned();
        todos.push(Todo { title, place, due: None, href: urls::catalogue(row.id.0) });
    }
    todos.extend(appeals(op, &names, |owned| owned.is_free(officer)).await?);
    todos.extend(corrections(op, &names).await?);
    Ok(todos)
}

/// Appeals that nobody in the community may decide, and corrections.
async fn street(op: &Op) -> Result<Vec<Todo>, Stop> {
    let names = Names::under(op.reader(), &op.actor.officer()?.office.place).await?;
    let mut todos = left_over(op, &names).await?;
    todos.extend(corrections(op, &names).await?);
    Ok(todos)
}

/// Appeals under the office that nobody nearer may decide, and the officer may (R-PTS-09).
async fn left_over(op: &Op, names: &Names) -> Result<Vec<Todo>, Stop> {
    let (db, officer, today) = (op.reader(), op.actor.officer()?, op.now().date());
    let place = &officer.office.place;
    let nearer: Vec<(Level, OfficeKind)> = DECIDERS.into_iter().filter(|(level, _)| *level > place.level()).collect();
    let kinds: Vec<OfficeKind> = nearer.iter().map(|(_, kind)| *kind).collect();
    let officers = identity::incumbents(db, &kinds, place, today).await?;
    let is_nearer_free = |owned: &Owned<'_>| {
        let at = |(level, _): &(Level, OfficeKind)| owned.entry.branch.0.at(*level);
        nearer.iter().filter_map(at).any(|place| owned.is_anybody_free(&officers, &place))
    };
    appeals(op, names, |owned| owned.is_free(officer) && !is_nearer_free(owned)).await
}

/// Corrections that nobody in community and street may decide, for the county.
async fn corrections_left(op: &Op, names: &Names) -> Result<Vec<Todo>, Stop> {
    let (db, officer, today) = (op.reader(), op.actor.officer()?, op.now().date());
    let rows = correction::waiting_under(db, &officer.office.place).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let nearer = [OfficeKind::CommunityOfficer, OfficeKind::StreetOfficer];
    let officers = identity::incumbents(db, &nearer, &officer.office.place, today).await?;
    let persons = people::persons_of(db, rows.iter().map(|row| row.membership_id.0)).await?;
    let is_left = |row: &&correction::row::Model| {
        let person = persons.get(&row.membership_id.0);
        let is_free = |it: &identity::Incumbent| {
            let is_beneficiary = person.is_some_and(|person| person.is_called(it.account, &it.name));
            row.branch.0.is_within(&it.place)
                && row.rule().decide(Decider { account: it.account, is_beneficiary }).is_ok()
        };
        !officers.iter().any(is_free)
    };
    Ok(rows.iter().filter(is_left).map(|row| correction_todo(row, names)).collect())
}

fn correction_todo(row: &correction::row::Model, names: &Names) -> Todo {
    Todo {
        title: format!("审核{}年度积分更正", row.year),
        place: names.at(&row.branch.0, Level::Branch).to_owned(),
        due: None,
        href: urls::correction(row.id.0),
    }
}

/// Corrections of settled years that somebody else told, and that are not about the officer (R-PTS-06).
async fn corrections(op: &Op, names: &Names) -> Result<Vec<Todo>, Stop> {
    let (db, officer) = (op.reader(), op.actor.officer()?);
    let rows = correction::waiting_under(db, &officer.office.place).await?;
    let persons = people::persons_of(db, rows.iter().map(|row| row.membership_id.0)).await?;
    let is_mine = |row: &&correction::row::Model| {
        let is_beneficiary = persons.get(&row.membership_id.0).is_some_and(|person| person.is(officer));
        row.rule().decide(Decider { account: officer.account, is_beneficiary }).is_ok()
    };
    Ok(rows.iter().filter(is_mine).map(|row| correction_todo(row, names)).collect())
}

/// The appeals under the office's place that are its to decide.
async fn appeals(op: &Op, names: &Names, is_mine: impl Fn(&Owned<'_>) -> bool) -> Result<Vec<Todo>, Stop> {
    let (db, place) = (op.reader(), &op.actor.officer()?.office.place);
    let rows = appeal::waiting_under(db, place).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<PointsEntryId> = rows.iter().map(|row| row.entry_id.0).collect();
    let entries = entry::entries(db, &ids).await?;
    let persons = people::persons_of(db, rows.iter().map(|row| row.membership_id.0)).await?;
    let calendar = calendar::load(db).await?;
    let is_mine = |row: &&appeal::row::Model| {
        let person = persons.get(&row.membership_id.0);
        entries.iter().find(|entry| entry.id == row.entry_id).is_some_and(|entry| is_mine(&Owned { entry, person }))
    };
    let todo = |row: &appeal::row::Model| Todo {
        title: "处理积分申诉".to_owned(),
        place: names.at(&row.branch.0, Level::Branch).to_owned(),
        due: calendar.add_working_days(row.filed_at.0.date(), APPEAL_DAYS).ok().map(Instant::end_of),
        href: urls::appeal(row.id.0),
    };
    Ok(rows.iter().filter(is_mine).map(todo).collect())
}

/// Entries that nobody in their branch may decide: each of its officers proposed it or gains by it.
async fn left_to_community(op: &Op, names: &Names) -> Result<Vec<Todo>, Stop> {
    let (db, place, today) = (op.reader(), &op.actor.officer()?.office.place, op.now().date());
    let waiting = entry::waiting_of(db, place, COUNTED_ABOVE).await?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let persons = people::persons_of(db, waiting.iter().map(|row| row.membership_id.0)).await?;
    let kinds = [OfficeKind::BranchSecretary, OfficeKind::BranchCommittee];
    let officers = identity::incumbents(db, &kinds, place, today).await?;
    let mut left: BTreeMap<(&PlaceCode, i32), usize> = BTreeMap::new();
    for entry in &waiting {
        let owned = Owned { entry, person: persons.get(&entry.membership_id.0) };
        if !owned.is_anybody_free(&officers, &entry.branch.0) {
            *left.entry((&entry.branch.0, entry.year)).or_default() += 1;
        }
    }
    let todo = |((branch, year), count): ((&PlaceCode, i32), usize)| Todo {
        title: format!("审核支部同志不能审核的计分（{count} 笔）"),
        place: names.at(branch, Level::Branch).to_owned(),
        due: None,
        href: urls::branch(branch, year),
    };
    Ok(left.into_iter().map(todo).collect())
}

/// What is new on the member's own page and may still be appealed against (R-PTS-09): offices have messages, members have this.
async fn member(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, today) = (op.reader(), op.now().date());
    let lines = people::lines_of_account(db, op.actor.officer()?.account).await?;
    let calendar = calendar::load(db).await?;
    let mut until = Vec::new();
    for year in [i32::from(today.year()) - 1, today.year().into()] {
        for (line, _) in &lines {
            let entries = entry::entries_of_member(db, line.id.0, Some(year)).await?;
            let told = entries.iter().filter(|row| row.may_be_appealed()).filter_map(|row| row.decided_at);
            let last = told.map(|Int(at)| appeal_until(at.date(), &calendar));
            until.extend(last.filter(|last| *last >= today && *last < Date::MAX));
        }
    }
    let Some(first) = until.iter().min() else { return Ok(Vec::new()) };
    let title = format!("查看新计分（{} 笔），有异议可以申诉", until.len());
    Ok(vec![Todo {
        title,
        place: String::new(),
        due: Some(Instant::end_of(*first)),
        href: crate::own::urls::POINTS.to_owned(),
    }])
}

/// Members of units whose score of `year` is missing: all who have none, and once the year is settled those whose result
/// waits for it.
async fn missing_scores(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: i32,
) -> Result<BTreeMap<PlaceCode, usize>, Stop> {
    if !queries::has_any(db, place, year).await? {
        return Ok(BTreeMap::new());
    }
    let given = unit_score::scores_under(db, place, year).await?;
    let county = place.at(Level::County).ok_or(Stop::Missing)?;
    let pending: Option<BTreeSet<MembershipId>> = if queries::state_of(db, place, year).await?.is_settled() {
        let settled = settlement::current_under(db, &county, year).await?;
        Some(settled.into_iter().filter(|row| row.result.is_none()).map(|row| row.membership_id.0).collect())
    } else {
        None
    };
    let mut units: BTreeMap<PlaceCode, usize> = BTreeMap::new();
    for (member, _) in people::members_of_unit(db, place).await? {
        let is_missing = !given.contains_key(&member.person_id.0)
            && pending.as_ref().is_none_or(|pending| pending.contains(&member.id.0));
        if let Some(unit) = member.unit.and_then(|unit| unit.0.at(Level::Unit)).filter(|_| is_missing) {
            *units.entry(unit).or_default() += 1;
        }
    }
    Ok(units)
}

/// Last year's scores that the unit has not given, for as long as results wait for them (R-PTS-03).
async fn unit(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place) = (op.reader(), &op.actor.officer()?.office.place);
    let year = i32::from(op.now().date().year()) - 1;
    let missing: usize = missing_scores(db, place, year).await?.values().sum();
    if missing == 0 {
        return Ok(Vec::new());
    }
    let title = format!("报送{year}年度单位积分（{missing} 人）");
    Ok(vec![Todo {
        title,
        place: String::new(),
        due: Some(Instant::end_of(closes_by(i16::try_from(year).unwrap_or(i16::MAX)))),
        href: urls::unit_scores(place, year),
    }])
}

/// What units and the county are reminded of: the scores of last year that are missing, before 15 January and after it
/// (R-PTS-03).
///
/// # Errors
/// When the database cannot be read.
pub async fn dues(db: &impl ConnectionTrait, county: &PlaceCode, today: Date) -> Result<Vec<Due>, Stop> {
    let year = i32::from(today.year()) - 1;
    let until = Instant::end_of(closes_by(i16::try_from(year).unwrap_or(i16::MAX)));
    let missing = missing_scores(db, county, year).await?;
    let units = missing.len();
    let due = |kind, place: PlaceCode, words, late, link| Due {
        of: format!("unit_scores {year}"),
        kind,
        place,
        until,
        ahead: SCORES_AHEAD,
        words,
        late,
        link,
    };
    let mut dues: Vec<Due> = missing
        .into_iter()
        .map(|(unit, count)| {
            let (words, link) =
                (format!("有 {count} 名党员的{year}年度单位积分没有报送"), urls::unit_scores(&unit, year));
            due(OfficeKind::UnitContact, unit, words, "没有报送的年度积分待定，请尽快补报", link)
        })
        .collect();
    if units > 0 {
        let words = format!("有 {units} 个单位的{year}年度积分没有报齐");
        let link = urls::unit_scores(county, year);
        dues.push(due(OfficeKind::CountyOrgDept, county.clone(), words, "请督促单位补报", link));
    }
    Ok(dues)
}

/// Units to press once their scores are late (R-PTS-03).
async fn pressing(op: &Op, county: &PlaceCode, year: i32) -> Result<Vec<Todo>, Stop> {
    let due = closes_by(i16::try_from(year).unwrap_or(i16::MAX));
    if op.now().date() <= due {
        return Ok(Vec::new());
    }
    let units = missing_scores(op.reader(), county, year).await?.len();
    let todo = |units: usize| Todo {
        title: format!("督促 {units} 个单位补报{year}年度单位积分"),
        place: String::new(),
        due: Some(Instant::end_of(due)),
        href: urls::unit_scores(county, year),
    };
    Ok((units > 0).then(|| todo(units)).into_iter().collect())
}

/// Last year, until its reports are out.
async fn county(op: &Op) -> Result<Vec<Todo>, Stop> {
    let (db, place) = (op.reader(), &op.actor.officer()?.office.place);
    if !op.can(Deed::ClosePointsYear, place) {
        return Ok(Vec::new());
    }
    let year = i32::from(op.now().date().year()) - 1;
    let mut todos = pressing(op, place, year).await?;
    // Mostly nothing of either waits; then no names are asked for.
    let has_appeals = !appeal::waiting_under(db, place).await?.is_empty();
    if has_appeals || !correction::waiting_under(db, place).await?.is_empty() {
        let names = Names::under(db, place).await?;
        todos.extend(left_over(op, &names).await?);
        todos.extend(corrections_left(op, &names).await?);
    }
    let title = match queries::state_of(db, place, year).await? {
        YearState::Open if queries::has_any(db, place, year).await? => format!("截止{year}年度积分并开始结算"),
        YearState::Closing => format!("结算{year}年度积分"),
        YearState::Settled => format!("反馈{year}年度积分结果"),
        YearState::Open | YearState::Reported => return Ok(todos),
    };
    let due = closes_by(i16::try_from(year).unwrap_or(i16::MAX));
    todos.push(Todo { title, place: String::new(), due: Some(Instant::end_of(due)), href: urls::year(year) });
    Ok(todos)
}
