"""The page of the audit log over a real store and index: what it asks, what it shows, what it keeps to itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboards.audit_desk import audit_page
from dashboards.pages.audit import AuditPage
from dashboards.parts.message import Message
from dashboards.parts.navigation import Words
from dashboards.parts.replies import Ask, Deliver
from dashboards.parts.routes import Visit
from dashboards.person import Person
from pipelines.audit_index import AuditIndex
from tests.factories.small_practice import ADA, BEN, FERN, MOSS, open_practice, people, put
from tests.marts.log_lines import opened, user
from workbench.gate.action import Gate, record
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import StepUpNeeded

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def log(gate: Gate, now: datetime, zone: ZoneInfo) -> Iterator[AuditIndex]:
    """Ada opened both records, Ben in an emergency one of them."""
    open_practice(gate.store, now)
    put(gate.store, [user("usr_ada", ADA, now), user("usr_ben", BEN, now)])
    ada, ben = people().ada, people().ben
    record(gate.store, [opened(ada, FERN, now), opened(ada, MOSS, now), opened(ben, MOSS, now, "B")])
    index = AuditIndex(gate.store, zone, lambda: now)
    index.start()
    index.settle()
    yield index
    index.stop()


def page_of(gate: Gate, log: AuditIndex, now: datetime, who: Actor, **ids: str) -> AuditPage:
    page = audit_page(Person(gate, lambda: who, lambda: now), log, Words("Juniper"), "/app", Visit("/audit", ids))
    assert isinstance(page, AuditPage)
    page.load()
    return page


def said(**values: str) -> Message:
    return Message("x", {name: (value,) for name, value in values.items()})


def shown(page: AuditPage) -> list[int]:
    return [row.seq for row in page.found.rows]


def test_it_opens_on_the_last_days_with_what_they_are_about(gate: Gate, log: AuditIndex, now: datetime) -> None:
    html = page_of(gate, log, now, people().compliance).render()
    for text in ("Ada Byron, LCSW", "Fern Fernández-Oak", "read a chart", "By person", "By hour", "Break-glass"):
        assert text in html
    later = page_of(gate, log, now + timedelta(days=40), people().compliance)
    assert "Nothing of the kind is in the log" in later.render()


def test_every_filter_asks_again(gate: Gate, log: AuditIndex, now: datetime) -> None:
    page = page_of(gate, log, now, people().compliance)
    page.do_filter(said(period="all", event="chart.read"))
    assert shown(page) == [3, 2, 1]
    page.do_narrow(said(actor=log_key(gate, "usr_ada")))
    assert shown(page) == [2, 1]
    page.do_narrow(said(actor=""))
    page.do_question(said(question="break_glass"))
    assert shown(page) == [3]
    assert "A chart was opened in an emergency" in page.render()
    page.do_about(said(patient=FERN))
    assert page.found.rows[-1].seq == 1
    assert page.title not in page.crumbs()[-1].label
    page.do_widen(said())
    log.settle()  # the questions above are lines of their own
    page.do_filter(said(period="between", from_on="2026-03", until_on=""))
    assert len(shown(page)) > 3


def log_key(gate: Gate, user_id: str) -> str:
    return gate.store.vault.pseudonym("au", user_id)


def test_a_refusal_leaves_the_filters_as_they_were(gate: Gate, log: AuditIndex, now: datetime) -> None:
    page = page_of(gate, log, now, people().compliance)
    with pytest.raises(Exception, match="exchange them"):
        page.do_filter(said(period="between", from_on="2026-03-02", until_on="2026-03-01"))
    assert page.filters.period == "month"


def test_a_line_is_told_in_words(gate: Gate, log: AuditIndex, now: datetime) -> None:
    page = page_of(gate, log, now, people().compliance)
    asked = page.do_event(said(row="3"))
    assert isinstance(asked, Ask)
    words = " ".join(asked.html.split())
    assert "<strong>Ben Alder, LMFT</strong> read a chart on Mon, Mar 9, 2026 at 10:00 am." in words
    assert "It is about <strong>Catherine Moss</strong>." in words
    assert "in an emergency: one chart, one hour" in words
    assert "is not in the list any more" in page.do_event(said(row="999")).html


def test_a_record_is_found_and_asked_about(gate: Gate, log: AuditIndex, now: datetime) -> None:
    page = page_of(gate, log, now, people().compliance)
    assert "Whose record is it about?" in page.do_ask_patient(said()).html
    assert "Fern Fernández-Oak" in page.do_find(said(q="fer")).html
    assert "Nobody is found" in page.do_find(said(q="zzz")).html
    of_fern = page_of(gate, log, now, people().compliance, patient_id=FERN)
    assert of_fern.found.rows[-1].patient_id == FERN
    assert "Who opened this record" in of_fern.render()


def test_a_copy_asks_for_a_factor_first(gate: Gate, log: AuditIndex, now: datetime) -> None:
    page = page_of(gate, log, now, people().compliance)
    with pytest.raises(StepUpNeeded):
        page.do_take(said())
    fresh = replace(people().compliance, fresh_until=now + timedelta(minutes=5))
    taken = page_of(gate, log, now, fresh).do_take(said())
    assert isinstance(taken, Deliver)
    assert (taken.filename, taken.content[:6]) == ("audit-answer-2026-03-09.csv", b"number")


def test_whoever_may_not_is_not_offered_it(gate: Gate, log: AuditIndex, now: datetime, actor: Any) -> None:
    html = page_of(gate, log, now, actor(Role.AUDITOR)).render()
    assert "Take a copy" in html
    verdict = page_of(gate, log, now, actor(Role.COMPLIANCE))
    verdict.do_verify(said())
    assert "The log is sound." in verdict.render()
    verdict.do_verify_records(said())
    assert "0 signed records, each as it was signed." in verdict.render()
