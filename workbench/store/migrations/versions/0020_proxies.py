"""Who stands in for a patient. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0020_proxies"
down_revision = "0019_reasoned_overlap"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER proxy_decisions_no_update BEFORE UPDATE ON proxy_decisions BEGIN SELECT RAISE(ABORT, 'proxy_decisions_append_only'); END",
    "CREATE TRIGGER proxy_decisions_no_delete BEFORE DELETE ON proxy_decisions BEGIN SELECT RAISE(ABORT, 'proxy_decisions_append_only'); END",
    "CREATE TRIGGER proxy_ends_no_update BEFORE UPDATE ON proxy_ends BEGIN SELECT RAISE(ABORT, 'proxy_ends_append_only'); END",
    "CREATE TRIGGER proxy_ends_no_delete BEFORE DELETE ON proxy_ends BEGIN SELECT RAISE(ABORT, 'proxy_ends_append_only'); END",
    "CREATE TRIGGER proxy_link_scopes_no_update BEFORE UPDATE ON proxy_link_scopes BEGIN SELECT RAISE(ABORT, 'proxy_link_scopes_append_only'); END",
    "CREATE TRIGGER proxy_link_scopes_no_delete BEFORE DELETE ON proxy_link_scopes BEGIN SELECT RAISE(ABORT, 'proxy_link_scopes_append_only'); END",
    "CREATE TRIGGER proxy_links_no_update BEFORE UPDATE ON proxy_links BEGIN SELECT RAISE(ABORT, 'proxy_links_append_only'); END",
    "CREATE TRIGGER proxy_links_no_delete BEFORE DELETE ON proxy_links BEGIN SELECT RAISE(ABORT, 'proxy_links_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION proxy_decisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'proxy_decisions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER proxy_decisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON proxy_decisions FOR EACH STATEMENT EXECUTE FUNCTION proxy_decisions_no_change()",
    "CREATE FUNCTION proxy_ends_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'proxy_ends_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER proxy_ends_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON proxy_ends FOR EACH STATEMENT EXECUTE FUNCTION proxy_ends_no_change()",
    "CREATE FUNCTION proxy_link_scopes_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'proxy_link_scopes_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER proxy_link_scopes_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON proxy_link_scopes FOR EACH STATEMENT EXECUTE FUNCTION proxy_link_scopes_no_change()",
    "CREATE FUNCTION proxy_links_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'proxy_links_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER proxy_links_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON proxy_links FOR EACH STATEMENT EXECUTE FUNCTION proxy_links_no_change()",
)


def upgrade() -> None:
    op.create_table(
        "proxy_links",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("proxy_id", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("requester_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("proxy_id <> patient_id", name=op.f("ck_proxy_links_not_oneself")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_proxy_links_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proxy_links")),
        sa.UniqueConstraint("id", "requester_id", name=op.f("uq_proxy_links_id_requester_id")),
    )
    op.create_index(op.f("ix_proxy_links_patient_id"), "proxy_links", ["patient_id"], unique=False)
    op.create_index(op.f("ix_proxy_links_proxy_id"), "proxy_links", ["proxy_id"], unique=False)
    op.create_table(
        "proxy_decisions",
        sa.Column("link_id", sa.String(), nullable=False),
        sa.Column("requester_id", sa.String(), nullable=False),
        sa.Column("decider_id", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.CheckConstraint("decider_id <> requester_id", name=op.f("ck_proxy_decisions_by_another")),
        sa.ForeignKeyConstraint(
            ["link_id", "requester_id"],
            ["proxy_links.id", "proxy_links.requester_id"],
            name=op.f("fk_proxy_decisions_link_id_requester_id"),
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_proxy_decisions")),
    )
    op.create_table(
        "proxy_ends",
        sa.Column("link_id", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["proxy_links.id"], name=op.f("fk_proxy_ends_link_id")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_proxy_ends")),
    )
    op.create_table(
        "proxy_link_scopes",
        sa.Column("link_id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["proxy_links.id"], name=op.f("fk_proxy_link_scopes_link_id")),
        sa.PrimaryKeyConstraint("link_id", "scope", name=op.f("pk_proxy_link_scopes")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_table("proxy_link_scopes")
    op.drop_table("proxy_ends")
    op.drop_table("proxy_decisions")
    op.drop_index(op.f("ix_proxy_links_proxy_id"), table_name="proxy_links")
    op.drop_index(op.f("ix_proxy_links_patient_id"), table_name="proxy_links")
    op.drop_table("proxy_links")
    if op.get_bind().dialect.name == "postgresql":
        for function in (
            "proxy_decisions_no_change",
            "proxy_ends_no_change",
            "proxy_link_scopes_no_change",
            "proxy_links_no_change",
        ):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
