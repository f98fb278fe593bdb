-- As whom a provider knows somebody who pays inside its app (an openid inside WeChat), for one application of ours.
CREATE TABLE payer_names (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    provider TEXT NOT NULL CHECK (provider IN ('wechat')),
    application TEXT NOT NULL,
    name TEXT NOT NULL,
    -- the session it was told in: in another one it may be another person's app
    session_hash TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, provider, application)
);

-- People on their way to a provider that tells as whom it knows them, and back.
CREATE TABLE payer_journeys (
    -- SHA-256 of the state that went along, in hex
    state_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    session_hash TEXT NOT NULL,
    provider TEXT NOT NULL CHECK (provider IN ('wechat')),
    -- what they were about to pay for
    reference TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX payer_journeys_by_end ON payer_journeys (expires_at);
