"""Holds the wall around psychotherapy notes: no search, export, mirror or emergency reaches what it cannot import."""

from tests.access.cells import verbs
from tests.architecture import psychotherapy_wall
from tests.architecture.source import ROOT, report
from workbench.gate.grants import NEVER_IN_EMERGENCY
from workbench.gate.permissions import Permission
from workbench.gate.policy_rows import POLICY
from workbench.store.changes import FOLLOWED


def test_nobody_else_knows_or_names_them():
    assert not (found := psychotherapy_wall.breaches(ROOT)), report(found)


def test_only_these_verbs_and_reads_hold_the_permission():
    ours = {Permission.KEEP_PSYCHOTHERAPY, Permission.READ_PSYCHOTHERAPY}
    assert {name for name, verb in verbs().items() if verb.permission in ours} == {
        "begin_psychotherapy_note", "save_psychotherapy_note", "psychotherapy_notes", "psychotherapy_words",
    }  # fmt: skip
    assert not any(getattr(verb, "in_emergency", False) for verb in verbs().values() if verb.permission in ours)
    assert all(grant.own for permission in ours for grant in POLICY[permission])
    assert "c06" in NEVER_IN_EMERGENCY


def test_no_change_of_theirs_is_written_down_for_the_mirror():
    assert verbs()
    assert not [name for name in FOLLOWED if name.startswith("psychotherapy")]
