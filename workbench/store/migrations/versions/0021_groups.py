"""Couples, families and groups. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0021_groups"
down_revision = "0020_proxies"
branch_labels = None
depends_on = None

# SQLite cannot let a column be empty that could not be, so the series and what refers to them are written anew.
SERIES_SQLITE: tuple[str, ...] = (
    "CREATE TABLE new_series (id VARCHAR NOT NULL, patient_id VARCHAR, group_id VARCHAR, rule VARCHAR NOT NULL, first_on DATE NOT NULL, minute_of_day INTEGER NOT NULL, zone VARCHAR NOT NULL, booked_at DATETIME NOT NULL, version INTEGER NOT NULL, CONSTRAINT pk_appointment_series PRIMARY KEY (id), CONSTRAINT ck_appointment_series_on_the_clock CHECK (minute_of_day BETWEEN 0 AND 1439), CONSTRAINT ck_appointment_series_of_one_or_of_a_group CHECK ((patient_id IS NULL) <> (group_id IS NULL)), CONSTRAINT fk_appointment_series_patient_id FOREIGN KEY(patient_id) REFERENCES patients (id), CONSTRAINT fk_appointment_series_group_id FOREIGN KEY(group_id) REFERENCES patient_groups (id))",
    "INSERT INTO new_series SELECT id, patient_id, NULL, rule, first_on, minute_of_day, zone, booked_at, version FROM appointment_series",
)
BEFORE_SQLITE: tuple[str, ...] = (
    "CREATE TABLE new_series (id VARCHAR NOT NULL, patient_id VARCHAR NOT NULL, rule VARCHAR NOT NULL, first_on DATE NOT NULL, minute_of_day INTEGER NOT NULL, zone VARCHAR NOT NULL, booked_at DATETIME NOT NULL, version INTEGER NOT NULL, CONSTRAINT pk_appointment_series PRIMARY KEY (id), CONSTRAINT ck_appointment_series_on_the_clock CHECK (minute_of_day BETWEEN 0 AND 1439), CONSTRAINT fk_appointment_series_patient_id FOREIGN KEY(patient_id) REFERENCES patients (id))",
    "INSERT INTO new_series SELECT id, patient_id, rule, first_on, minute_of_day, zone, booked_at, version FROM appointment_series WHERE patient_id IS NOT NULL",
)
PLACES_SQLITE: tuple[str, ...] = (
    "CREATE TABLE new_places (appointment_id VARCHAR NOT NULL, series_id VARCHAR NOT NULL, series_on DATE NOT NULL, CONSTRAINT pk_series_places PRIMARY KEY (appointment_id), CONSTRAINT fk_series_places_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointments (id), CONSTRAINT fk_series_places_series_id FOREIGN KEY(series_id) REFERENCES new_series (id))",
    "INSERT INTO new_places SELECT appointment_id, series_id, series_on FROM series_places WHERE series_id IN (SELECT id FROM new_series)",
    "DROP TABLE series_places",
    "DROP TABLE appointment_series",
    "ALTER TABLE new_series RENAME TO appointment_series",
    "ALTER TABLE new_places RENAME TO series_places",
    "CREATE INDEX ix_appointment_series_patient_id ON appointment_series (patient_id)",
    "CREATE UNIQUE INDEX uq_series_places_day ON series_places (series_id, series_on)",
    "CREATE TRIGGER series_places_no_update BEFORE UPDATE ON series_places BEGIN SELECT RAISE(ABORT, 'series_places_append_only'); END",
    "CREATE TRIGGER series_places_no_delete BEFORE DELETE ON series_places BEGIN SELECT RAISE(ABORT, 'series_places_append_only'); END",
)
APPOINTMENTS_SQLITE: tuple[str, ...] = (
    "ALTER TABLE appointments ADD COLUMN group_id VARCHAR CONSTRAINT fk_appointments_group_id REFERENCES patient_groups (id)",
    "ALTER TABLE appointments ADD COLUMN beside_id VARCHAR CONSTRAINT fk_appointments_beside_id REFERENCES appointments (id)",
)
POSTGRESQL: tuple[str, ...] = (
    "ALTER TABLE appointments ADD COLUMN group_id VARCHAR CONSTRAINT fk_appointments_group_id REFERENCES patient_groups (id)",
    "ALTER TABLE appointments ADD COLUMN beside_id VARCHAR CONSTRAINT fk_appointments_beside_id REFERENCES appointments (id)",
    "ALTER TABLE appointment_series ALTER COLUMN patient_id DROP NOT NULL",
    "ALTER TABLE appointment_series ADD COLUMN group_id VARCHAR CONSTRAINT fk_appointment_series_group_id REFERENCES patient_groups (id)",
    "ALTER TABLE appointment_series ADD CONSTRAINT ck_appointment_series_of_one_or_of_a_group CHECK ((patient_id IS NULL) <> (group_id IS NULL))",
)
# On the way back a group's series ends as one; its appointments stay.
BEFORE_POSTGRESQL: tuple[str, ...] = (
    "ALTER TABLE series_places DISABLE TRIGGER series_places_no_change",
    "DELETE FROM series_places WHERE series_id IN (SELECT id FROM appointment_series WHERE patient_id IS NULL)",
    "ALTER TABLE series_places ENABLE TRIGGER series_places_no_change",
    "DELETE FROM appointment_series WHERE patient_id IS NULL",
    "ALTER TABLE appointment_series DROP CONSTRAINT ck_appointment_series_of_one_or_of_a_group",
    "ALTER TABLE appointment_series DROP COLUMN group_id",
    "ALTER TABLE appointment_series ALTER COLUMN patient_id SET NOT NULL",
)


def upgrade() -> None:
    op.create_table(
        "patient_groups",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("billed_id", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("most BETWEEN 1 AND 30", name=op.f("ck_patient_groups_of_a_size")),
        sa.ForeignKeyConstraint(["billed_id"], ["patients.id"], name=op.f("fk_patient_groups_billed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_groups")),
    )
    op.create_table(
        "group_members",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("joined_by", sa.String(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["patient_groups.id"], name=op.f("fk_group_members_group_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_group_members_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_members")),
    )
    op.create_index(op.f("ix_group_members_patient_id"), "group_members", ["patient_id"], unique=False)
    op.create_index(
        "uq_group_members_now",
        "group_members",
        ["group_id", "patient_id"],
        unique=True,
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    sqlite = (*APPOINTMENTS_SQLITE, *SERIES_SQLITE, *PLACES_SQLITE)
    for statement in sqlite if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    op.create_index(op.f("ix_appointment_series_group_id"), "appointment_series", ["group_id"], unique=False)
    for name, columns in (("beside_id", ["beside_id"]), ("group_id_starts_at", ["group_id", "starts_at"])):
        said = sa.text(f"{columns[0]} IS NOT NULL")
        op.create_index(
            f"ix_appointments_{name}", "appointments", columns, unique=False, sqlite_where=said, postgresql_where=said
        )


def downgrade() -> None:
    op.drop_index(op.f("ix_appointments_group_id_starts_at"), table_name="appointments")
    op.drop_index(op.f("ix_appointments_beside_id"), table_name="appointments")
    op.drop_index(op.f("ix_appointment_series_group_id"), table_name="appointment_series")
    sqlite = (*BEFORE_SQLITE, *PLACES_SQLITE)
    for statement in sqlite if op.get_bind().dialect.name == "sqlite" else BEFORE_POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    op.drop_column("appointments", "beside_id")
    op.drop_column("appointments", "group_id")
    op.drop_index(
        "uq_group_members_now",
        table_name="group_members",
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.drop_index(op.f("ix_group_members_patient_id"), table_name="group_members")
    op.drop_table("group_members")
    op.drop_table("patient_groups")
