//! A year in the life of every branch: its catalogue, its meetings, its service, what its residents say, and the points.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::Instant,
    ids::{MembershipId, PointsEntryId},
    meeting::{Gathering, Matter, MeetingKind, Presence, Standing},
    members::MemberState,
    organisation::PartyGroup,
    permission::OfficeKind,
    place::{Level, PlaceCode},
};
use jiff::civil::{Date, date};
use platform::{act::Op, db::column::Int, error::Stop, floor::Floor};

use super::service;
use crate::{
    demo::officers::Roll,
    meetings::{
        Attendee, NewMeeting, NewTopic, Outcome, Votes, close_meeting, convene_meeting, publish_meeting, topics_of,
    },
    people::{self, group_members},
    places,
    points::{self, Adoption, adopt_catalogue, approve_entries, check_catalogue, draft_catalogue, submit_catalogue},
    resolutions,
};

/// The day of the first general meeting of the year, which adopts the catalogue.
const fn first_meeting(year: i16) -> Date {
    date(year, 1, 10)
}

/// One branch in so many meets in groups too.
const MEETS_IN_GROUPS: usize = 9;
/// How many groups it has.
const GROUPS: i64 = 3;

/// Plays `year` in every branch of the county until `until`.
pub(in crate::demo) async fn live(floor: &Floor, roll: &Roll, year: i16, until: Instant) -> Result<(), Stop> {
    let county = crate::demo::county()?;
    service::train(floor, roll, year, until).await?;
    for (index, branch) in places::branches_under(floor.db.reader(), &county).await?.into_iter().enumerate() {
        let life = Life::of(floor, roll, branch.place.code.0, index, until).await?;
        let Some(mut life) = life else { continue };
        if !life.is_past(date(year, 1, 11)) {
            continue;
        }
        life.adopt(year).await?;
        if index.is_multiple_of(MEETS_IN_GROUPS) {
            life.form_groups(date(year, 1, 11)).await?;
        }
        for month in 1..=12 {
            life.month(year, month).await?;
        }
        life.speak_up(until).await?;
        life.quarrel_lately(until).await?;
        if life.is_past(date(year, 12, 12)) {
            life.report(year).await?;
        }
    }
    Ok(())
}

/// One branch with those who keep it.
pub(super) struct Life<'a> {
    pub(super) floor: &'a Floor,
    roll: &'a Roll,
    pub(super) branch: PlaceCode,
    pub(super) index: usize,
    /// The moment the visitor comes in.
    until: Instant,
    lines: Vec<people::Membership>,
    /// The lines of the committee member's name in the roll, whose points somebody else approves.
    pub(super) own: Vec<MembershipId>,
}

impl<'a> Life<'a> {
    /// `None` for a branch that has not two people to keep it.
    pub(super) async fn of(
        floor: &'a Floor,
        roll: &'a Roll,
        branch: PlaceCode,
        index: usize,
        until: Instant,
    ) -> Result<Option<Self>, Stop> {
        let Some(committee) = roll.all(OfficeKind::BranchCommittee, &branch).first() else { return Ok(None) };
        let members = people::memberships_under(floor.db.reader(), &branch).await?;
        let persons = people::persons_of(floor.db.reader(), members.iter().map(|member| member.id.0)).await?;
        let own = persons.iter().filter(|(_, person)| person.name == committee.name).map(|(id, _)| *id).collect();
        Ok(Some(Self { floor, roll, branch, index, until, lines: members, own }))
    }

    /// Who is in the roll on a day.
    pub(super) fn members_on(&self, day: Date) -> Vec<MembershipId> {
        self.lines.iter().filter(|line| line.is_in_roll_on(day)).map(|line| line.id.0).collect()
    }

    pub(super) fn is_past(&self, day: Date) -> bool {
        self.at(day, 23) <= self.until
    }

    /// When people are asked to come: on the hour or half past.
    pub(super) fn begins(&self, day: Date) -> Instant {
        Instant::at(day.at(9, if self.index.is_multiple_of(2) { 0 } else { 30 }, 0, 0))
    }

    pub(super) fn at(&self, day: Date, hour: i8) -> Instant {
        let minute = i8::try_from(self.index % 60).unwrap_or(0);
        Instant::at(day.at(hour, minute, 0, 0))
    }

    pub(super) fn op(&self, kind: OfficeKind, at: Instant) -> Result<Op, Stop> {
        let place = match kind {
            OfficeKind::CommunityOfficer => self.branch.at(Level::Community).ok_or(Stop::Missing)?,
            _ => self.branch.clone(),
        };
        self.roll.op(self.floor, kind, &place, 0, at)
    }

    /// The catalogue: drafted, checked, adopted by the first general meeting.
    async fn adopt(&self, year: i16) -> Result<(), Stop> {
        let secretary = |day, hour| self.op(OfficeKind::BranchSecretary, self.at(date(year, 1, day), hour));
        let id = draft_catalogue(&secretary(4, 9)?, &self.branch).await?;
        submit_catalogue(&secretary(4, 10)?, id).await?;
        check_catalogue(&self.op(OfficeKind::CommunityOfficer, self.at(date(year, 1, 6), 9))?, id).await?;
        let topic = NewTopic {
            title: format!("通过{year}年度党员积分明细"),
            text: "按县里的积分明细执行，年底结算。".to_owned(),
            matter: Matter::Catalogue,
            election: None,
        };
        let title = format!("{year}年第一季度支部党员大会");
        let mut topics = vec![topic];
        topics.extend(self.matter_to_resolve(first_meeting(year)));
        self.meet(Gathering::whole(MeetingKind::General), title, first_meeting(year), topics).await?;
        let resolution = resolutions::passed_on(self.floor.db.reader(), &self.branch, Matter::Catalogue).await?;
        let Some(resolution) = resolution.first() else {
            return Err(Stop::fault("the demo's branch did not pass its catalogue"));
        };
        let adoption = Adoption { resolution: Some(resolution.id.0), effective_from: date(year, 1, 11) };
        adopt_catalogue(&secretary(11, 9)?, id, adoption).await
    }

    /// A month: the committee meets, the members have their theme day, some serve, and it is all decided.
    async fn month(&self, year: i16, month: i8) -> Result<(), Stop> {
        let topic = |title: &str| NewTopic {
            title: title.to_owned(),
            text: String::new(),
            matter: Matter::Report,
            election: None,
        };
        let day = |day| date(year, month, day);
        let number = usize::try_from(month).unwrap_or(0);
        if !self.is_past(day(5)) {
            return Ok(());
        }
        let title = format!("{year}年{month}月支委会");
        self.meet(Gathering::whole(MeetingKind::Committee), title, day(5), vec![topic("研究当月工作")]).await?;
        for group in self.groups().into_iter().filter(|_| self.is_past(day(12))) {
            let title = format!("{year}年{month}月{}会", group.label());
            let who = Gathering { kind: MeetingKind::Group, group: Some(group) };
            self.meet(who, title, day(12), vec![topic("谈心谈话和本组党员服务情况")]).await?;
        }
        if matches!(month, 4 | 7 | 10) && self.is_past(day(8)) {
            let quarter = (month + 2) / 3;
            let title = format!("{year}年第{quarter}季度支部党员大会");
            let mut topics = vec![topic("本季度工作和下季度安排")];
            topics.extend(self.matter_to_resolve(day(8)));
            self.meet(Gathering::whole(MeetingKind::General), title, day(8), topics).await?;
        }
        if month == 2 && self.is_past(day(8)) {
            self.take_posts(year).await?;
        }
        if self.is_past(day(15)) {
            let title = format!("{year}年{month}月主题党日");
            self.meet(Gathering::whole(MeetingKind::ThemeDay), title, day(15), vec![topic("学习和志愿服务")]).await?;
        }
        if self.is_past(day(18)) {
            self.serve(day(18), number).await?;
        }
        if month == 8 && self.is_past(day(20)) {
            self.keep_posts(day(20)).await?;
        }
        if month % 3 == 1 && self.is_past(day(21)) {
            self.fulfil(day(21), number).await?;
        }
        // The slowest are done by then.
        if self.is_past(day(22)) {
            self.hear(day(10), number).await?;
        }
        if self.is_past(day(27)) {
            self.mediate(day(3), number).await?;
        }
        if matches!(month, 5 | 10) && self.is_past(day(22)) {
            self.look_through(day(22)).await?;
        }
        if self.is_past(day(24)) { self.decide(day(24)).await } else { Ok(()) }
    }

    /// Whether a member came on a day: most do, each on other days, the same in every play.
    fn presence(&self, member: usize, day: Date) -> Presence {
        let dice = (member * 7 + self.index * 3 + usize::try_from(day.day_of_year()).unwrap_or(0)) % 20;
        match dice {
            0..=15 => Presence::Present,
            16..=18 => Presence::Excused,
            _ => Presence::Absent,
        }
    }

    /// The members are put into groups of about the same size.
    async fn form_groups(&mut self, day: Date) -> Result<(), Stop> {
        let op = self.op(OfficeKind::BranchSecretary, self.at(day, 10))?;
        for number in 1..=GROUPS {
            let Ok(group) = PartyGroup::try_from(number) else { continue };
            let living = self.lines.iter_mut().filter(|line| line.state.0 == MemberState::Confirmed);
            let own = (0..GROUPS).cycle().zip(living).filter(|(turn, _)| *turn + 1 == number);
            let mut ids = Vec::new();
            for (_, line) in own {
                line.party_group = Some(Int(group));
                ids.push(line.id.0);
            }
            if !ids.is_empty() {
                group_members(&op, &self.branch, &ids, Some(group)).await?;
            }
        }
        Ok(())
    }

    /// The groups the members meet in, none in most branches.
    fn groups(&self) -> BTreeSet<PartyGroup> {
        self.lines.iter().filter_map(|line| line.group()).collect()
    }

    async fn meet(&self, who: Gathering, title: String, day: Date, topics: Vec<NewTopic>) -> Result<(), Stop> {
        let Gathering { kind, group } = who;
        let before = day.yesterday().unwrap_or(day);
        let op = self.op(OfficeKind::BranchSecretary, self.at(before, 9))?;
        let new =
            NewMeeting { kind, group, title, starts_at: self.begins(day), venue: "党群活动室".to_owned(), topics };
        let id = convene_meeting(&op, &self.branch, new).await?;
        publish_meeting(&op, id).await?;
        let outcome = Outcome {
            attendance: self.attendance(who, day).await?,
            votes: self.votes(id, day).await?,
            summary: "按议题逐项进行，情况已向全体党员通报。".to_owned(),
            ..Outcome::default()
        };
        close_meeting(&self.op(OfficeKind::BranchSecretary, self.at(day, 17))?, id, outcome).await?;
        Ok(())
    }

    async fn attendance(&self, who: Gathering, day: Date) -> Result<BTreeMap<Attendee, Presence>, Stop> {
        if who.kind != MeetingKind::Committee {
            let in_roll = self.lines.iter().filter(|line| line.is_in_roll_on(day));
            let called = in_roll.enumerate().filter(|(_, line)| who.calls(line.group()));
            return Ok(called.map(|(index, line)| (line.id.0.into(), self.presence(index, day))).collect());
        }
        let committee = people::committee_of(self.floor.db.reader(), &self.branch).await?;
        let members = people::memberships_under(self.floor.db.reader(), &self.branch).await?;
        let is_in = |id: &people::Membership| committee.iter().any(|(_, person)| person.id == id.person_id);
        Ok(members
            .iter()
            .filter(|member| is_in(member))
            .map(|member| (member.id.0.into(), Presence::Present))
            .collect())
    }

    /// Everybody who came and has a vote is for what is voted on.
    async fn votes(
        &self,
        id: domain::ids::MeetingId,
        day: Date,
    ) -> Result<BTreeMap<domain::ids::TopicId, Votes>, Stop> {
        let topics = topics_of(self.floor.db.reader(), id).await?;
        let voted = topics.into_iter().filter(|topic| topic.matter.0.vote().is_some());
        let has_vote = |line: &people::Membership| {
            let (kind, affiliation, is_without_vote) = (line.kind.0, line.affiliation.0, line.is_without_vote);
            Standing { kind, affiliation, is_without_vote }.votes_on(Matter::Opinion)
        };
        let in_roll = self.lines.iter().filter(|line| line.is_in_roll_on(day));
        let came = in_roll.enumerate().filter(|(index, _)| self.presence(*index, day) == Presence::Present);
        let yes = u32::try_from(came.filter(|(_, line)| has_vote(line)).count()).unwrap_or(0);
        Ok(voted.map(|topic| (topic.id.0, Votes { yes, no: 0, abstained: 0 })).collect())
    }

    /// The committee member decides, and the community where it is the committee member's own.
    async fn decide(&self, day: Date) -> Result<(), Stop> {
        let waiting = points::waiting_entries(self.floor.db.reader(), &self.branch, 1_000).await?;
        let (own, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, member)| self.own.contains(member));
        for (kind, lines) in [(OfficeKind::BranchCommittee, others), (OfficeKind::CommunityOfficer, own)] {
            let ids: Vec<PointsEntryId> = lines.into_iter().map(|(id, _)| id).collect();
            if !ids.is_empty() {
                approve_entries(&self.op(kind, self.at(day, 9))?, &self.branch, &ids).await?;
            }
        }
        Ok(())
    }
}
