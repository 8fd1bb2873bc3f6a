"""Invitations to the portal. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0035_portal"
down_revision = "0034_snippets"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = ()

POSTGRESQL: tuple[str, ...] = ()


def upgrade() -> None:
    op.create_table(
        "portal_invitations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("code_token", sa.LargeBinary(), nullable=False),
        sa.Column("desk_token", sa.LargeBinary(), nullable=False),
        sa.Column("identity_checked", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("wrong < 5 OR ended_at IS NOT NULL", name=op.f("ck_portal_invitations_burned")),
        sa.CheckConstraint("wrong BETWEEN 0 AND 5", name=op.f("ck_portal_invitations_tries")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_portal_invitations_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_invitations")),
        sa.UniqueConstraint("code_token", name=op.f("uq_portal_invitations_code_token")),
    )
    op.create_index(op.f("ix_portal_invitations_patient_id"), "portal_invitations", ["patient_id"], unique=False)
    op.create_index(op.f("ix_portal_invitations_person_id"), "portal_invitations", ["person_id"], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_portal_invitations_person_id"), table_name="portal_invitations")
    op.drop_index(op.f("ix_portal_invitations_patient_id"), table_name="portal_invitations")
    op.drop_table("portal_invitations")
