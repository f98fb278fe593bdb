//! Migrations: the common folder and the dialect's folder merged, in the order of their versions.

use std::collections::BTreeMap;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{Connection, PgConnection, SqlSafeStr};

use crate::db::Pool;
use crate::{Db, Error, Kind, sql};

/// One migration file.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// The file's name: `0003_orders.sql` is version 3.
    pub name: &'static str,
    /// The one database it is for, or both.
    pub dialect: Option<Kind>,
    /// Its text.
    pub sql: &'static str,
}

/// A set of migrations that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Migrations(&'static [Source]);

/// Files of a crate's own migrations folder, the path relative to the source file that names them:
/// `store::migrations!["../migrations/0001_payments.sql"]`.
#[macro_export]
macro_rules! migrations {
    ($($path:literal),+ $(,)?) => {
        $crate::Migrations::from_sources(const {
            &[$($crate::Source { name: $path, dialect: None, sql: include_str!($path) }),+]
        })
    };
}

impl Migrations {
    /// The workspace's `migrations/`, with `migrations/sqlite/` and `migrations/postgres/`.
    pub const fn of_the_school() -> Self {
        Self(include!(concat!(env!("OUT_DIR"), "/migrations.rs")))
    }

    /// Another set.
    pub const fn from_sources(sources: &'static [Source]) -> Self {
        Self(sources)
    }

    /// Every mistake in the set: a type outside the subset, a version used twice or in one dialect only, a name without a version.
    pub fn mistakes(&self) -> Vec<String> {
        let mut mistakes = Vec::new();
        let mut versions: BTreeMap<i64, Vec<Option<Kind>>> = BTreeMap::new();
        for source in self.0 {
            match source.version() {
                Some(version) => versions.entry(version).or_default().push(source.dialect),
                None => mistakes.push(format!("{}: a name begins with its version: 0001_accounts.sql", source.name)),
            }
            let mut foreign = crate::subset::foreign_types(source.sql);
            if source.dialect == Some(Kind::Sqlite) {
                foreign.retain(|column| !crate::subset::is_sqlite_counter(source.sql, column));
            }
            mistakes.extend(foreign.into_iter().map(|word| format!("{}: the type of {word}", source.name)));
        }
        for (version, dialects) in versions {
            let fits = match dialects.as_slice() {
                [None] => true,
                [Some(one), Some(other)] => one != other,
                _ => false,
            };
            if !fits {
                mistakes.push(format!("version {version} must stand once in the common folder or once in each dialect's"));
            }
        }
        mistakes
    }

    fn for_kind(&self, kind: Kind) -> Result<Migrator, Error> {
        let mut migrations = Vec::new();
        for source in self.0.iter().filter(|source| source.dialect.is_none_or(|dialect| dialect == kind)) {
            let version = source.version().ok_or_else(|| Error::broken(format!("{} has no version", source.name)))?;
            let text = source.sql.into_sql_str();
            migrations.push(Migration::new(version, source.title().into(), MigrationType::Simple, text, false));
        }
        Ok(Migrator::with_migrations(migrations))
    }

    /// A name for exactly this set on this database.
    #[cfg(feature = "testing")]
    pub(crate) fn fingerprint(&self, kind: Kind) -> Result<String, Error> {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        for migration in self.for_kind(kind)?.iter() {
            migration.version.hash(&mut hasher);
            migration.checksum.hash(&mut hasher);
        }
        Ok(format!("{:016x}", hasher.finish()))
    }
}

impl Source {
    fn file(&self) -> &'static str {
        self.name.rsplit_once('/').map_or(self.name, |(_, file)| file)
    }

    fn version(&self) -> Option<i64> {
        self.file().split_once('_')?.0.parse().ok()
    }

    fn title(&self) -> &'static str {
        let file = self.file();
        let title = file.split_once('_').map_or(file, |(_, title)| title);
        title.strip_suffix(".sql").unwrap_or(title)
    }
}

impl Db {
    /// Brings the schema up to date; does nothing when it is. Several processes may ask at once.
    pub async fn migrate(&self, migrations: &Migrations) -> Result<(), Error> {
        let migrator = migrations.for_kind(self.kind())?;
        let done = match self.pool() {
            Pool::Sqlite { writers, .. } => {
                let mut link = writers.pool().acquire().await?;
                migrator.run_direct(None, &mut *link, false).await
            }
            Pool::Postgres(shelf) => {
                // Its own connection: the pool's are read-only outside `Db::write`.
                let options = (*shelf.pool().connect_options()).clone().options([("default_transaction_read_only", "off")]);
                let mut link = PgConnection::connect_with(&options).await?;
                let done = migrator.run_direct(None, &mut link, false).await;
                link.close().await?;
                done
            }
        };
        done.map_err(Error::from)
    }
}

impl Db {
    /// Versions and titles of what this database's schema lacks, oldest first.
    pub async fn pending(&self, migrations: &Migrations) -> Result<Vec<String>, Error> {
        let mut conn = self.read().await?;
        let applied =
            conn.query(sql!("SELECT version FROM _sqlx_migrations WHERE success")).all(|row| row.get::<i64>("version")).await;
        let applied = match applied {
            Ok(applied) => applied,
            Err(unavailable @ Error::Unavailable(_)) => return Err(unavailable),
            // nothing was ever migrated here
            Err(_) => Vec::new(),
        };
        let wanted = migrations.for_kind(self.kind())?;
        Ok(wanted
            .iter()
            .filter(|one| !applied.contains(&one.version))
            .map(|one| format!("{:04} {}", one.version, one.description))
            .collect())
    }
}

impl From<MigrateError> for Error {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) => error.into(),
            other => Self::Broken(other.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn source(name: &'static str, dialect: Option<Kind>, sql: &'static str) -> Source {
        Source { name, dialect, sql }
    }

    #[test]
    fn the_schools_migrations_keep_to_the_subset() {
        assert_eq!(Migrations::of_the_school().mistakes(), Vec::<String>::new());
    }

    #[test]
    fn a_version_stands_in_the_common_folder_or_in_both_dialects() {
        const SETS: [(&[Source], bool); 4] = [
            (&[source("0001_a.sql", None, ""), source("0002_b.sql", None, "")], true),
            (&[source("0001_a.sql", Some(Kind::Sqlite), ""), source("0001_a.sql", Some(Kind::Postgres), "")], true),
            (&[source("0001_a.sql", Some(Kind::Sqlite), "")], false),
            (&[source("0001_a.sql", None, ""), source("0001_b.sql", None, "")], false),
        ];
        for (sources, fits) in SETS {
            assert_eq!(Migrations::from_sources(sources).mistakes().is_empty(), fits, "{sources:?}");
        }
    }
}
