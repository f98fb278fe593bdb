-- What was reported about learning, as it came: append-only. Everything below follows from it.
CREATE TABLE study_events (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- made where it happened, so that sending it again changes nothing
    id TEXT NOT NULL,
    lesson_id TEXT NOT NULL REFERENCES lessons (id),
    kind TEXT NOT NULL CHECK (kind IN ('watched', 'ticked', 'unticked')),
    -- where the recording stood, in milliseconds; 0 for a tick
    position BIGINT NOT NULL,
    -- stretches watched, as JSON: [[from, to], …] in milliseconds
    ranges TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id)
);
CREATE INDEX study_events_by_lesson ON study_events (account_id, lesson_id);

-- Where a person is in a lesson: the merge of its events.
CREATE TABLE lesson_progress (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    lesson_id TEXT NOT NULL REFERENCES lessons (id),
    course_id TEXT NOT NULL REFERENCES courses (id),
    -- all stretches watched, joined; milliseconds, JSON
    ranges TEXT NOT NULL DEFAULT '[]',
    watched BIGINT NOT NULL DEFAULT 0,
    -- of the latest event, by when it happened and then by its id
    position BIGINT NOT NULL DEFAULT 0,
    position_at BIGINT NOT NULL DEFAULT 0,
    position_event TEXT NOT NULL DEFAULT '',
    -- the latest tick by hand, which stands above what was watched; none: never ticked
    ticked BOOLEAN,
    ticked_at BIGINT NOT NULL DEFAULT 0,
    ticked_event TEXT NOT NULL DEFAULT '',
    done BOOLEAN NOT NULL DEFAULT FALSE,
    -- the first time it was done
    finished_at BIGINT,
    -- how much of watched the log of events knows of, and since when
    announced BIGINT NOT NULL DEFAULT 0,
    announced_at BIGINT,
    PRIMARY KEY (account_id, lesson_id)
);
CREATE INDEX lesson_progress_by_course ON lesson_progress (account_id, course_id);

-- Where a person is in a course.
CREATE TABLE course_progress (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    course_id TEXT NOT NULL REFERENCES courses (id),
    last_lesson_id TEXT NOT NULL REFERENCES lessons (id),
    last_at BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (account_id, course_id)
);
CREATE INDEX course_progress_by_time ON course_progress (account_id, last_at);
