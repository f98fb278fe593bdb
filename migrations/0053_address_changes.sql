-- Addresses that were changed: whoever reads letters at the former one can take it back for a while, and nobody else gets it meanwhile.
CREATE TABLE address_changes (
    -- the link in the letter to the former address (account_links, which forgets sooner)
    link_id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    former TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    open_until BIGINT NOT NULL,
    undone_at BIGINT
);
CREATE INDEX address_changes_by_former ON address_changes (former, open_until);
CREATE INDEX address_changes_by_account ON address_changes (account_id, changed_at);
