"""The page on which somebody is invited to the portal: the code once, the state, the end."""

from datetime import datetime
from functools import partial

import pytest

from dashboards.desks import Desk
from dashboards.pages.portal_access import PortalAccessPage
from dashboards.parts.replies import Ask, Done
from dashboards.portal_access_desk import add_portal_access
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.portal import redeemed
from tests.factories.proxies import child, in_force
from tests.factories.small_practice import FERN, People, open_practice
from tests.factories.small_practice import people as signed_in
from workbench.actions.accounts.invite_to_portal import invite_to_portal
from workbench.gate.action import Gate
from workbench.gate.actor import Actor

pytestmark = pytest.mark.engines("sqlcipher")
CLOSED: list[str] = []


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)


@pytest.fixture
def people() -> People:
    return signed_in()


def page_of(gate: Gate, now: datetime, who: Actor, patient_id: str = FERN) -> PortalAccessPage:
    add = partial(add_portal_access, close_session=CLOSED.append, origin="https://practice.example.test")
    page = pages.opened(gate, who, now, f"/portal-access/{patient_id}", add)
    assert isinstance(page, PortalAccessPage)
    return page


def test_the_code_is_shown_once_and_the_state_is_told(gate: Gate, people: People, now: datetime) -> None:
    page = page_of(gate, now, people.desk)
    assert "Not invited" in page.render()
    asks = send(page, "ask_invite", proxy_id="")
    assert isinstance(asks, Ask)
    assert "photo ID" in asks.html
    shown = send(page, "invite", proxy_id="", identity_checked="photo_id", email="fern@example.test")
    assert isinstance(shown, Ask)
    assert "https://practice.example.test/portal/join#" in shown.html
    page.load()
    drawn = page.render()
    assert "Invited" in drawn
    assert "until" in drawn
    assert "/portal/join#" not in drawn


def test_ending_closes_what_is_open(gate: Gate, people: People, now: datetime) -> None:
    made = invite_to_portal(gate, people.manager, FERN, now=now, identity_checked="known", email="fern@example.test")
    opened = redeemed(gate, now, made)
    page = page_of(gate, now, people.ada)
    assert "Joined" in page.render()
    assert isinstance(send(page, "ask_end", proxy_id=""), Ask)
    assert isinstance(send(page, "end", proxy_id=""), Done)
    assert opened.session_hash in CLOSED
    page.load()
    assert "Ended" in page.render()


def test_a_child_with_the_address_of_a_parent_is_flagged_and_the_file_leads_here(
    gate: Gate, people: People, now: datetime
) -> None:
    patient = child(gate, now, email="rowan@example.test")
    in_force(gate, now, patient, email="rowan@example.test")
    assert "Same address as who stands in for them" in page_of(gate, now, people.desk, patient).render()
    assert "/portal-access/" in pages.opened(gate, people.desk, now, f"/patients/{FERN}").render()


def test_who_does_not_invite_has_no_such_page(gate: Gate, people: People, now: datetime) -> None:
    def add(desk: Desk) -> None:
        add_portal_access(desk, CLOSED.append, "https://practice.example.test")

    for who in (people.biller, people.it, people.compliance):
        desk = pages.desk(gate, who, lambda: now, add)
        assert not [path for path in desk.routes if "portal-access" in str(path)]
