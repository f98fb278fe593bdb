//! Two small tables for the stories.

use store::{Conn, Kind, Migrations, Source, sql};

pub const SCHEMA: Migrations = Migrations::from_sources(&[
    Source {
        name: "0001_people.sql",
        dialect: None,
        sql: "CREATE TABLE people (
                  id TEXT PRIMARY KEY,
                  email TEXT NOT NULL CONSTRAINT people_email_key UNIQUE,
                  age BIGINT,
                  height DOUBLE PRECISION,
                  member BOOLEAN,
                  picture BYTEA,
                  balance BIGINT NOT NULL DEFAULT 0 CHECK (balance >= 0)
              );
              CREATE UNIQUE INDEX people_lower_key ON people (LOWER(email));",
    },
    Source {
        name: "0002_seats.sql",
        dialect: Some(Kind::Sqlite),
        sql: "CREATE TABLE seats (pool TEXT NOT NULL, person TEXT NOT NULL REFERENCES people(id),
                                  CONSTRAINT seats_pool_person_key UNIQUE (pool, person));",
    },
    Source {
        name: "0002_seats.sql",
        dialect: Some(Kind::Postgres),
        sql: "CREATE TABLE seats (pool TEXT NOT NULL, person TEXT NOT NULL REFERENCES people(id),
                                  CONSTRAINT seats_pool_person_key UNIQUE (pool, person));",
    },
]);

pub async fn add(tx: &mut store::Tx, id: &str, email: &str) -> store::Result<u64> {
    tx.query(sql!("INSERT INTO people (id, email) VALUES ($1, $2)")).bind(id).bind(email).execute().await
}

pub async fn count(conn: &mut Conn) -> store::Result<i64> {
    conn.query(sql!("SELECT COUNT(*) AS people FROM people")).one(|row| row.get("people")).await
}
