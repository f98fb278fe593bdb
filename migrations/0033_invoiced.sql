-- The period whose money a paid invoice is: its own, the one that runs (a difference of the same length), or the one that a
-- difference began.
ALTER TABLE subscription_invoices ADD COLUMN paid_number BIGINT;

UPDATE subscription_invoices SET paid_number = CASE
    WHEN kind = 'upgrade' AND EXISTS (
        SELECT 1 FROM subscription_periods p JOIN subscription_periods q
            ON q.subscription_id = p.subscription_id AND q.number = p.number + 1 AND q.row_number <> p.row_number AND q.starts_at = p.ends_at
         WHERE p.subscription_id = subscription_invoices.subscription_id AND p.number = subscription_invoices.number)
    THEN number + 1 ELSE number END
 WHERE state = 'paid';

CREATE INDEX subscription_invoices_by_period ON subscription_invoices (subscription_id, paid_number);
