//! The rows of the four sheets as typed values.
//!
//! A field of type `Option` is `None` when the sheet has no such column, which leaves what is known alone; an empty cell in
//! a column that is there means that there is none.

use domain::organisation::{Affiliation, BranchKind, Gender, MemberKind, OwnersCommittee, PartyPost, Service};
use jiff::civil::Date;

use super::{
    RowPlace,
    reading::RowReading,
    words::{AFFILIATIONS, KINDS, MEMBER_KINDS, OWNERS, POSTS, SERVICES},
};

/// A row of 小区台账.
#[derive(Debug, Clone)]
pub struct BranchRow {
    pub at: RowPlace,
    /// Whether every cell could be read; a row that could not is known by name only.
    pub is_sound: bool,
    pub street: String,
    pub community: String,
    pub name: String,
    pub compounds: Vec<String>,
    pub kind: Option<BranchKind>,
    pub founded_on: Option<Option<Date>>,
    pub buildings: Option<i32>,
    pub stairwells: Option<i32>,
    pub households: Option<i32>,
    pub residents: Option<i32>,
    pub owners_committee: Option<OwnersCommittee>,
    pub property_company: Option<String>,
    pub grids: Option<i32>,
    pub venue_area: Option<Option<i64>>,
    pub brand: Option<String>,
    pub owners_term: Option<String>,
    pub owners_members: Option<i32>,
    pub owners_party: Option<i32>,
    pub company_terms: Option<String>,
    pub grid_workers: Option<String>,
}

/// A row of 楼栋.
#[derive(Debug, Clone)]
pub struct BuildingRow {
    pub at: RowPlace,
    pub is_sound: bool,
    pub branch: String,
    pub community: String,
    pub compound: String,
    pub name: String,
    pub stairwells: Option<i32>,
    pub households: Option<i32>,
    pub exclusive_area: Option<i64>,
    pub steward: Option<String>,
    pub steward_phone: Option<Option<String>>,
    pub hub_household: Option<String>,
}

/// Who a row is about.
#[derive(Debug, Clone)]
pub struct PersonCells {
    pub name: String,
    pub gender: Option<Option<Gender>>,
    /// `1966-11`.
    pub birth_month: Option<Option<String>>,
    /// `None` when there is no such column or no number in it: a number once known is never taken away by a blank cell.
    pub phone: Option<String>,
}

/// A row of 支部班子.
#[derive(Debug, Clone)]
pub struct PostRow {
    pub at: RowPlace,
    pub is_sound: bool,
    pub branch: String,
    pub community: String,
    pub person: PersonCells,
    pub post: PartyPost,
    pub service: Service,
    pub work_unit: Option<String>,
    pub since: Option<Option<Date>>,
}

/// A row of 党员名册.
#[derive(Debug, Clone)]
pub struct MemberRow {
    pub at: RowPlace,
    pub is_sound: bool,
    pub branch: String,
    pub community: String,
    pub person: PersonCells,
    pub kind: MemberKind,
    pub affiliation: Affiliation,
    pub service: Service,
    pub unit_branch: Option<String>,
    pub building: Option<String>,
    pub speciality: Option<String>,
    pub claimed_post: Option<String>,
    pub registered_on: Option<Option<Date>>,
}

pub(super) fn read_branch(at: RowPlace, reading: &mut RowReading<'_, '_>) -> Option<BranchRow> {
    let street = reading.name_if_any("street").unwrap_or_default();
    let community = reading.name("community");
    let name = reading.name("branch");
    let compounds = reading.text("compounds").unwrap_or_default();
    let kind = reading.must_choose("kind", &KINDS);
    let founded_on = reading.date("founded");
    let mut count = |key| reading.count(key);
    let (buildings, stairwells, households, residents, grids) =
        (count("buildings"), count("stairwells"), count("households"), count("residents"), count("grids"));
    let owners =
        reading.table.has("owners").then(|| reading.choice("owners", &OWNERS).unwrap_or(OwnersCommittee::Missing));
    let property_company = reading.text("company");
    let venue_area = reading.area("venue");
    let brand = reading.text("brand");
    let (owners_term, company_terms) = (reading.text("owners_term"), reading.text("company_terms"));
    let (owners_members, owners_party) = (reading.count("owners_members"), reading.count("owners_party"));
    let grid_workers = reading.text("grid_workers");
    let split = |text: &str| {
        let names =
            text.split(['、', '，', ',', '；', ';', '/', '\n']).map(|name| name.split_whitespace().collect::<String>());
        names.filter(|name| !name.is_empty()).collect::<Vec<_>>()
    };
    Some(BranchRow {
        at,
        is_sound: reading.is_sound,
        street,
        community: community?,
        name: name?,
        compounds: split(&compounds),
        kind,
        founded_on,
        buildings,
        stairwells,
        households,
        residents,
        owners_committee: owners,
        property_company,
        grids,
        venue_area,
        brand,
        owners_term,
        owners_members,
        owners_party,
        company_terms,
        grid_workers,
    })
}

pub(super) fn read_building(at: RowPlace, reading: &mut RowReading<'_, '_>) -> Option<BuildingRow> {
    let branch = reading.name("branch");
    let community = reading.name_if_any("community").unwrap_or_default();
    let (compound, name) = (reading.name("compound"), reading.name("building"));
    let (stairwells, households) = (reading.count("stairwells"), reading.count("households"));
    let exclusive_area = reading.area("area").map(Option::unwrap_or_default);
    let steward = reading.name_if_any("steward");
    let steward_phone = reading.table.has("steward_phone").then(|| {
        let read = reading.row.phone("steward_phone");
        reading.take(read).flatten()
    });
    let hub_household = reading.name_if_any("hub");
    Some(BuildingRow {
        at,
        is_sound: reading.is_sound,
        branch: branch?,
        community,
        compound: compound?,
        name: name?,
        stairwells,
        households,
        exclusive_area,
        steward,
        steward_phone,
        hub_household,
    })
}

pub(super) fn read_post(at: RowPlace, reading: &mut RowReading<'_, '_>) -> Option<PostRow> {
    let branch = reading.name("branch");
    let community = reading.name_if_any("community").unwrap_or_default();
    let person = reading.person();
    let post = reading.must_choose("post", &POSTS);
    let service = reading.must_choose("service", &SERVICES);
    let work_unit = reading.text("unit");
    let since = reading.date("since");
    Some(PostRow {
        at,
        is_sound: reading.is_sound,
        branch: branch?,
        community,
        person: person?,
        post: post.unwrap_or(PartyPost::Member),
        service: service.unwrap_or(Service::NonService),
        work_unit,
        since,
    })
}

pub(super) fn read_member(at: RowPlace, reading: &mut RowReading<'_, '_>) -> Option<MemberRow> {
    let branch = reading.name("branch");
    let community = reading.name_if_any("community").unwrap_or_default();
    let person = reading.person();
    let kind = reading.must_choose("kind", &MEMBER_KINDS);
    let affiliation = reading.must_choose("affiliation", &AFFILIATIONS);
    let service = reading.must_choose("service", &SERVICES);
    let unit_branch = reading.text("unit_branch");
    let building = reading.name_if_any("building");
    let speciality = reading.text("speciality");
    let claimed_post = reading.text("claimed_post");
    let registered_on = reading.date("registered");
    Some(MemberRow {
        at,
        is_sound: reading.is_sound,
        branch: branch?,
        community,
        person: person?,
        kind: kind.unwrap_or(MemberKind::Full),
        affiliation: affiliation.unwrap_or(Affiliation::Here),
        service: service.unwrap_or(Service::NonService),
        unit_branch,
        building,
        speciality,
        claimed_post,
        registered_on,
    })
}
