//! Why the database did not do what it was asked, in the ways that callers treat differently.

use std::fmt;

/// The source of an error, kept for the log.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A failure of the store.
#[derive(Debug)]
pub enum Error {
    /// A unique value is taken. `table_column` is `accounts.email`; several columns read `seats.pool_id,account_id`;
    /// an index over an expression is called by its own name.
    Conflict {
        /// The column (or columns) whose value is taken, written the same on both databases.
        table_column: String,
    },
    /// The database is down, busy beyond patience, full or out of connections: try later (503).
    Unavailable(Cause),
    /// `.one()` found no row.
    NotFound,
    /// Something was to be written in work that may only read ([`crate::reading_only`]).
    ReadOnly,
    /// A mistake in the program: wrong SQL, a column that does not parse, a rule of the schema broken.
    Broken(Cause),
}

impl Error {
    /// A mistake in the program, described.
    pub(crate) fn broken(message: impl Into<String>) -> Self {
        Self::Broken(message.into().into())
    }

    /// Whether this says that the value of `table_column` (`accounts.email`) is taken.
    pub fn is_conflict(&self, table_column: &str) -> bool {
        matches!(self, Self::Conflict { table_column: taken } if taken == table_column)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict { table_column } => write!(f, "{table_column} is taken"),
            Self::Unavailable(cause) => write!(f, "the database is not available: {cause}"),
            Self::NotFound => f.write_str("no such row"),
            Self::ReadOnly => f.write_str("nothing is written here"),
            Self::Broken(cause) => write!(f, "the database refused a statement: {cause}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unavailable(cause) | Self::Broken(cause) => Some(cause.as_ref()),
            Self::Conflict { .. } | Self::NotFound | Self::ReadOnly => None,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match error {
            E::Database(refusal) => Self::refused(refusal),
            E::RowNotFound => Self::NotFound,
            E::Io(_) | E::Tls(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::Protocol(_) => {
                Self::Unavailable(error.into())
            }
            _ => Self::Broken(error.into()),
        }
    }
}

impl Error {
    fn refused(refusal: Box<dyn sqlx::error::DatabaseError>) -> Self {
        if refusal.is_unique_violation() {
            return Self::Conflict { table_column: crate::conflict::table_column(refusal.as_ref()) };
        }
        let code = refusal.code().unwrap_or_default().into_owned();
        let away = match refusal.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
            Some(_) => postgres_is_away(&code),
            None => sqlite_is_away(&code),
        };
        match away {
            true => Self::Unavailable(refusal.into_error()),
            false => Self::Broken(refusal.into_error()),
        }
    }
}

/// Whether running the whole transaction again may succeed: a deadlock, a serialization failure, a locked database.
pub(crate) fn may_pass_when_repeated(error: &sqlx::Error) -> bool {
    let Some(refusal) = error.as_database_error() else {
        return false;
    };
    let code = refusal.code().unwrap_or_default();
    match refusal.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
        Some(_) => matches!(code.as_ref(), "40001" | "40P01" | "55P03"),
        None => matches!(sqlite_primary(&code), Some(5 | 6)),
    }
}

/// Class 08 connection, 53 resources, 57P operator intervention, 58 system; and what is repeated until patience ends.
fn postgres_is_away(code: &str) -> bool {
    ["08", "53", "57P", "58"].iter().any(|class| code.starts_with(class))
        || matches!(code, "3D000" | "40001" | "40P01" | "55P03" | "57014")
}

/// BUSY, LOCKED, READONLY (the file was moved), IOERR, FULL, CANTOPEN.
fn sqlite_is_away(code: &str) -> bool {
    matches!(sqlite_primary(code), Some(5 | 6 | 8 | 10 | 13 | 14))
}

/// The low byte of SQLite's extended result code.
fn sqlite_primary(code: &str) -> Option<i32> {
    code.parse::<i32>().ok().map(|code| code & 0xff)
}
