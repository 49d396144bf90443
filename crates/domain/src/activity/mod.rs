//! Activities (活动): planned, published, held and summed up; who comes, for how long, and what it counts for.

mod hours;
mod record;

pub use hours::{Stretch, check_hours};
pub use record::{Confirmer, Record, RecordRefusal, RecordState, check_record};

use crate::{clock::Instant, coded_enum, points::ItemCode, refusal::Refusal};

/// How many training sessions the programme asks for in a year (培训≥2期).
pub const TRAININGS_A_YEAR: usize = 2;
/// The most hours of service in a day, in hundredths (R-DUTY-02).
pub const MOST_HOURS: i64 = 1_200;

coded_enum! {
    /// The kinds of activity.
    pub enum ActivityKind {
        /// 主题党日.
        ThemeDay = "theme_day" => "主题党日",
        /// 志愿服务.
        Service = "service" => "志愿服务",
        /// 矛盾调解.
        Mediation = "mediation" => "矛盾调解",
        /// 文体活动.
        Culture = "culture" => "文体活动",
        /// 应急值守.
        Emergency = "emergency" => "应急值守",
        /// 技能讲座、义诊.
        SkillTalk = "skill_talk" => "技能讲座或义诊",
        /// 培训班.
        Training = "training" => "培训班",
        /// 座谈会.
        Symposium = "symposium" => "座谈会",
    }
}

impl ActivityKind {
    /// The item of the catalogue that taking part counts for, if any.
    #[must_use]
    pub fn item(self) -> Option<ItemCode> {
        let code = match self {
            Self::ThemeDay => "P02",
            Self::Service => "P04",
            Self::Mediation => "P09",
            Self::Emergency => "P11",
            Self::SkillTalk => "P10",
            Self::Culture | Self::Training | Self::Symposium => return None,
        };
        Some(ItemCode::standard(code))
    }

    /// How much of the item's unit `hours` hundredths of an hour are: hours where hours count, once elsewhere.
    #[must_use]
    pub const fn quantity(self, hours: i64) -> i64 {
        if matches!(self, Self::Service) { hours } else { 100 }
    }

    /// Whether the hours spent are hours of service (R-DUTY-02): never those of a theme day, a training or a symposium, and
    /// those of a cultural activity when its organiser says that the members served at it.
    #[must_use]
    pub const fn counts_hours(self, is_with_service: bool) -> bool {
        match self {
            Self::Service | Self::Mediation | Self::Emergency | Self::SkillTalk => true,
            Self::Culture => is_with_service,
            Self::ThemeDay | Self::Training | Self::Symposium => false,
        }
    }
}

coded_enum! {
    /// For whom an activity is (参加对象).
    pub enum Audience {
        /// 支部书记.
        Secretaries = "secretaries" => "支部书记",
        /// 业委会成员.
        Owners = "owners" => "业委会成员",
        /// 楼栋长.
        Stewards = "stewards" => "楼栋长",
        /// 党员.
        Members = "members" => "党员",
        /// 居民.
        Residents = "residents" => "居民",
    }
}

coded_enum! {
    /// Where an activity stands.
    pub enum ActivityState {
        /// 策划中.
        Planned = "planned" => "策划中",
        /// 报名中: members know of it.
        Published = "published" => "已发布",
        /// 已总结.
        SummedUp = "summed_up" => "已总结",
        /// 已取消.
        Cancelled = "cancelled" => "已取消",
    }
}

coded_enum! {
    /// How somebody takes part.
    pub enum TakingPart {
        /// 已报名.
        Signed = "signed" => "已报名",
        /// 候补: there was no place left.
        Waiting = "waiting" => "候补",
        /// 已退出.
        Left = "left" => "已退出",
        /// 已参加.
        Came = "came" => "已参加",
        /// 未参加.
        Absent = "absent" => "未参加",
    }
}

impl TakingPart {
    /// Whether they have a place, or wait for one.
    #[must_use]
    pub const fn is_in(self) -> bool {
        matches!(self, Self::Signed | Self::Waiting)
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActivityRefusal {
    /// It stands elsewhere.
    #[error("这项活动现在是“{}”，不能这样办理，请刷新页面", .0.label())]
    WrongState(ActivityState),
    /// It has begun.
    #[error("活动时间已过，不能再发布；已经办完的，请直接补登。时间写错的，请先修改")]
    TooLate,
    /// It has begun, and stays when and where it is.
    #[error("活动已经开始，不能再改时间和地点")]
    Begun,
    /// It would be moved into the past.
    #[error("改后的时间已经过去，请核对")]
    Past,
    /// Fewer places than there are people in them.
    #[error("已有 {0} 人报名，名额不能少于 {0} 人")]
    FewerThanSigned(u32),
    /// It has not begun.
    #[error("活动还没有开始，不能总结")]
    NotBegun,
    /// It goes on.
    #[error("活动还没有结束（到 {0}），结束以后再总结")]
    NotOver(Instant),
    /// Nobody came, neither members nor others.
    #[error("没有勾选到场的党员，也没有填服务居民、业委会成员、楼栋长的人数。没有办成的活动，请改为取消")]
    NobodyCame,
    /// It is for others.
    #[error("这项活动的对象是{0}，不在其中的不用报名；是对象的，请联系支部登记")]
    ForOthers(String),
    /// Signing up is over.
    #[error("报名已截止。确需参加的，请联系组织者在签到时登记")]
    SignUpOver,
    /// Signed up before.
    #[error("已经报过名，不用再报")]
    Twice,
    /// Not signed up.
    #[error("没有报名记录，不用退出")]
    NotSigned,
    /// No reason.
    #[error("请写明取消的原因，报名的党员会看到")]
    NoReason,
    /// Hours that cannot be.
    #[error("“{name}”的服务时长应大于 0、不超过 12 小时")]
    BadHours {
        /// Whose.
        name: String,
    },
    /// More than a day's hours with what is recorded already.
    #[error("“{name}”当天已登记 {recorded} 小时，加上这次超过 12 小时，请核对")]
    TooManyHours {
        /// Whose.
        name: String,
        /// Hours recorded on that day.
        recorded: String,
    },
    /// Two at one time.
    #[error("“{name}”在这个时段还登记了“{other}”，时间重叠，请核对")]
    Overlap {
        /// Whose.
        name: String,
        /// The other activity.
        other: String,
    },
}

impl Refusal for ActivityRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::TooLate | Self::Past => "date",
            Self::FewerThanSigned(_) => "capacity",
            Self::NobodyCame => "residents",
            Self::NoReason => "reason",
            Self::BadHours { .. } | Self::TooManyHours { .. } | Self::Overlap { .. } => "hours",
            _ => "",
        }
    }
}

/// An activity as the rules know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activity {
    /// Where it stands.
    pub state: ActivityState,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// The last moment of signing up.
    pub sign_up_until: Instant,
    /// How many may come; `None` for as many as like.
    pub capacity: Option<u32>,
}

impl Activity {
    /// Members are told.
    ///
    /// # Errors
    /// When they are already, or it has begun.
    pub fn publish(self, now: Instant) -> Result<ActivityState, ActivityRefusal> {
        match self.state {
            ActivityState::Planned if now >= self.starts_at => Err(ActivityRefusal::TooLate),
            ActivityState::Planned => Ok(ActivityState::Published),
            state => Err(ActivityRefusal::WrongState(state)),
        }
    }

    /// Somebody signs up: in while there is a place, waiting otherwise.
    ///
    /// # Errors
    /// When it is not published, or signing up is over.
    pub fn sign_up(self, signed: u32, now: Instant) -> Result<TakingPart, ActivityRefusal> {
        if self.state != ActivityState::Published {
            return Err(ActivityRefusal::WrongState(self.state));
        }
        if now > self.sign_up_until {
            return Err(ActivityRefusal::SignUpOver);
        }
        let is_full = self.capacity.is_some_and(|capacity| signed >= capacity);
        Ok(if is_full { TakingPart::Waiting } else { TakingPart::Signed })
    }

    /// It is over and written down; what was held on paper and never published here as well (补登).
    ///
    /// # Errors
    /// When it goes on, has not begun, was summed up or called off.
    pub fn sum_up(self, now: Instant) -> Result<ActivityState, ActivityRefusal> {
        self.take_attendance(now)?;
        if now < self.ends_at { Err(ActivityRefusal::NotOver(self.ends_at)) } else { Ok(ActivityState::SummedUp) }
    }

    /// Who came may be noted: it has begun, and is not summed up.
    ///
    /// # Errors
    /// When it has not begun, was summed up or called off.
    pub fn take_attendance(self, now: Instant) -> Result<(), ActivityRefusal> {
        match self.state {
            ActivityState::Planned | ActivityState::Published if now < self.starts_at => Err(ActivityRefusal::NotBegun),
            ActivityState::Planned | ActivityState::Published => Ok(()),
            state => Err(ActivityRefusal::WrongState(state)),
        }
    }

    /// What was told may still change: nobody knows of it yet.
    ///
    /// # Errors
    /// Once it is published.
    pub fn must_be_planned(self) -> Result<(), ActivityRefusal> {
        if self.state == ActivityState::Planned { Ok(()) } else { Err(ActivityRefusal::WrongState(self.state)) }
    }

    /// Members know of it, and it is moved to another time or given `capacity` places, of which `signed` are taken.
    ///
    /// # Errors
    /// When nobody was told, it has begun or would have, or there would be fewer places than people in them.
    pub fn reschedule(
        self,
        starts_at: Instant,
        capacity: Option<u32>,
        signed: u32,
        now: Instant,
    ) -> Result<(), ActivityRefusal> {
        if self.state != ActivityState::Published {
            return Err(ActivityRefusal::WrongState(self.state));
        }
        if now >= self.starts_at {
            return Err(ActivityRefusal::Begun);
        }
        if now >= starts_at {
            return Err(ActivityRefusal::Past);
        }
        if capacity.is_some_and(|capacity| capacity < signed) {
            return Err(ActivityRefusal::FewerThanSigned(signed));
        }
        Ok(())
    }

    /// It does not take place.
    ///
    /// # Errors
    /// When it has, or without a reason.
    pub fn cancel(self, reason: &str) -> Result<ActivityState, ActivityRefusal> {
        match self.state {
            ActivityState::Planned | ActivityState::Published if reason.trim().is_empty() => {
                Err(ActivityRefusal::NoReason)
            }
            ActivityState::Planned | ActivityState::Published => Ok(ActivityState::Cancelled),
            state => Err(ActivityRefusal::WrongState(state)),
        }
    }
}

/// Whether a member may sign up by themselves for what is for `audiences`, in words `told`: what is for everybody, or for nobody
/// in particular, or for secretaries when they are one. Who sits in an owners' committee or keeps a building is not known of a
/// line in the roll; the branch enters them.
///
/// # Errors
/// [`ActivityRefusal::ForOthers`] with the words.
pub fn must_be_meant(audiences: &[Audience], told: &str, is_secretary: bool) -> Result<(), ActivityRefusal> {
    let is_meant = |audience: &Audience| match audience {
        Audience::Members | Audience::Residents => true,
        Audience::Secretaries => is_secretary,
        Audience::Owners | Audience::Stewards => false,
    };
    if audiences.is_empty() || audiences.iter().any(is_meant) {
        Ok(())
    } else {
        Err(ActivityRefusal::ForOthers(told.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(hour: i8) -> Instant {
        Instant::at(date(2022, 5, 7).at(hour, 0, 0, 0))
    }

    #[test]
    fn places_run_out_and_signing_up_ends() {
        let activity = Activity {
            state: ActivityState::Published,
            starts_at: at(9),
            ends_at: at(11),
            sign_up_until: at(8),
            capacity: Some(2),
        };
        assert_eq!(activity.sign_up(1, at(7)), Ok(TakingPart::Signed));
        assert_eq!(activity.sign_up(2, at(8)), Ok(TakingPart::Waiting));
        assert_eq!(activity.sign_up(0, at(9)), Err(ActivityRefusal::SignUpOver));
        assert_eq!(activity.sum_up(at(8)), Err(ActivityRefusal::NotBegun));
        assert_eq!(activity.take_attendance(at(8)), Err(ActivityRefusal::NotBegun));
        assert_eq!(activity.take_attendance(at(9)), Ok(()));
        assert_eq!(activity.sum_up(at(9)), Err(ActivityRefusal::NotOver(at(11))));
        assert_eq!(activity.sum_up(at(11)), Ok(ActivityState::SummedUp));
        assert_eq!(activity.cancel(" "), Err(ActivityRefusal::NoReason));
        assert_eq!(activity.reschedule(at(10), Some(2), 2, at(8)), Ok(()));
        assert_eq!(activity.reschedule(at(10), Some(1), 2, at(8)), Err(ActivityRefusal::FewerThanSigned(2)));
        assert_eq!(activity.reschedule(at(8), None, 2, at(8)), Err(ActivityRefusal::Past));
        assert_eq!(activity.reschedule(at(10), None, 2, at(9)), Err(ActivityRefusal::Begun));
        let planned = Activity { state: ActivityState::Planned, ..activity };
        assert_eq!(
            (planned.publish(at(9)), planned.publish(at(8))),
            (Err(ActivityRefusal::TooLate), Ok(ActivityState::Published))
        );
        assert!(planned.reschedule(at(10), None, 0, at(8)).is_err());
        assert!(planned.sign_up(0, at(7)).is_err() && planned.must_be_planned().is_ok());
        assert!(activity.must_be_planned().is_err());
        // Held on paper: not before it began, and once.
        assert_eq!(planned.sum_up(at(8)), Err(ActivityRefusal::NotBegun));
        assert_eq!(planned.sum_up(at(11)), Ok(ActivityState::SummedUp));
        assert!(Activity { state: ActivityState::SummedUp, ..activity }.sum_up(at(9)).is_err());
    }

    #[test]
    fn hours_of_service_are_those_of_serving() {
        let counted =
            |is_with_service| ActivityKind::ALL.iter().filter(|kind| kind.counts_hours(is_with_service)).count();
        assert_eq!((counted(false), counted(true)), (4, 5));
        assert!(!ActivityKind::ThemeDay.counts_hours(true) && !ActivityKind::Training.counts_hours(true));
    }

    #[test]
    fn what_is_for_secretaries_is_for_no_other_member() {
        use Audience::{Members, Owners, Residents, Secretaries, Stewards};
        let may = |audiences: &[Audience], is_secretary| must_be_meant(audiences, "支部书记", is_secretary).is_ok();
        for (audiences, member, secretary) in [
            (&[][..], true, true),
            (&[Secretaries], false, true),
            (&[Secretaries, Members], true, true),
            (&[Residents], true, true),
            (&[Owners, Stewards], false, false),
        ] {
            assert_eq!((may(audiences, false), may(audiences, true)), (member, secretary), "{audiences:?}");
        }
    }
}
