-- When a course was in the membership: from, and until (none: it still is). What was studied is shared by what was so then.
CREATE TABLE membership_spells (
    course_id TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT,
    PRIMARY KEY (course_id, since)
);

INSERT INTO membership_spells (course_id, since) SELECT course_id, since FROM membership_courses;
