"""Holds the source to the time it is given."""

from tests.architecture import clock
from tests.architecture.source import ROOT, report


def test_nothing_asks_the_time():
    assert not (found := clock.breaches(ROOT)), report(found)
