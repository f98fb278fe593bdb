-- Codes from an app as the second factor (RFC 6238).
CREATE TABLE second_factors (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    -- the secret, sealed (domain::vault)
    sealed BYTEA NOT NULL,
    -- names the key it is sealed with
    key_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- asked for at sign-in from here on; none: begun and not finished
    confirmed_at BIGINT,
    -- the last step of time whose code was taken: each works once
    last_step BIGINT NOT NULL DEFAULT 0
);

-- For the day the telephone is gone: each opens the door once.
CREATE TABLE recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- SHA-256 in hex
    code_hash TEXT NOT NULL,
    -- the set they were made with
    batch_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, code_hash)
);

-- Who has shown the password and not yet the second factor.
CREATE TABLE sign_in_challenges (
    -- SHA-256 of the secret in the cookie, in hex
    id_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    used_at BIGINT
);
CREATE INDEX sign_in_challenges_by_account ON sign_in_challenges (account_id);
