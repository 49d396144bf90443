//! How it goes with voices: the rates with what they are counted from, the year's course, where things wait, and a compound's
//! buildings. Counts alone; nothing here says what was said, or by whom.

pub mod http;
mod queries;
mod sheets;
mod store;

pub use queries::{AboutProperty, Glance, about_property, channels_of_branch, glance, handled_of_branch};
