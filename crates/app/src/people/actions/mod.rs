//! The deeds of people: committees, numbers shown in full, and the roll of a branch.

mod committee;
mod registration;

pub use committee::{
    HolderParticulars, NewCommitteeMember, PostParticulars, RevealedPhone, appoint_committee_member,
    change_committee_post, end_committee_post, reveal_committee_phone, reveal_member_phone,
};
pub use registration::{
    Departure, MemberParticulars, NewMember, RollChanges, confirm_members, edit_member, end_registration, keep_list,
    move_member, note_account, note_claimed_posts, register_member, verify_members, write_roll,
};
