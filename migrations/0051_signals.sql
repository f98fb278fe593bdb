-- The country a proxy of ours says a request came from; empty where none says so.
ALTER TABLE security_log ADD COLUMN country TEXT NOT NULL DEFAULT '';

-- Codes that were wrong: whoever guesses leaves a row for every guess. Kept for a month.
CREATE TABLE wrong_codes (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('coupon', 'redeem')),
    account_id TEXT NOT NULL REFERENCES accounts (id)
);
CREATE INDEX wrong_codes_by_time ON wrong_codes (at);

-- What staff made of a signal: looked at by somebody, or closed. What comes after a closing counts anew.
CREATE TABLE signal_marks (
    kind TEXT NOT NULL,
    -- an account's id, or a network
    subject TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('seen', 'closed')),
    marked_by TEXT NOT NULL REFERENCES accounts (id),
    marked_at BIGINT NOT NULL,
    PRIMARY KEY (kind, subject)
);

-- Payments that were declined lately.
CREATE INDEX attempts_by_change ON attempts (changed_at) WHERE state = 'failed';
