"""Whether mirror and store hold the same rows: counts, and checksums that do not depend on the order of rows."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from pipelines.copying import Copier
from pipelines.duck import Connection, Duck, registered
from pipelines.reading import TableReader

_WRAP = 1 << 128


@dataclass(frozen=True)
class Sum:
    """Rows and the sum of their 64-bit hashes: the order is of no matter, and nothing cancels out."""

    rows: int = 0
    checksum: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.rows + other.rows, (self.checksum + other.checksum) % _WRAP)


@dataclass(frozen=True)
class TableParity:
    """One table on both sides."""

    table: str
    store: Sum
    mirror: Sum

    @property
    def is_equal(self) -> bool:
        """Whether both sides hold the same rows."""
        return self.store == self.mirror


def compare(session: Session, duck: Duck, copier: Copier) -> tuple[TableParity, ...]:
    """Every mirrored table, from one snapshot of each side; the mirror must have followed the log to the session's."""
    with duck.reading() as connection:
        return tuple(
            TableParity(name, _of_store(session, connection, reader), _of_mirror(connection, reader))
            for name, reader in copier.readers.items()
        )


def _of_mirror(connection: Connection, reader: TableReader) -> Sum:
    return _sum(connection, reader, reader.listed.raw, ", ".join(reader.columns))


def _of_store(session: Session, connection: Connection, reader: TableReader) -> Sum:
    found = Sum()
    for batch in reader.all_rows(session):
        with registered(connection, "came", batch):
            found += _sum(connection, reader, "came", reader.select_list)
    return found


def _sum(connection: Connection, reader: TableReader, source: str, select_list: str) -> Sum:
    columns = ", ".join(reader.columns)
    row = connection.execute(
        f"SELECT count(*), coalesce(sum(hash({columns})::HUGEINT), 0) FROM (SELECT {select_list} FROM {source})"
    ).fetchone()
    return Sum(row[0], int(row[1]) % _WRAP) if row else Sum()
