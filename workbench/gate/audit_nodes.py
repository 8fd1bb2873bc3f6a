"""Hashes over whole stretches of the log (256 and 65,536 events), kept so that no proof has to read the whole log.

They are a shortcut and no evidence: verification works everything out anew from the events.
"""

from typing import Final, cast

from sqlalchemy import BigInteger, LargeBinary, Table, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.gate.audit import AuditRow, ChainBroken
from workbench.gate.audit_tree import consistency_proof, inclusion_proof, root_at, root_of
from workbench.store.base import Base
from workbench.store.guards import append_only

LEVELS: Final = (8, 16)
"""Stretches of 2 to these powers are kept."""


class AuditNode(Base):
    """The hash over stretch `number` of 2**level events, the first being number 0."""

    __tablename__ = "audit_nodes"
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


append_only(cast(Table, AuditNode.__table__), "audit_nodes_append_only")


class LogTree:
    """The hash tree over the log as it stands in this transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def size(self) -> int:
        """How many events there are."""
        return self._session.scalar(select(func.max(AuditRow.seq))) or 0

    def root(self, size: int) -> bytes:
        """The root over the first `size` events."""
        return root_at(size, self._subtree)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The proof that the log of `new` events begins with that of `old`."""
        return consistency_proof(old, new, self._subtree)

    def inclusion(self, seq: int, size: int) -> list[bytes]:
        """The proof that event `seq` is among the first `size`; as a leaf of the tree its index is `seq - 1`."""
        return inclusion_proof(seq - 1, size, self._subtree)

    def keep_nodes(self, size: int) -> None:
        """Keep the hashes of stretches that are whole by now. The caller's transaction decides."""
        for level in LEVELS:
            kept = self._session.scalar(select(func.max(AuditNode.number)).where(AuditNode.level == level))
            for number in range(0 if kept is None else kept + 1, size >> level):
                hashed = root_of(self._hashes(level - 8, number << 8, (number + 1) << 8))
                self._session.add(AuditNode(level=level, number=number, hash=hashed))
            self._session.flush()

    def _subtree(self, start: int, end: int) -> bytes:
        for level in (*reversed(LEVELS), 0):
            if 1 << level <= end - start:
                hashes = self._hashes(level, start >> level, end >> level)
                if hashes or level == 0:
                    return root_of(hashes)
        raise ValueError("a subtree holds one leaf at least")

    def _hashes(self, level: int, start: int, end: int) -> list[bytes]:
        """The hashes `start <= number < end` of one level, level 0 being the events; none if some are not kept yet.

        Raises:
            ChainBroken: events are missing.
        """
        if level:
            query = select(AuditNode.hash).where(AuditNode.level == level)
            query = query.where(AuditNode.number >= start, AuditNode.number < end).order_by(AuditNode.number)
        else:
            query = select(AuditRow.leaf).where(AuditRow.seq > start, AuditRow.seq <= end).order_by(AuditRow.seq)
        found = [bytes(one) for one in self._session.scalars(query)]
        if len(found) == end - start:
            return found
        if level:
            return []
        raise ChainBroken(
            f"Of the events {start + 1:,} to {end:,} of the audit log, {end - start - len(found):,} are missing."
        )
