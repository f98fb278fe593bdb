-- By which way somebody wants to hear of something; without a row, by all of them.
CREATE TABLE notice_choices (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL CHECK (kind IN ('purchases', 'membership', 'gifts', 'news')),
    mail BOOLEAN NOT NULL,
    inside BOOLEAN NOT NULL,
    PRIMARY KEY (account_id, kind)
);

-- What people are told inside the house.
CREATE TABLE notices (
    id TEXT NOT NULL PRIMARY KEY,
    -- as with letters: an event read twice is told once
    cause TEXT NOT NULL CONSTRAINT notices_cause_key UNIQUE,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL CHECK (kind IN ('purchases', 'membership', 'gifts', 'news')),
    title TEXT NOT NULL,
    -- a path of ours without its language
    page TEXT NOT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT
);
CREATE INDEX notices_by_account ON notices (account_id, at);
