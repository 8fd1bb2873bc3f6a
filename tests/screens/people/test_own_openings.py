"""Who opened one's record: every line that names it, by name, for the person and nobody of the staff."""

from datetime import timedelta

import pytest

from tests.factories.small_practice import FERN, MOSS, people
from tests.web.edge import provision
from workbench.gate.actor import Actor, Role, SystemActor
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.screens.own_openings import MOST, own_openings
from workbench.screens.patient_file import patient_file

WHO = people()
HERSELF = Actor("usr_moss", MOSS, frozenset({Role.PATIENT}), "0" * 64)


def test_it_names_who_looked_and_when_and_who_was_refused(gate, now):
    ada = provision(gate, now, "ada", Role.CLINICIAN).account.user_id
    patient_file(gate, Actor(ada, "stf_ada", frozenset({Role.CLINICIAN}), "0" * 64), MOSS, now=now)
    patient_file(gate, WHO.desk, FERN, now=now)
    later = now + timedelta(minutes=5)
    found = own_openings(gate, HERSELF, MOSS, now=later)
    assert [(one.who, one.sentence, one.at, one.is_refused) for one in found] == [
        ("Ada Byron, LCSW", "opened a patient's file", now, False)
    ]
    again = own_openings(gate, HERSELF, MOSS, now=later)
    assert [one.sentence for one in again] == ["looked at who opened their record", "opened a patient's file"]
    assert [one.sentence for one in own_openings(gate, HERSELF, MOSS, now=later, before=again[0].seq)] == [
        "opened a patient's file"
    ]


def test_what_the_system_did_by_itself_is_told_apart(gate, now):
    patient_file(gate, SystemActor("night", frozenset({Permission.SEE_CONTACT})), MOSS, now=now)
    own_openings(gate, HERSELF, MOSS, now=now)
    found = own_openings(gate, HERSELF, MOSS, now=now)
    assert [(one.who, one.is_job) for one in found] == [("", False), ("", True)]


def test_nobody_sees_anothers_and_no_member_of_staff_sees_any(gate, now):
    for who in (WHO.ada, WHO.compliance, WHO.manager, WHO.desk, Actor("u", FERN, frozenset({Role.PATIENT}))):
        with pytest.raises(NotFound):
            own_openings(gate, who, MOSS, now=now)


def test_a_page_of_lines_at_a_time(gate, now):
    for _ in range(MOST + 1):
        patient_file(gate, WHO.desk, MOSS, now=now)
    first = own_openings(gate, HERSELF, MOSS, now=now)
    assert len(first) == MOST
    rest = own_openings(gate, HERSELF, MOSS, now=now, before=first[-1].seq)
    assert len(rest) == 1
    assert rest[0].seq < first[-1].seq
