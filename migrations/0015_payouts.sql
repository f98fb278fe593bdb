-- Where an instructor is paid: sealed; only its end is readable.
CREATE TABLE payout_accounts (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- holder, bank and number
    sealed BYTEA NOT NULL,
    masked TEXT NOT NULL,
    live BOOLEAN NOT NULL,
    set_at BIGINT NOT NULL,
    -- a changed account is not paid to before
    usable_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX payout_accounts_one_live ON payout_accounts (account_id) WHERE live;

CREATE TABLE payouts (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    payout_account_id TEXT NOT NULL REFERENCES payout_accounts (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'submitting', 'in_transit', 'unknown', 'paid', 'failed', 'canceled', 'returned')),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    requested_by TEXT NOT NULL,
    approved_by TEXT,
    sent_by TEXT,
    -- the bank's, as finance typed it
    reference TEXT NOT NULL DEFAULT '',
    -- why it was canceled, failed or sent back
    problem TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    paid_at BIGINT,
    -- sent through it; none: at the bank by hand
    provider TEXT,
    -- when to ask it next, and how often we have
    due_at BIGINT,
    asked BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX payouts_one_open ON payouts (account_id, currency) WHERE state IN ('draft', 'approved', 'submitting', 'in_transit', 'unknown');
CREATE INDEX payouts_by_account ON payouts (account_id, created_at);
CREATE INDEX payouts_due ON payouts (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX payouts_by_time ON payouts (created_at, id);
