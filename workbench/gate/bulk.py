"""Rows by the ten thousand: a synthetic practice, a practice that moves in. One transaction and one audit line a batch.

The mapper is passed by, so versions start at what the caller says and sealed columns take envelopes only.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
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
    """Insert the batch, parents first, with one audit line that counts it; all or nothing. Returns how many rows.

    All rows of one table name the same columns.

    Raises:
        NotAllowed: the job was not given this permission by name.
        StoreFull: the disk is full; nothing of the batch was kept.
    """
    if permission not in actor.permissions:
        raise NotAllowed("This job was not given the permission to load rows.")
    by_table = {str(row_class.__tablename__): batch for row_class, batch in rows.items() if batch}
    counts = {name: len(batch) for name, batch in sorted(by_table.items())}
    try:
        with gate.store.writing() as session:
            session.connection()
            for table in Base.metadata.sorted_tables:
                batch = by_table.get(table.name, ())
                for start in range(0, len(batch), _AT_ONCE):
                    session.execute(insert(table), list(batch[start : start + _AT_ONCE]))
            audit.append(session, gate.store.vault, [audit.Entry(actor, event, permission, now, facts=counts)])
            session.commit()
    except DBAPIError as error:
        if disk_full(error):
            raise StoreFull from None
        raise
    return sum(counts.values())
