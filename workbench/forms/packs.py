"""A pack: Questionnaires with a list of them, their SHA-256 and the signature of who publishes them. Pure.

One JSON file of at most 5 MB, so nothing is unpacked. The signature is Ed25519 over the list, which has the hash of
each form; so not a word of a form is other than what was signed.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from workbench.forms.cursor import Place
from workbench.forms.documents import Refused, digest, read_document, write_document
from workbench.forms.fhir import read_questionnaire
from workbench.kernel.errors import WorkbenchError

FORMAT: Final = "workbench-form-pack"
_PLACE: Final = b"workbench-form-pack 1\n"
"""Signed with the list, so that a signature for something else is none for a pack."""
MOST_FORMS: Final = 300
_LONGEST: Final = 200
_HASH: Final = re.compile(r"[0-9a-f]{64}")


class PackRefused(WorkbenchError):
    """A pack is not taken: it is none, nobody this practice trusts signed it, or it is not what was signed."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.fields = {"file": words}


@dataclass(frozen=True)
class Pack:
    """A pack whose every form is what its list says. key: of who signed it, in base64; "" where nobody did.

    url: by which a form is found again in a practice. hash: of the list.
    """

    name: str
    publisher: str
    licence: str
    key: str
    hash: str
    forms: Mapping[str, Mapping[str, Any]]


def made_pack(
    name: str, publisher: str, forms: Iterable[Mapping[str, Any]], *, licence: str = "", made_on: str = ""
) -> dict[str, Any]:
    """A pack of these Questionnaires that nobody has signed yet.

    Raises:
        PackRefused: one of them has no address of its own.
    """
    documents = sorted(forms, key=lambda one: str(one.get("url", "")))
    listed = []
    for one in documents:
        form = read_questionnaire(one)
        if not form.url:
            raise PackRefused(f"“{form.title or 'A form'}” has no url, by which it would be found again.")
        listed.append({"url": form.url, "title": form.title, "version": form.version, "sha256": digest(one)})
    if not listed:
        raise PackRefused("There is no form with an address to put into a pack.")
    manifest = {"name": name, "publisher": publisher, "licence": licence, "made_on": made_on, "forms": listed}
    return {"format": FORMAT, "version": 1, "manifest": manifest, "forms": documents}


def signed_pack(pack: Mapping[str, Any], private: Ed25519PrivateKey) -> dict[str, Any]:
    """The pack under a signature."""
    signature = private.sign(_to_sign(pack["manifest"]))
    return {**pack, "key": _text(public_of(private)), "signature": _text(signature)}


def public_of(private: Ed25519PrivateKey) -> bytes:
    """The 32 bytes others know a publisher by."""
    return private.public_key().public_bytes_raw()


def public_key(text: str) -> bytes:
    """A publisher's key as it is written, in base64.

    Raises:
        PackRefused: it is none.
    """
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise PackRefused("This is no key: 44 letters and digits that end with = are wanted.")
    return key


def fingerprint(key: str) -> str:
    """What two people read to each other to know that they mean the same key."""
    said = digest(key)[:32]
    return " ".join(said[at : at + 4] for at in range(0, len(said), 4))


def read_pack(data: bytes) -> Pack:
    """A pack whose list fits its forms, and whose signature fits its list, if it has one.

    Raises:
        PackRefused: with what does not fit.
    """
    if data[:2] in (b"PK", b"\x1f\x8b"):
        raise PackRefused("A pack is one JSON file. This is an archive, which is not unpacked here.")
    try:
        document = read_document(data)
        return _read(Place(document))
    except Refused as refused:
        raise PackRefused(f"This is no pack that can be taken. {refused}") from None


def _read(root: Place) -> Pack:
    manifest = root.inner("manifest")
    if root.text("format") != FORMAT or manifest is None:
        raise PackRefused("This file is no pack of forms.")
    if root.whole("version") != 1:
        raise PackRefused("This pack is of a later kind than this release knows.")
    key = root.text("key")
    if key:
        _check_signature(key, root.text("signature"), manifest.at)
    name, publisher = manifest.text("name")[:_LONGEST], manifest.text("publisher")[:_LONGEST]
    if not name or not publisher:
        raise PackRefused("The pack does not say what it is and who publishes it.")
    forms = _forms(list(manifest.each("forms")), list(root.each("forms")))
    return Pack(name, publisher, manifest.text("licence")[:_LONGEST], key, digest(manifest.at), forms)


def _forms(listed: Sequence[Place], there: Sequence[Place]) -> Mapping[str, Mapping[str, Any]]:
    if not listed or len(listed) > MOST_FORMS:
        raise PackRefused(f"A pack has 1 to {MOST_FORMS} forms; this one lists {len(listed)}.")
    by_url = {one.text("url"): one.at for one in there}
    wanted = {one.text("url"): one for one in listed}
    if len(wanted) < len(listed) or len(by_url) < len(there):
        raise PackRefused("The pack has one form twice.")
    for url in sorted(wanted.keys() ^ by_url.keys()):
        raise PackRefused(f"“{url[:80]}” is {'listed and not there' if url in wanted else 'there and not listed'}.")
    for url, one in wanted.items():
        if not _HASH.fullmatch(one.text("sha256")) or digest(by_url[url]) != one.text("sha256"):
            raise PackRefused(f"“{one.text('title')[:80] or url[:80]}” is not the text that the list names.")
        _check_form(url, by_url[url])
    return {url: by_url[url] for url in wanted}


def _check_form(url: str, document: Mapping[str, Any]) -> None:
    try:
        form = read_questionnaire(document)
    except Refused as refused:
        raise PackRefused(f"“{url[:80]}” is no form that can be taken: {refused}") from None
    if not form.title or form.url != url:
        raise PackRefused(f"“{url[:80]}” has no title, or another address than the list says.")


def _check_signature(key: str, signature: str, manifest: Mapping[str, Any]) -> None:
    try:
        told = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(public_key(key)).verify(told, _to_sign(manifest))
    except (InvalidSignature, binascii.Error, ValueError):
        raise PackRefused("The signature does not fit: the list was changed after it was signed.") from None


def _to_sign(manifest: Mapping[str, Any]) -> bytes:
    return _PLACE + write_document(manifest, is_sorted=True).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
