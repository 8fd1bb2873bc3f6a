"""Consents, reminders with their links, agreements. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0014_reminders"
down_revision = "0013_ended_authenticators"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER contact_consents_no_update BEFORE UPDATE ON contact_consents BEGIN SELECT RAISE(ABORT, 'contact_consents_append_only'); END",
    "CREATE TRIGGER contact_consents_no_delete BEFORE DELETE ON contact_consents BEGIN SELECT RAISE(ABORT, 'contact_consents_append_only'); END",
    "CREATE TRIGGER reminder_settings_no_update BEFORE UPDATE ON reminder_settings BEGIN SELECT RAISE(ABORT, 'reminder_settings_append_only'); END",
    "CREATE TRIGGER reminder_settings_no_delete BEFORE DELETE ON reminder_settings BEGIN SELECT RAISE(ABORT, 'reminder_settings_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION contact_consents_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'contact_consents_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER contact_consents_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON contact_consents FOR EACH STATEMENT EXECUTE FUNCTION contact_consents_no_change()",
    "CREATE FUNCTION reminder_settings_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'reminder_settings_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER reminder_settings_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON reminder_settings FOR EACH STATEMENT EXECUTE FUNCTION reminder_settings_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "agreements",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("vendor", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("requester_id", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approver_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("approver_id <> requester_id", name=op.f("ck_agreements_by_another")),
        sa.CheckConstraint("ends_on > signed_on", name=op.f("ck_agreements_ends_after_signed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
    )
    op.create_index(op.f("ix_agreements_service"), "agreements", ["service"], unique=False)
    op.create_table(
        "reminder_settings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("display", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("until_minute", sa.Integer(), nullable=False),
        sa.Column("on_weekends", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_settings")),
    )
    op.create_index(op.f("ix_reminder_settings_set_at"), "reminder_settings", ["set_at"], unique=False)
    op.create_table(
        "contact_consents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_contact_consents_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_consents")),
    )
    op.create_index(
        op.f("ix_contact_consents_patient_id_channel_recorded_at"),
        "contact_consents",
        ["patient_id", "channel", "recorded_at"],
        unique=False,
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("attendance_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settings_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendances.id"], name=op.f("fk_reminders_attendance_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_reminders_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("attendance_id", "window", "channel", "starts_at", name="uq_reminders_once"),
    )
    op.create_index(op.f("ix_reminders_changed_at"), "reminders", ["changed_at"], unique=False)
    op.create_index(op.f("ix_reminders_state_due_at"), "reminders", ["state", "due_at"], unique=False)
    op.create_table(
        "reminder_links",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reminder_id", sa.String(), nullable=False),
        sa.Column("attendance_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attendance_id"], ["attendances.id"], name=op.f("fk_reminder_links_attendance_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_reminder_links_patient_id")),
        sa.ForeignKeyConstraint(["reminder_id"], ["reminders.id"], name=op.f("fk_reminder_links_reminder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reminder_links_token_hash")),
    )
    op.create_index(op.f("ix_reminder_links_reminder_id"), "reminder_links", ["reminder_id"], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_reminder_links_reminder_id"), table_name="reminder_links")
    op.drop_table("reminder_links")
    op.drop_index(op.f("ix_reminders_state_due_at"), table_name="reminders")
    op.drop_index(op.f("ix_reminders_changed_at"), table_name="reminders")
    op.drop_table("reminders")
    op.drop_index(op.f("ix_contact_consents_patient_id_channel_recorded_at"), table_name="contact_consents")
    op.drop_table("contact_consents")
    op.drop_index(op.f("ix_reminder_settings_set_at"), table_name="reminder_settings")
    op.drop_table("reminder_settings")
    op.drop_index(op.f("ix_agreements_service"), table_name="agreements")
    op.drop_table("agreements")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("contact_consents_no_change", "reminder_settings_no_change"):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
