//! Where the officers' pages of voices are; what residents see is the portal's.

use domain::{
    ids::{VoiceCallId, VoiceId, VoiceIssueId, VoicePhotoId},
    place::PlaceCode,
};

/// Voices under one's place.
pub const VOICES: &str = "/voice-desk";
/// They as an Excel table.
pub const SHEET: &str = "/voice-desk/voices.xlsx";
/// How it went in a year.
pub const RATES: &str = "/voice-desk/rates";
/// That as an Excel table.
pub const RATES_SHEET: &str = "/voice-desk/rates.xlsx";
/// How long each step may take.
pub const TERMS: &str = "/voice-desk/terms";
/// Entering one for somebody.
pub const ENTER: &str = "/voice-desk/new";
/// The poster of a branch with the code that leads to the form.
pub const POSTER: &str = "/voice-desk/branches/{branch}/poster";
/// One voice.
pub const VOICE: &str = "/voice-desk/voices/{voice}";
/// Acknowledging it.
pub const ACKNOWLEDGE: &str = "/voice-desk/voices/{voice}/acknowledge";
/// Telling that it belongs elsewhere.
pub const DECLINE: &str = "/voice-desk/voices/{voice}/decline";
/// Handing it to another desk.
pub const ASSIGN: &str = "/voice-desk/voices/{voice}/assign";
/// Signing for it.
pub const ACCEPT: &str = "/voice-desk/voices/{voice}/accept";
/// Letting it follow another about the same.
pub const MERGE: &str = "/voice-desk/voices/{voice}/merge";
/// Parting it from that again.
pub const PART: &str = "/voice-desk/voices/{voice}/part";
/// Splitting pieces off it.
pub const SPLIT: &str = "/voice-desk/voices/{voice}/split";
/// Sending it back.
pub const RETURN: &str = "/voice-desk/voices/{voice}/return";
/// Asking the resident.
pub const ASK: &str = "/voice-desk/voices/{voice}/ask";
/// A note for officers.
pub const NOTE: &str = "/voice-desk/voices/{voice}/note";
/// Telling the resident how it goes.
pub const REPLY: &str = "/voice-desk/voices/{voice}/reply";
/// Taking more time.
pub const EXTEND: &str = "/voice-desk/voices/{voice}/extend";
/// Putting it aside.
pub const PARK: &str = "/voice-desk/voices/{voice}/park";
/// Going on with it.
pub const RESUME: &str = "/voice-desk/voices/{voice}/resume";
/// Telling that it is done.
pub const FINISH: &str = "/voice-desk/voices/{voice}/finish";
/// Calling others in.
pub const CALL: &str = "/voice-desk/voices/{voice}/call";
/// Noting what whoever was called answered.
pub const ANSWER_CALL: &str = "/voice-desk/calls/{voice_call}/answer";
/// Taking a call back.
pub const WITHDRAW_CALL: &str = "/voice-desk/calls/{voice_call}/withdraw";
/// The slip for whoever is called, as a Word document.
pub const CALL_SLIP: &str = "/voice-desk/calls/{voice_call}/slip.docx";
/// Entering what the resident says of it.
pub const CALL_BACK: &str = "/voice-desk/voices/{voice}/call-back";
/// Learning who spoke.
pub const VOICER: &str = "/voice-desk/voices/{voice}/voicer";

/// What comes again and again under one's place.
pub const ISSUES: &str = "/voice-desk/issues";
/// They as an Excel table.
pub const ISSUES_SHEET: &str = "/voice-desk/issues.xlsx";
/// One of them.
pub const ISSUE: &str = "/voice-desk/issues/{issue}";
/// Naming who answers for it.
pub const OWN_ISSUE: &str = "/voice-desk/issues/{issue}/owner";
/// Noting how it was settled.
pub const SETTLE_ISSUE: &str = "/voice-desk/issues/{issue}/settle";

/// A photo of it, for officers.
pub const PHOTO: &str = "/voice-desk/photos/{photo}";
/// Showing it to the neighbours, or taking it back.
pub const PUBLISH_PHOTO: &str = "/voice-desk/photos/{photo}/publish";

/// A photo that the neighbours were shown; the portal answers.
pub const PUBLIC_PHOTO: &str = "/voices/photos/{shown_photo}";

/// Opening a mediation file, for a voice that is a dispute; the mediation module answers.
pub const MEDIATE: &str = "/disputes/new";
/// Raising a matter for deliberation, for a voice that concerns many; the deliberation module answers.
pub const DELIBERATE: &str = "/deliberations/new";

/// Where residents choose their compound, and follow what they said; the portal answers.
pub const SPEAK: &str = "/voices";
/// The form of a branch's compounds, to which posters lead; the portal answers.
pub const SPEAK_AT: &str = "/voices/at/{branch}";
/// What neighbours may know of a branch's compounds; the portal answers.
pub const NEIGHBOURS: &str = "/voices/at/{branch}/list";
/// Following one's own voice by its code; the portal answers.
pub const FOLLOW: &str = "/voices/follow";
/// Adding to it, or answering a question.
pub const ADD: &str = "/voices/follow/add";
/// Saying how it went.
pub const RATE: &str = "/voices/follow/rate";
/// Having it worked on by itself, when it was merged with another.
pub const PART_OWN: &str = "/voices/follow/part";
/// Having it worked on again.
pub const REOPEN: &str = "/voices/follow/reopen";

/// [`VOICE`].
#[must_use]
pub fn voice(voice: VoiceId) -> String {
    of_voice(VOICE, voice)
}

/// The deed at `path` on a voice.
#[must_use]
pub fn of_voice(path: &str, voice: VoiceId) -> String {
    path.replace("{voice}", &voice.to_string())
}

/// [`ISSUE`].
#[must_use]
pub fn issue(issue: VoiceIssueId) -> String {
    of_issue(ISSUE, issue)
}

/// The deed at `path` on an issue.
#[must_use]
pub fn of_issue(path: &str, issue: VoiceIssueId) -> String {
    path.replace("{issue}", &issue.to_string())
}

/// The deed or document at `path` of a call.
#[must_use]
pub fn of_call(path: &str, call: VoiceCallId) -> String {
    path.replace("{voice_call}", &call.to_string())
}

/// [`PHOTO`] or [`PUBLISH_PHOTO`] of a photo.
#[must_use]
pub fn of_photo(path: &str, photo: VoicePhotoId) -> String {
    path.replace("{photo}", &photo.to_string())
}

/// [`PUBLIC_PHOTO`].
#[must_use]
pub fn public_photo(photo: VoicePhotoId) -> String {
    PUBLIC_PHOTO.replace("{shown_photo}", &photo.to_string())
}

/// [`MEDIATE`] for a voice.
#[must_use]
pub fn mediate(voice: VoiceId) -> String {
    format!("{MEDIATE}?voice={voice}")
}

/// [`DELIBERATE`] for a voice.
#[must_use]
pub fn deliberate(voice: VoiceId) -> String {
    format!("{DELIBERATE}?voice={voice}")
}

/// [`RATES`] of a place and a year.
#[must_use]
pub fn picture(place: &PlaceCode, year: i16) -> String {
    format!("{RATES}?place={place}&year={year}")
}

/// [`POSTER`].
#[must_use]
pub fn poster(branch: &PlaceCode) -> String {
    POSTER.replace("{branch}", branch.as_str())
}

/// [`SPEAK_AT`].
#[must_use]
pub fn speak_at(branch: &PlaceCode) -> String {
    SPEAK_AT.replace("{branch}", branch.as_str())
}

/// [`NEIGHBOURS`].
#[must_use]
pub fn neighbours(branch: &PlaceCode) -> String {
    NEIGHBOURS.replace("{branch}", branch.as_str())
}
