"""Self-booking, requests. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0043_booking"
down_revision = "0042_intake"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER self_booking_rules_no_update BEFORE UPDATE ON self_booking_rules BEGIN SELECT RAISE(ABORT, 'self_booking_rules_append_only'); END",
    "CREATE TRIGGER self_booking_rules_no_delete BEFORE DELETE ON self_booking_rules BEGIN SELECT RAISE(ABORT, 'self_booking_rules_append_only'); END",
    "CREATE TRIGGER self_booking_staff_no_update BEFORE UPDATE ON self_booking_staff BEGIN SELECT RAISE(ABORT, 'self_booking_staff_append_only'); END",
    "CREATE TRIGGER self_booking_staff_no_delete BEFORE DELETE ON self_booking_staff BEGIN SELECT RAISE(ABORT, 'self_booking_staff_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION self_booking_rules_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'self_booking_rules_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER self_booking_rules_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON self_booking_rules FOR EACH STATEMENT EXECUTE FUNCTION self_booking_rules_no_change()",
    "CREATE FUNCTION self_booking_staff_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'self_booking_staff_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER self_booking_staff_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON self_booking_staff FOR EACH STATEMENT EXECUTE FUNCTION self_booking_staff_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "self_booking_rules",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type_id", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("ahead_days", sa.Integer(), nullable=False),
        sa.Column("most_open", sa.Integer(), nullable=False),
        sa.Column("answer_hours", sa.Integer(), nullable=False),
        sa.Column("may_move", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "notice_hours >= 0 AND ahead_days > 0 AND most_open > 0 AND answer_hours > 0",
            name=op.f("ck_self_booking_rules_bounds"),
        ),
        sa.ForeignKeyConstraint(["type_id"], ["appointment_types.id"], name=op.f("fk_self_booking_rules_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_booking_rules")),
    )
    op.create_index("uq_self_booking_rules_nth", "self_booking_rules", ["type_id", "nth"], unique=True)
    op.create_table(
        "self_booking_staff",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["rule_id"], ["self_booking_rules.id"], name=op.f("fk_self_booking_staff_rule_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_self_booking_staff_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_booking_staff")),
    )
    op.create_index(op.f("ix_self_booking_staff_rule_id"), "self_booking_staff", ["rule_id"], unique=False)
    op.create_table(
        "own_bookings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("attendance_id", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name=op.f("ck_own_bookings_answered_has_a_time")),
        sa.CheckConstraint("(answer = 'declined') = (why <> '')", name=op.f("ck_own_bookings_declined_says_why")),
        sa.CheckConstraint("lapses_at IS NULL OR lapses_at > asked_at", name=op.f("ck_own_bookings_time_to_answer")),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendances.id"], name=op.f("fk_own_bookings_attendance_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_own_bookings_patient_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["self_booking_rules.id"], name=op.f("fk_own_bookings_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_bookings")),
    )
    op.create_index(
        "ix_own_bookings_open",
        "own_bookings",
        ["lapses_at"],
        unique=False,
        sqlite_where=sa.text("answer = ''"),
        postgresql_where=sa.text("answer = ''"),
    )
    op.create_index(op.f("ix_own_bookings_patient_id"), "own_bookings", ["patient_id"], unique=False)
    op.create_index("uq_own_bookings_attendance", "own_bookings", ["attendance_id"], unique=True)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index("uq_own_bookings_attendance", table_name="own_bookings")
    op.drop_index(op.f("ix_own_bookings_patient_id"), table_name="own_bookings")
    op.drop_index(
        "ix_own_bookings_open",
        table_name="own_bookings",
        sqlite_where=sa.text("answer = ''"),
        postgresql_where=sa.text("answer = ''"),
    )
    op.drop_table("own_bookings")
    op.drop_index(op.f("ix_self_booking_staff_rule_id"), table_name="self_booking_staff")
    op.drop_table("self_booking_staff")
    op.drop_index("uq_self_booking_rules_nth", table_name="self_booking_rules")
    op.drop_table("self_booking_rules")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("self_booking_rules_no_change", "self_booking_staff_no_change"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
