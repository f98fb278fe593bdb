-- What a provider says moved on a day, set beside what we booked.
CREATE TABLE reconciliations (
    id TEXT NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    -- the day in Shanghai, counted from 1970-01-01
    day BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('same', 'different', 'no_answer')),
    theirs BIGINT NOT NULL,
    ours BIGINT NOT NULL,
    problem TEXT NOT NULL DEFAULT '',
    -- nobody: the house itself
    asked_by TEXT,
    at BIGINT NOT NULL
);
CREATE INDEX reconciliations_by_day ON reconciliations (day, provider, at);

CREATE TABLE reconciliation_differences (
    reconciliation_id TEXT NOT NULL REFERENCES reconciliations (id),
    position BIGINT NOT NULL,
    -- our attempt's id, as the provider has it
    reference TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('capture', 'refund', 'refund_returned', 'dispute', 'dispute_won')),
    currency TEXT NOT NULL,
    theirs BIGINT NOT NULL,
    ours BIGINT NOT NULL,
    PRIMARY KEY (reconciliation_id, position)
);

-- What payers' banks want back.
CREATE TABLE disputes (
    provider TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id),
    attempt_id TEXT NOT NULL REFERENCES attempts (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'won', 'lost')),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (provider, provider_id)
);
CREATE INDEX disputes_by_order ON disputes (order_id);
