-- People, what they may do, and where they are signed in.
CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL CONSTRAINT accounts_email_key UNIQUE,
    handle TEXT NOT NULL CONSTRAINT accounts_handle_key UNIQUE,
    name TEXT NOT NULL,
    headline TEXT NOT NULL DEFAULT '',
    bio TEXT NOT NULL DEFAULT '',
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    -- argon2id in PHC form; none: cannot sign in by password
    password_hash TEXT,
    created_at BIGINT NOT NULL,
    suspended_at BIGINT
);

CREATE TABLE account_roles (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL CHECK (role IN ('instructor', 'moderator', 'support', 'finance', 'admin')),
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, role)
);

CREATE TABLE account_interests (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    topic TEXT NOT NULL,
    chosen_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, topic)
);

CREATE TABLE sessions (
    -- SHA-256 of the secret in the cookie, in hex
    id_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    user_agent TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sessions_by_account ON sessions (account_id);

-- How often something limited was tried, in windows of time; shared by all servers.
CREATE TABLE limit_counts (
    key TEXT NOT NULL,
    window_start BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (key, window_start)
);

-- Who did what, append-only.
CREATE TABLE audit_entries (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_id TEXT,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_entries_by_subject ON audit_entries (subject_kind, subject_id);
CREATE INDEX audit_entries_by_time ON audit_entries (at);
