"""The base of every row, and the names of constraints, fixed once so that migrations and refusals can rely on them."""

from typing import Any

from sqlalchemy import Index, MetaData, column
from sqlalchemy.orm import DeclarativeBase, Session

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """A row of the store."""

    metadata = MetaData(naming_convention=NAMING)

    def __init__(self, **values: Any) -> None:
        # Ids are made here, not at flush: sealing and audit need them before the row is written.
        id_column = type(self).__table__.columns.get("id")
        if id_column is not None and "id" not in values and id_column.default is not None:
            values["id"] = id_column.default.arg(None)
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, value)

    def patients_concerned(self, session: Session) -> frozenset[str]:  # noqa: ARG002 - rows that must look elsewhere need it
        """Ids of the patients whose record this row is part of; the gate asks it to decide and to log.

        Most rows name one patient in `patient_id`; a row about several overrides this.
        """
        patient_id: Any = getattr(self, "patient_id", None)
        return frozenset({patient_id}) if patient_id else frozenset()

    def staff_concerned(self) -> frozenset[str]:
        """Ids of the staff whose own thing this row is: who may act on it because it is theirs."""
        names = ("author_id", "clinician_id", "staff_id")
        return frozenset(value for name in names if (value := getattr(self, name, None)))


def index_of_said(*columns: str) -> Index:
    """An index whose first column most rows leave empty: those rows are not in it, and it costs them no write."""
    said = column(columns[0]).is_not(None)
    return Index(None, *columns, sqlite_where=said, postgresql_where=said)
