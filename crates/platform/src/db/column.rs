//! Columns that hold our own types, so that entities speak the vocabulary of the domain.
//!
//! Three kinds serve everything: [`Text`] for codes, identifiers, dates and states, [`Int`] for instants and money,
//! [`Document`] for typed JSON. Stored data that cannot be read is a fault that names its column.

use std::{fmt::Display, str::FromStr};

use sea_orm::{
    ColIdx, DbErr, QueryResult, TryFromU64, TryGetError, TryGetable, Value,
    sea_query::{ArrayType, ColumnType, Nullable, StringLen, ValueType, ValueTypeErr},
};
use serde::{Serialize, de::DeserializeOwned};

/// A text column that holds a `T` by its `Display` and `FromStr`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<T>(pub T);

/// A 64-bit integer column that holds a `T`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Int<T>(pub T);

/// A text column that holds a `T` as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<T>(pub T);

fn unreadable(kind: &str, why: impl Display) -> TryGetError {
    TryGetError::DbErr(DbErr::Type(format!("stored {kind} cannot be read: {why}")))
}

/// The parts of SeaORM's column contract that all three kinds share.
macro_rules! column {
    ($wrapper:ident, $raw:ty, $column:expr, [$($bound:tt)*], $to:expr, $from:expr) => {
        impl<T: $($bound)*> From<$wrapper<T>> for Value {
            fn from(column: $wrapper<T>) -> Self {
                let to: fn(T) -> $raw = $to;
                Value::from(to(column.0))
            }
        }

        impl<T: $($bound)*> TryGetable for $wrapper<T> {
            fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
                let raw = <$raw>::try_get_by(row, index)?;
                let from: fn($raw) -> Result<T, String> = $from;
                from(raw).map(Self).map_err(|why| unreadable(std::any::type_name::<T>(), why))
            }
        }

        impl<T: $($bound)*> ValueType for $wrapper<T> {
            fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
                let raw = <$raw as ValueType>::try_from(value)?;
                let from: fn($raw) -> Result<T, String> = $from;
                from(raw).map(Self).map_err(|_| ValueTypeErr)
            }

            fn type_name() -> String {
                stringify!($wrapper).to_owned()
            }

            fn array_type() -> ArrayType {
                <$raw as ValueType>::array_type()
            }

            fn column_type() -> ColumnType {
                $column
            }
        }

        impl<T: $($bound)*> Nullable for $wrapper<T> {
            fn null() -> Value {
                <$raw as Nullable>::null()
            }
        }

        impl<T: $($bound)*> TryFromU64 for $wrapper<T> {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($wrapper)))
            }
        }
    };
}

column!(
    Text,
    String,
    ColumnType::String(StringLen::None),
    [Display + FromStr<Err: Display>],
    |value| value.to_string(),
    |raw| raw.parse().map_err(|why: T::Err| format!("{raw:?}: {why}"))
);

column!(Int, i64, ColumnType::BigInteger, [Into<i64> + TryFrom<i64, Error: Display>], |value| value.into(), |raw| {
    T::try_from(raw).map_err(|why| format!("{raw}: {why}"))
});

column!(
    Document,
    String,
    ColumnType::Text,
    [Serialize + DeserializeOwned],
    // Our documents are plain structs with text keys; serde_json cannot fail on them, and an empty text fails at the next read.
    |value| serde_json::to_string(&value).unwrap_or_default(),
    |raw| serde_json::from_str(&raw).map_err(|why| why.to_string())
);
