-- Redeem codes made together by staff.
CREATE TABLE voucher_batches (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    count BIGINT NOT NULL CHECK (count > 0),
    -- of the form that made it: the same form makes one batch
    form_key TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- its codes are given out once
    exported_at BIGINT,
    exported_by TEXT REFERENCES accounts (id),
    CONSTRAINT voucher_batches_created_by_form_key_key UNIQUE (created_by, form_key)
);

-- Codes that give something (SM-7). Only a code's hash is kept; the code itself is made anew from the id and our key.
CREATE TABLE vouchers (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('gift', 'course', 'balance')),
    state TEXT NOT NULL CHECK (state IN ('unpaid', 'issued', 'claimed', 'expired', 'revoked')),
    code_hash TEXT NOT NULL CONSTRAINT vouchers_code_hash_key UNIQUE,
    course_id TEXT REFERENCES courses (id),
    -- of a balance: what it gives; of a gift: what was paid for it without tax
    amount BIGINT NOT NULL CHECK (amount >= 0),
    currency TEXT NOT NULL,
    -- of a gift: the instructor's part of the amount, due when it is claimed
    share BIGINT NOT NULL DEFAULT 0 CHECK (share >= 0 AND share <= amount),
    instructor_id TEXT REFERENCES accounts (id),
    -- of a gift: who gives it, the order line that paid for it, and the card
    giver_id TEXT REFERENCES accounts (id),
    line_id TEXT CONSTRAINT vouchers_line_id_key UNIQUE,
    recipient TEXT NOT NULL DEFAULT '',
    sender TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    batch_id TEXT REFERENCES voucher_batches (id),
    created_at BIGINT NOT NULL,
    issued_at BIGINT,
    expires_at BIGINT,
    claimed_by TEXT REFERENCES accounts (id),
    claimed_at BIGINT,
    -- the payer's bank asks for the money: nobody can take it until that is decided
    held BOOLEAN NOT NULL DEFAULT FALSE,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((kind = 'balance') = (course_id IS NULL)),
    CHECK ((kind = 'gift') = (giver_id IS NOT NULL)),
    CHECK ((kind = 'gift') = (batch_id IS NULL)),
    CHECK ((state = 'claimed') = (claimed_by IS NOT NULL))
);
CREATE INDEX vouchers_by_giver ON vouchers (giver_id, created_at);
CREATE INDEX vouchers_by_batch ON vouchers (batch_id, state);
CREATE INDEX vouchers_due ON vouchers (expires_at) WHERE state = 'issued';

-- Seats of a course bought together.
CREATE TABLE seat_pools (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    course_id TEXT NOT NULL REFERENCES courses (id),
    instructor_id TEXT NOT NULL REFERENCES accounts (id),
    line_id TEXT NOT NULL CONSTRAINT seat_pools_line_id_key UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('live', 'ended')),
    -- as above
    held BOOLEAN NOT NULL DEFAULT FALSE,
    purchased BIGINT NOT NULL CHECK (purchased > 0),
    -- seats that somebody has, or that cool down after they were taken back
    assigned BIGINT NOT NULL DEFAULT 0 CHECK (assigned >= 0 AND assigned <= purchased),
    -- the most that were ever assigned: so many seats' money is earned
    earned BIGINT NOT NULL DEFAULT 0 CHECK (earned >= 0 AND earned <= purchased),
    currency TEXT NOT NULL,
    -- what was paid for all of them without tax, and the instructor's part of it
    amount BIGINT NOT NULL CHECK (amount >= 0),
    share BIGINT NOT NULL CHECK (share >= 0 AND share <= amount),
    created_at BIGINT NOT NULL
);
CREATE INDEX seat_pools_by_account ON seat_pools (account_id, created_at);

CREATE TABLE seats (
    id TEXT NOT NULL PRIMARY KEY,
    pool_id TEXT NOT NULL REFERENCES seat_pools (id),
    email TEXT NOT NULL,
    code_hash TEXT NOT NULL CONSTRAINT seats_code_hash_key UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('invited', 'claimed', 'freed')),
    -- it counts among the assigned ones
    counted BOOLEAN NOT NULL DEFAULT TRUE,
    account_id TEXT REFERENCES accounts (id),
    assigned_at BIGINT NOT NULL,
    claimed_at BIGINT,
    freed_at BIGINT,
    -- when its place is free for somebody else
    free_at BIGINT,
    CHECK (state <> 'claimed' OR account_id IS NOT NULL),
    CHECK (counted OR state = 'freed')
);
CREATE INDEX seats_by_pool ON seats (pool_id, assigned_at);
CREATE UNIQUE INDEX seats_one_per_address ON seats (pool_id, email) WHERE state IN ('invited', 'claimed');
