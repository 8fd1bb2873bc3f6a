"""The pages of emergency openings through the gate: found, opened, read, cut at the hour, reviewed by another."""

from datetime import timedelta

import pytest

from dashboards.desks import desk_of
from dashboards.emergency_desk import add_emergency
from dashboards.parts.message import Message
from dashboards.parts.navigation import Waits, Words
from dashboards.parts.routes import Visit
from dashboards.person import Person
from dashboards.preview import NothingLogged, NothingToRead
from dashboards.shell import Shell
from tests.factories.emergency import HOUR, WHY, account, fresh
from tests.factories.small_practice import MOSS, open_practice, people
from workbench.gate.actor import Role
from workbench.gate.audit_receipts import NotSealedYet
from workbench.gate.errors import NotFound

pytestmark = pytest.mark.engines("sqlcipher")


def message(do, **values):
    return Message(do, {name: (value,) for name, value in values.items()}, key="a-key-of-a-form-" + do)


class Clock:
    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at


@pytest.fixture
def site(gate, store, now):
    open_practice(store, now)
    account(store, now, "ben", Role.CLINICIAN)
    clock = Clock(now)

    def pages(actor):
        desk = desk_of(Person(gate, lambda: actor, clock), NothingToRead(), NothingLogged(), Words("Juniper"), "/app")
        add_emergency(desk)
        return desk

    return pages, clock, people()


def page_of(desk, path, **ids):
    page = desk.routes[path](Visit(path, ids))
    page.load()
    return page


def waiting(desk):
    return next(item for item in desk.nav if item.path == "/emergency").count()


def test_from_search_to_chart_to_the_end_of_the_hour_to_the_review(site, now):
    pages, clock, who = site
    ben, officer = pages(fresh(who.ben, now)), pages(who.compliance)
    page = page_of(ben, "/emergency")
    assert page.handle(message("find", number="1001")) is not None
    page.handle(message("find", number="1002"))
    assert "Moss" in page.render()
    page.handle(message("ask_open", id=MOSS))
    done = page.handle(message("open", id=MOSS, kind="medical", reason=WHY))
    opening = done.go.rpartition("/")[2]
    chart = page_of(ben, "/emergency/{opening_id}", opening_id=opening)
    assert "File 1002" in chart.render()
    assert not chart.is_behind()
    assert (waiting(ben), waiting(officer)) == (1, 1)

    clock.at = now + HOUR
    assert chart.is_behind()
    chart.load()
    assert "Moss" not in chart.render()
    assert "is over" in chart.render()
    assert not chart.is_behind()
    with pytest.raises(NotFound):
        page_of(officer, "/emergency/{opening_id}", opening_id=opening)

    review = page_of(officer, "/emergency")
    asks = review.handle(message("ask_review", id=opening))
    assert "Receipts" in asks.html
    with pytest.raises(NotSealedYet):
        review.handle(message("receipts", id=opening))
    assert WHY in asks.html
    assert "read a chart" in asks.html
    assert "Reviewed by" not in asks.html
    review.handle(message("review", id=opening, verdict="justified", remark="<b>Fine</b>"))
    review.load()
    assert "Justified" in review.handle(message("ask_review", id=opening)).html
    assert (waiting(ben), waiting(officer)) == (0, 0)
    page.load()
    assert "Justified" in page.render()
    assert "<b>Fine</b>" not in page.render()


def test_who_may_not_open_one_has_no_page(site):
    pages, _, who = site
    for actor in (who.desk, who.biller, who.manager, who.it):
        assert "/emergency" not in pages(actor).routes


def test_what_nobody_reviewed_in_72_hours_stands_out(site, now):
    pages, clock, who = site
    ben, officer = pages(fresh(who.ben, now)), pages(who.compliance)
    page = page_of(ben, "/emergency")
    page.handle(message("find", number="1002"))
    page.handle(message("open", id=MOSS, kind="medical", reason=WHY))
    place = next(item for item in officer.nav if item.path == "/emergency")
    clock.at = now + timedelta(hours=72, seconds=-1)
    assert place.waits() == Waits(1)
    assert "overdue" not in page_of(officer, "/emergency").render()
    clock.at = now + timedelta(hours=72)
    assert place.waits() == Waits(1, 1)
    assert "1 review is overdue." in page_of(officer, "/emergency").render()
    assert next(item for item in ben.nav if item.path == "/emergency").waits() == Waits(0)
    shell = Shell(officer.routes, officer.nav, "Officer", Words("Juniper"))
    drawn = shell.draw_nav("/emergency", {"/emergency": place.waits(), "/audit": Waits(3)})["nav"]
    assert 'class="count late" aria-label="1 open, 1 overdue"' in drawn
    assert 'class="count" aria-label="3 open"' in drawn
