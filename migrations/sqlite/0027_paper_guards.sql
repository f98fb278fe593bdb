-- What was issued stays as it was issued.
CREATE TRIGGER credit_notes_no_update BEFORE UPDATE ON credit_notes BEGIN SELECT RAISE(ABORT, 'credit_notes is append-only'); END;
CREATE TRIGGER credit_notes_no_delete BEFORE DELETE ON credit_notes BEGIN SELECT RAISE(ABORT, 'credit_notes is append-only'); END;
CREATE TRIGGER papers_no_update BEFORE UPDATE ON papers BEGIN SELECT RAISE(ABORT, 'papers is append-only'); END;
CREATE TRIGGER papers_no_delete BEFORE DELETE ON papers BEGIN SELECT RAISE(ABORT, 'papers is append-only'); END;
CREATE TRIGGER invoice_files_no_update BEFORE UPDATE ON invoice_files BEGIN SELECT RAISE(ABORT, 'invoice_files is append-only'); END;
CREATE TRIGGER invoice_files_no_delete BEFORE DELETE ON invoice_files BEGIN SELECT RAISE(ABORT, 'invoice_files is append-only'); END;
