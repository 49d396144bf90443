//! How many statements a request sent to the database.

use std::cell::Cell;

use sea_orm::metric::Info;

tokio::task_local! {
    static STATEMENTS: Cell<u32>;
}

/// Runs `future` with a fresh count.
pub async fn counted<F: Future>(future: F) -> F::Output {
    STATEMENTS.scope(Cell::new(0), future).await
}

/// How many statements this request has sent; 0 outside a request.
#[must_use]
pub fn statements_so_far() -> u32 {
    STATEMENTS.try_with(Cell::get).unwrap_or(0)
}

pub(super) fn count(info: &Info<'_>) {
    // Outside a request (start, jobs) there is nobody to count for.
    let _ = STATEMENTS.try_with(|count| count.set(count.get() + 1));
    tracing::trace!(sql = info.statement.sql, failed = info.failed, "statement");
}
