//! What compounds deliberate on in a year: most matters are done by its end, some are being carried out, one waits for the
//! owners' vote.

use domain::{
    clock::Instant,
    deliberation::{DeliberationOrigin, DeliberationTopic, Party, Stance, ViewChannel},
    ids::DeliberationId,
    meeting::Matter as Topic,
    money::Fen,
    owners::Matter,
    permission::OfficeKind::BranchSecretary,
    voice::Satisfaction,
};
use jiff::civil::{Date, date};
use platform::{act::Op, actor::Actor, error::Stop, floor::Floor};

use super::life::Life;
use crate::{
    deliberations::{
        Acceptance, Announcement, NewMatter, NewMilestone, NewRating, NewSeat, NewSession, NewView, accept_work,
        announce_session, close_deliberation, enter_view, give_rating, give_view, keep_branch_opinion, link_poll,
        publish_decision, raise_deliberation, record_progress, record_session, take_up_deliberation, take_vote,
    },
    demo::officers::Roll,
    meetings::NewTopic,
    owner_votes::polls_on,
    places, resolutions,
};

/// How far a matter comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reaches {
    /// It is being carried out.
    Executing,
    /// It is done.
    Closed,
}

/// A matter with what is said and done about it.
struct Story {
    title: &'static str,
    text: &'static str,
    topic: DeliberationTopic,
    origin: DeliberationOrigin,
    vote: Option<Matter>,
    view: &'static str,
    result: &'static str,
    done: &'static str,
    amount: i64,
}

const STORIES: &[Story] = &[
    Story {
        title: "楼道照明改造",
        text: "楼道灯坏了近一半，老人夜里上下楼不安全。打算统一更换为声控灯，费用从公共收益列支，请大家提意见。",
        topic: DeliberationTopic::Facilities,
        origin: DeliberationOrigin::Residents,
        vote: None,
        view: "赞成，灯要亮一点，声音不要太灵敏，免得半夜一直亮。",
        result: "更换声控灯 48 盏，三家比价后由物业组织施工，费用从公共收益列支并张贴公布。",
        done: "48 盏声控灯全部装好，逐层试过。",
        amount: 384_000,
    },
    Story {
        title: "小区内部停车秩序",
        text: "早晚消防通道被占，业主多次反映。打算重新划线、登记车辆，请大家说说怎么停合适。",
        topic: DeliberationTopic::Parking,
        origin: DeliberationOrigin::Property,
        vote: None,
        view: "消防通道一定要留出来，来访车辆请停到东门外。",
        result: "消防通道一律不停车；重新划线 36 个车位，物业登记车牌，来访车辆停东门外。",
        done: "划线完成，消防通道禁停标志已立。",
        amount: 162_000,
    },
    Story {
        title: "电动车集中充电棚选址",
        text: "飞线充电有隐患。打算建一处集中充电棚，选在北门空地还是自行车棚旁，请大家提意见。",
        topic: DeliberationTopic::Facilities,
        origin: DeliberationOrigin::Branch,
        vote: None,
        view: "离楼远一点，晚上要有人管，收费要公开。",
        result: "充电棚建在北门空地，离楼 12 米，装烟感和摄像头，收费标准张贴公布。",
        done: "充电棚通过消防检查，开始使用。",
        amount: 560_000,
    },
    Story {
        title: "垃圾投放点调整",
        text: "3 栋旁的垃圾桶气味大，夏天扰民。打算改为定时定点投放，请大家提意见。",
        topic: DeliberationTopic::Environment,
        origin: DeliberationOrigin::Residents,
        vote: None,
        view: "上班族晚上才有空，投放时间要有晚上的。",
        result: "投放点移到西门内侧，早 6:30 到 9:00、晚 6:00 到 9:00 投放，物业每晚冲洗。",
        done: "新投放点启用，原点位清理干净。",
        amount: 96_000,
    },
];

/// What the first branch's owners vote on, with the names of its polls.
const CLUB_ROOM: Story = Story {
    title: "闲置自行车棚改建居民活动室",
    text: "2 栋北侧自行车棚（共有部分，86 平方米）长期闲置，打算改建为居民活动室，费用 4.8 万元从公共收益列支。",
    topic: DeliberationTopic::Renovation,
    origin: DeliberationOrigin::Residents,
    vote: Some(Matter::CommonParts),
    view: "赞成，老人小孩有个去处；关门时间要早，不要吵到 2 栋。",
    result: "同意改建为居民活动室，晚 9 点关门，由支部和物业共同管理；依法提请业主表决。",
    done: "墙面、灯具、桌椅安装完毕。",
    amount: 4_760_000,
};

const COMPANY: Story = Story {
    title: "续聘物业服务企业",
    text: "现有物业服务合同年底到期，打算续聘三年，物业费标准不变，增加每季度公布收支的条款。",
    topic: DeliberationTopic::Property,
    origin: DeliberationOrigin::Committee,
    vote: Some(Matter::PropertyCompany),
    view: "续聘可以，保洁要加强，收支一定要公布。",
    result: "同意续聘三年，合同写明每季度公布收支、每年考评；依法提请业主表决。",
    done: "",
    amount: 0,
};

/// Days from raising a matter to the general meeting that resolves on it.
const TO_MEETING: i64 = 8;

/// Plays the matters of the county that were raised until `until`; the general meetings of the year have resolved on them.
pub(in crate::demo) async fn deliberate(floor: &Floor, roll: &Roll, year: i16, until: Instant) -> Result<(), Stop> {
    let county = crate::demo::county()?;
    for (index, branch) in places::branches_under(floor.db.reader(), &county).await?.into_iter().enumerate() {
        let Some(life) = Life::of(floor, roll, branch.place.code.0, index, until).await? else { continue };
        for meeting in meetings(year) {
            if let Some(story) = life.story_of(meeting) {
                life.deliberate(story, after(meeting, -TO_MEETING)).await?;
            }
        }
    }
    Ok(())
}

/// The days of the general meetings.
fn meetings(year: i16) -> [Date; 4] {
    [date(year, 1, 10), date(year, 4, 8), date(year, 7, 8), date(year, 10, 8)]
}

fn after(day: Date, days: i64) -> Date {
    Instant::start_of(day).plus_days(days).date()
}

impl Life<'_> {
    /// The matter on which the general meeting of a day resolves, if there is one: some branches have four a year, most one or
    /// two. The first has two that are its owners' to decide.
    fn story_of(&self, meeting: Date) -> Option<&'static Story> {
        let quarter = meetings(meeting.year()).iter().position(|day| *day == meeting)?;
        match (self.index, self.index % 10, quarter) {
            (0, _, 0) => Some(&CLUB_ROOM),
            (0, _, 3) => Some(&COMPANY),
            (_, 0 | 7, _) | (_, 2 | 5, 1 | 2) | (_, 3, 3) => STORIES.get((self.index + quarter) % STORIES.len()),
            _ => None,
        }
    }

    /// The topic on which the general meeting of a day resolves, if there is one.
    pub(super) fn matter_to_resolve(&self, meeting: Date) -> Option<NewTopic> {
        self.story_of(meeting).map(|story| NewTopic {
            title: format!("对“{}”的意见", story.title),
            text: story.text.to_owned(),
            matter: Topic::Compound,
            election: None,
        })
    }

    async fn deliberate(&self, story: &Story, start: Date) -> Result<(), Stop> {
        let Some(id) = self.come_together(story, start).await? else { return Ok(()) };
        let day = match story.vote {
            None => after(start, TO_MEETING + 7),
            Some(_) if self.was_voted(story, id, start.year()).await? => date(start.year(), 7, 14),
            Some(_) => return Ok(()),
        };
        let reaches = if start.month() >= 9 { Reaches::Executing } else { Reaches::Closed };
        self.carry_out(story, id, day, reaches).await
    }

    /// From being raised to the session; `None` when the visitor comes in before.
    async fn come_together(&self, story: &Story, start: Date) -> Result<Option<DeliberationId>, Stop> {
        if !self.is_past(start) {
            return Ok(None);
        }
        let secretary = |days: i64| self.op(BranchSecretary, self.at(after(start, days), 10));
        let compounds = places::compounds_of(self.floor.db.reader(), std::slice::from_ref(&self.branch)).await?;
        let Some(compound) = compounds.first() else { return Ok(None) };
        let new = NewMatter {
            compound: compound.id.0,
            topic: story.topic,
            origin: story.origin,
            vote: story.vote,
            voice: None,
            title: story.title.to_owned(),
            text: story.text.to_owned(),
        };
        let id = raise_deliberation(&secretary(0)?, &self.branch, new).await?;
        take_up_deliberation(&secretary(0)?, id, after(start, 7)).await?;
        if !self.is_past(after(start, 13)) {
            return Ok(None);
        }
        let view = |words: &str, name: &str| NewView { words: words.to_owned(), name: name.to_owned() };
        give_view(&secretary(2)?, id, view(story.view, "")).await?;
        let told = view("没有意见，支持支部牵头办。", "普大妈");
        enter_view(&secretary(3)?, id, told, ViewChannel::Visit).await?;
        let passed = resolutions::passed_on(self.floor.db.reader(), &self.branch, Topic::Compound).await?;
        let Some(resolution) = passed.iter().find(|passed| passed.decided_on.0 == after(start, TO_MEETING)) else {
            return Ok(None);
        };
        keep_branch_opinion(&secretary(9)?, id, resolution.id.0).await?;
        let new = Announcement {
            on: after(start, 13), time: "晚上7点30分".to_owned(), venue: "红色议事厅".to_owned()
        };
        announce_session(&secretary(9)?, id, new).await?;
        record_session(&self.op(BranchSecretary, self.at(after(start, 13), 21))?, id, self.session(story)).await?;
        Ok(Some(id))
    }

    fn session(&self, story: &Story) -> NewSession {
        let seat = |party, names: &str, stance, words: &str| NewSeat {
            party,
            names: names.to_owned(),
            stance,
            words: words.to_owned(),
        };
        let is_doubtful = self.index.is_multiple_of(3);
        let property = if is_doubtful { "同意，请业主配合施工。" } else { "同意，按商定的办。" };
        let committee = if is_doubtful { Stance::Conditional } else { Stance::For };
        let condition = if is_doubtful { "每笔费用要张贴公布，才同意列支。" } else { "同意。" };
        NewSession {
            chair: "支部书记".to_owned(),
            seats: vec![
                seat(Party::Branch, "支部书记、支部委员", Stance::For, "按支部党员大会的意见办。"),
                seat(Party::Committee, "业委会主任", committee, condition),
                seat(Party::Property, "物业项目经理", Stance::For, property),
                seat(Party::Residents, "普大妈、白师傅、李老师、周阿姨", Stance::For, "早办早好。"),
            ],
            is_agreed: true,
            result: story.result.to_owned(),
            dissent: if is_doubtful { "业委会要求每笔费用张贴公布。" } else { "无" }.to_owned(),
            next_owner: "物业服务企业".to_owned(),
        }
    }

    /// From the published decision to its end.
    async fn carry_out(&self, story: &Story, id: DeliberationId, day: Date, reaches: Reaches) -> Result<(), Stop> {
        let secretary = |days: i64| self.op(BranchSecretary, self.at(after(day, days), 10));
        let is_past = |days: i64| self.is_past(after(day, days));
        if !is_past(0) {
            return Ok(());
        }
        let decision = format!("红色议事厅商定：{}", story.result);
        publish_decision(&secretary(0)?, id, &decision, "小区公示栏和业主委员会账册").await?;
        let milestone = |days: i64, words: &str, amount: Option<Fen>| NewMilestone {
            on: after(day, days),
            words: words.to_owned(),
            amount,
            photos: Vec::new(),
        };
        if is_past(10) {
            record_progress(&secretary(10)?, id, milestone(10, "已比价、定下施工队，材料进场。", None)).await?;
        }
        if reaches == Reaches::Closed && is_past(30) {
            record_progress(&secretary(25)?, id, milestone(25, story.done, Some(Fen(story.amount)))).await?;
            let accepted = Acceptance {
                on: after(day, 26),
                by: "业委会和居民代表".to_owned(),
                words: "现场看过，符合决定。".to_owned(),
                rates_until: after(day, 29),
            };
            accept_work(&secretary(26)?, id, accepted).await?;
            self.are_rated(id, day).await?;
            close_deliberation(&secretary(30)?, id, "居民反映好，以后由物业负责管护。").await?;
        }
        Ok(())
    }

    /// Neighbours say what they think of what was done: most are content, not all.
    async fn are_rated(&self, id: DeliberationId, day: Date) -> Result<(), Stop> {
        use Satisfaction::{Bad, Fair, Good};
        let said =
            [(Good, "亮堂多了。"), (Good, ""), (Good, ""), (Fair, "施工时有点吵。"), (Good, ""), (Bad, "等得太久。")];
        for (hour, (said, words)) in (10..).zip(said) {
            let visitor = Op::at(self.floor, Actor::Visitor, self.at(after(day, 27), hour));
            give_rating(&visitor, id, NewRating { said, words: words.to_owned() }).await?;
        }
        Ok(())
    }

    /// The owners decide on the matters of the first branch: on one their first vote fails, on the other they vote now.
    async fn was_voted(&self, story: &Story, id: DeliberationId, year: i16) -> Result<bool, Stop> {
        if story.vote == COMPANY.vote {
            self.link(id, story, 0, date(year, 11, 22)).await?;
            return Ok(false);
        }
        self.link(id, story, 0, date(year, 4, 12)).await?;
        let has_passed = self.link(id, story, 1, date(year, 7, 13)).await?;
        if has_passed {
            take_vote(&self.op(BranchSecretary, self.at(date(year, 7, 14), 9))?, id).await?;
        }
        Ok(has_passed)
    }

    /// Links the poll of a number, the oldest first; answers whether it came so far.
    async fn link(&self, id: DeliberationId, story: &Story, number: usize, day: Date) -> Result<bool, Stop> {
        if !self.is_past(after(day, 1)) {
            return Ok(false);
        }
        let (db, op) = (self.floor.db.reader(), self.op(BranchSecretary, self.at(day, 10))?);
        let compounds = places::compounds_of(db, std::slice::from_ref(&self.branch)).await?;
        let (Some(compound), Some(matter)) = (compounds.first(), story.vote) else { return Ok(false) };
        let polls = polls_on(db, &self.branch, compound.id.0, matter, op.now()).await?;
        let Some(poll) = polls.iter().rev().nth(number) else { return Ok(false) };
        link_poll(&op, id, poll.id).await?;
        Ok(true)
    }
}
