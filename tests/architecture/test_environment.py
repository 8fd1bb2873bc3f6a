"""Holds the source to one reader of the environment."""

from tests.architecture import environment
from tests.architecture.source import ROOT, report


def test_only_the_settings_read_the_environment():
    assert not (found := environment.breaches(ROOT)), report(found)
