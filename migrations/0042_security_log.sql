-- What happened to a person's account, as they may read it themselves; only ever added to. Rows without an account are sign-ins that
-- failed at an address nobody has, kept for the staff's view of attacks and for the sake of equal work (SEC-L1).
CREATE TABLE security_log (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT REFERENCES accounts (id),
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    user_agent TEXT NOT NULL DEFAULT '',
    -- shortened: enough to recognise one's own
    network TEXT NOT NULL DEFAULT ''
);
CREATE INDEX security_log_by_account ON security_log (account_id, at);
CREATE INDEX security_log_by_time ON security_log (at);

-- Roughly where a session was opened.
ALTER TABLE sessions ADD COLUMN network TEXT NOT NULL DEFAULT '';
