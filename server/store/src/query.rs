//! A statement with its values, on its way to a connection.

use std::borrow::Cow;

use sqlx::SqlStr;

use crate::conn::vouched;
use crate::value::Arguments;
use crate::{Conn, Error, Item, Row, Sql, Value, list};

/// A statement being put together; nothing happens before one of `all`, `optional`, `one`, `execute`, `write` is
/// awaited.
#[must_use = "a query does nothing until it is run"]
pub struct Query<'c> {
    conn: &'c mut Conn,
    text: Cow<'static, str>,
    arguments: Arguments,
    /// The first mistake made while putting it together, told when it is run.
    mistake: Option<Error>,
}

impl<'c> Query<'c> {
    pub(crate) fn new(conn: &'c mut Conn, sql: Sql) -> Self {
        let (text, arguments) = conn.behind_waiting(sql.text(conn.kind()));
        Self { conn, text, arguments, mistake: None }
    }

    /// The value of the next numbered placeholder.
    pub fn bind<V: Value>(mut self, value: V) -> Self {
        if let Err(cause) = value.add(&mut self.arguments) {
            self.mistake.get_or_insert(Error::Broken(cause));
        }
        self
    }

    /// The items of the statement's gap `IN (…)`; after all numbered placeholders have been bound.
    pub fn list<T: Item>(mut self, items: impl IntoIterator<Item = T>) -> Self {
        let items = items.into_iter().collect();
        match list::fill(&self.text, items, &mut self.arguments) {
            Ok(text) => self.text = Cow::Owned(text),
            Err(mistake) => {
                self.mistake.get_or_insert(mistake);
            }
        }
        self
    }

    /// Adds a constant fragment, for a screen with more optional filters than static SQL should carry. Each `$?` in it is
    /// the next placeholder: `query.and("AND topic = $?").bind(topic)`. What a person typed goes into `bind`, never here.
    pub fn and(mut self, fragment: &'static str) -> Self {
        let mut number = self.arguments.len();
        let text = self.text.to_mut();
        text.push(' ');
        for (index, piece) in fragment.split("$?").enumerate() {
            if index > 0 {
                number += 1;
                text.push_str(&format!("${number}"));
            }
            text.push_str(piece);
        }
        self
    }

    /// Every row, each read by `row`.
    pub async fn all<T>(self, row: impl Fn(&Row) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        self.rows().await?.iter().map(row).collect()
    }

    /// The first row, or nothing.
    pub async fn optional<T>(self, row: impl Fn(&Row) -> Result<T, Error>) -> Result<Option<T>, Error> {
        self.rows().await?.first().map(row).transpose()
    }

    /// The first row; [`Error::NotFound`] where there is none.
    pub async fn one<T>(self, row: impl Fn(&Row) -> Result<T, Error>) -> Result<T, Error> {
        self.rows().await?.first().map(row).ok_or(Error::NotFound)?
    }

    /// How many rows were written.
    pub async fn execute(self) -> Result<u64, Error> {
        let (conn, text, arguments) = self.ready()?;
        conn.execute(text, arguments).await
    }

    /// For a write that answers nothing (no `RETURNING`) and of which nobody asks how many rows it wrote. In a transaction on SQLite it
    /// goes to the database together with the next statement, or at the end; there what is wrong with it is told, and nothing is kept.
    pub async fn write(self) -> Result<(), Error> {
        match self.mistake {
            Some(mistake) => Err(mistake),
            None => self.conn.write(self.text, self.arguments).await,
        }
    }

    async fn rows(self) -> Result<Vec<Row>, Error> {
        let (conn, text, arguments) = self.ready()?;
        conn.rows(text, arguments).await
    }

    fn ready(self) -> Result<(&'c mut Conn, SqlStr, Arguments), Error> {
        match self.mistake {
            Some(mistake) => Err(mistake),
            None => Ok((self.conn, vouched(self.text), self.arguments)),
        }
    }
}
