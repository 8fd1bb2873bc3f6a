"""Authenticators that have ended. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0013_ended_authenticators"
down_revision = "0012_availability"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("authenticators", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("authenticators", "ended_at")
