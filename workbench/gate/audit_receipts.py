"""Receipts: what proves to anybody, later and elsewhere, that an event is in the log (RFC 9162, 2.1.3).

A receipt holds the event's body, a signed head that covers it and the hashes on the way from one to the other. It names
nobody: the body holds ids and pseudonyms. Whoever keeps it can tell that the line was not taken out since.
"""

import base64
import binascii
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workbench.gate.audit import AuditRow
from workbench.gate.audit_checkpoints import BadHead, Head, Verifier, newest_checkpoint
from workbench.gate.audit_nodes import LogTree
from workbench.gate.audit_tree import leaf_hash, root_from_inclusion
from workbench.kernel.errors import WorkbenchError

FORMAT = "audit-receipts-1"


class NotSealedYet(WorkbenchError):
    """No signed head covers the events yet."""

    def __init__(self) -> None:
        super().__init__(
            "The newest of these lines are not sealed yet. That is done within five minutes: please try then."
        )


class BadReceipt(WorkbenchError):
    """It proves nothing: no receipt, of another log, or changed."""


@dataclass(frozen=True)
class Receipt:
    """Proof that one event is in the log: its body, a signed head that covers it, and the hashes on the way to it."""

    seq: int
    body: bytes
    note: str
    proof: tuple[bytes, ...]


def receipt_for(session: Session, seq: int) -> Receipt | None:
    """The receipt of an event, or None where no signed head covers it yet (at most five minutes)."""
    row = session.get(AuditRow, seq)
    checkpoint = newest_checkpoint(session)
    if row is None or checkpoint is None or checkpoint.size < seq:
        return None
    proof = LogTree(session).inclusion(seq, checkpoint.size)
    return Receipt(seq, bytes(row.body), checkpoint.note, tuple(proof))


def receipts_for(session: Session, numbers: Collection[int]) -> bytes:
    """A file with the receipts of these events, by number.

    Raises:
        NotSealedYet: one of them is newer than the newest head.
    """
    found = [receipt_for(session, seq) for seq in sorted(numbers)]
    receipts = [one for one in found if one is not None]
    if len(receipts) < len(found):
        raise NotSealedYet
    written = [
        {
            "seq": one.seq,
            "body": one.body.decode(),
            "head": one.note,
            "proof": [base64.b64encode(step).decode() for step in one.proof],
        }
        for one in receipts
    ]
    return json.dumps({"format": FORMAT, "receipts": written}, indent=1, ensure_ascii=False).encode()


def checked_receipts(content: bytes, verifier: Verifier) -> tuple[tuple[Receipt, Head], ...]:
    """The receipts in a file with the heads that cover them, each followed to the root that was signed.

    Raises:
        BadReceipt: one proves nothing, or the file holds none.
    """
    try:
        read = json.loads(content)
        if read["format"] != FORMAT:
            raise BadReceipt("This is not a file of receipts of an audit log.")
        receipts = tuple(map(_receipt, read["receipts"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadReceipt("This is not a file of receipts of an audit log.") from error
    if not receipts:
        raise BadReceipt("This file holds no receipt.")
    return tuple((one, _covering(one, verifier)) for one in receipts)


def _receipt(read: dict[str, object]) -> Receipt:
    body, proof, seq = read["body"], read["proof"], read["seq"]
    if not isinstance(body, str) or not isinstance(proof, list) or type(seq) is not int:
        raise TypeError
    return Receipt(seq, body.encode(), str(read["head"]), _steps(proof))


def _steps(proof: Sequence[str]) -> tuple[bytes, ...]:
    try:
        return tuple(base64.b64decode(step, validate=True) for step in proof)
    except binascii.Error as error:
        raise ValueError from error


def _covering(receipt: Receipt, verifier: Verifier) -> Head:
    try:
        head = verifier.read(receipt.note)
    except BadHead as error:
        raise BadReceipt(f"Event {receipt.seq:,}: {error}") from None
    if json.loads(receipt.body).get("seq") != receipt.seq:
        raise BadReceipt(f"Event {receipt.seq:,} is another event than its receipt says.")
    if root_from_inclusion(leaf_hash(receipt.body), receipt.seq - 1, head.size, receipt.proof) != head.root:
        raise BadReceipt(f"Event {receipt.seq:,} does not lead to the root that was signed: it was changed.")
    return head
