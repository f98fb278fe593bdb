-- Time whose earning went wrong is tried again after a while, so that it does not hold up the others.
ALTER TABLE subscription_periods ADD COLUMN earn_after BIGINT NOT NULL DEFAULT 0;
