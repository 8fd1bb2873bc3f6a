"""What is stated in a chart, one dialog a kind: diagnoses, medications, allergies, risk; and what was stated before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.replies import Ask, Done
from workbench.screens.chart_overview import ChartOverview
from workbench.screens.diagnosis_codes import find_codes
from workbench.screens.patient_statements import Certainty, RiskLevel, Severity, Source, title_of

CERTAINTIES: Final = ((Certainty.CONFIRMED.value, "Confirmed"), (Certainty.PROVISIONAL.value, "Provisional"))
SOURCES: Final = (
    (Source.TOLD.value, "As told by them"), (Source.LABEL.value, "Read on the label"),
    (Source.PRESCRIBER.value, "From the prescriber"),
)  # fmt: skip
SEVERITIES: Final = (
    (Severity.UNKNOWN.value, "Not known"), (Severity.MILD.value, "Mild"), (Severity.MODERATE.value, "Moderate"),
    (Severity.SEVERE.value, "Severe"),
)  # fmt: skip
LEVELS: Final = (
    (RiskLevel.LOW.value, "Low"), (RiskLevel.MODERATE.value, "Moderate"), (RiskLevel.HIGH.value, "High"),
    (RiskLevel.IMMINENT.value, "Imminent"),
)  # fmt: skip


@dataclass(frozen=True)
class ChartCalls:
    """The verbs, with actor and time already given."""

    set_diagnosis: Callable[..., Any]
    end_diagnosis: Callable[..., Any]
    medication: Callable[..., Any]
    allergy: Callable[..., Any]
    risk: Callable[..., Any]


class ChartDialogs:
    """One dialog for each kind of statement. chart: as the page shows it now."""

    def __init__(self, calls: ChartCalls) -> None:
        self._calls = calls

    def ask_diagnosis(self, chart: ChartOverview, message: Message, today: date) -> Ask:
        """Which one, how sure, since when, at which place?"""
        old = _line(chart.statements.diagnoses, message)
        typed = message.text("q", old.told.code if old else message.text("code"))[:80]
        chosen = message.text("code", old.told.code if old else "")
        html = render(
            "pages/chart_diagnosis.html", old=old, typed=typed, chosen=chosen, meaning=title_of(chosen),
            found=() if chosen else find_codes(typed, today), today=today,
            certainties=[(*one, "") for one in CERTAINTIES],
            places=_places(len(chart.statements.diagnoses) + (0 if old else 1)),
        )  # fmt: skip
        return flyout(f"Diagnosis {chosen}" if chosen else "A diagnosis", html)

    def keep_diagnosis(self, chart: ChartOverview, message: Message) -> Done:
        """On the list."""
        done = self._calls.set_diagnosis(
            chart.patient_id, code=message.text("code"), rank=message.whole("rank", least=1, most=99),
            certainty=_one_of(Certainty, message, "certainty"), since=message.day("since"), **_which(message),
            idempotency_key=message.key,
        )  # fmt: skip
        return Done("The principal diagnosis is set" if done.rank == 1 else "The diagnosis is set")

    def ask_end(self, chart: ChartOverview, message: Message, today: date) -> Ask | None:
        """From when, and why?"""
        old = _line(chart.statements.diagnoses, message)
        if old is None:
            return None
        html = render("pages/chart_diagnosis_end.html", old=old, meaning=title_of(old.told.code), today=today)
        return flyout(f"End {old.told.code}", html, "modal")

    def keep_end(self, chart: ChartOverview, message: Message) -> Done:
        """It holds no more."""
        self._calls.end_diagnosis(
            chart.patient_id, until=message.day("until"), why=message.text("why"),
            is_ruled_out=message.ticked("is_ruled_out"), **_which(message), idempotency_key=message.key,
        )  # fmt: skip
        return Done("The diagnosis is ended")

    def ask_medication(self, chart: ChartOverview, message: Message, today: date) -> Ask:
        """What do they take?"""
        old = _line(chart.statements.medications, message)
        html = render("pages/chart_medication.html", old=old, sources=SOURCES, today=today)
        return flyout("A medication", html)

    def keep_medication(self, chart: ChartOverview, message: Message) -> Done:
        """As they said it."""
        self._calls.medication(
            chart.patient_id, name=message.text("name"), dose=message.text("dose"),
            prescriber=message.text("prescriber"), source=_one_of(Source, message, "source"),
            reviewed_on=message.day("reviewed_on"), since=_day(message, "since"), until=_day(message, "until"),
            **_which(message), idempotency_key=message.key,
        )  # fmt: skip
        return Done("The medication is put down")

    def ask_allergy(self, chart: ChartOverview, message: Message) -> Ask:
        """What do they react to?"""
        old = _line(chart.statements.allergies, message)
        return flyout("An allergy", render("pages/chart_allergy.html", old=old, severities=SEVERITIES))

    def keep_allergy(self, chart: ChartOverview, message: Message) -> Done:
        """On the list."""
        self._calls.allergy(
            chart.patient_id, substance=message.text("substance"), reaction=message.text("reaction"),
            severity=_one_of(Severity, message, "severity"), withdrawn=message.text("withdrawn"), **_which(message),
            idempotency_key=message.key,
        )  # fmt: skip
        return Done("The allergy is withdrawn" if message.text("withdrawn") else "The allergy is put down")

    def keep_none_known(self, chart: ChartOverview, message: Message) -> Done:
        """Asked, and none is known."""
        self._calls.allergy(chart.patient_id, is_none_known=True, idempotency_key=message.key)
        return Done("Put down: no allergies are known")

    def ask_risk(self, chart: ChartOverview) -> Ask:
        """How great, and why?"""
        before = chart.statements.risk[0] if chart.statements.risk else None
        html = render(
            "pages/chart_risk.html", before=before, levels=[(*one, "") for one in LEVELS], alerts=chart.alerts
        )
        return flyout("Risk", html)

    def keep_risk(self, chart: ChartOverview, message: Message) -> Done:
        """It holds from now on."""
        self._calls.risk(
            chart.patient_id, level=_one_of(RiskLevel, message, "level"), rationale=message.text("rationale"),
            edition=message.whole("edition"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("The risk is judged anew")


def _places(count: int) -> list[tuple[int, str]]:
    return [(1, "Principal"), *((nth, f"Number {nth}") for nth in range(2, count + 1))]


def _which(message: Message) -> dict[str, Any]:
    """The line it is about and the edition the page showed; a new one where there is none."""
    return {"line_id": message.text("line"), "edition": message.whole("edition") if message.text("edition") else 0}


def _line(lines: tuple[Any, ...], message: Message) -> Any:
    return next((one for one in lines if one.line_id == message.text("line")), None)


def _day(message: Message, field: str) -> date | None:
    return message.day(field) if message.text(field) else None


def _one_of(kinds: Any, message: Message, field: str) -> Any:
    value = message.text(field)
    if value not in kinds._value2member_map_:
        raise FieldProblem(field, "Please choose one.")
    return kinds(value)
