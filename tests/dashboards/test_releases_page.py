"""Copies, requests to amend and Part 2 on their pages: asked at one desk, decided at another."""

from datetime import datetime
from typing import Any

import pytest

from dashboards.pages.amending_requests import AmendmentsPage
from dashboards.pages.part_2 import Part2Page
from dashboards.pages.record_requests import RecordRequestsPage
from dashboards.pages.releases import ReleasesPage
from dashboards.parts.replies import Ask, Deliver, Done
from dashboards.release_desk import add_releases
from tests.dashboards.pages import desk, opened, send
from tests.factories.emergency import fresh
from tests.factories.releases import compliance_works_here, signed_note
from tests.factories.small_practice import FERN, open_practice, people
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.releases.rules import ReleaseUnclear

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()
COPY = {
    "ground": "subpoena", "recipient": "County Court", "address": "1 Court Street", "purpose": "Case", "kinds": "note",
    "authority": "Subpoena of March 1", "proceeding": "civil", "order_under": "", "from_on": "2026-01-01", "to_on": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    compliance_works_here(gate.store)


def page(gate: Gate, now: datetime, who: Actor, path: str) -> Any:
    return opened(gate, who, now, path, add_releases)


def test_a_copy_is_asked_at_the_desk_and_approved_by_compliance(gate: Gate, now: datetime) -> None:
    signed_note(gate, WHO, now, 1, "W")
    records = page(gate, now, WHO.desk, f"/records/{FERN}")
    assert isinstance(records, RecordRequestsPage)
    form = send(records, "ask_copy")
    assert isinstance(form, Ask)
    assert "subpoena alone" in form.html
    assert "sychotherapy" not in form.html
    with pytest.raises(ReleaseUnclear):
        send(records, "copy", **{**COPY, "authority": ""})
    asked = send(records, "copy", **COPY)
    assert isinstance(asked, Done)
    assert "subpoena alone" in asked.toast
    own = page(gate, now, WHO.desk, f"/records/{FERN}")
    assert "Accounting" not in own.render()
    row = own.shown[0].request_id
    mine = send(own, "open_release", row=row)
    assert isinstance(mine, Ask)
    assert "somebody else decides" in mine.html
    assert "What stays" not in mine.html
    officer = fresh(WHO.compliance, now)
    queue = page(gate, now, officer, "/releases")
    assert isinstance(queue, ReleasesPage)
    assert "Nothing is marked" in queue.render()
    decision = send(queue, "open_release", row=row)
    assert isinstance(decision, Ask)
    assert "What stays, and why" in decision.html
    assert isinstance(send(queue, "approve_release", row=row), Done)
    saved = send(page(gate, now, officer, "/releases"), "save_release", row=row, kind="pdf")
    assert isinstance(saved, Deliver)
    assert saved.content.startswith(b"%PDF")
    told = page(gate, now, WHO.compliance, f"/records/{FERN}")
    assert "County Court" in told.render()
    assert isinstance(send(told, "export"), Deliver)


def test_refused_taken_back_restricted_and_told_otherwise(gate: Gate, now: datetime) -> None:
    records = page(gate, now, WHO.manager, f"/records/{FERN}")
    for recipient in ("One", "Two"):
        send(records, "copy", **{**COPY, "recipient": recipient})
    records.load()
    one, two = (each.request_id for each in records.shown)
    assert isinstance(send(records, "ask_revoke_release", row=one), Ask)
    assert isinstance(send(records, "revoke_release", row=one, reason="By letter"), Done)
    queue = page(gate, now, fresh(WHO.compliance, now), "/releases")
    assert isinstance(send(queue, "ask_refuse_release", row=two), Ask)
    assert isinstance(send(queue, "refuse_release", row=two, reason="Not served"), Done)
    assert isinstance(send(queue, "open_release", row="rel_none"), Done)
    assert isinstance(send(records, "ask_restrict"), Ask)
    send(records, "restrict", against="payers", kinds="note", words="Paid in full")
    records = page(gate, now, WHO.manager, f"/records/{FERN}")
    assert all(word in records.render() for word in ("Taken back", "Refused", "not to payers"))
    assert records.accounting is not None
    held = records.accounting.restrictions[0].restriction_id
    assert isinstance(send(records, "ask_end_restriction", row=held), Ask)
    assert isinstance(send(records, "end_restriction", row=held, reason="Asked"), Done)
    assert isinstance(send(records, "ask_record"), Ask)
    send(records, "record", ground="report", recipient="Child protection", address="Unknown", what="A report",
         purpose="Law", disclosed_on="2026-03-09")  # fmt: skip
    assert "Child protection" in page(gate, now, WHO.manager, f"/records/{FERN}").render()


def test_a_request_to_amend_from_the_desk_to_its_letters(gate: Gate, now: datetime) -> None:
    note_id = signed_note(gate, WHO, now, 1, "W")
    assert isinstance(send(page(gate, now, WHO.desk, f"/records/{FERN}"), "ask_take"), Ask)
    records = page(gate, now, WHO.ada, f"/records/{FERN}")
    form = send(records, "ask_take")
    assert isinstance(form, Ask)
    assert f"note:{note_id}" in form.html
    send(records, "take", record=f"note:{note_id}", wrong="The date", why="It was May", received_on="2026-03-01")
    cases = page(gate, now, WHO.ada, "/amendments")
    assert isinstance(cases, AmendmentsPage)
    assert "52 days left" in cases.render()
    row = cases.cases[0].request_id
    assert isinstance(send(cases, "ask_extend", row=row), Ask)
    send(cases, "extend", row=row, reason="Away")
    cases.load()
    opened_case = send(cases, "open_amendment", row=row)
    assert isinstance(opened_case, Ask)
    assert "Deny" in opened_case.html
    send(cases, "deny_amendment", row=row, ground="accurate", words="It was April")
    send(cases, "disagree_amendment", row=row, words="No")
    send(cases, "rebut_amendment", row=row, words="Yes")
    other = page(gate, now, WHO.ada, f"/records/{FERN}")
    send(other, "take", record=f"note:{note_id}", wrong="The place", why="Video", received_on="2026-03-01")
    cases = page(gate, now, WHO.ada, "/amendments")
    send(cases, "accept_amendment", row=cases.cases[0].request_id, words="By video", told_to="Nobody")
    for kind, which in (("answered", row), ("extended", row)):
        assert isinstance(send(cases, "save_letter", row=which, kind=kind), Deliver)


def test_part_2_is_marked_by_the_clinician_and_taken_away_by_compliance(gate: Gate, now: datetime) -> None:
    note_id = signed_note(gate, WHO, now, 1, "W")
    marking = page(gate, now, WHO.ada, f"/part-2/{FERN}")
    assert isinstance(marking, Part2Page)
    assert isinstance(send(marking, "ask_mark"), Ask)
    send(marking, "mark", record=f"note:{note_id}", why="Programme")
    send(marking, "mark", record="episode", from_on="2026-03-01", why="Programme")
    marking.load()
    episode = next(one.mark_id for one in marking.found.marks if one.from_on)
    assert isinstance(send(marking, "ask_close", row=episode), Ask)
    send(marking, "close", row=episode, until_on="2026-03-05", why="Discharged")
    assert isinstance(send(marking, "ask_consent"), Ask)
    send(marking, "consent", kind="named", recipients="Dr. Oak\n", what="Notes", purpose="Care", signed_on="2026-03-01",
         from_on="2026-03-01", until_on="2027-03-01")  # fmt: skip
    marking.load()
    consent = marking.found.consents[0].consent_id
    assert isinstance(send(marking, "ask_withdraw", row=consent), Ask)
    send(marking, "withdraw", row=consent, reason="By letter")
    told = page(gate, now, WHO.ada, f"/part-2/{FERN}").render()
    assert all(word in told for word in ("Taken back", "Progress note", "until before", "2.64"))
    assert "42 CFR part 2" in opened(gate, WHO.ada, now, f"/patients/{FERN}?tab=notes").render()
    queue = page(gate, now, WHO.compliance, "/releases")
    mark = next(one.mark_id for one in queue.marks if one.from_on is None)
    assert isinstance(send(queue, "ask_lift", row=mark), Ask)
    assert isinstance(send(queue, "lift", row=mark, reason="Wrong"), Done)
    own = page(gate, now, WHO.compliance, f"/part-2/{FERN}")
    assert isinstance(send(own, "ask_lift", row=episode), Ask)
    assert isinstance(send(own, "lift", row=episode, reason="Wrong"), Done)


def test_who_finds_these_places(gate: Gate, now: datetime) -> None:
    for who, there in ((WHO.compliance, {"/releases", "/amendments"}), (WHO.manager, {"/amendments"}), (WHO.it, set())):
        rail = {item.path for item in desk(gate, who, lambda: now, add_releases).nav}
        assert rail & {"/releases", "/amendments"} == there
    assert f"/records/{FERN}" in opened(gate, WHO.desk, now, f"/patients/{FERN}").render()
    assert "/part-2/" not in opened(gate, WHO.desk, now, f"/patients/{FERN}").render()
