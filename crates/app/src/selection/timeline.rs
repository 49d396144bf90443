//! The phases of a season: who does what until when, and what is late (R-SEL-02).

use std::collections::BTreeMap;

use domain::{
    calendar::Calendar,
    clock::{Instant, chinese_date},
    selection::{
        application::{Desk, Stage},
        parameters::Parameters,
    },
};

/// One phase.
#[derive(Debug, Clone)]
pub struct Phase {
    /// What is done.
    pub label: &'static str,
    /// Who does it.
    pub who: &'static str,
    /// Its deadline, when the parameters fix one.
    pub until: Option<Instant>,
    /// The deadline, or the period, in words.
    pub period: String,
    /// How many applications wait in it.
    pub waiting: u64,
    /// How it stands.
    pub standing: Standing,
}

/// How a phase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Something waits here after the deadline (已逾期).
    Late,
    /// Something waits here, or may still come in (进行中).
    Open,
    /// Nothing waits here any more (已完成).
    Done,
    /// Nothing has come so far (未开始).
    Ahead,
}

impl Standing {
    fn of(waiting: u64, until: Option<Instant>, has_passed_something_on: bool, is_open: bool, now: Instant) -> Self {
        let is_over = until.is_some_and(|until| until <= now);
        match (waiting, is_over) {
            (1.., true) => Self::Late,
            (1.., false) => Self::Open,
            // Until its deadline, more may come in.
            (0, false) if is_open || (until.is_some() && has_passed_something_on) => Self::Open,
            (0, _) if has_passed_something_on || is_over => Self::Done,
            (0, _) => Self::Ahead,
        }
    }

    /// The tone of its badge and what it says.
    #[must_use]
    pub const fn badge(self) -> (&'static str, &'static str) {
        match self {
            Self::Late => ("bad", "已逾期"),
            Self::Open => ("info", "进行中"),
            Self::Done => ("good", "已完成"),
            Self::Ahead => ("calm", "未开始"),
        }
    }
}

impl Phase {
    /// Whether something waits here after the deadline.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.standing == Standing::Late
    }
}

/// Until when the desk that has an application is to deal with it; `None` where nothing is fixed. In a year without a
/// table of holidays the community's working days cannot be counted, and the season's deadline stands alone.
#[must_use]
pub fn due_of(stage: Stage, since: Instant, parameters: &Parameters, calendar: &Calendar) -> Option<Instant> {
    let closes = parameters.recommend_deadline();
    match stage {
        Stage::Submitted => {
            let days = calendar.add_working_days(since.date(), parameters.community_days).ok().map(Instant::end_of);
            days.into_iter().chain(closes).min()
        }
        Stage::Draft | Stage::CommunityPassed | Stage::Screened => closes,
        Stage::Recommended => parameters.preliminary_deadline(),
        _ => None,
    }
}

// R-SEL-09
/// What to say beside a deadline that is no working day: it is not extended, and offices close before.
#[must_use]
pub fn deadline_hint(parameters: &Parameters, calendar: &Calendar) -> String {
    match parameters.last_working_day_to_recommend(calendar) {
        Ok(Some(last)) if parameters.recommend_until.in_year(parameters.year) != Some(last) => {
            format!("截止当天不是工作日，期限不顺延；之前最后一个工作日是{}。", chinese_date(last))
        }
        Ok(_) => String::new(),
        Err(unknown) => format!("{unknown}；在此之前，截止当天是否上班请自行核对。"),
    }
}

/// The phases of one place in their order: they stand as the whole season does, so that every level reads the same timetable;
/// what waits is counted at the place.
#[must_use]
pub fn phases_at(
    parameters: &Parameters,
    opened_at: Instant,
    (all, here): (&BTreeMap<Stage, u64>, &BTreeMap<Stage, u64>),
    now: Instant,
) -> Vec<Phase> {
    let waiting = phases(parameters, opened_at, here, now).into_iter().map(|phase| phase.waiting);
    let whole = phases(parameters, opened_at, all, now);
    whole.into_iter().zip(waiting).map(|(phase, waiting)| Phase { waiting, ..phase }).collect()
}

/// The phases of the whole season in their order, as they stand at `now`.
#[must_use]
pub fn phases(parameters: &Parameters, opened_at: Instant, stages: &BTreeMap<Stage, u64>, now: Instant) -> Vec<Phase> {
    let waiting = |desk: Desk| stages.iter().filter(|(stage, _)| stage.desk() == desk).map(|(_, count)| count).sum();
    let at = |stage: Stage| stages.get(&stage).copied().unwrap_or(0);
    let beyond = |steps: u8| stages.iter().any(|(stage, count)| *count > 0 && stage.steps_done() >= steps);
    let (recommend, preliminary) = (parameters.recommend_deadline(), parameters.preliminary_deadline());
    let until = |at: Option<Instant>| at.map(|at| format!("{} 24:00 前", chinese_date(at.plus_micros(-1).date())));
    let from = parameters.opening().map(|from| chinese_date(from.date())).unwrap_or_default();
    let fixed = |at: Option<Instant>| until(at).unwrap_or_default();
    let phase = |label, who, period, waiting, until, steps, is_open| {
        let standing = Standing::of(waiting, until, beyond(steps), is_open, now);
        Phase { label, who, until, period, waiting, standing }
    };
    let has_begun = parameters.opening().is_some_and(|from| from <= now);
    // A draft that missed the deadline waits for nothing any more.
    let drafts = if recommend.is_some_and(|until| now < until) { waiting(Desk::Branch) } else { 0 };
    let days = (parameters.community_days, parameters.consultation_days, parameters.notice_days);
    let community = format!("收到后 {} 个工作日内，且{}", days.0, fixed(recommend));
    let awarded = stages.iter().any(|(stage, count)| *count > 0 && stage.is_award());
    vec![
        Phase {
            label: "启动评选、确定名额",
            who: "县委组织部",
            until: None,
            period: format!("{}启动", chinese_date(opened_at.date())),
            waiting: 0,
            standing: Standing::Done,
        },
        phase(
            "小区党支部申报",
            "小区党支部",
            format!("{from}起，{}", fixed(recommend)),
            drafts,
            recommend,
            1,
            has_begun,
        ),
        phase("社区把关", "社区党总支", community, waiting(Desk::Community), recommend, 2, false),
        phase("街道审核、推荐上报", "街道党工委", fixed(recommend), waiting(Desk::Street), recommend, 3, false),
        phase("评选组审查", "评选组", fixed(preliminary), waiting(Desk::Panel), preliminary, 4, false),
        phase(
            "征求意见、常委会审定",
            "县委常委会",
            format!("征求意见 {} 个工作日后提交审定", days.1),
            waiting(Desk::StandingCommittee),
            None,
            5,
            false,
        ),
        phase(
            "公示",
            "县委组织部",
            format!("不少于 {} 个工作日", days.2),
            at(Stage::Decided) + at(Stage::Noticed),
            None,
            7,
            false,
        ),
        Phase {
            label: "认定、通报",
            who: "县委组织部",
            until: None,
            period: "公示期满且无未办结异议".to_owned(),
            waiting: at(Stage::Confirmed),
            standing: Standing::of(at(Stage::Confirmed), None, awarded, false, now),
        },
    ]
}

#[cfg(test)]
mod tests {
    use domain::{calendar::DayKind, selection::programme::programme};
    use jiff::civil::date;

    use super::*;

    fn calendar(year: i16) -> Calendar {
        Calendar::from_days([(date(year, 1, 1), DayKind::Off)])
    }

    #[test]
    fn the_community_has_its_days_but_never_beyond_the_deadline() {
        let (parameters, calendar) = (programme(2022), calendar(2022));
        let due = |day| due_of(Stage::Submitted, Instant::start_of(day), &parameters, &calendar);
        assert_eq!(due(date(2022, 11, 7)), Some(Instant::end_of(date(2022, 11, 14))));
        assert_eq!(due(date(2022, 12, 28)), parameters.recommend_deadline());
        assert_eq!(due(date(2023, 1, 3)), parameters.recommend_deadline(), "an unknown year cannot be counted in");
        assert_eq!(due_of(Stage::Awarded, Instant::start_of(date(2022, 11, 7)), &parameters, &calendar), None);
    }

    #[test]
    fn phases_stand_as_their_applications_do() {
        let parameters = programme(2022);
        let standings = |stages: &[(Stage, u64)], now| -> Vec<Standing> {
            let stages = stages.iter().copied().collect();
            let opened = Instant::start_of(date(2022, 11, 1));
            phases(&parameters, opened, &stages, Instant::start_of(now)).iter().map(|phase| phase.standing).collect()
        };
        use Standing::{Ahead, Done, Late, Open};
        let december = [(Stage::Submitted, 2), (Stage::Screened, 3)];
        assert_eq!(
            standings(&december, date(2022, 12, 20)),
            [Done, Open, Open, Open, Ahead, Ahead, Ahead, Ahead],
            "branches may still apply"
        );
        assert_eq!(standings(&december, date(2023, 1, 1))[1..4], [Done, Late, Late]);
        let opened = Instant::start_of(date(2022, 11, 1));
        let (all, here) = (december.into_iter().collect(), [(Stage::Screened, 1)].into_iter().collect());
        let at = phases_at(&parameters, opened, (&all, &here), Instant::start_of(date(2022, 12, 20)));
        assert_eq!(at.iter().map(|phase| phase.standing).collect::<Vec<_>>(), standings(&december, date(2022, 12, 20)));
        assert_eq!(at.iter().map(|phase| phase.waiting).collect::<Vec<_>>(), [0, 0, 0, 1, 0, 0, 0, 0]);
        let end = [(Stage::NotRecommended, 5), (Stage::Awarded, 2)];
        assert_eq!(standings(&end, date(2023, 2, 1)), [Done; 8]);
    }

    #[test]
    fn a_deadline_on_a_day_of_rest_names_the_working_day_before() {
        assert_eq!(deadline_hint(&programme(2022), &calendar(2022)), "");
        assert!(deadline_hint(&programme(2023), &calendar(2023)).contains("2023年12月29日"));
        assert!(deadline_hint(&programme(2023), &calendar(2022)).contains("请自行核对"));
    }
}
