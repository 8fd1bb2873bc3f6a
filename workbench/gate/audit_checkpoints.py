"""Signed heads of the log: the text of C2SP `tlog-checkpoint` under the signatures of C2SP `signed-note` (Ed25519).

A head is three lines (origin, size, root) and holds no health data, so it may be printed, mailed, kept anywhere.
Signatures of unknown keys are passed over, which leaves room for witnesses, a new key, a second algorithm.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import BigInteger, LargeBinary, Select, Table, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.kernel.errors import WorkbenchError
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.types import UtcDateTime

_ED25519 = b"\x01"
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_NAME = re.compile(r"[^\s+]+")


class BadHead(WorkbenchError):
    """A head of the audit log is not signed by this practice's signer, or is no head."""


class AuditCheckpoint(Base):
    """A signed head, kept beside the events it covers: the first `size` of them."""

    __tablename__ = "audit_checkpoints"
    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str]


append_only(cast(Table, AuditCheckpoint.__table__), "audit_checkpoints_append_only")


@dataclass(frozen=True)
class Head:
    """How long the log was, and the root over it."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class Verifier:
    """A public key by name, as everybody may know it."""

    name: str
    key: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:4]

    def text(self) -> str:
        """One line to keep on paper: `name+id+key`."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self.key).decode()}"

    def read(self, note: str) -> Head:
        """The head in a note that this key signed; lines of other keys are passed over.

        Raises:
            BadHead: this key did not sign it, or signed something else, or it is no head.
        """
        text, found, lines = note.rpartition("\n\n")
        text += "\n"
        mine = [line for line in lines.splitlines() if found and self._is_mine(line)]
        if not mine:
            raise BadHead("A head of the audit log does not carry the signature of this practice's signer.")
        for line in mine:
            self._check(line, text)
        return _head(text)

    def _is_mine(self, line: str) -> bool:
        dash, _, rest = line.partition(" ")
        name, _, signature = rest.partition(" ")
        return dash == "—" and name == self.name and _base64(signature)[:4] == self.key_id

    def _check(self, line: str, text: str) -> None:
        signature = _base64(line.rsplit(" ", 1)[1])[4:]
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, text.encode())
        except InvalidSignature:
            raise BadHead("A head of the audit log was changed after it was signed.") from None


def signed_note(head: Head, private: Ed25519PrivateKey) -> str:
    """The head as a signed note; the key's name is the log's origin."""
    verifier = verifier_of(head.origin, private)
    signature = verifier.key_id + private.sign(head.text().encode())
    return f"{head.text()}\n— {verifier.name} {base64.b64encode(signature).decode()}\n"


def verifier_of(name: str, private: Ed25519PrivateKey) -> Verifier:
    """The public side of a key.

    Raises:
        ValueError: a name with spaces or a plus cannot stand in a note.
    """
    if not _NAME.fullmatch(name):
        raise ValueError("the name of a key holds no space and no plus")
    return Verifier(name, private.public_key().public_bytes_raw())


def read_verifier(text: str) -> Verifier:
    """The key in a line made by `Verifier.text`.

    Raises:
        BadHead: it is none, or its id is not that of its key.
    """
    name, _, rest = text.strip().partition("+")
    key_id, _, key = rest.partition("+")
    raw = _base64(key)
    verifier = Verifier(name, raw[1:])
    if raw[:1] != _ED25519 or len(raw) != 33 or verifier.key_id.hex() != key_id:
        raise BadHead("This is not the key of an audit log.")
    return verifier


def notes_in(text: str) -> list[str]:
    """The notes of a file in which they stand one after the other."""
    notes: list[str] = []
    lines: list[str] = []
    is_signed = False
    for line in text.splitlines(keepends=True):
        if is_signed and not line.startswith("— "):
            notes.append("".join(lines))
            lines = []
        is_signed = line.startswith("— ")
        lines.append(line)
    return [*notes, "".join(lines)] if lines else notes


def newest_checkpoint(session: Session) -> AuditCheckpoint | None:
    """The last head that was signed and kept, or None."""
    return session.scalar(newest_checkpoint_query())


def newest_checkpoint_query() -> Select[AuditCheckpoint]:
    """The same as a query, for a verb."""
    return select(AuditCheckpoint).order_by(AuditCheckpoint.size.desc()).limit(1)


def _head(text: str) -> Head:
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]) or len(_base64(lines[2])) != 32:
        raise BadHead("A signed text of the audit log is no head.")
    return Head(lines[0], int(lines[1]), _base64(lines[2]))


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
