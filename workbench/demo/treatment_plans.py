"""Draws the treatment plans of most clients, their reviews, and which objectives the notes served. All is invented."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from workbench.charting.plan_tables import (
    Goal,
    NoteObjective,
    Objective,
    ObjectiveState,
    PlanText,
    Problem,
    TreatmentPlan,
)
from workbench.charting.plans import REVIEW_AFTER, active_objectives, content_hash
from workbench.charting.tables import NoteState
from workbench.demo.notes import WATERMARK, DrawnNote
from workbench.demo.plan import Client, Draw, Making, Visit
from workbench.scheduling.tables import AttendanceStatus
from workbench.store.base import Base

PLANNED: Final = 0.85
"""The share of clients with a plan; the others show what is missing."""
LATE: Final = 0.08
"""The share of reviews that nobody has done."""
BACK: Final = timedelta(days=220)
"""Of those who came longer ago only the newest versions are made."""
_NAMES: Final = 0.9
_AIMS: Final = (
    ("Sleeps six hours or more", "Three nights a week", "Five nights of seven", "Sleep diary, weekly"),
    ("Leaves the house by themselves", "Once a week", "Four days a week", "Graded exposure, weekly"),
    ("Meets a friend", "Not for two months", "Twice a month", "Activity planning, every second week"),
    ("Notices and names a trigger before acting", "Seldom", "Three times a week", "Chain analysis, weekly"),
    ("Goes to work on the days agreed", "Misses two a week", "None missed in a month", "Problem solving, weekly"),
)  # fmt: skip
_PROBLEMS: Final = ("Worry that does not stop", "Low mood on most days", "Memories that come back", "Strain at home")
_WANTED: Final = ("“I want my evenings back.”", "“I want to sleep again.”", "“I want to be with people.”")
_STRENGTHS: Final = ("Keeps appointments; one close friend.", "Practises between sessions.", "A family that helps.")


@dataclass(frozen=True)
class DrawnPlan:
    """One signed version."""

    id: str
    number: int
    client: Client
    signed_at: datetime
    text: PlanText


def is_in_care(client: Client, making: Making) -> bool:
    """Whether they came within the last sixty days, or will come."""
    return client.last_on > making.plan.setting.today - timedelta(days=60)


class Plans:
    """Every version by client, the oldest first, and what the notes name of them; its stream of chance is its own."""

    def __init__(self, making: Making, draw: Draw) -> None:
        self._making, self._draw = making, draw
        self.first: dict[str, Visit] = {}
        for visit in making.plan.visits:  # in the order of their start
            if visit.status is AttendanceStatus.COMPLETED:
                self.first.setdefault(visit.client.id, visit)
        self.of = {one: list(self._versions(visit)) for one, visit in self.first.items() if draw.random() < PLANNED}

    def rows(self) -> dict[type[Base], list[dict[str, Any]]]:
        """All versions."""
        return {TreatmentPlan: [self._row(one) for some in self.of.values() for one in some]}

    def named(self, notes: Iterable[DrawnNote]) -> Iterator[DrawnNote]:
        """The notes with what they served of the plan that was in force."""
        for note in notes:
            plans = [one for one in self.of.get(note.visit.client.id, ()) if one.signed_at < note.started_at]
            if not plans or self._draw.random() > _NAMES:
                yield note
                continue
            aims = tuple(active_objectives(plans[-1].text))
            some = aims if self._draw.random() < 0.3 else (self._draw.choice(aims),)
            yield replace(note, text=replace(note.text, objectives=some, plan_id=plans[-1].id))

    def named_rows(self, notes: Sequence[DrawnNote]) -> dict[type[Base], list[dict[str, Any]]]:
        """What is found of it; loaded before the notes, for a note that is signed takes no more."""
        return {NoteObjective: [
            {"id": self._draw.id("nob"), "note_id": note.id, "objective_id": one, "plan_id": note.text.plan_id,
             "patient_id": note.visit.client.id, "is_named": True}
            for note in notes
            for one in note.text.objectives
        ]}  # fmt: skip

    def _versions(self, first: Visit) -> Iterator[DrawnPlan]:
        draw, now = self._draw, self._making.plan.setting.now
        at = max(first.ends_at, now - BACK) + timedelta(days=draw.randint(0, 14), minutes=draw.randint(20, 200))
        text, number = self._text(first.client), 1
        until = now if is_in_care(first.client, self._making) else now - timedelta(days=60)
        while at < until:
            yield DrawnPlan(draw.id("tpl"), number, first.client, at, text)
            if draw.random() < LATE:
                return
            at += REVIEW_AFTER - timedelta(days=draw.randint(0, 12))
            text, number = self._reviewed(text, at), number + 1

    def _text(self, client: Client) -> PlanText:
        draw = self._draw
        measure, score = ("phq9", 9) if client.diagnoses[0].startswith(("F32", "F33", "F34")) else ("gad7", 9)
        words = "Low mood lifts" if measure == "phq9" else "Worry lessens"
        by_measure = Objective(
            draw.id("obj"), f"{WATERMARK} {words}", "", measure, score,
            interventions=("CBT, individual, weekly, by the clinician",),
        )  # fmt: skip
        goal = Goal(draw.id("gol"), f"{WATERMARK} {draw.choice(_WANTED)}", (by_measure, self._objective()))
        # Now and then the second diagnosis stands for no problem: a gap to be seen.
        codes = client.diagnoses[:1] if draw.random() < 0.3 else client.diagnoses
        problem = Problem(draw.id("prb"), f"{WATERMARK} {draw.choice(_PROBLEMS)}", codes, (goal,))
        return PlanText((problem,), f"{WATERMARK} {draw.choice(_STRENGTHS)}", "Individual, weekly, six months",
                        "Both objectives are met for four weeks.", "Chose the goal and both objectives.")  # fmt: skip

    def _objective(self) -> Objective:
        words, baseline, target, done = self._draw.choice(_AIMS)
        return Objective(self._draw.id("obj"), f"{WATERMARK} {words}", baseline, target=target, interventions=(done,))

    def _reviewed(self, text: PlanText, at: datetime) -> PlanText:
        """The next version: what is measured goes on, the other objective is met and a new one stands beside it."""
        (problem,) = text.problems
        (goal,) = problem.goals
        day = at.astimezone(self._making.plan.setting.zone).date()
        met = tuple(
            one if one.measure or one.state is not ObjectiveState.ACTIVE
            else replace(one, state=ObjectiveState.MET, settled_on=day)
            for one in goal.objectives
        )  # fmt: skip
        goal = replace(goal, objectives=(*met, self._objective()))
        return replace(text, problems=(replace(problem, goals=(goal,)),))

    def _row(self, one: DrawnPlan) -> dict[str, Any]:
        client, clinician = one.client, one.client.clinician
        row = TreatmentPlan(
            id=one.id, patient_id=client.id, number=one.number, author_id=clinician.id, signed_at=one.signed_at,
            signed_as=clinician.details.shown_name,
        )  # fmt: skip
        return {
            "id": one.id, "patient_id": client.id, "number": one.number, "state": NoteState.LOCKED,
            "author_id": clinician.id, "begun_at": one.signed_at - timedelta(minutes=15), "saved_at": one.signed_at,
            "signed_at": one.signed_at, "signed_as": row.signed_as, "content_hash": content_hash(row, one.text),
            "cosigned_at": None, "cosigner_id": "", "cosigned_as": "", "attested": "", "version": 2,
            "sealed": TreatmentPlan.text.envelope(
                self._making.vault, table="treatment_plans", row_id=one.id, owner=client.id, document=one.text
            ),
        }  # fmt: skip
