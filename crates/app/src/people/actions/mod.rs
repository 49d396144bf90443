//! The deeds of people: committees, numbers shown in full, and the roll of a branch.

mod chosen;
mod committee;
mod correction;
mod departure;
mod registration;
mod roll;

use domain::organisation::is_month_to_come;
use jiff::civil::Date;
use platform::error::Stop;

pub use chosen::{confirm_members, group_members, verify_members};
pub use committee::{
    HolderParticulars, NewCommitteeMember, PostParticulars, RevealedPhone, appoint_committee_member,
    change_committee_post, end_committee_post, reveal_committee_phone, reveal_member_phone,
};
pub use correction::{Correction, edit_member};
pub use departure::{Departure, arrive, destination, leave, leaving};
pub use registration::{MemberParticulars, NewMember, become_of, note_account, note_claimed_posts, register_member};
pub use roll::{RollChanges, keep_list, write_roll};

/// Nobody was born in a month to come; `1966-11`.
fn must_be_born(month: Option<&String>, today: Date) -> Result<(), Stop> {
    if month.is_some_and(|month| is_month_to_come(month, today)) {
        return Err(Stop::refused_at("birth_month", "“出生年月”晚于今天，请核对。"));
    }
    Ok(())
}
