//! The statements of the measurement.

use store::{Db, Error, sql};

/// The table of the smallest thing a database can be asked to keep: one row, committed. The measure for orders.
pub async fn prepare(db: &Db) -> Result<(), Error> {
    db.write(async |tx| tx.query(sql!("CREATE TABLE IF NOT EXISTS marks (number BIGINT NOT NULL)")).execute().await.map(drop))
        .await
}

/// One row, in a transaction of its own.
pub async fn add(db: &Db, number: i64) -> Result<(), Error> {
    db.write(async |tx| tx.query(sql!("INSERT INTO marks (number) VALUES ($1)")).bind(number).execute().await.map(drop)).await
}

/// The tables of pgbench's "simple update": accounts with a balance, and what was done to them.
pub async fn prepare_updates(db: &Db, accounts: i64) -> Result<(), Error> {
    db.write(async |tx| {
        tx.query(sql!("CREATE TABLE IF NOT EXISTS mark_accounts (id BIGINT NOT NULL PRIMARY KEY, balance BIGINT NOT NULL)"))
            .execute()
            .await?;
        tx.query(sql!("CREATE TABLE IF NOT EXISTS mark_history (account BIGINT NOT NULL, delta BIGINT NOT NULL)"))
            .execute()
            .await?;
        tx.query(sql!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST($1 AS BIGINT))
             INSERT INTO mark_accounts (id, balance) SELECT i, 0 FROM n WHERE TRUE ON CONFLICT DO NOTHING"
        ))
        .bind(accounts)
        .execute()
        .await
        .map(drop)
    })
    .await
}

/// A simple update: a balance changed and read, and a row that says so, in one transaction.
pub async fn update(db: &Db, account: i64) -> Result<(), Error> {
    db.write(async |tx| {
        let changed =
            tx.query(sql!("UPDATE mark_accounts SET balance = balance + 1 WHERE id = $1")).bind(account).execute().await?;
        debug_assert_eq!(changed, 1);
        tx.query(sql!("SELECT balance FROM mark_accounts WHERE id = $1"))
            .bind(account)
            .one(|row| row.get::<i64>("balance"))
            .await?;
        tx.query(sql!("INSERT INTO mark_history (account, delta) VALUES ($1, 1)")).bind(account).execute().await.map(drop)
    })
    .await
}

/// The hash of somebody's password, as it is stored.
pub async fn password_hash(db: &Db, email: &str) -> Result<String, Error> {
    let mut conn = db.read().await?;
    conn.query(sql!("SELECT password_hash FROM accounts WHERE email = $1")).bind(email).one(|row| row.get("password_hash")).await
}

/// The id of the course at this slug.
pub async fn course(db: &Db, slug: &str) -> Result<String, Error> {
    let mut conn = db.read().await?;
    conn.query(sql!("SELECT id FROM courses WHERE slug = $1")).bind(slug).one(|row| row.get("id")).await
}

/// How many courses are open to whomever. Asked often while orders are measured, so nothing is looked for that has to be searched.
pub async fn open(db: &Db) -> Result<usize, Error> {
    let mut conn = db.read().await?;
    let count: i64 =
        conn.query(sql!("SELECT COUNT(*) AS open FROM grants WHERE state = 'active'")).one(|row| row.get("open")).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// What time it is for the database, in Unix milliseconds.
pub async fn now(db: &Db) -> Result<i64, Error> {
    db.read()
        .await?
        .query(sql!(
            sqlite: "SELECT CAST(unixepoch('subsec') * 1000 AS BIGINT) AS now",
            postgres: "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS now"
        ))
        .one(|row| row.get("now"))
        .await
}

/// The provider's side of so many agreements, made by one payment that is over.
pub async fn agree(gateway: &Db, count: i64) -> Result<(), Error> {
    gateway
        .write(async |tx| {
            tx.query(sql!(
                "INSERT INTO payments (id, dialect, reference, description, amount, currency, status, return_url, created_at, expires_at)
                 VALUES ('pay_load', 'sandbox', 'load', 'load', 1, 'CNY', 'canceled', '', 0, 0) ON CONFLICT DO NOTHING"
            ))
            .execute()
            .await?;
            tx.query(sql!(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST($1 AS BIGINT))
                 INSERT INTO agreements (id, payment_id, card, status, created_at)
                 SELECT 'agr_load_' || CAST(i AS TEXT), 'pay_load', 'good', 'active', 0 FROM n"
            ))
            .bind(count)
            .execute()
            .await
            .map(drop)
        })
        .await
}

/// So many members whose trial ends at `ends` and is paid by an agreement then; all of it as the school would have written it.
pub async fn subscribe(db: &Db, count: i64, ends: i64) -> Result<(), Error> {
    db.write(async |tx| {
        for statement in [ACCOUNTS, AGREEMENTS, SUBSCRIPTIONS, PERIODS, REMINDERS, PASSES, TRAIL] {
            let took = tx.query(statement).bind(count).bind(ends).execute().await?;
            debug_assert!(took > 0, "somebody was written down");
        }
        Ok(())
    })
    .await
}

/// A week before the end.
const ACCOUNTS: store::Sql = sql!(
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST($1 AS BIGINT))
     INSERT INTO accounts (id, email, handle, name, lang, created_at)
     SELECT 'load-' || CAST(i AS TEXT), 'load-' || CAST(i AS TEXT) || '@bench.example', 'load-' || CAST(i AS TEXT), 'Bench', 'en', CAST($2 AS BIGINT) - 604800000 FROM n"
);

const AGREEMENTS: store::Sql = sql!(
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST($1 AS BIGINT))
     INSERT INTO agreements (id, account_id, provider, token, state, created_at)
     SELECT 'load-' || CAST(i AS TEXT), 'load-' || CAST(i AS TEXT), 'sandbox', 'agr_load_' || CAST(i AS TEXT), 'active', CAST($2 AS BIGINT) - 604800000 FROM n"
);

const SUBSCRIPTIONS: store::Sql = sql!(
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST($1 AS BIGINT))
     INSERT INTO subscriptions (id, account_id, product, plan_id, price_id, state, since, reminded_at, zone, anchor,
                                period_starts, period_ends, agreement_id, lang, next_at, created_at)
     SELECT 'load-' || CAST(i AS TEXT), 'load-' || CAST(i AS TEXT), p.product, p.id, r.id, 'trialing', CAST($2 AS BIGINT) - 604800000, CAST($2 AS BIGINT) - 518400000,
            'Asia/Shanghai', CAST($2 AS BIGINT), CAST($2 AS BIGINT) - 604800000, CAST($2 AS BIGINT), 'load-' || CAST(i AS TEXT), 'en', CAST($2 AS BIGINT), CAST($2 AS BIGINT) - 604800000
       FROM n CROSS JOIN plans p JOIN plan_prices r ON r.plan_id = p.id AND r.until IS NULL WHERE p.offered AND p.months = 1"
);

const PERIODS: store::Sql = sql!(
    "INSERT INTO subscription_periods (subscription_id, number, row_number, starts_at, ends_at, currency, value)
     SELECT id, 0, 0, period_starts, period_ends, 'CNY', 0 FROM subscriptions
      WHERE id LIKE 'load-%' AND period_ends = CAST($2 AS BIGINT) AND CAST($1 AS BIGINT) > 0"
);

const REMINDERS: store::Sql = sql!(
    "INSERT INTO subscription_reminders (id, subscription_id, number, currency, amount, charge_at, sent_at)
     SELECT s.id, s.id, 1, r.currency, r.amount, CAST($2 AS BIGINT), CAST($2 AS BIGINT) - 518400000 FROM subscriptions s JOIN plan_prices r ON r.id = s.price_id
      WHERE s.id LIKE 'load-%' AND s.period_ends = CAST($2 AS BIGINT) AND CAST($1 AS BIGINT) > 0"
);

const PASSES: store::Sql = sql!(
    "INSERT INTO passes (id, account_id, source_id, state, granted_at, expires_at)
     SELECT id, account_id, id, 'active', created_at, CAST($2 AS BIGINT) + 604800000 FROM subscriptions
      WHERE id LIKE 'load-%' AND period_ends = CAST($2 AS BIGINT) AND CAST($1 AS BIGINT) > 0"
);

const TRAIL: store::Sql = sql!(
    "INSERT INTO audit_entries (id, at, action, subject_kind, subject_id, detail)
     SELECT id, created_at, 'subscription.begun', 'subscription', id, 'trialing' FROM subscriptions
      WHERE id LIKE 'load-%' AND period_ends = CAST($2 AS BIGINT) AND CAST($1 AS BIGINT) > 0"
);

/// How many of them have paid and go on.
pub async fn renewed(db: &Db) -> Result<i64, Error> {
    db.read()
        .await?
        .query(sql!(
            "SELECT COUNT(*) AS renewed FROM subscriptions WHERE id LIKE 'load-%' AND state = 'active' AND period_number = 1"
        ))
        .one(|row| row.get("renewed"))
        .await
}
