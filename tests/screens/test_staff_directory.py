"""Who works here, for everybody who works here."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotAllowed
from workbench.people.tables import Staff, StaffDetails
from workbench.screens.staff_directory import staff_directory


def test_everybody_is_listed_by_family_name_and_who_left_is_marked(
    gate: Gate, actor: Callable[..., Actor], now: datetime
) -> None:
    with gate.store.writing() as session:
        session.add(Staff(started_on=date(2020, 1, 1), details=StaffDetails("Reed", "Willow", "LCSW")))
        ended = Staff(started_on=date(2020, 1, 1), ended_on=date(2026, 3, 9), details=StaffDetails("Ivy", "Alder"))
        session.add(ended)
        session.commit()
    found = staff_directory(gate, actor(Role.IT), now=now)
    assert [(entry.name, entry.is_here) for entry in found] == [("Ivy Alder", False), ("Reed Willow, LCSW", True)]


@pytest.mark.parametrize("role", [Role.PATIENT, Role.PROXY])
def test_patients_do_not_see_it(gate: Gate, actor: Callable[..., Actor], now: datetime, role: Role) -> None:
    with pytest.raises(NotAllowed):
        staff_directory(gate, actor(role), now=now)
