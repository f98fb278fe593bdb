-- Staff who look at the pages as somebody else sees them: for a reason, for a while, and reading only.
CREATE TABLE seen_as (
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES accounts (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    reason TEXT NOT NULL,
    -- the session of the staff in which it is so, as its hash
    session_hash TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX seen_as_one_at_a_session ON seen_as (session_hash) WHERE ended_at IS NULL;
CREATE INDEX seen_as_by_account ON seen_as (account_id, started_at);
CREATE INDEX seen_as_open ON seen_as (until) WHERE ended_at IS NULL;
