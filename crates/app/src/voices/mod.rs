//! What residents have to say: from a poster in the lift, a window, the telephone, to the last word about it (社情民意).
//!
//! Owns the tables `voices`, `voice_entries`, `voice_photos`, `voice_issues`, `voice_calls`, `voice_texts` and `voice_terms`. Promises that who spoke is sealed, shown to the
//! desk that has the voice alone and on the record, that a photo is seen by officers until a desk shows it, and that nobody learns
//! anything of a voice but by its code, the neighbours' list or an office on its line. What is late goes up by itself; only the
//! resident has the last say. Never shows a page to the public; the portal does.

mod actions;
mod calls;
mod http;
mod jobs;
mod pages;
mod picture;
mod queries;
mod read;
mod recurring;
mod schema;
mod sheets;
mod store;
mod terms;
mod texts;
mod todos;
pub mod urls;

use domain::permission::Deed;
use platform::db::migrate::Migrations;

use crate::desk::MenuEntry;

pub use actions::*;
pub use http::{public_photo, routes};
pub use jobs::JOBS;
pub use pages::{chosen_same, same_choices, until_words};
pub use picture::{AboutProperty, Glance, about_property, channels_of_branch, glance, handled_of_branch};
pub use queries::{
    Counts, Desks, Followed, Leader, PublicVoice, VoiceFile, VoiceLine, open_voices, public_voices, voice,
    voice_by_code, voices,
};
pub use read::{NAME, NEW, PHOTOS, SPOT, TEXT, read_voice};
pub use recurring::gather_voices;
pub use store::voice::VoiceFilter;
pub use terms::{set_terms, terms_at};
pub use texts::{are_sent, send_texts};
pub use todos::{dues, todos};

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "小区", label: "社情民意", href: urls::VOICES, deed: Deed::ViewVoice }];

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![
        Box::new(schema::M0061Voices),
        Box::new(schema::M0066VoicePhotos),
        Box::new(schema::M0067VoiceIssues),
        Box::new(schema::M0070VoiceMerging),
        Box::new(schema::M0071VoiceWasLate),
        Box::new(schema::M0073VoiceCalls),
        Box::new(schema::M0074VoiceStanding),
        Box::new(schema::M0077VoicePieces),
        Box::new(schema::M0078VoiceTerms),
        Box::new(schema::M0086VoiceTexts),
    ]
}
