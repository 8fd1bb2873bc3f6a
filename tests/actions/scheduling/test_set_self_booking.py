"""What may be booked by oneself: said by who says what is offered, kept with everything said before."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from tests.actions.scheduling.own import OPEN
from tests.factories.small_practice import ADA, INDIVIDUAL, OLD_TYPE, People, events, every_row
from workbench.actions.scheduling.add_appointment_type import add_appointment_type
from workbench.actions.scheduling.set_self_booking import set_self_booking
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.people.rules import ClinicianGone
from workbench.scheduling.own_tables import SelfBookingRule, SelfBookingStaff
from workbench.scheduling.rules import TypeRetired
from workbench.scheduling.self_booking import How, Rule, RuleWrong, SeenBy


def test_the_last_rule_holds_and_the_others_stay(gate: Gate, people: People, now: datetime) -> None:
    named = replace(OPEN, seen_by=SeenBy.NAMED, staff_ids=frozenset({ADA}))
    for rule in (OPEN, named):
        set_self_booking(gate, people.manager, INDIVIDUAL, now=now, rule=rule)
    with gate.store.reading() as read:
        assert read.scalars(select(SelfBookingRule.nth).order_by(SelfBookingRule.nth)).all() == [1, 2]
        assert read.scalars(select(SelfBookingStaff.staff_id)).all() == [ADA]
    assert events(gate.store) == [("self_booking.set", "done")] * 2


def test_what_takes_the_place_of_a_kind_keeps_its_rule(gate: Gate, people: People, now: datetime) -> None:
    set_self_booking(gate, people.manager, INDIVIDUAL, now=now, rule=OPEN)
    new = add_appointment_type(gate, people.manager, now=now, name="Individual", minutes=45, instead_of=INDIVIDUAL)
    with gate.store.reading() as read:
        rule = read.scalars(select(SelfBookingRule).where(SelfBookingRule.type_id == new.type_id)).one()
    assert (rule.how, rule.may_move) == ("request", True)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Rule(notice_hours=-1), "notice_hours"),
        (Rule(notice_hours=24, ahead_days=1), "notice_hours"),
        (Rule(ahead_days=366), "ahead_days"),
        (Rule(most_open=0), "most_open"),
        (Rule(answer_hours=81), "answer_hours"),
        (Rule(seen_by=SeenBy.NAMED), "staff_ids"),
        (Rule(staff_ids=frozenset({ADA})), "staff_ids"),
    ],
)
def test_a_rule_nothing_could_be_booked_by(gate: Gate, people: People, now: datetime, rule: Rule, field: str) -> None:
    before = every_row(gate.store)
    with pytest.raises(RuleWrong) as refused:
        set_self_booking(gate, people.manager, INDIVIDUAL, now=now, rule=rule)
    assert list(refused.value.fields) == [field]
    assert every_row(gate.store) == before


def test_a_kind_that_is_retired_and_a_clinician_who_left(gate: Gate, people: People, now: datetime) -> None:
    with pytest.raises(TypeRetired):
        set_self_booking(gate, people.manager, OLD_TYPE, now=now, rule=OPEN)
    gone = Rule(How.INSTANT, seen_by=SeenBy.NAMED, staff_ids=frozenset({"stf_gone"}))
    with pytest.raises(ClinicianGone):
        set_self_booking(gate, people.manager, INDIVIDUAL, now=now, rule=gone)


def test_others_do_not_say_it(gate: Gate, people: People, now: datetime) -> None:
    for actor in (people.desk, people.ada, people.biller):
        with pytest.raises((NotFound, WorkbenchError)):
            set_self_booking(gate, actor, INDIVIDUAL, now=now, rule=OPEN)
