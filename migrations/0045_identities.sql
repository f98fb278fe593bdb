-- People who sign in through another house (OpenID Connect). Issuer and subject name a person there; nothing else does.
CREATE TABLE identities (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- the operator's word for the provider, under which it was linked
    provider TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- as the provider told it when it was linked: for the person to recognise it by, never to find anybody by
    email TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    CONSTRAINT identities_issuer_subject_key UNIQUE (issuer, subject)
);
CREATE INDEX identities_by_account ON identities (account_id);

-- People on their way to a provider and back. Nonce and verifier are not here: they are made of the secret in the browser's cookie.
CREATE TABLE identity_attempts (
    -- SHA-256 of the state that went along, in hex
    state_hash TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 of the secret in the cookie of the browser that began
    browser_hash TEXT NOT NULL,
    provider TEXT NOT NULL,
    -- none: to sign in; else to link it to this account, in this session
    account_id TEXT REFERENCES accounts (id),
    session_hash TEXT NOT NULL DEFAULT '',
    -- where the person wanted to go
    next TEXT NOT NULL DEFAULT '',
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    expires_at BIGINT NOT NULL
);
CREATE INDEX identity_attempts_by_end ON identity_attempts (expires_at);
