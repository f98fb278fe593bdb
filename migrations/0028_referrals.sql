-- People who recommend, each with the code in their links.
CREATE TABLE affiliates (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    code TEXT NOT NULL CONSTRAINT affiliates_code_key UNIQUE,
    created_at BIGINT NOT NULL
);

-- By whose link somebody came: the first within its window counts.
CREATE TABLE referrals (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    affiliate_id TEXT NOT NULL REFERENCES affiliates (account_id),
    touched_at BIGINT NOT NULL,
    CHECK (account_id <> affiliate_id)
);

-- What an order brought to whoever recommended it: one share at most.
CREATE TABLE affiliate_shares (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    affiliate_id TEXT NOT NULL REFERENCES affiliates (account_id),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    -- taken back with refunds
    reversed BIGINT NOT NULL DEFAULT 0 CHECK (reversed >= 0 AND reversed <= amount),
    -- held: it may still be refunded; released: it is in the wallet
    state TEXT NOT NULL CHECK (state IN ('held', 'released')),
    earned_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX affiliate_shares_by_affiliate ON affiliate_shares (affiliate_id, earned_at);
CREATE INDEX affiliate_shares_due ON affiliate_shares (due_at) WHERE state = 'held';
