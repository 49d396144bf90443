//! What the year's records say for the score sheet, so that nobody counts by hand (§6: A2, A4, A5, A7, B2 to B5, C2).
//!
//! Owns how counts become points. A person still looks and decides: these are what the form begins with.

use crate::voice::Handled;

/// How many a year make an item full.
pub const A_YEAR: u32 = 12;
/// Joint items a year for a full B2.
pub const JOINT_A_YEAR: u32 = 2;

/// Sessions a year for a full B5.
pub const SESSIONS_A_YEAR: u32 = 4;

/// Ways for residents to speak for a full B3.
pub const WAYS: u32 = 3;

/// `part` of `all` of `most`, rounded half up, in hundredths of a point like `most`; no more than `most`, nothing of nothing.
#[must_use]
pub const fn share(part: u32, all: u32, most: i64) -> i64 {
    if all == 0 {
        return 0;
    }
    let part = if part < all { part } else { all } as i64;
    let all = all as i64;
    (part * most * 2 + all) / (all * 2)
}

/// The year's counts of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Members known, and of them those whose line somebody looked at within half a year (A2).
    pub known: u32,
    /// Of them, looked at.
    pub verified: u32,
    /// Meetings and activities held (A4).
    pub held: u32,
    /// Training sessions of the levels above that members came to (A4; among the joint ones of B2).
    pub trainings: u32,
    /// Problems of residents solved by members: wishes, problems solved, mediation; each once, however many had a hand in
    /// it (A5).
    pub solved: u32,
    /// Whether a service brand is named (A7).
    pub has_brand: bool,
    /// Work units that stood reported to the community in the year (B2).
    pub units: u32,
    /// Activities held together with community, street or county (B2).
    pub joint: u32,
    /// Voices that came over the three ways that the programme names (B3).
    pub window: u32,
    /// Of the hall of deliberation; its sessions are another use of it (B3).
    pub hall: u32,
    /// Of the group of owners (B3).
    pub group: u32,
    /// How voices were seen to (B4).
    pub handled: Handled,
    /// Sessions of the parties that were recorded (B3, B5).
    pub sessions: u32,
    /// Disputes accepted that have ended or should have (C2).
    pub disputes: u32,
    /// Of them, ended where they were accepted, without going up (C2).
    pub settled: u32,
    /// Gone up because the branch could not mediate them (C2).
    pub upward: u32,
}

impl Counts {
    /// The points that the counts give for the item `code` of at most `most` hundredths; `None` for items that records say
    /// nothing about.
    #[must_use]
    pub fn points(&self, code: &str, most: i64) -> Option<i64> {
        Some(match code {
            "A2" => share(self.verified, self.known, most),
            "A4" => share(self.held.saturating_add(self.trainings), A_YEAR, most),
            "A5" => share(self.solved, A_YEAR, most),
            "A7" if self.has_brand => most,
            "A7" => 0,
            // Without a unit there is nothing to do together.
            "B2" if self.units == 0 => 0,
            "B2" => share(self.joint, JOINT_A_YEAR, most),
            "B3" => share(self.ways(), WAYS, most),
            // Where nothing was due, the records say nothing; a person judges.
            "B4" if self.handled.due == 0 => return None,
            "B4" => self.seen_to(most),
            "B5" => share(self.sessions, SESSIONS_A_YEAR, most),
            // Where nothing was in dispute, the records say nothing; a person judges.
            "C2" if self.disputes == 0 => return None,
            "C2" => share(self.settled, self.disputes, most),
            _ => return None,
        })
    }

    /// How many of the ways for residents to speak are in use (B3).
    const fn ways(&self) -> u32 {
        (self.window > 0) as u32 + (self.hall > 0 || self.sessions > 0) as u32 + (self.group > 0) as u32
    }

    /// One half for what was done in time, one for residents asked afterwards; where nobody can be asked, the first is all (B4).
    fn seen_to(&self, most: i64) -> i64 {
        let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let Handled { due, timely, to_ask, answered } = self.handled;
        let half = if to_ask == 0 { most } else { most / 2 };
        share(count(timely), count(due), half) + share(count(answered), count(to_ask), most - half)
    }

    /// The counts behind the item `code`, in words; empty for items that records say nothing about.
    #[must_use]
    pub fn words(&self, code: &str) -> String {
        match code {
            "A2" => format!("在册党员 {} 名，半年内核对过 {} 名", self.known, self.verified),
            "A4" => format!("本年召开会议、组织活动共 {} 次，参加上级培训 {} 次", self.held, self.trainings),
            "A5" => format!("党员办成微心愿、解决居民问题、成功调解共 {} 件", self.solved),
            "A7" if self.has_brand => "已登记服务品牌".to_owned(),
            "A7" => "还没有登记服务品牌".to_owned(),
            "B2" => format!(
                "{} 个单位党组织到本社区报到，与社区及以上共同开展活动 {} 次（其中培训 {} 次）",
                self.units, self.joint, self.trainings
            ),
            "B3" => format!(
                "{} 种渠道在用：物业窗口 {} 件，红色议事厅 {} 件、议事 {} 次，业主群 {} 件",
                self.ways(),
                self.window,
                self.hall,
                self.sessions,
                self.group
            ),
            "B4" => format!(
                "诉求到期应办结 {} 件，按时办结 {} 件；应回访 {} 件，居民有评价 {} 件",
                self.handled.due, self.handled.timely, self.handled.to_ask, self.handled.answered
            ),
            "B5" => format!("红色议事厅议事有记录的 {} 次", self.sessions),
            "C2" => format!(
                "受理的矛盾纠纷到期应办结 {} 件，就地调解办结 {} 件，上交 {} 件",
                self.disputes, self.settled, self.upward
            ),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_once_and_never_above_the_most() {
        assert_eq!((share(62, 62, 500), share(61, 62, 500), share(0, 0, 500)), (500, 492, 0));
        assert_eq!((share(1, 12, 600), share(11, 12, 600), share(30, 12, 600)), (50, 550, 600));
        assert_eq!((share(1, 3, 500), share(2, 3, 500)), (167, 333));
    }

    #[test]
    fn counts_become_points_of_their_items() {
        let (known, verified, held, trainings, solved) = (40, 30, 5, 1, 12);
        let counts = Counts {
            known,
            verified,
            held,
            trainings,
            solved,
            has_brand: true,
            units: 3,
            joint: 1,
            ..Counts::default()
        };
        let points = |code: &str, most| counts.points(code, most);
        assert_eq!((points("A2", 500), points("A4", 600), points("A5", 600)), (Some(375), Some(300), Some(600)));
        assert_eq!((points("A7", 300), points("B2", 600), points("C1", 1_000)), (Some(300), Some(300), None));
        let of_sessions = |sessions| Counts { sessions, ..counts }.points("B5", 400);
        assert_eq!((of_sessions(0), of_sessions(3), of_sessions(5)), (Some(0), Some(300), Some(400)));
        let of_ways =
            |window, hall, group, sessions| Counts { window, hall, group, sessions, ..counts }.points("B3", 600);
        assert_eq!((of_ways(0, 0, 0, 0), of_ways(4, 0, 0, 2), of_ways(1, 1, 9, 0)), (Some(0), Some(400), Some(600)));
        let of_voices = |due, timely, to_ask, answered| {
            Counts { handled: Handled { due, timely, to_ask, answered }, ..counts }.points("B4", 800)
        };
        assert_eq!((of_voices(0, 0, 0, 0), of_voices(4, 3, 0, 0)), (None, Some(600)));
        assert_eq!(
            (of_voices(4, 3, 3, 1), of_voices(2, 2, 1, 1), of_voices(2, 0, 1, 0)),
            (Some(433), Some(800), Some(0))
        );
        assert_eq!(Counts { units: 0, ..counts }.points("B2", 600), Some(0));
        let of_disputes = |disputes, settled| Counts { disputes, settled, ..counts }.points("C2", 600);
        assert_eq!((of_disputes(4, 4), of_disputes(4, 3), of_disputes(0, 0)), (Some(600), Some(450), None));
    }
}
