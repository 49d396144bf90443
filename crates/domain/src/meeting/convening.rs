//! A meeting from its announcement to its end, and who counts in its votes.

use jiff::{ToSpan as _, civil::Date};

use crate::{
    clock::Instant,
    coded_enum,
    organisation::{Affiliation, MemberKind},
};

use super::{MeetingRefusal, VoteKind};

coded_enum! {
    /// The kinds of meeting (三会一课、主题党日).
    pub enum MeetingKind {
        /// 支部党员大会, quarterly.
        General = "general" => "支部党员大会",
        /// 支部委员会会议, monthly.
        Committee = "committee" => "支委会",
        /// 党小组会, monthly.
        Group = "group" => "党小组会",
        /// 主题党日.
        ThemeDay = "theme_day" => "主题党日",
    }
}

impl MeetingKind {
    /// In how many months it is held once: quarters and months of the calendar (R-MTG-01).
    #[must_use]
    pub const fn months(self) -> Option<i8> {
        match self {
            Self::General => Some(3),
            Self::Committee | Self::Group => Some(1),
            Self::ThemeDay => None,
        }
    }

    /// The first days of the turn that `day` lies in, of the one before and of the one after.
    fn turns(self, day: Date) -> Option<[Date; 3]> {
        let months = self.months()?;
        let month = (day.month() - 1) / months * months + 1;
        let first = Date::new(day.year(), month, 1).ok()?;
        let step = i32::from(months).months();
        Some([first.checked_sub(step).ok()?, first, first.checked_add(step).ok()?])
    }

    /// Whether a meeting of this kind may vote on `matter`: a group only talks a matter over, and what is the general
    /// meeting's own is decided nowhere else (R-MTG-02).
    #[must_use]
    pub const fn decides(self, matter: Matter) -> bool {
        matter.vote().is_some()
            && match self {
                Self::General => true,
                Self::Committee | Self::ThemeDay => !matter.is_for_general_meeting(),
                Self::Group => false,
            }
    }
}

/// How many days before a turn ends its meeting is asked for.
const ASKED_BEFORE: i32 = 10;

/// How a branch keeps a kind of meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keeping {
    /// It was held in this turn, or there is time.
    Kept,
    /// This turn soon ends, on the day told, and it was not held.
    Asked(Date),
    /// The turn before passed without it, and it was not made up for.
    Late,
}

impl Keeping {
    /// How a kind of meeting is kept on `today`, after the last one on `last`, by a branch that is there since `since` (R-MTG-01):
    /// once in each quarter or month of the calendar. Who begins in the midst of a turn is not late with it. A warning, never a block.
    #[must_use]
    pub fn of(kind: MeetingKind, last: Option<Date>, since: Date, today: Date) -> Self {
        let Some([before, this, next]) = kind.turns(today) else { return Self::Kept };
        if last.is_some_and(|day| day >= this) {
            return Self::Kept;
        }
        if since <= before && last.is_none_or(|day| day < before) {
            return Self::Late;
        }
        let (Ok(asked), Ok(ends)) = (next.checked_sub(ASKED_BEFORE.days()), next.yesterday()) else {
            return Self::Kept;
        };
        if since <= this && today >= asked { Self::Asked(ends) } else { Self::Kept }
    }
}

coded_enum! {
    /// Where a meeting stands.
    pub enum MeetingState {
        /// 拟定: topics are collected.
        Planned = "planned" => "拟定中",
        /// 已通知: members know when, where and what about.
        Published = "published" => "已通知",
        /// 已召开.
        Closed = "closed" => "已召开",
        /// 已取消.
        Cancelled = "cancelled" => "已取消",
    }
}

coded_enum! {
    /// What a topic is about, which decides who votes on it (R-MTG-02).
    pub enum Matter {
        /// 通报学习: nothing is voted on.
        Report = "report" => "学习或通报（不表决）",
        /// 一般事项.
        Opinion = "opinion" => "一般事项",
        /// 积分明细.
        Catalogue = "catalogue" => "积分明细",
        /// 小区重大事项.
        Compound = "compound" => "小区重大事项",
        /// 发展党员.
        Development = "development" => "发展党员",
        /// 处分.
        Discipline = "discipline" => "党纪处分",
        /// 选举.
        Election = "election" => "选举",
    }
}

impl Matter {
    /// The kind of vote; `None` when nothing is voted on.
    #[must_use]
    pub const fn vote(self) -> Option<VoteKind> {
        match self {
            Self::Report => None,
            Self::Election => Some(VoteKind::Election),
            _ => Some(VoteKind::Resolution),
        }
    }

    /// Whether only the general meeting decides it: membership, discipline, elections, and the catalogue of points, which
    /// takes effect by a resolution of all members (R-PTS-05).
    #[must_use]
    pub const fn is_for_general_meeting(self) -> bool {
        matches!(self, Self::Development | Self::Discipline | Self::Election | Self::Catalogue)
    }

    /// Whether only formal members of this branch count (R-MTG-02).
    #[must_use]
    pub const fn is_for_formal_members(self) -> bool {
        matches!(self, Self::Development | Self::Discipline | Self::Election)
    }
}

coded_enum! {
    /// Whether somebody came.
    pub enum Presence {
        /// 到会.
        Present = "present" => "到会",
        /// 请假.
        Excused = "excused" => "请假",
        /// 缺席.
        Absent = "absent" => "缺席",
    }
}

/// What decides whether somebody votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Full or probationary.
    pub kind: MemberKind,
    /// Where the formal membership lies.
    pub affiliation: Affiliation,
    /// 留党察看.
    pub is_without_vote: bool,
}

impl Standing {
    /// Whether they count in a vote on `matter`: never while on probation (R-MTG-06); only formal members in matters of
    /// membership, reported ones too in others (R-MTG-02). Mobile members vote where their membership lies.
    #[must_use]
    pub const fn votes_on(self, matter: Matter) -> bool {
        self.has_vote()
            && match self.affiliation {
                Affiliation::Here => true,
                Affiliation::Unit => !matter.is_for_formal_members(),
                Affiliation::Mobile => false,
            }
    }

    /// Whether they count in a vote of a meeting of this kind: in the committee every member does who has a vote at all
    /// (R-MTG-04), wherever the membership lies.
    #[must_use]
    pub const fn votes_in(self, kind: MeetingKind, matter: Matter) -> bool {
        match kind {
            MeetingKind::Committee => self.has_vote(),
            _ => self.votes_on(matter),
        }
    }

    /// Neither probationary nor on probation within the Party (R-MTG-06).
    const fn has_vote(self) -> bool {
        matches!(self.kind, MemberKind::Full) && !self.is_without_vote
    }
}

/// A meeting as the rules know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    /// Where it stands.
    pub state: MeetingState,
    /// When it begins.
    pub starts_at: Instant,
}

impl Meeting {
    /// Members are told, before it begins.
    ///
    /// # Errors
    /// When they are already, or it has begun, or there is no topic.
    pub fn publish(self, topics: usize, now: Instant) -> Result<Self, MeetingRefusal> {
        if self.state != MeetingState::Planned {
            return Err(MeetingRefusal::WrongState(self.state));
        }
        if topics == 0 {
            return Err(MeetingRefusal::NoTopic);
        }
        if now >= self.starts_at {
            return Err(MeetingRefusal::TooLate);
        }
        Ok(Self { state: MeetingState::Published, ..self })
    }

    /// Its outcome is written down.
    ///
    /// # Errors
    /// When nobody was told of it, or it has not begun.
    pub fn close(self, now: Instant) -> Result<Self, MeetingRefusal> {
        if self.state != MeetingState::Published {
            return Err(MeetingRefusal::WrongState(self.state));
        }
        if now < self.starts_at {
            return Err(MeetingRefusal::NotBegun);
        }
        Ok(Self { state: MeetingState::Closed, ..self })
    }

    /// What was held on paper is written down afterwards (补登); nothing was announced here, so nothing is voted on (R-MTG-07).
    ///
    /// # Errors
    /// When it was announced, or has not begun.
    pub fn enter_later(self, now: Instant) -> Result<Self, MeetingRefusal> {
        match self.state {
            MeetingState::Planned if now < self.starts_at => Err(MeetingRefusal::NotBegun),
            MeetingState::Planned => Ok(Self { state: MeetingState::Closed, ..self }),
            state => Err(MeetingRefusal::WrongState(state)),
        }
    }

    /// What was planned may still change: nobody was told.
    ///
    /// # Errors
    /// Once members are told.
    pub fn must_be_planned(self) -> Result<(), MeetingRefusal> {
        if self.state == MeetingState::Planned { Ok(()) } else { Err(MeetingRefusal::WrongState(self.state)) }
    }

    /// Members know of it, and it is moved to another time; its topics stay as they were told (R-MTG-07).
    ///
    /// # Errors
    /// When nobody was told, or it has begun or would have.
    pub fn reschedule(self, starts_at: Instant, now: Instant) -> Result<Self, MeetingRefusal> {
        if self.state != MeetingState::Published {
            return Err(MeetingRefusal::WrongState(self.state));
        }
        if now >= self.starts_at {
            return Err(MeetingRefusal::Begun);
        }
        if now >= starts_at { Err(MeetingRefusal::Past) } else { Ok(Self { starts_at, ..self }) }
    }

    /// It does not take place.
    ///
    /// # Errors
    /// When it has, or without a reason.
    pub fn cancel(self, reason: &str) -> Result<Self, MeetingRefusal> {
        if !matches!(self.state, MeetingState::Planned | MeetingState::Published) {
            return Err(MeetingRefusal::WrongState(self.state));
        }
        if reason.trim().is_empty() {
            return Err(MeetingRefusal::NoReason);
        }
        Ok(Self { state: MeetingState::Cancelled, ..self })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn probationary_members_never_vote_and_reported_ones_on_matters_of_the_compound() {
        let standing = |kind, affiliation| Standing { kind, affiliation, is_without_vote: false };
        let (formal, reported) =
            (standing(MemberKind::Full, Affiliation::Here), standing(MemberKind::Full, Affiliation::Unit));
        for matter in Matter::ALL {
            assert!(formal.votes_on(*matter));
            assert!(!standing(MemberKind::Probationary, Affiliation::Here).votes_on(*matter));
            assert!(!standing(MemberKind::Full, Affiliation::Mobile).votes_on(*matter));
            assert!(!Standing { is_without_vote: true, ..formal }.votes_on(*matter));
            assert_eq!(reported.votes_on(*matter), !matter.is_for_formal_members());
        }
    }

    #[test]
    fn the_general_meeting_alone_decides_on_membership_and_the_catalogue() {
        for matter in Matter::ALL {
            let is_voted = matter.vote().is_some();
            assert_eq!(MeetingKind::General.decides(*matter), is_voted, "{matter:?}");
            assert!(!MeetingKind::Group.decides(*matter), "{matter:?}");
            let is_common = matches!(matter, Matter::Opinion | Matter::Compound);
            assert_eq!(MeetingKind::Committee.decides(*matter), is_common, "{matter:?}");
            assert_eq!(MeetingKind::ThemeDay.decides(*matter), is_common, "{matter:?}");
        }
        let reported = Standing { kind: MemberKind::Full, affiliation: Affiliation::Unit, is_without_vote: false };
        assert!(reported.votes_in(MeetingKind::Committee, Matter::Opinion));
        let on_probation = Standing { is_without_vote: true, ..reported };
        let probationary = Standing { kind: MemberKind::Probationary, ..reported };
        assert!(!on_probation.votes_in(MeetingKind::Committee, Matter::Opinion));
        assert!(!probationary.votes_in(MeetingKind::Committee, Matter::Opinion));
    }

    #[test]
    fn what_was_held_on_paper_is_entered_once_it_is_over() {
        let starts_at = Instant::start_of(date(2022, 3, 5));
        let planned = Meeting { state: MeetingState::Planned, starts_at };
        assert_eq!(planned.enter_later(starts_at.plus_minutes(-1)), Err(MeetingRefusal::NotBegun));
        assert_eq!(planned.enter_later(starts_at).map(|it| it.state), Ok(MeetingState::Closed));
        let published = Meeting { state: MeetingState::Published, ..planned };
        assert_eq!(published.enter_later(starts_at), Err(MeetingRefusal::WrongState(MeetingState::Published)));
    }

    #[test]
    fn a_meeting_is_announced_before_it_begins() {
        let starts_at = Instant::start_of(date(2022, 3, 5));
        let (before, after) = (starts_at.plus_minutes(-1), starts_at);
        let planned = Meeting { state: MeetingState::Planned, starts_at };
        assert_eq!(planned.publish(0, before), Err(MeetingRefusal::NoTopic));
        assert_eq!(planned.publish(1, after), Err(MeetingRefusal::TooLate));
        assert_eq!(planned.close(after), Err(MeetingRefusal::WrongState(MeetingState::Planned)));
        let published = planned.publish(1, before).expect("published");
        assert_eq!(published.close(before), Err(MeetingRefusal::NotBegun));
        assert_eq!(published.cancel(""), Err(MeetingRefusal::NoReason));
        let later = starts_at.plus_days(1);
        assert_eq!(published.reschedule(later, before).map(|it| it.starts_at), Ok(later));
        assert_eq!(published.reschedule(before, before), Err(MeetingRefusal::Past));
        assert_eq!(published.reschedule(later, after), Err(MeetingRefusal::Begun));
        assert!(planned.reschedule(later, before).is_err());
        let closed = published.close(after).expect("closed");
        assert!(closed.cancel("x").is_err() && closed.publish(1, before).is_err());
    }

    #[test]
    fn general_meetings_are_due_every_quarter() {
        use Keeping::{Asked, Kept, Late};
        use MeetingKind::{Committee, General, ThemeDay};
        let founded = date(2022, 1, 1);
        for (kind, last, today, expected) in [
            (General, None, date(2022, 3, 21), Kept),
            (General, None, date(2022, 3, 22), Asked(date(2022, 3, 31))),
            (General, None, date(2022, 4, 1), Late),
            // Held on the first day of one quarter and the last of the next: once in each.
            (General, Some(date(2022, 1, 1)), date(2022, 6, 20), Kept),
            (General, Some(date(2022, 1, 1)), date(2022, 6, 21), Asked(date(2022, 6, 30))),
            (General, Some(date(2022, 1, 1)), date(2022, 7, 1), Late),
            (General, Some(date(2022, 7, 1)), date(2022, 9, 30), Kept),
            (Committee, Some(date(2022, 3, 2)), date(2022, 4, 20), Kept),
            (Committee, Some(date(2022, 3, 2)), date(2022, 4, 21), Asked(date(2022, 4, 30))),
            (Committee, Some(date(2022, 3, 2)), date(2022, 5, 1), Late),
            // What was due last year is late in the new one.
            (Committee, Some(date(2022, 11, 20)), date(2023, 1, 1), Late),
            (General, Some(date(2022, 10, 8)), date(2023, 1, 1), Kept),
            (ThemeDay, None, date(2023, 1, 1), Kept),
        ] {
            assert_eq!(Keeping::of(kind, last, founded, today), expected, "{kind:?} {last:?} {today}");
        }
        // Who begins in the midst of a turn owes the next whole one.
        let since = date(2022, 2, 10);
        assert_eq!(Keeping::of(General, None, since, date(2022, 3, 31)), Kept);
        assert_eq!(Keeping::of(General, None, since, date(2022, 6, 30)), Asked(date(2022, 6, 30)));
        assert_eq!(Keeping::of(General, None, since, date(2022, 7, 1)), Late);
    }
}
