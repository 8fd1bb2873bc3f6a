"""The signer goes forward along one history and nowhere else, whatever the store says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.gate.audit_checkpoints import BadHead
from workbench.gate.audit_signer import (
    KEY_FILE,
    LAST_FILE,
    FolderSigner,
    HeadRefused,
    SignerMissing,
    create_signer,
    open_signer,
)
from workbench.gate.audit_tree import consistency_proof, leaf_hash, root_of

SEAL = bytes(32)
EVENTS = [leaf_hash(b"%d" % number) for number in range(40)]


def subtree(start: int, end: int) -> bytes:
    return root_of(EVENTS[start:end])


def signed(signer: FolderSigner, size: int) -> str:
    return signer.sign(size, subtree(0, size), consistency_proof(signer.last().size, size, subtree))


@pytest.fixture
def signer(tmp_path: Path) -> FolderSigner:
    return create_signer(tmp_path / "signer", SEAL)


def test_it_signs_what_grew_and_remembers_it_after_a_restart(signer: FolderSigner) -> None:
    for size in (0, 1, 7, 7, 40):
        assert signer.verifier.read(signed(signer, size)).size == size
    again = open_signer(signer.folder, SEAL)
    assert again.last() == signer.last()
    assert again.last().size == 40


def test_it_refuses_fewer_events_than_it_signed(signer: FolderSigner) -> None:
    signed(signer, 12)
    with pytest.raises(HeadRefused, match="11 events, but 12"):
        signer.sign(11, subtree(0, 11), [])
    assert signer.last().size == 12


@given(changed=st.integers(0, 11), grown=st.integers(0, 20))
def test_it_refuses_another_history_with_any_proof(tmp_path_factory, changed: int, grown: int) -> None:
    signer = create_signer(tmp_path_factory.mktemp("signer") / "own", SEAL)
    signed(signer, 12)
    forged = [*EVENTS[:changed], leaf_hash(b"forged"), *EVENTS[changed + 1 :]]
    size = 12 + grown
    for of in (EVENTS, forged):
        proof = consistency_proof(12, size, lambda start, end, of=of: root_of(of[start:end]))
        with pytest.raises(HeadRefused, match="not the one"):
            signer.sign(size, root_of(forged[:size]), proof)
    assert signer.last().size == 12


def test_a_head_without_a_proof_is_refused(signer: FolderSigner) -> None:
    signed(signer, 3)
    with pytest.raises(HeadRefused):
        signer.sign(9, subtree(0, 9), [])


def test_without_its_memory_or_its_key_it_signs_nothing(signer: FolderSigner) -> None:
    signed(signer, 5)
    (signer.folder / LAST_FILE).unlink()
    with pytest.raises(SignerMissing, match="memory"):
        signer.sign(9, subtree(0, 9), [])
    (signer.folder / KEY_FILE).unlink()
    with pytest.raises(SignerMissing, match="missing"):
        open_signer(signer.folder, SEAL)


def test_a_memory_edited_by_hand_is_noticed(signer: FolderSigner) -> None:
    signed(signer, 5)
    path = signer.folder / LAST_FILE
    path.write_text(path.read_text().replace("\n5\n", "\n4\n"))
    with pytest.raises(BadHead):
        signed(signer, 9)


def test_the_key_is_sealed_and_opens_with_its_own_seal_only(signer: FolderSigner) -> None:
    wrong = open_signer(signer.folder, bytes([1]) * 32)
    with pytest.raises(SignerMissing, match="does not open"):
        signed(wrong, 2)
    assert signer.open_key().private_bytes_raw() not in (signer.folder / KEY_FILE).read_bytes()
    assert (signer.folder / KEY_FILE).stat().st_mode & 0o077 == 0


def test_a_second_signer_is_not_made_over_the_first(signer: FolderSigner) -> None:
    with pytest.raises(HeadRefused, match="already"):
        create_signer(signer.folder, SEAL)
