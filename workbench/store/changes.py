"""The change log: which rows of the followed tables were touched, in the order in which it is safe to read them.

Triggers of the database write it, so that what the ORM, bulk SQL, a cascade or a hand at the console did is in it
alike. It holds keys and no values: a reader looks the row up, and finds it as it is now, or gone.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Session

from workbench.store.base import Base
from workbench.store.guards import guard

change_log = Table(
    "change_log",
    Base.metadata,
    # AUTOINCREMENT: a number that was pruned must never come again, or a reader would skip what it names.
    Column("seq", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True),
    Column("table_name", String, nullable=False),
    Column("row_id", String, nullable=False),
    Column("xid", BigInteger, nullable=True),
    Index("ix_change_log_xid_seq", "xid", "seq"),
    sqlite_autoincrement=True,
)

FOLLOWED: list[str] = []
"""Names of the tables whose changes are logged."""

_XID = "pg_current_xact_id()::text::bigint"
_HORIZON = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")


def follow(table: Table) -> None:
    """Log every insert, update and delete of this table from its creation on.

    Raises:
        ValueError: the primary key is not one column, so that one text cannot name a row.
    """
    key = table.primary_key.columns
    if len(key) != 1:
        raise ValueError(f"{table.name} cannot be followed: its primary key must be one column")
    FOLLOWED.append(table.name)
    guard(table, sqlite=_sqlite(table.name, key[0].name), postgresql=_postgresql(table.name, key[0].name))


def _sqlite(name: str, key: str) -> tuple[str, ...]:
    def logged(row: str) -> str:
        return f"INSERT INTO change_log (table_name, row_id) VALUES ('{name}', {row}.{key});"  # noqa: S608

    return (
        f"CREATE TRIGGER {name}_follow_insert AFTER INSERT ON {name} BEGIN {logged('NEW')} END",
        f"CREATE TRIGGER {name}_follow_update AFTER UPDATE ON {name} BEGIN {logged('NEW')} END",
        f"CREATE TRIGGER {name}_follow_key AFTER UPDATE OF {key} ON {name} WHEN OLD.{key} IS NOT NEW.{key} "
        f"BEGIN {logged('OLD')} END",
        f"CREATE TRIGGER {name}_follow_delete AFTER DELETE ON {name} BEGIN {logged('OLD')} END",
    )


def _postgresql(name: str, key: str) -> tuple[str, ...]:
    # Once a statement, not once a row: a bulk insert then pays for one insert more, not for as many as it has rows.
    logged = f"INSERT INTO change_log (table_name, row_id, xid) SELECT '{name}', {key}::text, {_XID} FROM "  # noqa: S608
    touched_rows = f"(SELECT {key} FROM came UNION SELECT {key} FROM went) AS both_sides"  # noqa: S608
    branches = (("INSERT", "came"), ("DELETE", "went"), ("UPDATE", touched_rows), ("TRUNCATE", name))
    body = " ".join(f"IF TG_OP = '{verb}' THEN {logged}{rows}; END IF;" for verb, rows in branches)
    function = (
        f"CREATE FUNCTION {name}_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
    )

    def trigger(verb: str, when: str, rows: str) -> str:
        return (
            f"CREATE TRIGGER {name}_follow_{verb.lower()} {when} {verb} ON {name} {rows} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_follow()"
        )

    return (
        function,
        trigger("INSERT", "AFTER", "REFERENCING NEW TABLE AS came"),
        trigger("UPDATE", "AFTER", "REFERENCING OLD TABLE AS went NEW TABLE AS came"),
        trigger("DELETE", "AFTER", "REFERENCING OLD TABLE AS went"),
        trigger("TRUNCATE", "BEFORE", ""),
    )


@dataclass(frozen=True)
class Position:
    """How far a reader has read.

    On SQLite writers queue, so `seq` says it all: everything up to and including it was read. On PostgreSQL numbers
    are handed out before commits, so the reader goes by transactions: everything of those before `horizon` was read.
    mark: a hash of the entry `seq`, by which a store restored to an earlier day is noticed.
    """

    seq: int = 0
    horizon: int = 0
    mark: str = ""


class PositionLost(Exception):
    """The log no longer leads on from this position: pruned, or the store was restored. The reader copies anew."""


def newest(session: Session) -> Position:
    """The position up to which the log is complete in this session's snapshot."""
    query = select(change_log.c.seq, change_log.c.table_name, change_log.c.row_id)
    horizon = 0
    if _is_postgresql(session):
        # What is older than every transaction still running is committed and visible, or was rolled back for good.
        horizon = int(session.execute(_HORIZON).scalar_one())
        query = query.where(change_log.c.xid < horizon)
    last = session.execute(query.order_by(change_log.c.seq.desc()).limit(1)).first()
    return Position(last.seq, horizon, _mark(last)) if last else Position(0, horizon)


def check_position(session: Session, position: Position) -> None:
    """Whether a reader may go on from here.

    Raises:
        PositionLost: entries after it were pruned, or the entry it stands on is not the one it read.
    """
    if position.seq == 0:
        if session.scalar(select(change_log.c.seq).where(change_log.c.table_name == _PRUNED).limit(1)):
            raise PositionLost("the log was pruned before it was first read")
        return
    query = select(change_log.c.seq, change_log.c.table_name, change_log.c.row_id)
    row = session.execute(query.where(change_log.c.seq == position.seq)).first()
    if row is None or _mark(row) != position.mark:
        raise PositionLost("the log does not hold the entry that was read last")
    if position.horizon < _pruned_horizon(session):
        raise PositionLost("the log was pruned past this position")


def touched(session: Session, after: Position, until: Position) -> dict[str, int]:
    """How many entries each table has after one position and not after the other."""
    query = select(change_log.c.table_name, func.count()).where(*_between(session, after, until))
    found = session.execute(query.group_by(change_log.c.table_name)).all()
    return {name: count for name, count in found if name != _PRUNED}


def touched_keys(session: Session, table_name: str, after: Position, until: Position) -> Select[str]:
    """The keys of one table in the same window, to be read or to be joined with the rows themselves."""
    window = _between(session, after, until)
    return select(change_log.c.row_id).where(change_log.c.table_name == table_name, *window).distinct()


def prune(session: Session, *, keep: int) -> int:
    """Forget all but about the newest `keep` entries, and how many went. The caller's transaction decides."""
    until = session.scalar(select(change_log.c.seq).order_by(change_log.c.seq.desc()).offset(keep).limit(1))
    if until is None:
        return 0
    old = change_log.c.seq <= until
    horizon = 0
    if _is_postgresql(session):
        horizon = session.scalar(select(func.min(change_log.c.xid)).where(change_log.c.seq > until)) or 0
        old = change_log.c.xid < horizon
    gone = session.execute(delete(change_log).where(old, change_log.c.table_name != _PRUNED))
    count = int(getattr(gone, "rowcount", 0))
    if count:
        session.execute(delete(change_log).where(change_log.c.table_name == _PRUNED))
        values = {"table_name": _PRUNED, "row_id": str(horizon), "xid": 0 if _is_postgresql(session) else None}
        session.execute(insert(change_log).values(values))
    return count


_PRUNED = "~pruned"


def _pruned_horizon(session: Session) -> int:
    found = session.scalar(select(change_log.c.row_id).where(change_log.c.table_name == _PRUNED))
    return int(found or 0)


def _between(session: Session, after: Position, until: Position) -> tuple[ColumnElement[bool], ...]:
    if _is_postgresql(session):
        return (change_log.c.xid >= after.horizon, change_log.c.xid < until.horizon)
    return (change_log.c.seq > after.seq, change_log.c.seq <= until.seq)


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _mark(entry: Row[Any, Any, Any]) -> str:
    return hashlib.sha256(f"{entry.seq}|{entry.table_name}|{entry.row_id}".encode()).hexdigest()[:32]
