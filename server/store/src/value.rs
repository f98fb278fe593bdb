//! What may be bound to a statement: five types and their absence, encoded natively by the driver, so that a missing
//! `Option<i64>` is a null *bigint* and not a null of some other type.

use sqlx::Arguments as _;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;

/// The values of one statement, in the encoding of the database it goes to.
pub enum Arguments {
    Sqlite(SqliteArguments),
    Postgres(PgArguments),
}

type Encoded = Result<(), sqlx::error::BoxDynError>;

impl Arguments {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Sqlite(values) => values.len(),
            Self::Postgres(values) => values.len(),
        }
    }
}

mod sealed {
    pub trait Sealed {
        fn add(self, to: &mut super::Arguments) -> super::Encoded;
    }
}
use sealed::Sealed;

/// A value that a statement can carry: `bool`, `i64`, `f64`, text, bytes, and an `Option` of each.
pub trait Value: Sealed {}

macro_rules! values {
    ($($type:ty),+ $(,)?) => {$(
        impl Sealed for $type {
            fn add(self, to: &mut Arguments) -> Encoded {
                match to {
                    Arguments::Sqlite(values) => values.add(self),
                    Arguments::Postgres(values) => values.add(self),
                }
            }
        }
        impl Value for $type {}

        impl Sealed for Option<$type> {
            fn add(self, to: &mut Arguments) -> Encoded {
                match to {
                    Arguments::Sqlite(values) => values.add(self),
                    Arguments::Postgres(values) => values.add(self),
                }
            }
        }
        impl Value for Option<$type> {}
    )+};
}

values!(bool, i64, f64, String, &str, &String, Vec<u8>, &[u8]);
