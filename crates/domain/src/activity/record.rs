//! Service that a member did singly (服务记录), entered by one and confirmed by another (R-DUTY-02).

use jiff::civil::Date;

use super::{ActivityRefusal, Stretch, check_hours};
use crate::{clock::Instant, coded_enum, ids::AccountId, refusal::Refusal};

coded_enum! {
    /// Where a service record stands.
    pub enum RecordState {
        /// 待确认.
        Entered = "entered" => "待确认",
        /// 已确认.
        Confirmed = "confirmed" => "已确认",
        /// 未确认: it did not happen so.
        Rejected = "rejected" => "未确认",
        /// 已撤销: found wrong after it was confirmed.
        Withdrawn = "withdrawn" => "已撤销",
    }
}

impl RecordState {
    /// Whether its hours count against a day's measure.
    #[must_use]
    pub const fn occupies(self) -> bool {
        matches!(self, Self::Entered | Self::Confirmed)
    }
}

/// Why a record is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordRefusal {
    /// Decided before.
    #[error("这条服务记录已经是“{}”，请刷新页面", .0.label())]
    WrongState(RecordState),
    /// Not over yet.
    #[error("服务还没有结束，结束以后再登记")]
    NotOver,
    /// Of another year than this and the last.
    #[error("只能登记今年和去年的服务，请核对日期")]
    TooOld,
    /// One's own entry or service.
    #[error("自己登记或者自己的服务，要由支部另一名同志确认")]
    Own,
    /// No reason.
    #[error("请写明不予确认的原因，本人会看到")]
    NoReason,
    /// Not confirmed, so that there is nothing to withdraw.
    #[error("这条服务记录是“{}”，已确认的才能撤销", .0.label())]
    NotConfirmed(RecordState),
    /// One's own service, withdrawn.
    #[error("自己的服务，要由支部另一名同志撤销")]
    OwnService,
    /// Withdrawn without a reason.
    #[error("请写明撤销的原因，本人会看到")]
    NoReasonToWithdraw,
    /// Hours that cannot be.
    #[error(transparent)]
    Hours(#[from] ActivityRefusal),
}

impl Refusal for RecordRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NotOver | Self::TooOld => "date",
            Self::NoReason => "reason",
            Self::Hours(refusal) => refusal.field(),
            Self::NotConfirmed(_) | Self::OwnService => "withdrawn",
            Self::NoReasonToWithdraw => "why",
            Self::WrongState(_) | Self::Own => "",
        }
    }
}

/// Whether `new` may be entered at `now` for the member called `name`, beside what is recorded already.
///
/// # Errors
/// What is wrong, in words.
pub fn check_record(name: &str, new: &Stretch, recorded: &[Stretch], now: Instant) -> Result<(), RecordRefusal> {
    check_hours(name, new, recorded)?;
    let (day, today): (Date, Date) = (new.day(), now.date());
    if new.until() > now {
        return Err(RecordRefusal::NotOver);
    }
    if day.year() < today.year() - 1 {
        return Err(RecordRefusal::TooOld);
    }
    Ok(())
}

/// Who had a hand in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Where it stands.
    pub state: RecordState,
    /// Who entered it.
    pub enterer: Option<AccountId>,
}

/// Who decides on a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmer {
    /// The account.
    pub account: Option<AccountId>,
    /// Whether it was their own service.
    pub is_server: bool,
}

impl Record {
    /// Somebody else confirms.
    ///
    /// # Errors
    /// When it is decided, or by who entered it or served.
    pub fn confirm(self, confirmer: Confirmer) -> Result<RecordState, RecordRefusal> {
        self.must_be_anothers(confirmer)?;
        Ok(RecordState::Confirmed)
    }

    /// Somebody else finds that it was not so.
    ///
    /// # Errors
    /// When it is decided, by who entered it or served, or without a reason.
    pub fn reject(self, confirmer: Confirmer, reason: &str) -> Result<RecordState, RecordRefusal> {
        self.must_be_anothers(confirmer)?;
        if reason.trim().is_empty() {
            return Err(RecordRefusal::NoReason);
        }
        Ok(RecordState::Rejected)
    }

    /// What was confirmed turns out to be wrong: its hours count no more. Whoever entered or confirmed it may do so, the points that
    /// are taken back wait for somebody else.
    ///
    /// # Errors
    /// When it is not confirmed, by who served, or without a reason.
    pub fn withdraw(self, confirmer: Confirmer, reason: &str) -> Result<RecordState, RecordRefusal> {
        if self.state != RecordState::Confirmed {
            return Err(RecordRefusal::NotConfirmed(self.state));
        }
        if confirmer.is_server {
            return Err(RecordRefusal::OwnService);
        }
        if reason.trim().is_empty() {
            return Err(RecordRefusal::NoReasonToWithdraw);
        }
        Ok(RecordState::Withdrawn)
    }

    fn must_be_anothers(self, confirmer: Confirmer) -> Result<(), RecordRefusal> {
        if self.state != RecordState::Entered {
            return Err(RecordRefusal::WrongState(self.state));
        }
        let has_entered = confirmer.account.is_some() && confirmer.account == self.enterer;
        if has_entered || confirmer.is_server { Err(RecordRefusal::Own) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn at(year: i16, day: i8, hour: i8) -> Instant {
        Instant::at(date(year, 5, day).at(hour, 0, 0, 0))
    }

    #[test]
    fn service_is_entered_once_it_is_over_and_while_it_is_fresh() {
        let new = |year| Stretch { from: at(year, 7, 9), hours: 200, title: "清扫".to_owned() };
        let check = |new: Stretch, now| check_record("李明雨", &new, &[], now);
        assert_eq!(check(new(2022), at(2022, 7, 10)), Err(RecordRefusal::NotOver));
        assert_eq!(check(new(2022), at(2022, 7, 11)), Ok(()));
        assert_eq!(check(new(2022), at(2023, 7, 11)), Ok(()));
        assert_eq!(check(new(2022), at(2024, 7, 11)), Err(RecordRefusal::TooOld));
        let twice = check_record("李明雨", &new(2022), &[new(2022)], at(2022, 8, 9));
        assert!(matches!(twice, Err(RecordRefusal::Hours(ActivityRefusal::Overlap { .. }))));
    }

    #[test]
    fn nobody_confirms_what_they_entered_or_did() {
        let by = |number, is_server| Confirmer { account: Some(AccountId::from(Uuid::from_u128(number))), is_server };
        let record = Record { state: RecordState::Entered, enterer: by(1, false).account };
        assert_eq!(record.confirm(by(1, false)), Err(RecordRefusal::Own));
        assert_eq!(record.confirm(by(2, true)), Err(RecordRefusal::Own));
        assert_eq!(record.confirm(by(3, false)), Ok(RecordState::Confirmed));
        assert_eq!(record.reject(by(3, false), " "), Err(RecordRefusal::NoReason));
        let done = Record { state: RecordState::Confirmed, ..record };
        assert_eq!(done.confirm(by(3, false)), Err(RecordRefusal::WrongState(RecordState::Confirmed)));
        assert_eq!(record.withdraw(by(3, false), "重复"), Err(RecordRefusal::NotConfirmed(RecordState::Entered)));
        assert_eq!(done.withdraw(by(2, true), "重复"), Err(RecordRefusal::OwnService));
        assert_eq!(done.withdraw(by(1, false), " "), Err(RecordRefusal::NoReasonToWithdraw));
        assert_eq!(done.withdraw(by(1, false), "重复"), Ok(RecordState::Withdrawn));
    }
}
