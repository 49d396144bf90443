//! The rules and the vocabulary of the programme, and nothing else.
//!
//! Owns every decision that the programme's documents make: quotas, deadlines, states, who may do what.
//! Promises to be pure: no I/O, no clock, no randomness; time and random values are arguments.
//! Never knows how a thing is stored, asked for or shown.

pub mod activity;
pub mod audit;
pub mod calendar;
pub mod clock;
pub mod coded;
pub mod deliberation;
pub mod dispute;
pub mod ids;
pub mod meeting;
pub mod members;
pub mod money;
pub mod organisation;
pub mod owners;
pub mod permission;
pub mod place;
pub mod points;
pub mod property;
pub mod refusal;
pub mod reminder;
pub mod selection;
pub mod service;
pub mod sign_in;
pub mod survey;
pub mod voice;
