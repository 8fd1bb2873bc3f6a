"""The first tables: people, schedule, chart, money, accounts, log. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0001_house"
down_revision = None
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE TRIGGER appointment_moves_no_update BEFORE UPDATE ON appointment_moves BEGIN SELECT RAISE(ABORT, 'appointment_moves_append_only'); END",
    "CREATE TRIGGER appointment_moves_no_delete BEFORE DELETE ON appointment_moves BEGIN SELECT RAISE(ABORT, 'appointment_moves_append_only'); END",
    "CREATE TRIGGER appointment_types_follow_insert AFTER INSERT ON appointment_types BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('appointment_types', NEW.id); END",
    "CREATE TRIGGER appointment_types_follow_update AFTER UPDATE ON appointment_types BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('appointment_types', NEW.id); END",
    "CREATE TRIGGER appointment_types_follow_key AFTER UPDATE OF id ON appointment_types WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('appointment_types', OLD.id); END",
    "CREATE TRIGGER appointment_types_follow_delete AFTER DELETE ON appointment_types BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('appointment_types', OLD.id); END",
    "CREATE TRIGGER appointments_double_booking_insert BEFORE INSERT ON appointments BEGIN SELECT RAISE(ABORT, 'double_booking') WHERE NEW.status = 'held' AND EXISTS (SELECT 1 FROM appointments a WHERE a.clinician_id = NEW.clinician_id AND a.id <> NEW.id AND a.status = 'held' AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at AND a.starts_at > datetime(NEW.starts_at, '-1 day')); END",
    "CREATE TRIGGER appointments_double_booking_update BEFORE UPDATE OF clinician_id, starts_at, ends_at, status ON appointments BEGIN SELECT RAISE(ABORT, 'double_booking') WHERE NEW.status = 'held' AND EXISTS (SELECT 1 FROM appointments a WHERE a.clinician_id = NEW.clinician_id AND a.id <> NEW.id AND a.status = 'held' AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at AND a.starts_at > datetime(NEW.starts_at, '-1 day')); END",
    "CREATE TRIGGER appointments_follow_insert AFTER INSERT ON appointments BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('appointments', NEW.id); END",
    "CREATE TRIGGER appointments_follow_update AFTER UPDATE ON appointments BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('appointments', NEW.id); END",
    "CREATE TRIGGER appointments_follow_key AFTER UPDATE OF id ON appointments WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('appointments', OLD.id); END",
    "CREATE TRIGGER appointments_follow_delete AFTER DELETE ON appointments BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('appointments', OLD.id); END",
    "CREATE TRIGGER attendance_moves_no_update BEFORE UPDATE ON attendance_moves BEGIN SELECT RAISE(ABORT, 'attendance_moves_append_only'); END",
    "CREATE TRIGGER attendance_moves_no_delete BEFORE DELETE ON attendance_moves BEGIN SELECT RAISE(ABORT, 'attendance_moves_append_only'); END",
    "CREATE TRIGGER attendance_moves_follow_insert AFTER INSERT ON attendance_moves BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('attendance_moves', NEW.id); END",
    "CREATE TRIGGER attendance_moves_follow_update AFTER UPDATE ON attendance_moves BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('attendance_moves', NEW.id); END",
    "CREATE TRIGGER attendance_moves_follow_key AFTER UPDATE OF id ON attendance_moves WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('attendance_moves', OLD.id); END",
    "CREATE TRIGGER attendance_moves_follow_delete AFTER DELETE ON attendance_moves BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('attendance_moves', OLD.id); END",
    "CREATE TRIGGER attendances_follow_insert AFTER INSERT ON attendances BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('attendances', NEW.id); END",
    "CREATE TRIGGER attendances_follow_update AFTER UPDATE ON attendances BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('attendances', NEW.id); END",
    "CREATE TRIGGER attendances_follow_key AFTER UPDATE OF id ON attendances WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('attendances', OLD.id); END",
    "CREATE TRIGGER attendances_follow_delete AFTER DELETE ON attendances BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('attendances', OLD.id); END",
    "CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events BEGIN SELECT RAISE(ABORT, 'audit_append_only'); END",
    "CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events BEGIN SELECT RAISE(ABORT, 'audit_append_only'); END",
    "CREATE TRIGGER charges_follow_insert AFTER INSERT ON charges BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('charges', NEW.id); END",
    "CREATE TRIGGER charges_follow_update AFTER UPDATE ON charges BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('charges', NEW.id); END",
    "CREATE TRIGGER charges_follow_key AFTER UPDATE OF id ON charges WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('charges', OLD.id); END",
    "CREATE TRIGGER charges_follow_delete AFTER DELETE ON charges BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('charges', OLD.id); END",
    "CREATE TRIGGER claim_batches_follow_insert AFTER INSERT ON claim_batches BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claim_batches', NEW.id); END",
    "CREATE TRIGGER claim_batches_follow_update AFTER UPDATE ON claim_batches BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claim_batches', NEW.id); END",
    "CREATE TRIGGER claim_batches_follow_key AFTER UPDATE OF id ON claim_batches WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claim_batches', OLD.id); END",
    "CREATE TRIGGER claim_batches_follow_delete AFTER DELETE ON claim_batches BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claim_batches', OLD.id); END",
    "CREATE TRIGGER claim_lines_follow_insert AFTER INSERT ON claim_lines BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claim_lines', NEW.id); END",
    "CREATE TRIGGER claim_lines_follow_update AFTER UPDATE ON claim_lines BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claim_lines', NEW.id); END",
    "CREATE TRIGGER claim_lines_follow_key AFTER UPDATE OF id ON claim_lines WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claim_lines', OLD.id); END",
    "CREATE TRIGGER claim_lines_follow_delete AFTER DELETE ON claim_lines BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claim_lines', OLD.id); END",
    "CREATE TRIGGER claims_follow_insert AFTER INSERT ON claims BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claims', NEW.id); END",
    "CREATE TRIGGER claims_follow_update AFTER UPDATE ON claims BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claims', NEW.id); END",
    "CREATE TRIGGER claims_follow_key AFTER UPDATE OF id ON claims WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claims', OLD.id); END",
    "CREATE TRIGGER claims_follow_delete AFTER DELETE ON claims BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('claims', OLD.id); END",
    "CREATE TRIGGER coverages_follow_insert AFTER INSERT ON coverages BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('coverages', NEW.id); END",
    "CREATE TRIGGER coverages_follow_update AFTER UPDATE ON coverages BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('coverages', NEW.id); END",
    "CREATE TRIGGER coverages_follow_key AFTER UPDATE OF id ON coverages WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('coverages', OLD.id); END",
    "CREATE TRIGGER coverages_follow_delete AFTER DELETE ON coverages BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('coverages', OLD.id); END",
    "CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'documents_append_only'); END",
    "CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'documents_append_only'); END",
    "CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_append_only'); END",
    "CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_append_only'); END",
    "CREATE TRIGGER ledger_entries_balanced BEFORE INSERT ON ledger_entries WHEN (SELECT count(*) < 2 OR sum(cents) <> 0 FROM ledger_lines WHERE entry_id = NEW.id) BEGIN SELECT RAISE(ABORT, 'ledger_unbalanced'); END",
    "CREATE TRIGGER ledger_entries_follow_insert AFTER INSERT ON ledger_entries BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('ledger_entries', NEW.id); END",
    "CREATE TRIGGER ledger_entries_follow_update AFTER UPDATE ON ledger_entries BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('ledger_entries', NEW.id); END",
    "CREATE TRIGGER ledger_entries_follow_key AFTER UPDATE OF id ON ledger_entries WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('ledger_entries', OLD.id); END",
    "CREATE TRIGGER ledger_entries_follow_delete AFTER DELETE ON ledger_entries BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('ledger_entries', OLD.id); END",
    "CREATE TRIGGER ledger_lines_no_update BEFORE UPDATE ON ledger_lines BEGIN SELECT RAISE(ABORT, 'ledger_append_only'); END",
    "CREATE TRIGGER ledger_lines_no_delete BEFORE DELETE ON ledger_lines BEGIN SELECT RAISE(ABORT, 'ledger_append_only'); END",
    "CREATE TRIGGER ledger_lines_open BEFORE INSERT ON ledger_lines WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.entry_id) BEGIN SELECT RAISE(ABORT, 'ledger_closed'); END",
    "CREATE TRIGGER ledger_lines_follow_insert AFTER INSERT ON ledger_lines BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('ledger_lines', NEW.id); END",
    "CREATE TRIGGER ledger_lines_follow_update AFTER UPDATE ON ledger_lines BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('ledger_lines', NEW.id); END",
    "CREATE TRIGGER ledger_lines_follow_key AFTER UPDATE OF id ON ledger_lines WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('ledger_lines', OLD.id); END",
    "CREATE TRIGGER ledger_lines_follow_delete AFTER DELETE ON ledger_lines BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('ledger_lines', OLD.id); END",
    "CREATE TRIGGER locations_follow_insert AFTER INSERT ON locations BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('locations', NEW.id); END",
    "CREATE TRIGGER locations_follow_update AFTER UPDATE ON locations BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('locations', NEW.id); END",
    "CREATE TRIGGER locations_follow_key AFTER UPDATE OF id ON locations WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('locations', OLD.id); END",
    "CREATE TRIGGER locations_follow_delete AFTER DELETE ON locations BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('locations', OLD.id); END",
    "CREATE TRIGGER note_revisions_no_update BEFORE UPDATE ON note_revisions BEGIN SELECT RAISE(ABORT, 'note_revisions_append_only'); END",
    "CREATE TRIGGER note_revisions_no_delete BEFORE DELETE ON note_revisions BEGIN SELECT RAISE(ABORT, 'note_revisions_append_only'); END",
    "CREATE TRIGGER notes_locked BEFORE UPDATE ON notes WHEN OLD.state = 'locked' BEGIN SELECT RAISE(ABORT, 'note_locked'); END",
    "CREATE TRIGGER notes_kept BEFORE DELETE ON notes BEGIN SELECT RAISE(ABORT, 'note_kept'); END",
    "CREATE TRIGGER notes_follow_insert AFTER INSERT ON notes BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('notes', NEW.id); END",
    "CREATE TRIGGER notes_follow_update AFTER UPDATE ON notes BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('notes', NEW.id); END",
    "CREATE TRIGGER notes_follow_key AFTER UPDATE OF id ON notes WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('notes', OLD.id); END",
    "CREATE TRIGGER notes_follow_delete AFTER DELETE ON notes BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('notes', OLD.id); END",
    "CREATE TRIGGER patients_follow_insert AFTER INSERT ON patients BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('patients', NEW.id); END",
    "CREATE TRIGGER patients_follow_update AFTER UPDATE ON patients BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('patients', NEW.id); END",
    "CREATE TRIGGER patients_follow_key AFTER UPDATE OF id ON patients WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('patients', OLD.id); END",
    "CREATE TRIGGER patients_follow_delete AFTER DELETE ON patients BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('patients', OLD.id); END",
    "CREATE TRIGGER payers_follow_insert AFTER INSERT ON payers BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('payers', NEW.id); END",
    "CREATE TRIGGER payers_follow_update AFTER UPDATE ON payers BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('payers', NEW.id); END",
    "CREATE TRIGGER payers_follow_key AFTER UPDATE OF id ON payers WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('payers', OLD.id); END",
    "CREATE TRIGGER payers_follow_delete AFTER DELETE ON payers BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('payers', OLD.id); END",
    "CREATE TRIGGER payments_no_update BEFORE UPDATE ON payments BEGIN SELECT RAISE(ABORT, 'payments_append_only'); END",
    "CREATE TRIGGER payments_no_delete BEFORE DELETE ON payments BEGIN SELECT RAISE(ABORT, 'payments_append_only'); END",
    "CREATE TRIGGER payments_follow_insert AFTER INSERT ON payments BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('payments', NEW.id); END",
    "CREATE TRIGGER payments_follow_update AFTER UPDATE ON payments BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('payments', NEW.id); END",
    "CREATE TRIGGER payments_follow_key AFTER UPDATE OF id ON payments WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('payments', OLD.id); END",
    "CREATE TRIGGER payments_follow_delete AFTER DELETE ON payments BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('payments', OLD.id); END",
    "CREATE TRIGGER remittance_claims_follow_insert AFTER INSERT ON remittance_claims BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('remittance_claims', NEW.id); END",
    "CREATE TRIGGER remittance_claims_follow_update AFTER UPDATE ON remittance_claims BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('remittance_claims', NEW.id); END",
    "CREATE TRIGGER remittance_claims_follow_key AFTER UPDATE OF id ON remittance_claims WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('remittance_claims', OLD.id); END",
    "CREATE TRIGGER remittance_claims_follow_delete AFTER DELETE ON remittance_claims BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('remittance_claims', OLD.id); END",
    "CREATE TRIGGER remittances_follow_insert AFTER INSERT ON remittances BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('remittances', NEW.id); END",
    "CREATE TRIGGER remittances_follow_update AFTER UPDATE ON remittances BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('remittances', NEW.id); END",
    "CREATE TRIGGER remittances_follow_key AFTER UPDATE OF id ON remittances WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('remittances', OLD.id); END",
    "CREATE TRIGGER remittances_follow_delete AFTER DELETE ON remittances BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('remittances', OLD.id); END",
    "CREATE TRIGGER services_follow_insert AFTER INSERT ON services BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('services', NEW.id); END",
    "CREATE TRIGGER services_follow_update AFTER UPDATE ON services BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('services', NEW.id); END",
    "CREATE TRIGGER services_follow_key AFTER UPDATE OF id ON services WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('services', OLD.id); END",
    "CREATE TRIGGER services_follow_delete AFTER DELETE ON services BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('services', OLD.id); END",
    "CREATE TRIGGER staff_follow_insert AFTER INSERT ON staff BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('staff', NEW.id); END",
    "CREATE TRIGGER staff_follow_update AFTER UPDATE ON staff BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('staff', NEW.id); END",
    "CREATE TRIGGER staff_follow_key AFTER UPDATE OF id ON staff WHEN OLD.id IS NOT NEW.id BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('staff', OLD.id); END",
    "CREATE TRIGGER staff_follow_delete AFTER DELETE ON staff BEGIN INSERT INTO change_log (table_name, row_id) VALUES ('staff', OLD.id); END",
)

POSTGRESQL = (
    "CREATE FUNCTION appointment_moves_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'appointment_moves_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER appointment_moves_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON appointment_moves FOR EACH STATEMENT EXECUTE FUNCTION appointment_moves_no_change()",
    "CREATE FUNCTION appointment_types_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'appointment_types', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'appointment_types', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'appointment_types', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'appointment_types', id::text, pg_current_xact_id()::text::bigint FROM appointment_types; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER appointment_types_follow_insert AFTER INSERT ON appointment_types REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION appointment_types_follow()",
    "CREATE TRIGGER appointment_types_follow_update AFTER UPDATE ON appointment_types REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION appointment_types_follow()",
    "CREATE TRIGGER appointment_types_follow_delete AFTER DELETE ON appointment_types REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION appointment_types_follow()",
    "CREATE TRIGGER appointment_types_follow_truncate BEFORE TRUNCATE ON appointment_types  FOR EACH STATEMENT EXECUTE FUNCTION appointment_types_follow()",
    "ALTER TABLE appointments ADD CONSTRAINT double_booking EXCLUDE USING gist (int8range(hashtextextended(clinician_id, 0), hashtextextended(clinician_id, 0), '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'held')",
    "CREATE FUNCTION appointments_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'appointments', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'appointments', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'appointments', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'appointments', id::text, pg_current_xact_id()::text::bigint FROM appointments; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER appointments_follow_insert AFTER INSERT ON appointments REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION appointments_follow()",
    "CREATE TRIGGER appointments_follow_update AFTER UPDATE ON appointments REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION appointments_follow()",
    "CREATE TRIGGER appointments_follow_delete AFTER DELETE ON appointments REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION appointments_follow()",
    "CREATE TRIGGER appointments_follow_truncate BEFORE TRUNCATE ON appointments  FOR EACH STATEMENT EXECUTE FUNCTION appointments_follow()",
    "CREATE FUNCTION attendance_moves_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'attendance_moves_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER attendance_moves_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON attendance_moves FOR EACH STATEMENT EXECUTE FUNCTION attendance_moves_no_change()",
    "CREATE FUNCTION attendance_moves_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'attendance_moves', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'attendance_moves', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'attendance_moves', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'attendance_moves', id::text, pg_current_xact_id()::text::bigint FROM attendance_moves; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER attendance_moves_follow_insert AFTER INSERT ON attendance_moves REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION attendance_moves_follow()",
    "CREATE TRIGGER attendance_moves_follow_update AFTER UPDATE ON attendance_moves REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION attendance_moves_follow()",
    "CREATE TRIGGER attendance_moves_follow_delete AFTER DELETE ON attendance_moves REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION attendance_moves_follow()",
    "CREATE TRIGGER attendance_moves_follow_truncate BEFORE TRUNCATE ON attendance_moves  FOR EACH STATEMENT EXECUTE FUNCTION attendance_moves_follow()",
    "CREATE FUNCTION attendances_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'attendances', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'attendances', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'attendances', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'attendances', id::text, pg_current_xact_id()::text::bigint FROM attendances; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER attendances_follow_insert AFTER INSERT ON attendances REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION attendances_follow()",
    "CREATE TRIGGER attendances_follow_update AFTER UPDATE ON attendances REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION attendances_follow()",
    "CREATE TRIGGER attendances_follow_delete AFTER DELETE ON attendances REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION attendances_follow()",
    "CREATE TRIGGER attendances_follow_truncate BEFORE TRUNCATE ON attendances  FOR EACH STATEMENT EXECUTE FUNCTION attendances_follow()",
    "CREATE FUNCTION audit_events_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER audit_events_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION audit_events_no_change()",
    "CREATE FUNCTION charges_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'charges', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'charges', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'charges', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'charges', id::text, pg_current_xact_id()::text::bigint FROM charges; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER charges_follow_insert AFTER INSERT ON charges REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION charges_follow()",
    "CREATE TRIGGER charges_follow_update AFTER UPDATE ON charges REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION charges_follow()",
    "CREATE TRIGGER charges_follow_delete AFTER DELETE ON charges REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION charges_follow()",
    "CREATE TRIGGER charges_follow_truncate BEFORE TRUNCATE ON charges  FOR EACH STATEMENT EXECUTE FUNCTION charges_follow()",
    "CREATE FUNCTION claim_batches_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claim_batches', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claim_batches', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claim_batches', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claim_batches', id::text, pg_current_xact_id()::text::bigint FROM claim_batches; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER claim_batches_follow_insert AFTER INSERT ON claim_batches REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION claim_batches_follow()",
    "CREATE TRIGGER claim_batches_follow_update AFTER UPDATE ON claim_batches REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION claim_batches_follow()",
    "CREATE TRIGGER claim_batches_follow_delete AFTER DELETE ON claim_batches REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION claim_batches_follow()",
    "CREATE TRIGGER claim_batches_follow_truncate BEFORE TRUNCATE ON claim_batches  FOR EACH STATEMENT EXECUTE FUNCTION claim_batches_follow()",
    "CREATE FUNCTION claim_lines_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claim_lines', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claim_lines', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claim_lines', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claim_lines', id::text, pg_current_xact_id()::text::bigint FROM claim_lines; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER claim_lines_follow_insert AFTER INSERT ON claim_lines REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION claim_lines_follow()",
    "CREATE TRIGGER claim_lines_follow_update AFTER UPDATE ON claim_lines REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION claim_lines_follow()",
    "CREATE TRIGGER claim_lines_follow_delete AFTER DELETE ON claim_lines REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION claim_lines_follow()",
    "CREATE TRIGGER claim_lines_follow_truncate BEFORE TRUNCATE ON claim_lines  FOR EACH STATEMENT EXECUTE FUNCTION claim_lines_follow()",
    "CREATE FUNCTION claims_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claims', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claims', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claims', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'claims', id::text, pg_current_xact_id()::text::bigint FROM claims; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER claims_follow_insert AFTER INSERT ON claims REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION claims_follow()",
    "CREATE TRIGGER claims_follow_update AFTER UPDATE ON claims REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION claims_follow()",
    "CREATE TRIGGER claims_follow_delete AFTER DELETE ON claims REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION claims_follow()",
    "CREATE TRIGGER claims_follow_truncate BEFORE TRUNCATE ON claims  FOR EACH STATEMENT EXECUTE FUNCTION claims_follow()",
    "CREATE FUNCTION coverages_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'coverages', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'coverages', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'coverages', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'coverages', id::text, pg_current_xact_id()::text::bigint FROM coverages; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER coverages_follow_insert AFTER INSERT ON coverages REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION coverages_follow()",
    "CREATE TRIGGER coverages_follow_update AFTER UPDATE ON coverages REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION coverages_follow()",
    "CREATE TRIGGER coverages_follow_delete AFTER DELETE ON coverages REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION coverages_follow()",
    "CREATE TRIGGER coverages_follow_truncate BEFORE TRUNCATE ON coverages  FOR EACH STATEMENT EXECUTE FUNCTION coverages_follow()",
    "CREATE FUNCTION documents_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'documents_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER documents_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON documents FOR EACH STATEMENT EXECUTE FUNCTION documents_no_change()",
    "CREATE FUNCTION ledger_entries_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ledger_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER ledger_entries_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_no_change()",
    "CREATE FUNCTION ledger_entries_balanced() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (SELECT count(*) < 2 OR sum(cents) <> 0 FROM ledger_lines WHERE entry_id = NEW.id) THEN RAISE EXCEPTION 'ledger_unbalanced' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER ledger_entries_balanced BEFORE INSERT ON ledger_entries FOR EACH ROW EXECUTE FUNCTION ledger_entries_balanced()",
    "CREATE FUNCTION ledger_entries_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'ledger_entries', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'ledger_entries', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'ledger_entries', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'ledger_entries', id::text, pg_current_xact_id()::text::bigint FROM ledger_entries; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER ledger_entries_follow_insert AFTER INSERT ON ledger_entries REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_follow()",
    "CREATE TRIGGER ledger_entries_follow_update AFTER UPDATE ON ledger_entries REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_follow()",
    "CREATE TRIGGER ledger_entries_follow_delete AFTER DELETE ON ledger_entries REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_follow()",
    "CREATE TRIGGER ledger_entries_follow_truncate BEFORE TRUNCATE ON ledger_entries  FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_follow()",
    "CREATE FUNCTION ledger_lines_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ledger_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER ledger_lines_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_lines FOR EACH STATEMENT EXECUTE FUNCTION ledger_lines_no_change()",
    "CREATE FUNCTION ledger_lines_open() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.entry_id) THEN RAISE EXCEPTION 'ledger_closed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER ledger_lines_open BEFORE INSERT ON ledger_lines FOR EACH ROW EXECUTE FUNCTION ledger_lines_open()",
    "CREATE FUNCTION ledger_lines_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'ledger_lines', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'ledger_lines', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'ledger_lines', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'ledger_lines', id::text, pg_current_xact_id()::text::bigint FROM ledger_lines; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER ledger_lines_follow_insert AFTER INSERT ON ledger_lines REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION ledger_lines_follow()",
    "CREATE TRIGGER ledger_lines_follow_update AFTER UPDATE ON ledger_lines REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION ledger_lines_follow()",
    "CREATE TRIGGER ledger_lines_follow_delete AFTER DELETE ON ledger_lines REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION ledger_lines_follow()",
    "CREATE TRIGGER ledger_lines_follow_truncate BEFORE TRUNCATE ON ledger_lines  FOR EACH STATEMENT EXECUTE FUNCTION ledger_lines_follow()",
    "CREATE FUNCTION locations_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'locations', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'locations', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'locations', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'locations', id::text, pg_current_xact_id()::text::bigint FROM locations; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER locations_follow_insert AFTER INSERT ON locations REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION locations_follow()",
    "CREATE TRIGGER locations_follow_update AFTER UPDATE ON locations REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION locations_follow()",
    "CREATE TRIGGER locations_follow_delete AFTER DELETE ON locations REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION locations_follow()",
    "CREATE TRIGGER locations_follow_truncate BEFORE TRUNCATE ON locations  FOR EACH STATEMENT EXECUTE FUNCTION locations_follow()",
    "CREATE FUNCTION note_revisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'note_revisions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER note_revisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON note_revisions FOR EACH STATEMENT EXECUTE FUNCTION note_revisions_no_change()",
    "CREATE FUNCTION notes_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'note_kept' USING ERRCODE = 'integrity_constraint_violation'; END IF; IF OLD.state = 'locked' THEN RAISE EXCEPTION 'note_locked' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER notes_locked BEFORE UPDATE OR DELETE ON notes FOR EACH ROW EXECUTE FUNCTION notes_locked()",
    "CREATE FUNCTION notes_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'notes', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'notes', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'notes', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'notes', id::text, pg_current_xact_id()::text::bigint FROM notes; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER notes_follow_insert AFTER INSERT ON notes REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION notes_follow()",
    "CREATE TRIGGER notes_follow_update AFTER UPDATE ON notes REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION notes_follow()",
    "CREATE TRIGGER notes_follow_delete AFTER DELETE ON notes REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION notes_follow()",
    "CREATE TRIGGER notes_follow_truncate BEFORE TRUNCATE ON notes  FOR EACH STATEMENT EXECUTE FUNCTION notes_follow()",
    "CREATE FUNCTION patients_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'patients', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'patients', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'patients', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'patients', id::text, pg_current_xact_id()::text::bigint FROM patients; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER patients_follow_insert AFTER INSERT ON patients REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION patients_follow()",
    "CREATE TRIGGER patients_follow_update AFTER UPDATE ON patients REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION patients_follow()",
    "CREATE TRIGGER patients_follow_delete AFTER DELETE ON patients REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION patients_follow()",
    "CREATE TRIGGER patients_follow_truncate BEFORE TRUNCATE ON patients  FOR EACH STATEMENT EXECUTE FUNCTION patients_follow()",
    "CREATE FUNCTION payers_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'payers', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'payers', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'payers', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'payers', id::text, pg_current_xact_id()::text::bigint FROM payers; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER payers_follow_insert AFTER INSERT ON payers REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION payers_follow()",
    "CREATE TRIGGER payers_follow_update AFTER UPDATE ON payers REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION payers_follow()",
    "CREATE TRIGGER payers_follow_delete AFTER DELETE ON payers REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION payers_follow()",
    "CREATE TRIGGER payers_follow_truncate BEFORE TRUNCATE ON payers  FOR EACH STATEMENT EXECUTE FUNCTION payers_follow()",
    "CREATE FUNCTION payments_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'payments_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER payments_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON payments FOR EACH STATEMENT EXECUTE FUNCTION payments_no_change()",
    "CREATE FUNCTION payments_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'payments', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'payments', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'payments', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'payments', id::text, pg_current_xact_id()::text::bigint FROM payments; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER payments_follow_insert AFTER INSERT ON payments REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION payments_follow()",
    "CREATE TRIGGER payments_follow_update AFTER UPDATE ON payments REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION payments_follow()",
    "CREATE TRIGGER payments_follow_delete AFTER DELETE ON payments REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION payments_follow()",
    "CREATE TRIGGER payments_follow_truncate BEFORE TRUNCATE ON payments  FOR EACH STATEMENT EXECUTE FUNCTION payments_follow()",
    "CREATE FUNCTION remittance_claims_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'remittance_claims', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'remittance_claims', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'remittance_claims', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'remittance_claims', id::text, pg_current_xact_id()::text::bigint FROM remittance_claims; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER remittance_claims_follow_insert AFTER INSERT ON remittance_claims REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION remittance_claims_follow()",
    "CREATE TRIGGER remittance_claims_follow_update AFTER UPDATE ON remittance_claims REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION remittance_claims_follow()",
    "CREATE TRIGGER remittance_claims_follow_delete AFTER DELETE ON remittance_claims REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION remittance_claims_follow()",
    "CREATE TRIGGER remittance_claims_follow_truncate BEFORE TRUNCATE ON remittance_claims  FOR EACH STATEMENT EXECUTE FUNCTION remittance_claims_follow()",
    "CREATE FUNCTION remittances_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'remittances', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'remittances', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'remittances', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'remittances', id::text, pg_current_xact_id()::text::bigint FROM remittances; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER remittances_follow_insert AFTER INSERT ON remittances REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION remittances_follow()",
    "CREATE TRIGGER remittances_follow_update AFTER UPDATE ON remittances REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION remittances_follow()",
    "CREATE TRIGGER remittances_follow_delete AFTER DELETE ON remittances REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION remittances_follow()",
    "CREATE TRIGGER remittances_follow_truncate BEFORE TRUNCATE ON remittances  FOR EACH STATEMENT EXECUTE FUNCTION remittances_follow()",
    "CREATE FUNCTION services_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'services', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'services', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'services', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'services', id::text, pg_current_xact_id()::text::bigint FROM services; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER services_follow_insert AFTER INSERT ON services REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION services_follow()",
    "CREATE TRIGGER services_follow_update AFTER UPDATE ON services REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION services_follow()",
    "CREATE TRIGGER services_follow_delete AFTER DELETE ON services REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION services_follow()",
    "CREATE TRIGGER services_follow_truncate BEFORE TRUNCATE ON services  FOR EACH STATEMENT EXECUTE FUNCTION services_follow()",
    "CREATE FUNCTION staff_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'staff', id::text, pg_current_xact_id()::text::bigint FROM came; END IF; IF TG_OP = 'DELETE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'staff', id::text, pg_current_xact_id()::text::bigint FROM went; END IF; IF TG_OP = 'UPDATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'staff', id::text, pg_current_xact_id()::text::bigint FROM (SELECT id FROM came UNION SELECT id FROM went) AS both_sides; END IF; IF TG_OP = 'TRUNCATE' THEN INSERT INTO change_log (table_name, row_id, xid) SELECT 'staff', id::text, pg_current_xact_id()::text::bigint FROM staff; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER staff_follow_insert AFTER INSERT ON staff REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION staff_follow()",
    "CREATE TRIGGER staff_follow_update AFTER UPDATE ON staff REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION staff_follow()",
    "CREATE TRIGGER staff_follow_delete AFTER DELETE ON staff REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION staff_follow()",
    "CREATE TRIGGER staff_follow_truncate BEFORE TRUNCATE ON staff  FOR EACH STATEMENT EXECUTE FUNCTION staff_follow()",
)


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "appointment_types",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_types")),
    )
    op.create_table(
        "audit_events",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("patient_p", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_events")),
    )
    op.create_index(op.f("ix_audit_events_actor_id"), "audit_events", ["actor_id"], unique=False)
    op.create_index(op.f("ix_audit_events_at"), "audit_events", ["at"], unique=False)
    op.create_index(op.f("ix_audit_events_event"), "audit_events", ["event"], unique=False)
    op.create_index(op.f("ix_audit_events_patient_p"), "audit_events", ["patient_p"], unique=False)
    op.create_table(
        "change_log",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("xid", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change_log")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_log_xid_seq", "change_log", ["xid", "seq"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.String(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_problem", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("key", name=op.f("uq_jobs_key")),
    )
    op.create_index(op.f("ix_jobs_state_run_at"), "jobs", ["state", "run_at"], unique=False)
    op.create_table(
        "kept_answers",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("inputs", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_answers")),
    )
    op.create_index(op.f("ix_kept_answers_answered_at"), "kept_answers", ["answered_at"], unique=False)
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source_type", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("reverses_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["reverses_id"], ["ledger_entries.id"], name=op.f("fk_ledger_entries_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
    )
    op.create_index(op.f("ix_ledger_entries_happened_on"), "ledger_entries", ["happened_on"], unique=False)
    op.create_index("uq_ledger_entries_source", "ledger_entries", ["kind", "source_type", "source_id"], unique=True)
    op.create_table(
        "locations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place_code", sa.String(), nullable=False),
        sa.Column("is_telehealth", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locations")),
    )
    op.create_table(
        "patients",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patients")),
        sa.UniqueConstraint("number", name=op.f("uq_patients_number")),
    )
    op.create_table(
        "payers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("payer_number", sa.String(), nullable=False),
        sa.Column("filing", sa.String(), nullable=False),
        sa.Column("filing_days", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payers")),
        sa.UniqueConstraint("payer_number", name=op.f("uq_payers_payer_number")),
    )
    op.create_table(
        "practice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("patient_word", sa.String(), nullable=False),
        sa.Column("is_synthetic", sa.Boolean(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("opens_hour", sa.Integer(), nullable=False),
        sa.Column("closes_hour", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )
    op.create_table(
        "services",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("least_minutes", sa.Integer(), nullable=True),
        sa.Column("most_minutes", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_services_amount_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint("code", name=op.f("uq_services_code")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("is_clinician", sa.Boolean(), nullable=False),
        sa.Column("weekly_hours", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("key_owner", sa.String(), nullable=False),
        sa.Column("name_token", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name_token", name=op.f("uq_users_name_token")),
        sa.UniqueConstraint("person_id", name=op.f("uq_users_person_id")),
    )
    op.create_table(
        "appointments",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("clinician_id", sa.String(), nullable=False),
        sa.Column("type_id", sa.String(), nullable=False),
        sa.Column("location_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_appointments_ends_after_start")),
        sa.ForeignKeyConstraint(["clinician_id"], ["staff.id"], name=op.f("fk_appointments_clinician_id")),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_appointments_location_id")),
        sa.ForeignKeyConstraint(["type_id"], ["appointment_types.id"], name=op.f("fk_appointments_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index(
        op.f("ix_appointments_clinician_id_starts_at"), "appointments", ["clinician_id", "starts_at"], unique=False
    )
    op.create_index(op.f("ix_appointments_starts_at"), "appointments", ["starts_at"], unique=False)
    op.create_table(
        "authenticators",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("key_owner", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("last_step >= 0", name=op.f("ck_authenticators_step")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_authenticators_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticators")),
    )
    op.create_index(op.f("ix_authenticators_user_id"), "authenticators", ["user_id"], unique=False)
    op.create_table(
        "care_team_members",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_care_team_members_patient_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_care_team_members_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_team_members")),
    )
    op.create_index(op.f("ix_care_team_members_patient_id"), "care_team_members", ["patient_id"], unique=False)
    op.create_index(
        op.f("ix_care_team_members_staff_id_patient_id"), "care_team_members", ["staff_id", "patient_id"], unique=False
    )
    op.create_table(
        "coverages",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("payer_id", sa.String(), nullable=False),
        sa.Column("billing_order", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_coverages_patient_id")),
        sa.ForeignKeyConstraint(["payer_id"], ["payers.id"], name=op.f("fk_coverages_payer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverages")),
    )
    op.create_index(op.f("ix_coverages_patient_id_from_on"), "coverages", ["patient_id", "from_on"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_documents_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("sha256", name=op.f("uq_documents_sha256")),
    )
    op.create_table(
        "patient_tokens",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_patient_tokens_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_tokens")),
    )
    op.create_index(op.f("ix_patient_tokens_patient_id"), "patient_tokens", ["patient_id"], unique=False)
    op.create_index(op.f("ix_patient_tokens_token_patient_id"), "patient_tokens", ["token", "patient_id"], unique=False)
    op.create_table(
        "payments",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payments_amount_positive")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_payments_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
    )
    op.create_index(op.f("ix_payments_patient_id"), "payments", ["patient_id"], unique=False)
    op.create_table(
        "role_grants",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_role_grants_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
    )
    op.create_index(op.f("ix_role_grants_user_id"), "role_grants", ["user_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_input_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"], unique=False)
    op.create_table(
        "supervisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("supervisor_id", sa.String(), nullable=False),
        sa.Column("supervisee_id", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["supervisee_id"], ["staff.id"], name=op.f("fk_supervisions_supervisee_id")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["staff.id"], name=op.f("fk_supervisions_supervisor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisions")),
    )
    op.create_index(op.f("ix_supervisions_supervisor_id"), "supervisions", ["supervisor_id"], unique=False)
    op.create_table(
        "appointment_moves",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("appointment_id", sa.String(), nullable=False),
        sa.Column("from_clinician_id", sa.String(), nullable=False),
        sa.Column("from_location_id", sa.String(), nullable=False),
        sa.Column("from_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_appointment_moves_appointment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_moves")),
    )
    op.create_index(op.f("ix_appointment_moves_appointment_id"), "appointment_moves", ["appointment_id"], unique=False)
    op.create_table(
        "attendances",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("appointment_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointments.id"], name=op.f("fk_attendances_appointment_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_attendances_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
    )
    op.create_index(op.f("ix_attendances_patient_id"), "attendances", ["patient_id"], unique=False)
    op.create_index("uq_attendances_appointment_patient", "attendances", ["appointment_id", "patient_id"], unique=True)
    op.create_table(
        "claim_batches",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("control", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("claim_count", sa.Integer(), nullable=False),
        sa.Column("charged_cents", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_claim_batches_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_batches")),
        sa.UniqueConstraint("control", name=op.f("uq_claim_batches_control")),
    )
    op.create_table(
        "remittances",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payer_id", sa.String(), nullable=True),
        sa.Column("payer_number", sa.String(), nullable=False),
        sa.Column("payer_name", sa.String(), nullable=False),
        sa.Column("trace", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("payment_cents", sa.Integer(), nullable=False),
        sa.Column("claim_count", sa.Integer(), nullable=False),
        sa.Column("provider_adjustments", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_remittances_document_id")),
        sa.ForeignKeyConstraint(["payer_id"], ["payers.id"], name=op.f("fk_remittances_payer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remittances")),
    )
    op.create_index(op.f("ix_remittances_state"), "remittances", ["state"], unique=False)
    op.create_index(
        "uq_remittances_payment", "remittances", ["payer_number", "trace", "effective_on", "payment_cents"], unique=True
    )
    op.create_table(
        "attendance_moves",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("attendance_id", sa.String(), nullable=False),
        sa.Column("from_status", sa.String(), nullable=False),
        sa.Column("to_status", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendances.id"], name=op.f("fk_attendance_moves_attendance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_moves")),
    )
    op.create_index(op.f("ix_attendance_moves_attendance_id"), "attendance_moves", ["attendance_id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("clinician_id", sa.String(), nullable=False),
        sa.Column("payer_id", sa.String(), nullable=False),
        sa.Column("coverage_id", sa.String(), nullable=False),
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("service_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("charged_cents", sa.Integer(), nullable=False),
        sa.Column("paid_cents", sa.Integer(), nullable=False),
        sa.Column("patient_cents", sa.Integer(), nullable=False),
        sa.Column("payer_claim_number", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["claim_batches.id"], name=op.f("fk_claims_batch_id")),
        sa.ForeignKeyConstraint(["clinician_id"], ["staff.id"], name=op.f("fk_claims_clinician_id")),
        sa.ForeignKeyConstraint(["coverage_id"], ["coverages.id"], name=op.f("fk_claims_coverage_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_claims_patient_id")),
        sa.ForeignKeyConstraint(["payer_id"], ["payers.id"], name=op.f("fk_claims_payer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("number", name=op.f("uq_claims_number")),
    )
    op.create_index(op.f("ix_claims_batch_id"), "claims", ["batch_id"], unique=False)
    op.create_index(op.f("ix_claims_patient_id"), "claims", ["patient_id"], unique=False)
    op.create_index(op.f("ix_claims_state_answered_at"), "claims", ["state", "answered_at"], unique=False)
    op.create_table(
        "notes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("attendance_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("service_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_as", sa.String(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendances.id"], name=op.f("fk_notes_attendance_id")),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_notes_author_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_notes_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_attendance_id"), "notes", ["attendance_id"], unique=False)
    op.create_index(op.f("ix_notes_author_id_state"), "notes", ["author_id", "state"], unique=False)
    op.create_index(op.f("ix_notes_patient_id_service_on"), "notes", ["patient_id", "service_on"], unique=False)
    op.create_index(
        "uq_notes_one_draft",
        "notes",
        ["attendance_id", "author_id"],
        unique=True,
        sqlite_where=sa.text("state = 'draft'"),
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_table(
        "charges",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("attendance_id", sa.String(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=True),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("clinician_id", sa.String(), nullable=False),
        sa.Column("payer_id", sa.String(), nullable=True),
        sa.Column("coverage_id", sa.String(), nullable=True),
        sa.Column("service_on", sa.Date(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("modifiers", sa.String(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place_code", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendances.id"], name=op.f("fk_charges_attendance_id")),
        sa.ForeignKeyConstraint(["clinician_id"], ["staff.id"], name=op.f("fk_charges_clinician_id")),
        sa.ForeignKeyConstraint(["coverage_id"], ["coverages.id"], name=op.f("fk_charges_coverage_id")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_charges_note_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_charges_patient_id")),
        sa.ForeignKeyConstraint(["payer_id"], ["payers.id"], name=op.f("fk_charges_payer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charges")),
    )
    op.create_index(op.f("ix_charges_patient_id_service_on"), "charges", ["patient_id", "service_on"], unique=False)
    op.create_index(op.f("ix_charges_service_on"), "charges", ["service_on"], unique=False)
    op.create_index("uq_charges_attendance_code", "charges", ["attendance_id", "service_code"], unique=True)
    op.create_table(
        "note_revisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_note_revisions_note_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_note_revisions_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_revisions")),
    )
    op.create_index("uq_note_revisions_note_number", "note_revisions", ["note_id", "number"], unique=True)
    op.create_table(
        "remittance_claims",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("remittance_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=True),
        sa.Column("patient_id", sa.String(), nullable=True),
        sa.Column("claim_number", sa.String(), nullable=False),
        sa.Column("payer_claim_number", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("charged_cents", sa.Integer(), nullable=False),
        sa.Column("paid_cents", sa.Integer(), nullable=False),
        sa.Column("patient_cents", sa.Integer(), nullable=False),
        sa.Column("matched_by", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_remittance_claims_claim_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_remittance_claims_patient_id")),
        sa.ForeignKeyConstraint(["remittance_id"], ["remittances.id"], name=op.f("fk_remittance_claims_remittance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remittance_claims")),
    )
    op.create_index(op.f("ix_remittance_claims_claim_id"), "remittance_claims", ["claim_id"], unique=False)
    op.create_index("uq_remittance_claims_position", "remittance_claims", ["remittance_id", "position"], unique=True)
    op.create_table(
        "claim_lines",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("charge_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name=op.f("fk_claim_lines_charge_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_claim_lines_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_lines")),
        sa.UniqueConstraint("charge_id", name=op.f("uq_claim_lines_charge_id")),
    )
    op.create_index("uq_claim_lines_claim_position", "claim_lines", ["claim_id", "position"], unique=True)
    op.create_table(
        "ledger_lines",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=True),
        sa.Column("payer_id", sa.String(), nullable=True),
        sa.Column("charge_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_ledger_lines_cents_not_zero")),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name=op.f("fk_ledger_lines_charge_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["ledger_entries.id"],
            name=op.f("fk_ledger_lines_entry_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_ledger_lines_patient_id")),
        sa.ForeignKeyConstraint(["payer_id"], ["payers.id"], name=op.f("fk_ledger_lines_payer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_lines")),
    )
    op.create_index(op.f("ix_ledger_lines_account"), "ledger_lines", ["account"], unique=False)
    op.create_index(op.f("ix_ledger_lines_charge_id"), "ledger_lines", ["charge_id"], unique=False)
    op.create_index(op.f("ix_ledger_lines_entry_id"), "ledger_lines", ["entry_id"], unique=False)
    op.create_index(op.f("ix_ledger_lines_patient_id_account"), "ledger_lines", ["patient_id", "account"], unique=False)
    # ### end Alembic commands ###
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_index(op.f("ix_ledger_lines_patient_id_account"), table_name="ledger_lines")
    op.drop_index(op.f("ix_ledger_lines_entry_id"), table_name="ledger_lines")
    op.drop_index(op.f("ix_ledger_lines_charge_id"), table_name="ledger_lines")
    op.drop_index(op.f("ix_ledger_lines_account"), table_name="ledger_lines")
    op.drop_table("ledger_lines")
    op.drop_index("uq_claim_lines_claim_position", table_name="claim_lines")
    op.drop_table("claim_lines")
    op.drop_index("uq_remittance_claims_position", table_name="remittance_claims")
    op.drop_index(op.f("ix_remittance_claims_claim_id"), table_name="remittance_claims")
    op.drop_table("remittance_claims")
    op.drop_index("uq_note_revisions_note_number", table_name="note_revisions")
    op.drop_table("note_revisions")
    op.drop_index("uq_charges_attendance_code", table_name="charges")
    op.drop_index(op.f("ix_charges_service_on"), table_name="charges")
    op.drop_index(op.f("ix_charges_patient_id_service_on"), table_name="charges")
    op.drop_table("charges")
    op.drop_index(
        "uq_notes_one_draft",
        table_name="notes",
        sqlite_where=sa.text("state = 'draft'"),
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.drop_index(op.f("ix_notes_patient_id_service_on"), table_name="notes")
    op.drop_index(op.f("ix_notes_author_id_state"), table_name="notes")
    op.drop_index(op.f("ix_notes_attendance_id"), table_name="notes")
    op.drop_table("notes")
    op.drop_index(op.f("ix_claims_state_answered_at"), table_name="claims")
    op.drop_index(op.f("ix_claims_patient_id"), table_name="claims")
    op.drop_index(op.f("ix_claims_batch_id"), table_name="claims")
    op.drop_table("claims")
    op.drop_index(op.f("ix_attendance_moves_attendance_id"), table_name="attendance_moves")
    op.drop_table("attendance_moves")
    op.drop_index("uq_remittances_payment", table_name="remittances")
    op.drop_index(op.f("ix_remittances_state"), table_name="remittances")
    op.drop_table("remittances")
    op.drop_table("claim_batches")
    op.drop_index("uq_attendances_appointment_patient", table_name="attendances")
    op.drop_index(op.f("ix_attendances_patient_id"), table_name="attendances")
    op.drop_table("attendances")
    op.drop_index(op.f("ix_appointment_moves_appointment_id"), table_name="appointment_moves")
    op.drop_table("appointment_moves")
    op.drop_index(op.f("ix_supervisions_supervisor_id"), table_name="supervisions")
    op.drop_table("supervisions")
    op.drop_index(op.f("ix_sessions_user_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(op.f("ix_role_grants_user_id"), table_name="role_grants")
    op.drop_table("role_grants")
    op.drop_index(op.f("ix_payments_patient_id"), table_name="payments")
    op.drop_table("payments")
    op.drop_index(op.f("ix_patient_tokens_token_patient_id"), table_name="patient_tokens")
    op.drop_index(op.f("ix_patient_tokens_patient_id"), table_name="patient_tokens")
    op.drop_table("patient_tokens")
    op.drop_table("documents")
    op.drop_index(op.f("ix_coverages_patient_id_from_on"), table_name="coverages")
    op.drop_table("coverages")
    op.drop_index(op.f("ix_care_team_members_staff_id_patient_id"), table_name="care_team_members")
    op.drop_index(op.f("ix_care_team_members_patient_id"), table_name="care_team_members")
    op.drop_table("care_team_members")
    op.drop_index(op.f("ix_authenticators_user_id"), table_name="authenticators")
    op.drop_table("authenticators")
    op.drop_index(op.f("ix_appointments_starts_at"), table_name="appointments")
    op.drop_index(op.f("ix_appointments_clinician_id_starts_at"), table_name="appointments")
    op.drop_table("appointments")
    op.drop_table("users")
    op.drop_table("staff")
    op.drop_table("services")
    op.drop_table("practice")
    op.drop_table("payers")
    op.drop_table("patients")
    op.drop_table("locations")
    op.drop_index("uq_ledger_entries_source", table_name="ledger_entries")
    op.drop_index(op.f("ix_ledger_entries_happened_on"), table_name="ledger_entries")
    op.drop_table("ledger_entries")
    op.drop_index(op.f("ix_kept_answers_answered_at"), table_name="kept_answers")
    op.drop_table("kept_answers")
    op.drop_index(op.f("ix_jobs_state_run_at"), table_name="jobs")
    op.drop_table("jobs")
    op.drop_index("ix_change_log_xid_seq", table_name="change_log")
    op.drop_table("change_log")
    op.drop_index(op.f("ix_audit_events_patient_p"), table_name="audit_events")
    op.drop_index(op.f("ix_audit_events_event"), table_name="audit_events")
    op.drop_index(op.f("ix_audit_events_at"), table_name="audit_events")
    op.drop_index(op.f("ix_audit_events_actor_id"), table_name="audit_events")
    op.drop_table("audit_events")
    op.drop_table("appointment_types")
    # ### end Alembic commands ###
    if op.get_bind().dialect.name == "postgresql":
        for function in (
            "appointment_moves_no_change",
            "appointment_types_follow",
            "appointments_follow",
            "attendance_moves_no_change",
            "attendance_moves_follow",
            "attendances_follow",
            "audit_events_no_change",
            "charges_follow",
            "claim_batches_follow",
            "claim_lines_follow",
            "claims_follow",
            "coverages_follow",
            "documents_no_change",
            "ledger_entries_no_change",
            "ledger_entries_balanced",
            "ledger_entries_follow",
            "ledger_lines_no_change",
            "ledger_lines_open",
            "ledger_lines_follow",
            "locations_follow",
            "note_revisions_no_change",
            "notes_locked",
            "notes_follow",
            "patients_follow",
            "payers_follow",
            "payments_no_change",
            "payments_follow",
            "remittance_claims_follow",
            "remittances_follow",
            "services_follow",
            "staff_follow",
        ):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
