//! Where polls of owners are.

use domain::{
    ids::{BallotId, PollCallId, PollId, PollOwnerId, PollUnitId},
    place::PlaceCode,
};

/// Polls under one's place.
pub const POLLS: &str = "/owner-polls";
/// They as an Excel table.
pub const SHEET: &str = "/owner-polls/polls.xlsx";
/// Preparing one.
pub const NEW: &str = "/owner-polls/new";
/// One poll.
pub const POLL: &str = "/owner-polls/{poll}";
/// Changing it before it is frozen.
pub const EDIT: &str = "/owner-polls/{poll}/edit";
/// Voting again on what did not pass.
pub const REPEAT: &str = "/owner-polls/{poll}/repeat";
/// Freezing its register and sending it to the community.
pub const FREEZE: &str = "/owner-polls/{poll}/freeze";
/// Sending it back to the branch.
pub const RETURN: &str = "/owner-polls/{poll}/return";
/// Announcing it.
pub const ANNOUNCE: &str = "/owner-polls/{poll}/announce";
/// Calling it off.
pub const CANCEL: &str = "/owner-polls/{poll}/cancel";
/// Counting it.
pub const TALLY: &str = "/owner-polls/{poll}/tally";
/// Publishing what it came to.
pub const PUBLISH: &str = "/owner-polls/{poll}/publish";
/// Filing it.
pub const FILE: &str = "/owner-polls/{poll}/file";
/// The announcement as a Word document.
pub const NOTICE: &str = "/owner-polls/{poll}/notice.docx";
/// The result as a Word document.
pub const RESULT: &str = "/owner-polls/{poll}/result.docx";
/// Its units.
pub const REGISTER: &str = "/owner-polls/{poll}/register";
/// They as an Excel table, names masked.
pub const REGISTER_SHEET: &str = "/owner-polls/{poll}/register.xlsx";
/// The table to be filled in.
pub const TEMPLATE: &str = "/owner-polls/{poll}/register/template.xlsx";
/// One more unit.
pub const ADD_UNIT: &str = "/owner-polls/{poll}/register/units";
/// One unit less.
pub const DROP_UNIT: &str = "/owner-polls/{poll}/register/units/{poll_unit}/drop";
/// Previewing a register.
pub const IMPORT: &str = "/owner-polls/{poll}/register/import";
/// Taking over what was previewed.
pub const CONFIRM: &str = "/owner-polls/{poll}/register/import/confirm";
/// The owners, and who has voted.
pub const OWNERS: &str = "/owner-polls/{poll}/owners";
/// They as an Excel table.
pub const OWNERS_SHEET: &str = "/owner-polls/{poll}/owners.xlsx";
/// One owner.
pub const OWNER: &str = "/owner-polls/{poll}/owners/{poll_owner}";
/// Entering a ballot.
pub const BALLOT: &str = "/owner-polls/{poll}/owners/{poll_owner}/ballot";
/// Seeing name and telephone.
pub const REVEAL: &str = "/owner-polls/{poll}/owners/{poll_owner}/reveal";
/// Giving the code that votes over the net.
pub const CODE: &str = "/owner-polls/{poll}/owners/{poll_owner}/code";
/// Noting that a unit was sold.
pub const SALE: &str = "/owner-polls/{poll}/owners/{poll_owner}/sale";
/// Taking a ballot back.
pub const WITHDRAW: &str = "/owner-polls/{poll}/ballots/{ballot}/withdraw";
/// Striking a ballot out.
pub const STRIKE: &str = "/owner-polls/{poll}/ballots/{ballot}/strike";
/// The scan of a ballot.
pub const SCAN: &str = "/owner-polls/{poll}/ballots/{ballot}/scan";
/// Owners to be called back.
pub const CALLS: &str = "/owner-polls/{poll}/calls";
/// They as an Excel table.
pub const CALLS_SHEET: &str = "/owner-polls/{poll}/calls.xlsx";
/// Drawing them.
pub const DRAW: &str = "/owner-polls/{poll}/calls/draw";
/// What one of them said.
pub const CALL: &str = "/owner-polls/{poll}/calls/{poll_call}";

/// The polls of a branch that were announced; the portal answers.
pub const PUBLIC_AT: &str = "/owner-votes/at/{branch}";
/// One of them; the portal answers.
pub const PUBLIC: &str = "/owner-votes/{poll}";
/// Voting over the net; the portal answers.
pub const CAST: &str = "/owner-votes/{poll}/ballot";

/// The page or deed at `path` of a poll.
#[must_use]
pub fn of_poll(path: &str, poll: PollId) -> String {
    path.replace("{poll}", &poll.to_string())
}

/// The page or deed at `path` of an owner.
#[must_use]
pub fn of_owner(path: &str, poll: PollId, owner: PollOwnerId) -> String {
    of_poll(path, poll).replace("{poll_owner}", &owner.to_string())
}

/// The deed at `path` on a ballot.
#[must_use]
pub fn of_ballot(path: &str, poll: PollId, ballot: BallotId) -> String {
    of_poll(path, poll).replace("{ballot}", &ballot.to_string())
}

/// [`DROP_UNIT`].
#[must_use]
pub fn drop_unit(poll: PollId, unit: PollUnitId) -> String {
    of_poll(DROP_UNIT, poll).replace("{poll_unit}", &unit.to_string())
}

/// [`CALL`].
#[must_use]
pub fn call(poll: PollId, call: PollCallId) -> String {
    of_poll(CALL, poll).replace("{poll_call}", &call.to_string())
}

/// [`PUBLIC_AT`].
#[must_use]
pub fn public_at(branch: &PlaceCode) -> String {
    PUBLIC_AT.replace("{branch}", branch.as_str())
}
