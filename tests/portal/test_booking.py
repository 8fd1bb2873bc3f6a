"""Booking, moving and waiting in the portal: what is offered, what it means, the race, the form sent twice."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import select

from tests.actions.scheduling.own import OPEN
from tests.factories.portal import in_care
from tests.factories.proxies import child, in_force, proxy_of
from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, MOSS, OFFICE, People, put, visit
from tests.portal.site import PortalEdge, fields, sent
from tests.web.edge import Answer, Clock, run
from workbench.actions.billing.set_missed_terms import set_missed_terms
from workbench.actions.scheduling.decline_request import decline_request
from workbench.actions.scheduling.offer_time import offer_time
from workbench.actions.scheduling.set_self_booking import set_self_booking
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.gate.relations import CareTeamMember
from workbench.kernel.settings import Settings
from workbench.scheduling.own_tables import OwnBooking
from workbench.scheduling.self_booking import How, Rule, Whom
from workbench.scheduling.tables import Appointment, Attendance
from workbench.scheduling.waitlist_tables import WaitlistEntry
from workbench.screens.own_appointments import own_appointments
from workbench.screens.own_times import own_move_times, own_services, own_slots
from workbench.screens.own_waitlist import own_waitlist

pytestmark = pytest.mark.engines("sqlcipher")
CONFIRM, MOVE, WAITLIST = "/portal/book/confirm", "/portal/appointments/move", "/portal/waitlist"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def edge(gate: Gate, settings: Settings, now: datetime) -> Iterator[PortalEdge]:
    running = PortalEdge(gate, dataclasses.replace(settings, port=0), Clock(now))
    stop = run(running)
    yield running
    stop()


@pytest.fixture(autouse=True)
def opened(gate: Gate, people: People, now: datetime) -> None:
    """Individual sessions are asked for, by whoever is in care."""
    rule(gate, people, now, OPEN)


def rule(gate: Gate, people: People, now: datetime, said: Rule) -> None:
    set_self_booking(gate, people.manager, INDIVIDUAL, now=now, rule=said)


def links(page: Answer, path: str) -> list[str]:
    """The addresses of a page that lead there, in order."""
    return [unescape(one) for one in re.findall(rf'href="({re.escape(path)}\?[^"]*)"', page.text)]


def test_from_the_service_to_the_request_and_the_answer(edge: PortalEdge, gate: Gate, people: People) -> None:
    client = edge.browser_of(FERN)
    services = client.get("/portal/book")
    assert "Individual" in services.text
    assert "Intake" not in services.text
    times = client.get(f"/portal/book?type={INDIVIDUAL}&place=office")
    question = client.get(links(times, CONFIRM)[0])
    assert "The time is held for you" in question.text
    form = fields(question, CONFIRM)
    first, again = sent(client, CONFIRM, form), sent(client, CONFIRM, form)
    assert first.header("Location") == again.header("Location") == "/portal/appointments?done=book.requested"
    told = client.get(first.header("Location")).text
    assert "Asked for" in told
    assert "The practice answers by Monday, March 9, 2026" in told
    with gate.store.reading() as read:
        booking = read.scalars(select(OwnBooking)).one()
    decline_request(gate, people.desk, booking.id, now=edge.clock(), why="other_service")
    assert "suggests another kind" in client.get("/portal/appointments").text
    assert "otro tipo de cita" in client.get("/portal/appointments?lang=es").text


def test_the_one_who_is_slower_is_told_kindly_in_their_language(edge: PortalEdge) -> None:
    fern, moss = edge.browser_of(FERN), edge.browser_of(MOSS)
    link = links(fern.get(f"/portal/book?type={INDIVIDUAL}&place=office"), CONFIRM)[0]
    form = fields(moss.get(link), CONFIRM)
    assert sent(fern, CONFIRM, fields(fern.get(link), CONFIRM)).status == 303
    late = sent(moss, f"{CONFIRM}?lang=es", form)
    assert late.status == 409
    assert "Esta hora ya no está libre" in late.text
    assert f"/portal/book?type={INDIVIDUAL}" in late.text
    assert moss.get(link).status == 303


def test_an_address_that_somebody_typed_holds_nothing(edge: PortalEdge) -> None:
    client = edge.browser_of(FERN)
    for typed in ("at=x", f"type={INDIVIDUAL}&who={ADA}&where={OFFICE}&at=99999999999", f"type={INDIVIDUAL}&at=1"):
        assert client.get(f"{CONFIRM}?{typed}").status == 303
    for day in ("1-1-1", "0001-01-01", "9999-12-31"):
        assert client.get(f"/portal/book?type={INDIVIDUAL}&from={day}&place=moon").status == 200
    key = fields(client.get("/portal/appointments"), "/portal/language")
    assert sent(client, CONFIRM, {**key, "type": INDIVIDUAL, "who": ADA, "where": OFFICE, "at": "soon"}).status == 303


def test_moving_late_tells_what_it_costs_before(edge: PortalEdge, gate: Gate, people: People, now: datetime) -> None:
    set_missed_terms(gate, people.manager, now=now, notice_hours=24, late_cents=6_000, no_show_cents=9_000)
    visit(gate.store, 1, now + 24 * HOUR + timedelta(minutes=5))
    client = edge.browser_of(FERN)
    times = client.get(links(client.get("/portal/appointments"), MOVE)[0])
    form = fields(client.get(links(times, f"{MOVE}/confirm")[-1]), f"{MOVE}/confirm")
    edge.clock.forward(seconds=600)
    asked = sent(client, f"{MOVE}/confirm", form)
    assert asked.status == 409
    assert "$60.00" in asked.text
    done = sent(client, f"{MOVE}/confirm", fields(asked, f"{MOVE}/confirm"))
    assert done.header("Location").endswith("move.moved_late")


def test_moving_in_time_is_the_same_appointment(edge: PortalEdge, gate: Gate, now: datetime) -> None:
    visit(gate.store, 1, now + 3 * DAY)
    client = edge.browser_of(FERN)
    times = client.get(f"{MOVE}?id=att_1")
    question = client.get(links(times, f"{MOVE}/confirm")[-1])
    assert "it costs nothing" in question.text
    assert sent(client, f"{MOVE}/confirm", fields(question, f"{MOVE}/confirm")).status == 303
    with gate.store.reading() as read:
        assert read.get_one(Appointment, "apt_1").starts_at != now + 3 * DAY
    assert edge.browser_of(MOSS).get(f"{MOVE}?id=att_1").status == 404
    assert client.get(f"{MOVE}/confirm?id=att_1&at=never").status == 404


def test_joining_an_offer_on_the_first_page_yes_and_no(
    edge: PortalEdge, gate: Gate, people: People, now: datetime
) -> None:
    client = edge.browser_of(FERN)
    form = fields(client.get(WAITLIST), WAITLIST)
    wish = {**form, "do": "join", "type": INDIVIDUAL, "who": "", "place": "any", "part": "any", "days": "2"}
    assert sent(client, WAITLIST, {**wish, "days": ""}).status == 409
    wish["key"] = f"{form['key']}again"
    assert sent(client, WAITLIST, wish).status == 303
    with gate.store.reading() as read:
        entry = read.scalars(select(WaitlistEntry)).one().id
    offers = [
        offer_time(gate, people.desk, entry, now=now, clinician_id=ADA, location_id=OFFICE,
                   starts_at=now + 2 * DAY + hours * HOUR, within=4 * HOUR).offer_id
        for hours in (0, 1)
    ]  # fmt: skip
    assert "Answer the times that are offered to you: 2" in client.get("/portal").text
    page = client.get(WAITLIST)
    assert "Answer by Monday, March 9, 2026" in page.text
    base = fields(page, WAITLIST)
    no = sent(client, WAITLIST, {**base, "do": "decline", "id": offers[1]})
    assert no.header("Location").endswith("waitlist.declined")
    moss = edge.browser_of(MOSS)
    theirs = {**fields(moss.get("/portal"), "/portal/language"), "do": "accept", "id": offers[0], "key": "k" * 20}
    assert sent(moss, WAITLIST, theirs).status in (404, 409)
    yes = sent(client, WAITLIST, {**base, "do": "accept", "id": offers[0], "key": "y" * 20})
    assert yes.header("Location").endswith("waitlist.accepted")
    with gate.store.reading() as read:
        assert read.scalars(select(Attendance.status)).one() == "booked"


def test_leaving_the_list_and_what_is_not_opened(edge: PortalEdge, gate: Gate, people: People, now: datetime) -> None:
    client = edge.browser_of(FERN)
    wish = {**fields(client.get(WAITLIST), WAITLIST), "do": "join", "type": INDIVIDUAL, "days": "1"}
    sent(client, WAITLIST, wish)
    entry = own_waitlist(gate, in_care(), FERN, now=now).waits[0].entry_id
    left = sent(client, WAITLIST, {**wish, "do": "leave", "id": entry, "key": "l" * 20})
    assert left.header("Location").endswith("waitlist.left")
    rule(gate, people, now, Rule(How.OFF))
    assert sent(client, WAITLIST, {**wish, "key": "o" * 20}).status == 409
    assert sent(client, WAITLIST, {**wish, "do": "dance", "key": "d" * 20}).status == 404


def test_nobody_reads_anothers(gate: Gate, people: People, now: datetime) -> None:
    visit(gate.store, 1, now + 3 * DAY)
    for actor in (in_care(MOSS), people.desk, people.ada):
        for read in (own_services, own_waitlist):
            with pytest.raises(NotFound):
                read(gate, actor, FERN, now=now)
        with pytest.raises(NotFound):
            own_slots(gate, actor, FERN, now=now, type_id=INDIVIDUAL, place="any")
        with pytest.raises(NotFound):
            own_move_times(gate, actor, "att_1", now=now)


def test_a_proxy_books_for_whom_they_stand_in(gate: Gate, people: People, now: datetime) -> None:
    wren = child(gate, now)
    put(gate.store, [CareTeamMember(patient_id=wren, staff_id=ADA, from_on=now.date(), is_primary=True)])
    proxy = proxy_of(gate, in_force(gate, now, wren, scopes=("messages",)))
    assert [one.name for one in own_services(gate, proxy, wren, now=now)] == ["Individual"]
    rule(gate, people, now, dataclasses.replace(OPEN, whom=Whom.RETURNING))
    assert own_services(gate, proxy, wren, now=now) == ()


def test_the_first_times_stand_whole_days_and_what_cannot_move_is_not_offered(
    gate: Gate, people: People, now: datetime
) -> None:
    found = own_slots(gate, in_care(), FERN, now=now, type_id=INDIVIDUAL, place="office")
    assert found.slots[0].starts_at >= now + 24 * HOUR
    assert found.later_on is not None
    later = own_slots(gate, in_care(), FERN, now=now, type_id=INDIVIDUAL, place="office", from_on=found.later_on)
    assert found.slots[-1].starts_at < later.slots[0].starts_at
    assert {one.starts_at for one in found.slots}.isdisjoint(one.starts_at for one in later.slots)
    assert own_slots(gate, in_care(), FERN, now=now, type_id="aty_intake", place="office").slots == ()
    visit(gate.store, 1, now + 3 * DAY)
    put(gate.store, [Attendance(id="att_both", appointment_id="apt_1", patient_id=MOSS)])
    assert not own_appointments(gate, in_care(), FERN, now=now).coming[0].can_move
    assert own_move_times(gate, in_care(), "att_1", now=now).slots == ()
