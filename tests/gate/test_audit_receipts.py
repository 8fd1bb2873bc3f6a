"""Receipts: each leads from an event to a signed root, and nothing that was changed does."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.gate.test_action import DESK, NOW
from tests.gate.test_audit_seal import SEALER
from tests.gate.verbs import enter
from workbench.gate.action import Gate
from workbench.gate.audit_checkpoints import Verifier, verifier_of
from workbench.gate.audit_receipts import BadReceipt, NotSealedYet, checked_receipts, receipts_for, receipts_of
from workbench.gate.audit_seal import seal_log, signer_of


@pytest.fixture
def verifier(gate: Gate) -> Verifier:
    """The key of a log of seven events, the first six of which are sealed."""
    for number in range(6):
        enter(gate, DESK, now=NOW + timedelta(minutes=number), name=f"Fern {number}")
    seal_log(gate, SEALER, now=NOW + timedelta(hours=1))
    enter(gate, DESK, now=NOW + timedelta(hours=2), name="Fern 7")
    signer = signer_of(gate.store)
    assert signer is not None
    return signer.verifier


def file_of(gate: Gate, *numbers: int) -> bytes:
    with gate.store.reading() as session:
        return receipts_for(session, numbers)


def test_each_of_them_leads_to_the_root_that_was_signed(gate: Gate, verifier: Verifier) -> None:
    found = checked_receipts(file_of(gate, 4, 1, 6), verifier)
    assert [(receipt.seq, head.size) for receipt, head in found] == [(1, 6), (4, 6), (6, 6)]
    assert [json.loads(receipt.body)["seq"] for receipt, _ in found] == [1, 4, 6]


def test_what_no_head_covers_yet_has_none(gate: Gate, verifier: Verifier) -> None:
    with gate.store.reading() as session:
        assert [one.seq for one in receipts_of(session, [6, 2])] == [2, 6]
    with pytest.raises(NotSealedYet):
        file_of(gate, 6, 7)


def changed(content: bytes, **values: object) -> bytes:
    whole = json.loads(content)
    whole["receipts"][0] |= values
    return json.dumps(whole).encode()


def test_nothing_that_was_changed_leads_there(gate: Gate, verifier: Verifier) -> None:
    good = file_of(gate, 3)
    (receipt,) = json.loads(good)["receipts"]
    body = receipt["body"]
    for wrong in (
        {"body": body.replace('"outcome":"done"', '"outcome":"none"')},
        {"seq": 4},
        {"seq": 0},
        {"body": "no event"},
        {"body": "[]"},
        {"body": "\ud800"},
        {"head": "\ud800" + receipt["head"]},
        {"head": 6},
        {"seq": 4, "body": body.replace('"seq":3', '"seq":4')},
        {"proof": receipt["proof"][:-1]},
        {"proof": [*receipt["proof"], receipt["proof"][0]]},
        {"proof": list(reversed(receipt["proof"]))},
        {"head": receipt["head"].replace("\n6\n", "\n5\n")},
    ):
        with pytest.raises(BadReceipt):
            checked_receipts(changed(good, **wrong), verifier)
    with pytest.raises(BadReceipt, match="does not carry the signature"):
        checked_receipts(good, verifier_of("another", Ed25519PrivateKey.generate()))


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"null", b'{"format": "audit-receipts-1"}', b'{"format": "other", "receipts": []}',
    b'{"format": "audit-receipts-1", "receipts": []}', b'{"format": "audit-receipts-1", "receipts": [1]}',
    b'{"format": "audit-receipts-1", "receipts": [{"seq": true, "body": "", "head": "", "proof": []}]}',
    b'{"format": "audit-receipts-1", "receipts": [{"seq": 1, "body": "", "head": "", "proof": ["?"]}]}',
    b'{"format": "audit-receipts-1", "receipts": [{"seq": 1, "body": "", "head": "", "proof": [1]}]}',
    b"\xff\xfe", b"[" * 100_000,
])  # fmt: skip
def test_what_is_no_file_of_receipts_is_told_so(content: bytes) -> None:
    with pytest.raises(BadReceipt):
        checked_receipts(content, Verifier("log", bytes(32)))


@given(st.binary(max_size=200))
def test_any_bytes_are_receipts_or_are_told_so(content: bytes) -> None:
    with pytest.raises(BadReceipt):
        checked_receipts(content, Verifier("log", bytes(32)))
