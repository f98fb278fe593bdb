-- Passkeys (WebAuthn): public keys of people, and ceremonies under way.
CREATE TABLE passkeys (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- the authenticator's name for it, base64url
    credential TEXT NOT NULL CONSTRAINT passkeys_credential_key UNIQUE,
    algorithm TEXT NOT NULL CHECK (algorithm IN ('ES256', 'EdDSA', 'RS256')),
    -- a point, 32 bytes, or RSAPublicKey in DER, by the algorithm
    public_key BYTEA NOT NULL,
    -- how often it was used, as the authenticator counts; 0 where it does not
    counter BIGINT NOT NULL,
    -- it may be on several devices of its owner
    synced BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkeys_by_account ON passkeys (account_id);

CREATE TABLE passkey_ceremonies (
    -- SHA-256 of the challenge, in hex
    challenge_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('make', 'enter')),
    -- whose key is being made, and in which session
    account_id TEXT REFERENCES accounts (id),
    session_hash TEXT NOT NULL DEFAULT '',
    expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_ceremonies_by_end ON passkey_ceremonies (expires_at);
