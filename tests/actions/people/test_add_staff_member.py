"""Entering somebody who will work here: a person, and not yet an account."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from workbench.accounts.tables import User
from workbench.actions.people.add_staff_member import add_staff_member
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotAllowed
from workbench.people.rules import DetailsUnclear
from workbench.people.tables import Staff

FROM = date(2026, 4, 1)


def test_a_new_member_of_staff_has_a_name_and_no_account(gate: Gate, now: datetime, manager: Actor) -> None:
    added = add_staff_member(
        gate, manager, now=now, given_name=" Wren ", family_name="Hollis", credentials="LCSW", started_on=FROM,
        is_clinician=True,
    )  # fmt: skip
    with gate.store.reading() as read:
        row = read.get_one(Staff, added.staff_id)
        assert (row.details.shown_name, row.is_clinician, row.started_on) == ("Wren Hollis, LCSW", True, FROM)
        assert read.scalars(select(User)).all() == []


def test_a_name_is_needed_and_a_role_that_may_ask(gate: Gate, now: datetime, manager: Actor, biller: Actor) -> None:
    with pytest.raises(DetailsUnclear) as told:
        add_staff_member(gate, manager, now=now, given_name="", family_name="?", started_on=date(1900, 1, 1))
    assert set(told.value.fields) == {"given_name", "family_name", "started_on"}
    with pytest.raises(NotAllowed):
        add_staff_member(gate, biller, now=now, given_name="Wren", family_name="Hollis", started_on=FROM)
