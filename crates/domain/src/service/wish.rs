//! Wishes of residents (微心愿): published, taken on, done, confirmed by who asked or by an officer.

use crate::{coded_enum, refusal::Refusal};

coded_enum! {
    /// Where a wish stands.
    pub enum WishState {
        /// 待认领.
        Published = "published" => "待认领",
        /// 已认领.
        Claimed = "claimed" => "已认领",
        /// 已办好: who asked, or an officer, has yet to confirm.
        Done = "done" => "待确认",
        /// 已实现.
        Confirmed = "confirmed" => "已实现",
        /// 已撤下.
        Withdrawn = "withdrawn" => "已撤下",
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WishRefusal {
    /// It stands elsewhere.
    #[error("这个微心愿现在是“{}”，不能这样办理，请刷新页面", .0.label())]
    WrongState(WishState),
    /// Not the one who took it on.
    #[error("这个微心愿由别的党员认领，只有认领的人能报告办好")]
    Anothers,
    /// Confirmed by who fulfilled it.
    #[error("自己办的微心愿，要由提出的人或者支部另一名同志确认")]
    Own,
    /// No reason.
    #[error("请写明原因")]
    NoReason,
    /// Nothing is told of what was done.
    #[error("请写明是怎样办好的")]
    NoNote,
}

impl Refusal for WishRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NoReason => "reason",
            Self::NoNote => "note",
            Self::WrongState(_) | Self::Anothers | Self::Own => "",
        }
    }
}

/// A wish as the rules know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Where it stands.
    pub state: WishState,
}

impl Wish {
    const fn step(self, from: WishState, to: WishState) -> Result<WishState, WishRefusal> {
        // Enums do not compare in constant functions.
        if self.state as u8 == from as u8 { Ok(to) } else { Err(WishRefusal::WrongState(self.state)) }
    }

    /// A member takes it on.
    ///
    /// # Errors
    /// When it does not wait for that.
    pub const fn claim(self) -> Result<WishState, WishRefusal> {
        self.step(WishState::Published, WishState::Claimed)
    }

    /// The member gives it back.
    ///
    /// # Errors
    /// When nobody has taken it on.
    pub const fn give_back(self) -> Result<WishState, WishRefusal> {
        self.step(WishState::Claimed, WishState::Published)
    }

    /// The member has done it.
    ///
    /// # Errors
    /// When nobody has taken it on, or without words.
    pub fn finish(self, note: &str) -> Result<WishState, WishRefusal> {
        let next = self.step(WishState::Claimed, WishState::Done)?;
        if note.trim().is_empty() { Err(WishRefusal::NoNote) } else { Ok(next) }
    }

    /// Who asked, or an officer who did not fulfil it, confirms.
    ///
    /// # Errors
    /// When it is not done, or by who fulfilled it.
    pub const fn confirm(self, is_own: bool) -> Result<WishState, WishRefusal> {
        match self.step(WishState::Done, WishState::Confirmed) {
            Ok(_) if is_own => Err(WishRefusal::Own),
            step => step,
        }
    }

    /// It was not done after all: who took it on goes on; when they have left the roll meanwhile, it waits for another.
    ///
    /// # Errors
    /// When it is not told to be done, or without a reason.
    pub fn undo(self, reason: &str, is_taker_here: bool) -> Result<WishState, WishRefusal> {
        let to = if is_taker_here { WishState::Claimed } else { WishState::Published };
        let next = self.step(WishState::Done, to)?;
        if reason.trim().is_empty() { Err(WishRefusal::NoReason) } else { Ok(next) }
    }

    /// Whether nothing is to be done any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self.state, WishState::Confirmed | WishState::Withdrawn)
    }

    /// Taken down.
    ///
    /// # Errors
    /// When it is fulfilled or down already, or without a reason.
    pub fn withdraw(self, reason: &str) -> Result<WishState, WishRefusal> {
        match self.state {
            WishState::Confirmed | WishState::Withdrawn => Err(WishRefusal::WrongState(self.state)),
            _ if reason.trim().is_empty() => Err(WishRefusal::NoReason),
            _ => Ok(WishState::Withdrawn),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_goes_its_way() {
        let wish = |state| Wish { state };
        assert_eq!(wish(WishState::Published).claim(), Ok(WishState::Claimed));
        assert_eq!(wish(WishState::Claimed).claim(), Err(WishRefusal::WrongState(WishState::Claimed)));
        assert_eq!(wish(WishState::Claimed).give_back(), Ok(WishState::Published));
        assert_eq!(wish(WishState::Claimed).finish(" "), Err(WishRefusal::NoNote));
        assert_eq!(wish(WishState::Claimed).finish("换了灯泡"), Ok(WishState::Done));
        assert_eq!(wish(WishState::Done).confirm(true), Err(WishRefusal::Own));
        assert_eq!(wish(WishState::Done).confirm(false), Ok(WishState::Confirmed));
        assert_eq!(wish(WishState::Published).confirm(false), Err(WishRefusal::WrongState(WishState::Published)));
        assert_eq!(wish(WishState::Done).undo("灯还不亮", true), Ok(WishState::Claimed));
        assert_eq!(wish(WishState::Done).undo("灯还不亮", false), Ok(WishState::Published));
        assert_eq!(wish(WishState::Done).undo(" ", true), Err(WishRefusal::NoReason));
        assert_eq!(wish(WishState::Done).withdraw(""), Err(WishRefusal::NoReason));
        assert!(wish(WishState::Confirmed).withdraw("x").is_err());
    }
}
