"""Rows by the ten thousand: a synthetic practice, a practice that moves in. One transaction and one audit line a batch.

The mapper is passed by, so versions start at what the caller says and sealed columns take envelopes only.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Column, Connection, Dialect, Table, insert
from sqlalchemy.exc import DBAPIError

from workbench.gate import audit
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotAllowed, StoreFull
from workbench.gate.permissions import Permission
from workbench.store.base import Base
from workbench.store.problems import disk_full

Rows = Mapping[type[Base], Sequence[Mapping[str, Any]]]

# One statement's rows are held in memory twice; more at once is no faster.
_AT_ONCE = 5_000


def load_rows(
    gate: Gate, actor: SystemActor, permission: Permission, event: AuditEvent, *, rows: Rows, now: datetime
) -> int:
    """Insert the batch in the order given, with one audit line that counts it; all or nothing. Returns how many rows.

    All rows of one table name the same columns, all but a number the database gives. Parents stand before children.

    Raises:
        NotAllowed: the job was not given this permission by name.
        StoreFull: the disk is full; nothing of the batch was kept.
    """
    if permission not in actor.permissions:
        raise NotAllowed("This job was not given the permission to load rows.")
    counts = {str(row_class.__tablename__): len(batch) for row_class, batch in rows.items() if batch}
    try:
        with gate.store.writing() as session:
            connection = session.connection()
            for row_class, batch in rows.items():
                if batch:
                    _insert(connection, cast(Table, row_class.__table__), batch)
            audit.append(session, gate.store.vault, [audit.Entry(actor, event, permission, now, facts=counts)])
            session.commit()
    except DBAPIError as error:
        if disk_full(error):
            raise StoreFull from None
        raise
    return sum(counts.values())


def _insert(connection: Connection, table: Table, batch: Sequence[Mapping[str, Any]]) -> None:
    """One prepared statement for all rows. SQLAlchemy's own bulk insert spends four times as long on each of them.

    Columns go through their types as always, so that a sealed column still refuses what can be read.
    """
    names = list(batch[0])
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=names)
    for start in range(0, len(batch), _AT_ONCE):
        columns = [
            _bound(table.c[name], [row[name] for row in batch[start : start + _AT_ONCE]], connection.dialect)
            for name in compiled.positiontup or names
        ]
        connection.exec_driver_sql(str(compiled), list(zip(*columns, strict=True)))


def _bound(column: Column[Any], values: list[Any], dialect: Dialect) -> list[Any]:
    processor = column.type.dialect_impl(dialect).bind_processor(dialect)
    return values if processor is None else [processor(value) for value in values]
