"""The page of a chart: what holds and what happened, part by part for who may see it, and what is stated in it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from dashboards.chart_desk import add_chart
from dashboards.pages.chart import ChartPage
from dashboards.pages.note import NotePage
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done, Redraw
from dashboards.searching import found_people
from tests.dashboards import pages
from tests.dashboards.pages import desk, send
from tests.factories.small_practice import FERN, MOSS, events, open_practice, people, put, visit
from workbench.actions.charting.write_note import write_note
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotFound
from workbench.gate.relations import CareTeamMember
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.opened_last import opened_last

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    for number, days in enumerate((1, 8, 15), start=1):
        visit(gate.store, number, now - timedelta(days=days), status=AttendanceStatus.COMPLETED)
    visit(gate.store, 9, now + timedelta(days=2))


def page_of(gate: Gate, now: datetime, who: Actor | None = None, patient_id: str = FERN) -> ChartPage:
    page = pages.opened(gate, who or people().ada, now, f"/chart/{patient_id}", add_chart)
    assert isinstance(page, ChartPage)
    return page


def asked(page: ChartPage, do: str, **values: str) -> str:
    reply = send(page, do, **values)
    assert isinstance(reply, Ask), reply
    return reply.html


def told(page: ChartPage, do: str, **values: str) -> str:
    reply = send(page, do, **values)
    assert isinstance(reply, Done), reply
    page.load()
    return reply.toast


def parts(gate: Gate) -> list[str]:
    with gate.store.reading() as session:
        read = AuditRow.event.in_(("chart.seen", "timeline.read"))
        rows = session.scalars(select(AuditRow).where(read).order_by(AuditRow.seq))
        return [json.loads(row.body)["facts"]["parts"] for row in rows]


def test_a_diagnosis_is_sought_picked_set_changed_and_ended(gate: Gate, now: datetime) -> None:
    page = page_of(gate, now)
    assert "None on the list yet" in page.render()
    assert "Generalized anxiety disorder" in asked(page, "ask_diagnosis", q="gener anx")
    form = asked(page, "ask_diagnosis", code="F41.1")
    assert 'data-arg-code="F41.1"' in form
    since = now.date().isoformat()
    assert told(page, "diagnosis", code="F41.1", certainty="confirmed", rank="1", since=since, line="", edition="0")
    with pytest.raises(FieldProblem):
        send(page, "diagnosis", code="F41.1", certainty="sure", rank="1", since=since)
    (line,) = page.chart.statements.diagnoses
    at = {"line": line.line_id, "edition": str(line.edition)}
    assert "It holds no more" in asked(page, "ask_diagnosis", **at)
    told(page, "diagnosis", code="F41.0", certainty="provisional", rank="1", since=since, **at)
    assert "Panic disorder" in page.render()
    assert "ruled out" in asked(page, "ask_end_diagnosis", **at)
    assert "Another code" in asked(page, "ask_diagnosis", **at)
    assert "Social phobia" in asked(page, "ask_diagnosis", line=line.line_id, code="", q="social phobia")
    ends = {"until": since, "why": "Another explains it", "is_ruled_out": "on"}
    told(page, "end_diagnosis", line=line.line_id, edition="2", **ends)
    assert "None on the list yet" in page.render()
    assert "Another explains it" in asked(page, "history")


def test_medications_allergies_and_risk_are_put_down_and_stand_in_the_course(gate: Gate, now: datetime) -> None:
    page, today = page_of(gate, now), now.date().isoformat()
    assert "Dose, as they said it" in asked(page, "ask_medication")
    told(page, "medication", name="Sertraline <b>", dose="50 I think", source="told", reviewed_on=today)
    assert "None known" in asked(page, "ask_allergy")
    assert "no allergies are known" in told(page, "none_known")
    assert "None known" in page.render()
    told(page, "allergy", substance="Latex", reaction="Skin reddens", severity="severe")
    assert "What it stands on" in asked(page, "ask_risk")
    told(page, "risk", level="moderate", rationale="Passive thoughts, no plan", edition="0")
    drawn = page.render()
    for words in ("Sertraline &lt;b&gt;", "50 I think", "Latex", "Severe", "Moderate", "Passive thoughts, no plan",
                  "Risk judged moderate", "No known allergies"):  # fmt: skip
        assert words in drawn, words
    assert isinstance(send(page, "filter", kind="statement", words="latex"), Redraw)
    assert [line.title for line in page.timeline.lines] == ["Allergy to Latex"]


def test_the_course_is_filtered_by_kind_and_by_words_of_what_was_written(gate: Gate, now: datetime) -> None:
    for number, words in ((1, "Spoke of the sea"), (2, "Spoke of work")):
        write_note(gate, people().ada, f"att_{number}", now=now, version=0, subjective=words, assessment="Better")
    page = page_of(gate, now)
    assert [(line.kind, line.path) for line in page.timeline.lines] == [
        ("note", "/notes/att_1"), ("note", "/notes/att_2"), ("visit", f"/patients/{FERN}?tab=schedule"),
    ], "a note tells of its session, and what is to come stands at the top only"  # fmt: skip
    send(page, "filter", kind="", words="the SEA spoke")
    assert [line.path for line in page.timeline.lines] == ["/notes/att_1"]
    send(page, "filter", kind="visit", words="")
    assert [line.kind for line in page.timeline.lines] == ["visit"] * 3
    send(page, "filter", kind="note", words="nothing like it")
    assert "Nothing fits" in page.render()
    # Ben joins: the draft is there for him, and what it says is not, not even to a search.
    put(gate.store, [CareTeamMember(patient_id=FERN, staff_id="stf_ben", from_on=now.date(), is_primary=False)])
    theirs = page_of(gate, now, people().ben)
    assert "Its author alone can read it" in theirs.render()
    send(theirs, "filter", kind="", words="sea")
    assert theirs.timeline.lines == ()


def test_a_long_course_is_shown_a_page_at_a_time(gate: Gate, now: datetime) -> None:
    for number in range(100, 165):
        visit(gate.store, number, now - timedelta(days=number), status=AttendanceStatus.COMPLETED)
    page = page_of(gate, now)
    assert (len(page.timeline.lines), page.timeline.has_more) == (60, True)
    send(page, "more")
    assert (len(page.timeline.lines), page.timeline.has_more) == (68, False)


@pytest.mark.parametrize(("who", "kinds", "shown"), [
    ("desk", ("visit", "document", "contact"), "who visits amount_due"),
    ("biller", ("document",), "who amount_due"),
])  # fmt: skip
def test_who_reads_no_chart_sees_only_the_parts_of_their_role(
    gate: Gate, now: datetime, who: str, kinds: tuple[str, ...], shown: str
) -> None:
    told(page_of(gate, now), "risk", level="high", rationale="Secret words", edition="0")
    page = page_of(gate, now, getattr(people(), who))
    drawn = page.render()
    assert "José" not in drawn
    assert "Owes" in drawn
    for words in ("Secret", "Risk", "Diagnoses", "Medications", "Safety plan", "Treatment plan", "Psychotherapy"):
        assert words not in drawn, words
    assert page.timeline.kinds == kinds
    assert parts(gate)[-2] == shown
    for do in ("ask_diagnosis", "ask_risk", "ask_medication", "none_known", "print_safety"):
        with pytest.raises(NotFound):
            send(page, do)


def test_who_does_not_care_for_them_has_no_page(gate: Gate, now: datetime) -> None:
    with pytest.raises(NotFound):
        page_of(gate, now, people().ben)
    assert ("action.refused", "refused") in events(gate.store)


def test_the_audit_line_says_which_parts_were_shown(gate: Gate, now: datetime) -> None:
    page_of(gate, now)
    whole = "visit note form measure alert plan statement document contact"
    assert parts(gate) == ["who visits chart amount_due", whole]


def test_an_empty_search_shows_whose_files_were_opened_last_while_they_are_within_reach(
    gate: Gate, now: datetime
) -> None:
    ada = people().ada
    for patient in (FERN, MOSS, FERN):
        page_of(gate, now, patient_id=patient)
    assert [hit.patient_id for hit in opened_last(gate, ada, now=now)] == [FERN, MOSS]
    person = desk(gate, ada, lambda: now).person
    assert [(one.kind, one.path) for one in found_people(person, "client", "")] == [
        ("Opened last", f"/patients/{FERN}"), ("Opened last", f"/patients/{MOSS}"),
    ]  # fmt: skip
    assert found_people(person, "client", "m") == ()
    assert [one.kind for one in found_people(person, "client", "Moss")] == ["Clients"]
    assert opened_last(gate, people().desk, now=now) == (), "each their own"
    with gate.store.writing() as session:
        session.query(CareTeamMember).filter_by(patient_id=MOSS).update({"until_on": now.date()})
        session.commit()
    assert [hit.patient_id for hit in opened_last(gate, ada, now=now)] == [FERN]


def test_a_note_begins_with_the_list_and_takes_codes_from_it(gate: Gate, now: datetime) -> None:
    page, since = page_of(gate, now), now.date().isoformat()
    for code in ("F43.22", "Z63.0"):
        told(page, "diagnosis", code=code, certainty="confirmed", rank="2", since=since)
    note = pages.opened(gate, people().ada, now.astimezone(UTC), "/notes/att_1")
    assert isinstance(note, NotePage)
    assert note.shown.text.diagnoses == ("F43.22", "Z63.0")
    listed = send(note, "ask_code", field="diagnoses")
    assert isinstance(listed, Ask)
    assert 'data-code-put="Z63.0"' in listed.html
    found = send(note, "seek_code", field="diagnoses", q="panic")
    assert isinstance(found, Ask)
    assert 'data-code-put="F41.0"' in found.html
