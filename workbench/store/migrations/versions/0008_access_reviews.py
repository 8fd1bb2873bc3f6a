"""Reviews of access by use, one a quarter. Frozen text: the tables in code go on, this step does not."""

import sqlalchemy as sa
from alembic import op

revision = "0008_access_reviews"
down_revision = "0007_measures"
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = (
    "CREATE TRIGGER access_review_closings_no_update BEFORE UPDATE ON access_review_closings BEGIN SELECT RAISE(ABORT, 'access_review_closings_append_only'); END",
    "CREATE TRIGGER access_review_closings_no_delete BEFORE DELETE ON access_review_closings BEGIN SELECT RAISE(ABORT, 'access_review_closings_append_only'); END",
    "CREATE TRIGGER access_review_closings_access_review_undecided BEFORE INSERT ON access_review_closings WHEN EXISTS (SELECT 1 FROM access_review_lines l WHERE l.review_id = NEW.review_id AND l.person_id <> NEW.closed_by AND NOT EXISTS (SELECT 1 FROM access_review_decisions d WHERE d.line_id = l.id)) BEGIN SELECT RAISE(ABORT, 'access_review_undecided'); END",
    "CREATE TRIGGER access_review_decisions_no_update BEFORE UPDATE ON access_review_decisions BEGIN SELECT RAISE(ABORT, 'access_review_decisions_append_only'); END",
    "CREATE TRIGGER access_review_decisions_no_delete BEFORE DELETE ON access_review_decisions BEGIN SELECT RAISE(ABORT, 'access_review_decisions_append_only'); END",
    "CREATE TRIGGER access_review_decisions_access_review_closed BEFORE INSERT ON access_review_decisions WHEN EXISTS (SELECT 1 FROM access_review_closings WHERE review_id = NEW.review_id) BEGIN SELECT RAISE(ABORT, 'access_review_closed'); END",
    "CREATE TRIGGER access_review_lines_no_update BEFORE UPDATE ON access_review_lines BEGIN SELECT RAISE(ABORT, 'access_review_lines_append_only'); END",
    "CREATE TRIGGER access_review_lines_no_delete BEFORE DELETE ON access_review_lines BEGIN SELECT RAISE(ABORT, 'access_review_lines_append_only'); END",
    "CREATE TRIGGER access_review_lines_access_review_closed BEFORE INSERT ON access_review_lines WHEN EXISTS (SELECT 1 FROM access_review_closings WHERE review_id = NEW.review_id) BEGIN SELECT RAISE(ABORT, 'access_review_closed'); END",
    "CREATE TRIGGER access_reviews_no_update BEFORE UPDATE ON access_reviews BEGIN SELECT RAISE(ABORT, 'access_reviews_append_only'); END",
    "CREATE TRIGGER access_reviews_no_delete BEFORE DELETE ON access_reviews BEGIN SELECT RAISE(ABORT, 'access_reviews_append_only'); END",
)

POSTGRESQL: tuple[str, ...] = (
    "CREATE FUNCTION access_review_closings_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'access_review_closings_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER access_review_closings_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON access_review_closings FOR EACH STATEMENT EXECUTE FUNCTION access_review_closings_no_change()",
    "CREATE FUNCTION access_review_closings_access_review_undecided() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM access_reviews WHERE id = NEW.review_id FOR UPDATE; IF EXISTS (SELECT 1 FROM access_review_lines l WHERE l.review_id = NEW.review_id AND l.person_id <> NEW.closed_by AND NOT EXISTS (SELECT 1 FROM access_review_decisions d WHERE d.line_id = l.id)) THEN RAISE EXCEPTION 'access_review_undecided' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER access_review_closings_access_review_undecided BEFORE INSERT ON access_review_closings FOR EACH ROW EXECUTE FUNCTION access_review_closings_access_review_undecided()",
    "CREATE FUNCTION access_review_decisions_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'access_review_decisions_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER access_review_decisions_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON access_review_decisions FOR EACH STATEMENT EXECUTE FUNCTION access_review_decisions_no_change()",
    "CREATE FUNCTION access_review_decisions_access_review_closed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM access_reviews WHERE id = NEW.review_id FOR UPDATE; IF EXISTS (SELECT 1 FROM access_review_closings WHERE review_id = NEW.review_id) THEN RAISE EXCEPTION 'access_review_closed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER access_review_decisions_access_review_closed BEFORE INSERT ON access_review_decisions FOR EACH ROW EXECUTE FUNCTION access_review_decisions_access_review_closed()",
    "CREATE FUNCTION access_review_lines_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'access_review_lines_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER access_review_lines_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON access_review_lines FOR EACH STATEMENT EXECUTE FUNCTION access_review_lines_no_change()",
    "CREATE FUNCTION access_review_lines_access_review_closed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM access_reviews WHERE id = NEW.review_id FOR UPDATE; IF EXISTS (SELECT 1 FROM access_review_closings WHERE review_id = NEW.review_id) THEN RAISE EXCEPTION 'access_review_closed' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER access_review_lines_access_review_closed BEFORE INSERT ON access_review_lines FOR EACH ROW EXECUTE FUNCTION access_review_lines_access_review_closed()",
    "CREATE FUNCTION access_reviews_no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'access_reviews_append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER access_reviews_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON access_reviews FOR EACH STATEMENT EXECUTE FUNCTION access_reviews_no_change()",
)


def upgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "access_reviews",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("window_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("window_from < opened_at", name=op.f("ck_access_reviews_window")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_reviews")),
        sa.UniqueConstraint("quarter", name=op.f("uq_access_reviews_quarter")),
    )
    op.create_table(
        "access_review_closings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["access_reviews.id"], name=op.f("fk_access_review_closings_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_review_closings")),
        sa.UniqueConstraint("review_id", name=op.f("uq_access_review_closings_review_id")),
    )
    op.create_table(
        "access_review_lines",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposal", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["access_reviews.id"], name=op.f("fk_access_review_lines_review_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_access_review_lines_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_review_lines")),
        sa.UniqueConstraint("id", "review_id", "person_id", name=op.f("uq_access_review_lines_id_review_id_person_id")),
        sa.UniqueConstraint(
            "review_id", "person_id", "role", name=op.f("uq_access_review_lines_review_id_person_id_role")
        ),
    )
    op.create_table(
        "access_review_decisions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("decision IN ('keep', 'take_away')", name=op.f("ck_access_review_decisions_decision")),
        sa.CheckConstraint("decided_by <> person_id", name=op.f("ck_access_review_decisions_not_about_oneself")),
        sa.ForeignKeyConstraint(
            ["line_id", "review_id", "person_id"],
            ["access_review_lines.id", "access_review_lines.review_id", "access_review_lines.person_id"],
            name=op.f("fk_access_review_decisions_line_id_review_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_review_decisions")),
        sa.UniqueConstraint("line_id", "number", name="uq_access_review_decisions_number"),
    )
    op.create_index(
        op.f("ix_access_review_decisions_request_id"), "access_review_decisions", ["request_id"], unique=False
    )
    # ### end Alembic commands ###
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_index(op.f("ix_access_review_decisions_request_id"), table_name="access_review_decisions")
    op.drop_table("access_review_decisions")
    op.drop_table("access_review_lines")
    op.drop_table("access_review_closings")
    op.drop_table("access_reviews")
    # ### end Alembic commands ###
    if op.get_bind().dialect.name == "postgresql":
        for function in (
            "access_review_closings_no_change",
            "access_review_closings_access_review_undecided",
            "access_review_decisions_no_change",
            "access_review_decisions_access_review_closed",
            "access_review_lines_no_change",
            "access_review_lines_access_review_closed",
            "access_reviews_no_change",
        ):
            op.get_bind().exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
