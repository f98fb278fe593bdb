-- What people agreed to and what they took back, by purpose and version of its text. Only ever added to: the latest answer counts.
CREATE TABLE consents (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('terms', 'privacy', 'letters', 'personal')),
    version BIGINT NOT NULL,
    given BOOLEAN NOT NULL,
    -- the language the text was read in
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    at BIGINT NOT NULL
);
CREATE INDEX consents_by_account ON consents (account_id, purpose, at);

-- What people chose for themselves; nobody has a row before the first choice.
CREATE TABLE account_choices (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    -- colours of the interface; none: as the browser has them
    theme TEXT CHECK (theme IN ('auto', 'light', 'dark')),
    -- the latest answers, repeated from consents: suggestions made for this person, letters about new courses
    personal BOOLEAN NOT NULL DEFAULT TRUE,
    letters BOOLEAN NOT NULL DEFAULT FALSE,
    -- what the suggestions may use: courses taken, pages looked at, chosen topics
    feed_studied BOOLEAN NOT NULL DEFAULT TRUE,
    feed_looked BOOLEAN NOT NULL DEFAULT TRUE,
    feed_interests BOOLEAN NOT NULL DEFAULT TRUE
);
