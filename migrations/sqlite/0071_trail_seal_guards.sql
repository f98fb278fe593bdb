-- Every entry waits for its seal, and a seal stays as it was set.
CREATE TRIGGER audit_entries_wait AFTER INSERT ON audit_entries BEGIN INSERT INTO audit_waiting (entry_id) VALUES (NEW.id); END;
INSERT INTO audit_waiting (entry_id) SELECT id FROM audit_entries;
CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals BEGIN SELECT RAISE(ABORT, 'audit_seals is append-only'); END;
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals BEGIN SELECT RAISE(ABORT, 'audit_seals is append-only'); END;
