//! Postgres: the schema is made once per server as a template, and every test gets a copy of it.

use std::collections::HashSet;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection, Row as _};
use tokio::sync::Mutex;

use super::{Kept, cluster};
use crate::{Db, Kind, Migrations, Settings};

/// Templates known to be complete, by name.
static TEMPLATES: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);
static NEXT: AtomicU32 = AtomicU32::new(1);

/// Processes that make the same template on one server take turns.
const TURN: i64 = 0x6c65_6374_6572_6e01;

/// A new database with the schema in it: its address and its name.
pub(super) async fn copy(migrations: Migrations) -> crate::Result<(String, Kept)> {
    let template = format!("lectern_template_{}", migrations.fingerprint(Kind::Postgres)?);
    let mut known = TEMPLATES.lock().await;
    if !known.contains(&template) {
        make(&template, migrations).await?;
        known.insert(template.clone());
    }
    drop(known);
    let name = format!("lectern_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    command(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
    Ok((address(&name)?, Kept::Database(name)))
}

pub(super) async fn remove(name: &str) -> crate::Result<()> {
    command(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await
}

/// The template, unless an earlier process left it complete: it gets its name only when it is.
async fn make(template: &str, migrations: Migrations) -> crate::Result<()> {
    let mut turn = server().await?;
    sqlx::query("SELECT pg_advisory_lock($1)").bind(TURN).execute(&mut turn).await?;
    let found = sqlx::query("SELECT COUNT(*) AS found FROM pg_database WHERE datname = $1")
        .bind(template)
        .fetch_one(&mut turn)
        .await?
        .try_get::<i64, _>("found")?;
    if found == 0 {
        let half = format!("{template}_half");
        remove(&half).await?;
        command(&format!("CREATE DATABASE {half} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")).await?;
        let db = Db::open(&address(&half)?, Settings { connections: 2, ..Settings::default() }).await?;
        db.migrate(&migrations).await?;
        db.close().await;
        // Its last connection may take a moment to leave.
        let alone = "SELECT COUNT(pg_terminate_backend(pid, 2000)) FROM pg_stat_activity WHERE datname = $1";
        sqlx::query(alone).bind(&half).execute(&mut turn).await?;
        command(&format!("ALTER DATABASE {half} RENAME TO {template}")).await?;
    }
    turn.close().await?;
    Ok(())
}

/// A statement about databases as a whole; names are made here and consist of letters, digits and `_`.
async fn command(text: &str) -> crate::Result<()> {
    let mut server = server().await?;
    sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut server).await?;
    server.close().await?;
    Ok(())
}

async fn server() -> crate::Result<PgConnection> {
    let options: PgConnectOptions = cluster::url()?.parse()?;
    Ok(PgConnection::connect_with(&options).await?)
}

/// The server's address with another database in it.
fn address(name: &str) -> crate::Result<String> {
    let url = cluster::url()?;
    let (place, settings) = url.split_once('?').map_or((url, None), |(place, settings)| (place, Some(settings)));
    let authority = place.split_once("://").map_or(place, |(_, rest)| rest);
    let host = authority.split_once('/').map_or(authority, |(host, _)| host);
    let settings = settings.map(|settings| format!("?{settings}")).unwrap_or_default();
    Ok(format!("postgres://{host}/{name}{settings}"))
}
