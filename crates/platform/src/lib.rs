//! What every module stands on: database, write door, audit store, sessions, forms, files, jobs, page shell, errors.
//!
//! Promises that nothing is changed but through [`act`], and that every end of a request has words ([`error`]).
//! Knows no module.

pub mod act;
pub mod actor;
pub mod assets;
pub mod audit;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod files;
pub mod floor;
pub mod forms;
pub mod heartbeat;
pub mod jobs;
pub mod keys;
pub mod pages;
pub mod pictures;
pub mod remember;
pub mod route;
pub mod schema;
pub mod sender;
pub mod serve;
pub mod sessions;
pub mod settings;
pub mod shell;
pub mod throttle;
pub mod upkeep;
pub mod validators;
pub mod view;
