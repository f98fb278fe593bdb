-- The log of events: append-only and ordered; every follower has a cursor.
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    -- the writing transaction, where several write at once; here one writes at a time
    tx BIGINT NOT NULL DEFAULT 0,
    id TEXT NOT NULL CONSTRAINT events_id_key UNIQUE,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    account_id TEXT,
    detail TEXT NOT NULL DEFAULT '{}',
    at BIGINT NOT NULL
);
CREATE TABLE event_cursors (
    follower TEXT NOT NULL PRIMARY KEY,
    tx BIGINT NOT NULL,
    seq BIGINT NOT NULL
);
