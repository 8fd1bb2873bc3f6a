"""The order in which consents, settings and hours were said. Frozen text: the tables in code go on, this step does not.

What is there already is numbered by its instant; of two in one instant the order was never kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015_order_of_what_was_said"
down_revision = "0014_reminders"
branch_labels = None
depends_on = None

# The table, whose order it is, and the index that is no longer asked.
NUMBERED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("contact_consents", ("patient_id", "channel"), "ix_contact_consents_patient_id_channel_recorded_at"),
    ("hours_plans", ("staff_id",), "ix_hours_plans_staff_id_from_on"),
    ("reminder_settings", (), "ix_reminder_settings_set_at"),
)
NUMBERS = (
    """UPDATE contact_consents SET nth = numbered.nth FROM (
        SELECT id, ROW_NUMBER() OVER (PARTITION BY patient_id, channel ORDER BY recorded_at, id) AS nth
        FROM contact_consents
    ) AS numbered WHERE contact_consents.id = numbered.id""",
    """UPDATE hours_plans SET nth = numbered.nth FROM (
        SELECT id, ROW_NUMBER() OVER (PARTITION BY staff_id ORDER BY made_at, id) AS nth FROM hours_plans
    ) AS numbered WHERE hours_plans.id = numbered.id""",
    """UPDATE reminder_settings SET nth = numbered.nth FROM (
        SELECT id, ROW_NUMBER() OVER (ORDER BY set_at, id) AS nth FROM reminder_settings
    ) AS numbered WHERE reminder_settings.id = numbered.id""",
)
NO_UPDATE = "CREATE TRIGGER {0}_no_update BEFORE UPDATE ON {0} BEGIN SELECT RAISE(ABORT, '{0}_append_only'); END"


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, _, _ in NUMBERED:
        op.add_column(table, sa.Column("nth", sa.Integer(), server_default="0", nullable=False))
        op.execute(f"DROP TRIGGER {table}_no_update" if is_sqlite else f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for numbering in NUMBERS:
        op.execute(numbering)
    for table, of, index in NUMBERED:
        op.execute(NO_UPDATE.format(table) if is_sqlite else f"ALTER TABLE {table} ENABLE TRIGGER USER")
        op.drop_index(op.f(index), table_name=table)
        op.create_index(f"uq_{table}_nth", table, [*of, "nth"], unique=True)


def downgrade() -> None:
    columns = {
        "contact_consents": ["patient_id", "channel", "recorded_at"],
        "hours_plans": ["staff_id", "from_on"],
        "reminder_settings": ["set_at"],
    }
    for table, _, index in reversed(NUMBERED):
        op.drop_index(f"uq_{table}_nth", table_name=table)
        op.create_index(op.f(index), table, columns[table], unique=False)
        op.drop_column(table, "nth")
