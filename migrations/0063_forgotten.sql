-- Who was forgotten, by an id that leads to nobody. Each is noted beside the files, where an older copy of the database does not undo it.
CREATE TABLE erasures (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    at BIGINT NOT NULL,
    -- reviews stayed under no name
    keeps_reviews BOOLEAN NOT NULL,
    -- none: not noted beside the files yet
    noted_at BIGINT
);
CREATE INDEX erasures_to_note ON erasures (at) WHERE noted_at IS NULL;

-- how they wanted their reviews is not known any more
INSERT INTO erasures (account_id, at, keeps_reviews) SELECT id, erased_at, FALSE FROM accounts WHERE erased_at IS NOT NULL;

-- Of which kind a letter is that its reader may turn off, from the letter itself; none: it is always sent.
ALTER TABLE letters ADD COLUMN stops TEXT CHECK (stops IN ('purchases', 'membership', 'gifts', 'news'));
