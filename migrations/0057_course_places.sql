-- How many may have a course that is bought or given; where there is no row, as many as like. Members and their minutes are not counted.
CREATE TABLE course_places (
    course_id TEXT NOT NULL PRIMARY KEY REFERENCES courses (id),
    places BIGINT NOT NULL CHECK (places > 0)
);
