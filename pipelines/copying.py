"""Brings rows of the store into the mirror: all of them once, then those the change log names."""

import hashlib
import json
from zoneinfo import ZoneInfo

import pyarrow as pa
from sqlalchemy import MetaData
from sqlalchemy.orm import Session

from pipelines.allowed import MIRRORED, Mirrored, check_allowed
from pipelines.duck import Connection, Duck, registered
from pipelines.reading import TableReader
from pipelines.sql_files import OutTable, checks, core_views, out_tables
from workbench.store.base import Base
from workbench.store.changes import Position, check_position, newest, touched, touched_keys
from workbench.store.vault import Vault

_SHAPE = 1  # raise it when the mirror's own tables change: a mirror of another shape is built anew


class Copier:
    """Copies from the store into an open mirror file. It holds no state: the file itself says how far it is."""

    def __init__(
        self,
        vault: Vault,
        zone: ZoneInfo,
        *,
        metadata: MetaData = Base.metadata,
        mirrored: tuple[Mirrored, ...] = MIRRORED,
    ) -> None:
        check_allowed(metadata, mirrored)
        self.readers = {listed.name: TableReader(listed, metadata, vault, zone) for listed in mirrored}
        self.fingerprint = self._fingerprint(zone)

    def copy_all(self, session: Session, duck: Duck) -> Position:
        """Make the tables of a new file and fill them from one snapshot of the store."""
        position = newest(session)
        with duck.changing() as connection:
            _make_tables(connection, self.readers)
            for reader in self.readers.values():
                for batch in reader.all_rows(session):
                    _insert(connection, reader, batch)
            connection.executemany("INSERT INTO pending_parts VALUES (?, '*')", [(out.name,) for out in out_tables()])
            keep(connection, {"fingerprint": self.fingerprint, "position": _written(position)})
        return position

    def follow_up(self, session: Session, duck: Duck) -> int:
        """Bring what changed since the file's position, in one transaction with the new position; how many entries.

        Raises:
            PositionLost: the log does not lead on from there.
        """
        after = position_of(duck)
        check_position(session, after)
        until = newest(session)
        entries = {name: count for name, count in touched(session, after, until).items() if name in self.readers}
        if not entries:
            return 0
        with duck.changing() as connection:
            for name in entries:
                self._follow_table(session, connection, self.readers[name], after, until)
            keep(connection, {"position": _written(until)})
        return sum(entries.values())

    def _follow_table(
        self, session: Session, connection: Connection, reader: TableReader, after: Position, until: Position
    ) -> None:
        name, raw = reader.listed.name, reader.listed.raw
        wanted = touched_keys(session, name, after, until)
        keys = reader.keys(session.scalars(wanted).all())
        touching = [out for out in out_tables() if name in out.touched]
        with registered(connection, "changed_keys", keys):
            # A table, because DuckDB plans joins by how many rows there are, and of an Arrow batch it does not know.
            connection.execute("CREATE OR REPLACE TEMP TABLE changed AS SELECT id FROM changed_keys")
        _note_parts(connection, touching, name)
        connection.execute(f"DELETE FROM {raw} WHERE id IN (SELECT id FROM changed)")
        for batch in reader.rows(session, wanted):
            _insert(connection, reader, batch)
        _note_parts(connection, touching, name)
        connection.execute("INSERT INTO pending_rows SELECT ?, id FROM changed", [name])

    def _fingerprint(self, zone: ZoneInfo) -> str:
        """Changes whenever the file would be built differently: then it is built anew."""
        shape = (
            _SHAPE,
            zone.key,
            {name: (reader.columns, reader.select_list) for name, reader in self.readers.items()},
            [(view.name, view.select) for view in core_views()],
            [(out.name, out.part_type, out.touched, out.select) for out in out_tables()],
            [(check.name, check.level, check.select) for check in checks()],
        )
        return hashlib.sha256(json.dumps(shape).encode()).hexdigest()


def position_of(duck: Duck) -> Position:
    """How far the file has followed the log."""
    return Position(**json.loads(kept(duck, "position")))


def kept(duck: Duck, name: str) -> str:
    """One fact the file keeps about itself; "" if it does not know."""
    with duck.reading() as connection:
        row = connection.execute("SELECT value FROM mirror_facts WHERE name = ?", [name]).fetchone()
    return str(row[0]) if row else ""


def rows_of(duck: Duck, copier: Copier) -> dict[str, int]:
    """How many rows each mirrored table has."""
    counts = " UNION ALL ".join(f"SELECT '{n}', count(*) FROM {r.listed.raw}" for n, r in copier.readers.items())
    with duck.reading() as connection:
        return dict(connection.execute(counts).fetchall())


def _written(position: Position) -> str:
    return json.dumps({"seq": position.seq, "horizon": position.horizon, "mark": position.mark})


def keep(connection: Connection, facts: dict[str, str]) -> None:
    """Write facts of the file about itself, in the caller's transaction."""
    for name, value in facts.items():
        connection.execute("DELETE FROM mirror_facts WHERE name = ?", [name])
        connection.execute("INSERT INTO mirror_facts VALUES (?, ?)", [name, value])


def _insert(connection: Connection, reader: TableReader, batch: pa.Table) -> None:
    with registered(connection, "came", batch):
        connection.execute(f"INSERT INTO {reader.listed.raw} SELECT {reader.select_list} FROM came")


def _note_parts(connection: Connection, touching: list[OutTable], table_name: str) -> None:
    asking: dict[str, list[str]] = {}
    for out in touching:  # several tables are often touched alike: ask once
        asking.setdefault(out.touched[table_name], []).append(out.name)
    for query, names in asking.items():
        connection.execute(
            "INSERT INTO pending_parts SELECT DISTINCT unnest(CAST(? AS VARCHAR[])), CAST(part AS VARCHAR) "
            f"FROM ({query}) AS found(part) WHERE part IS NOT NULL",
            [names],
        )


def _make_tables(connection: Connection, readers: dict[str, TableReader]) -> None:
    connection.execute("CREATE TABLE mirror_facts (name VARCHAR, value VARCHAR)")
    connection.execute("CREATE TABLE pending_rows (table_name VARCHAR, id VARCHAR)")
    connection.execute("CREATE TABLE pending_parts (out_table VARCHAR, part VARCHAR)")
    connection.execute(
        "CREATE TABLE check_results (name VARCHAR, level VARCHAR, says VARCHAR, failures BIGINT, checked_at TIMESTAMP)"
    )
    for reader in readers.values():
        columns = ", ".join(f"{name} {kind}" for name, kind in reader.columns.items())
        connection.execute(f"CREATE TABLE {reader.listed.raw} ({columns})")
    for view in core_views():
        connection.execute(f"CREATE VIEW {view.name} AS {view.select}")
    for out in out_tables():
        # Made from its own query with no part asked for, so that its columns need no second list.
        connection.execute(
            f"CREATE TABLE {out.name} AS WITH refreshing AS (SELECT NULL::{out.part_type} AS part WHERE false) "
            f"{out.select}"
        )
