"""The caseload is read by measures, by plans and by who has nothing booked."""

from datetime import datetime, timedelta

import pytest

from dashboards.caseload_desk import add_caseload
from dashboards.pages.caseload import CaseloadPage
from dashboards.parts.replies import Redraw
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import FERN, open_practice, people, visit
from workbench.gate.action import Gate
from workbench.scheduling.tables import AttendanceStatus

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    visit(gate.store, 1, now - timedelta(days=9), status=AttendanceStatus.COMPLETED)


def page_of(gate: Gate, now: datetime, path: str = "/caseload") -> CaseloadPage:
    page = pages.opened(gate, people().ada, now, path, add_caseload)
    assert isinstance(page, CaseloadPage)
    return page


def test_each_tab_has_its_table_and_its_address(gate: Gate, now: datetime) -> None:
    page = page_of(gate, now)
    assert "No measures yet" in page.render()
    assert send(page, "tab", tab="unbooked") == Redraw(path="/caseload?tab=unbooked")
    drawn = page.render()
    assert "9 days" in drawn
    assert f"/patients/{FERN}?tab=schedule" in drawn
    assert send(page, "tab", tab="plans") == Redraw(path="/caseload?tab=plans")
    assert "1 without a plan" in page.render()
    assert "9 days" in page_of(gate, now, "/caseload?tab=unbooked").render()


def test_a_tab_that_is_none_is_the_first(gate: Gate, now: datetime) -> None:
    page = page_of(gate, now, "/caseload?tab=nonsense")
    assert "No measures yet" in page.render()
    assert send(page, "tab", tab="<script>") == Redraw(path="/caseload")
    assert "No measures yet" in page.render()


def test_whoever_is_expected_again_is_not_listed(gate: Gate, now: datetime) -> None:
    visit(gate.store, 2, now + timedelta(days=2))
    assert "Everybody is expected" in page_of(gate, now, "/caseload?tab=unbooked").render()
