-- Files people learn from: what they are and where their bytes are kept.
CREATE TABLE media (
    id TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'image', 'pdf')),
    -- how the owner finds it again
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    bytes BIGINT NOT NULL CHECK (bytes >= 0),
    -- length of a recording; 0 where there is none
    seconds BIGINT NOT NULL DEFAULT 0,
    width BIGINT NOT NULL DEFAULT 0,
    height BIGINT NOT NULL DEFAULT 0,
    -- key in the file store; never a name that came from outside
    file_key TEXT NOT NULL,
    poster_key TEXT,
    -- SHA-256 of the bytes in hex: the ETag
    digest TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX media_by_owner ON media (owner_id, created_at);

CREATE TABLE media_captions (
    media_id TEXT NOT NULL REFERENCES media (id),
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    -- WebVTT
    body TEXT NOT NULL,
    PRIMARY KEY (media_id, lang)
);
