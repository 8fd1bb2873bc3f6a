"""A double booking on purpose, with its reason. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0019_reasoned_overlap"
down_revision = "0018_clinician_profiles"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER appointments_double_booking_insert BEFORE INSERT ON appointments BEGIN SELECT RAISE(ABORT, 'double_booking') WHERE NEW.status = 'held' AND NEW.overlap_because = '' AND EXISTS (SELECT 1 FROM appointments a WHERE a.clinician_id = NEW.clinician_id AND a.id <> NEW.id AND a.status = 'held' AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at AND a.starts_at > datetime(NEW.starts_at, '-1 day')); END",
    "CREATE TRIGGER appointments_double_booking_update BEFORE UPDATE OF clinician_id, starts_at, ends_at, status, overlap_because ON appointments BEGIN SELECT RAISE(ABORT, 'double_booking') WHERE NEW.status = 'held' AND NEW.overlap_because = '' AND EXISTS (SELECT 1 FROM appointments a WHERE a.clinician_id = NEW.clinician_id AND a.id <> NEW.id AND a.status = 'held' AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at AND a.starts_at > datetime(NEW.starts_at, '-1 day')); END",
)

POSTGRESQL: tuple[str, ...] = (
    "ALTER TABLE appointments ADD CONSTRAINT double_booking EXCLUDE USING gist (int8range(hashtextextended(clinician_id, 0), hashtextextended(clinician_id, 0), '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'held' AND overlap_because = '')",
    "CREATE FUNCTION appointments_over_reasoned() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.status = 'held' AND NEW.overlap_because = '' AND EXISTS (SELECT 1 FROM appointments a WHERE a.clinician_id = NEW.clinician_id AND a.id <> NEW.id AND a.status = 'held' AND a.overlap_because <> '' AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at AND a.starts_at > NEW.starts_at - interval '1 day') THEN RAISE EXCEPTION 'double_booking' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER appointments_over_reasoned BEFORE INSERT OR UPDATE OF clinician_id, starts_at, ends_at, status, overlap_because ON appointments FOR EACH ROW EXECUTE FUNCTION appointments_over_reasoned()",
)


# What stood before, for the way back.
BEFORE_SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER appointments_double_booking_insert BEFORE INSERT ON appointments BEGIN SELECT RAISE(ABORT, 'double_booking') WHERE NEW.status = 'held' AND EXISTS (SELECT 1 FROM appointments a WHERE a.clinician_id = NEW.clinician_id AND a.id <> NEW.id AND a.status = 'held' AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at AND a.starts_at > datetime(NEW.starts_at, '-1 day')); END",
    "CREATE TRIGGER appointments_double_booking_update BEFORE UPDATE OF clinician_id, starts_at, ends_at, status ON appointments BEGIN SELECT RAISE(ABORT, 'double_booking') WHERE NEW.status = 'held' AND EXISTS (SELECT 1 FROM appointments a WHERE a.clinician_id = NEW.clinician_id AND a.id <> NEW.id AND a.status = 'held' AND a.starts_at < NEW.ends_at AND NEW.starts_at < a.ends_at AND a.starts_at > datetime(NEW.starts_at, '-1 day')); END",
)
BEFORE_POSTGRESQL: tuple[str, ...] = (
    "ALTER TABLE appointments ADD CONSTRAINT double_booking EXCLUDE USING gist (int8range(hashtextextended(clinician_id, 0), hashtextextended(clinician_id, 0), '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'held')",
)
GONE_SQLITE = ("DROP TRIGGER appointments_double_booking_insert", "DROP TRIGGER appointments_double_booking_update")


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("appointments", sa.Column("overlap_because", sa.String(), server_default="", nullable=False))
    for statement in GONE_SQLITE if is_sqlite else ("ALTER TABLE appointments DROP CONSTRAINT double_booking",):
        op.get_bind().exec_driver_sql(statement)
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    gone = (
        "ALTER TABLE appointments DROP CONSTRAINT double_booking",
        "DROP TRIGGER appointments_over_reasoned ON appointments",
        "DROP FUNCTION appointments_over_reasoned()",
    )
    for statement in GONE_SQLITE if is_sqlite else gone:
        op.get_bind().exec_driver_sql(statement)
    op.drop_column("appointments", "overlap_because")
    for statement in BEFORE_SQLITE if is_sqlite else BEFORE_POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
