"""Holds every verb and every read to a policy, an audit sentence and a test."""

from tests.architecture import completeness
from tests.architecture.source import ROOT, modules, report


def test_every_verb_and_every_read_is_permitted_recorded_and_tested():
    assert not (found := completeness.breaches(ROOT)), report(found)


def test_the_check_sees_the_verbs_and_reads_of_the_product():
    declared = [found for module in modules(ROOT, "workbench") for found in completeness.declarations(module)]
    assert {found.kind for found in declared} == {"action", "view"}
