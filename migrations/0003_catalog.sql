-- What is offered: the published editions. Authors edit drafts (authoring); publishing writes them here.
CREATE TABLE topics (
    slug TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    blurb_zh TEXT NOT NULL,
    blurb_en TEXT NOT NULL
);

CREATE TABLE courses (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL CONSTRAINT courses_slug_key UNIQUE,
    instructor_id TEXT NOT NULL REFERENCES accounts (id),
    -- listed: in the catalog; unlisted: owners and its link only
    state TEXT NOT NULL CHECK (state IN ('listed', 'unlisted')),
    kind TEXT NOT NULL CHECK (kind IN ('course', 'column', 'ebook', 'lecture')),
    level TEXT NOT NULL CHECK (level IN ('beginner', 'intermediate', 'advanced')),
    language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
    topic TEXT NOT NULL REFERENCES topics (slug),
    title TEXT NOT NULL,
    promise TEXT NOT NULL,
    about_html TEXT NOT NULL DEFAULT '',
    cover_media_id TEXT,
    -- counts kept by their owners' verbs, so that a list needs no joins
    lessons BIGINT NOT NULL DEFAULT 0,
    seconds BIGINT NOT NULL DEFAULT 0,
    rating_stars BIGINT NOT NULL DEFAULT 0,
    rating_reviews BIGINT NOT NULL DEFAULT 0,
    learners BIGINT NOT NULL DEFAULT 0,
    -- the live price, repeated from prices for sorting and filtering
    price_id TEXT NOT NULL,
    price BIGINT NOT NULL CHECK (price >= 0),
    compare_price BIGINT,
    currency TEXT NOT NULL,
    -- what the simple search reads, folded: title, promise, tags, topic, instructor; and the title alone, which counts most
    search_text TEXT NOT NULL DEFAULT '',
    search_title TEXT NOT NULL DEFAULT '',
    published_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    edition BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX courses_by_instructor ON courses (instructor_id);
CREATE INDEX courses_by_topic ON courses (topic, published_at);

-- Every price a course ever had (kept; the live one has no end).
CREATE TABLE prices (
    id TEXT NOT NULL PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES courses (id),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    compare_amount BIGINT,
    currency TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT
);
CREATE INDEX prices_by_course ON prices (course_id);

CREATE TABLE course_tags (
    course_id TEXT NOT NULL REFERENCES courses (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (course_id, tag)
);

-- What you will learn, whom it suits, whom it does not.
CREATE TABLE course_points (
    course_id TEXT NOT NULL REFERENCES courses (id),
    kind TEXT NOT NULL CHECK (kind IN ('learn', 'suits', 'not_for')),
    position BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (course_id, kind, position)
);

CREATE TABLE chapters (
    id TEXT NOT NULL PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES courses (id),
    position BIGINT NOT NULL,
    title TEXT NOT NULL
);
CREATE INDEX chapters_by_course ON chapters (course_id, position);

CREATE TABLE lessons (
    id TEXT NOT NULL PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES courses (id),
    -- none: a later edition left the lesson out; the row stays, so that what people did with it survives
    chapter_id TEXT REFERENCES chapters (id),
    -- counted through the whole course
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'text', 'pdf')),
    seconds BIGINT NOT NULL,
    preview BOOLEAN NOT NULL,
    media_id TEXT,
    -- sanitised
    body_html TEXT NOT NULL DEFAULT ''
);
CREATE INDEX lessons_by_course ON lessons (course_id, position);
CREATE INDEX lessons_by_chapter ON lessons (chapter_id);

CREATE TABLE reviews (
    id TEXT NOT NULL PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES courses (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    stars BIGINT NOT NULL CHECK (stars BETWEEN 1 AND 5),
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT reviews_course_id_account_id_key UNIQUE (course_id, account_id)
);
CREATE INDEX reviews_by_account ON reviews (account_id);
