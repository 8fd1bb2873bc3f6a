"""Every route of the portal as every kind of person: nothing of anybody else's, nothing changed by reading."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import select

from tests.factories.portal import invited
from tests.factories.proxies import child, in_force, proxy_of
from tests.factories.small_practice import ADA, FERN, MOSS, events, every_row, people, put, visit
from tests.portal.site import PortalEdge, fields, sent
from tests.web.edge import Clock, run
from workbench.actions.billing.set_missed_terms import set_missed_terms
from workbench.actions.people.end_proxy_link import end_proxy_link
from workbench.gate import policy
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.permissions import Permission
from workbench.kernel.settings import Settings
from workbench.people.tables import Patient, PatientDetails
from workbench.portal.routes import PAGES, portal_routes
from workbench.scheduling.tables import AppointmentType, Attendance

pytestmark = pytest.mark.engines("sqlcipher")
GETS = tuple(re.sub(r"\(.*?\)", "of_nothing", page.path) for page in PAGES)
"""Each address; where it names a record, one that is not there."""
CANCEL = "/portal/appointments/cancel"
CANARY = "Zanzibara"


@pytest.fixture
def edge(gate: Gate, settings: Settings, now: datetime) -> Iterator[PortalEdge]:
    running = PortalEdge(gate, dataclasses.replace(settings, port=0), Clock(now))
    stop = run(running)
    yield running
    stop()


def a_stranger(gate: Gate, now: datetime) -> None:
    """Somebody else in care, with an appointment of a kind nobody else has and a name like no other."""
    put(gate.store, [AppointmentType(id="aty_canary", name=f"{CANARY} hour", minutes=50)])
    details = PatientDetails(CANARY, CANARY, now.date() - timedelta(days=9000), email=f"{CANARY}@example.test")
    put(gate.store, [Patient(id="pat_canary", number=1999, registered_at=now, details=details)])
    visit(gate.store, 90, now + timedelta(days=3), patient_id="pat_canary", clinician_id="stf_ben")
    visit(gate.store, 91, now + timedelta(days=4), patient_id=FERN)
    put(gate.store, [Attendance(id="att_both", appointment_id="apt_91", patient_id="pat_canary")])


def test_no_route_shows_anybody_a_byte_of_anybody_elses(edge: PortalEdge, gate: Gate, now: datetime) -> None:
    a_stranger(gate, now)
    patient = child(gate, now)
    parent = proxy_of(gate, in_force(gate, now, patient)).person_id
    for who in (FERN, MOSS, patient, parent):
        client = edge.browser_of(who)
        for path in (*GETS, f"{CANCEL}?id=att_90", f"{CANCEL}?id=att_both", "/portal/looked?all=1", "/portal/join"):
            for language in ("en", "es"):
                answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
                # Some addresses only take a form: asked for as pages they say so, and nothing else.
                assert answer.status in (200, 303, 404, 405), (who, path, answer.status)
                assert CANARY not in answer.text
                assert "pat_canary" not in answer.text
                assert answer.header("Cache-Control") == "no-store"
                assert "script-src 'self';" in answer.header("Content-Security-Policy")
        page = client.get("/portal")
        for wrong in ({"id": "att_90", "fee": "0"}, {"id": "att_both", "fee": "0"}):
            form = {**fields(page, "/portal/language"), "whom": who, **wrong}
            assert sent(client, CANCEL, form).status == 404
        form = {**fields(page, "/portal/language"), "id": "att_90", "fee": "0", "whom": "pat_canary"}
        assert sent(client, CANCEL, form).status == 404
        assert sent(client, "/portal/whom", {**form, "patient_id": "pat_canary"}).status == 404


def test_reading_changes_nothing_and_a_form_without_its_token_neither(edge: PortalEdge, gate: Gate) -> None:
    visit(gate.store, 1, edge.clock() + timedelta(days=3))
    invitation = invited(gate, edge.clock(), MOSS, email="moss@example.test")
    client = edge.browser_of(FERN)
    client.get("/portal")
    edge.settle()
    before = every_row(gate.store)
    for path in (*GETS, f"{CANCEL}?id=att_1", "/portal/language", f"/portal/join?code={invitation.code}"):
        client.get(path)
    form = {"id": "att_1", "fee": "0", "key": "k" * 20, "whom": FERN}
    assert sent(client, CANCEL, {**form, "_xsrf": "made up"}).status == 403
    assert sent(client, CANCEL, form).status == 403
    edge.settle()
    after = every_row(gate.store)
    assert {name for name in after if after[name] != before[name]} <= {"sessions"}


def test_who_is_not_in_care_sees_none_of_it(edge: PortalEdge, gate: Gate) -> None:
    edge.add("dee", Role.FRONT_DESK)
    staff, nobody = edge.client("dee"), edge.client()
    for path in GETS:
        told = staff.get(path)
        assert told.status == 403
        assert "for people in care" in told.text
        answer = nobody.get(path)
        assert (answer.status, answer.header("Location").partition("?")[0]) == (303, "/sign-in")


def test_signing_in_leads_each_to_their_own_site_and_staff_to_where_they_were_going(edge: PortalEdge) -> None:
    edge.add("dee", Role.FRONT_DESK)
    for client, asked, lands in (
        (edge.client("dee"), "/other/deep?x=1", "/other/deep?x=1"),
        (edge.browser_of(FERN), "/other/deep", "/portal"),
        (edge.browser_of(FERN), "/portal/looked", "/portal/looked"),
    ):
        assert client.get("/sign-in?next=" + quote(asked, safe="")).header("Location") == lands


def test_cancelling_once_with_what_it_costs_told_and_the_form_sent_twice(edge: PortalEdge, gate: Gate) -> None:
    visit(gate.store, 1, edge.clock() + timedelta(hours=25))
    client = edge.browser_of(FERN)
    page = client.get(f"{CANCEL}?id=att_1")
    assert "it costs nothing" in page.text
    form = fields(page, CANCEL)
    first, again = sent(client, CANCEL, form), sent(client, CANCEL, form)
    assert (first.status, again.status) == (303, 303)
    assert first.header("Location") == again.header("Location")
    assert events(gate.store).count(("appointment.cancelled", "done")) == 1
    told = client.get(first.header("Location"))
    assert "The appointment is cancelled." in told.text
    with gate.store.reading() as session:
        assert session.scalar(select(Attendance.status)) == "cancelled"


def test_what_became_late_since_the_question_is_asked_again(edge: PortalEdge, gate: Gate, now: datetime) -> None:
    set_missed_terms(gate, people().manager, now=now, notice_hours=24, late_cents=6_000, no_show_cents=9_000)
    visit(gate.store, 1, edge.clock() + timedelta(hours=24, minutes=5))
    client = edge.browser_of(FERN)
    form = fields(client.get(f"{CANCEL}?id=att_1"), CANCEL)
    edge.clock.forward(seconds=600)
    asked = sent(client, CANCEL, form)
    assert asked.status == 409
    assert "$60.00" in asked.text
    done = sent(client, CANCEL, fields(asked, CANCEL))
    assert done.header("Location").endswith("appointments.cancelled_late")


def test_a_proxy_looks_at_one_person_at_a_time_until_their_link_ends(edge: PortalEdge, gate: Gate) -> None:
    now = edge.clock()
    wren = child(gate, now)
    link = in_force(gate, now, wren)
    proxy = proxy_of(gate, link).person_id
    client = edge.browser_of(proxy)
    home = client.get("/portal")
    assert "Wren Alder" in home.text
    assert "Hello, Rowan" in home.text
    assert client.get("/portal/looked").status == 200
    end_proxy_link(gate, people().desk, link, now=now)
    gone = client.get("/portal")
    assert "There is no record to show" in gone.text
    assert "Wren" not in gone.text


def test_what_a_link_does_not_open_is_not_offered_and_not_found(edge: PortalEdge, gate: Gate) -> None:
    wren = child(gate, edge.clock())
    client = edge.browser_of(proxy_of(gate, in_force(gate, edge.clock(), wren, scopes=("messages",))).person_id)
    assert "/portal/looked" not in client.get("/portal").text
    refused = client.get("/portal/looked")
    assert refused.status == 404
    assert "is not open to you" in refused.text


def test_what_needs_a_fresh_factor_leads_to_showing_it(
    edge: PortalEdge, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "NEEDS_FRESH_FACTOR", frozenset({Permission.SEE_OWN_BALANCE}))
    client = edge.browser_of(FERN)
    assert client.get("/portal").status == 200
    edge.clock.forward(seconds=600)
    assert client.get("/portal").header("Location") == "/session/step-up?next=%2Fportal"


def test_two_children_of_one_parent_are_never_mixed_up(edge: PortalEdge, gate: Gate) -> None:
    now = edge.clock()
    wren, lark = child(gate, now), child(gate, now, given_name="Lark")
    proxy = proxy_of(gate, in_force(gate, now, wren)).person_id
    in_force(gate, now, lark, proxy_id=proxy)
    visit(gate.store, 1, now + timedelta(days=3), patient_id=wren)
    client = edge.browser_of(proxy)
    page = client.get("/portal")
    assert "Switch to Wren" in page.text
    sent(client, "/portal/whom", {**fields(page, "/portal/whom"), "patient_id": wren})
    form = fields(client.get(f"{CANCEL}?id=att_1"), CANCEL)
    assert form["whom"] == wren
    sent(client, "/portal/whom", {**fields(page, "/portal/whom"), "patient_id": lark})
    assert "Switch to Wren" in client.get("/portal").text
    assert client.get(f"{CANCEL}?id=att_1").status == 404
    assert sent(client, CANCEL, form).status == 303
    assert client.get("/portal/appointments?done=appointments.cancelled").text.count("<article") == 0


def test_spanish_is_whole_and_kept(edge: PortalEdge, gate: Gate) -> None:
    visit(gate.store, 1, edge.clock() + timedelta(days=3), clinician_id=ADA)
    client = edge.browser_of(FERN)
    form = {**fields(client.get("/portal/appointments"), "/portal/language"), "language": "es"}
    assert sent(client, "/portal/language", form).header("Location") == "/portal/appointments"
    spanish = client.get("/portal/appointments")
    assert spanish.header("Content-Language") == "es"
    assert '<html lang="es">' in spanish.text
    assert re.search(r"jueves, 12 de marzo de 2026<br><span>10:00.a\..m\.", spanish.text)


def test_every_route_is_in_the_list(edge: PortalEdge) -> None:
    listed = {path for path, *_ in portal_routes(None, None)}  # type: ignore[arg-type]
    assert {page.path for page in PAGES} < listed
    assert {path for path in listed if not path.startswith("/portal")} == set()
