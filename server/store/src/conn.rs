//! One checked-out connection of either database.

use std::borrow::Cow;

use futures::TryStreamExt;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Either, Executor, Postgres, SqlSafeStr, SqlStr, Sqlite, SqliteConnection};

use crate::error::may_pass_when_repeated;
use crate::kept::Kept;
use crate::row::Inner;
use crate::value::Arguments;
use crate::waiting::{self, Waiting};
use crate::{Error, Kind, Query, Row, Sql};

/// Can read. A connection from `Db::read` refuses to write, on both databases.
pub struct Conn {
    pub(crate) link: Link,
    /// Set inside a transaction by the first statement that fails, and by one that is under way: where it is cut short it stays so.
    pub(crate) failed: Option<Failure>,
    pub(crate) in_transaction: bool,
    pub(crate) waiting: Waiting,
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
        Self { link, failed: None, in_transaction: false, waiting: Waiting::Nothing }
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

    /// A statement's text behind the writes that wait for one, and their values.
    pub(crate) fn behind_waiting(&mut self, text: &'static str) -> (Cow<'static, str>, Arguments) {
        match std::mem::take(&mut self.waiting) {
            Waiting::Nothing => (Cow::Borrowed(text), self.arguments()),
            Waiting::Writes { text: mut all, values } => {
                self.waiting = Waiting::Handed;
                let values = Arguments::Sqlite(values);
                waiting::join(&mut all, text, values.len());
                (Cow::Owned(all), values)
            }
            Waiting::Handed => {
                self.failed.get_or_insert(Failure::Lasting);
                (Cow::Borrowed(text), self.arguments())
            }
        }
    }

    /// Writes, and asks nothing: now, or (SQLite, in a transaction) together with what comes next.
    pub(crate) async fn write(&mut self, text: Cow<'static, str>, arguments: Arguments) -> Result<(), Error> {
        match arguments {
            Arguments::Sqlite(values) if self.in_transaction => {
                self.refuse_if_failed()?;
                let full = sqlx::Arguments::len(&values) >= waiting::MOST;
                self.waiting = Waiting::Writes { text: text.into_owned(), values };
                if full { self.send_waiting().await } else { Ok(()) }
            }
            arguments => self.execute(vouched(text), arguments).await.map(drop),
        }
    }

    /// Sends what waits for another statement.
    pub(crate) async fn send_waiting(&mut self) -> Result<(), Error> {
        match std::mem::take(&mut self.waiting) {
            Waiting::Nothing => Ok(()),
            Waiting::Writes { text, values } => {
                self.execute(vouched(Cow::Owned(text)), Arguments::Sqlite(values)).await.map(drop)
            }
            Waiting::Handed => {
                self.failed.get_or_insert(Failure::Lasting);
                Err(Error::broken("a statement was put together and never run, and writes that waited for it are lost"))
            }
        }
    }

    pub(crate) async fn rows(&mut self, text: SqlStr, arguments: Arguments) -> Result<Vec<Row>, Error> {
        self.refuse_if_failed()?;
        self.goes();
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
        self.failed = None;
        answer.map_err(|error| self.note(error))
    }

    pub(crate) async fn execute(&mut self, text: SqlStr, arguments: Arguments) -> Result<u64, Error> {
        self.refuse_if_failed()?;
        self.goes();
        let answer = match (&mut self.link, arguments) {
            (Link::Sqlite(link), Arguments::Sqlite(values)) => {
                let before = link.goes();
                let done = count_of_last(link, text, values).await;
                link.went(before, done.is_ok());
                done
            }
            (Link::Postgres(link), Arguments::Postgres(values)) => {
                let before = link.goes();
                let done = sqlx::query_with::<Postgres, _>(text, values).execute(&mut **link).await;
                link.went(before, done.is_ok());
                done.map(|done| done.rows_affected())
            }
            _ => return Err(Error::broken("values encoded for the other database")),
        };
        self.failed = None;
        answer.map_err(|error| self.note(error))
    }

    /// A statement goes, and what waited with it. Whoever does not wait for its end (the future is dropped) cannot know how much of it
    /// was done: it has failed the transaction, unless its end is heard.
    fn goes(&mut self) {
        self.waiting = Waiting::Nothing;
        self.failed = self.in_transaction.then_some(Failure::Lasting);
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

/// All text is a literal of the source, joined with nothing but numbered placeholders and other such text: that is what is vouched for.
pub(crate) fn vouched(text: Cow<'static, str>) -> SqlStr {
    match text {
        Cow::Borrowed(literal) => literal.into_sql_str(),
        Cow::Owned(joined) => AssertSqlSafe(joined).into_sql_str(),
    }
}

/// Runs the statements of a text one after the other; how many rows the last of them wrote.
async fn count_of_last(link: &mut SqliteConnection, text: SqlStr, values: SqliteArguments) -> Result<u64, sqlx::Error> {
    let mut steps = Executor::fetch_many(link, sqlx::query_with::<Sqlite, _>(text, values));
    let mut count = 0;
    while let Some(step) = steps.try_next().await? {
        if let Either::Left(done) = step {
            count = done.rows_affected();
        }
    }
    Ok(count)
}
