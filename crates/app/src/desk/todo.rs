//! One thing that waits on an office.

use domain::clock::{Instant, chinese_date};

/// A to-do (待办), derived by the module it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// What is to be done, such as `审核阳光里联合党支部的申报`.
    pub title: String,
    /// Where, such as `五桂社区`.
    pub place: String,
    /// Until when, if there is a deadline.
    pub due: Option<Instant>,
    /// The page where it is done.
    pub href: String,
}

/// How a to-do stands against its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waiting {
    /// The deadline has passed.
    Late,
    /// It ends within three days.
    Soon,
    /// There is time, or no deadline.
    Calm,
}

/// How near a deadline must be to be called near.
const SOON_DAYS: i64 = 3;

impl Todo {
    /// How it stands at `now`.
    #[must_use]
    pub fn waiting(&self, now: Instant) -> Waiting {
        match self.due {
            Some(due) if due <= now => Waiting::Late,
            Some(due) if due <= now.plus_days(SOON_DAYS) => Waiting::Soon,
            Some(_) | None => Waiting::Calm,
        }
    }

    /// The deadline in words; 24:00 of a day is told as that day.
    #[must_use]
    pub fn due_words(&self) -> String {
        self.due
            .map_or_else(|| "无固定期限".to_owned(), |due| format!("{}前", chinese_date(due.plus_micros(-1).date())))
    }

    /// Overdue first, then by deadline, then what has none; a fixed order within.
    pub fn sort(todos: &mut [Self]) {
        todos.sort_by(|left, right| {
            let key = |todo: &Self| (todo.due.is_none(), todo.due, todo.title.clone(), todo.href.clone());
            key(left).cmp(&key(right))
        });
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn todo(title: &str, due: Option<Instant>) -> Todo {
        Todo { title: title.into(), place: String::new(), due, href: String::new() }
    }

    #[test]
    fn the_late_come_first_and_the_undated_last() {
        let now = Instant::start_of(date(2022, 12, 28));
        let end = |day| Some(Instant::end_of(date(2022, 12, day)));
        let mut todos = vec![todo("undated", None), todo("soon", end(30)), todo("late", end(20))];
        Todo::sort(&mut todos);
        let titles: Vec<_> = todos.iter().map(|todo| (todo.title.as_str(), todo.waiting(now))).collect();
        assert_eq!(titles, [("late", Waiting::Late), ("soon", Waiting::Soon), ("undated", Waiting::Calm)]);
        assert_eq!(todos[1].due_words(), "2022年12月30日前");
    }
}
