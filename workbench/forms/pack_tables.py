"""Whose packs of forms a practice takes."""

from datetime import datetime
from typing import cast

from sqlalchemy import Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import guard
from workbench.store.types import UtcDateTime


class FormPublisher(Base):
    """A publisher's key (Ed25519, base64) and since when it is trusted; whoever is trusted no more stays here."""

    __tablename__ = "form_publishers"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("fpb"))
    name: Mapped[str]
    key: Mapped[str]
    trusted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    trusted_by: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


_IS_TRUSTED = FormPublisher.__table__.c.ended_at.is_(None)
Index("uq_form_publishers_key", FormPublisher.key, unique=True, sqlite_where=_IS_TRUSTED, postgresql_where=_IS_TRUSTED)
guard(
    cast(Table, FormPublisher.__table__),
    sqlite=(
        "CREATE TRIGGER form_publishers_as_trusted BEFORE UPDATE OF name, key, trusted_at, trusted_by "
        "ON form_publishers BEGIN SELECT RAISE(ABORT, 'form_publishers_as_trusted'); END",
        "CREATE TRIGGER form_publishers_kept BEFORE DELETE ON form_publishers "
        "BEGIN SELECT RAISE(ABORT, 'form_publishers_as_trusted'); END",
    ),
    postgresql=(
        "CREATE FUNCTION form_publishers_as_trusted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' OR (OLD.name, OLD.key, OLD.trusted_at, OLD.trusted_by) IS DISTINCT FROM "
        "(NEW.name, NEW.key, NEW.trusted_at, NEW.trusted_by) THEN RAISE EXCEPTION 'form_publishers_as_trusted' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER form_publishers_as_trusted BEFORE UPDATE OR DELETE ON form_publishers "
        "FOR EACH ROW EXECUTE FUNCTION form_publishers_as_trusted()",
    ),
)
