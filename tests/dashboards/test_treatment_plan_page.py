"""The pages of a plan and its thread, worked through their messages on a real store."""

import re
from datetime import datetime, timedelta

import pytest

from dashboards.caseload_desk import add_caseload
from dashboards.charting_desk import note_page
from dashboards.pages.caseload import CaseloadPage
from dashboards.pages.treatment_plan import TreatmentPlanPage
from dashboards.parts.message import FieldProblem
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Redraw, Refused
from dashboards.parts.routes import Visit
from dashboards.person import Person
from dashboards.thread_desk import add_threads
from tests.actions.charting.plans import in_force
from tests.actions.charting.trainee import ada_is_a_trainee
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import FERN, open_practice, people, visit
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.tables import AttendanceStatus

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()
SAID = {"strengths": "A friend", "services": "Weekly", "discharge": "GAD-7 below 10", "took_part": "Chose it"}


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    """Ada saw Fern an hour ago."""
    open_practice(gate.store, now)
    visit(gate.store, 1, now - timedelta(hours=1), status=AttendanceStatus.COMPLETED)


def plan_page(gate: Gate, now: datetime, actor: Actor = WHO.ada, query: str = "") -> TreatmentPlanPage:
    page = pages.opened(gate, actor, now, f"/treatment-plan/{FERN}{query}", add_threads)
    assert isinstance(page, TreatmentPlanPage)
    return page


def ids(page: Page, prefix: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'name="({prefix}_[a-z2-7]{{26}})\.words"', page.render())))


def filled(page: TreatmentPlanPage) -> dict[str, str]:
    """What a plan needs to be signed, by field."""
    (problem,), (goal,), (one,) = (ids(page, prefix) for prefix in ("prb", "gol", "obj"))
    return {**SAID, f"{problem}.words": "Worry <b>", f"{problem}.diagnoses": "f41.1; F51.01", f"{goal}.words": "Nights",
            f"{one}.words": "Sleeps", f"{one}.target": "Five nights", f"{one}.by": "2026-06-01",
            f"{one}.interventions": "CBT-I, weekly\n\nDiary"}  # fmt: skip


def test_a_plan_is_begun_written_and_signed(gate: Gate, now: datetime) -> None:
    page = plan_page(gate, now)
    assert "No treatment plan yet" in page.render()
    assert send(page, "begin") == Done("The draft is begun", go=f"/treatment-plan/{FERN}")
    page.load()
    refused = send(page, "ask_sign", version="1")
    assert isinstance(refused, Refused)
    assert {"strengths", "took_part"} < set(refused.fields)
    assert send(page, "save", version="2", **filled(page)) == Redraw()
    asked = send(page, "ask_sign", version="3", **filled(page))
    assert isinstance(asked, Ask)
    assert 'data-arg-version="4"' in asked.html
    done = send(page, "sign", version="4")
    assert isinstance(done, Done)
    assert done.toast == "Signed as Ada Byron, LCSW; review by Sun, Jun 7, 2026"
    page.load()
    drawn = page.render()
    for words in ("Worry &lt;b&gt;", "F41.1", "Unchanged since it was signed", "CBT-I, weekly", "Plan due Sun, Jun 7"):
        assert words in drawn


def test_parts_are_added_and_taken_away_and_nothing_typed_is_lost(gate: Gate, now: datetime) -> None:
    page = plan_page(gate, now)
    send(page, "begin")
    page.load()
    typed, (goal,), (problem,) = filled(page), ids(page, "gol"), ids(page, "prb")
    send(page, "add_objective", version="1", id=goal, **typed)
    send(page, "add_goal", version="1", id=problem, **typed)  # sent before the answer was drawn
    send(page, "add_problem", version="3", **typed)
    assert [len(ids(page, prefix)) for prefix in ("prb", "gol", "obj")] == [2, 3, 4]
    assert "Five nights" in page.render()
    for part in (ids(page, "prb")[1], ids(page, "gol")[1], ids(page, "obj")[1]):
        send(page, "take_away", version="4", id=part)
    assert [len(ids(page, prefix)) for prefix in ("prb", "gol", "obj")] == [1, 1, 1]
    assert "What leads nowhere yet" not in page.render()
    send(page, "take_away", version="4", id=ids(page, "obj")[0])
    assert "The goal “Nights” has no objective." in page.render()


def test_another_window_is_never_overwritten(gate: Gate, now: datetime) -> None:
    first, second = plan_page(gate, now), plan_page(gate, now)
    send(first, "begin")
    for page in (first, second):
        page.load()
    send(first, "save", version="1", **filled(first))
    for do in ("save", "ask_sign", "add_problem"):
        with pytest.raises(WorkbenchError, match="another window"):
            send(second, do, version="1", **filled(second))
    signed = send(second, "sign", version="1")
    assert isinstance(signed, Done)
    assert signed.tone == "warn"


def test_what_is_no_day_no_number_and_no_choice_is_marked(gate: Gate, now: datetime) -> None:
    page = plan_page(gate, now)
    send(page, "begin")
    page.load()
    (one,) = ids(page, "obj")
    for name, typed in (("by", "soon"), ("score", "a few"), ("state", "gone")):
        with pytest.raises(FieldProblem):
            send(page, "save", version="1", **{f"{one}.words": "x", f"{one}.{name}": typed})


def test_a_review_begins_from_what_is_in_force_and_the_old_version_opens(gate: Gate, now: datetime) -> None:
    in_force(gate, WHO, now)
    later = now + timedelta(days=91)
    page = plan_page(gate, later)
    assert "Review overdue since Sun, Jun 7, 2026" in page.render()
    send(page, "begin")
    page.load()
    drawn = page.render()
    assert "Sleeps six hours" in drawn
    assert "Take objective 1 away" not in drawn
    assert isinstance(send(page, "ask_sign", version="1", discharge="GAD-7 below 8"), Ask)
    send(page, "sign", version="2")
    page.load()
    assert "Version 2" in page.render()
    old = plan_page(gate, later, query="?version=1")
    assert "not in force any more" in old.render()


def test_a_trainees_plan_goes_to_the_supervisor_and_back(gate: Gate, now: datetime) -> None:
    ada_is_a_trainee(gate.store, now)
    page = plan_page(gate, now)
    send(page, "begin")
    page.load()
    send(page, "ask_sign", version="1", **filled(page))
    done = send(page, "sign", version="2")
    assert isinstance(done, Done)
    assert "it waits for the co-signature" in done.toast
    page.load()
    assert "waits for the co-signature of a supervisor" in page.render()
    theirs = plan_page(gate, now, WHO.supervisor)
    assert "Co-sign…" in theirs.render()
    assert isinstance(send(theirs, "ask_return"), Ask)
    assert isinstance(send(theirs, "give_back", comment="Say more."), Done)
    page.load()
    assert "Say more." in page.render()
    send(page, "ask_sign", version="4", **filled(page))
    send(page, "sign", version="5")
    theirs.load()
    assert isinstance(send(theirs, "ask_cosign"), Ask)
    assert isinstance(send(theirs, "cosign", attested="reviewed"), Done)
    page.load()
    assert "Sue Visor, PhD" in page.render()


def test_the_note_offers_the_objectives_and_the_thread_shows_them(gate: Gate, now: datetime) -> None:
    found = in_force(gate, WHO, now - timedelta(days=1))
    thread = pages.opened(gate, WHO.ada, now, f"/golden-thread/{FERN}", add_threads)
    assert "No signed assessment stands in the record." in thread.render()
    assert "No note served it yet." in thread.render()
    note = note_page(Person(gate, lambda: WHO.ada, lambda: now), "/app")(
        Visit("/notes/att_1", {"attendance_id": "att_1"})
    )
    note.load()
    assert "Objectives this session served" in note.render()
    text = {"assessment": "Better.", "plan": "Weekly.", "diagnoses": "F41.1"}
    asked = send(note, "ask_sign", version="0", **text)
    assert isinstance(asked, Ask)
    assert "names no objective" in asked.html
    asked = send(note, "ask_sign", version="1", served=(found["Worries less"],), **text)
    assert isinstance(asked, Ask)
    assert "names no objective" not in asked.html
    send(note, "sign", version="2")
    note.load()
    assert "Objectives served" in note.render()
    thread.load()
    assert "/app/notes/att_1" in thread.render()
    assert "GAD-7" in thread.render()


def test_a_thread_without_a_plan_says_how_to_begin(gate: Gate, now: datetime) -> None:
    drawn = pages.opened(gate, WHO.ada, now, f"/golden-thread/{FERN}", add_threads).render()
    assert "No treatment plan is signed" in drawn
    assert f"/app/treatment-plan/{FERN}" in drawn


def test_the_caseload_tells_whose_plan_is_missing_or_due(gate: Gate, now: datetime) -> None:
    page = pages.opened(gate, WHO.ada, now, "/caseload?tab=plans", add_caseload)
    assert isinstance(page, CaseloadPage)
    assert "1 without a plan" in page.render()
    assert f"/treatment-plan/{FERN}" in page.render()
    in_force(gate, WHO, now)
    page.load()
    assert "Every plan is in time" in page.render()
    visit(gate.store, 2, now + timedelta(days=120))
    page = pages.opened(gate, WHO.ada, now + timedelta(days=80), "/caseload", add_caseload)
    assert send(page, "tab", tab="plans") == Redraw(path="/caseload?tab=plans")
    assert "1 due soon" in page.render()
    page = pages.opened(gate, WHO.ada, now + timedelta(days=91), "/caseload?tab=plans", add_caseload)
    assert "1 overdue" in page.render()
    assert send(page, "tab", tab="measures") == Redraw(path="/caseload")


def test_who_reads_no_chart_has_neither_page(gate: Gate, now: datetime) -> None:
    desk = pages.desk(gate, WHO.desk, lambda: now, add_threads)
    assert not any("plan" in path or "thread" in path for path in desk.routes)
