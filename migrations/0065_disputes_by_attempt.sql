-- How the disputes about a payment stand is asked whenever an invoice or a refund looks at its order.
CREATE INDEX disputes_by_attempt ON disputes (attempt_id);
