-- Of what went back: taken off by red-letter invoices that are issued, and what the service is asked to take off now.
ALTER TABLE invoices ADD COLUMN red_issued BIGINT NOT NULL DEFAULT 0 CHECK (red_issued >= 0);
ALTER TABLE invoices ADD COLUMN red_asked BIGINT NOT NULL DEFAULT 0 CHECK (red_asked >= 0);

-- Until when the way to pay can be used; none: as long as the attempt is open.
ALTER TABLE attempts ADD COLUMN pay_until BIGINT;
