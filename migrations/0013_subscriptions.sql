-- The membership: what is offered, who has it, and what they paid for which time.
CREATE TABLE plans (
    id TEXT NOT NULL PRIMARY KEY,
    -- one live subscription of a product per person
    product TEXT NOT NULL,
    months BIGINT NOT NULL CHECK (months IN (1, 3, 12)),
    -- a trial shorter than a week leaves no time for its reminder
    trial_days BIGINT NOT NULL DEFAULT 0 CHECK (trial_days = 0 OR trial_days >= 7),
    position BIGINT NOT NULL,
    offered BOOLEAN NOT NULL DEFAULT TRUE
);

-- one of each length
CREATE UNIQUE INDEX plans_one_per_length ON plans (product, months);

-- Every price a plan ever had (kept; the live one has no end).
CREATE TABLE plan_prices (
    id TEXT NOT NULL PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    since BIGINT NOT NULL,
    until BIGINT
);
CREATE UNIQUE INDEX plan_prices_one_live ON plan_prices (plan_id) WHERE until IS NULL;

-- A way of paying that a payer let us keep: the provider's name for it, never a card's number.
CREATE TABLE agreements (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    provider TEXT NOT NULL,
    token TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    CONSTRAINT agreements_provider_token_key UNIQUE (provider, token)
);
CREATE INDEX agreements_by_account ON agreements (account_id);

CREATE TABLE subscriptions (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    product TEXT NOT NULL,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    -- the price that was consented to
    price_id TEXT NOT NULL REFERENCES plan_prices (id),
    state TEXT NOT NULL CHECK (state IN ('incomplete', 'trialing', 'active', 'past_due', 'paused', 'ended', 'incomplete_expired')),
    cancels BOOLEAN NOT NULL DEFAULT FALSE,
    pauses BOOLEAN NOT NULL DEFAULT FALSE,
    renewing BOOLEAN NOT NULL DEFAULT FALSE,
    -- the price (and so the plan) from the end of the period, and the one whose difference waits for money
    becomes_price_id TEXT REFERENCES plan_prices (id),
    upgrades_price_id TEXT REFERENCES plan_prices (id),
    hard_decline BOOLEAN NOT NULL DEFAULT FALSE,
    retries BIGINT NOT NULL DEFAULT 0,
    -- when the waiting for money, or the rest, began
    since BIGINT NOT NULL,
    reminded_at BIGINT,
    -- the calendar: months are counted from the anchor, in this zone
    zone TEXT NOT NULL,
    anchor BIGINT,
    months_done BIGINT NOT NULL DEFAULT 0,
    -- the row of periods that follow one another; a rest or a change of length begins another
    row_number BIGINT NOT NULL DEFAULT 0,
    -- the period that runs; nought: the trial, or none yet
    period_number BIGINT NOT NULL DEFAULT 0,
    period_starts BIGINT,
    period_ends BIGINT,
    agreement_id TEXT REFERENCES agreements (id),
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    -- when the clock has something for it, and who looks at it until when
    next_at BIGINT,
    claimed_until BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX subscriptions_one_live ON subscriptions (account_id, product) WHERE state NOT IN ('ended', 'incomplete_expired');
CREATE INDEX subscriptions_due ON subscriptions (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX subscriptions_by_time ON subscriptions (created_at, id);

-- Times that were paid for (or given: the trial), without gaps and without meeting one another in one row.
CREATE TABLE subscription_periods (
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    number BIGINT NOT NULL CHECK (number >= 0),
    row_number BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    currency TEXT NOT NULL,
    -- what was paid for it and is earned when it is over
    value BIGINT NOT NULL CHECK (value >= 0),
    recognised_at BIGINT,
    -- of the value: shared among the instructors
    shared BIGINT NOT NULL DEFAULT 0 CHECK (shared >= 0 AND shared <= value),
    PRIMARY KEY (subscription_id, number),
    CHECK (ends_at > starts_at)
);
CREATE INDEX subscription_periods_unearned ON subscription_periods (ends_at) WHERE recognised_at IS NULL;

-- What was asked for: each an order of its own.
CREATE TABLE subscription_invoices (
    id TEXT NOT NULL PRIMARY KEY,
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    -- the period it pays for, or, where it is a difference, the one that runs
    number BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('first', 'renewal', 'upgrade')),
    state TEXT NOT NULL CHECK (state IN ('open', 'paid', 'void')),
    order_id TEXT NOT NULL CONSTRAINT subscription_invoices_order_id_key UNIQUE REFERENCES orders (id),
    price_id TEXT NOT NULL REFERENCES plan_prices (id),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    -- what was left of the old plan, where it is a difference
    credit BIGINT NOT NULL DEFAULT 0 CHECK (credit >= 0),
    -- the attempt whose failure was dealt with
    judged_attempt_id TEXT,
    created_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE UNIQUE INDEX subscription_invoices_one_per_period ON subscription_invoices (subscription_id, number)
    WHERE kind <> 'upgrade' AND state <> 'void';
CREATE INDEX subscription_invoices_by_subscription ON subscription_invoices (subscription_id, created_at);

-- What will be charged and when, as it was told.
CREATE TABLE subscription_reminders (
    id TEXT NOT NULL PRIMARY KEY,
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    -- the period that will be paid for
    number BIGINT NOT NULL,
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    charge_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL
);
CREATE INDEX subscription_reminders_by_subscription ON subscription_reminders (subscription_id, number);

-- Charges that nobody was present for; the reminder is the one they rest on.
CREATE TABLE subscription_charges (
    attempt_id TEXT NOT NULL PRIMARY KEY REFERENCES attempts (id),
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    number BIGINT NOT NULL,
    -- whether it had been cancelled when this was begun: never
    cancelled BOOLEAN NOT NULL,
    -- the bank refused it in a way that asking again does not change
    hard BOOLEAN NOT NULL DEFAULT FALSE,
    at BIGINT NOT NULL
);

-- What somebody agreed to, as it was shown (CN-04).
CREATE TABLE subscription_consents (
    id TEXT NOT NULL PRIMARY KEY,
    subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
    price_id TEXT NOT NULL REFERENCES plan_prices (id),
    -- the first charge they agreed to
    charge_at BIGINT NOT NULL,
    lang TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- Who had the trial.
CREATE TABLE trials (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    product TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, product)
);

-- Rights to everything in the membership: one row per source.
CREATE TABLE passes (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    source_id TEXT NOT NULL CONSTRAINT passes_source_id_key UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
    granted_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX passes_by_account ON passes (account_id, state);

-- The courses in the membership; a draft can be put here before it is published.
CREATE TABLE membership_courses (
    course_id TEXT NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL
);
