//! One row of an answer, read column by column by a plain function.

use std::str::FromStr;

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _};

use crate::Error;

/// A row as either driver hands it over.
pub struct Row(pub(crate) Inner);

pub(crate) enum Inner {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// What a column holds, for whoever copies rows without knowing their columns.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Nothing,
    Truth(bool),
    Whole(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

mod sealed {
    pub trait Sealed: Sized {
        fn read(row: &super::Row, column: &str) -> Result<Self, sqlx::Error>;
    }
}
use sealed::Sealed;

/// A type that a column can be read as: `bool`, `i64`, `f64`, `String`, `Vec<u8>`, and an `Option` of each.
pub trait Column: Sealed {}

impl Row {
    /// The value of a column; an error if there is no such column, if it is null and `T` is no `Option`, or if its type differs.
    pub fn get<T: Column>(&self, column: &str) -> Result<T, Error> {
        T::read(self, column).map_err(|error| Error::Broken(error.into()))
    }

    /// Every column by its name, in the order of the answer.
    pub fn cells(&self) -> Result<Vec<(String, Cell)>, Error> {
        let columns: Vec<(String, String)> = match &self.0 {
            Inner::Sqlite(row) => row.columns().iter().map(|c| (c.name().to_owned(), c.type_info().name().to_owned())).collect(),
            Inner::Postgres(row) => {
                row.columns().iter().map(|c| (c.name().to_owned(), c.type_info().name().to_owned())).collect()
            }
        };
        columns
            .into_iter()
            .map(|(name, declared)| {
                let cell = self.cell(&name, &declared).map_err(|error| Error::Broken(error.into()))?;
                Ok((name, cell))
            })
            .collect()
    }

    fn cell(&self, column: &str, declared: &str) -> Result<Cell, sqlx::Error> {
        let (absent, held) = match &self.0 {
            Inner::Sqlite(row) => {
                let raw = row.try_get_raw(column)?;
                (raw.is_null(), raw.type_info().name().to_owned())
            }
            Inner::Postgres(row) => {
                let raw = row.try_get_raw(column)?;
                (raw.is_null(), raw.type_info().name().to_owned())
            }
        };
        if absent {
            return Ok(Cell::Nothing);
        }
        // SQLite keeps a truth as a number; what was declared tells
        Ok(match (declared, held.as_str()) {
            ("BOOLEAN" | "BOOL", _) => Cell::Truth(Sealed::read(self, column)?),
            (_, "INTEGER" | "INT8" | "INT4") => Cell::Whole(Sealed::read(self, column)?),
            (_, "REAL" | "FLOAT8") => Cell::Real(Sealed::read(self, column)?),
            (_, "BLOB" | "BYTEA") => Cell::Bytes(Sealed::read(self, column)?),
            _ => Cell::Text(Sealed::read(self, column)?),
        })
    }

    /// A text column as a type that parses from text (an id, a state).
    pub fn parse<T: FromStr>(&self, column: &str) -> Result<T, Error> {
        parsed(column, &self.get::<String>(column)?)
    }

    /// The same for a column that may be null.
    pub fn parse_optional<T: FromStr>(&self, column: &str) -> Result<Option<T>, Error> {
        self.get::<Option<String>>(column)?.map(|text| parsed(column, &text)).transpose()
    }
}

/// The text itself stays out of the message: it may be personal.
fn parsed<T: FromStr>(column: &str, text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| {
        let wanted = std::any::type_name::<T>();
        Error::broken(format!("column {column} does not hold a {wanted}"))
    })
}

macro_rules! columns {
    ($($type:ty),+) => {$(
        impl Sealed for $type {
            fn read(row: &Row, column: &str) -> Result<Self, sqlx::Error> {
                match &row.0 {
                    Inner::Sqlite(row) => row.try_get(column),
                    Inner::Postgres(row) => row.try_get(column),
                }
            }
        }
        impl Column for $type {}
        optional!($type);
    )+};
}

macro_rules! optional {
    ($type:ty) => {
        impl Sealed for Option<$type> {
            fn read(row: &Row, column: &str) -> Result<Self, sqlx::Error> {
                let absent = match &row.0 {
                    Inner::Sqlite(row) => row.try_get_raw(column)?.is_null(),
                    Inner::Postgres(row) => row.try_get_raw(column)?.is_null(),
                };
                if absent { Ok(None) } else { <$type>::read(row, column).map(Some) }
            }
        }
        impl Column for Option<$type> {}
    };
}

columns!(bool, String, Vec<u8>);
optional!(i64);
optional!(f64);

/// Postgres calls a literal such as the `1` of `CASE … THEN 1` a four-byte integer; it is read as what it means.
impl Sealed for i64 {
    fn read(row: &Row, column: &str) -> Result<Self, sqlx::Error> {
        match &row.0 {
            Inner::Sqlite(row) => row.try_get(column),
            Inner::Postgres(row) => match row.try_get_raw(column)?.type_info().name() {
                "INT4" => row.try_get::<i32, _>(column).map(i64::from),
                _ => row.try_get(column),
            },
        }
    }
}
impl Column for i64 {}

/// SQLite answers a whole number where an expression happens to yield one.
impl Sealed for f64 {
    fn read(row: &Row, column: &str) -> Result<Self, sqlx::Error> {
        match &row.0 {
            Inner::Sqlite(row) => match row.try_get_raw(column)?.type_info().name() {
                "INTEGER" => row.try_get_unchecked::<f64, _>(column),
                _ => row.try_get(column),
            },
            Inner::Postgres(row) => row.try_get(column),
        }
    }
}
impl Column for f64 {}
