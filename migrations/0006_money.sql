-- Who may open what, and why: one row per source of the right.
CREATE TABLE grants (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    course_id TEXT NOT NULL REFERENCES courses (id),
    source TEXT NOT NULL CHECK (source IN ('order_line', 'subscription', 'seat', 'gift', 'staff')),
    -- the order line, subscription, seat… it comes from
    source_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'revoked', 'expired')),
    granted_at BIGINT NOT NULL,
    -- none: for good
    expires_at BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX grants_one_active ON grants (account_id, course_id, source) WHERE state = 'active';
CREATE INDEX grants_by_account ON grants (account_id, state);
CREATE INDEX grants_by_course ON grants (course_id, state);
CREATE INDEX grants_by_source ON grants (source, source_id);

-- The ledger (commerce): accounts per currency, transfers between them, and their balances.
CREATE TABLE ledger_accounts (
    id TEXT NOT NULL,
    currency TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- the person it belongs to, where it belongs to one
    owner_id TEXT,
    PRIMARY KEY (id, currency)
);

-- One movement of money: the same amount out and in. Append-only; each row seals the one before it.
CREATE TABLE transfers (
    id TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL CONSTRAINT transfers_seq_key UNIQUE,
    -- movements that belong together
    entry_id TEXT NOT NULL,
    debit_account TEXT NOT NULL,
    credit_account TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    kind TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('single', 'pending', 'post', 'void')),
    pending_id TEXT CONSTRAINT transfers_pending_id_key UNIQUE REFERENCES transfers (id),
    order_id TEXT,
    attempt_id TEXT,
    refund_id TEXT,
    -- the one thing it is about, beyond these: 'hold:…', 'payout:…'
    about TEXT,
    -- the line of the order it is about
    line_id TEXT,
    created_at BIGINT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CHECK (debit_account <> credit_account),
    CHECK ((phase IN ('post', 'void')) = (pending_id IS NOT NULL)),
    FOREIGN KEY (debit_account, currency) REFERENCES ledger_accounts (id, currency),
    FOREIGN KEY (credit_account, currency) REFERENCES ledger_accounts (id, currency)
);
CREATE INDEX transfers_by_order ON transfers (order_id);
CREATE INDEX transfers_by_refund ON transfers (refund_id);
CREATE INDEX transfers_by_about ON transfers (about);
CREATE INDEX transfers_by_line ON transfers (line_id);
CREATE INDEX transfers_by_debit ON transfers (debit_account, currency);
CREATE INDEX transfers_by_credit ON transfers (credit_account, currency);

-- The end of the chain; whoever writes transfers locks this row first, so that they have one order.
CREATE TABLE ledger_head (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO ledger_head (id, seq, hash) VALUES (1, 0, '');

CREATE TABLE balances (
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    debits_posted BIGINT NOT NULL DEFAULT 0 CHECK (debits_posted >= 0),
    credits_posted BIGINT NOT NULL DEFAULT 0 CHECK (credits_posted >= 0),
    debits_pending BIGINT NOT NULL DEFAULT 0 CHECK (debits_pending >= 0),
    credits_pending BIGINT NOT NULL DEFAULT 0 CHECK (credits_pending >= 0),
    -- may not be spent below nought (a wallet)
    guarded BOOLEAN NOT NULL DEFAULT FALSE,
    version BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (account, currency),
    FOREIGN KEY (account, currency) REFERENCES ledger_accounts (id, currency),
    CHECK (NOT guarded OR credits_posted - debits_posted - debits_pending >= 0)
);

-- A quote frozen for one buyer: what the checkout page shows and the order is made of.
CREATE TABLE checkouts (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    currency TEXT NOT NULL,
    -- the chosen coupon's code, as it was typed; and whether the wallet shall pay its part
    coupon TEXT,
    use_wallet BOOLEAN NOT NULL DEFAULT FALSE,
    -- made of the cart, which is emptied by paying
    from_cart BOOLEAN NOT NULL DEFAULT FALSE,
    list_amount BIGINT NOT NULL CHECK (list_amount >= 0),
    total BIGINT NOT NULL CHECK (total >= 0),
    -- of the total: from the gift balance, and from the person's own money in the wallet
    gift_part BIGINT NOT NULL DEFAULT 0 CHECK (gift_part >= 0),
    cash_part BIGINT NOT NULL DEFAULT 0 CHECK (cash_part >= 0),
    -- seal over the items, their prices and the choices: the same quote again leads to the same checkout
    fingerprint TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX checkouts_by_account ON checkouts (account_id, fingerprint);

CREATE TABLE checkout_lines (
    checkout_id TEXT NOT NULL REFERENCES checkouts (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('course', 'bundle', 'subscription', 'seat_pack', 'gift', 'topup')),
    -- what it is of, in the words of its kind
    item_id TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    title TEXT NOT NULL,
    list_amount BIGINT NOT NULL CHECK (list_amount >= 0),
    -- before the coupon
    price BIGINT NOT NULL CHECK (price >= 0),
    coupon BIGINT NOT NULL CHECK (coupon >= 0 AND coupon <= price),
    PRIMARY KEY (checkout_id, position)
);

CREATE TABLE orders (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    checkout_id TEXT NOT NULL CONSTRAINT orders_checkout_id_key UNIQUE REFERENCES checkouts (id),
    state TEXT NOT NULL CHECK (state IN ('awaiting_payment', 'paid', 'canceled', 'expired')),
    refund_state TEXT NOT NULL CHECK (refund_state IN ('none', 'partial', 'full')),
    dispute_state TEXT NOT NULL CHECK (dispute_state IN ('none', 'open', 'won', 'lost')),
    -- money came that does not fit; a person should look
    needs_review BOOLEAN NOT NULL DEFAULT FALSE,
    currency TEXT NOT NULL,
    total BIGINT NOT NULL CHECK (total >= 0),
    -- of the total: from the gift balance, from the person's own money in the wallet; the rest is due from a provider
    gift_part BIGINT NOT NULL DEFAULT 0 CHECK (gift_part >= 0),
    cash_part BIGINT NOT NULL DEFAULT 0 CHECK (cash_part >= 0),
    due BIGINT NOT NULL CHECK (due >= 0 AND due + gift_part + cash_part = total),
    refunded BIGINT NOT NULL DEFAULT 0 CHECK (refunded >= 0 AND refunded <= total),
    -- the language its letters and its page are in
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    -- the attempt whose money paid it
    paid_attempt_id TEXT,
    placed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- when to look at it next, while it waits
    due_at BIGINT,
    paid_at BIGINT,
    closed_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX orders_by_account ON orders (account_id, placed_at);
CREATE INDEX orders_by_time ON orders (placed_at, id);
CREATE INDEX orders_due ON orders (due_at) WHERE due_at IS NOT NULL;

-- What an order is made of, as it was when it was placed; never changes.
CREATE TABLE order_lines (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('course', 'bundle', 'subscription', 'seat_pack', 'gift', 'topup')),
    -- what it is of, in the words of its kind: a course, a bundle, a plan, …
    item_id TEXT NOT NULL,
    quantity BIGINT NOT NULL DEFAULT 1 CHECK (quantity > 0),
    title TEXT NOT NULL,
    price_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    list_amount BIGINT NOT NULL CHECK (list_amount >= 0),
    -- everything taken off the list price; and of it, what a coupon took
    discount BIGINT NOT NULL CHECK (discount >= 0),
    coupon BIGINT NOT NULL DEFAULT 0 CHECK (coupon >= 0 AND coupon <= discount),
    net BIGINT NOT NULL CHECK (net >= 0),
    tax BIGINT NOT NULL CHECK (tax >= 0),
    -- of net and tax: what the wallet paid
    gift_part BIGINT NOT NULL DEFAULT 0 CHECK (gift_part >= 0),
    cash_part BIGINT NOT NULL DEFAULT 0 CHECK (cash_part >= 0),
    -- the sum of its parts' shares
    share BIGINT NOT NULL CHECK (share >= 0 AND share <= net),
    CHECK (gift_part + cash_part <= net + tax),
    CONSTRAINT order_lines_order_id_position_key UNIQUE (order_id, position)
);
CREATE INDEX order_lines_by_item ON order_lines (kind, item_id);

-- The courses a line stands for, each with its part of the net and its instructor's share of that; never changes.
CREATE TABLE order_line_parts (
    line_id TEXT NOT NULL REFERENCES order_lines (id),
    position BIGINT NOT NULL,
    course_id TEXT NOT NULL REFERENCES courses (id),
    instructor_id TEXT NOT NULL REFERENCES accounts (id),
    title TEXT NOT NULL,
    net BIGINT NOT NULL CHECK (net >= 0),
    -- hundredths of a per cent of the net that are the instructor's, and what that comes to
    share_bp BIGINT NOT NULL CHECK (share_bp BETWEEN 0 AND 10000),
    share BIGINT NOT NULL CHECK (share >= 0 AND share <= net),
    PRIMARY KEY (line_id, position),
    CONSTRAINT order_line_parts_line_id_course_id_key UNIQUE (line_id, course_id)
);
CREATE INDEX order_line_parts_by_course ON order_line_parts (course_id);
CREATE INDEX order_line_parts_by_instructor ON order_line_parts (instructor_id);

-- One try to pay something at one provider.
CREATE TABLE attempts (
    id TEXT NOT NULL PRIMARY KEY,
    -- what it pays: an order's id
    reference TEXT NOT NULL,
    provider TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('created', 'submitting', 'pending', 'processing', 'unknown', 'succeeded', 'failed', 'canceled')),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    lang TEXT NOT NULL,
    provider_id TEXT,
    pay_url TEXT,
    -- the provider's word for the last refusal
    decline TEXT,
    -- what really came
    captured BIGINT NOT NULL DEFAULT 0 CHECK (captured >= 0),
    captured_currency TEXT,
    -- of it: asked back and not failed
    refund_reserved BIGINT NOT NULL DEFAULT 0 CHECK (refund_reserved >= 0 AND refund_reserved <= captured),
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- when to ask the provider next, and how often we have
    due_at BIGINT,
    asked BIGINT NOT NULL DEFAULT 0,
    -- the thing it pays is closed: close it at the provider
    close_wanted BOOLEAN NOT NULL DEFAULT FALSE,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX attempts_by_reference ON attempts (reference);
CREATE UNIQUE INDEX attempts_one_live ON attempts (reference) WHERE state IN ('created', 'submitting', 'pending', 'processing', 'unknown');
CREATE UNIQUE INDEX attempts_provider_id ON attempts (provider, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX attempts_due ON attempts (due_at) WHERE due_at IS NOT NULL;

-- Every piece of evidence about an attempt, in the order it came.
CREATE TABLE attempt_facts (
    id TEXT NOT NULL PRIMARY KEY,
    attempt_id TEXT NOT NULL REFERENCES attempts (id),
    source TEXT NOT NULL CHECK (source IN ('answer', 'notification', 'query')),
    fact TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    -- the provider's id of the notification
    event_id TEXT,
    -- whether it changed the attempt
    applied BOOLEAN NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX attempt_facts_by_attempt ON attempt_facts (attempt_id, at);

-- Every provider call that moves money, with its key: the same key never carries two requests.
CREATE TABLE provider_calls (
    key TEXT NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    called_at BIGINT NOT NULL
);

-- Verified notifications as they came, kept before they are answered.
CREATE TABLE webhook_inbox (
    id TEXT NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    event_id TEXT NOT NULL,
    body BYTEA NOT NULL,
    signature TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'processed', 'ignored', 'failed', 'dead')),
    tries BIGINT NOT NULL DEFAULT 0,
    problem TEXT NOT NULL DEFAULT '',
    received_at BIGINT NOT NULL,
    due_at BIGINT,
    processed_at BIGINT,
    CONSTRAINT webhook_inbox_provider_event_id_key UNIQUE (provider, event_id)
);
CREATE INDEX webhook_inbox_due ON webhook_inbox (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE refunds (
    id TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    -- the attempt whose money goes back; none: the wallet paid it all
    attempt_id TEXT REFERENCES attempts (id),
    -- staff, learner: asked for; the others send back money that has no place
    cause TEXT NOT NULL CHECK (cause IN ('staff', 'learner', 'late', 'second', 'mismatch')),
    state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'submitting', 'pending', 'unknown', 'succeeded', 'failed', 'canceled', 'needs_attention')),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    -- of the amount: by the provider, to the person's own money in the wallet, to their gift balance
    due BIGINT NOT NULL CHECK (due >= 0),
    cash BIGINT NOT NULL DEFAULT 0 CHECK (cash >= 0),
    gift BIGINT NOT NULL DEFAULT 0 CHECK (gift >= 0),
    -- of the amount: taken back from the instructor's share
    clawback BIGINT NOT NULL DEFAULT 0 CHECK (clawback >= 0 AND clawback <= amount),
    tax BIGINT NOT NULL DEFAULT 0 CHECK (tax >= 0 AND tax <= amount),
    reason TEXT NOT NULL,
    requested_by TEXT,
    approved_by TEXT,
    -- wallet: the buyer chose to keep it here
    destination TEXT NOT NULL DEFAULT 'original' CHECK (destination IN ('original', 'wallet')),
    -- what somebody proposed where the provider leads nowhere, who, and the bank's reference; a second person decides
    remedy TEXT CHECK (remedy IN ('retry', 'wallet', 'paid')),
    remedy_by TEXT,
    remedy_note TEXT NOT NULL DEFAULT '',
    provider_id TEXT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    due_at BIGINT,
    asked BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (due + cash + gift = amount),
    CHECK (due = 0 OR attempt_id IS NOT NULL)
);
CREATE INDEX refunds_by_order ON refunds (order_id);
CREATE INDEX refunds_by_attempt ON refunds (attempt_id);
CREATE INDEX refunds_by_time ON refunds (created_at, id);
CREATE INDEX refunds_due ON refunds (due_at) WHERE due_at IS NOT NULL;

-- Receipts: numbered without gaps in each series.
CREATE TABLE receipt_series (
    series TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL CHECK (last >= 0)
);
CREATE TABLE receipts (
    series TEXT NOT NULL REFERENCES receipt_series (series),
    number BIGINT NOT NULL CHECK (number > 0),
    order_id TEXT NOT NULL CONSTRAINT receipts_order_id_key UNIQUE REFERENCES orders (id),
    issued_at BIGINT NOT NULL,
    -- what it says, as JSON, and the seal of that text
    document TEXT NOT NULL,
    document_hash TEXT NOT NULL,
    PRIMARY KEY (series, number)
);

-- What a form or a call with this key has led to, so that sending it again leads to the same.
CREATE TABLE idempotency (
    principal TEXT NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (principal, route, key)
);
CREATE INDEX idempotency_by_time ON idempotency (at);
