-- What people did with courses, once per kind of deed, as it was the last time. Collected from the log of events.
CREATE TABLE interactions (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    course_id TEXT NOT NULL REFERENCES courses (id),
    kind TEXT NOT NULL CHECK (kind IN ('viewed', 'granted', 'studied', 'finished', 'reviewed')),
    -- how much it says, 0 to 1
    weight DOUBLE PRECISION NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, course_id, kind)
);
CREATE INDEX interactions_by_time ON interactions (at);

-- What somebody does not want to be offered.
CREATE TABLE dismissals (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    course_id TEXT NOT NULL REFERENCES courses (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, course_id)
);
