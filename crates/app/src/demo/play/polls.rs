//! What the owners of one compound decide in a year: a vote that fails, the same that passes, and one under way.

use domain::{
    clock::Instant,
    ids::PollId,
    owners::{
        BallotChannel, CallResult, Choice, IdentityProof, Matter, Nature, NewBallot, OwnerKind, Parking, UnitUse,
        owners_of,
    },
    permission::OfficeKind,
    place::{Level, PlaceCode},
};
use jiff::civil::{Date, date};
use platform::{act::Op, error::Stop, floor::Floor};

use crate::{
    demo::officers::Roll,
    owner_votes::{
        OnlineBallot, PollDraft, SlipForm, TypedUnit, announce_poll, calls_of, cast_ballot, confirm_register,
        draw_calls, edit_poll, file_poll, freeze_poll, issue_code, owners_of_poll, poll_draft, prepare_poll,
        preview_register, publish_poll, record_ballot, record_call, repeat_poll, tally_poll,
    },
    places,
};

const SURNAMES: [&str; 12] = ["李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "普", "白"];
const GIVEN: [&str; 9] = ["家明", "丽芬", "国强", "桂英", "志远", "春梅", "建华", "秀兰", "永康"];
/// Floors of each building, two flats on each.
const FLOORS: usize = 6;
const BUILDINGS: [&str; 4] = ["1栋", "2栋", "3栋", "5栋"];

/// A vote in the order of time.
struct Round {
    /// The register is frozen and announced on this day.
    announced_on: Date,
    opens_on: Date,
    closes_on: Date,
    /// What the owner of a number votes, if at all.
    says: fn(usize) -> Option<Choice>,
}

/// Plays the votes of `year` in the county's first branch until `until`.
pub(in crate::demo) async fn decide(floor: &Floor, roll: &Roll, year: i16, until: Instant) -> Result<(), Stop> {
    let county = crate::demo::county()?;
    let Some(branch) = places::branches_under(floor.db.reader(), &county).await?.into_iter().next() else {
        return Ok(());
    };
    Votes { floor, roll, branch: branch.place.code.0, until }.play(year).await
}

struct Votes<'a> {
    floor: &'a Floor,
    roll: &'a Roll,
    branch: PlaceCode,
    until: Instant,
}

impl Votes<'_> {
    async fn play(&self, year: i16) -> Result<(), Stop> {
        let first = Round {
            announced_on: date(year, 3, 1),
            opens_on: date(year, 3, 20),
            closes_on: date(year, 4, 2),
            says: |number| match number % 10 {
                0 | 1 => None,
                2..=4 => Some(Choice::Against),
                5 => Some(Choice::Abstain),
                _ => Some(Choice::For),
            },
        };
        let Some(failed) = self.begin(club_room(), &first).await? else { return Ok(()) };
        if !self.vote(failed, &first).await? {
            return Ok(());
        }
        let second = Round {
            announced_on: date(year, 6, 6),
            opens_on: date(year, 6, 25),
            closes_on: date(year, 7, 8),
            says: |number| match number % 10 {
                0 => None,
                1 => Some(Choice::Against),
                _ => Some(Choice::For),
            },
        };
        let Some(secretary) = self.op(OfficeKind::BranchSecretary, date(year, 6, 1))? else { return Ok(()) };
        let again = repeat_poll(&secretary, failed).await?;
        self.redate(&secretary, again, &second).await?;
        self.vote(again, &second).await?;
        let third = Round {
            announced_on: date(year, 11, 21),
            opens_on: date(year, 12, 10),
            closes_on: date(year, 12, 24),
            says: |number| match number % 5 {
                0 | 2 => Some(Choice::For),
                4 => Some(Choice::Against),
                _ => None,
            },
        };
        if let Some(company) = self.begin(company(), &third).await? {
            self.vote(company, &third).await?;
        }
        Ok(())
    }

    /// An operation at nine on a day; `None` when the visitor comes in before.
    fn op(&self, kind: OfficeKind, day: Date) -> Result<Option<Op>, Stop> {
        let at = Instant::at(day.at(9, 20, 0, 0));
        if at > self.until {
            return Ok(None);
        }
        let place = match kind {
            OfficeKind::CommunityOfficer => self.branch.at(Level::Community).ok_or(Stop::Missing)?,
            _ => self.branch.clone(),
        };
        self.roll.op(self.floor, kind, &place, 0, at).map(Some)
    }

    /// Prepares a poll with its register, ten days before it is announced.
    async fn begin(&self, words: Words, round: &Round) -> Result<Option<PollId>, Stop> {
        let day = days_after(round.announced_on, -10);
        let Some(secretary) = self.op(OfficeKind::BranchSecretary, day)? else { return Ok(None) };
        let compounds = places::compounds_of(self.floor.db.reader(), std::slice::from_ref(&self.branch)).await?;
        let Some(compound) = compounds.first() else { return Ok(None) };
        let units = units();
        let counted: u64 =
            units.iter().filter(|unit| unit.usage.counts(Parking::NotCounted)).map(|unit| unit.area).sum();
        let draft = PollDraft {
            compound: compound.id.0,
            title: words.title.to_owned(),
            matter: words.matter,
            text: words.text.to_owned(),
            convener: format!("{}业主委员会", compound.name),
            nature: words.nature,
            parking: Parking::NotCounted,
            declared_area: i64::try_from(counted).unwrap_or(i64::MAX),
            opens_on: round.opens_on,
            closes_on: round.closes_on,
        };
        let id = prepare_poll(&secretary, &self.branch, draft).await?;
        let version = preview_register(&secretary, id, &units).await?;
        confirm_register(&secretary, id, version).await?;
        Ok(Some(id))
    }

    async fn redate(&self, secretary: &Op, id: PollId, round: &Round) -> Result<(), Stop> {
        let (draft, version) = poll_draft(secretary, id).await?;
        let draft = PollDraft { opens_on: round.opens_on, closes_on: round.closes_on, ..draft };
        edit_poll(secretary, id, draft, version).await
    }

    /// From the frozen register to the file; answers whether it came so far.
    async fn vote(&self, id: PollId, round: &Round) -> Result<bool, Stop> {
        let Some(secretary) = self.op(OfficeKind::BranchSecretary, round.announced_on)? else { return Ok(false) };
        freeze_poll(&secretary, id).await?;
        let Some(community) = self.op(OfficeKind::CommunityOfficer, round.announced_on)? else { return Ok(false) };
        announce_poll(&community, id).await?;
        if !self.collect(&secretary, id, round).await? {
            return Ok(false);
        }
        let over = days_after(round.closes_on, 1);
        let Some(community) = self.op(OfficeKind::CommunityOfficer, over)? else { return Ok(false) };
        draw_calls(&community, id).await?;
        for (index, call) in calls_of(&community, id).await?.1.into_iter().enumerate() {
            let result = if index == 2 { CallResult::NotReached } else { CallResult::Confirmed };
            record_call(&community, id, call.row.id.0, result, "").await?;
        }
        let Some(secretary) = self.op(OfficeKind::BranchSecretary, days_after(over, 1))? else { return Ok(false) };
        tally_poll(&secretary, id).await?;
        publish_poll(&secretary, id).await?;
        let Some(secretary) = self.op(OfficeKind::BranchSecretary, days_after(over, 12))? else { return Ok(false) };
        file_poll(&secretary, id, days_after(over, 12), "桂山街道办事处").await?;
        Ok(true)
    }

    /// Enters the ballots, some every day; answers whether the last day has gone.
    async fn collect(&self, secretary: &Op, id: PollId, round: &Round) -> Result<bool, Stop> {
        let lines = owners_of_poll(secretary, id).await?.1;
        let known: Vec<_> = units().iter().map(TypedUnit::unit).collect();
        let owners =
            owners_of(&known, Parking::NotCounted).map_err(|_| Stop::fault("the demo's register is doubtful"))?;
        for (index, (line, owner)) in lines.iter().zip(&owners).enumerate() {
            let Some(choice) = (round.says)(index).filter(|_| owner.area > 0) else { continue };
            let day = days_after(round.opens_on, i64::try_from(index % 10).unwrap_or(0));
            let Some(secretary) = self.op(OfficeKind::BranchSecretary, day)? else { continue };
            if index % 6 == 5 && owner.kind == OwnerKind::Person {
                let code =
                    issue_code(&secretary, id, line.row.id.0, IdentityProof::IdCard, &SlipForm::default()).await?;
                let ballot = OnlineBallot { code: Some(code), name: owner.names.clone(), choice, once: String::new() };
                cast_ballot(&secretary, id, &ballot).await?;
                continue;
            }
            let channel = match index % 6 {
                0 => BallotChannel::Telephone,
                1 | 2 => BallotChannel::Paper,
                3 => BallotChannel::Window,
                _ => BallotChannel::DoorToDoor,
            };
            let witness = if channel == BallotChannel::Telephone { "网格员小张" } else { "" };
            let new = NewBallot {
                choice,
                channel,
                cast_on: day,
                signed_name: owner.names.clone(),
                collector: "楼栋长老周".to_owned(),
                witness: witness.to_owned(),
            };
            record_ballot(&secretary, id, line.row.id.0, new, None).await?;
        }
        Ok(self.op(OfficeKind::BranchSecretary, days_after(round.closes_on, 1))?.is_some())
    }
}

fn days_after(day: Date, days: i64) -> Date {
    Instant::start_of(day).plus_days(days).date()
}

/// What is voted on.
struct Words {
    title: &'static str,
    matter: Matter,
    text: &'static str,
    nature: Nature,
}

const fn club_room() -> Words {
    Words {
        title: "把闲置自行车棚改建为居民活动室",
        matter: Matter::CommonParts,
        text: "同意把 2 栋北侧闲置自行车棚（共有部分，86 平方米）改为居民活动室，改造费用 4.8 万元从公共收益列支。",
        nature: Nature::Named,
    }
}

const fn company() -> Words {
    Words {
        title: "续聘物业服务企业三年",
        matter: Matter::PropertyCompany,
        text: "同意续聘现有物业服务企业三年，物业费标准不变，增加每季度公布收支的条款。",
        nature: Nature::Secret,
    }
}

/// Forty-eight flats, three shops and four parking spaces; one owner has two flats, and some flats have two owners.
fn units() -> Vec<TypedUnit> {
    let mut units = Vec::new();
    for (building, name) in BUILDINGS.iter().enumerate() {
        for flat in 0..2 * FLOORS {
            let number = building * 2 * FLOORS + flat;
            units.push(flat_of(name, flat, number));
        }
    }
    for (number, (names, kind, area)) in [
        ("新平县供销合作社", OwnerKind::Body, 21_060_u64),
        ("桂山好运来餐饮有限公司", OwnerKind::Body, 18_040),
        ("白永康", OwnerKind::Person, 6_600),
    ]
    .into_iter()
    .enumerate()
    {
        units.push(TypedUnit {
            building: "商铺".to_owned(),
            room: (number + 1).to_string(),
            usage: UnitUse::Business,
            area,
            kind,
            names: names.to_owned(),
            phone: String::new(),
            key: String::new(),
        });
    }
    for number in 1..=4 {
        units.push(TypedUnit {
            building: "车位".to_owned(),
            room: format!("A{number:02}"),
            usage: UnitUse::Parking,
            area: 1_272,
            kind: OwnerKind::Person,
            names: name(number),
            phone: phone(number),
            key: String::new(),
        });
    }
    units
}

/// A flat.
fn flat_of(building: &str, flat: usize, number: usize) -> TypedUnit {
    // The owner of the second flat has the third one too.
    let owner = if number == 2 { 1 } else { number };
    let names = match number % 4 {
        3 => format!("{}、{}", name(owner), name(owner + 60)),
        _ => name(owner),
    };
    TypedUnit {
        building: building.to_owned(),
        room: format!("{}0{}", flat / 2 + 1, flat % 2 + 1),
        usage: UnitUse::Home,
        area: [8_856, 10_240, 9_615, 12_008][number % 4],
        kind: OwnerKind::Person,
        names,
        phone: phone(owner),
        key: String::new(),
    }
}

fn name(number: usize) -> String {
    let surname = SURNAMES.get(number % SURNAMES.len()).copied().unwrap_or_default();
    let given = GIVEN.get(number / 3 % GIVEN.len()).copied().unwrap_or_default();
    format!("{surname}{given}")
}

/// A number that nobody has.
fn phone(number: usize) -> String {
    format!("1990000{:04}", number + 1)
}
