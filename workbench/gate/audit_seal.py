"""Seals the log: signs its head, keeps the head beside the events and in a folder of anchors, and notices a rollback.

A store put back to an older day holds a log that is shorter than what was signed, or another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workbench.gate import audit
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.audit import ChainBroken, Verdict
from workbench.gate.audit_checkpoints import AuditCheckpoint, Head, Verifier, newest_checkpoint, notes_in
from workbench.gate.audit_nodes import LogTree
from workbench.gate.audit_signer import KEY_FILE, FolderSigner, Signer, SignerMissing, create_signer, open_signer
from workbench.gate.audit_tree import CompactRange
from workbench.gate.errors import NotAllowed
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError
from workbench.store.engine import Store
from workbench.store.keyring import write_private

SIGNER_FOLDER = "signer"
ANCHOR_FOLDER = "anchors"


class RolledBack(WorkbenchError):
    """The store holds less of the log, or another log, than was signed for."""


@dataclass(frozen=True)
class Anchors:
    """A folder with the newest head of each day (UTC). Heads only: it may be copied, printed and mailed."""

    folder: Path

    def keep(self, note: str, at: datetime) -> None:
        """Put this head in the place of the day's earlier one."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        write_private(self.folder / f"{at:%Y-%m-%d}.txt", note.encode())

    def notes(self) -> list[str]:
        """Every head in the folder, by day."""
        files = sorted(self.folder.glob("*.txt"))
        return [note for file in files for note in notes_in(file.read_text(encoding="utf-8"))]

    def newest(self, verifier: Verifier) -> Head | None:
        """The head of the longest log, if there is one.

        Raises:
            BadHead: it is not signed by this key.
        """
        notes = self.notes()
        return verifier.read(max(notes, key=claimed_size)) if notes else None


def anchors_of(store: Store) -> Anchors:
    """The anchors of this practice."""
    return Anchors(store.home / ANCHOR_FOLDER)


def signer_of(store: Store) -> FolderSigner | None:
    """The signer of this practice, or None where nothing was ever signed.

    Raises:
        SignerMissing: heads were signed, and the signer is not there.
    """
    folder = store.home / SIGNER_FOLDER
    if (folder / KEY_FILE).exists():
        return open_signer(folder, store.vault.service_key("audit signer"))
    with store.reading() as session:
        is_first = newest_checkpoint(session) is None and not anchors_of(store).notes()
    if is_first:
        return None
    raise SignerMissing("The audit log was signed, but its signer is missing. Bring its folder back from a backup.")


def seal_log(gate: Gate, actor: SystemActor, *, now: datetime, signer: Signer | None = None) -> Head | None:
    """Sign the log as it stands, keep the head and return it; None when no event came since the last head.

    The first call makes the signer. What is new is followed event by event first: a broken chain is not signed.

    Raises:
        NotAllowed: the job was not given the permission by name.
        ChainBroken: an event since the last head was changed or is missing.
        HeadRefused, SignerMissing: see `Signer`.
    """
    if Permission.SEAL_AUDIT not in actor.permissions:
        raise NotAllowed("This job was not given the permission to seal the audit log.")
    store = gate.store
    known = signer or signer_of(store)
    with store.writing() as session:
        session.connection()
        audit.lock(session)
        tree = LogTree(session)
        size = tree.size()
        newest = newest_checkpoint(session)
        if size == (newest.size if newest else 0):
            return None
        known = known or create_signer(store.home / SIGNER_FOLDER, store.vault.service_key("audit signer"))
        note, root = _signed(session, known, tree, size)
        session.add(AuditCheckpoint(size=size, at=now, root=root, note=note))
        session.commit()
    anchors_of(store).keep(note, now)
    return known.verifier.read(note)


def _signed(session: Session, signer: Signer, tree: LogTree, size: int) -> tuple[str, bytes]:
    last = signer.last()
    verdict = audit.verify(session, after=min(last.size, size))
    if verdict.broken_at is not None:
        raise ChainBroken(verdict.says)
    tree.keep_nodes(size)
    root = tree.root(size)
    return signer.sign(size, root, tree.consistency(min(last.size, size), size)), root


def unsealed_events(gate: Gate) -> tuple[int, int]:
    """How many events the newest head covers, and how many came since."""
    with gate.store.reading() as session:
        sealed = session.scalar(select(func.max(AuditCheckpoint.size))) or 0
        return sealed, LogTree(session).size() - sealed


def check_not_rolled_back(store: Store) -> None:
    """Whether the log still begins with everything that was signed. Reads a few rows, so it is asked at every start.

    Raises:
        RolledBack: events that were signed for are missing, or are others now.
        SignerMissing, BadHead: what was signed cannot be told.
    """
    signer = signer_of(store)
    if signer is None:
        return
    heads = [("signer", signer.last()), ("newest anchor", anchors_of(store).newest(signer.verifier))]
    with store.reading() as session:
        tree = LogTree(session)
        size = tree.size()
        for who, head in heads:
            if head is not None and head.size > size:
                raise RolledBack(
                    f"The audit log holds {size:,} events, but the {who} knows of {head.size:,}: events {size + 1:,} "
                    f"to {head.size:,} are missing. Was an older copy of the store put in place?"
                )
            if head is not None and tree.root(head.size) != head.root:
                raise RolledBack(
                    f"The first {head.size:,} events of the audit log are not the ones the {who} knows. "
                    "Keep this folder as it is and tell the compliance officer."
                )


def verify_sealed(session: Session, store: Store) -> Verdict:
    """Follow the chain from its first event to its last, and work every signed head out anew on the way."""
    heads = _heads(session, store)
    tree = CompactRange()
    wrong: list[tuple[int, int]] = []
    sound = [0]

    def watch(seq: int, leaf: bytes) -> None:
        tree.append(leaf)
        if seq in heads:
            if any(root != tree.root() for root in heads[seq]):
                wrong.append((sound[0], seq))
            sound[0] = seq

    verdict = audit.verify(session, watch=watch)
    if wrong:
        start, end = wrong[0]
        says = f"Events {start + 1:,} to {end:,} are not the ones that were signed for."
        return Verdict(start, verdict.head, start + 1, says)
    longest = max(heads, default=0)
    if verdict.broken_at is None and longest > verdict.events:
        says = f"The log ends at event {verdict.events:,}, but {longest:,} events were signed for."
        return Verdict(verdict.events, verdict.head, verdict.events + 1, says)
    return verdict


def _heads(session: Session, store: Store) -> dict[int, set[bytes]]:
    """Every root that was signed, by size: kept in the store, remembered by the signer, anchored."""
    signer = signer_of(store)
    if signer is None:
        return {}
    notes: Sequence[str] = [*session.scalars(select(AuditCheckpoint.note)), *anchors_of(store).notes()]
    found: dict[int, set[bytes]] = {}
    for head in (signer.last(), *map(signer.verifier.read, notes)):
        if head.size:
            found.setdefault(head.size, set()).add(head.root)
    return found


def claimed_size(note: str) -> int:
    """How many events a note says it covers, signed or not; 0 where it says nothing."""
    lines = note.split("\n")
    return int(lines[1]) if len(lines) > 1 and lines[1].isascii() and lines[1].isdigit() else 0
