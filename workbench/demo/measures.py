"""Draws what clients answered over time: who comes gets better or does not, with good and bad weeks between."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from workbench.demo.plan import Client, Draw, Making, Visit
from workbench.measures.catalogue import measure_named
from workbench.measures.definition import Measure
from workbench.measures.scoring import score
from workbench.measures.tables import AlertDone, MeasureAlert, MeasureAlertAnswer, MeasureAnswers, MeasureResult
from workbench.scheduling.tables import AttendanceStatus
from workbench.store.base import Base

EVERY_WEEKS: Final = 3
_CRITICAL: Final = 0.06
_SKIPS: Final = 0.02
LATELY: Final = timedelta(days=2)
"""What was raised since then still waits for its answer."""
DONE: Final = (
    "Asked in the session. No plan and no intent; the safety plan was gone through again.",
    "Talked about it at length. Fleeting thoughts, no plan; agreed on two calls during the week.",
    "Went through what protects them and whom they call. Seen again within the week.",
)


class Courses:
    """How each client does, kept from one portion of visits to the next."""

    def __init__(self, making: Making) -> None:
        self._making = making
        self._last: dict[str, Visit] = {}
        self._levels: dict[tuple[str, str], tuple[float, float]] = {}

    def rows(self, visits: Sequence[Visit]) -> dict[type[Base], list[dict[str, Any]]]:
        """What was answered at these visits, which are in the order of their start."""
        alerts: list[dict[str, Any]] = []
        answers: list[dict[str, Any]] = []
        results = [self._row(visit, rule, alerts, answers) for visit, rule in self._due(visits)]
        return {MeasureResult: results, MeasureAlert: alerts, MeasureAlertAnswer: answers}

    def _due(self, visits: Sequence[Visit]) -> Iterator[tuple[Visit, Measure]]:
        for visit in visits:
            last = self._last.get(visit.client.id)
            due = last is None or visit.service_on - last.service_on >= timedelta(weeks=EVERY_WEEKS)
            if visit.status is AttendanceStatus.COMPLETED and due:
                self._last[visit.client.id] = visit
                yield from ((visit, measure_named(name)) for name in ("PHQ-9", "GAD-7"))

    def _row(
        self, visit: Visit, rule: Measure, alerts: list[dict[str, Any]], alert_answers: list[dict[str, Any]]
    ) -> dict[str, Any]:
        draw, client = self._making.draw, visit.client
        answers = draw_answers(draw, rule, self._total(draw, client, rule))
        came_to = score(rule, rule.in_order(answers))
        row_id = draw.id("msr")
        result = MeasureAnswers(answers, came_to.total, came_to.band, came_to.flags)
        taken_at = visit.starts_at - timedelta(minutes=draw.randint(2, 12))
        if came_to.flags:
            alert = self._alert(visit, rule, row_id, came_to.flags, taken_at)
            alerts.append(alert)
            alert_answers += self._answer(visit, alert)
        return {
            "id": row_id, "patient_id": client.id, "attendance_id": visit.attendance_id, "rule": rule.key,
            "taken_at": taken_at, "recorded_at": taken_at, "recorded_by": self._making.accounts[client.clinician.id],
            "sealed": MeasureResult.result.envelope(
                self._making.vault, table="measure_results", row_id=row_id, owner=client.id, document=result
            ),
        }  # fmt: skip

    def _alert(
        self, visit: Visit, rule: Measure, result_id: str, flags: Sequence[str], taken_at: datetime
    ) -> dict[str, Any]:
        return {
            "id": f"alt{result_id.removeprefix('msr')}", "result_id": result_id, "patient_id": visit.client.id,
            "rule": rule.key, "flags": " ".join(flags), "owner_id": visit.client.clinician.id, "raised_at": taken_at,
        }  # fmt: skip

    def _answer(self, visit: Visit, alert: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What was raised before this week is answered, after the session and in words of its own."""
        if visit.service_on > self._making.plan.setting.today - LATELY:
            return
        row_id, owner = f"ala{alert['id'].removeprefix('alt')}", visit.client.id
        words = DONE[len(visit.id + alert["flags"]) % len(DONE)]
        yield {
            "id": row_id, "alert_id": alert["id"], "patient_id": owner, "answered_at": visit.ends_at,
            "answered_by": visit.client.clinician.id,
            "sealed": MeasureAlertAnswer.done.envelope(
                self._making.vault, table="measure_alert_answers", row_id=row_id, owner=owner, document=AlertDone(words)
            ),
        }  # fmt: skip

    def _total(self, draw: Draw, client: Client, rule: Measure) -> int:
        """Where the client stands today. Most get better by a part each time, some stay, a few get worse."""
        highest = int(rule.highest)
        level, pace = self._levels.get((client.id, rule.key)) or (
            highest * draw.uniform(0.25, 0.75), draw.choices((0.88, 0.95, 1.0, 1.03), weights=(45, 30, 18, 7))[0]
        )  # fmt: skip
        self._levels[client.id, rule.key] = (min(level * pace, highest * 0.9), pace)
        return min(max(round(level + draw.gauss(0, 1.6)), 0), highest)


def draw_answers(draw: Draw, rule: Measure, total: int) -> tuple[int | None, ...]:
    """Answers that come to about `total`: a critical item is rarely above zero, now and then an item is left out."""
    # Each point of the total falls on one of the places that are free; a critical item has one place, or none.
    places = [
        place
        for place, item in enumerate(rule.scored)
        for _ in range(int(draw.random() < _CRITICAL) if item.key in rule.critical else item.most)
    ]
    answers = [0] * len(rule.scored)
    for item in draw.sample(places, min(total, len(places))):
        answers[item] += 1
    left_out = draw.randrange(len(rule.scored)) if draw.random() < _SKIPS else None
    return tuple(None if at == left_out else answer for at, answer in enumerate(answers))
