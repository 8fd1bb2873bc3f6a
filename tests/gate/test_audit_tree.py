"""The tree against RFC 6962 written down naively, and proofs that hold for what they show and for nothing else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.gate.audit_tree import (
    CompactRange,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    leaf_hash,
    node_hash,
    root_at,
    root_from_inclusion,
    root_of,
)

MOST = 70


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(b"event %d" % number) for number in range(count)]


def naive_root(of: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if not of:
        return hashlib.sha256(b"").digest()
    if len(of) == 1:
        return of[0]
    split = 1
    while split * 2 < len(of):
        split *= 2
    return node_hash(naive_root(of[:split]), naive_root(of[split:]))


def naive_path(index: int, of: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if len(of) == 1:
        return []
    split = 1
    while split * 2 < len(of):
        split *= 2
    if index < split:
        return [*naive_path(index, of[:split]), naive_root(of[split:])]
    return [*naive_path(index - split, of[split:]), naive_root(of[:split])]


def naive_subproof(old: int, of: list[bytes], is_root: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2."""
    if old == len(of):
        return [] if is_root else [naive_root(of)]
    split = 1
    while split * 2 < len(of):
        split *= 2
    if old <= split:
        return [*naive_subproof(old, of[:split], is_root), naive_root(of[split:])]
    return [*naive_subproof(old - split, of[split:], False), naive_root(of[:split])]


ALL = leaves(MOST)


def subtree(start: int, end: int) -> bytes:
    width = end - start
    assert width & (width - 1) == 0, "only whole subtrees are asked for"
    assert start % width == 0, "only aligned subtrees are asked for"
    return naive_root(ALL[start:end])


def test_the_published_root_of_two_known_leaves() -> None:
    # From the test vectors of the Certificate Transparency reference log: leaves "" and 0x00.
    root = root_of([leaf_hash(b""), leaf_hash(b"\x00")])
    assert root.hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"


@pytest.mark.parametrize("size", range(MOST + 1))
def test_the_root_of_any_size_is_the_naive_one(size: int) -> None:
    assert root_of(ALL[:size]) == root_at(size, subtree) == naive_root(ALL[:size])


@given(size=st.integers(1, MOST), data=st.data())
def test_a_leaf_is_shown_to_be_in_the_tree_and_in_no_other_place(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, subtree)
    assert proof == naive_path(index, ALL[:size])
    root = naive_root(ALL[:size])
    assert root_from_inclusion(ALL[index], index, size, proof) == root
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index)) if size > 1 else None
    if other is not None:
        assert root_from_inclusion(ALL[index], other, size, proof) != root
        assert root_from_inclusion(ALL[other], index, size, proof) != root
        assert root_from_inclusion(ALL[index], index, size, proof[:-1]) != root
    assert root_from_inclusion(ALL[index], size, size, proof) is None


@given(old=st.integers(0, MOST), more=st.integers(0, MOST))
def test_a_grown_tree_is_shown_to_begin_with_the_old_one(old: int, more: int) -> None:
    new = min(old + more, MOST)
    proof = consistency_proof(old, new, subtree)
    if 0 < old < new:
        assert proof == naive_subproof(old, ALL[:new], True)
    assert is_consistent(old, naive_root(ALL[:old]), new, naive_root(ALL[:new]), proof)


@given(old=st.integers(1, MOST - 1), data=st.data())
def test_a_tree_with_another_past_is_never_shown_to_be_consistent(old: int, data: st.DataObject) -> None:
    new = data.draw(st.integers(old + 1, MOST))
    changed = data.draw(st.integers(0, old - 1))
    forked = [*ALL[:changed], leaf_hash(b"something else"), *ALL[changed + 1 :]]
    proof = consistency_proof(old, new, lambda start, end: naive_root(forked[start:end]))
    assert not is_consistent(old, naive_root(ALL[:old]), new, naive_root(forked[:new]), proof)
    assert not is_consistent(old, naive_root(ALL[:old]), new, naive_root(ALL[:new]), proof[:-1])
    assert not is_consistent(new, naive_root(ALL[:new]), old, naive_root(ALL[:old]), [])


@given(size=st.integers(0, MOST), at=st.integers(0, MOST))
def test_a_compact_range_goes_on_from_where_it_was_kept(size: int, at: int) -> None:
    first = CompactRange()
    first.extend(ALL[: min(at, size)])
    second = CompactRange(first.size, first.peaks)
    second.extend(ALL[first.size : size])
    assert second.root() == naive_root(ALL[:size])
    assert len(second.peaks) <= 64


def test_a_range_of_the_wrong_length_and_a_leaf_outside_are_refused() -> None:
    with pytest.raises(ValueError, match="3 leaves has 2"):
        CompactRange(3, [ALL[0]])
    with pytest.raises(ValueError, match="leaf 5 is not"):
        inclusion_proof(5, 5, subtree)
    with pytest.raises(ValueError, match="does not begin"):
        consistency_proof(6, 5, subtree)
