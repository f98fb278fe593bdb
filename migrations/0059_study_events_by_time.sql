-- Reports are forgotten once they are old and what they were counted for was earned.
CREATE INDEX study_events_by_time ON study_events (received_at);
