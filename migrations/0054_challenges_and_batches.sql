-- The provider by which somebody came to the second step: it was used when they are in, not before.
ALTER TABLE sign_in_challenges ADD COLUMN identity_id TEXT;

-- A batch of codes that gives more than one person may give waits for a second one; its codes are 'unpaid' until then.
ALTER TABLE voucher_batches ADD COLUMN waits BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE voucher_batches ADD COLUMN approved_by TEXT REFERENCES accounts (id);
ALTER TABLE voucher_batches ADD COLUMN approved_at BIGINT;
