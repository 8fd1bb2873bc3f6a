"""What their time tells somebody who tries ids: a record that is there and not theirs, beside one that is not there."""

import statistics
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bench.measuring import Section, chance_of, taking_turns
from bench.store import practice
from tests.factories.small_practice import FERN, open_practice, people, visit
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.patient_chart import patient_chart
from workbench.screens.patient_file import patient_file

NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)
TRIES, LIMIT_MS = 200, 20


def report(rounds: int = 5) -> Section:  # noqa: ARG001 - the number of tries is what the threat model asks for
    """Two readings and a change, each by a clinician who has nothing to do with the patient."""
    with practice() as store:
        open_practice(store, NOW)
        mine = visit(store, 1, NOW)
        gate, ben = Gate(store, ZoneInfo("America/New_York")), people().ben
        tried: dict[str, tuple[str, Callable[[str], object]]] = {
            "a patient's file": (FERN, lambda one: patient_file(gate, ben, one, now=NOW)),
            "a patient's chart": (FERN, lambda one: patient_chart(gate, ben, one, now=NOW)),
            "cancelling a visit": (mine, lambda one: cancel_appointment(gate, ben, one, now=NOW, reason="x")),
        }
        rows = tuple(_row(name, *what) for name, what in tried.items())
    heads = ("", "not theirs", "not there", "apart", "chance between equals")
    says = f"Medians of {TRIES} tries each, in turns. Both are told the same; they may lie {LIMIT_MS} ms apart."
    return Section("Ids that are tried", heads, rows, says)


def _row(name: str, there: str, call: Callable[[str], object]) -> tuple[str, ...]:
    def refused(subject_id: str) -> None:
        try:
            call(subject_id)
        except NotFound:
            return
        raise AssertionError("it was not refused")

    foreign, none = taking_turns(TRIES, lambda: refused(there), lambda: refused(there[:4] + "nowhere"))
    one, other = (statistics.median(took) * 1000 for took in (foreign, none))
    return name, f"{one:.2f} ms", f"{other:.2f} ms", f"{abs(one - other):.2f} ms", f"{chance_of(foreign, none):.2f}"


if __name__ == "__main__":
    print(report().markdown())
