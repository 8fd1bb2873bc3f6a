"""What the portal shows, on the pages of who sets the rule and of who decides about one record."""

from datetime import datetime

import pytest

from dashboards.pages.sharing import SharingPage, SharingRulesPage
from dashboards.parts.replies import Ask, Done
from dashboards.sharing_desk import add_sharing
from tests.dashboards.pages import desk, opened, send
from tests.factories.portal import in_care
from tests.factories.releases import signed_note
from tests.factories.small_practice import FERN, open_practice, people
from workbench.gate.action import Gate
from workbench.releases.sharing import SharingUnclear
from workbench.screens.own_record import own_record

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)


def test_the_rule_is_changed_with_a_reason(gate: Gate, now: datetime) -> None:
    signed_note(gate, WHO, now, 1, "W")
    page = opened(gate, WHO.manager, now, "/sharing", add_sharing)
    assert isinstance(page, SharingRulesPage)
    assert "At once" in page.render()
    form = send(page, "ask_change", kind="note")
    assert isinstance(form, Ask)
    assert isinstance(send(page, "ask_change", kind="gossip"), Done)
    with pytest.raises(SharingUnclear):
        send(page, "change", kind="note", mode="after_days", days="2", why="")
    assert isinstance(send(page, "change", kind="note", mode="after_days", days="2", why="Gone through first."), Done)
    told = opened(gate, WHO.manager, now, "/sharing", add_sharing).render()
    assert "2 days after the signature" in told
    assert "Gone through first." in told
    assert not own_record(gate, in_care(), FERN, now=now).lines


def test_a_record_is_withheld_and_shown_again(gate: Gate, now: datetime) -> None:
    note = signed_note(gate, WHO, now, 1, "W")
    page = opened(gate, WHO.ada, now, f"/sharing/{FERN}", add_sharing)
    assert isinstance(page, SharingPage)
    assert "Shown" in page.render()
    form = send(page, "ask_withhold", row=note)
    assert isinstance(form, Ask)
    assert "164.524(a)(3)(i)" in form.html
    assert isinstance(send(page, "withhold", row=note, ground="danger", why="Zqxwv"), Done)
    page.load()
    assert "Withheld" in page.render()
    assert "Zqxwv" in page.render()
    assert isinstance(send(page, "ask_withhold", row="nte_gone"), Done)
    assert isinstance(send(page, "ask_show", row=note), Ask)
    assert isinstance(send(page, "show", row=note), Done)
    assert own_record(gate, in_care(), FERN, now=now).lines


def test_who_finds_which_page(gate: Gate, now: datetime) -> None:
    for who, paths in ((WHO.ada, {"/sharing/{patient_id}"}), (WHO.manager, {"/sharing"}), (WHO.desk, set())):
        found = set(desk(gate, who, lambda: now, add_sharing).routes)
        assert {path for path in found if path.startswith("/sharing")} == paths
