-- Several courses sold together, for less than their sum.
CREATE TABLE bundles (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL CONSTRAINT bundles_slug_key UNIQUE,
    -- who made it; an instructor's holds their own courses only
    instructor_id TEXT NOT NULL REFERENCES accounts (id),
    title TEXT NOT NULL,
    promise TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('listed', 'unlisted')),
    -- the live price, repeated from bundle_prices
    price_id TEXT NOT NULL,
    price BIGINT NOT NULL CHECK (price >= 0),
    currency TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX bundles_by_instructor ON bundles (instructor_id, created_at);

CREATE TABLE bundle_courses (
    bundle_id TEXT NOT NULL REFERENCES bundles (id),
    course_id TEXT NOT NULL REFERENCES courses (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (bundle_id, course_id)
);
CREATE INDEX bundle_courses_by_course ON bundle_courses (course_id);

-- Every price a bundle ever had (kept; the live one has no end).
CREATE TABLE bundle_prices (
    id TEXT NOT NULL PRIMARY KEY,
    bundle_id TEXT NOT NULL REFERENCES bundles (id),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    currency TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT
);
CREATE INDEX bundle_prices_by_bundle ON bundle_prices (bundle_id);

-- What somebody means to buy.
CREATE TABLE carts (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    coupon TEXT,
    use_wallet BOOLEAN NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX carts_by_time ON carts (changed_at);

CREATE TABLE cart_items (
    account_id TEXT NOT NULL REFERENCES carts (account_id),
    kind TEXT NOT NULL CHECK (kind IN ('course', 'bundle')),
    item_id TEXT NOT NULL,
    -- what it cost when the person last saw it, so that a change can be told
    seen_price BIGINT NOT NULL,
    currency TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, kind, item_id)
);
