"""Holds the source to lengths that a newcomer reads to the end."""

from tests.architecture import sizes
from tests.architecture.source import ROOT, report


def test_nothing_is_longer_than_the_limits():
    assert not (found := sizes.breaches(ROOT)), report(found)
