//! The text of a statement: a literal, one for both databases or, rarely, one for each.

use crate::Kind;

/// A statement that was written down in the source; made by [`sql!`](crate::sql).
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    sqlite: &'static str,
    postgres: &'static str,
    file: &'static str,
    line: u32,
}

impl Sql {
    #[doc(hidden)]
    pub const fn written(sqlite: &'static str, postgres: &'static str, file: &'static str, line: u32) -> Self {
        Self { sqlite, postgres, file, line }
    }

    /// The text for one database.
    pub(crate) fn text(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Sqlite => self.sqlite,
            Kind::Postgres => self.postgres,
        }
    }

    /// Where it stands: `server/domain/src/orders/queries.rs:12`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

#[cfg(feature = "testing")]
inventory::collect!(Sql);

/// A statement: `sql!("SELECT …")`, or `sql!(sqlite: "…", postgres: "…")` for one of the few true differences.
///
/// Where the crate is built with its `testing` feature the statement also registers itself with its place, so that
/// `testing::prepare_everything` finds it.
#[cfg(feature = "testing")]
#[macro_export]
macro_rules! sql {
    (sqlite: $sqlite:literal, postgres: $postgres:literal $(,)?) => {{
        const STATEMENT: $crate::Sql = $crate::Sql::written($sqlite, $postgres, file!(), line!());
        $crate::inventory::submit! { STATEMENT }
        STATEMENT
    }};
    ($both:literal $(,)?) => { $crate::sql!(sqlite: $both, postgres: $both) };
}

/// A statement: `sql!("SELECT …")`, or `sql!(sqlite: "…", postgres: "…")` for one of the few true differences.
#[cfg(not(feature = "testing"))]
#[macro_export]
macro_rules! sql {
    (sqlite: $sqlite:literal, postgres: $postgres:literal $(,)?) => {
        const { $crate::Sql::written($sqlite, $postgres, file!(), line!()) }
    };
    ($both:literal $(,)?) => { $crate::sql!(sqlite: $both, postgres: $both) };
}
