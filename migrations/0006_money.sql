-- Who may open what, and why: one row per source of the right.
CREATE TABLE grants (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    course_id TEXT NOT NULL REFERENCES courses (id),
    source TEXT NOT NULL CHECK (source IN ('order_line', 'subscription', 'seat', 'gift', 'staff')),
    -- the order line, subscription, seat… it comes from
    source_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'revoked', 'expired')),
    granted_at BIGINT NOT NULL,
    -- none: for good
    expires_at BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX grants_one_active ON grants (account_id, course_id, source) WHERE state = 'active';
CREATE INDEX grants_by_account ON grants (account_id, state);
CREATE INDEX grants_by_course ON grants (course_id, state);
CREATE INDEX grants_by_source ON grants (source, source_id);
