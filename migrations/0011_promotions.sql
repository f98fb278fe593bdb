-- Reductions that people ask for by a code. All codes of one promotion count on its row.
CREATE TABLE promotions (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('percent', 'fixed')),
    -- of the price, in hundredths of a per cent; or an amount, once per order
    percent_bp BIGINT NOT NULL CHECK (percent_bp BETWEEN 0 AND 10000),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    currency TEXT NOT NULL,
    -- what it is for; courses and topics are named in promotion_targets
    scope TEXT NOT NULL CHECK (scope IN ('all', 'courses', 'topics', 'instructor')),
    -- the instructor whose courses it is for and whose share bears it; none: the school's
    instructor_id TEXT REFERENCES accounts (id),
    first_order BOOLEAN NOT NULL,
    -- none: without limit
    max_uses BIGINT CHECK (max_uses IS NULL OR max_uses > 0),
    per_person BIGINT CHECK (per_person IS NULL OR per_person > 0),
    -- reserved, consumed and returned ones; a person's own place can come back, the promotion's never does once it was consumed
    used BIGINT NOT NULL DEFAULT 0 CHECK (used >= 0),
    -- whether a full refund gives the person's place back
    returns BOOLEAN NOT NULL DEFAULT FALSE,
    starts_at BIGINT NOT NULL,
    -- none: until it is ended
    ends_at BIGINT,
    created_by TEXT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    CHECK (max_uses IS NULL OR used <= max_uses)
);
CREATE INDEX promotions_by_instructor ON promotions (instructor_id, created_at);

CREATE TABLE promotion_codes (
    -- in capitals, without spaces
    code TEXT NOT NULL PRIMARY KEY,
    promotion_id TEXT NOT NULL REFERENCES promotions (id)
);
CREATE INDEX promotion_codes_by_promotion ON promotion_codes (promotion_id);

CREATE TABLE promotion_targets (
    promotion_id TEXT NOT NULL REFERENCES promotions (id),
    -- a course's id or a topic's word
    target TEXT NOT NULL,
    PRIMARY KEY (promotion_id, target)
);

-- One use of a promotion by one person.
CREATE TABLE redemptions (
    id TEXT NOT NULL PRIMARY KEY,
    promotion_id TEXT NOT NULL REFERENCES promotions (id),
    code TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- the person's first, second, … use
    slot BIGINT NOT NULL CHECK (slot > 0),
    order_id TEXT NOT NULL CONSTRAINT redemptions_order_id_key UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('reserved', 'consumed', 'released', 'returned')),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    currency TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX redemptions_one_per_slot ON redemptions (promotion_id, account_id, slot) WHERE state IN ('reserved', 'consumed');
CREATE INDEX redemptions_by_promotion ON redemptions (promotion_id, state);
