//! Searching a column for what somebody typed.

use sea_orm::{
    ColumnTrait,
    sea_query::{LikeExpr, SimpleExpr},
};

/// Whether `column` holds `words` as they stand: what a pattern would take for a sign of its own is a letter like any other.
pub fn holds(column: impl ColumnTrait, words: &str) -> SimpleExpr {
    let mut pattern = String::with_capacity(words.len() + 2);
    pattern.push('%');
    for letter in words.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    column.like(LikeExpr::new(pattern).escape('\\'))
}
