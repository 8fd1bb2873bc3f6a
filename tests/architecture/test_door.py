"""Holds the source to its one door."""

from tests.architecture import door
from tests.architecture.source import ROOT, report


def test_only_the_gate_ends_transactions_and_only_the_store_writes_in_bulk():
    assert not (found := door.breaches(ROOT)), report(found)
