-- What the pass opens is closed while a bank decides about the money that paid for it; whatever else happens to it.
ALTER TABLE passes ADD COLUMN suspended BOOLEAN NOT NULL DEFAULT FALSE;
