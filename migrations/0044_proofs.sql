-- When the person at this session last showed who they are; asked again before what a stolen session must not do.
ALTER TABLE sessions ADD COLUMN proven_at BIGINT NOT NULL DEFAULT 0;
