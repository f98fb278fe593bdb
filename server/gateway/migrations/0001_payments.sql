-- The sandbox provider's own books. Moments are Unix milliseconds, money is minor units.

CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL,
    description TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'processing', 'succeeded', 'failed', 'canceled')),
    -- reserved or sent back; never above what was captured
    refunded BIGINT NOT NULL DEFAULT 0 CHECK (refunded >= 0 AND refunded <= amount),
    -- why the last try was refused
    failure TEXT,
    tries BIGINT NOT NULL DEFAULT 0,
    -- how far the payer has come in the bank's confirmation; 0 is outside of it
    challenge BIGINT NOT NULL DEFAULT 0,
    -- what a slow method will answer, and when
    outcome TEXT CHECK (outcome IN ('succeed', 'fail')),
    outcome_at BIGINT,
    return_url TEXT NOT NULL,
    notify_url TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    paid_at BIGINT
);
CREATE INDEX payments_by_reference ON payments (reference, created_at);
CREATE INDEX payments_open ON payments (expires_at) WHERE status = 'open';
CREATE INDEX payments_due ON payments (outcome_at) WHERE status = 'processing';

CREATE TABLE refunds (
    id TEXT PRIMARY KEY,
    payment_id TEXT NOT NULL REFERENCES payments(id),
    reference TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed')),
    outcome TEXT CHECK (outcome IN ('succeed', 'fail')),
    outcome_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX refunds_by_payment ON refunds (payment_id);
CREATE INDEX refunds_due ON refunds (outcome_at) WHERE status = 'pending';

-- What really moved: the truth that others are compared with.
CREATE TABLE movements (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('capture', 'refund')),
    payment_id TEXT NOT NULL REFERENCES payments(id),
    refund_id TEXT REFERENCES refunds(id),
    reference TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    moved_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX movements_capture_key ON movements (payment_id) WHERE kind = 'capture';
CREATE UNIQUE INDEX movements_refund_key ON movements (refund_id) WHERE kind = 'refund';

CREATE TABLE events (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    payment_id TEXT NOT NULL REFERENCES payments(id),
    -- exactly what is sent, so that a repetition is the same to the byte
    body TEXT NOT NULL,
    notify_url TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX events_in_order ON events (created_at, id);

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events(id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
    tries BIGINT NOT NULL DEFAULT 0,
    due_at BIGINT NOT NULL,
    -- how to spoil the signature, where a fault asks for it
    spoiled TEXT,
    -- what the receiver answered last: a status, or 0 for none
    answer BIGINT
);
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'waiting';

-- One row per idempotency key; without an answer while the first request is under way.
CREATE TABLE requests (
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status BIGINT,
    body TEXT,
    started_at BIGINT NOT NULL,
    PRIMARY KEY (route, key)
);

-- Faults, the counter they use and the offset of the clock.
CREATE TABLE knobs (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
