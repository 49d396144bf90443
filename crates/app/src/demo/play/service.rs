//! What the members of a branch do for their compound in a year: activities, posts, wishes, reports.

use std::collections::BTreeMap;

use domain::{
    activity::{ActivityKind, Audience},
    clock::Instant,
    ids::MembershipId,
    permission::OfficeKind,
    points::ItemCode,
    service::{PostKind, PostState, WishState},
};
use jiff::civil::{Date, date};
use platform::{act::Op, error::Stop, floor::Floor};

use super::life::Life;
use crate::{
    activities::{NewActivity, Summary, WhenAndWhere, plan_activity, publish_activity, sum_up_activity},
    demo::officers::Roll,
    people::verify_members,
    points::{NewEntry, propose_by_hand},
    service::{
        NewPost, NewReport, NewWish, claim_post, claim_wish, claims_of_member, confirm_kept, confirm_wish, finish_wish,
        publish_wish, set_up_post, wishes_of, write_report,
    },
};

/// What a branch does in a month besides its meetings: the kind, how long in hundredths of an hour, and what it was.
const ACTIVITIES: &[(ActivityKind, i64, &str)] = &[
    (ActivityKind::Service, 200, "清扫楼道和公共绿地"),
    (ActivityKind::Service, 300, "敬老助残上门服务"),
    (ActivityKind::Culture, 200, "邻里节文艺演出"),
    (ActivityKind::Service, 400, "社区核酸检测点志愿服务"),
    (ActivityKind::Mediation, 100, "调解邻里漏水纠纷"),
    (ActivityKind::Service, 250, "文明养犬劝导"),
    (ActivityKind::SkillTalk, 150, "用电安全小课堂"),
    (ActivityKind::Emergency, 300, "极端天气应急值守"),
    (ActivityKind::Service, 200, "上下学路口护学"),
];

/// The posts of a branch.
const POSTS: &[(PostKind, &str, &str)] = &[
    (PostKind::Post, "政策宣传岗", "宣讲政策，收集意见"),
    (PostKind::Post, "环境卫生岗", "巡查楼道和绿地，劝导乱堆乱放"),
    (PostKind::Team, "便民维修服务队", "水电维修、家电检修"),
];

const WISHES: &[(&str, &str)] = &[
    ("给独居老人换灯泡", "换了节能灯，老人很满意"),
    ("想要一副老花镜", "已配好送到家里"),
    ("教老人用手机挂号", "教了两次，已经会用"),
    ("孩子放学没人接", "安排党员轮流接送两周"),
];

const REPORT: &str = "按时参加组织生活，积极参加小区服务，主动为邻里办实事。";

impl Life<'_> {
    /// Some members serve, others each month.
    pub(super) async fn serve(&self, day: Date, month: usize) -> Result<(), Stop> {
        let members = self.every(3, month, day);
        if members.is_empty() {
            return Ok(());
        }
        let index = self.index + month;
        // Every fifth time a problem is reported instead, which is entered by hand.
        if index.is_multiple_of(5) {
            return self.report_problem(day, members, index.is_multiple_of(10)).await;
        }
        let (kind, hours, title) = ACTIVITIES.get(index % ACTIVITIES.len()).copied().unwrap_or(ACTIVITIES[0]);
        let before = self.at(day.yesterday().unwrap_or(day), 10);
        let new = NewActivity {
            kind,
            title: title.to_owned(),
            text: String::new(),
            at: WhenAndWhere { starts_at: self.begins(day), hours, venue: "小区".to_owned(), capacity: None },
            audiences: Vec::new(),
            audience: String::new(),
            is_with_service: false,
        };
        let op = self.op(OfficeKind::BranchSecretary, before)?;
        let id = plan_activity(&op, &self.branch, new).await?;
        publish_activity(&op, id).await?;
        let summary = Summary {
            came: members.into_iter().map(|member| (member, hours)).collect::<BTreeMap<_, _>>(),
            text: format!("{title}按计划完成。"),
            residents: Some(30),
            ..Summary::default()
        };
        sum_up_activity(&self.op(OfficeKind::BranchSecretary, self.at(day, 18))?, id, summary).await.map(drop)
    }

    async fn report_problem(&self, day: Date, members: Vec<MembershipId>, is_solved: bool) -> Result<(), Stop> {
        let (item, note) = if is_solved { ("P13", "修好楼道照明") } else { ("P07", "反映楼道照明损坏") };
        let new = NewEntry {
            members: members.into_iter().take(3).collect(),
            item: ItemCode::standard(item),
            quantity: 100,
            occurred_on: day,
            note: note.to_owned(),
            document: String::new(),
            notified_on: None,
        };
        let op = self.op(OfficeKind::BranchSecretary, self.at(day, 18))?;
        propose_by_hand(&op, &self.branch, new).await.map(drop)
    }

    /// Posts are set up in spring and taken on; half a year later those who kept them are noted.
    pub(super) async fn take_posts(&self, year: i16) -> Result<(), Stop> {
        let op = self.op(OfficeKind::BranchSecretary, self.at(date(year, 2, 8), 10))?;
        for (number, (kind, title, duty)) in POSTS.iter().enumerate() {
            let new = NewPost {
                kind: *kind,
                title: (*title).to_owned(),
                duty: (*duty).to_owned(),
                places: None,
                state: PostState::Open,
            };
            let post = set_up_post(&op, &self.branch, new).await?;
            for member in self.members_on(date(year, 2, 8)).into_iter().skip(number * 2).take(2) {
                claim_post(&op, post, member).await?;
            }
        }
        Ok(())
    }

    /// Half a year of the posts was kept.
    pub(super) async fn keep_posts(&self, day: Date) -> Result<(), Stop> {
        let op = self.op(OfficeKind::BranchSecretary, self.at(day, 11))?;
        for member in self.members_on(day).into_iter().take(POSTS.len() * 2) {
            for (claim, _) in claims_of_member(self.floor.db.reader(), member).await? {
                confirm_kept(&op, claim.id.0).await?;
            }
        }
        Ok(())
    }

    /// A resident's wish: published, taken on, done, confirmed by an officer.
    pub(super) async fn fulfil(&self, day: Date, month: usize) -> Result<(), Stop> {
        let Some(member) = self.members_on(day).get(month).copied() else { return Ok(()) };
        let (title, note) = WISHES.get((self.index + month) % WISHES.len()).copied().unwrap_or(WISHES[0]);
        let op = self.op(OfficeKind::BranchSecretary, self.at(day, 8))?;
        let new = NewWish { title: title.to_owned(), body: String::new(), asker: String::new() };
        publish_wish(&op, &self.branch, new).await?;
        let open = wishes_of(self.floor.db.reader(), &self.branch, &[WishState::Published]).await?;
        let Some(wish) = open.first() else { return Ok(()) };
        claim_wish(&op, wish.id.0, member).await?;
        finish_wish(&op, wish.id.0, note).await?;
        // Nobody confirms what they did themselves, or approves the points they proposed by it.
        let is_own = self.own.contains(&member);
        let kind = if is_own { OfficeKind::BranchSecretary } else { OfficeKind::CommunityOfficer };
        confirm_wish(&self.op(kind, self.at(day, 19))?, wish.id.0).await.map(drop)
    }

    /// The secretary goes through the roll; a few lines are left for another day, as they are.
    pub(super) async fn look_through(&self, day: Date) -> Result<(), Stop> {
        let left = self.index % 4;
        let looked: Vec<MembershipId> = self.members_on(day).into_iter().skip(left).collect();
        let op = self.op(OfficeKind::BranchSecretary, self.at(day, 15))?;
        if looked.is_empty() { Ok(()) } else { verify_members(&op, &self.branch, &looked).await }
    }

    /// Every fifth member has reported already; the others still have their to-do.
    pub(super) async fn report(&self, year: i16) -> Result<(), Stop> {
        let op = self.op(OfficeKind::BranchSecretary, self.at(date(year, 12, 12), 10))?;
        for member in self.every(5, 0, date(year, 12, 12)) {
            let new =
                NewReport { body: REPORT.to_owned(), plan: "继续参加小区服务。".to_owned(), is_sent: true };
            write_report(&op, member, year, new).await?;
        }
        Ok(())
    }

    /// Every `number`-th member, others for each `offset`.
    fn every(&self, number: usize, offset: usize, day: Date) -> Vec<MembershipId> {
        let chosen = (0..).zip(self.members_on(day)).filter(|(member, _)| (member + offset).is_multiple_of(number));
        chosen.map(|(_, id)| id).collect()
    }
}

/// The county's two training sessions of the year (培训≥2期).
pub(super) async fn train(floor: &Floor, roll: &Roll, year: i16, until: Instant) -> Result<(), Stop> {
    let county = crate::demo::county()?;
    let op = |at| -> Result<Op, Stop> { roll.op(floor, OfficeKind::CountyOrgDept, &county, 0, at) };
    for (day, title) in
        [(date(year, 4, 20), "小区党支部书记培训班（第一期）"), (date(year, 9, 21), "小区党支部书记培训班（第二期）")]
    {
        let at = |hour| Instant::at(day.at(hour, 0, 0, 0));
        if at(18) > until {
            break;
        }
        let new = NewActivity {
            kind: ActivityKind::Training,
            title: title.to_owned(),
            text: "学习业务知识，交流治理经验。".to_owned(),
            at: WhenAndWhere { starts_at: at(9), hours: 600, venue: "县委党校".to_owned(), capacity: None },
            audiences: vec![Audience::Secretaries, Audience::Owners, Audience::Stewards],
            audience: String::new(),
            is_with_service: false,
        };
        let id = plan_activity(&op(at(7))?, &county, new).await?;
        publish_activity(&op(at(8))?, id).await?;
        let summary = Summary {
            text: "各支部书记、业委会成员和楼栋长参加。".to_owned(),
            owners: Some(60),
            stewards: Some(90),
            ..Summary::default()
        };
        sum_up_activity(&op(at(17))?, id, summary).await?;
    }
    Ok(())
}
