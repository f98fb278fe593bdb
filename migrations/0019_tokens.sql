-- Keys by which other programs act for a person; only the hash of the secret is kept.
CREATE TABLE api_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    -- makes the secret, together with the server's key, while it may still be shown
    nonce TEXT,
    secret_hash TEXT NOT NULL CONSTRAINT api_tokens_secret_hash_key UNIQUE,
    -- words with spaces between them
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- none: until it is ended
    expires_at BIGINT,
    used_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX api_tokens_by_account ON api_tokens (account_id, created_at);

-- Calls of other programs with an idempotency key: claimed while under way, then kept with the answer they got.
CREATE TABLE rest_calls (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    -- none: under way
    status BIGINT,
    body TEXT NOT NULL DEFAULT '',
    -- who claimed it may be gone by then
    claimed_until BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, route, key)
);
CREATE INDEX rest_calls_by_time ON rest_calls (at);
