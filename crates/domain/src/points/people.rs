//! Who decides, for the tests of entries and appeals.

use uuid::Uuid;

use super::Decider;
use crate::ids::AccountId;

pub(super) fn account(number: u128) -> AccountId {
    AccountId::from(Uuid::from_u128(number))
}

pub(super) const fn by(account: AccountId, is_beneficiary: bool) -> Decider {
    Decider { account, is_beneficiary }
}
