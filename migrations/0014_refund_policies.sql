-- What a course promises about refunds; without a row, what the house promises.
CREATE TABLE refund_policies (
    -- a draft may have one before there is anything to sell
    course_id TEXT NOT NULL PRIMARY KEY,
    days BIGINT NOT NULL CHECK (days BETWEEN 0 AND 365),
    -- of the course, in per cent
    studied BIGINT NOT NULL CHECK (studied BETWEEN 0 AND 100),
    changed_at BIGINT NOT NULL
);

-- Co-authors: hundredths of a per cent of the instructors' part; what is left over is the owner's.
CREATE TABLE course_shares (
    course_id TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    share_bp BIGINT NOT NULL CHECK (share_bp BETWEEN 1 AND 10000),
    PRIMARY KEY (course_id, account_id)
);

-- What was promised when a line was ordered; never changes.
CREATE TABLE line_terms (
    line_id TEXT NOT NULL PRIMARY KEY REFERENCES order_lines (id),
    days BIGINT NOT NULL,
    studied BIGINT NOT NULL
);

-- Who gets what of a line's instructors' part, as agreed when it was ordered; never changes.
CREATE TABLE line_shares (
    line_id TEXT NOT NULL REFERENCES order_lines (id),
    course_id TEXT NOT NULL REFERENCES courses (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    PRIMARY KEY (line_id, course_id, account_id)
);

-- A share that was earned: it waits, then is released; refunds take from what waits first.
CREATE TABLE share_holds (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    source TEXT NOT NULL CHECK (source IN ('order_line', 'subscription', 'gift')),
    -- the line, the period…
    source_id TEXT NOT NULL,
    -- which of its courses; empty where that is not the point
    course_id TEXT NOT NULL DEFAULT '',
    order_id TEXT,
    title TEXT NOT NULL,
    currency TEXT NOT NULL,
    -- what the sale brought, and of it the part of all its instructors
    net BIGINT NOT NULL,
    pool BIGINT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    -- taken back by refunds, reserved or done: while it waited, and after
    taken_pending BIGINT NOT NULL DEFAULT 0 CHECK (taken_pending >= 0),
    taken_payable BIGINT NOT NULL DEFAULT 0 CHECK (taken_payable >= 0),
    released BIGINT NOT NULL DEFAULT 0 CHECK (released >= 0),
    earned_at BIGINT NOT NULL,
    -- when it is released; none: there is nothing left to release
    due_at BIGINT,
    CONSTRAINT share_holds_source_source_id_course_id_account_id_key UNIQUE (source, source_id, course_id, account_id),
    CHECK (taken_pending + released <= amount),
    CHECK (taken_pending + taken_payable <= amount)
);
CREATE INDEX share_holds_by_account ON share_holds (account_id, earned_at);
CREATE INDEX share_holds_by_order ON share_holds (order_id);
CREATE INDEX share_holds_due ON share_holds (due_at) WHERE due_at IS NOT NULL;

-- What a refund takes of each line.
CREATE TABLE refund_lines (
    refund_id TEXT NOT NULL REFERENCES refunds (id),
    line_id TEXT NOT NULL REFERENCES order_lines (id),
    amount BIGINT NOT NULL CHECK (amount > 0),
    tax BIGINT NOT NULL CHECK (tax >= 0 AND tax <= amount),
    clawback BIGINT NOT NULL CHECK (clawback >= 0 AND clawback <= amount),
    -- of the amount: what the wallet had paid, from its own money and from the gift balance
    cash BIGINT NOT NULL CHECK (cash >= 0),
    gift BIGINT NOT NULL CHECK (gift >= 0),
    PRIMARY KEY (refund_id, line_id)
);
CREATE INDEX refund_lines_by_line ON refund_lines (line_id);

-- And of each share; a lost dispute takes as a refund does ('dispute:…').
CREATE TABLE refund_shares (
    refund_id TEXT NOT NULL,
    hold_id TEXT NOT NULL REFERENCES share_holds (id),
    from_pending BIGINT NOT NULL CHECK (from_pending >= 0),
    from_payable BIGINT NOT NULL CHECK (from_payable >= 0),
    -- the refund came to nothing
    given_back BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (refund_id, hold_id)
);
