"""Packs of forms: what was signed is what is read, and whatever was changed on the way is refused with the place."""

import base64
import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.forms.building import asked, questionnaire, when
from workbench.forms.documents import digest, read_document, write_document
from workbench.forms.library import templates
from workbench.forms.packs import PackRefused, fingerprint, made_pack, public_of, read_pack, signed_pack

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = base64.b64encode(public_of(KEY)).decode()
SLEEP = questionnaire(asked("a", "decimal"), title="Sleep", url="urn:x:sleep", version="1")
FOOD = questionnaire(asked("a"), title="Food", url="urn:x:food", version="2")


def pack(*forms: dict[str, Any]) -> dict[str, Any]:
    return signed_pack(made_pack("Basics", "Elm Clinic", forms or (SLEEP, FOOD), licence="CC0-1.0"), KEY)


def packed(*forms: dict[str, Any]) -> bytes:
    return write_document(pack(*forms)).encode()


def test_a_pack_is_read_as_it_was_signed() -> None:
    read = read_pack(packed())
    assert (read.name, read.publisher, read.licence, read.key) == ("Basics", "Elm Clinic", "CC0-1.0", PUBLIC)
    assert dict(read.forms) == {"urn:x:food": FOOD, "urn:x:sleep": SLEEP}
    assert fingerprint(PUBLIC).count(" ") == 7
    # Another writer of JSON changes nothing about what was signed.
    assert read_pack(json.dumps(pack(), indent=2, sort_keys=True).encode()).hash == read.hash


def test_a_pack_of_the_whole_library_is_read() -> None:
    read = read_pack(packed(*(one.questionnaire() for one in templates().values())))
    assert len(read.forms) == len(templates())


def changed(change: str) -> bytes:
    """The pack after somebody had it in their hands."""
    told = read_document(packed())
    manifest = told["manifest"]
    if change == "word":
        told["forms"][0]["item"][0]["text"] += "!"
    elif change == "word and list":
        told["forms"][0]["item"][0]["text"] += "!"
        manifest["forms"][0]["sha256"] = digest(told["forms"][0])
    elif change == "left out":
        told["forms"].pop()
    elif change == "put in":
        told["forms"].append(questionnaire(asked("a"), title="More", url="urn:x:more"))
    elif change == "twice":
        told["forms"].append(told["forms"][0])
    elif change == "name":
        manifest["name"] = "Other"
    elif change == "key":
        told["key"] = base64.b64encode(public_of(Ed25519PrivateKey.generate())).decode()
    elif change == "no signature":
        del told["signature"]
    elif change == "half a key":
        told["key"] = told["key"][:20]
    elif change == "later":
        told["version"] = 2
    elif change == "format":
        told["format"] = "something"
    return write_document(told).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("word", "“Food” is not the text that the list names"), ("word and list", "signature does not fit"),
        ("left out", "“urn:x:sleep” is listed and not there"), ("put in", "“urn:x:more” is there and not listed"),
        ("twice", "has one form twice"), ("name", "signature does not fit"), ("key", "signature does not fit"),
        ("no signature", "signature does not fit"), ("half a key", "This is no key"), ("later", "of a later kind"),
        ("format", "no pack of forms"),
    ],
)  # fmt: skip
def test_what_was_changed_after_it_was_signed_is_refused(change: str, words: str) -> None:
    with pytest.raises(PackRefused, match=words) as refused:
        read_pack(changed(change))
    assert set(refused.value.fields) == {"file"}


def archive() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("a.json", b"0" * 10_000_000)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive(), "an archive, which is not unpacked"), (b"\x1f\x8b" + b"0" * 100, "an archive"), (b"", "not JSON"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"), (b"[" * 100_000, "nested deeper"),
        (b"{}", "no pack of forms"),
        (b'{"a":' + b"[[],{}]," * 3 + b"1}", "not JSON"), (json.dumps([{}] * 300_000).encode(), "objects and lists"),
    ],
)  # fmt: skip
def test_bombs_and_what_is_no_pack_are_refused_unread(content: bytes, words: str) -> None:
    with pytest.raises(PackRefused, match=words):
        read_pack(content)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (questionnaire(asked("a", enableWhen=[when("b", "exists", answerBoolean=True)]),
                       asked("b", enableWhen=[when("a", "exists", answerBoolean=True)]), url="urn:x:a"), "in a circle"),
        (questionnaire(asked("a", text="<script>x</script>"), url="urn:x:a"), "holds a script"),
        ({**questionnaire(asked("a"), url="urn:x:a"), "title": ""}, "has no title"),
    ],
)  # fmt: skip
def test_a_signature_makes_no_broken_form_a_good_one(form: dict[str, Any], words: str) -> None:
    listed = [{"url": "urn:x:a", "title": "A", "version": "", "sha256": digest(form)}]
    manifest = {"name": "N", "publisher": "P", "licence": "", "made_on": "", "forms": listed}
    told = {"format": "workbench-form-pack", "version": 1, "manifest": manifest, "forms": [form]}
    with pytest.raises(PackRefused, match=words):
        read_pack(write_document(signed_pack(told, KEY)).encode())


def test_a_form_of_a_pack_has_an_address() -> None:
    with pytest.raises(PackRefused, match="has no url"):
        made_pack("N", "P", [questionnaire(asked("a"))])
