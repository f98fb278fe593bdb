-- What was done to one thing, whatever kind of thing it is; and the accounts of one person in the books.
CREATE INDEX audit_entries_by_thing ON audit_entries (subject_id, at);
CREATE INDEX ledger_accounts_by_owner ON ledger_accounts (owner_id) WHERE owner_id IS NOT NULL;
