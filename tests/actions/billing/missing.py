"""A practice with terms for missed sessions, and sessions that were missed under them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.factories.small_practice import FERN, START, open_practice, people, put, visit
from workbench.actions.billing.set_missed_terms import set_missed_terms
from workbench.claims.tables import Coverage, CoverageDetails, Payer
from workbench.gate.action import Gate
from workbench.scheduling.tables import AttendanceStatus

DAY = timedelta(days=1)
LATE, NO_SHOW = 4_000, 9_000


@dataclass
class Missing:
    """The manager set the terms at `now`: 24 hours, 40 dollars late, 90 dollars missed."""

    gate: Gate
    now: datetime

    def __post_init__(self) -> None:
        open_practice(self.gate.store, self.now)
        self.set_terms()

    def set_terms(self, *, now: datetime | None = None, late: int = LATE, no_show: int = NO_SHOW) -> None:
        """A new version of the terms."""
        set_missed_terms(self.gate, people().manager, now=now or self.now, notice_hours=24, late_cents=late,
                         no_show_cents=no_show)  # fmt: skip

    def missed(
        self, number: int = 1, *, ahead: timedelta = DAY, status: AttendanceStatus = AttendanceStatus.NO_SHOW,
        patient_id: str = FERN,
    ) -> str:  # fmt: skip
        """Ada's session that began so long after the terms; the id of the attendance."""
        return visit(self.gate.store, number, self.now + ahead, patient_id=patient_id, status=status)

    def covered_by(self, filing: str, **dates: Any) -> None:
        """Fern has a plan that is filed so."""
        put(self.gate.store, [Payer(id="pyr_1", name="Sample Plan", payer_number="S1", filing=filing)])
        put(self.gate.store, [
            Coverage(id="cov_1", patient_id=FERN, payer_id="pyr_1", details=CoverageDetails("M1"),
                     **{"from_on": START, **dates}),
        ])  # fmt: skip

    @property
    def later(self) -> datetime:
        """Two days on: what was missed a day after the terms is settled."""
        return self.now + 2 * DAY
