-- Every entry waits for its seal, and a seal stays as it was set.
CREATE FUNCTION wait_for_a_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_waiting (entry_id) VALUES (NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER audit_entries_wait AFTER INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION wait_for_a_seal();
-- the trigger keeps servers that write meanwhile out until this is done: none of their entries falls between
INSERT INTO audit_waiting (entry_id) SELECT id FROM audit_entries;
CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE ON audit_seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
