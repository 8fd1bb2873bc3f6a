"""Receipts: what proves to anybody, later and elsewhere, that an event is in the log (RFC 9162, 2.1.3).

A receipt holds the event's body, a signed head that covers it and the hashes on the way from one to the other. It names
nobody: the body holds ids and pseudonyms. Whoever keeps it can tell that the line was not taken out since.
"""

import base64
import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
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


def receipts_of(session: Session, numbers: Collection[int]) -> tuple[Receipt, ...]:
    """The receipts of these events, by number, under the newest head.

    Raises:
        NotSealedYet: one of them is newer than that head.
    """
    checkpoint, tree = newest_checkpoint(session), LogTree(session)
    if checkpoint is None or max(numbers, default=0) > checkpoint.size:
        raise NotSealedYet
    bodies = session.execute(
        select(AuditRow.seq, AuditRow.body).where(AuditRow.seq.in_(numbers)).order_by(AuditRow.seq)
    )
    return tuple(
        Receipt(seq, bytes(body), checkpoint.note, tuple(tree.inclusion(seq, checkpoint.size))) for seq, body in bodies
    )


def receipts_for(session: Session, numbers: Collection[int]) -> bytes:
    """A file with the receipts of these events, by number.

    Raises:
        NotSealedYet: one of them is newer than the newest head.
    """
    written = [
        {
            "seq": one.seq,
            "body": one.body.decode(),
            "head": one.note,
            "proof": [base64.b64encode(step).decode() for step in one.proof],
        }
        for one in receipts_of(session, numbers)
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
    body, head, proof, seq = read["body"], read["head"], read["proof"], read["seq"]
    if not isinstance(body, str) or not isinstance(head, str) or not isinstance(proof, list) or type(seq) is not int:
        raise TypeError
    head.encode()  # half a pair of surrogates is no text, and is found out here
    return Receipt(seq, body.encode(), head, tuple(base64.b64decode(step, validate=True) for step in proof))


def _covering(receipt: Receipt, verifier: Verifier) -> Head:
    try:
        head = verifier.read(receipt.note)
    except BadHead as error:
        raise BadReceipt(f"Event {receipt.seq:,}: {error}") from None
    # The event's number is its place in the tree, so another number leads to another root.
    if root_from_inclusion(leaf_hash(receipt.body), receipt.seq - 1, head.size, receipt.proof) != head.root:
        raise BadReceipt(f"Event {receipt.seq:,} does not lead to the root that was signed: it was changed.")
    return head
