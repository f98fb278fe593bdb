//! One checked-out connection of either database.

use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Postgres, SqlStr, Sqlite};

use crate::error::may_pass_when_repeated;
use crate::kept::Kept;
use crate::row::Inner;
use crate::value::Arguments;
use crate::{Error, Kind, Query, Row, Sql};

/// Can read. A connection from `Db::read` refuses to write, on both databases.
pub struct Conn {
    pub(crate) link: Link,
    /// Set inside a transaction by the first statement that fails.
    pub(crate) failed: Option<Failure>,
    pub(crate) in_transaction: bool,
}

pub(crate) enum Link {
    Sqlite(Kept<Sqlite>),
    Postgres(Kept<Postgres>),
}

/// How a statement of a transaction failed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The whole transaction may pass when it is run again.
    Passing,
    /// It would fail again.
    Lasting,
}

impl Conn {
    pub(crate) fn new(link: Link) -> Self {
        Self { link, failed: None, in_transaction: false }
    }

    /// A statement to be run on this connection.
    pub fn query(&mut self, sql: Sql) -> Query<'_> {
        Query::new(self, sql)
    }

    /// Which database this is.
    pub fn kind(&self) -> Kind {
        match self.link {
            Link::Sqlite(_) => Kind::Sqlite,
            Link::Postgres(_) => Kind::Postgres,
        }
    }

    pub(crate) fn arguments(&self) -> Arguments {
        match self.link {
            Link::Sqlite(_) => Arguments::Sqlite(SqliteArguments::default()),
            Link::Postgres(_) => Arguments::Postgres(PgArguments::default()),
        }
    }

    pub(crate) async fn rows(&mut self, text: SqlStr, arguments: Arguments) -> Result<Vec<Row>, Error> {
        self.refuse_if_failed()?;
        let answer = match (&mut self.link, arguments) {
            (Link::Sqlite(link), Arguments::Sqlite(values)) => {
                let before = link.goes();
                let rows = sqlx::query_with::<Sqlite, _>(text, values).fetch_all(&mut **link).await;
                link.went(before, rows.is_ok());
                rows.map(|rows| rows.into_iter().map(|row| Row(Inner::Sqlite(row))).collect())
            }
            (Link::Postgres(link), Arguments::Postgres(values)) => {
                let before = link.goes();
                let rows = sqlx::query_with::<Postgres, _>(text, values).fetch_all(&mut **link).await;
                link.went(before, rows.is_ok());
                rows.map(|rows| rows.into_iter().map(|row| Row(Inner::Postgres(row))).collect())
            }
            _ => return Err(Error::broken("values encoded for the other database")),
        };
        answer.map_err(|error| self.note(error))
    }

    pub(crate) async fn execute(&mut self, text: SqlStr, arguments: Arguments) -> Result<u64, Error> {
        self.refuse_if_failed()?;
        let answer = match (&mut self.link, arguments) {
            (Link::Sqlite(link), Arguments::Sqlite(values)) => {
                let before = link.goes();
                let done = sqlx::query_with::<Sqlite, _>(text, values).execute(&mut **link).await;
                link.went(before, done.is_ok());
                done.map(|done| done.rows_affected())
            }
            (Link::Postgres(link), Arguments::Postgres(values)) => {
                let before = link.goes();
                let done = sqlx::query_with::<Postgres, _>(text, values).execute(&mut **link).await;
                link.went(before, done.is_ok());
                done.map(|done| done.rows_affected())
            }
            _ => return Err(Error::broken("values encoded for the other database")),
        };
        answer.map_err(|error| self.note(error))
    }

    /// Postgres refuses every statement after a failed one and SQLite would carry on; so that no rule can depend on the
    /// difference, both refuse here.
    fn refuse_if_failed(&self) -> Result<(), Error> {
        match self.failed {
            None => Ok(()),
            Some(_) => Err(Error::broken("a statement of this transaction has failed: it can only be left")),
        }
    }

    pub(crate) fn note(&mut self, error: sqlx::Error) -> Error {
        if self.in_transaction {
            self.failed.get_or_insert(match may_pass_when_repeated(&error) {
                true => Failure::Passing,
                false => Failure::Lasting,
            });
        }
        error.into()
    }

    /// A statement without values that belongs to the store itself: BEGIN and its kind.
    pub(crate) async fn control(&mut self, text: &'static str) -> Result<(), sqlx::Error> {
        match &mut self.link {
            Link::Sqlite(link) => {
                let before = link.goes();
                let done = sqlx::query::<Sqlite>(text).execute(&mut **link).await;
                link.went(before, done.is_ok());
                done.map(drop)
            }
            Link::Postgres(link) => {
                let before = link.goes();
                let done = sqlx::raw_sql(text).execute(&mut **link).await;
                link.went(before, done.is_ok());
                done.map(drop)
            }
        }
    }
}
