"""Holds the screens to parts that show text as text."""

from tests.architecture import sinks
from tests.architecture.source import ROOT, report


def test_no_screen_uses_a_part_that_runs_markup():
    assert not (found := sinks.breaches(ROOT)), report(found)
