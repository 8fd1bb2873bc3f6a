"""What the portal shows, on the pages of who sets the rule and of who decides about one record."""

from datetime import datetime

import pytest

from dashboards.pages.notices import NoticeOfPersonPage, NoticesPage
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
    one, all_notices, notice = "/sharing/{patient_id}", "/privacy-notice", "/privacy-notice/{patient_id}"
    for who, paths in (
        (WHO.ada, {one, notice}),
        (WHO.manager, {"/sharing", all_notices, notice}),
        (WHO.desk, {notice}),
        (WHO.it, set()),
    ):
        assert {path for path in desk(gate, who, lambda: now, add_sharing).routes if path in {one, notice}
                or path in {"/sharing", all_notices}} == paths  # fmt: skip


def test_a_notice_is_published_and_what_was_said_on_paper_is_noted(gate: Gate, now: datetime) -> None:
    empty = opened(gate, WHO.desk, now, f"/privacy-notice/{FERN}", add_sharing)
    assert isinstance(send(empty, "ask_note"), Done)
    page = opened(gate, WHO.manager, now, "/privacy-notice", add_sharing)
    assert isinstance(page, NoticesPage)
    assert "No notice is published yet" in page.render()
    assert isinstance(send(page, "ask_publish"), Ask)
    told = send(page, "publish", words="First.\n\nSecond.", effective_on=now.date().isoformat())
    assert isinstance(told, Done)
    noting = opened(gate, WHO.desk, now, f"/privacy-notice/{FERN}", add_sharing)
    assert isinstance(noting, NoticeOfPersonPage)
    assert "Nothing was said to it yet" in noting.render()
    assert isinstance(send(noting, "ask_note"), Ask)
    assert noting.found.notice is not None
    said = {"notice_id": noting.found.notice.notice_id, "answer": "declined", "effort": "Asked twice at the desk."}
    assert isinstance(send(noting, "note", **said), Done)
    noting.load()
    assert "Asked twice at the desk." in noting.render()
    page.load()
    assert "declined by 1" in page.render()
