//! The one integration test binary. Stories go through the public doors, on both databases; do not add a second binary.

mod activities;
mod anything;
mod at_once;
mod attendance;
mod audit;
mod away;
mod calendars;
mod client;
mod deadlines;
mod deliberation_papers;
mod deliberation_secrecy;
mod deliberations;
mod demo;
mod dispute_secrecy;
mod disputes;
mod door;
mod drafts;
mod elections;
mod forgetting;
mod funds;
mod hands;
mod hostile;
mod identity;
mod jobs;
mod kill;
mod ledger;
mod lists;
mod matrix;
mod meetings;
mod members;
mod menu;
mod messages;
mod notices;
mod own;
mod owner_online;
mod owner_registers;
mod owner_secrecy;
mod owner_votes;
mod parameters;
mod party_groups;
mod points;
mod points_appeals;
mod points_settled;
mod points_whole_year;
mod portal;
mod positions;
mod property_service;
mod rescheduling;
mod restructuring;
mod review;
mod rolls;
mod search;
mod season;
mod selection;
mod selection_evidence;
mod service;
mod substitution;
mod takeover;
mod unit_scores;
mod units;
mod voice_calls;
mod voice_issues;
mod voice_merging;
mod voice_photos;
mod voice_picture;
mod voice_pieces;
mod voice_terms;
mod voice_texts;
mod voice_twice;
mod voices;
mod world;

/// Makes one test of a story for each database.
#[macro_export]
macro_rules! stories {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $story() {
                super::$story(&$crate::world::World::open($crate::world::Engine::Sqlite).await).await;
            })+
        }

        mod on_postgres {
            $(#[tokio::test]
            async fn $story() {
                super::$story(&$crate::world::World::open($crate::world::Engine::Postgres).await).await;
            })+
        }
    };
}
