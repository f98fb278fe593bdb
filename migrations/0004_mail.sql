-- Letters on their way: written in the transaction that follows an event, sent by the worker, tried again with growing pauses.
CREATE TABLE letters (
    id TEXT NOT NULL PRIMARY KEY,
    -- the event it answers and what it says: an event read twice writes one letter
    cause TEXT NOT NULL CONSTRAINT letters_cause_key UNIQUE,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    address TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    -- dead: given up after too many tries
    state TEXT NOT NULL CHECK (state IN ('due', 'sent', 'dead')),
    attempts BIGINT NOT NULL DEFAULT 0,
    -- not before this moment; also the end of a sender's lease
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    last_error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX letters_due ON letters (state, due_at);
CREATE INDEX letters_by_account ON letters (account_id);
