-- What the pass opens is closed while a bank decides about the money that paid for it; whatever else happens to it.
ALTER TABLE passes ADD COLUMN suspended BOOLEAN NOT NULL DEFAULT FALSE;

-- When the renewal that is not paid yet fell due: dunning and grace are counted from here.
ALTER TABLE subscriptions ADD COLUMN due_at BIGINT;

UPDATE subscriptions SET due_at = period_ends WHERE state = 'past_due' OR renewing;
