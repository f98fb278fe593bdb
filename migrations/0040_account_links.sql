-- Links sent by mail that do one thing once.
CREATE TABLE account_links (
    id TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 of the secret in the link, in hex; the secret is made of the id and the server's key and is kept nowhere
    token_hash TEXT NOT NULL CONSTRAINT account_links_token_hash_key UNIQUE,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- reset: set a new password; verify: the address is theirs; email: make this the address; told: opens nothing, only says where
    -- a letter goes
    purpose TEXT NOT NULL CHECK (purpose IN ('reset', 'verify', 'email', 'told')),
    -- where it is sent to, and so what it proves
    email TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX account_links_by_account ON account_links (account_id, purpose);

-- Somebody asked for a new password; whether anybody has the address is found out behind the request (SEC-L2).
CREATE TABLE reset_requests (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The link whose secret is put into the letter as it is sent.
ALTER TABLE letters ADD COLUMN link_id TEXT;
