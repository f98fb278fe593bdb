//! One SQL text on two databases: SQLite by default, PostgreSQL when asked.
//!
//! Knows: connections, transactions, statements, migrations and how a driver's error is to be understood.
//! Must not know: any table, any rule, any word of the business. It is the only crate that knows sqlx.
//!
//! ```ignore
//! let found = conn.query(sql!("SELECT id, email FROM accounts WHERE email = $1"))
//!     .bind(email.as_str())
//!     .optional(account)
//!     .await?;
//! ```
//!
//! The SQL that may be used is described in README.md.

mod conflict;
mod conn;
mod db;
mod dialect;
mod error;
mod kept;
mod list;
mod migrate;
mod query;
mod reading;
mod row;
mod subset;
#[cfg(feature = "testing")]
pub mod testing;
mod together;
mod tx;
mod value;
mod waiting;
mod wake;

pub use conn::Conn;
pub use db::{Db, Durability, Kind, Settings};
pub use dialect::Sql;
pub use error::Error;
pub use list::Item;
pub use migrate::{Migrations, Source};
pub use query::Query;
pub use reading::reading_only;
pub use row::{Cell, Column, Row};
pub use tx::Tx;
pub use value::Value;
pub use wake::Woken;

/// What every call into the database returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

#[cfg(feature = "testing")]
#[doc(hidden)]
pub use inventory;
