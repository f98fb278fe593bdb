-- The log of events: append-only and ordered; every follower has a cursor.
-- Transactions commit in another order than they take sequence numbers, so the order is (tx, seq), and a follower reads only
-- what is older than every transaction still running: nothing can appear behind its cursor.
CREATE TABLE events (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tx BIGINT NOT NULL DEFAULT CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT),
    id TEXT NOT NULL CONSTRAINT events_id_key UNIQUE,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    account_id TEXT,
    detail TEXT NOT NULL DEFAULT '{}',
    at BIGINT NOT NULL
);
CREATE INDEX events_in_order ON events (tx, seq);
CREATE TABLE event_cursors (
    follower TEXT NOT NULL PRIMARY KEY,
    tx BIGINT NOT NULL,
    seq BIGINT NOT NULL
);
