//! The whole database, for a story that looks for what should not be there.

use std::collections::BTreeMap;

use crate::conn::Link;
use crate::{Conn, Db, Kind, Result, Sql};
use sqlx::{AssertSqlSafe, Row, SqlSafeStr};

/// Every column of every table of ours: table, column, its type in capitals.
pub async fn columns(db: &Db) -> Result<Vec<(String, String, String)>> {
    const COLUMNS: Sql = Sql::written(
        "SELECT m.name AS \"table\", p.name AS \"column\", UPPER(p.type) AS kind FROM sqlite_master m JOIN pragma_table_info(m.name) p
          WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY m.name, p.cid",
        "SELECT CAST(table_name AS TEXT) AS \"table\", CAST(column_name AS TEXT) AS \"column\", UPPER(CAST(data_type AS TEXT)) AS kind
           FROM information_schema.columns
          WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_%' ORDER BY table_name, ordinal_position",
        file!(),
        line!(),
    );
    db.read().await?.query(COLUMNS).all(|row| Ok((row.get("table")?, row.get("column")?, row.get("kind")?))).await
}

/// Every text and every run of bytes in the database, with its table and column.
pub async fn texts(db: &Db) -> Result<Vec<(String, String, String)>> {
    let mut found = Vec::new();
    for (table, column, kind) in columns(db).await? {
        if !matches!(kind.as_str(), "TEXT" | "BYTEA" | "BLOB") {
            continue;
        }
        let as_text = match (db.kind(), kind.as_str()) {
            (Kind::Postgres, "BYTEA") => format!("encode({column}, 'escape')"),
            _ => format!("CAST({column} AS TEXT)"),
        };
        let statement = format!("SELECT {as_text} AS held FROM {table} WHERE {column} IS NOT NULL");
        let mut conn = db.read().await?;
        let texts: Vec<Option<String>> = match &mut conn.link {
            Link::Sqlite(link) => {
                let rows = sqlx::query(AssertSqlSafe(statement)).fetch_all(&mut **link).await?;
                rows.iter().map(|row| row.try_get::<Option<String>, _>(0).unwrap_or_default()).collect()
            }
            Link::Postgres(link) => {
                let rows = sqlx::query(AssertSqlSafe(statement)).fetch_all(&mut **link).await?;
                rows.iter().map(|row| row.try_get::<Option<String>, _>(0).unwrap_or_default()).collect()
            }
        };
        found.extend(texts.into_iter().flatten().map(|text| (table.clone(), column.clone(), text)));
    }
    Ok(found)
}

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
