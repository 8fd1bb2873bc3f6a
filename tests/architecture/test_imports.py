"""Holds the source to the table of who may know whom."""

from tests.architecture import imports
from tests.architecture.source import ROOT, report


def test_every_room_knows_only_what_the_table_allows():
    assert not (found := imports.breaches(ROOT)), report(found)
