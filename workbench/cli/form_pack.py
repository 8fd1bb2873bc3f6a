"""`workbench form pack key|make|verify`: packs of forms, made and looked at without a practice."""

import argparse
import base64
import os
import sys
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from workbench.forms.documents import LARGEST, Refused, read_document, write_document
from workbench.forms.packs import FORMAT, PackRefused, fingerprint, made_pack, public_of, read_pack, signed_pack
from workbench.kernel.errors import WorkbenchError, sentence


class NotAKey(WorkbenchError):
    """The file holds no private key of this kind, or is there already."""


def register(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group to `workbench form`."""
    commands = groups.add_parser("pack", help="sign forms of one's own for others; needs no practice").add_subparsers(
        dest="pack_command", required=True, metavar="COMMAND"
    )
    key = commands.add_parser("key", help="make a publisher's key; keep the file, give others the public one")
    key.add_argument("file", type=Path)
    key.set_defaults(run=_key)
    make = commands.add_parser("make", help="sign Questionnaires, or a pack that nobody signed, as one pack")
    make.add_argument("out", type=Path)
    make.add_argument("files", type=Path, nargs="+")
    make.add_argument("--key", type=Path, required=True, help="the publisher's key file")
    make.add_argument("--name", default="", help="what the pack is")
    make.add_argument("--publisher", default="", help="who publishes it")
    make.add_argument("--licence", default="", help="under which terms")
    make.set_defaults(run=_told(_make))
    verify = commands.add_parser("verify", help="whether a pack is what was signed, and by which key")
    verify.add_argument("file", type=Path)
    verify.set_defaults(run=_told(_verify))


def _told(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    def told(given: argparse.Namespace) -> int:
        try:
            return run(given)
        except (PackRefused, Refused, NotAKey) as refusal:
            print(sentence(refusal), file=sys.stderr)
            return 1

    return told


def _key(given: argparse.Namespace) -> int:
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        # For its owner alone, and never over another key.
        with os.fdopen(os.open(given.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
    except FileExistsError:
        print("There is a file of this name. A key is never written over.", file=sys.stderr)
        return 1
    _say_key(private)
    return 0


def _make(given: argparse.Namespace) -> int:
    private = _private(given.key)
    documents = [read_document(_bytes(file)) for file in given.files]
    if len(documents) == 1 and documents[0].get("format") == FORMAT:
        # What a practice saved of its own forms: signed as it is.
        read_pack(_bytes(given.files[0]))
        pack = documents[0]
    else:
        if not given.name or not given.publisher:
            raise NotAKey("Say what the pack is and who publishes it: --name and --publisher.")
        pack = made_pack(given.name, given.publisher, documents, licence=given.licence)
    signed = write_document(signed_pack(pack, private)).encode()
    read_pack(signed)
    given.out.write_bytes(signed)
    print(f"{given.out}: {len(pack['forms'])} forms, {len(signed):,} bytes")
    _say_key(private)
    return 0


def _verify(given: argparse.Namespace) -> int:
    pack = read_pack(_bytes(given.file))
    print(f"{pack.name}, by {pack.publisher}: {len(pack.forms)} forms, each as the list names it")
    if not pack.key:
        print("Nobody signed it.", file=sys.stderr)
        return 1
    print(f"Signed by the key {pack.key} ({fingerprint(pack.key)})")
    return 0


def _say_key(private: Ed25519PrivateKey) -> None:
    key = base64.b64encode(public_of(private)).decode()
    print(f"Public key: {key}")
    print(f"Fingerprint: {fingerprint(key)}")


def _private(file: Path) -> Ed25519PrivateKey:
    try:
        private = load_pem_private_key(_bytes(file), None)
    except (ValueError, TypeError):
        raise NotAKey("This file holds no publisher's key. `workbench form pack key FILE` makes one.") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise NotAKey("This key is of another kind. `workbench form pack key FILE` makes one.")
    return private


def _bytes(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)
