"""Kinds of appointments: offered under a name of their own, changed by a new one, what was booked stays."""

from datetime import datetime, timedelta

import pytest

from dashboards.appointment_type_desk import add_appointment_types
from dashboards.pages.appointment_types import AppointmentTypesPage
from dashboards.parts.replies import Ask, Done
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, INTAKE, OFFICE, People, events
from workbench.actions.scheduling.add_appointment_type import NothingDifferent, TypeThere, add_appointment_type
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.actions.scheduling.retire_appointment_type import LastType, retire_appointment_type
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.types import TypeWrong
from workbench.screens.appointment_types import TypeShown, appointment_types
from workbench.screens.booking_choices import booking_choices
from workbench.store.engine import Store


def on_offer(gate: Gate, people: People, now: datetime) -> dict[str, TypeShown]:
    return {one.name: one for one in appointment_types(gate, people.manager, now=now)}


def test_it_can_be_booked_from_now_on(gate: Gate, store: Store, people: People, now: datetime) -> None:
    done = add_appointment_type(
        gate, people.manager, now=now, name="  Couple   session ", minutes=80, service_code="h0004"
    )
    assert events(store)[-1] == ("appointment_type.added", "done")
    found = on_offer(gate, people, now)["Couple session"]
    assert (found.minutes, found.service_code, found.to_come) == (80, "H0004", 0)
    assert done.type_id in [one.type_id for one in booking_choices(gate, people.desk, now=now).types]


def test_a_changed_one_takes_the_place_of_the_old_and_what_was_booked_stays(
    gate: Gate, people: People, now: datetime
) -> None:
    book_appointment(
        gate, people.desk, FERN, now=now, clinician_id=ADA, type_id=INDIVIDUAL, location_id=OFFICE,
        starts_at=now + timedelta(hours=2),
    )  # fmt: skip
    (name,) = [one.name for one in on_offer(gate, people, now).values() if one.type_id == INDIVIDUAL]
    assert on_offer(gate, people, now)[name].to_come == 1
    add_appointment_type(gate, people.manager, now=now, name=name, minutes=45, instead_of=INDIVIDUAL)
    found = on_offer(gate, people, now)[name]
    assert (found.minutes, found.to_come, found.type_id != INDIVIDUAL) == (45, 0, True)
    with pytest.raises(WorkbenchError):
        book_appointment(
            gate, people.desk, FERN, now=now, clinician_id=ADA, type_id=INDIVIDUAL, location_id=OFFICE,
            starts_at=now + timedelta(hours=5),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "minutes", "code", "field"),
    [("", 50, "", "name"), ("x" * 61, 50, "", "name"), ("A", 0, "", "minutes"), ("A", 481, "", "minutes"),
     ("A", 52, "", "minutes"), ("A", 50, "9083", "service_code"), ("A", 50, "90 34", "service_code"),
     ("A", 50, "九0834", "service_code")],
)  # fmt: skip
def test_what_cannot_be_offered_is_told_by_its_field(
    gate: Gate, people: People, now: datetime, name: str, minutes: int, code: str, field: str
) -> None:
    before = on_offer(gate, people, now)
    with pytest.raises(TypeWrong) as refused:
        add_appointment_type(gate, people.manager, now=now, name=name, minutes=minutes, service_code=code)
    assert set(refused.value.fields) == {field}
    assert on_offer(gate, people, now) == before


def test_two_have_not_the_same_name_and_nothing_is_changed_for_nothing(
    gate: Gate, people: People, now: datetime
) -> None:
    old = on_offer(gate, people, now)
    name, one = next(iter(old.items()))
    with pytest.raises(TypeThere):
        add_appointment_type(gate, people.manager, now=now, name=name.upper(), minutes=50)
    with pytest.raises(NothingDifferent):
        add_appointment_type(
            gate, people.manager, now=now, name=name, minutes=one.minutes, service_code=one.service_code,
            instead_of=one.type_id,
        )  # fmt: skip
    with pytest.raises(NotFound):
        add_appointment_type(gate, people.manager, now=now, name="Another", minutes=50, instead_of="aty_nobody")
    assert on_offer(gate, people, now) == old


def test_only_who_leads_the_practice_says_what_it_offers(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ada, people.desk, people.biller, people.supervisor, people.it, people.compliance):
        with pytest.raises(NotAllowed):
            add_appointment_type(gate, who, now=now, name="Another", minutes=50)
        with pytest.raises(NotAllowed):
            appointment_types(gate, who, now=now)


@pytest.mark.engines("sqlcipher")
def test_the_page_offers_changes_and_retires(gate: Gate, people: People, now: datetime) -> None:
    page = pages.opened(gate, people.manager, now, "/appointment-types", add_appointment_types)
    assert isinstance(page, AppointmentTypesPage)
    assert isinstance(send(page, "new"), Ask)
    asked = send(page, "new", id=INTAKE)
    assert isinstance(asked, Ask)
    assert "keeps its length" in asked.html
    assert isinstance(send(page, "add", name="Longer intake", minutes="90", service_code="90791", id=INTAKE), Done)
    page.load()
    drawn = page.render()
    assert "Longer intake" in drawn
    assert isinstance(send(page, "ask_retire", id=INDIVIDUAL), Ask)
    assert isinstance(send(page, "ask_retire", id=INTAKE), Done)
    for one in page.shown:
        done = send(page, "retire", id=one.type_id)
        assert isinstance(done, Done)
    assert (done.toast, done.tone) == (str(LastType()), "warn")


def test_retired_twice_it_stays_as_it_is(gate: Gate, people: People, now: datetime) -> None:
    for _ in range(2):
        retire_appointment_type(gate, people.manager, INTAKE, now=now)
    assert INTAKE not in [one.type_id for one in on_offer(gate, people, now).values()]
