//! What residents say to a branch in a year, and what becomes of it.

use domain::{
    clock::Instant,
    permission::OfficeKind,
    voice::{Answer, Desk, Satisfaction, Solved, Term, VoiceChannel, VoiceKind, VoiceTopic},
};
use jiff::civil::Date;
use platform::{act::Op, actor::Actor, error::Stop};

use super::life::Life;
use crate::{
    places,
    voices::{
        Hands, NewPiece, NewVoice, Receipt, accept_voice, acknowledge_voice, call_back_voice, enter_voice,
        escalate_voice, file_voice, finish_voice, rate_voice, reopen_voice, reply_voice, split_voice,
    },
};

/// How a voice ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// The resident rates it by the code.
    Rated,
    /// The secretary asks the resident.
    Called,
    /// The community does it.
    Handed,
    /// The resident has it done again.
    Reopened,
}

/// What is said in a compound, where, and what was done.
const SAID: &[(VoiceKind, VoiceTopic, &str, &str, &str, Ending)] = &[
    (
        VoiceKind::Help,
        VoiceTopic::Repairs,
        "顶楼楼道下雨就漏水，墙皮都掉了，请来看看。",
        "3栋2单元顶楼",
        "已请维修师傅补好防水，雨天复查不再漏。",
        Ending::Rated,
    ),
    (
        VoiceKind::Complaint,
        VoiceTopic::Parking,
        "消防通道天天停车，救护车都进不来。",
        "大门口",
        "已划禁停线、装隔离桩，安排党员轮流劝导。",
        Ending::Reopened,
    ),
    (
        VoiceKind::Consult,
        VoiceTopic::Property,
        "物业费涨了，有没有公示？在哪里看？",
        "",
        "收费依据和账目已贴在公告栏，并在业主群说明。",
        Ending::Rated,
    ),
    (
        VoiceKind::Complaint,
        VoiceTopic::Noise,
        "楼下广场舞音响太大，孩子没法做作业。",
        "中心花园",
        "已和舞蹈队约定晚上八点半前结束，音量调低。",
        Ending::Called,
    ),
    (
        VoiceKind::Suggestion,
        VoiceTopic::Facilities,
        "建议在单元门口装扶手和长凳，老人上下方便。",
        "各单元门口",
        "社区已列入微改造，先装了 6 处扶手。",
        Ending::Handed,
    ),
    (
        VoiceKind::Help,
        VoiceTopic::Cleanliness,
        "垃圾房夏天气味大，请增加清运。",
        "垃圾房",
        "清运改为一天两次，并冲洗消毒。",
        Ending::Called,
    ),
    (
        VoiceKind::Help,
        VoiceTopic::Neighbours,
        "楼上空调水滴到我家窗台，说了不听。",
        "5栋",
        "楼栋长上门调解，已接好排水管。",
        Ending::Rated,
    ),
];

/// How they came, one after the other.
const CHANNELS: &[VoiceChannel] = &[
    VoiceChannel::Web,
    VoiceChannel::Window,
    VoiceChannel::Group,
    VoiceChannel::Hall,
    VoiceChannel::Web,
    VoiceChannel::Phone,
    VoiceChannel::Grid,
];

impl Life<'_> {
    /// One of these, of one of the branch's compounds.
    async fn new_voice(&self, number: usize) -> Result<NewVoice, Stop> {
        let (kind, topic, text, spot, ..) = SAID.get(number % SAID.len()).copied().unwrap_or(SAID[0]);
        let compounds = places::compounds_under(self.floor.db.reader(), &self.branch).await?;
        Ok(NewVoice {
            same: None,
            photos: Vec::new(),
            once: String::new(),
            branch: self.branch.clone(),
            compound: compounds.get(number % compounds.len().max(1)).map(|compound| compound.id.0),
            spot: spot.to_owned(),
            kind,
            topic,
            text: text.to_owned(),
            name: "李女士".to_owned(),
            phone: String::new(),
        })
    }

    fn visitor(&self, at: Instant) -> Op {
        Op::at(self.floor, Actor::Visitor, at)
    }

    async fn file(&self, number: usize, at: Instant) -> Result<Receipt, Stop> {
        file_voice(&self.visitor(at), self.new_voice(number).await?).await
    }

    async fn take_in(&self, number: usize, channel: VoiceChannel, at: Instant) -> Result<Receipt, Stop> {
        if channel == VoiceChannel::Web {
            return self.file(number, at).await;
        }
        let secretary = self.op(OfficeKind::BranchSecretary, at)?;
        enter_voice(&secretary, self.new_voice(number).await?, channel).await
    }

    /// Every fourth month somebody speaks, and it goes its way within the week, or waits until it goes up.
    pub(super) async fn hear(&self, day: Date, month: usize) -> Result<(), Stop> {
        let number = self.index + month;
        if !number.is_multiple_of(4) {
            return Ok(());
        }
        let number = number / 4;
        let (.., proof, ending) = SAID.get(number % SAID.len()).copied().unwrap_or(SAID[0]);
        let channel = CHANNELS.get((number + self.index) % CHANNELS.len()).copied().unwrap_or(VoiceChannel::Web);
        let receipt = self.take_in(number, channel, self.at(day, 8)).await?;
        // Some branches are slow, and some residents are not content.
        let said = match self.index % 7 {
            3 => Answer { solved: Solved::Partly, satisfaction: Satisfaction::Bad },
            _ => Answer { solved: Solved::Yes, satisfaction: Satisfaction::Good },
        };
        let at = |days: i64| self.at(day, 9).plus_days(days);
        if self.index.is_multiple_of(9) {
            escalate_voice(&Op::at(self.floor, Actor::System, at(9)), receipt.id).await?;
            self.done_by_community(&receipt, proof, at(10), said).await
        } else {
            self.done(&receipt, proof, ending, at, said).await
        }
    }

    async fn done_by_community(&self, receipt: &Receipt, proof: &str, at: Instant, said: Answer) -> Result<(), Stop> {
        let community = self.op(OfficeKind::CommunityOfficer, at)?;
        accept_voice(&community, receipt.id).await?;
        finish_voice(&community, receipt.id, proof, &[]).await?;
        rate_voice(&self.visitor(at.plus_days(1)), &receipt.code, said, "").await
    }

    async fn done(
        &self,
        receipt: &Receipt,
        proof: &str,
        ending: Ending,
        at: impl Fn(i64) -> Instant,
        said: Answer,
    ) -> Result<(), Stop> {
        let (id, secretary) = (receipt.id, |days| self.op(OfficeKind::BranchSecretary, at(days)));
        if ending == Ending::Handed {
            acknowledge_voice(&secretary(0)?, id, Term::Ordinary, Hands::Of(Desk::Community)).await?;
            return self.done_by_community(receipt, proof, at(2), said).await;
        }
        acknowledge_voice(&secretary(0)?, id, Term::Ordinary, Hands::Own).await?;
        finish_voice(&secretary(2)?, id, proof, &[]).await?;
        match ending {
            Ending::Rated | Ending::Handed => rate_voice(&self.visitor(at(3)), &receipt.code, said, "").await,
            Ending::Called => {
                let fair = Answer { solved: Solved::Yes, satisfaction: Satisfaction::Fair };
                call_back_voice(&secretary(3)?, id, fair, "", None).await
            }
            Ending::Reopened => {
                let again = "隔离桩第二天就被挪开了，还是有人停。";
                reopen_voice(&self.visitor(at(3)), &receipt.code, again).await?;
                let done = "社区会同交警现场执法，换成固定桩。";
                self.done_by_community(receipt, done, at(4), said).await
            }
        }
    }

    /// What was said in the last days lies on the desks when the visitor comes in.
    pub(super) async fn speak_up(&self, until: Instant) -> Result<(), Stop> {
        let said = |hours: i64| until.plus_minutes(-60 * hours - i64::try_from(self.index % 60).unwrap_or(0));
        match self.index % 5 {
            0 => self.file(self.index / 5, said(13)).await.map(drop),
            2 => {
                let receipt = self.file(self.index / 5 + 3, said(22)).await?;
                let secretary = self.op(OfficeKind::BranchSecretary, said(20))?;
                acknowledge_voice(&secretary, receipt.id, Term::Ordinary, Hands::Own).await?;
                reply_voice(&secretary, receipt.id, "已经到现场看过，这两天安排人来办。").await
            }
            4 if self.index.is_multiple_of(2) => self.say_two_things(said(30), said(28)).await,
            _ => Ok(()),
        }
    }

    /// Somebody says two things at once; the branch does the one and the community has yet to sign for the other.
    async fn say_two_things(&self, said: Instant, split: Instant) -> Result<(), Stop> {
        let text = "三楼楼道堆着旧家具，北门的路灯也坏了两盏，晚上看不见。".to_owned();
        let (topic, spot) = (VoiceTopic::Facilities, "3栋和北门".to_owned());
        let new = NewVoice { kind: VoiceKind::Help, topic, text, spot, ..self.new_voice(self.index).await? };
        let receipt = file_voice(&self.visitor(said), new).await?;
        let secretary = self.op(OfficeKind::BranchSecretary, split)?;
        acknowledge_voice(&secretary, receipt.id, Term::Ordinary, Hands::Own).await?;
        let piece = |topic, words: &str, desk| NewPiece { topic, words: words.to_owned(), desk };
        let pieces = vec![
            piece(VoiceTopic::Cleanliness, "清走三楼楼道的旧家具", Desk::Branch),
            piece(VoiceTopic::Facilities, "修好北门的两盏路灯", Desk::Community),
        ];
        split_voice(&secretary, receipt.id, pieces).await
    }
}
