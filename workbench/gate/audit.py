"""The audit log: append-only rows, each a canonical body chained to the one before.

Written in the transaction of the change it records.
The body is one BLOB of canonical JSON (sorted keys, no spaces, integers only, after RFC 8785); a row's leaf is
SHA-256(0x00 || body) as in RFC 6962, and the next body names it in `prev`. Ids only: never a name, never a text.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import BigInteger, LargeBinary, Row, Table, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.gate.actor import Anyone
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import microseconds
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.types import UtcDateTime
from workbench.store.vault import Vault

GENESIS = bytes(32)
STEP_BACK: Final = timedelta(seconds=5)
_LOCK = 7_203_411  # the advisory lock under which PostgreSQL appends, so that the chain has one tip


class ChainBroken(WorkbenchError):
    """The log was changed after it was written."""


class AuditRow(Base):
    """One event. Only ever inserted; the database refuses the rest."""

    __tablename__ = "audit_events"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[str] = mapped_column(index=True)
    event: Mapped[str] = mapped_column(index=True)
    outcome: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    patient_p: Mapped[str] = mapped_column(index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)


append_only(cast(Table, AuditRow.__table__), "audit_append_only")


@dataclass(frozen=True)
class Entry:
    """What is to be written: who did what to whom, how it ended, and facts (ids and counts only)."""

    actor: Anyone
    event: AuditEvent
    permission: Permission
    at: datetime
    outcome: str = "done"
    subject_type: str = ""
    subject_id: str = ""
    patient_id: str = ""
    facts: Mapping[str, str | int | bool] | None = None


def append(session: Session, vault: Vault, entries: list[Entry]) -> int:
    """Write the entries at the end of the log and return the last sequence number. The caller's transaction decides."""
    lock(session)
    query = select(AuditRow.seq, AuditRow.leaf, AuditRow.at).order_by(AuditRow.seq.desc()).limit(1)
    tip = session.execute(query).first()
    seq, prev = (0, GENESIS) if tip is None else (tip.seq, bytes(tip.leaf))
    for entry in _with_regressions(entries, tip.at if tip else None):
        seq += 1
        patient_p = patient_pseudonym(vault, entry.patient_id) if entry.patient_id else ""
        body = canonical(entry, seq, prev, patient_p)
        prev = leaf_of(body)
        session.add(
            AuditRow(
                seq=seq,
                at=entry.at,
                actor_id=entry.actor.user_id,
                event=str(entry.event),
                outcome=entry.outcome,
                subject_type=entry.subject_type,
                subject_id=entry.subject_id,
                patient_p=patient_p,
                body=body,
                leaf=prev,
            )
        )
    session.flush()
    return seq


def lock(session: Session) -> None:
    """Let nobody else append until this transaction ends. On SQLite a write transaction is that already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _with_regressions(entries: list[Entry], before: datetime | None) -> Iterator[Entry]:
    """The entries, and ahead of each whose time lies more than 5 s before the line above it, a line that says so.

    Either the clock went back, or something that took long is written with the time it began.
    """
    for entry in entries:
        if before is not None and before - entry.at > STEP_BACK:
            seconds = int((before - entry.at).total_seconds())
            yield replace(entry, event=AuditEvent.CLOCK_REGRESSION, outcome="noticed", subject_type="", subject_id="",
                          patient_id="", facts={"seconds": seconds})  # fmt: skip
        yield entry
        before = entry.at


def patient_pseudonym(vault: Vault, patient_id: str) -> str:
    """How the log names a patient: a keyed hash, which the viewer resolves for those who may."""
    return vault.pseudonym("ptp", patient_id)


def canonical(entry: Entry, seq: int, prev: bytes, patient_p: str) -> bytes:
    """The bytes that are hashed: sorted keys, no spaces, UTF-8, integers only."""
    body = {
        "v": 1, "seq": seq, "ts_us": microseconds(entry.at), "actor": entry.actor.user_id,
        "roles": sorted(entry.actor.roles), "session_h": entry.actor.session_hash, "event": str(entry.event),
        "permission": str(entry.permission), "outcome": entry.outcome, "obj_type": entry.subject_type,
        "obj_id": entry.subject_id, "patient_p": patient_p, "facts": dict(entry.facts or {}), "prev": prev.hex(),
    }  # fmt: skip
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leaf_of(body: bytes) -> bytes:
    """The RFC 6962 leaf hash of a body."""
    return hashlib.sha256(b"\x00" + body).digest()


@dataclass(frozen=True)
class Verdict:
    """What verification found. `head` is the leaf of the last row, in hex; keep it elsewhere to notice a rollback."""

    events: int
    head: str
    broken_at: int | None
    says: str


def verify(session: Session, *, after: int = 0, watch: Callable[[int, bytes], None] | None = None) -> Verdict:
    """Re-hash every row and follow the chain from the first to the last; stops at the first row that is wrong.

    after: begin behind this row, which is taken as it stands. watch: is told the number and leaf of each sound row.
    """
    before = session.scalar(select(AuditRow.leaf).where(AuditRow.seq == after)) if after else None
    prev, seq = GENESIS if before is None else bytes(before), after
    for row in _rows(session, after):
        seq += 1
        problem = _problem(row, seq, prev)
        if problem:
            return Verdict(seq - 1, prev.hex(), seq, problem)
        prev = bytes(row.leaf)
        if watch is not None:
            watch(seq, prev)
    return Verdict(seq, prev.hex(), None, f"{seq:,} events, each unchanged and in its place.")


def _problem(row: Row[*tuple[Any, ...]], seq: int, prev: bytes) -> str:
    body = bytes(row.body)
    if row.seq != seq:
        return f"Event {seq} is missing: the next one found is {row.seq}."
    if not hmac.compare_digest(leaf_of(body), bytes(row.leaf)):
        return f"Event {seq} was changed: its hash does not match its body."
    said = json.loads(body)
    if said["prev"] != prev.hex() or said["seq"] != seq:
        return f"Event {seq} does not follow the one before it."
    columns = (row.actor_id, row.event, row.outcome, row.subject_type, row.subject_id, row.patient_p)
    if columns != tuple(said[k] for k in ("actor", "event", "outcome", "obj_type", "obj_id", "patient_p")):
        return f"Event {seq} was changed: its columns differ from its body."
    return "" if microseconds(row.at) == said["ts_us"] else f"Event {seq} was changed: its time differs from its body."


def _rows(session: Session, after: int) -> Iterator[Row[*tuple[Any, ...]]]:
    # Columns, not objects: a million rows are read in half the time.
    query = select(*AuditRow.__table__.columns).where(AuditRow.seq > after).order_by(AuditRow.seq)
    yield from session.execute(query.execution_options(yield_per=5000))
