//! Two people act on the same thing at the same moment: one succeeds, the other is told, and nothing is lost or done twice.

mod county;
mod ledger;
mod notices;
mod polls;
mod street;

use std::{
    future::Future,
    sync::atomic::{AtomicBool, Ordering},
};

use sea_orm::{ConnectionTrait as _, Database, DbBackend, Statement, TransactionTrait as _};

use crate::{
    client::Answer,
    world::{Engine, World, county},
};

type Fields = Vec<(String, String)>;

/// Lets two requests run into each other.
///
/// On PostgreSQL both are held at the county's audit record, or at each other, until both have read what they act on:
/// that is the worst moment. SQLite has one writer, and the second reads what the first has written.
async fn at_once(
    world: &World,
    one: impl Future<Output = Answer>,
    two: impl Future<Output = Answer>,
) -> (Answer, Answer) {
    if world.engine == Engine::Sqlite {
        return tokio::join!(one, two);
    }
    let connection = Database::connect(&world.floor.config.database_url).await.expect("a connection");
    let gate = connection.begin().await.expect("a gate");
    let hold = format!("SELECT 1 FROM audit_heads WHERE chain = '{}' FOR UPDATE", county());
    gate.execute_unprepared(&hold).await.expect("the gate is shut");
    let is_answered = AtomicBool::new(false);
    let answered = async |request: &mut (dyn Future<Output = Answer> + Unpin)| {
        let answer = request.await;
        is_answered.store(true, Ordering::Relaxed);
        answer
    };
    let waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let open = async {
        let count = Statement::from_string(DbBackend::Postgres, waiting);
        while !is_answered.load(Ordering::Relaxed) {
            let row = connection.query_one_raw(count.clone()).await.expect("asked").expect("a count");
            if row.try_get_by_index::<i64>(0).expect("a number") >= 2 {
                break;
            }
        }
        gate.rollback().await.expect("the gate is open");
    };
    let (mut one, mut two) = (std::pin::pin!(one), std::pin::pin!(two));
    let (one, two, ()) = tokio::join!(answered(&mut one), answered(&mut two), open);
    connection.close().await.expect("closed");
    (one, two)
}

fn owned(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// One has done it, and the other reads why not: 409, or the refusal of a rule.
#[track_caller]
fn one_is_told(what: &str, answers: (Answer, Answer)) {
    let (first, second) = answers;
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    let is_right = statuses[0] == 303 && matches!(statuses[1], 409 | 422);
    assert!(is_right, "{what}: {statuses:?}: {} / {}", first.words(), second.words());
}

/// Both may have done it, one after the other; who has not is told. Answers how many have.
#[track_caller]
fn both_or_one(what: &str, answers: (Answer, Answer)) -> usize {
    let answers = [answers.0, answers.1];
    for answer in &answers {
        assert!(matches!(answer.status.as_u16(), 303 | 409 | 422), "{what}: {}: {}", answer.status, answer.words());
    }
    let done = answers.iter().filter(|answer| answer.status == 303).count();
    assert!(done > 0, "{what}: neither has done it: {}", answers[0].words());
    done
}
