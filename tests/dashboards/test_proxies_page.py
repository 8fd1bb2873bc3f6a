"""Proxies on a patient's file and on the page of who decides."""

from datetime import datetime, timedelta

import pytest

from dashboards.pages.patient import PatientPage
from dashboards.pages.proxies import ProxiesPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done
from dashboards.proxy_desk import add_proxies
from tests.dashboards.pages import desk, opened, send
from tests.factories.proxies import asked, child, in_force
from tests.factories.small_practice import FERN, open_practice, people
from workbench.gate.action import Gate
from workbench.people.proxy_rules import AnotherDecides, ProxyUnclear

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()
GOOD = {
    "given_name": "Rowan", "family_name": "Alder", "basis": "parent", "scopes": ("chart", "record"),
    "until_on": "2030-01-01", "seen": "Birth certificate",
}  # fmt: skip


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)


def file(gate: Gate, now: datetime, patient_id: str, who: object = WHO.desk) -> PatientPage:
    page = opened(gate, who, now, f"/patients/{patient_id}")  # type: ignore[arg-type]
    assert isinstance(page, PatientPage)
    return page


def decider(gate: Gate, now: datetime) -> ProxiesPage:
    page = opened(gate, WHO.compliance, now, "/proxies", add_proxies)
    assert isinstance(page, ProxiesPage)
    return page


def test_one_asks_from_the_file_and_another_decides(gate: Gate, now: datetime) -> None:
    wren = child(gate, now)
    assert "Nobody stands in for anybody" in decider(gate, now).render()
    page = file(gate, now, wren)
    form = send(page, "ask_proxy")
    assert isinstance(form, Ask)
    assert "Parent" in form.html
    assert isinstance(send(page, "proxy", **GOOD), Done)
    page = file(gate, now, wren)
    assert "Waits for approval" in page.render()
    waiting = decider(gate, now)
    assert "Decide…" in waiting.render()
    link_id = waiting.shown[0].link_id
    shown = send(waiting, "open", id=link_id)
    assert isinstance(shown, Ask)
    assert all(word in shown.html for word in ("Wren Alder", "Birth certificate", "Notes and documents"))
    assert isinstance(send(waiting, "decide", id=link_id, answer="yes"), Done)
    assert "Decide…" not in decider(gate, now).render()
    page = file(gate, now, wren)
    assert "In force" in page.render()
    assert isinstance(send(page, "ask_end_proxy", id=link_id), Ask)
    assert isinstance(send(page, "end_proxy", id=link_id), Done)
    assert "End…" not in file(gate, now, wren).render()


def test_what_waits_stands_before_what_is_newer_and_decided(gate: Gate, now: datetime) -> None:
    wren = child(gate, now)
    waiting = asked(gate, now, wren)
    newer = in_force(gate, now + timedelta(hours=1), wren, given_name="Sam")
    assert [one.link_id for one in decider(gate, now + timedelta(hours=2)).shown] == [waiting, newer]


def test_it_can_be_refused(gate: Gate, now: datetime) -> None:
    wren = child(gate, now)
    send(file(gate, now, wren), "proxy", **GOOD)
    page = decider(gate, now)
    done = send(page, "decide", id=page.shown[0].link_id, answer="no")
    assert isinstance(done, Done)
    assert "Refused" in decider(gate, now).render()


def test_an_adult_has_no_parent_to_choose(gate: Gate, now: datetime) -> None:
    form = send(file(gate, now, FERN), "ask_proxy")
    assert isinstance(form, Ask)
    assert 'value="parent"' not in form.html
    assert 'value="patients_wish"' in form.html


def test_what_is_wrong_stands_at_its_field(gate: Gate, now: datetime) -> None:
    page = file(gate, now, child(gate, now))
    with pytest.raises(ProxyUnclear) as told:
        send(page, "proxy", **(GOOD | {"scopes": (), "seen": "x"}))
    assert set(told.value.fields) == {"scopes"}
    with pytest.raises(FieldProblem):
        send(page, "proxy", **(GOOD | {"until_on": "soon"}))


def test_a_link_that_is_not_on_the_page_is_not_opened(gate: Gate, now: datetime) -> None:
    page = file(gate, now, child(gate, now))
    assert isinstance(send(page, "ask_end_proxy", id="pxl_nowhere"), Done)
    assert isinstance(send(decider(gate, now), "open", id="pxl_nowhere"), Done)


def test_who_does_not_ask_has_no_button_and_who_does_not_decide_no_page(gate: Gate, now: datetime) -> None:
    assert "Add a proxy" not in file(gate, now, FERN, WHO.manager).render()
    for who in (WHO.biller, WHO.desk, WHO.ada, WHO.manager):
        assert "/proxies" not in desk(gate, who, lambda: now, add_proxies).routes


def test_who_asked_is_not_let_decide_by_a_hand_made_message(gate: Gate, now: datetime) -> None:
    from dataclasses import replace

    both = replace(WHO.desk, roles=WHO.desk.roles | WHO.compliance.roles)
    wren = child(gate, now)
    send(file(gate, now, wren, both), "proxy", **GOOD)
    page = opened(gate, both, now, "/proxies", add_proxies)
    assert isinstance(page, ProxiesPage)
    assert "Decide…" not in page.render()
    with pytest.raises(AnotherDecides):
        send(page, "decide", id=page.shown[0].link_id, answer="yes")
