"""Holds the source to saying a thing once."""

from tests.architecture import duplicates
from tests.architecture.source import ROOT, report


def test_no_function_is_written_twice():
    assert not (found := duplicates.breaches(ROOT)), report(found)
