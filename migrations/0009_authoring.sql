-- What authors edit. Publishing makes an edition of it (catalog); ids of course, chapters and lessons are the same there.
CREATE TABLE drafts (
    course_id TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES accounts (id),
    -- changed: published, and edited since; unlisted: was published and was taken out of the catalog
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'changed', 'unlisted')),
    slug TEXT NOT NULL CONSTRAINT drafts_slug_key UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('course', 'column', 'ebook', 'lecture')),
    level TEXT NOT NULL CHECK (level IN ('beginner', 'intermediate', 'advanced')),
    language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
    title TEXT NOT NULL,
    promise TEXT NOT NULL DEFAULT '',
    -- Markdown
    about TEXT NOT NULL DEFAULT '',
    -- empty while it is not chosen
    topic TEXT NOT NULL DEFAULT '',
    -- one item per line
    tags TEXT NOT NULL DEFAULT '',
    learn TEXT NOT NULL DEFAULT '',
    suits TEXT NOT NULL DEFAULT '',
    not_for TEXT NOT NULL DEFAULT '',
    cover_media_id TEXT REFERENCES media (id),
    -- none while it is not decided
    price BIGINT CHECK (price >= 0),
    compare_price BIGINT,
    currency TEXT NOT NULL DEFAULT 'CNY',
    -- counts the saves of the landing fields: who saves names the one they began from
    version BIGINT NOT NULL DEFAULT 1,
    published_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX drafts_by_owner ON drafts (owner_id, updated_at);

CREATE TABLE draft_chapters (
    id TEXT NOT NULL PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES drafts (course_id),
    position BIGINT NOT NULL,
    title TEXT NOT NULL
);
CREATE INDEX draft_chapters_by_course ON draft_chapters (course_id, position);

CREATE TABLE draft_lessons (
    id TEXT NOT NULL PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES drafts (course_id),
    chapter_id TEXT NOT NULL REFERENCES draft_chapters (id),
    -- within the chapter
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'text', 'pdf')),
    -- Markdown
    body TEXT NOT NULL DEFAULT '',
    media_id TEXT REFERENCES media (id),
    preview BOOLEAN NOT NULL DEFAULT FALSE,
    seconds BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    updated_at BIGINT NOT NULL
);
CREATE INDEX draft_lessons_by_course ON draft_lessons (course_id);
CREATE INDEX draft_lessons_by_media ON draft_lessons (media_id);

-- Files on their way to the library (tus).
CREATE TABLE uploads (
    id TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    -- what the file is wanted for; pictures only for 'image'
    purpose TEXT NOT NULL CHECK (purpose IN ('lesson', 'image')),
    bytes BIGINT NOT NULL CHECK (bytes > 0),
    received BIGINT NOT NULL DEFAULT 0,
    -- the file it became; it may have been thrown away since
    media_id TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX uploads_by_owner ON uploads (owner_id);
CREATE INDEX uploads_by_expiry ON uploads (expires_at);
