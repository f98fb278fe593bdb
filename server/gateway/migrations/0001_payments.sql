-- The sandbox provider's own books. Moments are Unix milliseconds, money is minor units.

CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    -- in whose words the shop opened it, and hears of it
    dialect TEXT NOT NULL CHECK (dialect IN ('sandbox', 'stripe', 'alipay', 'wechat')),
    reference TEXT NOT NULL,
    description TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'processing', 'succeeded', 'failed', 'canceled')),
    -- what was really taken, where a fault takes something else
    captured BIGINT NOT NULL DEFAULT 0 CHECK (captured >= 0),
    captured_currency TEXT,
    -- reserved or sent back; never above what was captured
    refunded BIGINT NOT NULL DEFAULT 0 CHECK (refunded >= 0 AND refunded <= captured),
    -- an agreement is made when it succeeds
    remember BOOLEAN NOT NULL DEFAULT FALSE,
    -- the agreement that was made, or that it was charged by
    agreement TEXT,
    -- what a dialect needs to say again, as JSON
    extra TEXT NOT NULL DEFAULT '{}',
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
CREATE INDEX payments_due ON payments (outcome_at) WHERE outcome_at IS NOT NULL;

-- By these the shop charges a payer who is not there.
CREATE TABLE agreements (
    id TEXT PRIMARY KEY,
    payment_id TEXT NOT NULL REFERENCES payments(id),
    -- what its charges lead to
    card TEXT NOT NULL CHECK (card IN ('good', 'insufficient_funds', 'lost_card')),
    status TEXT NOT NULL CHECK (status IN ('active', 'revoked')),
    created_at BIGINT NOT NULL
);

CREATE TABLE disputes (
    id TEXT PRIMARY KEY,
    payment_id TEXT NOT NULL REFERENCES payments(id),
    reference TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('opened', 'won', 'lost')),
    outcome TEXT CHECK (outcome IN ('won', 'lost')),
    outcome_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX disputes_due ON disputes (outcome_at) WHERE outcome_at IS NOT NULL;

CREATE TABLE payouts (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL,
    account TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('in_transit', 'paid', 'failed', 'returned')),
    outcome TEXT CHECK (outcome IN ('paid', 'failed', 'returned')),
    outcome_at BIGINT,
    notify_url TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX payouts_due ON payouts (outcome_at) WHERE outcome_at IS NOT NULL;

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
CREATE INDEX refunds_due ON refunds (outcome_at) WHERE outcome_at IS NOT NULL;
CREATE INDEX refunds_by_reference ON refunds (reference);

-- What really moved: the truth that others are compared with.
CREATE TABLE movements (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('capture', 'refund', 'refund_returned', 'dispute', 'dispute_won', 'payout', 'payout_returned')),
    payment_id TEXT REFERENCES payments(id),
    -- the refund, dispute or payout
    about TEXT,
    reference TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    moved_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX movements_capture_key ON movements (payment_id) WHERE kind = 'capture';
CREATE UNIQUE INDEX movements_about_key ON movements (kind, about) WHERE about IS NOT NULL;

CREATE TABLE events (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    dialect TEXT NOT NULL,
    payment_id TEXT REFERENCES payments(id),
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
    -- how to spoil it, where a fault asks for it
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
