-- What the uploader said of the file (tus Upload-Metadata), told again to who goes on with it.
ALTER TABLE uploads ADD COLUMN metadata TEXT NOT NULL DEFAULT '';
-- When bytes last arrived: one that lies still makes room for a new one.
ALTER TABLE uploads ADD COLUMN touched_at BIGINT NOT NULL DEFAULT 0;
