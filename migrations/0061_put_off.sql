-- What a lane of the worker could not do, and when it tries again; until then it goes on with the next.
CREATE TABLE put_off (
    lane TEXT NOT NULL CHECK (lane IN ('codes', 'shares', 'affiliate_shares', 'invoices')),
    subject TEXT NOT NULL,
    next_at BIGINT NOT NULL,
    PRIMARY KEY (lane, subject)
);
