"""Retiring a kind of appointment: nothing new is booked of it, and the last one stays."""

from datetime import datetime

import pytest

from tests.factories.small_practice import INDIVIDUAL, INTAKE, People
from workbench.actions.scheduling.retire_appointment_type import LastType, retire_appointment_type
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.screens.appointment_types import appointment_types


def test_without_the_last_one_nothing_could_be_booked(gate: Gate, people: People, now: datetime) -> None:
    *others, last = [one.type_id for one in appointment_types(gate, people.manager, now=now)]
    for one in others:
        retire_appointment_type(gate, people.manager, one, now=now)
    with pytest.raises(LastType):
        retire_appointment_type(gate, people.manager, last, now=now)
    assert [one.type_id for one in appointment_types(gate, people.manager, now=now)] == [last]


def test_only_who_leads_the_practice_retires_one_that_is_there(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ada, people.desk, people.biller):
        with pytest.raises((NotAllowed, NotFound)):
            retire_appointment_type(gate, who, INTAKE, now=now)
    with pytest.raises(NotFound):
        retire_appointment_type(gate, people.manager, "aty_nobody", now=now)
    assert {INDIVIDUAL, INTAKE} <= {one.type_id for one in appointment_types(gate, people.manager, now=now)}
