"""Signs heads of the log and never goes back: it remembers the last head it signed, in its own folder with its own key.

Whoever holds the store cannot have two histories signed. The signer sees sizes, roots and proofs, and not one event.
"""

import base64
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workbench.gate.audit_checkpoints import Head, Verifier, read_verifier, signed_note, verifier_of
from workbench.gate.audit_tree import EMPTY_ROOT, is_consistent
from workbench.kernel.errors import WorkbenchError
from workbench.store.keyring import write_private

KEY_FILE = "key.json"
LAST_FILE = "last.txt"
_PLACE = b"workbench audit signer 1"


class SignerMissing(WorkbenchError):
    """The signer's key or memory is gone, while heads were signed before."""


class HeadRefused(WorkbenchError):
    """The signer was asked to go back, or to sign another history than the one it signed before."""


class Signer(Protocol):
    """What seals the log: in this process, in another one, or a machine of its own."""

    @property
    def verifier(self) -> Verifier:
        """The public key."""

    def last(self) -> Head:
        """The newest head it signed; size 0 at first."""

    def sign(self, size: int, root: bytes, proof: Sequence[bytes]) -> str:
        """A signed note of the head, once `proof` has shown that it begins with the last one.

        Raises:
            HeadRefused: it is smaller, or does not begin with what was signed.
        """


@dataclass(frozen=True)
class FolderSigner:
    """A signer whose key and memory lie in one folder. The private key is opened for one signature and let go."""

    folder: Path
    verifier: Verifier
    open_key: Callable[[], Ed25519PrivateKey]

    def last(self) -> Head:
        """The newest head it signed.

        Raises:
            SignerMissing: its memory is gone.
            BadHead: its memory was changed.
        """
        return self.verifier.read(self.last_note())

    def last_note(self) -> str:
        """The same as it was signed: to print, to mail, to keep elsewhere.

        Raises:
            SignerMissing: its memory is gone.
        """
        path = self.folder / LAST_FILE
        if not path.exists():
            raise SignerMissing("The audit signer has lost its memory. Bring its folder back from a backup.")
        return path.read_text(encoding="utf-8")

    def sign(self, size: int, root: bytes, proof: Sequence[bytes]) -> str:
        """See `Signer.sign`. What it signs is in its memory before it is handed out."""
        last = self.last()
        if size < last.size:
            raise HeadRefused(f"The audit log has {size:,} events, but {last.size:,} were signed for. It was cut.")
        if not is_consistent(last.size, last.root, size, root, proof):
            raise HeadRefused(f"The audit log is not the one whose first {last.size:,} events were signed.")
        note = signed_note(Head(last.origin, size, root), self.open_key())
        write_private(self.folder / LAST_FILE, note.encode())
        return note


def create_signer(folder: Path, sealing_key: bytes) -> FolderSigner:
    """A new signer with a fresh key, and the empty log as the last thing it signed.

    Raises:
        HeadRefused: there is one already.
    """
    if (folder / KEY_FILE).exists():
        raise HeadRefused("This practice has an audit signer already.")
    folder.mkdir(mode=0o700, exist_ok=True)
    private = Ed25519PrivateKey.generate()
    origin = f"workbench-audit/{os.urandom(8).hex()}"
    nonce = os.urandom(12)
    document = {
        "version": 1,
        "public": verifier_of(origin, private).text(),
        "nonce": base64.b64encode(nonce).decode(),
        "sealed": base64.b64encode(AESGCM(sealing_key).encrypt(nonce, private.private_bytes_raw(), _PLACE)).decode(),
    }
    # The memory first: a signer killed between the two is made anew, one with a key always remembers.
    write_private(folder / LAST_FILE, signed_note(Head(origin, 0, EMPTY_ROOT), private).encode())
    write_private(folder / KEY_FILE, json.dumps(document).encode())
    return open_signer(folder, sealing_key)


def open_signer(folder: Path, sealing_key: bytes) -> FolderSigner:
    """The signer in `folder`.

    Raises:
        SignerMissing: there is none, or its key does not open.
    """
    path = folder / KEY_FILE
    if not path.exists():
        raise SignerMissing("The audit signer is missing. Bring its folder back from a backup.")
    document = json.loads(path.read_text())
    nonce, sealed = base64.b64decode(document["nonce"]), base64.b64decode(document["sealed"])

    def open_key() -> Ed25519PrivateKey:
        try:
            return Ed25519PrivateKey.from_private_bytes(AESGCM(sealing_key).decrypt(nonce, sealed, _PLACE))
        except InvalidTag:
            raise SignerMissing("The audit signer's key does not open. Does its folder belong to this one?") from None

    return FolderSigner(folder, read_verifier(document["public"]), open_key)
