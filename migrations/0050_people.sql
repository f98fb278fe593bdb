-- Who asks for a role to be given or taken, and what became of it: one asks, another decides.
CREATE TABLE role_requests (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL CHECK (role IN ('instructor', 'moderator', 'support', 'finance', 'admin')),
    change TEXT NOT NULL CHECK (change IN ('give', 'take')),
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES accounts (id),
    asked_at BIGINT NOT NULL,
    -- nobody can approve it from here on
    expires_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected', 'withdrawn', 'expired')),
    decided_by TEXT REFERENCES accounts (id),
    decided_at BIGINT
);
CREATE UNIQUE INDEX role_requests_one_open ON role_requests (account_id, role) WHERE state = 'open';
CREATE INDEX role_requests_by_time ON role_requests (asked_at, id);
CREATE INDEX role_requests_by_account ON role_requests (account_id, asked_at);
CREATE INDEX account_roles_by_role ON account_roles (role);

-- Why somebody may not come in, and since when; the person is told the reason.
CREATE TABLE account_suspensions (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    reason TEXT NOT NULL,
    -- nobody: the operator at the command line
    suspended_by TEXT REFERENCES accounts (id),
    suspended_at BIGINT NOT NULL,
    restored_by TEXT REFERENCES accounts (id),
    restored_at BIGINT,
    restore_reason TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX account_suspensions_one_now ON account_suspensions (account_id) WHERE restored_at IS NULL;

-- The staff's list of people, and their trail, are read from the latest on.
CREATE INDEX accounts_by_time ON accounts (created_at, id);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, at);
