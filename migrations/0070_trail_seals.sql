-- Seals over the trail: each over the seal before it and over what the entries under it say, so that nothing of it is changed,
-- taken out or put in later without being told. Entries are written without waiting for each other; a worker seals what was
-- written since, many at a time.
CREATE TABLE audit_seals (
    seq BIGINT NOT NULL PRIMARY KEY,
    -- the ids of the entries under it, in their order, with commas between them, and how many they are
    entries TEXT NOT NULL,
    many BIGINT NOT NULL CHECK (many > 0),
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    sealed_at BIGINT NOT NULL
);

-- Where the chain ends.
CREATE TABLE audit_seal_head (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    sealed_at BIGINT NOT NULL
);
INSERT INTO audit_seal_head (id, seq, hash, sealed_at) VALUES (1, 0, '', 0);

-- Entries that lie under no seal yet: those of before too, from the moment on at which every new one is put here.
CREATE TABLE audit_waiting (
    entry_id TEXT NOT NULL PRIMARY KEY
);
