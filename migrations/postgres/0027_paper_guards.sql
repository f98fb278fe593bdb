-- What was issued stays as it was issued.
CREATE TRIGGER credit_notes_append_only BEFORE UPDATE OR DELETE ON credit_notes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER papers_append_only BEFORE UPDATE OR DELETE ON papers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_files_append_only BEFORE UPDATE OR DELETE ON invoice_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
