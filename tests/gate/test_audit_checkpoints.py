"""Heads as notes: what was signed reads back, what was not is refused, who else signed does not matter."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from workbench.gate.audit_checkpoints import (
    BadHead,
    Head,
    Verifier,
    notes_in,
    read_verifier,
    signed_note,
    verifier_of,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ORIGIN = "workbench-audit/test"
VERIFIER = verifier_of(ORIGIN, KEY)


def note(size: int = 12, root: bytes = bytes(32)) -> str:
    return signed_note(Head(ORIGIN, size, root), KEY)


@given(size=st.integers(0, 10**17), root=st.binary(min_size=32, max_size=32))
def test_what_was_signed_reads_back(size: int, root: bytes) -> None:
    assert VERIFIER.read(note(size, root)) == Head(ORIGIN, size, root)


def test_a_checkpoint_published_by_others_is_read_by_its_own_key() -> None:
    # The example in the specification of signed notes' reference implementation (golang.org/x/mod/sumdb/note).
    known = read_verifier("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = (
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    with pytest.raises(BadHead, match="is no head"):  # well signed, and something else than a head
        known.read(text)
    with pytest.raises(BadHead, match="changed"):
        known.read(text.replace("answer", "question"))


def test_signatures_of_others_are_passed_over_wherever_they_stand() -> None:
    other = signed_note(Head("witness.example/one", 12, bytes(32)), Ed25519PrivateKey.generate()).split("\n\n")[1]
    head, mine = note().split("\n\n")
    assert VERIFIER.read(f"{head}\n\n{other}{mine}").size == 12
    assert VERIFIER.read(f"{head}\n\n{mine}{other}— somebody bm90IGEgc2lnbmF0dXJl\n").size == 12
    with pytest.raises(BadHead, match="does not carry"):
        VERIFIER.read(f"{head}\n\n{other}")


@pytest.mark.parametrize("change", [("12", "13"), ("workbench-audit/test\n12", "workbench-audit/else\n12")])
def test_a_changed_head_is_refused(change: tuple[str, str]) -> None:
    with pytest.raises(BadHead, match="changed after"):
        VERIFIER.read(note().replace(*change, 1))


def test_the_key_of_another_with_the_same_name_is_not_enough() -> None:
    forged = signed_note(Head(ORIGIN, 12, bytes(32)), Ed25519PrivateKey.generate())
    with pytest.raises(BadHead, match="does not carry"):
        VERIFIER.read(forged)


def test_a_key_reads_back_from_its_line_and_a_mistyped_one_is_refused() -> None:
    assert read_verifier(VERIFIER.text()) == VERIFIER
    with pytest.raises(BadHead):
        read_verifier(VERIFIER.text().replace("test", "tost"))
    with pytest.raises(BadHead):
        read_verifier("")
    with pytest.raises(ValueError, match="no space"):
        verifier_of("two words", KEY)


@given(st.text(max_size=200))
def test_any_text_is_a_head_or_is_refused(text: str) -> None:
    with pytest.raises(BadHead):
        Verifier("nobody", VERIFIER.key).read(text)


def test_notes_one_after_the_other_come_apart_again() -> None:
    witnessed = note(2) + "— witness.example/one bm90IGEgc2lnbmF0dXJl\n"
    assert notes_in(note(1) + witnessed + note(3)) == [note(1), witnessed, note(3)]
    assert notes_in("") == []
