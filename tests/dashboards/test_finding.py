"""Finding a time from the calendar, and saying whom a clinician takes beside their hours."""

from collections.abc import Callable
from datetime import datetime

import pytest

from dashboards.pages.calendar import CalendarPage
from dashboards.pages.hours import HoursPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import ADA, BEN, FERN, INDIVIDUAL, open_practice, people, put
from workbench.claims.tables import Payer
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.people.profile_rules import ProfileUnclear
from workbench.people.tables import Staff

pytestmark = pytest.mark.engines("sqlcipher")
Opens = Callable[[Actor, str], Page]
SPANISH = {"id": ADA, "languages": ("es", "en"), "state_0": "nj", "until_0": "2027-01-31", "payers": ("pyr_a",)}


@pytest.fixture
def opened(gate: Gate, now: datetime) -> Opens:
    open_practice(gate.store, now)
    put(gate.store, [Payer(id="pyr_a", name="Alder Mutual", payer_number="A1")])
    with gate.store.writing() as session:
        session.get_one(Staff, "stf_supervisor").is_clinician = False
        session.commit()

    return lambda who, path: pages.opened(gate, who, now, path)


def test_a_time_is_found_by_what_is_needed_and_booked(opened: Opens) -> None:
    hours = opened(people().manager, "/hours")
    assert isinstance(send(hours, "takes", id=ADA), Ask)
    assert isinstance(send(hours, "take", **SPANISH), Done)
    send(hours, "take", id=BEN, languages=("en",))
    page = opened(people().desk, "/schedule")
    assert isinstance(page, CalendarPage)
    assert "Find a time" in page.render()
    first = send(page, "find")
    assert isinstance(first, Ask)
    for word in ("Spanish", "Alder Mutual", "Mon, Mar 9, 10:15 am", "Ben Alder"):
        assert word in first.html
    asked = send(page, "find_change", type_id=INDIVIDUAL, language="es", place="video", state="nj", payer_id="pyr_a",
                 weekdays=("2", "9"), from_at="13:00", until_at="15:00", from_on="2026-03-1")  # fmt: skip
    assert isinstance(asked, Ask)
    assert [f"{slot.clinician_id} {slot.starts_at:%a %H}" for slot in page.search.found.values()][:2] == [
        f"{ADA} Wed 17", f"{ADA} Wed 18",
    ]  # fmt: skip
    assert "Ben Alder" not in asked.html.partition("Free times")[2]
    assert {slot.location_id for slot in page.search.found.values()} == {"loc_video"}
    booking = send(page, "find_take", at="1")
    assert isinstance(booking, Ask)
    assert (page.chosen.location_id, page.chosen.at) == ("loc_video", "14:00")
    page.chosen.patient_id = FERN
    done = send(
        page, "book", type_id=INDIVIDUAL, clinician_id=ADA, location_id="loc_video", on="2026-03-11", at="14:00"
    )
    assert done == Done("Booked for Wed, Mar 11, 2026, 2:00 pm. No consent to telehealth is on file.", "warn")


def test_nothing_fits_is_said_with_what_to_do(opened: Opens) -> None:
    page = opened(people().desk, "/schedule")
    send(page, "find")
    asked = send(page, "find_change", type_id=INDIVIDUAL, from_at="23:00", place="any", from_on="")
    assert isinstance(asked, Ask)
    assert "put them on the waitlist" in asked.html
    assert isinstance(send(page, "find_take", at="7"), Ask)


def test_what_is_said_of_a_clinician_stands_beside_their_hours(opened: Opens) -> None:
    page = opened(people().manager, "/hours")
    send(page, "take", **SPANISH)
    page.load()
    assert "English, Spanish · NJ · 1 plan" in page.render()
    form = send(page, "takes", id=ADA)
    assert isinstance(form, Ask)
    assert 'value="2027-01-31"' in form.html
    assert isinstance(send(page, "takes", id="stf_nobody"), Done)


@pytest.mark.parametrize(("wrong", "error"), [
    ({"state_1": "NJ", "until_1": "2027-01-31"}, FieldProblem), ({"state_1": "NY"}, FieldProblem),
    ({"state_1": "XX", "until_1": "2027-01-31"}, ProfileUnclear), ({"languages": ("xx",)}, ProfileUnclear),
])  # fmt: skip
def test_what_is_wrong_with_it_is_told(opened: Opens, wrong: dict[str, str], error: type[Exception]) -> None:
    page = opened(people().manager, "/hours")
    with pytest.raises(error):
        send(page, "take", **(SPANISH | wrong))  # type: ignore[arg-type]


def test_the_desk_sets_hours_and_says_nothing_of_licences(opened: Opens) -> None:
    page = opened(people().desk, "/hours")
    assert isinstance(page, HoursPage)
    assert "Takes…" not in page.render()
    assert isinstance(send(page, "takes", id=ADA), Done)
