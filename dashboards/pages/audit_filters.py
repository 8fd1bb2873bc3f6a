"""What the audit log is narrowed to on its page, and what a period means."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from dashboards.parts.message import Message
from workbench.marts.audit_explorer import Asked

BETWEEN: Final = "between"
PERIODS: Final = {
    "today": "Today", "week": "7 days", "month": "30 days", "year": "12 months", "all": "The whole log",
    BETWEEN: "Between two days",
}  # fmt: skip
_DAYS: Final = {"today": 1, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True)
class Filters:
    """What is chosen; empty means all. `today`: the practice's day the page was opened on."""

    today: date
    question: str = ""
    actor: str = ""
    patient_id: str = ""
    event: str = ""
    outcome: str = ""
    held: str = ""
    period: str = "month"
    from_on: str = ""
    until_on: str = ""
    older_than: int | None = None

    def told(self, message: Message) -> "Filters":
        """With what the filter bar says; the question and the record stay."""
        text = message.text
        period = text("period") if text("period") in PERIODS else self.period
        return replace(
            self, actor=text("actor"), event=text("event"), outcome=text("outcome"), held=text("held"), period=period,
            from_on=text("from_on"), until_on=text("until_on"), older_than=None,
        )  # fmt: skip

    def asked(self) -> Asked:
        """As the explorer takes it. A half-typed day narrows nothing."""
        from_on, until_on = self._days()
        return Asked(
            self.question, self.actor, self.patient_id, self.event, self.outcome, self.held, from_on, until_on
        )  # fmt: skip

    def _days(self) -> tuple[date | None, date | None]:
        if self.period == BETWEEN:
            return _day(self.from_on), _day(self.until_on)
        days = _DAYS.get(self.period)
        return (self.today - timedelta(days=days - 1), None) if days else (None, None)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the period is chosen."""
        return any((self.question, self.actor, self.patient_id, self.event, self.outcome, self.held))


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        return None
