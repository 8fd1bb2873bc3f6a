"""Holds the project to finished work and telling names."""

from tests.architecture import words
from tests.architecture.source import ROOT, report


def test_nothing_is_unfinished_unnamed_or_bound_to_one_machine():
    assert not (found := words.breaches(ROOT)), report(found)
