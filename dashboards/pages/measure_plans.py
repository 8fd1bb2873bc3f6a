"""When measures are due: the rules of the practice, and of one patient."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, counted, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.actions.measures.plan_patient_measure import plan_patient_measure
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.measure_form import measure_choices
from workbench.screens.measure_plans import Cadence, PatientPlan, PlanShown, patient_plans

UI: Any = ENVIRONMENT.globals["ui"]
COLUMNS: Final = (Column("measure", "Measure", leads=True), Column("who", "For whom"), Column("when", "Due"),
                  Column("do", "Do", label_hidden=True))  # fmt: skip
CADENCES: Final = ((Cadence.WEEKS.value, "Every so many weeks"), (Cadence.VISIT.value, "At every visit"),
                   (Cadence.START.value, "Once, at the first visit"))  # fmt: skip


def cadence_words(cadence: Cadence, weeks: int) -> str:
    """How often, as it is read."""
    if cadence is Cadence.WEEKS:
        return "every week" if weeks == 1 else f"every {counted(weeks, 'week')}"
    return {Cadence.VISIT: "at every visit", Cadence.START: "once, at the first visit", Cadence.NEVER: "not at all"}[
        cadence
    ]


def due_words(plan: PatientPlan) -> str:
    """What is said of one measure in a file: how often, and whether somebody set that for this person."""
    return f"{cadence_words(plan.cadence, plan.weeks)}{', set for this person' if plan.is_own else ''}"


@dataclass(frozen=True)
class PlanCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[[], tuple[PlanShown, ...]]
    plan: Callable[..., Any]


class MeasurePlansPage(Page):
    """One row a rule."""

    needs = Permission.SET_FORMS
    title = "When measures are due"

    def __init__(self, *, calls: PlanCalls, base: str) -> None:
        self._calls, self._base = calls, base
        self.shown: tuple[PlanShown, ...] = ()

    def load(self) -> None:
        """The rules that stand."""
        self.shown = self._calls.shown()

    def render(self) -> Markup:
        """The table."""
        rows = tuple(
            Row(f"{one.measure}-{one.diagnosis}", (
                one.measure, f"Diagnoses that begin with {one.diagnosis}" if one.diagnosis else "Everybody",
                cadence_words(one.cadence, one.weeks).capitalize(),
                UI.button("Change…", do="new", args={"id": f"{one.measure}|{one.diagnosis}"}, size="small")
                + UI.button("End…", do="ask_end", args={"id": f"{one.measure}|{one.diagnosis}"}, size="small"),
            ), name=one.measure)
            for one in self.shown
        )  # fmt: skip
        table = Table(
            "plans", "When measures are due", COLUMNS, rows, base=self._base, empty_title="Nothing is due by itself",
            empty_text="Say which measures are due how often; the caseload then tells what is due and what is missing.",
            empty_icon="calendar-plus",
        )  # fmt: skip
        return render("pages/measure_plans.html", table=table)

    def do_new(self, message: Message) -> Ask:
        """Which, for whom, how often?"""
        old = self._find(message.text("id"))
        html = render("pages/measure_plans_new.html", old=old, measures=_choices(), cadences=CADENCES)
        return flyout(old.measure if old else "Another rule", html)

    def do_plan(self, message: Message) -> Done:
        """It holds from now on."""
        self._calls.plan(
            measure=message.required("measure", "Please choose one."), cadence=message.text("cadence"),
            weeks=message.whole("weeks", most=9_999) if message.text("weeks") else 0,
            diagnosis=message.text("diagnosis"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("It holds from now on")

    def do_ask_end(self, message: Message) -> Reply:
        """Sure?"""
        one = self._find(message.text("id"))
        if one is None:
            return Done("This rule does not stand any more.", tone="warn")
        return confirm("end", f"End the rule for {one.measure}?", "Nothing that was answered changes.", label="End it",
                       args={"id": message.text("id")}, danger=True)  # fmt: skip

    def do_end(self, message: Message) -> Done:
        """It holds no more."""
        measure, _, diagnosis = message.text("id").partition("|")
        try:
            self._calls.plan(measure=measure, cadence=Cadence.NEVER.value, diagnosis=diagnosis,
                             idempotency_key=message.key)  # fmt: skip
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done("Ended")

    def _find(self, key: str) -> PlanShown | None:
        return next((one for one in self.shown if f"{one.measure}|{one.diagnosis}" == key), None)


def _choices() -> list[tuple[str, str]]:
    return [(one.measure, f"{one.measure} – {one.title}") for one in measure_choices()]


@dataclass(frozen=True)
class PatientPlanCalls:
    """The calls about one patient; plan: None where the role does not write in charts."""

    shown: Callable[..., tuple[PatientPlan, ...]]
    plan: Callable[..., Any] | None

    def ask(self, plans: tuple[PatientPlan, ...], measure: str) -> Ask:
        """How often?"""
        one = next((one for one in plans if one.measure == measure), None)
        cadences = [*CADENCES, (Cadence.NEVER.value, "Not at all"), ("practice", "As the practice says")]
        html = render("pages/patient_plan.html", one=one, measures=_choices(), cadences=cadences)
        return flyout(f"When {measure} is due" if one else "When a measure is due", html)

    def keep(self, patient_id: str, message: Message) -> Done:
        """It holds for this patient."""
        assert self.plan is not None
        self.plan(
            patient_id, measure=message.required("measure", "Please choose one."), cadence=message.text("cadence"),
            weeks=message.whole("weeks", most=9_999) if message.text("weeks") else 0, idempotency_key=message.key,
        )  # fmt: skip
        return Done("It holds from now on")


def patient_plan_calls(person: Any) -> PatientPlanCalls | None:
    """For who reads charts; None for everybody else."""
    if not person.may(Permission.READ_CHART):
        return None
    plan = person.bound(plan_patient_measure) if person.may(Permission.RECORD_MEASURE) else None
    return PatientPlanCalls(person.bound(patient_plans), plan)
