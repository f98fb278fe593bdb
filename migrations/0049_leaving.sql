-- Everything about a person, in one file for themselves.
CREATE TABLE archives (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- asked: being made; failed: given up; over: its file is gone
    state TEXT NOT NULL CHECK (state IN ('asked', 'ready', 'failed', 'over')),
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    asked_at BIGINT NOT NULL,
    -- whoever makes it has until then
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    bytes BIGINT NOT NULL DEFAULT 0,
    ready_at BIGINT,
    expires_at BIGINT
);
CREATE INDEX archives_by_account ON archives (account_id, asked_at);
CREATE UNIQUE INDEX archives_one_asked ON archives (account_id) WHERE state = 'asked';
CREATE INDEX archives_by_state ON archives (state, due_at);

-- People who asked to be forgotten, until they are.
CREATE TABLE departures (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    -- reviews stay under no name
    keeps_reviews BOOLEAN NOT NULL,
    -- what is in the wallet is given up
    waives BOOLEAN NOT NULL
);
CREATE INDEX departures_due ON departures (due_at);

-- When everything that was the person's own was taken out of the account; what remains belongs to the books.
ALTER TABLE accounts ADD COLUMN erased_at BIGINT;
