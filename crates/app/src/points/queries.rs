//! What pages and other modules read about points.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    fmt::Write as _,
};

use domain::{
    ids::{CatalogueId, MembershipId, PointsEntryId},
    place::{Level, PlaceCode},
    points::{
        Annual, CatalogueState, Item, ItemCode, Points, PointsKind, Tally, YearState, appeal_until, county_template,
        items_of_year,
    },
};
use jiff::civil::Date;
use platform::{
    db::column::{Int, Text},
    error::Stop,
};
use sea_orm::ConnectionTrait;

use super::{
    settle::{Working, workings_under},
    store::{
        appeal,
        catalogue::{self, row},
        entry, settlement, year as years,
    },
};
use crate::{
    calendar,
    people::{self, Membership},
};

/// The adopted versions of a branch's catalogue, to find which holds on a day.
#[derive(Debug, Clone, Default)]
pub struct Catalogues(Vec<row::Model>);

impl Catalogues {
    /// Reads the adopted versions of a branch.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of_branch(db: &impl ConnectionTrait, branch: &PlaceCode) -> Result<Self, Stop> {
        let mut versions = catalogue::versions_of(db, branch).await?;
        versions.retain(|row| row.state.0 == CatalogueState::Adopted);
        Ok(Self(versions))
    }

    /// The version in effect on `day`: the newest that had begun.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&row::Model> {
        let begun = self.0.iter().filter(|row| row.effective_from.is_some_and(|Text(from)| from <= day));
        begun.max_by_key(|row| (row.effective_from.map(|Text(from)| from), row.number))
    }

    /// The item `code` as it is in effect on `day`.
    #[must_use]
    pub fn item_on(&self, day: Date, code: &ItemCode) -> Option<&Item> {
        self.on(day)?.items.0.iter().find(|item| item.code == *code)
    }

    /// The county's template in effect on `day`; the programme's own until the county has one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn template(db: &impl ConnectionTrait, place: &PlaceCode, day: Date) -> Result<Vec<Item>, Stop> {
        let county = place.at(Level::County).ok_or(Stop::Missing)?;
        let versions = Self::of_branch(db, &county).await?;
        Ok(versions.on(day).map_or_else(county_template, |row| row.items.0.clone()))
    }

    /// What a catalogue of `place` may choose from: the county's template, and for the template itself the programme's own.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn offered(db: &impl ConnectionTrait, place: &PlaceCode, day: Date) -> Result<Vec<Item>, Stop> {
        match place.level() {
            Level::County => Ok(county_template()),
            _ => Self::template(db, place, day).await,
        }
    }

    /// The items of a year, each with the largest cap that held in it.
    #[must_use]
    pub fn of_year(&self, year: i16) -> Vec<Item> {
        let begun = |row: &row::Model| Some((row.effective_from?.0, row.number));
        let mut versions: Vec<_> =
            self.0.iter().filter_map(|row| Some((begun(row)?, row.items.0.as_slice()))).collect();
        versions.sort_by_key(|(begun, _)| *begun);
        let versions: Vec<(Date, &[Item])> = versions.into_iter().map(|((from, _), items)| (from, items)).collect();
        items_of_year(&versions, year)
    }

    /// The items of a year of every branch at or under `place`, in one statement, and of `others`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn in_year(
        db: &impl ConnectionTrait,
        place: &PlaceCode,
        others: impl IntoIterator<Item = PlaceCode>,
        year: i16,
    ) -> Result<BTreeMap<PlaceCode, Vec<Item>>, Stop> {
        let mut by_branch: BTreeMap<PlaceCode, Self> = BTreeMap::new();
        for row in catalogue::versions_at(db, place, CatalogueState::Adopted).await? {
            by_branch.entry(row.place.0.clone()).or_default().0.push(row);
        }
        for other in others {
            if let Entry::Vacant(left) = by_branch.entry(other) {
                let versions = Self::of_branch(db, left.key()).await?;
                left.insert(versions);
            }
        }
        Ok(by_branch.into_iter().map(|(branch, versions)| (branch, versions.of_year(year))).collect())
    }
}

/// The catalogue `id`, wherever it stands.
///
/// # Errors
/// When the database cannot be read.
pub async fn catalogue(db: &impl ConnectionTrait, id: CatalogueId) -> Result<Option<row::Model>, Stop> {
    catalogue::catalogue(db, id).await
}

/// Whether the branch has a catalogue in effect on `day`, so that points can be given at all.
///
/// # Errors
/// When the database cannot be read.
pub async fn has_catalogue_on(db: &impl ConnectionTrait, branch: &PlaceCode, day: Date) -> Result<bool, Stop> {
    Ok(Catalogues::of_branch(db, branch).await?.on(day).is_some())
}

/// One line of a member's points, with the rule behind it.
#[derive(Debug, Clone)]
pub struct MemberLine {
    /// The entry.
    pub row: entry::row::Model,
    /// The item's title as it was in effect on that day.
    pub title: String,
    /// The rule in words: `每 2 小时 +1 分，全年最多 15 分`.
    pub rule: String,
}

impl MemberLine {
    /// The entry with the rule that held on its day.
    pub(super) fn of(row: entry::row::Model, catalogues: &Catalogues) -> Self {
        let item = catalogues.item_on(row.occurred_on.0, &row.item.0);
        Self {
            title: item.map_or_else(|| row.item.0.to_string(), |item| item.title.clone()),
            rule: item.map(Item::words).unwrap_or_default(),
            row,
        }
    }
}

/// A member's entries of a year, the newest first, each with the rule that held on its day.
///
/// # Errors
/// When the database cannot be read.
pub async fn lines_of_member(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    membership: MembershipId,
    year: i32,
) -> Result<Vec<MemberLine>, Stop> {
    let catalogues = Catalogues::of_branch(db, branch).await?;
    let rows = entry::entries_of_member(db, membership, Some(year)).await?;
    Ok(rows.into_iter().rev().map(|row| MemberLine::of(row, &catalogues)).collect())
}

/// Where the county's year of a place stands.
///
/// # Errors
/// When the database cannot be read.
pub async fn state_of(db: &impl ConnectionTrait, place: &PlaceCode, year: i32) -> Result<YearState, Stop> {
    let county = place.at(Level::County).ok_or(Stop::Missing)?;
    Ok(years::year(db, &county, year).await?.map_or(YearState::Open, |row| row.state.0))
}

/// A member's year: as it would be settled today, or as it was.
#[derive(Debug, Clone)]
pub struct MemberYear {
    /// Whose.
    pub membership: Membership,
    /// Their name.
    pub name: String,
    /// What it is made of.
    pub working: Working,
}

impl MemberYear {
    /// Where the year comes from.
    #[must_use]
    pub const fn kind(&self) -> PointsKind {
        self.working.kind
    }

    /// The compound's side with its parts.
    #[must_use]
    pub const fn tally(&self) -> &Tally {
        &self.working.tally
    }

    /// The compound's side on 0–100.
    #[must_use]
    pub fn compound(&self) -> Points {
        self.working.tally.compound()
    }

    /// The year.
    #[must_use]
    pub fn result(&self) -> Annual {
        self.working.result()
    }

    /// `90.00 / 120.00`, or that there is none.
    #[must_use]
    pub fn unit_words(&self) -> String {
        match (self.working.kind.is_single_source(), self.working.unit) {
            (true, _) => "不计".to_owned(),
            (false, Some(unit)) => format!("{} / {}", unit.score, unit.max),
            (false, None) => "待报送".to_owned(),
        }
    }

    /// The year in words.
    #[must_use]
    pub fn result_words(&self) -> String {
        match self.result() {
            Annual::Settled(points) => points.to_string(),
            Annual::PendingUnit => "待单位报送".to_owned(),
        }
    }

    /// The whole arithmetic in one line.
    #[must_use]
    pub fn arithmetic(&self) -> String {
        let tally = self.tally();
        let mut words = String::new();
        for capped in &tally.capped {
            let of = capped.item.as_ref().map_or("加分合计", ItemCode::as_str);
            let _ = write!(words, "{of} {} 分，封顶计 {} 分；", capped.earned, capped.counted);
        }
        let _ =
            write!(words, "小区得分 = {} + {} − {} = {}", tally.base, tally.bonus, tally.deduction, self.compound());
        words.push_str(match tally.raw() {
            raw if raw < Points::ZERO => "（最低 0 分）",
            raw if raw > Points::FULL => "（最高 100 分）",
            _ => "",
        });
        if tally.ceiling.is_some() {
            words.push_str("（受处分，不超过 59 分）");
        }
        match (self.kind().is_single_source(), self.working.unit, self.result()) {
            (true, _, Annual::Settled(points)) => {
                let _ = write!(words, "；{}按小区得分计：{points}", self.kind().label());
            }
            (false, Some(unit), Annual::Settled(points)) => {
                // The unit's side is not rounded before the end, so it is shown as it is computed with.
                let (compound, score, max) = (self.compound(), unit.score.short(), unit.max.short());
                let _ = write!(words, "；年度积分 = ({compound} + {score} ÷ {max} × 100) ÷ 2 = {points}");
            }
            _ => words.push_str("；单位积分还没有报送，年度积分待定（不等于 0 分）"),
        }
        words
    }
}

/// The years of a branch's members, alphabetically: as settled, or as they stand today.
///
/// # Errors
/// When the database cannot be read.
pub async fn members_in_year(db: &impl ConnectionTrait, place: &PlaceCode, year: i32) -> Result<Vec<MemberYear>, Stop> {
    let settled = settlement::current_under(db, place, year).await?;
    let is_settled = state_of(db, place, year).await?.is_settled();
    let workings: Vec<(Membership, Working)> = if is_settled {
        let members = people::memberships_under(db, place).await?;
        let find = |row: &settlement::row::Model| members.iter().find(|member| member.id == row.membership_id).cloned();
        settled.iter().filter_map(|row| Some((find(row)?, row.working()))).collect()
    } else {
        workings_under(db, place, year).await?
    };
    let persons = people::persons_of(db, workings.iter().map(|(member, _)| member.id.0)).await?;
    let name = |member: &Membership| persons.get(&member.id.0).map_or("", |person| person.name.as_str());
    let names = people::names_apart(workings.iter().map(|(member, _)| (member, name(member))));
    let named = |(membership, working): (Membership, Working)| {
        let name = names.get(&membership.id.0).cloned().unwrap_or_default();
        MemberYear { membership, name, working }
    };
    let mut years: Vec<MemberYear> = workings.into_iter().map(named).collect();
    years.sort_by_cached_key(|it| (people::by_sound(&it.name), it.membership.id.0));
    Ok(years)
}

/// The settled years of the members of a work unit, alphabetically; of a county, of everybody who has one.
///
/// # Errors
/// A refusal before the year is settled; when the database cannot be read.
pub async fn members_of_unit_in_year(
    db: &impl ConnectionTrait,
    unit: &PlaceCode,
    year: i32,
) -> Result<Vec<MemberYear>, Stop> {
    let county = unit.at(Level::County).ok_or(Stop::Missing)?;
    if !state_of(db, &county, year).await?.is_settled() {
        return Err(Stop::refused("这一年度还没有结算，结算以后才有报告。"));
    }
    let mut members = members_in_year(db, &county, year).await?;
    members.retain(|member| member.membership.unit.as_ref().is_some_and(|own| own.0.is_within(unit)));
    Ok(members)
}

/// A person's entries of a year in every branch they were in, the newest first, and the line that is theirs there.
///
/// # Errors
/// When the database cannot be read.
pub async fn own_lines(db: &impl ConnectionTrait, lines: &[Membership], year: i32) -> Result<Vec<MemberLine>, Stop> {
    let mut all = Vec::new();
    for line in lines {
        all.extend(lines_of_member(db, &line.branch.0, line.id.0, year).await?);
    }
    all.sort_by_key(|line| std::cmp::Reverse(line.row.id.0));
    Ok(all)
}

/// A person's year, on the line that it is or will be settled on.
///
/// # Errors
/// When the database cannot be read.
pub async fn own_year(db: &impl ConnectionTrait, lines: &[Membership], year: i32) -> Result<Option<MemberYear>, Stop> {
    let last_day = Date::new(i16::try_from(year).unwrap_or(i16::MAX), 12, 31).unwrap_or(Date::MAX);
    let Some(line) = lines.iter().find(|line| line.is_in_roll_on(last_day)) else { return Ok(None) };
    let members = members_in_year(db, &line.branch.0, year).await?;
    Ok(members.into_iter().find(|member| member.membership.id == line.id))
}

/// Whether any branch of the county had a catalogue in effect in the year, so that its points are a matter at all.
///
/// # Errors
/// When the database cannot be read.
pub async fn has_any(db: &impl ConnectionTrait, place: &PlaceCode, year: i32) -> Result<bool, Stop> {
    let county = place.at(Level::County).ok_or(Stop::Missing)?;
    let last_day = Date::new(i16::try_from(year).unwrap_or(i16::MAX), 12, 31).unwrap_or(Date::MAX);
    let adopted = catalogue::versions_at(db, &county, CatalogueState::Adopted).await?;
    Ok(adopted.iter().any(|row| row.effective_from.is_some_and(|Text(from)| from <= last_day)))
}

/// The entries of a branch that wait for a decision with whose they are, in the order they were proposed.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting_entries(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    most: u64,
) -> Result<Vec<(PointsEntryId, MembershipId)>, Stop> {
    let waiting = entry::waiting_of(db, branch, most).await?;
    Ok(waiting.into_iter().map(|row| (row.id.0, row.membership_id.0)).collect())
}

/// The appeals against these entries, by entry.
///
/// # Errors
/// When the database cannot be read.
pub async fn appeals_against(
    db: &impl ConnectionTrait,
    entries: impl IntoIterator<Item = PointsEntryId>,
) -> Result<BTreeMap<PointsEntryId, appeal::row::Model>, Stop> {
    let appeals = appeal::appeals_against(db, entries).await?;
    Ok(appeals.into_iter().map(|row| (row.entry_id.0, row)).collect())
}

/// The branch and year of an entry.
///
/// # Errors
/// When the database cannot be read.
pub async fn entry_place(db: &impl ConnectionTrait, id: PointsEntryId) -> Result<Option<(PlaceCode, i32)>, Stop> {
    Ok(entry::entry(db, id).await?.map(|row| (row.branch.0, row.year)))
}

/// How many deeds of these items a branch has in a year: what several members had a hand in is one.
///
/// # Errors
/// When the database cannot be read.
pub async fn approved_deeds(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    year: i32,
    items: &[&str],
) -> Result<usize, Stop> {
    entry::approved_deeds(db, branch, year, items).await
}

/// Which of a member's lines may still be appealed against (R-PTS-09).
///
/// # Errors
/// When the database cannot be read.
pub async fn open_to_appeal(
    db: &impl ConnectionTrait,
    lines: &[MemberLine],
    today: Date,
) -> Result<BTreeSet<PointsEntryId>, Stop> {
    let calendar = calendar::load(db).await?;
    let is_open = |line: &&MemberLine| {
        let told_on = line.row.decided_at.map_or(today, |Int(at)| at.date());
        line.row.may_be_appealed() && today <= appeal_until(told_on, &calendar)
    };
    Ok(lines.iter().filter(is_open).map(|line| line.row.id.0).collect())
}
