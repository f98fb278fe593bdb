//! Everything a database holds, as text: to see that nothing has changed, or what must not be there.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::{Conn, Db, Kind, Result};

/// Every row of every table, by the table's name, in an order that only depends on what is in them. Bytes are written in
/// hexadecimal digits, as `X'0A1B'` by SQLite and as `\x0a1b` by Postgres.
pub async fn everything(db: &Db) -> Result<BTreeMap<String, Vec<String>>> {
    let mut conn = db.read().await?;
    let tables = match conn.kind() {
        Kind::Sqlite => "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'".to_owned(),
        Kind::Postgres => "SELECT CAST(table_name AS TEXT) AS line FROM information_schema.tables \
                           WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
            .to_owned(),
    };
    let mut all = BTreeMap::new();
    for table in lines(&mut conn, tables).await? {
        let statement = match conn.kind() {
            Kind::Sqlite => {
                let columns = lines(&mut conn, format!("SELECT name AS line FROM pragma_table_info('{table}')")).await?;
                let quoted: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
                format!("SELECT {} AS line FROM \"{table}\"", quoted.join(" || ',' || "))
            }
            Kind::Postgres => format!("SELECT CAST(whole_row AS TEXT) AS line FROM \"{table}\" AS whole_row"),
        };
        let mut rows = lines(&mut conn, statement).await?;
        rows.sort();
        all.insert(table, rows);
    }
    Ok(all)
}

/// The column `line` of a statement made here, of names that the database itself told.
async fn lines(conn: &mut Conn, statement: String) -> Result<Vec<String>> {
    let arguments = conn.arguments();
    let rows = conn.rows(AssertSqlSafe(statement).into_sql_str(), arguments).await?;
    rows.iter().map(|row| row.get("line")).collect()
}
