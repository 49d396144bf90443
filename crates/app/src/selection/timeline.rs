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
}

impl Phase {
    /// Whether something waits here after the deadline.
    #[must_use]
    pub fn is_late(&self, now: Instant) -> bool {
        self.waiting > 0 && self.until.is_some_and(|until| until <= now)
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

/// The phases in their order.
#[must_use]
pub fn phases(parameters: &Parameters, opened_at: Instant, stages: &BTreeMap<Stage, u64>) -> Vec<Phase> {
    let waiting = |desk: Desk| stages.iter().filter(|(stage, _)| stage.desk() == desk).map(|(_, count)| count).sum();
    let at = |stage: Stage| stages.get(&stage).copied().unwrap_or(0);
    let (recommend, preliminary) = (parameters.recommend_deadline(), parameters.preliminary_deadline());
    let until = |at: Option<Instant>| at.map(|at| format!("{} 24:00 前", chinese_date(at.plus_micros(-1).date())));
    let from = parameters.opening().map(|from| chinese_date(from.date())).unwrap_or_default();
    let fixed = |at: Option<Instant>| until(at).unwrap_or_default();
    let notice_days = parameters.notice_days;
    vec![
        Phase {
            label: "启动评选、确定名额",
            who: "县委组织部",
            until: None,
            period: format!("{}启动", chinese_date(opened_at.date())),
            waiting: 0,
        },
        Phase {
            label: "小区党支部申报",
            who: "小区党支部",
            until: recommend,
            period: format!("{from}起，{}", fixed(recommend)),
            waiting: waiting(Desk::Branch),
        },
        Phase {
            label: "社区把关",
            who: "社区党总支",
            until: recommend,
            period: format!("收到后 {} 个工作日内，且{}", parameters.community_days, fixed(recommend)),
            waiting: waiting(Desk::Community),
        },
        Phase {
            label: "街道审核、推荐上报",
            who: "街道党工委",
            until: recommend,
            period: fixed(recommend),
            waiting: waiting(Desk::Street),
        },
        Phase {
            label: "评选组审查",
            who: "评选组",
            until: preliminary,
            period: fixed(preliminary),
            waiting: waiting(Desk::Panel),
        },
        Phase {
            label: "征求意见、常委会审定",
            who: "县委常委会",
            until: None,
            period: format!("征求意见 {} 个工作日后提交审定", parameters.consultation_days),
            waiting: waiting(Desk::StandingCommittee),
        },
        Phase {
            label: "公示",
            who: "县委组织部",
            until: None,
            period: format!("不少于 {notice_days} 个工作日"),
            waiting: at(Stage::Decided) + at(Stage::Noticed),
        },
        Phase {
            label: "认定、通报、补助",
            who: "县委组织部",
            until: None,
            period: "公示期满且无未办结异议".to_owned(),
            waiting: at(Stage::Confirmed),
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
    fn a_deadline_on_a_day_of_rest_names_the_working_day_before() {
        assert_eq!(deadline_hint(&programme(2022), &calendar(2022)), "");
        assert!(deadline_hint(&programme(2023), &calendar(2023)).contains("2023年12月29日"));
        assert!(deadline_hint(&programme(2023), &calendar(2022)).contains("请自行核对"));
    }
}
