"""The page of access as a manager and an owner have it, over a real practice."""

from datetime import datetime

import pytest
from markupsafe import Markup

from dashboards.access_desk import access_notices, add_access, alone_strip
from dashboards.desks import Desk
from dashboards.pages.access import AccessPage
from dashboards.pages.permission_table import PermissionTablePage, built, permissions_of
from dashboards.parts.message import Message
from dashboards.parts.navigation import Words
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Redraw
from dashboards.parts.routes import Routes
from dashboards.person import Person
from dashboards.preview import NothingLogged, NothingToRead
from tests.actions.accounts.granting import House
from tests.actions.accounts.test_work_alone import DAY, TOLD
from workbench.accounts.access_rules import AccessUnclear, ClearanceItem, RequestKind
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.table import Cell, acts

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


def desk(gate: Gate, who: Actor, now: datetime) -> Desk:
    made = Desk(Person(gate, lambda: who, lambda: now), NothingToRead(), NothingLogged(), Words("Juniper"), "/app")
    add_access(made, lambda session_hash: None, "https://practice.example.com")
    return made


def opened(gate: Gate, who: Actor, now: datetime, path: str = "/access") -> Page:
    found = Routes(desk(gate, who, now).routes).find(path)
    assert found is not None
    page = found[0](found[1])
    page.load()
    return page


def send(page: Page, do: str, **values: str) -> object:
    return page.handle(Message(do, {name: tuple(value.split("|")) for name, value in values.items()}, "key-of-eight"))


def html(reply: object) -> Markup:
    assert isinstance(reply, Ask)
    return reply.html


def test_asked_in_the_page_and_approved_in_the_page(gate: Gate, house: House, now: datetime) -> None:
    manager, owner = house.person("manager", Role.MANAGER), house.person("owner", Role.OWNER)
    house.staff("fern")
    page = opened(gate, manager, now)
    items = "|".join(ClearanceItem)
    assert send(page, "tick", id="stf_fern", items=items, done_on="2026-03-02") == Done("Ticked")
    assert "Address to sign in with" in html(send(page, "ask_for", id="stf_fern"))
    asked = {"id": "stf_fern", "kind": "account", "why": "New here", "email": "fern@example.test"}
    with pytest.raises(AccessUnclear):
        send(page, "request", **asked)
    assert isinstance(send(page, "request", **asked, roles="biller|front_desk"), Done)
    page.load()
    assert "Withdraw" in page.render()
    assert ">Approve<" not in page.render()
    assert [one.label for one in access_notices(Person(gate, lambda: owner, lambda: now))] == [
        "A request for access waits for you"
    ]
    assert access_notices(Person(gate, lambda: manager, lambda: now)) == ()
    place = desk(gate, owner, now).nav[0]
    assert place.count is not None
    assert place.count() == 1
    page = opened(gate, owner, now)
    assert isinstance(page, AccessPage)
    request = page.requests[0]
    assert "Biller, Front desk until" in html(send(page, "ask_approve", id=request.request_id))
    assert send(page, "approve", id=request.request_id, number="1") == Done("Approved, and done")
    page.load()
    assert "Invited" in page.render()
    assert send(page, "tab", tab="changes") == Redraw()
    assert "asked by manager Test; approved by owner Test" in page.render()
    assert "By request" in html(send(page, "person", id="stf_fern"))


def test_an_account_is_disabled_in_the_page(gate: Gate, house: House, now: datetime) -> None:
    manager, lead = house.person("manager", Role.MANAGER), house.person("lead", Role.SUPERVISOR)
    house.person("biller", Role.BILLER)
    assert "Disable the account now" not in html(send(opened(gate, lead, now), "person", id="stf_biller"))
    page = opened(gate, manager, now)
    assert "Disable the account now" in html(send(page, "person", id="stf_biller"))
    assert "signed out everywhere" in html(send(page, "ask_disable", id="stf_biller"))
    assert send(page, "disable", id="stf_biller") == Done("The account is disabled")
    page.load()
    assert "Disable the account now" not in html(send(page, "person", id="stf_biller"))


def test_a_lost_factor_and_a_disabled_account_are_asked_for_in_the_page(
    gate: Gate, house: House, now: datetime
) -> None:
    manager, officer = house.person("manager", Role.MANAGER), house.person("officer", Role.COMPLIANCE)
    house.person("fern", Role.BILLER)
    house.clear("fern", manager)
    page = opened(gate, manager, now)
    assert "They lost their second factor" in html(send(page, "person", id="stf_fern"))
    form = html(send(page, "ask_for", id="stf_fern", kind="new_factor"))
    assert "How did you make sure" in form
    assert 'name="roles"' not in form
    asked = {"id": "stf_fern", "kind": "new_factor", "why": "The phone is in the lake"}
    with pytest.raises(AccessUnclear):
        send(page, "request", **asked)
    assert isinstance(send(page, "request", **asked, identity_checked="in_person"), Done)
    theirs = opened(gate, officer, now)
    assert "seen in person" in theirs.render()
    assert isinstance(theirs, AccessPage)
    send(theirs, "approve", id=theirs.requests[0].request_id, number="1")
    page.load()
    assert "Make a link to sign in" in html(send(page, "person", id="stf_fern"))
    send(page, "disable", id="stf_fern")
    page.load()
    assert "Ask for the account back" in html(send(page, "person", id="stf_fern"))
    assert "It concerns these roles: Biller" in html(send(page, "ask_for", id="stf_fern", kind="enable"))


def test_refused_changed_and_withdrawn_in_the_page(gate: Gate, house: House, now: datetime) -> None:
    manager, owner = house.person("manager", Role.MANAGER), house.person("owner", Role.OWNER)
    first, second = (house.ask(manager, name, Role.IT, kind=RequestKind.ACCOUNT) for name in ("fern", "moss"))
    page = opened(gate, manager, now)
    assert "Ask anew" in html(send(page, "ask_change", id=first))
    values = {"roles": "it", "why": "For the summer", "email": "fern@example.test", "ends_on": "2026-09-01"}
    assert isinstance(send(page, "change", id=first, **values), Done)
    page.load()
    assert "version 2" in page.render()
    assert isinstance(send(page, "withdraw", id=second), Done)
    page = opened(gate, owner, now)
    assert isinstance(send(page, "ask_refuse", id=first), Ask)
    assert isinstance(send(page, "refuse", id=first, reason="Not yet"), Done)
    page.load()
    send(page, "tab", tab="changes")
    assert "Not yet" in page.render()
    assert "Withdrawn" in page.render()


def test_working_alone_shows_a_banner_and_a_record(gate: Gate, house: House, now: datetime) -> None:
    owner = house.person("owner", Role.OWNER)
    assert "You are the only one." in opened(gate, owner, now).render()
    page = opened(gate, owner, now, "/access/alone")
    assert isinstance(send(page, "ask_begin"), Ask)
    assert isinstance(send(page, "begin", **TOLD), Done)
    assert "Working alone begins." in opened(gate, owner, now).render()
    page.load()
    assert TOLD["reviewer_name"] in page.render()
    strip = alone_strip(Person(gate, lambda: owner, lambda: now + DAY), "/app")
    assert strip is not None
    assert strip.text.startswith("You approve alone:")
    officer = house.person("officer", Role.COMPLIANCE)
    for person in (owner, officer):
        assert alone_strip(Person(gate, lambda who=person: who, lambda: now + DAY), "/app") is None


def test_the_table_is_the_policy_with_what_is_not_built_marked(gate: Gate, house: House, now: datetime) -> None:
    page = opened(gate, house.person("officer", Role.COMPLIANCE), now, "/access/table")
    assert isinstance(page, PermissionTablePage)
    shown = page.render()
    assert all(act.code in shown for act in acts().values())
    known = built()
    assert (Role.OWNER, Cell.APPROVE) in known["a02"]
    assert "a13" not in known
    assert "accounts:access:approve" in permissions_of("a02")
    assert permissions_of("a13") == ()
    send(page, "filter", q="restore", role="")
    assert "1 of 71 acts" in page.render()
    send(page, "filter", q="", role="it")
    assert "Not yet" in page.render()
    assert "14 of 71 acts" in page.render()
    assert "Nobody else" in html(send(page, "act", row="a11"))


def test_nobody_else_has_the_pages(gate: Gate, house: House, now: datetime) -> None:
    for role in (Role.BILLER, Role.CLINICIAN, Role.FRONT_DESK, Role.IT):
        assert desk(gate, house.person(role.value, role), now).nav == ()
    auditor = desk(gate, house.person("auditor", Role.AUDITOR), now)
    assert [place.path for place in auditor.nav] == ["/access/alone"]
