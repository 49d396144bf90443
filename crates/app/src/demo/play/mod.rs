//! A season played through the deeds that people call, in the order of time.
//!
//! [`schedule`] says who does what when; this file does it until the day the visitor comes in.

mod companies;
mod county;
mod deliberations;
mod disputes;
mod levels;
mod life;
mod money;
mod polls;
mod schedule;
mod service;
mod units;
mod voices;

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    ids::{ApplicationId, NoticeId, ObjectionId, SeasonId, SubmissionId},
    permission::OfficeKind,
    place::{Level, PlaceCode},
    selection::parameters::Parameters,
};
use platform::{act::Op, error::Stop, floor::Floor};

use super::officers::Roll;
use crate::{places, selection};

pub(super) use companies::supervise;
pub(super) use deliberations::deliberate;
pub(super) use life::live;
pub(super) use polls::decide;
use schedule::{Move, schedule};
pub(super) use units::open_doors;

/// A season being played.
pub(super) struct Play<'a> {
    floor: &'a Floor,
    roll: &'a Roll,
    county: PlaceCode,
    streets: Vec<PlaceCode>,
    branches: Vec<PlaceCode>,
    year: i16,
    parameters: Parameters,
    season: Option<SeasonId>,
    applications: BTreeMap<usize, ApplicationId>,
    notice: Option<NoticeId>,
    objections: Vec<ObjectionId>,
}

/// Plays the season of `year` until `until`.
pub(super) async fn play(floor: &Floor, roll: &Roll, year: i16, until: Instant) -> Result<(), Stop> {
    let county = super::county()?;
    let found = places::branches_under(floor.db.reader(), &county).await?;
    let branches: Vec<PlaceCode> = found.into_iter().map(|branch| branch.place.code.0).collect();
    let mut streets: Vec<PlaceCode> = branches.iter().filter_map(|branch| branch.at(Level::Street)).collect();
    streets.dedup();
    let mut play = Play {
        floor,
        roll,
        county,
        streets,
        branches,
        year,
        parameters: county::parameters(year),
        season: None,
        applications: BTreeMap::new(),
        notice: None,
        objections: Vec::new(),
    };
    for (at, step) in schedule(year, play.branches.len()) {
        if at > until {
            break;
        }
        play.step(step, at).await?;
    }
    Ok(())
}

impl Play<'_> {
    async fn step(&mut self, step: Move, at: Instant) -> Result<(), Stop> {
        match step {
            Move::Open => self.open(at).await,
            Move::Draft(branch) => self.draft(branch, at).await,
            Move::Submit(branch) => self.submit(branch, at).await,
            Move::Return(branch) => self.check(branch, false, at).await,
            Move::Pass(branch) => self.check(branch, true, at).await,
            Move::Assess(branch, assessor) => self.assess(branch, assessor, at).await,
            Move::Screen(branch) => self.screen(branch, at).await,
            Move::Recommend(street) => self.recommend(street, at).await,
            Move::Reply(unit) => self.reply(unit, at).await,
            Move::Opine => self.opine(at).await,
            Move::Consult => self.consult(at).await,
            Move::Hear => self.hear(at).await,
            Move::Decide => self.decide(at).await,
            Move::Publish => self.publish(at).await,
            Move::Object => self.object(at).await,
            Move::Verify => self.verify(at).await,
            Move::Confirm => self.confirm(at).await,
            Move::Commend => self.commend(at).await,
            Move::PlanMoney => self.plan_money(at).await,
            Move::Prepare => self.prepare(at).await,
            Move::Approve => self.approve(at).await,
            Move::Pay => self.pay(at).await,
            Move::SendBack => self.send_back(at).await,
            Move::Receive => self.receive(at).await,
        }
    }

    /// An operation of the `index`-th officer of `kind` at `place`.
    fn op(&self, kind: OfficeKind, place: &PlaceCode, index: usize, at: Instant) -> Result<Op, Stop> {
        self.roll.op(self.floor, kind, place, index, at)
    }

    fn season(&self) -> Result<SeasonId, Stop> {
        self.season.ok_or_else(|| Stop::fault("the play has no season yet"))
    }

    fn branch(&self, index: usize) -> Result<PlaceCode, Stop> {
        self.branches.get(index).cloned().ok_or_else(|| Stop::fault("the play has no such branch"))
    }

    fn application(&self, index: usize) -> Result<ApplicationId, Stop> {
        self.applications.get(&index).copied().ok_or_else(|| Stop::fault("the play has no such application"))
    }

    /// The version that lies on everybody's screen.
    async fn seen(&self, id: ApplicationId) -> Result<SubmissionId, Stop> {
        let row = selection::application(self.floor.db.reader(), id).await?.ok_or(Stop::Missing)?;
        row.submission_id
            .map(|id| id.0)
            .ok_or_else(|| Stop::fault("the play looks at an application before it is submitted"))
    }
}
