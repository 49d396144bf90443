//! The deeds on voices.

mod late;
mod merge;
mod photos;
mod receive;
mod resident;
mod reveal;
mod split;
pub(super) mod step;
mod words;
mod work;

pub use late::{close_voice, escalate_voice, forget_voicer};
pub use merge::{merge_voice, part_own_voice, part_voice};
pub use photos::publish_photo;
pub use receive::{NewVoice, Receipt, enter_voice, file_voice};
pub use resident::{add_to_voice, rate_voice, reopen_voice};
pub use reveal::{Voicer, reveal_voicer};
pub use split::{NewPiece, split_voice};
pub use words::{ask_voicer, note_taken_up, note_voice, reply_voice};
pub use work::{
    Hands, Parking, accept_voice, acknowledge_voice, assign_voice, call_back_voice, decline_voice, extend_voice,
    finish_voice, park_voice, resume_voice, return_voice,
};
