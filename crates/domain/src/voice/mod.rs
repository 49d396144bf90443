//! What residents have to say (社情民意), from the first word to the last say about it (R-VOI, §5.3).
//!
//! Knows what a voice is about and where it stands, never who spoke: that is kept elsewhere, sealed.

mod answer;
mod call;
mod desk;
mod handled;
mod kinds;
mod life;
mod merging;
mod pieces;
mod recurring;
mod refusal;
mod spot;
mod state;
mod step;
mod term;
mod text;

pub use answer::{Answer, Rate, Satisfaction, Solved, Tally};
pub use call::{ANSWER_WITHIN, CallRefusal, CallState, Callee, may_call, must_be_asked};
pub use desk::Desk;
pub use handled::{Handled, Standing};
pub use kinds::{Elsewhere, VoiceChannel, VoiceKind, VoiceTopic};
pub use life::{Arrival, KEPT_DAYS, LAST_SAY_DAYS, MOST_HANDS, MOST_REOPENINGS, REVIEW_DAYS, Voice};
pub use pieces::MOST_PIECES;
pub use recurring::{IssueRefusal, IssueState, REPEAT_DAYS, REPEATS, is_recurring};
pub use refusal::VoiceRefusal;
pub use spot::building_of;
pub use state::VoiceState;
pub use step::VoiceStep;
pub use term::{Length, Term, Terms, TermsRefusal, due};
pub use text::{TEXT_TRIES, follower_text, is_text_hour, mobile, receipt_text, step_text};
