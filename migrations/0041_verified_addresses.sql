-- When the person showed that the address is theirs; none: not yet. Whoever was here before the question was asked is believed.
ALTER TABLE accounts ADD COLUMN email_verified_at BIGINT;
UPDATE accounts SET email_verified_at = created_at;
