-- What of an order's money went back, on paper: numbered without gaps beside the receipts.
CREATE TABLE credit_notes (
    series TEXT NOT NULL REFERENCES receipt_series (series),
    number BIGINT NOT NULL CHECK (number > 0),
    order_id TEXT NOT NULL REFERENCES orders (id),
    refund_id TEXT NOT NULL CONSTRAINT credit_notes_refund_id_key UNIQUE REFERENCES refunds (id),
    issued_at BIGINT NOT NULL,
    -- what it says, as JSON, and the seal of that text
    document TEXT NOT NULL,
    document_hash TEXT NOT NULL,
    PRIMARY KEY (series, number)
);
CREATE INDEX credit_notes_by_order ON credit_notes (order_id);

-- Receipts and credit notes as PDF files, each drawn once in a language from its document, and never again.
CREATE TABLE papers (
    series TEXT NOT NULL REFERENCES receipt_series (series),
    number BIGINT NOT NULL CHECK (number > 0),
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    body BYTEA NOT NULL,
    body_hash TEXT NOT NULL,
    drawn_at BIGINT NOT NULL,
    PRIMARY KEY (series, number, lang)
);

-- Requests for a 发票 and what became of them (SM-10).
CREATE TABLE invoices (
    id TEXT NOT NULL PRIMARY KEY,
    -- our number of the request, without gaps in its series
    series TEXT NOT NULL REFERENCES receipt_series (series),
    number BIGINT NOT NULL CHECK (number > 0),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- none: taken back or refused
    state TEXT NOT NULL CHECK (state IN ('none', 'requested', 'issuing', 'issued', 'red_requested', 'red_issued')),
    title_kind TEXT NOT NULL CHECK (title_kind IN ('personal', 'company')),
    invoice_kind TEXT NOT NULL CHECK (invoice_kind IN ('ordinary', 'special')),
    title TEXT NOT NULL,
    tax_number TEXT CHECK ((title_kind = 'company') = (tax_number IS NOT NULL)),
    email TEXT NOT NULL,
    bank TEXT NOT NULL,
    address TEXT NOT NULL,
    currency TEXT NOT NULL,
    -- really paid: without coupons and without the gift balance's part
    amount BIGINT NOT NULL CHECK (amount >= 0),
    -- of it: went back since, and is or will be taken off by a red-letter invoice
    red_amount BIGINT NOT NULL DEFAULT 0 CHECK (red_amount >= 0 AND red_amount <= amount),
    asked_at BIGINT NOT NULL,
    -- by when finance means to issue it
    due_at BIGINT NOT NULL,
    -- when the issuing service is asked next; none: people issue it
    next_at BIGINT,
    asked BIGINT NOT NULL DEFAULT 0,
    -- the tax office's numbers
    tax_office_number TEXT,
    issued_at BIGINT,
    red_number TEXT,
    red_at BIGINT,
    -- why finance refused it
    reason TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    CONSTRAINT invoices_series_number_key UNIQUE (series, number)
);
CREATE INDEX invoices_by_account ON invoices (account_id, asked_at);
CREATE INDEX invoices_by_state ON invoices (state, asked_at);
CREATE INDEX invoices_due ON invoices (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE invoice_orders (
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    order_id TEXT NOT NULL REFERENCES orders (id),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    -- the invoice counts: the order cannot be on another one
    live BOOLEAN NOT NULL,
    PRIMARY KEY (invoice_id, order_id)
);
CREATE UNIQUE INDEX invoice_orders_one_live ON invoice_orders (order_id) WHERE live;

CREATE TABLE invoice_files (
    id TEXT NOT NULL PRIMARY KEY,
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    -- of the red-letter invoice
    red BOOLEAN NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('pdf', 'ofd', 'xml')),
    body BYTEA NOT NULL,
    body_hash TEXT NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX invoice_files_by_invoice ON invoice_files (invoice_id);
