"""Holds the project to synthetic data."""

from tests.architecture import identifiers
from tests.architecture.source import ROOT, report


def test_no_identifier_can_belong_to_a_person():
    assert not (found := identifiers.breaches(ROOT)), report(found)
