-- A saved way of paying that we use no more is ended at the provider too: when that is tried next, and how often it was.
ALTER TABLE agreements ADD COLUMN revoke_at BIGINT;
ALTER TABLE agreements ADD COLUMN revoke_tries BIGINT NOT NULL DEFAULT 0;
CREATE INDEX agreements_to_revoke ON agreements (revoke_at) WHERE revoke_at IS NOT NULL;

-- Nothing pays by them any more.
UPDATE subscriptions SET agreement_id = NULL WHERE state IN ('ended', 'incomplete_expired');
UPDATE agreements SET state = 'ended', ended_at = created_at, revoke_at = 0
 WHERE state = 'active' AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.agreement_id = agreements.id);
